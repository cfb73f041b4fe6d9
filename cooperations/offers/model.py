"""What an imported list gives: offers and awards, one row each, and the batch that brought them.

A cell that holds several codes separates them with « | ». The columns of these models are those of the import's
frames, of the tables, of the exports and of the published schemas.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self

from pydantic import BeforeValidator, model_validator

from cooperations import vocabularies as v
from cooperations.fields import (
    CommuneCode,
    Day,
    Identifier,
    Latitude,
    Longitude,
    Moment,
    PostCode,
    Siret,
    TableType,
    WebAddress,
    one_of,
    territory_key,
)
from cooperations.model import NAME_LENGTH, Record, Text, check_point, column
from cooperations.offers.terms import FINDINGS, SERVICES
from cooperations.purchases import ORIGINS, PURCHASE_FAMILIES, SEPARATOR
from cooperations.refusing import refuse

if TYPE_CHECKING:
    from collections.abc import Callable

    from cooperations.vocabularies import Vocabulary

TEXT_LENGTH = 4000
FARTHEST_KM = 1000
LABELS_LENGTH = 500
EVERYWHERE = "pays:FR"


def several_of(vocabulary: Vocabulary) -> tuple[BeforeValidator, TableType]:
    """Return what makes a column take codes of `vocabulary`, separated by « | »."""
    check_one: Callable[[Any], Any] = one_of(vocabulary)[0].func  # type: ignore[assignment]

    def check(value: Any) -> Any:
        if isinstance(value, str):
            return SEPARATOR.join(dict.fromkeys(check_one(code.strip()) for code in value.split(SEPARATOR)))
        return value

    return BeforeValidator(check), TableType()


def _radius(value: Any) -> Any:
    if isinstance(value, str):
        try:
            value = float(value.replace(",", "."))
        except ValueError:
            raise refuse("rayon illisible", "Écrire un nombre de kilomètres, comme 30.") from None
    if isinstance(value, int | float) and not 0 < value <= FARTHEST_KM:
        raise refuse("rayon impossible", f"Donner un nombre de kilomètres, de 1 à {FARTHEST_KM}.")
    return value


def _areas(value: Any) -> Any:
    if isinstance(value, str):
        keys = (key.strip() for key in value.split(SEPARATOR))
        return SEPARATOR.join(dict.fromkeys(key if key == EVERYWHERE else territory_key(key) for key in keys))
    return value


Codes = Annotated[str, TableType()]
Areas = Annotated[str, BeforeValidator(_areas), TableType()]
Department = Annotated[str, TableType(constraints={"pattern": r"\d{2}|2[AB]|97\d"})]
RadiusKm = Annotated[
    float, BeforeValidator(_radius), TableType("number", constraints={"minimum": 0, "maximum": FARTHEST_KM})
]


class Offer(Record):
    """A structure as a list describes it: what it sells, where it is, how far it goes. Never a person."""

    file_name: ClassVar[str] = "offres.csv"
    title: ClassVar[str] = "Offres"

    id: Identifier = column("id", "Identifiant stable : la source, puis la clé dans la source.")
    source: Identifier = column("source", "Code de la liste dont vient la ligne.")
    source_key: Text = column("cle_source", "Clé de la ligne dans sa liste.", max_length=NAME_LENGTH)
    source_date: Day = column("date_source", "Jour auquel la liste dit ces faits.")
    name: Text = column("nom", "Nom de la structure.", max_length=NAME_LENGTH)
    trade_name: Text | None = column("nom_usage", "Nom d’usage ou enseigne.", optional=True, max_length=NAME_LENGTH)
    family: Annotated[str, *one_of(v.FAMILIES)] = column("famille", "Famille juridique.")
    kind: Annotated[str, *one_of(v.KINDS)] | None = column("categorie", "Catégorie : ACI, EI, SCOP…", optional=True)
    siret: Siret | None = column("siret", "SIRET de l’établissement.", optional=True)
    naf: Text | None = column("naf", "Code NAF de l’activité principale.", optional=True, max_length=6)
    activity: Text | None = column("activite", "Ce que fait la structure.", optional=True, max_length=TEXT_LENGTH)
    purchase_families: Annotated[Codes, *several_of(PURCHASE_FAMILIES)] | None = column(
        "familles_achat", "Familles d’achat, séparées par « | ».", optional=True
    )
    purchase_origin: Annotated[str, *one_of(ORIGINS)] | None = column(
        "origine_familles_achat", "D’où les familles d’achat sont sues.", optional=True
    )
    services: Annotated[Codes, *several_of(SERVICES)] | None = column(
        "types_prestation", "Types de prestation, séparés par « | ».", optional=True
    )
    area_radius_km: RadiusKm | None = column("intervention_km", "Rayon d’intervention, en kilomètres.", optional=True)
    area_territories: Areas | None = column(
        "intervention_territoires", "Territoires d’intervention, « niveau:code » séparés par « | ».", optional=True
    )
    address: Text | None = column("adresse", "Numéro et voie.", optional=True, max_length=NAME_LENGTH)
    post_code: PostCode | None = column("code_postal", "Code postal.", optional=True)
    city: Text | None = column("ville", "Ville, telle que la source l’écrit.", optional=True, max_length=NAME_LENGTH)
    commune_code: CommuneCode | None = column("code_commune", "Code INSEE de la commune.", optional=True)
    department_code: Department | None = column("code_departement", "Code du département.", optional=True)
    longitude: Longitude | None = column("longitude", "Longitude WGS 84, en degrés.", optional=True)
    latitude: Latitude | None = column("latitude", "Latitude WGS 84, en degrés.", optional=True)
    precision: Annotated[str, *one_of(v.PRECISIONS)] = column("precision_localisation", "Ce que vaut le point.")
    findings: Annotated[Codes, *several_of(FINDINGS)] | None = column(
        "constats", "Ce que l’import a trouvé et fait, séparé par « | ».", optional=True
    )
    labels: Text | None = column("labels", "Labels, séparés par « | ».", optional=True, max_length=LABELS_LENGTH)
    website: WebAddress | None = column("site_internet", "Site internet.", optional=True)
    email: Text | None = column("courriel", "Courriel de l’organisation, par consentement.", optional=True)
    phone: Text | None = column("telephone", "Téléphone de l’organisation, par consentement.", optional=True)
    contact_consent_on: Day | None = column(
        "consentement_contact_le", "Jour du consentement à publier le contact.", optional=True
    )

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        check_point(self.longitude, self.latitude)
        if (self.email or self.phone) and not self.contact_consent_on:
            remedy = "Dater le consentement, ou retirer le contact."
            raise refuse("un contact sans consentement", remedy, "consentement_contact_le")
        return self


class Award(Record):
    """A public contract that was awarded, one row per holder: the proof that a structure answered before."""

    file_name: ClassVar[str] = "marches.csv"
    title: ClassVar[str] = "Marchés attribués"

    id: Identifier = column("id", "Identifiant stable : la source, puis une empreinte de la clé.")
    source: Identifier = column("source", "Code de la liste dont vient la ligne.")
    source_key: Text = column("cle_source", "Identifiant du marché et du titulaire dans la liste.")
    source_date: Day = column("date_source", "Jour auquel la liste dit ces faits.")
    subject: Text = column("objet", "Objet du marché.", max_length=TEXT_LENGTH)
    cpv: Text | None = column("cpv", "Code CPV.", optional=True, max_length=10)
    purchase_family: Annotated[str, *one_of(PURCHASE_FAMILIES)] | None = column(
        "famille_achat", "Famille d’achat qui répond au CPV.", optional=True
    )
    amount_eur: float | None = column("montant_eur", "Montant notifié, en euros.", optional=True)
    notified_on: Day | None = column("date_notification", "Jour de la notification.", optional=True)
    place_name: Text | None = column("lieu", "Lieu d’exécution, tel que la source l’écrit.", optional=True)
    department_code: Department | None = column("code_departement", "Département d’exécution.", optional=True)
    buyer_siret: Text | None = column("acheteur_siret", "Identifiant de l’acheteur.", optional=True)
    buyer_name: Text | None = column("acheteur", "Nom de l’acheteur.", optional=True, max_length=NAME_LENGTH)
    holder_siren: Text | None = column("titulaire_siren", "SIREN du titulaire.", optional=True)
    holder_name: Text = column("titulaire", "Nom du titulaire.", max_length=NAME_LENGTH)
    findings: Annotated[Codes, *several_of(FINDINGS)] | None = column(
        "constats", "Ce que l’import a trouvé et fait, séparé par « | ».", optional=True
    )


class Batch(Record):
    """One import: who brought which file, when, and what came of each row."""

    file_name: ClassVar[str] = "imports.csv"
    title: ClassVar[str] = "Imports"

    id: Identifier = column("id", "Identifiant de l’import.")
    recorded_at: Moment = column("importe_le", "Jour et heure de l’import.")
    organisation: Text = column("organisation", "Organisation qui importe.", max_length=NAME_LENGTH)
    file: Text = column("fichier", "Nom du fichier.", max_length=NAME_LENGTH)
    file_digest: Text = column("empreinte", "SHA-256 du fichier.")
    profile: Text = column("profil", "Profil qui a lu le fichier.")
    read: int = column("lues", "Lignes lues.")
    added: int = column("ajoutees", "Lignes ajoutées.")
    changed: int = column("modifiees", "Lignes modifiées.")
    unchanged: int = column("inchangees", "Lignes inchangées.")
    refused: int = column("refusees", "Lignes refusées.")


IMPORTED: tuple[type[Offer | Award], ...] = (Offer, Award)

__all__ = ["IMPORTED", "Award", "Batch", "Offer"]
