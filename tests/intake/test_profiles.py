"""Each known list is recognised by its columns and read under our names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cooperations.errors import InvalidParameter
from cooperations.intake import PROFILES, profile_of, read_table, recognise, take
from cooperations.intake.profiles.datainclusion import DATA_INCLUSION
from cooperations.intake.profiles.decp import department_of
from cooperations.intake.profiles.esat import ESAT
from cooperations.intake.profiles.marche import MARCHE
from cooperations.intake.profiles.siae import SIAE
from tests.intake.lists import DAY, only, said

if TYPE_CHECKING:
    from cooperations.intake import Intake, Profile
    from cooperations.territories import Gazetteer

SIAE_HEADER = (
    "pk,kind,siret,naf,name,brand,address_line_1,address_line_2,post_code,city,department,lon,lat,geocoding_score"
)
ESAT_HEADER = (
    "EJ-Statut juridique Libellé;ET-N°FINESS;ET-Raison sociale;ET-Adresse;ET-Code Postal;ET-SIRET;"
    "ET-Département Code;ET-Commune Code;ET-Commune Libellé"
)
V1_HEADER = (
    "id;source;nom;date_maj;siret;telephone;courriel;site_web;description;reseaux_porteurs;commune;code_postal;"
    "code_insee;adresse;complement_adresse;longitude;latitude"
)
OLD_MARCHE = (
    "Raison sociale;Nom commercial;Slug;Siret;Établissement;Type de structure;Type de prestation;Site internet;Adresse;"
    "Ville;Code Postal;Département;Région;Secteurs d'activité;Périmètre d'intervention;"
    "Distance en kilomètres (périmètre d'intervention);E-mail;Téléphone"
)
NEW_MARCHE = (
    "Raison sociale,Enseigne,Type de structure,Adresse,Code postal,Ville,Référence client 1,Référence client 2,"
    "Référence client 3"
)


def came(gazetteer: Gazetteer, *lines: str) -> Intake:
    """Return what comes of a list, read by the profile that recognises it."""
    raw = read_table("liste.csv", "\n".join(lines).encode())
    profile = recognise(raw.header)
    assert profile is not None
    return take(raw, profile, gazetteer, source_date=DAY)


@pytest.mark.parametrize(
    ("header", "profile"),
    [
        pytest.param(SIAE_HEADER, SIAE, id="SIAE"),
        pytest.param(ESAT_HEADER, ESAT, id="ESAT"),
        pytest.param(V1_HEADER, DATA_INCLUSION, id="data·inclusion"),
        pytest.param(OLD_MARCHE, MARCHE, id="Le Marché in 2022"),
        pytest.param(NEW_MARCHE, MARCHE, id="Le Marché in 2026"),
        pytest.param("nom;ville", None, id="nobody's list"),
    ],
)
def test_a_list_is_recognised_by_its_columns(header: str, profile: Profile | None) -> None:
    """Accents and case do not count; a file that lacks a required column is another list."""
    names = header.replace(",", ";").split(";")
    assert recognise(names) is profile
    assert recognise([name.upper() for name in names]) is profile


def test_each_profile_names_its_source_and_licence() -> None:
    """What is shown can be cited."""
    for profile in PROFILES:
        assert "Licence" in profile.source_label
        assert profile_of(profile.code) is profile
        assert profile.wanted
    with pytest.raises(InvalidParameter, match="siae"):
        profile_of("inconnu")


def test_siae_rows(gazetteer: Gazetteer) -> None:
    """An association intermédiaire is an association by law; two lines of address are one address."""
    row = only(
        came(
            gazetteer, SIAE_HEADER, "7,AI,38786009100033,7830Z,LANDES PARTAGE,,5 Rue X,BP 12,40000,Mont-de-Marsan,40,,,"
        )
    )
    assert (row["id"], row["source_key"], row["family"], row["kind"]) == ("siae-7", "7", "association", "AI")
    assert row["address"] == "5 Rue X, BP 12"
    assert (row["purchase_families"], row["purchase_origin"], row["services"]) == (
        "personnel",
        "categorie",
        "mise_a_disposition",
    )


def test_esat_rows_get_their_zeros_back(gazetteer: Gazetteer) -> None:
    """The spreadsheet that wrote the list took four of them away; runs of spaces go too."""
    line = "Ass.L.1901 R.U.P.;10008951;ESAT ENVOL TRANSITION;385   ALL DU PRUNNUS;1150;77554456201361;1;1047;Blyes"
    intake = came(gazetteer, ESAT_HEADER, line)
    row = only(intake)
    assert (row["source_key"], row["post_code"], row["commune_code"], row["department_code"]) == (
        "010008951",
        "01150",
        "01047",
        "01",
    )
    assert (row["kind"], row["family"], row["address"]) == ("ESAT", "association", "385 ALL DU PRUNNUS")
    assert "zeros_perdus" in row["findings"]
    assert len([issue for issue in intake.notices if "zéro" in issue.remedy]) == 4


@pytest.mark.parametrize(
    ("status", "family"),
    [
        pytest.param("Fondation", "fondation", id="a foundation"),
        pytest.param("Etb.Social Communal", "acteur_public", id="a public body"),
        pytest.param("Société Mutualiste", "mutuelle", id="a mutual society"),
        pytest.param("S.A.R.L.", "inconnue", id="a company of which nothing more is known"),
    ],
)
def test_esat_families(gazetteer: Gazetteer, status: str, family: str) -> None:
    """The legal form of the managing body says the family, when it does."""
    line = f"{status};400780001;ESAT DU MARSAN;;40000;;40;40192;Mont-de-Marsan"
    assert only(came(gazetteer, ESAT_HEADER, line))["family"] == family


def test_two_esat_sites_of_one_siret_are_two_offers(gazetteer: Gazetteer) -> None:
    """Their FINESS numbers tell them apart, and this is said."""
    lines = (f"Fondation;40078000{key};ESAT SITE {key};;40000;38786009100033;40;40192;Mont-de-Marsan" for key in "12")
    intake = came(gazetteer, ESAT_HEADER, *lines)
    assert len(intake.accepted) == 2
    assert (3, "ET-SIRET", "même SIRET et même catégorie ligne 2") in said(intake.notices)


def v1(key: str, networks: str, contact: str = "") -> str:
    return (
        f'dora--{key};dora;Structure {key};2025-02-14;;{contact};{contact};https://exemple.fr;Ménage;"{networks}";'
        "Mont-de-Marsan;40000;40192;5 rue X;Bât. A;-0.4976;43.8937"
    )


def test_data_inclusion_rows(gazetteer: Gazetteer) -> None:
    """A network says the kind; one that only helps people is no offer; without a network, nothing is said."""
    insertion, helping, silent = '[""aci"", ""chantier-ecole""]', "{mission-locale}", ""
    intake = came(gazetteer, V1_HEADER, v1("a", insertion), v1("b", helping), v1("c", silent))
    assert intake.accepted["source_key"].tolist() == ["dora--a", "dora--c"]
    assert intake.accepted["kind"].tolist() == ["ACI", None]
    assert intake.accepted["labels"].tolist() == ["aci|chantier-ecole", None]
    assert intake.accepted["address"].tolist()[0] == "5 rue X, Bât. A"
    assert said(intake.refusals) == [
        (3, "reseaux_porteurs", "la structure accompagne des personnes : ce n’est pas une offre")
    ]


def test_data_inclusion_v0_gives_its_key_in_two_cells(gazetteer: Gazetteer) -> None:
    """And its type in one word."""
    header = "id;source;nom;date_maj;code_insee;typologie;presentation_resume"
    row = only(came(gazetteer, header, "12;odspep;Les Jardins;2023-01-01;40192;EI;Maraîchage"))
    assert (row["source_key"], row["kind"], row["activity"]) == ("odspep--12", "EI", "Maraîchage")


def test_contacts_without_consent_are_left_out_and_said_once(gazetteer: Gazetteer) -> None:
    """The list does not date any consent."""
    intake = came(gazetteer, V1_HEADER, v1("a", "{aci}", "x@exemple.fr"), v1("c", "{ei}", "y@exemple.fr"))
    assert intake.accepted[["email", "phone"]].isna().all(axis=None)
    whole = [(issue.column, issue.problem) for issue in intake.notices if not issue.line]
    assert [column for column, _ in whole] == ["courriel", "telephone"]
    assert whole[0][1] == "2 courriels sans date de consentement"


def marche(kind: str, sectors: str = "", area: str = "", distance: str = "") -> str:
    return (
        f"Landes Insertion;Le Jardin;landes-insertion-40;;Siège;{kind};Prestation de service;https://exemple.fr;1 rue;"
        f'Mont-de-Marsan;40000;40;Nouvelle-Aquitaine;"{sectors}";{area};{distance};x@exemple.fr;'
    )


def test_marche_rows(gazetteer: Gazetteer) -> None:
    """Labels become codes; sectors hold commas that do not separate them."""
    sectors = "Travaux forestiers, Bûcheronnage, Nettoyage de locaux, Paniers, plateaux repas"
    row = only(came(gazetteer, OLD_MARCHE, marche("Entreprise d'insertion", sectors, "Distance en kilomètres", "30")))
    assert (row["kind"], row["trade_name"], row["services"]) == ("EI", "Le Jardin", "prestation")
    assert (row["purchase_families"], row["purchase_origin"]) == ("espaces_verts|nettoyage|restauration", "liste")
    assert (row["area_radius_km"], row["area_territories"]) == (30.0, None)


@pytest.mark.parametrize(
    ("area", "keys"),
    [
        pytest.param("Département", "departement:40", id="its own department"),
        pytest.param("Région", "region:75", id="its own region"),
        pytest.param("France entière", "pays:FR", id="the whole country"),
    ],
)
def test_marche_areas(gazetteer: Gazetteer, area: str, keys: str) -> None:
    """Each becomes the key of a territory."""
    assert only(came(gazetteer, OLD_MARCHE, marche("EI", area=area)))["area_territories"] == keys


def test_marche_kinds_that_we_do_not_have(gazetteer: Gazetteer) -> None:
    """The structure is kept without a kind; an unknown word is said."""
    assert only(came(gazetteer, OLD_MARCHE, marche("Produits et services réalisés en prison (SEP)")))["kind"] is None
    intake = came(gazetteer, OLD_MARCHE, marche("Entreprise à mission", "Nettoyage de locaux, Astrologie"))
    assert [issue.value for issue in intake.notices if "vocabulaire" in issue.problem] == [
        "Entreprise à mission",
        "astrologie",
    ]
    assert only(intake)["purchase_families"] == "nettoyage"


def test_marche_without_keys(gazetteer: Gazetteer) -> None:
    """The export of 2026 has neither SIRET nor slug: the name and place serve."""
    row = only(came(gazetteer, NEW_MARCHE, "Landes Insertion,,Entreprise d'insertion,1 rue X,40000,Mont-de-Marsan,,,"))
    assert row["id"] == "marche-landes-insertion-40000-mont-de-marsan"


@pytest.mark.parametrize(
    ("kind", "code", "department"),
    [
        pytest.param("Code postal", "33000", "33", id="a post code"),
        pytest.param("CODE POSTAL", "97411", "974", id="a post code overseas"),
        pytest.param("Code Département", "40", "40", id="a department"),
        pytest.param("code departement", "2A", "2A", id="a department without accents"),
        pytest.param("Code commune", "47001", "47", id="a commune"),
        pytest.param("Code arrondissement", "641", "64", id="an arrondissement"),
        pytest.param("Code région", "75", "", id="a region says no department"),
        pytest.param("Code pays", "FR", "", id="nor does a country"),
    ],
)
def test_places_of_contracts(kind: str, code: str, department: str) -> None:
    """Six spellings, one department."""
    assert department_of(kind, code) == department
