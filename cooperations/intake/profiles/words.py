"""The words of lists for what our vocabularies name: kinds, legal families, services, purchase families."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cooperations import vocabularies as v
from cooperations.offers.terms import SERVICES
from cooperations.purchases import PURCHASE_FAMILIES
from cooperations.text import fold

if TYPE_CHECKING:
    from cooperations.vocabularies import Vocabulary


def spellings(vocabulary: Vocabulary, **others: str) -> dict[str, str]:
    """Return folded word → code: codes, labels, « label (CODE) », and `others` (code → words separated by « | »)."""
    found: dict[str, str] = {}
    for term in vocabulary:
        told = (term.code, term.label, f"{term.label} ({term.code})", f"{term.code} - {term.label}")
        found |= {fold(word): term.code for word in told}
    return found | {fold(word): code for code, words in others.items() for word in words.split("|")}


KIND_WORDS = spellings(
    v.KINDS,
    ACI="Atelier chantier d'insertion|Atelier chantier d'insertion (ACI)|Ateliers et chantiers d'insertion|ACIPHC",
    EI="Entreprises d'insertion",
    AI="Associations intermédiaires",
    ETTI="Entreprises de travail temporaire d'insertion",
    GEIQ="Groupement d'employeurs pour l'insertion et la qualification (GEIQ)",
    EA="Entreprises adaptées",
    ESAT="Etablissement et service d'aide par le travail|Etablissement et service d'aide par le travail (ESAT)"
    "|Etablissement et service d'accompagnement par le travail|CAT",
    SCOP="Société coopérative et participative|Société coopérative ouvrière de production",
)

FAMILY_WORDS = spellings(
    v.FAMILIES,
    association="asso|association loi 1901|association declaree|association de loi 1901|groupement d'employeurs",
    cooperative="scop|scic|sarl cooperative|sa cooperative|sas cooperative|societe cooperative",
    fondation="fonds de dotation",
    mutuelle="societe mutualiste",
    acteur_public="ccas|ccas (centre (inter)communal d'action sociale)|collectivite|etablissement public"
    "|epsms (etablissement public social ou medico social)",
    inconnue="autre|sarl|sa|sas|snc|sas (societe par actions simplifiee)|sa (societe anonyme)"
    "|snc (societe en nom collectif)",
)
"""A commercial form alone does not say whether a company belongs to the social economy: it stays unknown."""

SERVICE_WORDS = spellings(
    SERVICES,
    mise_a_disposition="DISP|Mise à disposition - Interim|Mise à disposition|Intérim",
    prestation="PREST|Prestation de services|Service",
    fourniture="BUILD|Fabrication et commercialisation de biens|Fabrication|Vente de biens|Biens",
)

PURCHASE_WORDS = spellings(PURCHASE_FAMILIES)
