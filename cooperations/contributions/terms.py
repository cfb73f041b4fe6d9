"""The words of proposals: kinds, states, labels of the fields, and the text of the consent."""

from __future__ import annotations

from cooperations.vocabularies import Term, Vocabulary

KINDS = Vocabulary(
    "sorte",
    (
        Term("pratique", "Pratique", "Un exemple de coopération qui manque."),
        Term("correction", "Correction", "Ce qui est faux ou manque dans une fiche."),
        Term("structure", "Structure", "Une organisation qui coopère, jamais une personne."),
        Term("evenement", "Rencontre", "Une rencontre tenue ou annoncée."),
    ),
)

STATES = Vocabulary(
    "etat_proposition",
    (
        Term("soumise", "À relire", "Envoyée, personne n’a encore décidé."),
        Term("a_preciser", "À préciser", "La modération a posé une question ; la personne peut compléter."),
        Term("acceptee", "Acceptée", "Publiée : la carte, la liste et l’API la montrent."),
        Term("refusee", "Refusée", "Écartée, avec une raison."),
        Term("fusionnee", "Fusionnée", "Réunie à une fiche qui existait déjà."),
        Term("retiree", "Retirée", "Reprise par la personne qui l’avait envoyée."),
    ),
)
OPEN_STATES = ("soumise", "a_preciser")
DECIDED_STATES = ("acceptee", "refusee", "fusionnee")

CONSENT = (
    "J’accepte que cette adresse serve à me répondre sur cette proposition, et à rien d’autre. "
    "Elle n’est ni publiée ni transmise. Je peux la retirer à tout moment par le lien de suivi."
)

LABELS = {
    "id": "Identifiant",
    "nom": "Nom",
    "type_pratique": "Type de pratique",
    "sous_type": "Sous-type",
    "sous_type_deduit": "Sous-type déduit",
    "description": "Description",
    "territoires": "Territoires",
    "precision_localisation": "Précision du lieu",
    "lieu": "Lieu désigné",
    "longitude": "Longitude",
    "latitude": "Latitude",
    "periode_debut": "Début",
    "periode_fin": "Fin",
    "statut": "Statut",
    "source": "Source",
    "source_url": "Page internet de la source",
    "extrait_source": "Extrait de la source",
    "confiance": "Certitude",
    "date_verification": "Relue le",
    "remarque": "À noter",
    "fonctionnement": "Comment ça fonctionne",
    "apports": "Ce que cela apporte",
    "conditions_reussite": "Ce qui fait réussir",
    "famille": "Famille juridique",
    "categorie": "Catégorie",
    "siret": "SIRET",
    "siren": "SIREN",
    "activite": "Activité",
    "adresse": "Numéro et voie",
    "code_postal": "Code postal",
    "code_commune": "Commune",
    "site_internet": "Site internet",
    "membre_gt": "Membre du groupe de travail",
    "debut": "Début",
    "fin": "Fin",
    "periode": "Année ou mois",
    "id_organisateur": "Structure qui organise",
    "types_pratique": "Types de pratique traités",
    "recurrence": "Récurrence",
    "dates_annulees": "Dates annulées",
    "role": "Rôle",
    "id_pratique": "Pratique",
    "id_structure": "Structure",
    "role_deduit": "Rôle déduit",
}
"""What a form and a comparison call each published column."""
ACTORS = "Qui y prend part"
