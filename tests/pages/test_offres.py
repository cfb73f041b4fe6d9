"""The page of buyers, and that of a structure, before any browser is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cooperations.decisions import decide
from cooperations.offers.records import Correction
from tests.pages.buying import MARSAN, button, opened, texts

if TYPE_CHECKING:
    from cooperations.runtime import Application


@pytest.mark.usefixtures("no_list")
def test_without_a_list_the_structures_of_the_data_are_there() -> None:
    """Nothing imported is no error: the page shows what data/ knows, and asks for a place."""
    test = opened("offres.py")
    assert not test.exception
    assert "structures, par ordre alphabétique" in texts(test)
    assert "Choisissez un lieu" in texts(test)


@pytest.mark.usefixtures("no_list")
def test_an_empty_answer_says_what_to_do_and_offers_to_clear() -> None:
    """Nobody sells laundry there: the page says so, and a button brings everything back."""
    test = opened("offres.py", {"lieu": MARSAN, "achat": "textile_blanchisserie"})
    assert "Aucune structure connue ne répond à ce besoin" in texts(test)
    button(test, "Effacer tous les filtres").click().run()
    assert "par ordre alphabétique" in texts(test)


@pytest.mark.usefixtures("lists")
@pytest.mark.parametrize(
    ("query", "words"),
    [
        pytest.param({"rayon": "30"}, "6 structures, les plus proches d’abord", id="30 km: six"),
        pytest.param({"rayon": "30"}, "1 structure proche dit ne pas intervenir ici", id="one does not come"),
        pytest.param({"achat": "textile_blanchisserie"}, "Aucune structure connue", id="nobody within 30 km"),
        pytest.param({"rayon": "75", "achat": "textile_blanchisserie"}, "3 structures", id="three within 75 km"),
        pytest.param({"q": "recyclerie"}, "1 structure, ", id="by its name"),
    ],
)
def test_the_address_says_the_need(query: dict[str, str | list[str]], words: str) -> None:
    """Around Mont-de-Marsan, each parameter narrows or widens the answer."""
    test = opened("offres.py", {"lieu": MARSAN} | query)
    assert not test.exception
    assert words in texts(test)


@pytest.mark.usefixtures("lists")
@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("commune:40192", "30 km autour de Mont-de-Marsan (commune, 40)"),
        ("commune:33029", "30 km autour du Barp (commune, 33)"),
        ("departement:40", "30 km autour du milieu des Landes"),
        ("departement:47", "30 km autour du milieu du Lot-et-Garonne"),
        ("region:72", "30 km autour du milieu d’Aquitaine (région)"),
        ("point:-0.5,43.89", "30 km autour d’un point de Mont-de-Marsan (commune, 40)"),
    ],
)
def test_the_chip_names_the_place_as_french_does(place: str, words: str) -> None:
    """An article, a vowel, a point: « de » is joined as it should."""
    assert button(opened("offres.py", {"lieu": place}), words)


@pytest.mark.usefixtures("lists")
def test_a_wider_radius_is_offered_with_its_count() -> None:
    """When nobody is near enough, the next radius that finds somebody is one click away."""
    test = opened("offres.py", {"lieu": MARSAN, "achat": "textile_blanchisserie"})
    button(test, "Chercher jusqu’à 50 km (2 structures)").click().run()
    assert "2 structures, les plus proches d’abord" in texts(test)


@pytest.mark.usefixtures("lists")
def test_senseless_parameters_are_said_and_the_others_kept() -> None:
    """An unknown family and a radius that is a word are reported; the place still holds."""
    test = opened("offres.py", {"lieu": MARSAN, "achat": "armes", "rayon": "loin"})
    said = "\n".join(warning.value for warning in test.warning)
    assert "armes" in said
    assert "loin" in said
    assert "6 structures" in texts(test)


@pytest.mark.usefixtures("lists")
def test_a_structure_says_what_is_known_and_only_agreed_contacts() -> None:
    """The gardeners' page: where from Mont-de-Marsan, how far they go, their address and their consent."""
    test = opened("offre.py", {"id": "marche-midou", "lieu": MARSAN})
    facts = test.get("html")[0].proto.body
    assert "jusqu’à 30\u00a0km" in facts
    assert "contact@midou.example" in facts
    assert "Contact publié" in facts
    assert "secret@" not in opened("offre.py", {"id": "marche-pins"}).get("html")[0].proto.body


