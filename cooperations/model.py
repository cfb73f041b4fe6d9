"""The published records: practices, structures, participations, events.

This is the one definition: Table Schema, forms and documentation are made from it.
Attributes are English; aliases are the published French column names. Coordinates are WGS 84 degrees.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from cooperations import cancellations
from cooperations import vocabularies as v
from cooperations.fields import (
    LEVELS,
    Cancellations,
    CommuneCode,
    Day,
    Identifier,
    Latitude,
    Longitude,
    Moment,
    PartialDate,
    PostCode,
    Recurrence,
    Siren,
    Siret,
    TableType,
    TerritoryKeys,
    WebAddress,
    YesNo,
    on_clock,
    one_of,
    several_of,
)
from cooperations.recurrence import EXAMPLE, is_date, is_first, parse
from cooperations.refusing import refuse
from cooperations.sheets import french_date

Text = Annotated[str, TableType()]
NAME_LENGTH, LONG_TEXT_LENGTH = 300, 2000


def column(name: str, description: str, *, optional: bool = False, **extra: Any) -> Any:
    """Declare a published column; an optional one is None when its cell is empty."""
    default = None if optional else ...
    return Field(default, alias=name, description=description, **extra)


class Record(BaseModel):
    """A row of a published file. Cells are stripped, and an empty cell is an absent value."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    file_name: ClassVar[str]
    title: ClassVar[str]
    primary_key: ClassVar[tuple[str, ...]] = ("id",)
    later_columns: ClassVar[frozenset[str]] = frozenset()
    """Columns that files written before they were added lack: they are read as empty."""

    @model_validator(mode="before")
    @classmethod
    def _drop_empty_cells(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        stripped = {key: value.strip() if isinstance(value, str) else value for key, value in data.items()}
        return {key: value for key, value in stripped.items() if value is not None and value != ""}


def check_point(longitude: float | None, latitude: float | None) -> None:
    """Refuse a point of which one coordinate is missing."""
    if (longitude is None) != (latitude is None):
        missing = "longitude" if longitude is None else "latitude"
        raise refuse("une coordonnée manque", "Donner la longitude et la latitude, ou aucune des deux.", missing)


class Practice(Record):
    """A cooperation practice, as a source describes it."""

    file_name: ClassVar[str] = "pratiques.csv"
    title: ClassVar[str] = "Pratiques de coopération"
    later_columns: ClassVar[frozenset[str]] = frozenset(("fonctionnement", "apports", "conditions_reussite"))

    id: Identifier = column("id", "Identifiant stable, qui sert aussi d’adresse à la fiche.")
    name: Text = column("nom", "Nom court de la pratique.", max_length=NAME_LENGTH)
    practice_type: Annotated[str, *one_of(v.PRACTICE_TYPES)] = column("type_pratique", "Type de pratique.")
    subtype: Annotated[str, *one_of(v.PRACTICE_SUBTYPES)] | None = column(
        "sous_type", "Sous-type, pour les groupements d’acteurs.", optional=True
    )
    subtype_deduced: YesNo = column(
        "sous_type_deduit", "« oui » quand le sous-type est déduit de l’ordre du tableau du compte rendu."
    )
    description: Text = column("description", "Ce que l’on sait de la pratique, sans rien y ajouter.")
    territories: TerritoryKeys = Field(
        (), alias="territoires", description="Territoires concernés, « niveau:code » séparés par « | »."
    )
    precision: Annotated[str, *one_of(v.PRECISIONS)] = column(
        "precision_localisation", "Précision avec laquelle la pratique est située."
    )
    place: Text | None = column(
        "lieu", "Ce que le point désigne : siège, plateforme, siège d’un membre…", optional=True
    )
    longitude: Longitude | None = column("longitude", "Longitude WGS 84, en degrés.", optional=True)
    latitude: Latitude | None = column("latitude", "Latitude WGS 84, en degrés.", optional=True)
    start: PartialDate | None = column("periode_debut", "Début : année, mois ou jour.", optional=True)
    end: PartialDate | None = column("periode_fin", "Fin : année, mois ou jour.", optional=True)
    status: Annotated[str, *one_of(v.STATUSES)] = column("statut", "État de la pratique selon sa source.")
    source: Text = column("source", "D’où viennent les faits.")
    source_url: WebAddress | None = column("source_url", "Page internet de la source.", optional=True)
    extract: Text = column("extrait_source", "Extrait du compte rendu dont la ligne est tirée.")
    confidence: Annotated[str, *one_of(v.CONFIDENCES)] = column("confiance", "Certitude des faits.")
    checked_on: Day = column("date_verification", "Jour de la dernière relecture de la ligne contre ses sources.")
    remark: Text | None = column("remarque", "Ce qui reste à confirmer.", optional=True)
    workings: Text | None = column(
        "fonctionnement", "Comment la pratique fonctionne, pour sa fiche.", optional=True, max_length=LONG_TEXT_LENGTH
    )
    benefits: Text | None = column(
        "apports", "Ce qu’elle apporte à chacun, pour sa fiche.", optional=True, max_length=LONG_TEXT_LENGTH
    )
    success: Text | None = column(
        "conditions_reussite", "Ce qui l’a fait réussir, pour sa fiche.", optional=True, max_length=LONG_TEXT_LENGTH
    )

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.subtype and v.PRACTICE_SUBTYPES[self.subtype].parent != self.practice_type:
            remedy = "Choisir un sous-type de ce type, ou le laisser vide."
            raise refuse("sous-type étranger au type de la pratique", remedy, "sous_type", self.subtype)
        check_point(self.longitude, self.latitude)
        if (self.longitude is not None) != (self.precision == "adresse"):
            remedy = "Un point va avec la précision « adresse », et elle seule."
            raise refuse("point et précision se contredisent", remedy, "precision_localisation", self.precision)
        if self.precision != "hors_perimetre" and bool(self.territories) == (self.precision == "inconnue"):
            remedy = "Sans territoire, la précision est « inconnue »."
            raise refuse("territoires et précision se contredisent", remedy, "precision_localisation", self.precision)
        levels = {key.partition(":")[0] for key in self.territories}
        if self.precision in LEVELS and self.precision not in levels:
            remedy = "La précision est le niveau de l’un des territoires, ou « adresse » avec un point."
            raise refuse(
                "précision et niveau du territoire se contredisent", remedy, "precision_localisation", self.precision
            )
        if self.start and self.end and self.end < self.start[: len(self.end)]:
            remedy = "Corriger periode_debut ou periode_fin."
            raise refuse("la période finit avant de commencer", remedy, "periode_fin", self.end)
        return self


class Structure(Record):
    """An organisation that takes part in practices. Never a person."""

    file_name: ClassVar[str] = "structures.csv"
    title: ClassVar[str] = "Structures"

    id: Identifier = column("id", "Identifiant stable.")
    name: Text = column("nom", "Nom de la structure.", max_length=NAME_LENGTH)
    family: Annotated[str, *one_of(v.FAMILIES)] = column("famille", "Famille juridique.")
    kind: Annotated[str, *one_of(v.KINDS)] | None = column("categorie", "Catégorie : ACI, EI, SCOP…", optional=True)
    siret: Siret | None = column("siret", "SIRET de l’établissement.", optional=True)
    siren: Siren | None = column("siren", "SIREN, quand l’établissement n’est pas connu.", optional=True)
    activity: Text | None = column("activite", "Activité, en quelques mots.", optional=True)
    address: Text | None = column("adresse", "Numéro et voie.", optional=True)
    post_code: PostCode | None = column("code_postal", "Code postal.", optional=True)
    commune_code: CommuneCode | None = column("code_commune", "Code INSEE de la commune.", optional=True)
    longitude: Longitude | None = column("longitude", "Longitude WGS 84, en degrés.", optional=True)
    latitude: Latitude | None = column("latitude", "Latitude WGS 84, en degrés.", optional=True)
    website: WebAddress | None = column("site_internet", "Site internet.", optional=True)
    in_working_group: YesNo = column("membre_gt", "« oui » pour les organisations du groupe de travail de 2016.")
    source: Text = column("source", "D’où viennent les faits.")
    confidence: Annotated[str, *one_of(v.CONFIDENCES)] = column("confiance", "Certitude des faits.")
    checked_on: Day = column("date_verification", "Jour de la dernière relecture de la ligne contre ses sources.")
    remark: Text | None = column("remarque", "Ce qui reste à confirmer.", optional=True)

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        check_point(self.longitude, self.latitude)
        if self.longitude is not None and self.commune_code is None:
            remedy = "Donner aussi code_commune : il sert à vérifier le point."
            raise refuse("un point sans commune", remedy, "longitude", self.longitude)
        if self.siret and self.siren and not self.siret.startswith(self.siren):
            raise refuse("SIREN et SIRET se contredisent", "Le SIRET commence par le SIREN.", "siren", self.siren)
        return self


class Participation(Record):
    """The part that a structure takes in a practice."""

    file_name: ClassVar[str] = "participations.csv"
    title: ClassVar[str] = "Participations des structures aux pratiques"
    primary_key: ClassVar[tuple[str, ...]] = ("id_pratique", "id_structure", "role")

    practice_id: Identifier = column("id_pratique", "Identifiant de la pratique.")
    structure_id: Identifier = column("id_structure", "Identifiant de la structure.")
    role: Annotated[str, *one_of(v.ROLES)] = column("role", "Rôle de la structure dans la pratique.")
    role_deduced: YesNo = column("role_deduit", "« oui » quand le rôle est déduit du type de pratique.")
    source: Text = column("source", "D’où vient ce lien.")
    remark: Text | None = column("remarque", "Ce qui reste à confirmer.", optional=True)


class Event(Record):
    """A meeting, held or announced; times carry their offset."""

    file_name: ClassVar[str] = "evenements.csv"
    title: ClassVar[str] = "Rencontres et évènements"
    later_columns: ClassVar[frozenset[str]] = frozenset(
        ("types_pratique", "territoires", "code_commune", "longitude", "latitude", "recurrence", "dates_annulees")
    )

    id: Identifier = column("id", "Identifiant stable.")
    name: Text = column("nom", "Nom de la rencontre.", max_length=NAME_LENGTH)
    starts_at: Moment | None = column("debut", "Début, avec décalage horaire.", optional=True)
    ends_at: Moment | None = column("fin", "Fin, avec décalage horaire.", optional=True)
    period: PartialDate | None = column("periode", "Année ou mois, quand le jour n’est pas connu.", optional=True)
    place: Text | None = column("lieu", "Lieu.", optional=True)
    organiser_id: Identifier | None = column("id_organisateur", "Structure qui organise.", optional=True)
    status: Annotated[str, *one_of(v.EVENT_STATUSES)] = column("statut", "Tenue, annoncée, à construire ou annulée.")
    description: Text = column("description", "Objet de la rencontre.")
    source: Text = column("source", "D’où viennent les faits.")
    extract: Text = column("extrait_source", "Extrait du compte rendu dont la ligne est tirée.")
    practice_types: Annotated[tuple[str, ...], *several_of(v.PRACTICES)] = Field(
        (), alias="types_pratique", description="Types ou sous-types de pratique traités, séparés par « | »."
    )
    territories: TerritoryKeys = Field(
        (), alias="territoires", description="Territoires dont il est question, « niveau:code » séparés par « | »."
    )
    commune_code: CommuneCode | None = column(
        "code_commune", "Code INSEE de la commune où elle se tient.", optional=True
    )
    longitude: Longitude | None = column("longitude", "Longitude WGS 84 du lieu, en degrés.", optional=True)
    latitude: Latitude | None = column("latitude", "Latitude WGS 84 du lieu, en degrés.", optional=True)
    recurrence: Recurrence | None = column(
        "recurrence", f"Règle de la RFC 5545 quand elle revient, à l’heure de Paris : {EXAMPLE}.", optional=True
    )

    cancelled: Cancellations | None = column(
        "dates_annulees",
        f"Jours annulés d’une récurrence, chacun avec sa raison, séparés par « | » : {cancellations.EXAMPLE}.",
        optional=True,
    )

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise refuse("la rencontre finit avant de commencer", "Corriger debut ou fin.", "fin", self.ends_at)
        check_point(self.longitude, self.latitude)
        if self.longitude is not None and self.commune_code is None:
            remedy = "Donner aussi code_commune : il sert à vérifier le point."
            raise refuse("un point sans commune", remedy, "longitude", self.longitude)
        if self.recurrence:
            self._check_recurrence(self.recurrence)
        if self.cancelled:
            self._check_cancelled(self.cancelled)
        return self

    def _check_recurrence(self, text: str) -> None:
        """Refuse a rule that `starts_at` does not begin."""
        if self.starts_at is None:
            raise refuse("une récurrence sans début", "Donner le début de la première fois.", "recurrence", text)
        if not is_first(parse(text), on_clock(self.starts_at)):
            remedy = "Mettre dans debut la première date que donne la règle, ou corriger la règle."
            raise refuse("le début n’est pas la première date de la récurrence", remedy, "recurrence", text)

    def _check_cancelled(self, text: str) -> None:
        """Refuse a cancelled day on which the rule gives no date."""
        if self.recurrence is None or self.starts_at is None:
            remedy = "Donner la récurrence ; une rencontre d’une seule date s’annule par son statut."
            raise refuse("une date annulée sans récurrence", remedy, "dates_annulees", text)
        rule, start = parse(self.recurrence), on_clock(self.starts_at)
        for day in cancellations.parse(text):
            if not is_date(rule, start, day):
                problem = f"le {french_date(day.isoformat())} n’est pas une date de la récurrence"
                raise refuse(problem, "Donner un jour que donne la règle.", "dates_annulees", text)


RECORDS: tuple[type[Record], ...] = (Practice, Structure, Participation, Event)
