"""The purchase families: a short open list, with the CPV and NAF codes that mean the same.

Why this list and not CPV or NAF themselves is said in data/README.md. The published copy is made from here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from cooperations.text import fold
from cooperations.vocabularies import Term, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Family:
    """A purchase family. `cpv` and `naf` are the beginnings of the codes that belong to it: the longest one wins.

    `words` are the beginnings of words, folded letters alone, that say the family in a name or a description.
    """

    code: str
    label: str
    definition: str
    cpv: tuple[str, ...]
    naf: tuple[str, ...]
    words: tuple[str, ...]


def _codes(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(","))


FAMILIES = (
    Family(
        "espaces_verts",
        "Espaces verts et nature",
        "Création et entretien d’espaces verts, débroussaillage, élagage, berges, sentiers.",
        _codes("772 773 451127"),
        _codes("8130 02 0161"),
        _words("espace vert, espaces verts, paysag, elagage, debroussaill, jardinage, entretien des berges, sentier"),
    ),
    Family(
        "nettoyage",
        "Nettoyage et propreté",
        "Nettoyage de locaux, de vitres, de véhicules, de voirie.",
        _codes("909 9061"),
        _codes("812"),
        _words("nettoyage, proprete, menage"),
    ),
    Family(
        "dechets_reemploi",
        "Déchets, réemploi et recyclage",
        "Collecte, tri, compostage, recyclerie, ressourcerie, réparation d’objets.",
        _codes("905 906 5053"),
        _codes("38 39 4677 4779 952"),
        _words("dechet, recycl, ressourcerie, reemploi, compost, biodechet, dechetterie, friperie, collecte de"),
    ),
    Family(
        "batiment",
        "Bâtiment et travaux",
        "Gros œuvre, second œuvre, rénovation, petits travaux, voirie.",
        _codes("45 507"),
        _codes("41 42 43 8110"),
        _words("batiment, second oeuvre, maconnerie, peinture, platrerie, renovation, plomberie, electricite, btp"),
    ),
    Family(
        "restauration",
        "Restauration et traiteur",
        "Repas, traiteur, restaurant, cantine, portage de repas.",
        _codes("553 554 555"),
        _codes("56"),
        _words("traiteur, restauration collective, cuisine centrale, portage de repas, cantine"),
    ),
    Family(
        "alimentation",
        "Produits alimentaires et agricoles",
        "Maraîchage, produits bio et locaux, transformation, épicerie.",
        _codes("03 15 770 771"),
        _codes("01 03 10 11 463 471 472"),
        _words("maraich, epicerie, produits bio, agricole, conserverie, torrefact, legumes"),
    ),
    Family(
        "textile_blanchisserie",
        "Textile et blanchisserie",
        "Blanchisserie, repassage, couture, vêtements professionnels.",
        _codes("18 19 9831 3951"),
        _codes("13 14 15 9601 4641 4642 4771 4772 9523"),
        _words("blanchisserie, repassage, couture, textile, pressing, vetement"),
    ),
    Family(
        "transport_vehicules",
        "Transport, mobilité et véhicules",
        "Transport de personnes et de biens, location et réparation de véhicules et de vélos.",
        _codes("34 60 501 63712"),
        _codes("45 49 50 51 771"),
        _words("mobilite, garage, auto ecole, transport, velo, location de vehicule, scooter, demenagement"),
    ),
    Family(
        "logistique_conditionnement",
        "Logistique et conditionnement",
        "Manutention, entreposage, conditionnement, tri et distribution de courrier.",
        _codes("631 64 7992"),
        _codes("52 53 8292"),
        _words("conditionnement, logistique, manutention, mise sous pli, routage, stockage"),
    ),
    Family(
        "bureautique_impression",
        "Secrétariat, impression et fournitures de bureau",
        "Saisie, numérisation, archivage, reprographie, imprimerie, fournitures.",
        _codes("22 301 3019 7981 7982 795"),
        _codes("17 18 821 8219 4665 4762"),
        _words("imprimerie, reprographie, numerisation, saisie, archivage, secretariat, papeterie"),
    ),
    Family(
        "numerique",
        "Informatique et numérique",
        "Matériel, logiciels, sites, médiation numérique, reconditionnement d’ordinateurs.",
        _codes("30 32 48 72 503"),
        _codes("26 58 61 62 63 9511 4651 4741"),
        _words("informatique, numerique, logiciel, ordinateur, site internet"),
    ),
    Family(
        "communication_evenement",
        "Communication et évènements",
        "Graphisme, publicité, audiovisuel, organisation de manifestations.",
        _codes("793 794 7995 92"),
        _codes("59 60 73 74 8230 90"),
        _words("communication, evenement, graphis, audiovisuel, spectacle, signaletique"),
    ),
    Family(
        "mobilier_bois",
        "Mobilier, bois et menuiserie",
        "Mobilier, palettes, menuiserie, ébénisterie, tapisserie.",
        _codes("39 4419 4422 4542"),
        _codes("16 31 4332 9524"),
        _words("menuiserie, mobilier, palette, ebenisterie, meuble, bois de chauffage, scierie"),
    ),
    Family(
        "sous_traitance_industrielle",
        "Sous-traitance industrielle",
        "Montage, assemblage, câblage, métallerie, petite série.",
        _codes("31 42 43 44 14"),
        _codes("20 22 23 24 25 27 28 29 30 32 33"),
        _words("sous traitance industrielle, montage, assemblage, cablage, metallerie, soudure, mecanique"),
    ),
    Family(
        "sante_materiel",
        "Santé et matériel médical",
        "Matériel et fournitures de santé et de laboratoire.",
        _codes("33 38 244"),
        _codes("21 325 4646 4774"),
        _words("materiel medical, pharmaceutique, prothes"),
    ),
    Family(
        "services_personne",
        "Services à la personne",
        "Aide à domicile, garde d’enfants, soins, accompagnement.",
        _codes("85 98"),
        _codes("86 8710 8720 8730 8810A 8891 96 97"),
        _words("aide a domicile, garde d'enfant, services a la personne, creche, petite enfance"),
    ),
    Family(
        "personnel",
        "Mise à disposition de personnel",
        "Intérim d’insertion, association intermédiaire, groupement d’employeurs.",
        _codes("796"),
        _codes("78"),
        _words("mise a disposition de personnel, interim, travail temporaire, groupement d'employeurs"),
    ),
    Family(
        "formation_conseil",
        "Formation, conseil et études",
        "Formation, accompagnement, comptabilité, études, recherche.",
        _codes("71 73 79 80"),
        _codes("69 70 71 72 85"),
        _words("formation, conseil, bureau d'etudes, comptabilite, accompagnement de projet, couveuse"),
    ),
    Family(
        "hebergement_tourisme",
        "Hébergement, tourisme et loisirs",
        "Hôtel, gîte, salle, sport, musée, animation.",
        _codes("551 552 635 926 925"),
        _codes("55 79 91 93 6820"),
        _words("hebergement, gite, hotel, tourisme, camping, musee, location de salle"),
    ),
    Family(
        "accueil_conciergerie",
        "Accueil, gardiennage et conciergerie",
        "Accueil, conciergerie, surveillance, médiation.",
        _codes("797 9834 98341"),
        _codes("80"),
        _words("conciergerie, gardiennage, accueil physique, surveillance, mediation sociale"),
    ),
    Family(
        "energie_eau",
        "Énergie et eau",
        "Énergie, eau, assainissement, économies d’énergie.",
        _codes("09 65 904 41"),
        _codes("05 06 19 35 36 37"),
        _words("energie, photovoltaique, assainissement, isolation"),
    ),
    Family(
        "finance_assurance",
        "Banque, assurance et mutuelle",
        "Services financiers, assurance, complémentaire santé.",
        _codes("66"),
        _codes("64 65 66"),
        _words("mutuelle, assurance, banque, complementaire sante"),
    ),
)

PURCHASE_FAMILIES = Vocabulary(
    "famille_achat", tuple(Term(family.code, family.label, family.definition) for family in FAMILIES)
)

ORIGINS = Vocabulary(
    "origine_famille_achat",
    (
        Term("liste", "Dite par la source", "La liste importée, ou une personne, donne la famille d’achat."),
        Term("categorie", "Déduite de la catégorie", "Une AI, une ETTI ou un GEIQ met du personnel à disposition."),
        Term("naf", "Déduite du code NAF", "L’activité principale déclarée, qui n’est pas toujours ce qui se vend."),
        Term("texte", "Déduite du nom ou de la description", "Un mot du nom ou de la description la dit."),
    ),
)

_PREFIXES = {
    "cpv": {prefix: family.code for family in FAMILIES for prefix in family.cpv},
    "naf": {prefix: family.code for family in FAMILIES for prefix in family.naf},
}


def family_of_cpv(code: str) -> str:
    """Return the purchase family of a CPV code (with or without its check digit), or an empty string."""
    return _longest("cpv", code)


def family_of_naf(code: str) -> str:
    """Return the purchase family of a NAF code (« 81.30Z » or « 8130Z »), or an empty string."""
    return _longest("naf", code.replace(".", ""))


def families_in(text: str) -> tuple[str, ...]:
    """Return the purchase families whose words begin a word of `text`, in the order of the list."""
    padded = f" {fold(text)}"
    return tuple(family.code for family in FAMILIES if re.search(pattern_of(family), padded))


def pattern_of(family: Family) -> str:
    """Return the regular expression of a word of a family at the beginning of a word; « d'espaces » begins one."""
    return f"[^a-z0-9](?:{'|'.join(family.words)})"


def joined(codes: Iterable[str]) -> str:
    """Return codes as one cell, in the order of the list."""
    held = set(codes)
    return SEPARATOR.join(code for code in PURCHASE_FAMILIES.codes if code in held)


@cache
def _longest(system: str, code: str) -> str:
    known = _PREFIXES[system]
    return next((known[code[:size]] for size in range(len(code), 1, -1) if code[:size] in known), "")
