"""Each page run by Streamlit's own test runner: what it draws before any browser is there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cooperations.runtime import application
from cooperations.settings import ROOT
from cooperations.ui.map_view import SHOWN
from cooperations.web.documents import forget_documents


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give each test an application of its own."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'app.sqlite3'}")
    application.cache_clear()
    yield
    application().store.close()
    application.cache_clear()


def run(query: dict[str, str | list[str]], page: str = "carte.py") -> AppTest:
    test = AppTest.from_file(str(ROOT / "pages" / "navigation.py"), default_timeout=30)
    # No browser will say that its map is on screen.
    test.session_state[SHOWN] = True
    for name, value in query.items():
        test.query_params[name] = value
    test.run()
    return test if page == "carte.py" else test.switch_page(page).run()


def texts(test: AppTest) -> str:
    drawn = (*test.title, *test.header, *test.markdown, *test.caption, *test.info, *test.warning, *test.error)
    return "\n".join(str(element.value) for element in drawn)


def test_empty_answer_says_what_to_do_and_offers_to_clear() -> None:
    """A search that finds nothing shows neither a blank list nor an error."""
    test = run({"q": "introuvable"})
    assert not test.exception
    assert "Aucune pratique ne répond à ces critères" in texts(test)
    clear = next(button for button in test.button if button.label == "Effacer tous les filtres")
    clear.click().run()
    assert "**19 pratiques**" in texts(test)


def test_map_page_draws_without_a_query() -> None:
    """The bare address shows the title, the 19 practices and the footer with source and licence."""
    test = run({})
    assert not test.exception
    assert "Coopérations économiques de l’ESS en Aquitaine" in texts(test)
    assert "**19 pratiques**" in texts(test)
    assert "Licence Ouverte 2.0" in texts(test)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"territoire": "departement:40"}, "**3 pratiques**"),
        ({"territoire": "departement:40", "portee": "couvrant"}, "**5 pratiques**"),
        ({"territoire": "departement:24"}, "Aucune pratique"),
        ({"type": ["mutualisation_achats", "achats_inter_ess"]}, "**5 pratiques**"),
        ({"statut": "projet"}, "**1 pratique**"),
        ({"localisation": "inconnue"}, "**6 pratiques**"),
        ({"q": "MONT DE MARSAN"}, "**2 pratiques**"),
    ],
    ids=[
        "landes",
        "landes-and-what-covers-them",
        "dordogne-empty",
        "two-types",
        "projects",
        "nowhere",
        "accents-and-case",
    ],
)
def test_address_filters(query: dict[str, str | list[str]], words: str) -> None:
    """The criteria of the address are those of the page."""
    assert words in texts(run(query))


def test_senseless_parameters_are_said_and_the_others_kept() -> None:
    """An unknown name, an unknown code and an over-long text are reported; the known one filters."""
    test = run({"couleur": "bleu", "type": "inconnu", "statut": "projet"})
    said = "\n".join(warning.value for warning in test.warning)
    assert "couleur" in said
    assert "inconnu" in said
    assert "**1 pratique**" in texts(test)


@pytest.mark.parametrize("page", ["999999999", "-3", "deux", ""], ids=["far-too-far", "negative", "a-word", "nothing"])
def test_a_page_number_that_is_none_shows_a_page_all_the_same(page: str) -> None:
    """The list never fails on its page number."""
    test = run({"page": page})
    assert not test.exception
    assert "**19 pratiques**" in texts(test)


def test_practice_page_offers_the_choice_without_an_id() -> None:
    """The page of a practice without an id asks which."""
    test = run({}, "pratique.py")
    assert not test.exception
    assert test.selectbox[0].label.startswith("Quelle pratique")


def test_data_page_draws() -> None:
    """The page of the data has its parts."""
    test = run({}, "donnees.py")
    assert not test.exception
    for words in (
        "Les types de pratiques",
        "Les rencontres",
        "Télécharger",
        "aucun filtre",
        "L’API ouverte",
        "Les fichiers sources",
        "de 9\u00a0h à 10\u00a0h\u00a030",
    ):
        assert words in texts(test)


def test_the_booklet_is_prepared_then_given() -> None:
    """The page of sheets offers the booklet of the last filters, and keeps it once it is made."""
    forget_documents()
    test = run({}, "pratique.py")
    test.button(key="preparer-livret").click().run()
    assert not test.exception
    assert [one for one in test.get("download_button") if "Télécharger le livret" in one.proto.label]
    assert not [one for one in test.button if one.key == "preparer-livret"]
