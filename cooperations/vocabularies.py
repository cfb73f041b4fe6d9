"""The controlled vocabularies: code, label, definition. The published copies are made from here.

Practice types and their order come from the minutes of 12 July 2016.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a vocabulary; `parent` is the code of the broader term, if any."""

    code: str
    label: str
    definition: str
    parent: str | None = None


@dataclass(frozen=True)
class Vocabulary:
    """An ordered list of terms."""

    name: str
    terms: tuple[Term, ...]

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __getitem__(self, code: str) -> Term:
        return self._by_code[code]

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes in their published order."""
        return tuple(term.code for term in self.terms)

    @cached_property
    def _by_code(self) -> dict[str, Term]:
        return {term.code: term for term in self.terms}

    def label(self, code: str | None) -> str:
        """Return the French label of `code`, or an empty string for None."""
        return self[code].label if code else ""


PRACTICE_TYPES = Vocabulary(
    "type_pratique",
    (
        Term(
            "groupement_acteurs",
            "Groupement d’acteurs",
            "Des structures s’unissent pour créer une activité ou répondre ensemble à une demande.",
        ),
        Term(
            "mutualisation_achats",
            "Mutualisation des achats",
            "Des structures achètent ensemble et font ainsi des économies.",
        ),
        Term(
            "achats_responsables_prives_hors_ess",
            "Achats responsables privés hors ESS",
            "Une entreprise hors de l’ESS achète à des structures de l’ESS, notamment au titre de sa RSE.",
        ),
        Term(
            "achats_responsables_publics",
            "Achats responsables publics",
            "Une collectivité ou un établissement public achète de façon responsable à des structures de l’ESS.",
        ),
        Term(
            "achats_inter_ess",
            "Achats inter-ESS",
            "Des structures de l’ESS achètent entre elles.",
        ),
    ),
)

PRACTICE_SUBTYPES = Vocabulary(
    "sous_type",
    (
        Term(
            "creation_activites",
            "Création d’activités",
            "Le groupement crée une activité nouvelle.",
            "groupement_acteurs",
        ),
        Term(
            "reponses_groupees_ponctuelles",
            "Réponses groupées ponctuelles",
            "Le groupement se forme pour répondre à un marché ou à une demande.",
            "groupement_acteurs",
        ),
        Term(
            "reponses_groupees_permanentes",
            "Réponses groupées « permanentes »",
            "Le groupement dure et répond à des demandes successives.",
            "groupement_acteurs",
        ),
    ),
)


def _types_then_subtypes() -> Iterator[Term]:
    for term in PRACTICE_TYPES:
        yield term
        yield from (sub for sub in PRACTICE_SUBTYPES if sub.parent == term.code)


PRACTICES = Vocabulary("pratique", tuple(_types_then_subtypes()))

STATUSES = Vocabulary(
    "statut",
    (
        Term("projet", "En projet", "La pratique est envisagée ou en préparation."),
        Term("active", "Active", "La pratique est décrite au présent par sa source."),
        Term("terminee", "Terminée", "La pratique a pris fin."),
        Term("inconnu", "Statut non précisé", "La source ne dit pas où en est la pratique."),
    ),
)

PRECISIONS = Vocabulary(
    "precision_localisation",
    (
        Term("adresse", "À l’adresse", "Le point est celui d’une adresse."),
        Term("commune", "À la commune", "Seule la commune est sûre : le point est celui de la commune."),
        Term("epci", "À l’intercommunalité", "La pratique vaut pour un EPCI entier ; pas de point."),
        Term("departement", "Au département", "La pratique vaut pour un département entier ; pas de point."),
        Term("region", "À la région", "La pratique vaut pour toute la région ; pas de point."),
        Term("hors_perimetre", "Hors Aquitaine", "La pratique est citée mais se situe hors des cinq départements."),
        Term("inconnue", "Inconnue", "Aucune source ne situe la pratique ; pas de point."),
    ),
)

LOCATION_GROUPS = Vocabulary(
    "localisation",
    (
        Term("point", "Placées par un point", "À l’adresse ou à la commune."),
        Term("territoire", "À l’échelle d’un territoire", "Un EPCI, un département ou la région, sans point."),
        Term("inconnue", "Sans territoire connu", "Aucune source ne situe la pratique."),
        Term("hors_perimetre", "Hors Aquitaine", "Citées par le compte rendu, hors des cinq départements."),
    ),
)

REACHES = Vocabulary(
    "portee",
    (
        Term("dedans", "Ce qui s’y trouve", "Ce qui se situe dans le territoire choisi, ou dans une de ses parties."),
        Term("couvrant", "Aussi ce qui couvre ce territoire", "Aussi ce qui vaut pour un territoire plus vaste."),
        Term(
            "entier",
            "Seulement ce qui vaut pour lui tout entier",
            "Seulement ce qui vaut pour le territoire pris dans son entier.",
        ),
    ),
)

CONFIDENCES = Vocabulary(
    "confiance",
    (
        Term(
            "sure",
            "Sûre",
            "Les faits sur les structures ou le lieu sont confirmés par un registre ou une source publique.",
        ),
        Term("moyenne", "Moyenne", "Confirmée en partie, ou par une source ancienne."),
        Term("compte_rendu_seul", "Compte rendu seul", "Le compte rendu du 12 juillet 2016 est la seule source."),
    ),
)

ROLES = Vocabulary(
    "role",
    (
        Term("porteur", "Porteur", "La structure est elle-même la pratique, ou la porte."),
        Term("mandataire", "Mandataire", "Répond au nom du groupement."),
        Term("co_traitant", "Co-traitant", "Répond avec d’autres dans un groupement."),
        Term("acheteur", "Acheteur", "Achète un bien ou un service."),
        Term("fournisseur", "Fournisseur", "Fournit un bien ou un service."),
        Term("tete_de_reseau", "Tête de réseau", "Anime un réseau d’acteurs."),
        Term("membre", "Membre", "Prend part à un réseau ou à une démarche."),
    ),
)

FAMILIES = Vocabulary(
    "famille",
    (
        Term("association", "Association", "Association de la loi de 1901."),
        Term("cooperative", "Coopérative", "Société coopérative : SCOP, SCIC, coopérative agricole…"),
        Term("mutuelle", "Mutuelle", "Mutuelle au sens du code de la mutualité."),
        Term("fondation", "Fondation", "Fondation ou fonds de dotation."),
        Term("societe_commerciale_ess", "Société commerciale de l’ESS", "Société qui suit les principes de l’ESS."),
        Term("acteur_public", "Acteur public", "Collectivité ou établissement public, hors de l’ESS."),
        Term("entreprise_hors_ess", "Entreprise hors ESS", "Entreprise qui ne relève pas de l’ESS."),
        Term("inconnue", "Non précisée", "Aucune source ne dit la forme juridique."),
    ),
)

KINDS = Vocabulary(
    "categorie",
    (
        Term("ACI", "Atelier ou chantier d’insertion", "Structure d’insertion par l’activité économique."),
        Term("AI", "Association intermédiaire", "Structure d’insertion par l’activité économique."),
        Term("EI", "Entreprise d’insertion", "Structure d’insertion par l’activité économique."),
        Term("ETTI", "Entreprise de travail temporaire d’insertion", "Structure d’insertion."),
        Term("GEIQ", "Groupement d’employeurs pour l’insertion et la qualification", "Groupement d’employeurs."),
        Term("EA", "Entreprise adaptée", "Emploie des personnes en situation de handicap."),
        Term("EATT", "Entreprise adaptée de travail temporaire", "Intérim de personnes en situation de handicap."),
        Term("ESAT", "Établissement ou service d’aide par le travail", "Établissement médico-social."),
        Term("SCOP", "Société coopérative de production", "Coopérative de salariés."),
        Term("SCIC", "Société coopérative d’intérêt collectif", "Coopérative à plusieurs collèges d’associés."),
        Term("GIE", "Groupement d’intérêt économique", "Groupement de personnes ou de sociétés."),
    ),
)

EVENT_STATUSES = Vocabulary(
    "statut",
    (
        Term("tenu", "Tenue", "La rencontre a eu lieu."),
        Term(
            "annonce",
            "Annoncée",
            "La source annonce la rencontre à une date ; elle ne dit pas si elle s’est tenue.",
        ),
        Term("a_construire", "À construire", "La rencontre ou le programme reste à préparer."),
        Term("annule", "Annulée", "La rencontre était annoncée et n’a pas lieu."),
    ),
)

FINDINGS = Vocabulary(
    "constat",
    (
        Term("rien_trouve", "Cherché, rien trouvé", "Une organisation a cherché, et n’a rien trouvé."),
        Term("hors_sujet", "Hors sujet", "La question ne se pose pas ici ; la raison est dite."),
    ),
)

COVERAGE_STATES = Vocabulary(
    "etat_couverture",
    (
        Term("couvert", "Pratiques", "Il y a au moins une pratique."),
        *FINDINGS.terms[:1],
        Term("non_enquete", "Non enquêté", "Personne n’a encore cherché : on ne sait pas."),
        *FINDINGS.terms[1:],
        Term(
            "filtre",
            "0 pour ces filtres",
            "Les filtres écartent les pratiques de la case : ce n’est pas un manque.",
        ),
    ),
)

ACTION_STATES = Vocabulary(
    "etat_action",
    (
        Term("ouverte", "Ouverte", "Décidée, pas encore commencée."),
        Term("en_cours", "En cours", "L’organisation responsable y travaille."),
        Term("comblee", "Manque comblé", "Close : la pratique qui comble le manque est liée."),
        Term("abandonnee", "Abandonnée", "Close sans pratique."),
    ),
)
CLOSED_STATES = ("comblee", "abandonnee")
