"""The vocabularies of offers: how a structure sells, what sector it is of, what was found about its place."""

from __future__ import annotations

from cooperations.vocabularies import Term, Vocabulary

SERVICES = Vocabulary(
    "type_prestation",
    (
        Term("prestation", "Prestation de service", "La structure fait elle-même le travail demandé."),
        Term("mise_a_disposition", "Mise à disposition de personnel", "Des salariés travaillent chez l’acheteur."),
        Term("fourniture", "Fabrication et vente de biens", "La structure fabrique ou vend des biens."),
    ),
)

SECTORS = Vocabulary(
    "secteur",
    (
        Term("insertion", "Insertion par l’activité économique", "ACI, AI, EI, ETTI et GEIQ."),
        Term("handicap", "Handicap", "ESAT, entreprises adaptées et entreprises adaptées de travail temporaire."),
        Term("cooperative", "Coopératives", "SCOP, SCIC et autres coopératives."),
        Term("association", "Associations", "Associations sans agrément d’insertion ni de handicap."),
        Term("autre", "Autres structures", "Mutuelles, fondations, sociétés commerciales de l’ESS, et le reste."),
    ),
)
SECTOR_OF_KIND = {
    **dict.fromkeys(("ACI", "AI", "EI", "ETTI", "GEIQ"), "insertion"),
    **dict.fromkeys(("EA", "EATT", "ESAT"), "handicap"),
    **dict.fromkeys(("SCOP", "SCIC"), "cooperative"),
}
SECTOR_OF_FAMILY = {"cooperative": "cooperative", "association": "association"}

STAFF_KINDS = ("AI", "ETTI", "GEIQ", "EATT")
"""The kinds whose trade, by law, is to put people at the disposal of a client (Code du travail, L5132-5 to L5132-8,
L1253-1 and L5213-13-3)."""

FINDINGS = Vocabulary(
    "constat_lieu",
    (
        Term("signe_perdu", "Signe moins rétabli", "La longitude avait perdu son signe moins."),
        Term("coordonnees_inversees", "Coordonnées remises en ordre", "Longitude et latitude étaient inversées."),
        Term(
            "autre_departement",
            "Point dans un autre département",
            "Le point tombait hors du département déclaré ; il n’est pas gardé.",
        ),
        Term(
            "autre_commune",
            "Point dans une autre commune",
            "Le point tombait hors de la commune déclarée ; il n’est pas gardé.",
        ),
        Term(
            "point_partage",
            "Point commun à des adresses différentes",
            "Des structures d’adresses différentes avaient le même point : il ne situe aucune d’elles.",
        ),
        Term("geocodage_incertain", "Géocodage incertain", "La source donne elle-même peu de confiance à son point."),
        Term("sans_point", "Sans point", "La source ne donne pas de coordonnées."),
        Term("cedex", "Code CEDEX", "Le code postal est celui d’un centre de tri : il ne situe rien."),
        Term(
            "commune_ambigue",
            "Commune incertaine",
            "Le code postal et le nom ne suffisent pas à dire la commune.",
        ),
        Term("commune_fusionnee", "Commune fusionnée", "Le code de la commune est celui d’une année passée."),
        Term("zeros_perdus", "Zéros de tête rétablis", "Un tableur avait retiré les zéros au début d’un code."),
        Term("nom_coupe", "Nom coupé", "Le nom s’arrête à 50 caractères tout juste : la source l’a coupé."),
        Term(
            "caracteres_perdus",
            "Caractères perdus",
            "La source a perdu des lettres accentuées ; rien n’est inventé à leur place.",
        ),
        Term(
            "nom_de_personne",
            "Nom à vérifier",
            "Le même établissement a deux noms sans mot commun : l’un peut être celui d’une personne.",
        ),
    ),
)
EXACT = frozenset(("adresse",))
"""The precisions whose distances are exact; from any other one a distance is « environ »."""
