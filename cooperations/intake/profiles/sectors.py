"""The sectors of Le Marché de l’inclusion → our purchase families.

Its list: lemarche/fixtures/django/0c_sectors.json and 0b_sectorgroups.json of gip-inclusion/le-marche.
"""

from __future__ import annotations

from cooperations.text import fold

_SECTORS = {
    "espaces_verts": (
        "Travaux forestiers, Bûcheronnage|Création et entretien des espaces verts|Autre (Espaces verts)"
        "|Génie écologique|Entretien, restauration, aménagement des espaces naturels|Entretien des jardins"
        "|Location et entretien de plantes|Sylviculture|Horticulture|Espaces verts & extérieurs"
    ),
    "nettoyage": (
        "Entretien des parkings|Entretien et maintenance de l'espace urbain|Nettoyage de locaux"
        "|Nettoyage de véhicules|Nettoyage spécifique (chantiers, parkings, hôpitaux, hôtellerie...)"
        "|Nettoyage urbain|Nettoyage industriel|Produits d'entretien et désinfectants|Autre (Propreté)"
        "|Hygiène et Propreté"
    ),
    "dechets_reemploi": (
        "Collecte des déchets végétaux|Collecte des déchets d'éléments d'ameublement (DAE) et petits objets"
        "|Collecte des déchets papiers et fournitures d'entreprises|Collecte des déchets textiles"
        "|Collecte d'encombrants|Collecte des déchets déchets d'équipements électriques et électroniques (DEEE)"
        "|Collecte du verre|Collecte des déchets de chantiers|Collecte des déchets industriels"
        "|Autre (Collecte des déchets)|Collecte 5 flux (papier, métal, verre et bois) et fournitures d'entreprise"
        "|Collecte et traitement des déchets dangereux|Collecte et traitement des bio déchets|Recyclage du verre"
        "|Recyclage d'éléments d'ameublement (DAE) et petits objets|Recyclage textiles|Autre (Recyclage)"
        "|Recyclage d'équipements électriques et électroniques (DEEE)|Autre (Réparation)"
        "|Recyclage papiers et fournitures d'entreprises|Recyclage 5 flux et fournitures d'entreprise"
        "|Collecte & Traitement des déchets|Recyclage, économie circulaire|Réparations & Dépannages"
    ),
    "batiment": (
        "Tous travaux et petits bricolages|Travaux de chantiers|Matériaux de construction|Electricité|Plomberie"
        "|Autre (BTP)|Peinture & Revêtement des murs|Carrelage & Revêtement des sols"
        "|Déconstruction, curage, démolition|Aménagement intérieur|Travail de la pierre"
        "|Location/Vente de materiels Industriels & Chantiers|Petits travaux|Bâtiments et Travaux publics"
    ),
    "restauration": (
        "Traiteur|Paniers, plateaux repas|Restaurants, Cantines|Restauration collective|Autre (Restauration)"
        "|Restauration|Location/Vente de materiels de restauration"
    ),
    "alimentation": (
        "Elevage de viandes et volailles|Confiturerie|Apiculture|Fromagerie|Livraison de fruits et légumes"
        "|Agriculture|Maraîchage, légumerie, conserverie|Pêche/Pisciculture|Boulangerie, Patisserie, Confiseries"
        "|Autre (Agro-alimentaire)|Producteurs, Fournisseurs|Production et transformation|Agro-Alimentaire"
    ),
    "textile_blanchisserie": (
        "Couture, reprisage, retouches|Blanchisserie|Pressing et nettoyage à sec|Repassage|Textiles|Autre (Linge)"
        "|Confection à façon|Articles protection Covid-19|Cordonnerie|Entretien du linge"
    ),
    "transport_vehicules": (
        "Garage, mécanique automobile|Réparation de vélos|Déménagement|Transports de personnes"
        "|Transport de marchandises|Location de Véhicules & Vélos|Coursiers, livraison de plis & colis"
        "|Vente de véhicules & Vélos d'occasions"
        "|Maintenance de flottes de véhicules (vélos à assistance électrique, voitures...)|Autre (Livraisons)"
        "|Déménagements, Livraisons & Transports"
    ),
    "logistique_conditionnement": ("Manutention|Logistique, conditionnement"),
    "bureautique_impression": (
        "Mailing, archivage, secrétariat|Papeterie et fournitures administratives|Numérisation & GED|Impressions"
        "|Support & administration|Autre (Administratif)|Assistance générale et administrative"
    ),
    "numerique": (
        "Gestion du parc informatique, Maintenance & Installation|Création de sites internets, Webmastering"
        "|Conception de logiciels|Tests de logiciels|Autre (Informatique)"
        "|Management de données et Gestion de projets"
        "|Achat de produits reconditionnés (informatique, électronique...)|Prestations informatiques"
    ),
    "communication_evenement": (
        "Signalétique|Organisation d'évènements|Communication, Agence de Com|Production audiovisuelle"
        "|Autre (Communication)|Objet promotionnel (goodies)|Location de matériels événementiel"
        "|Communication, Marketing|Activité culturelle, théâtrale et spectacle"
    ),
    "mobilier_bois": (
        "Equipements et mobiliers|Travail du bois|Location de mobiliers|Menuiserie|Services d'artisanat"
        "|Artisanat d'art|Autre (Ameublement)|Ameublement, déco, textile & Artisanat"
    ),
    "sous_traitance_industrielle": (
        "Métallurgie|Plasturgie|Sous traitance industrielle agro-alimentaire|Sous-traitance industrielle générale"
        "|Industrie chimique et plastique|Assemblage mécanique, mécano-soudure|Ouvrages métalliques"
        "|Autre (Industrie)|Traitements thermiques et traitements de surface|Entretien machines & matériels"
        "|Sous-traitance industrielle"
    ),
    "sante_materiel": ("Autre (Médico-social)|Medico-social"),
    "services_personne": (
        "Aide ménagère|Soins et accompagnement|Autre (Service à la personne)|Services à la personne"
        "|Surveillance scolaire"
    ),
    "personnel": ("Ressources Humaines"),
    "formation_conseil": (
        "Conseils & Formation|Gestion de projets & d'affaires|Traductions|Autre (Conseil)|Prestations intellectuelles"
    ),
    "hebergement_tourisme": (
        "Activités à caractère touristique|Culture et jeux|Sport|Hôtellerie|Animation et sorties"
        "|Autre (Divertissement)|Ventes de livres et ouvrages|Restauration de livres"
        "|Culture, Divertissement et Tourisme"
    ),
    "accueil_conciergerie": (
        "Conciergerie d'entreprise|Accueil & Hotline|Poste de garde / Accueil|Médiation (urbaine, sociale...)"
        "|Médiation dans les transports publics|Autre (Sécurité)|Sécurité & Préventions"
    ),
    "energie_eau": ("Diagnostics & Solutions énergétiques"),
}

SECTOR_WORDS = {fold(label): code for code, labels in _SECTORS.items() for label in labels.split("|")}
"""Folded label of a sector or of a group of sectors → code of our purchase family."""
