"""The published dataset against the minutes of 12 July 2016, and against the verified facts."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from cooperations.fields import luhn_is_valid
from cooperations.settings import ROOT
from cooperations.text import fold

if TYPE_CHECKING:
    from cooperations.dataset import Dataset
    from cooperations.model import Practice, Structure
    from cooperations.territories import Gazetteer

MINUTES = ROOT.parent / "shared" / "minutes-2016-07-12.md"

EXAMPLES = {
    "ptce": ("PTCE", "creation_activites"),
    "projet-mutualite-landes": ("projet Mutualité Landes", "creation_activites"),
    "cap-solidaire": ("Cap Solidaire", "creation_activites"),
    "les-detritivores": ("Les détritivores", "creation_activites"),
    "couveuse-simone-mauhargats": ("La couveuse Simone et les Mauhargats", "creation_activites"),
    "groupement-aci-bordeaux-metropole": ("Groupement ACI", "reponses_groupees_ponctuelles"),
    "marche-erdf-landes": ("marché ERDF dans les Landes", "reponses_groupees_ponctuelles"),
    "gie-green": ("GIE Green en Poitou Charentes", "reponses_groupees_permanentes"),
    "loc-halle-bio": ("Loc'Halle Bio", "reponses_groupees_permanentes"),
    "la-ristourne": ("La Ristourne", "mutualisation_achats"),
    "la-poste-conciergerie-solidaire": (
        "La Poste et la Conciergerie solidaire",
        "achats_responsables_prives_hors_ess",
    ),
    "maisadour-fermiers-landes": ("Maisadour", "achats_responsables_prives_hors_ess"),
    "convention-cd33-ai-colleges": ("Convention du CD33", "achats_responsables_publics"),
    "demarches-developpement-durable": ("Démarches de Développement durable", "achats_responsables_publics"),
    "reseau-3ar": ("Réseau 3AR", "achats_responsables_publics"),
    "reflexe-ess": ("Réflexe ESS", "achats_inter_ess"),
    "inter-ess-table-de-cana": ("Table de Cana", "achats_inter_ess"),
    "inter-ess-la-ristourne": ("également la Ristourne", "achats_inter_ess"),
    "inter-ess-cafe-michel": ("Café Michel", "achats_inter_ess"),
}
"""Every example that the minutes name: what they write, and the type or sub-type it stands beside."""

WORKING_GROUP = {"garie", "acesa", "collectif-creme", "jalles-solidarites", "la-ristourne", "cress-aquitaine"}

SIAE_2020 = {
    "arcins-environnement-service": ("39887189700029", -0.541228, 44.807634),
    "ardits": ("41843528500030", -0.303432, 43.901304),
    "conciergerie-solidaire": ("52912594000013", -0.561249, 44.849663),
    "jalles-solidarites": ("35016791200038", -0.675714, 44.870488),
}
"""The structures that the national register of 2020 places: SIRET, longitude, latitude."""


def squeezed(text: str) -> str:
    """Return a text without what differs from one typing to another: spaces, bullets, apostrophes, capitals."""
    return fold(re.sub(r"<[^>]+>|[•|]", " ", text))


@pytest.fixture(scope="module")
def minutes() -> str:
    """Return the minutes, for comparing; they are given with the project and not published with it."""
    if not MINUTES.is_file():
        pytest.skip("the minutes are not beside this checkout")
    return squeezed(MINUTES.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def practices(dataset: Dataset) -> dict[str, Practice]:
    """Return the published practices by id."""
    return {practice.id: practice for practice in dataset.practices}


@pytest.fixture(scope="module")
def structures(dataset: Dataset) -> dict[str, Structure]:
    """Return the published structures by id."""
    return {structure.id: structure for structure in dataset.structures}


def test_no_example_is_lost_and_none_is_added(practices: dict[str, Practice]) -> None:
    """The file holds the nineteen examples of the minutes, in their order."""
    assert list(practices) == list(EXAMPLES)


@pytest.mark.parametrize("practice_id", EXAMPLES)
def test_an_example_is_in_the_minutes(practices: dict[str, Practice], minutes: str, practice_id: str) -> None:
    """What is published was said, and its extract shows where."""
    written, _ = EXAMPLES[practice_id]
    assert squeezed(written) in minutes
    assert squeezed(written) in squeezed(practices[practice_id].extract)


@pytest.mark.parametrize("practice_id", EXAMPLES)
def test_an_extract_is_a_quotation(practices: dict[str, Practice], minutes: str, practice_id: str) -> None:
    """What is quoted is in the minutes word for word."""
    assert squeezed(practices[practice_id].extract) in minutes


@pytest.mark.parametrize("practice_id", EXAMPLES)
def test_an_example_is_of_the_type_it_stands_beside(practices: dict[str, Practice], practice_id: str) -> None:
    """Types are those of the table; sub-types are deduced from its order, and say so."""
    practice, (_, code) = practices[practice_id], EXAMPLES[practice_id]
    assert code == (practice.subtype or practice.practice_type)
    assert practice.subtype_deduced is (practice.subtype is not None)
    assert (practice.subtype is not None) is (practice.practice_type == "groupement_acteurs")


def test_events_are_quoted_too(dataset: Dataset, minutes: str) -> None:
    """The meetings come from the minutes as well."""
    for event in dataset.events:
        assert squeezed(event.extract) in minutes, event.id


def test_meetings_are_at_their_hours(dataset: Dataset) -> None:
    """One was held on 12 July from 9:30 to 11:00, the next announced for 22 September from 9:00 to 10:30, in Paris."""
    events = {event.id: event for event in dataset.events}
    paris = ZoneInfo("Europe/Paris")
    held, announced, programme = events["gt-2016-07-12"], events["gt-2016-09-22"], events["programme-2017"]
    assert held.status == "tenu"
    assert held.starts_at == datetime(2016, 7, 12, 9, 30, tzinfo=paris)
    assert held.ends_at == datetime(2016, 7, 12, 11, 0, tzinfo=paris)
    assert announced.status == "annonce"
    assert announced.starts_at == datetime(2016, 9, 22, 9, 0, tzinfo=paris) == datetime(2016, 9, 22, 7, tzinfo=UTC)
    assert announced.ends_at == datetime(2016, 9, 22, 10, 30, tzinfo=paris)
    assert announced.starts_at.utcoffset() == timedelta(hours=2)
    assert announced.starts_at.weekday() == 3  # the minutes say a Thursday
    assert (programme.status, programme.starts_at, programme.period) == ("a_construire", None, "2017")


def test_the_organisations_of_the_working_group_are_marked(structures: dict[str, Structure], minutes: str) -> None:
    """The six organisations present are there, and no other is said to have been."""
    assert {structure.id for structure in structures.values() if structure.in_working_group} == WORKING_GROUP
    for structure_id in WORKING_GROUP:
        assert fold(structures[structure_id].name).removesuffix("s") in minutes


@pytest.mark.parametrize("structure_id", SIAE_2020)
def test_structures_of_the_register_are_as_registered(structures: dict[str, Structure], structure_id: str) -> None:
    """SIRET and coordinates are those of the verified facts."""
    structure = structures[structure_id]
    assert (structure.siret, structure.longitude, structure.latitude) == SIAE_2020[structure_id]


def test_every_siret_is_right_and_of_one_structure(structures: dict[str, Structure]) -> None:
    """No number was invented: their keys are right, and each names one establishment."""
    numbers = [structure.siret for structure in structures.values() if structure.siret]
    assert len(numbers) == len(set(numbers)) == len(SIAE_2020)
    assert all(luhn_is_valid(number) and luhn_is_valid(number[:9]) for number in numbers)


@pytest.mark.parametrize(
    ("practice_id", "structure_id"),
    [
        ("groupement-aci-bordeaux-metropole", "arcins-environnement-service"),
        ("la-poste-conciergerie-solidaire", "conciergerie-solidaire"),
    ],
)
def test_points_of_practices_are_those_of_facts(
    practices: dict[str, Practice], structures: dict[str, Structure], practice_id: str, structure_id: str
) -> None:
    """A practice is at an address only when a verified structure is there."""
    practice, structure = practices[practice_id], structures[structure_id]
    assert (practice.longitude, practice.latitude) == (structure.longitude, structure.latitude)


def test_no_other_practice_has_a_point(practices: dict[str, Practice]) -> None:
    """What is not known is left without a point: nothing is guessed."""
    at_an_address = {practice.id for practice in practices.values() if practice.precision == "adresse"}
    assert at_an_address == {"groupement-aci-bordeaux-metropole", "la-poste-conciergerie-solidaire"}


@pytest.mark.parametrize(
    ("practice_id", "territories"),
    [
        pytest.param("projet-mutualite-landes", ("departement:40",), id="Mutualité in Landes"),
        pytest.param("cap-solidaire", ("commune:33227",), id="Cap Solidaire in Langon"),
        pytest.param("les-detritivores", ("commune:33063",), id="Les Détritivores in Bordeaux"),
        pytest.param("marche-erdf-landes", ("departement:40",), id="the electricity market in Landes"),
        pytest.param(
            "gie-green",
            ("departement:16", "departement:17", "departement:79", "departement:86"),
            id="GIE Green in Poitou-Charentes",
        ),
        pytest.param("loc-halle-bio", ("commune:33063",), id="Loc’Halle Bio in Bordeaux"),
        pytest.param("maisadour-fermiers-landes", ("commune:40192",), id="Maisadour in Mont-de-Marsan"),
        pytest.param("convention-cd33-ai-colleges", ("departement:33",), id="the convention in Gironde"),
        pytest.param("reseau-3ar", ("region:72",), id="3AR over Aquitaine"),
        pytest.param("reflexe-ess", ("region:72",), id="Réflexe ESS over Aquitaine"),
        pytest.param("inter-ess-cafe-michel", ("commune:33318",), id="Café Michel in Pessac"),
        pytest.param("ptce", (), id="PTCE is a form, not a place"),
        pytest.param("couveuse-simone-mauhargats", (), id="nobody knows where the couveuse is"),
        pytest.param("inter-ess-table-de-cana", (), id="Table de Cana was not found in Gironde"),
    ],
)
def test_practices_are_where_the_facts_say(
    practices: dict[str, Practice], gazetteer: Gazetteer, practice_id: str, territories: tuple[str, ...]
) -> None:
    """At the level of territory that a source names, and no finer."""
    assert practices[practice_id].territories == territories
    assert all(key in gazetteer for key in territories)


def test_the_unconfirmed_is_said_unconfirmed(practices: dict[str, Practice]) -> None:
    """The « ETI » of Mont-de-Marsan is not named, and its row says what is to be confirmed."""
    maisadour = practices["maisadour-fermiers-landes"]
    assert "à confirmer" in (maisadour.remark or "")
    assert maisadour.confidence == "moyenne"
    alone = {practice.id for practice in practices.values() if practice.confidence == "compte_rendu_seul"}
    assert {"projet-mutualite-landes", "couveuse-simone-mauhargats", "gie-green", "la-ristourne"} <= alone


def test_every_row_says_its_source(dataset: Dataset) -> None:
    """Each practice, structure, link and meeting says where it comes from."""
    for _, records in dataset.records():
        assert all(getattr(record, "source", "") for record in records)
    assert all("12 juillet 2016" in practice.source for practice in dataset.practices)


def test_points_are_in_their_communes(dataset: Dataset, gazetteer: Gazetteer) -> None:
    """Every published point falls in the commune that its row declares."""
    for structure in dataset.structures:
        if structure.longitude is not None and structure.latitude is not None:
            found = gazetteer.locate(structure.longitude, structure.latitude)
            assert found is not None
            assert found.code == structure.commune_code, structure.id