@pytest.mark.usefixtures("lists")
def test_a_structure_unheard_of_is_said() -> None:
    """A link to what is no longer there leads somewhere."""
    test = opened("offre.py", {"id": "marche-disparue"})
    assert not test.exception
    assert "Structure introuvable" in texts(test)


def test_a_correction_is_shown_under_its_french_name(lists: Application) -> None:
    """Who corrected what is said in the words of the form, not in those of the file."""
    common = {"offer_id": "marche-midou", "organisation": "CRESS d’essai", "note": None}
    lists.store.lists.correct([decide(Correction, **common, attribute="area_radius_km", value="25")])
    facts = opened("offre.py", {"id": "marche-midou"}).get("html")[0].proto.body
    assert "jusqu’à 25\u00a0km" in facts
    assert "Corrigé\u00a0: rayon d’intervention (km)" in facts


@pytest.mark.usefixtures("lists")
def test_keeping_a_structure_stays_in_its_address() -> None:
    """A reload, or a link sent from the page of a structure, keeps what was kept."""
    test = opened("offre.py", {"id": "marche-midou", "lieu": MARSAN, "retenues": "marche-pins"})
    button(test, "Retenir cette structure").click().run()
    assert test.query_params["retenues"] == "marche-pins,marche-midou"
    assert test.query_params["lieu"] == MARSAN
    assert test.query_params["id"] == "marche-midou"


@pytest.mark.usefixtures("lists")
def test_the_public_directory_begins_with_the_department_of_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """With network, the search around Mont-de-Marsan is ready for the Landes; without, it is not mentioned."""
    assert not [one for one in opened("offres.py", {"lieu": MARSAN}).selectbox if one.label == "Département"]
    monkeypatch.setenv("COOPERATIONS_EN_LIGNE", "oui")
    test = opened("offres.py", {"lieu": MARSAN})
    assert next(one for one in test.selectbox if one.label == "Département").value == "40"


@pytest.mark.usefixtures("lists")
def test_a_second_gesture_does_not_undo_the_first_whose_address_is_late() -> None:
    """The browser says the address of before: what a person did since is not lost."""
    test = opened("offres.py", {"lieu": MARSAN})
    chosen = test.multiselect[0].select("nettoyage")
    chosen.run()
    test.query_params.clear()
    test.query_params["lieu"] = MARSAN
    test.multiselect[0].select("batiment").run()
    assert test.query_params["achat"] == ["nettoyage", "batiment"]
    assert "2 structures" in texts(test)


@pytest.mark.usefixtures("lists")
def test_the_browser_may_still_go_back() -> None:
    """Without a gesture, the address that the browser says is the one that holds."""
    test = opened("offres.py", {"lieu": MARSAN, "achat": "nettoyage"})
    test.query_params.clear()
    test.query_params["lieu"] = MARSAN
    test.run()
    assert "achat" not in test.query_params
    assert "6 structures" in texts(test)


@pytest.mark.usefixtures("lists")
def test_who_comes_from_farther_is_one_box_away() -> None:
    """Ticked, the workshop of Pau is there; ticked off, it is not."""
    test = opened("offres.py", {"lieu": MARSAN, "achat": "textile_blanchisserie"})
    box = next(one for one in test.checkbox if one.label.startswith("Aussi celles"))
    box.check().run()
    assert test.query_params["loin"] == "oui"
    assert "2 structures" in texts(test)
    next(one for one in test.checkbox if one.label.startswith("Aussi celles")).uncheck().run()
    assert "loin" not in test.query_params
