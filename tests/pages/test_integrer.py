"""The page that makes the code of a frame, before any browser is there."""

import pytest
from streamlit.testing.v1 import AppTest

from cooperations.ui.embedding import frame_code
from tests.pages.test_pages import own_store, run, texts

__all__ = ["own_store"]
PAGE = "integrer.py"


@pytest.mark.parametrize(
    ("query", "address", "title"),
    [
        pytest.param({}, "/integrer/carte", "Carte des pratiques de coopération", id="map"),
        pytest.param(
            {"territoire": "departement:40", "type": "achats_inter_ess"},
            "/integrer/carte?type=achats_inter_ess&amp;territoire=departement%3A40",
            "Carte des pratiques de coopération",
            id="map of some criteria",
        ),
        pytest.param(
            {"quoi": "matrice", "q": "bio"},
            "/integrer/matrice?q=bio",
            "Couverture des pratiques de coopération",
            id="matrix",
        ),
        pytest.param(
            {"quoi": "pratique", "pratique": "loc-halle-bio"},
            "/integrer/pratique?id=loc-halle-bio",
            "Loc’Halle Bio",
            id="practice",
        ),
        pytest.param(
            {"quoi": "offres", "besoin": "rayon=10&lieu=commune:40192"},
            "/integrer/offres?lieu=commune%3A40192&amp;rayon=10",
            "Carte des structures de l’ESS",
            id="structures around a place",
        ),
    ],
)
def test_the_code_shows_what_the_address_says(query: dict[str, str | list[str]], address: str, title: str) -> None:
    """The frame asks for the embed with the same criteria, under a title that a screen reader says."""
    test = _run_at(query)
    assert not test.exception
    (code,) = test.code
    assert f'src="{address}"' in code.value
    assert f'title="{title}"' in code.value
    assert 'width="100%" height="600"' in code.value


def test_a_size_is_chosen_in_pixels() -> None:
    """Without the whole width, the code says how wide."""
    test = _run_at({"quoi": "matrice"})
    test.checkbox(key="pleine").uncheck().run()
    test.number_input(key="largeur").set_value(480).run()
    test.number_input(key="hauteur").set_value(350).run()
    assert 'width="480" height="350"' in test.code[0].value


def test_what_makes_no_sense_is_said_and_a_practice_is_chosen_among_those_found() -> None:
    """An unknown kind is the map; the filters narrow the practices; none is said, without a code."""
    wrong = _run_at({"quoi": "film", "besoin": "lieu=nulle-part"})
    assert "« quoi=film » (valeur impossible)".replace(" ", "") in _plain(texts(wrong))
    assert "besoin" in texts(wrong)
    assert "/integrer/carte" in wrong.code[0].value
    found = _run_at({"quoi": "pratique", "q": "maisadour", "pratique": "loc-halle-bio"})
    assert found.selectbox(key="pratique").value == "maisadour-fermiers-landes"
    nothing = _run_at({"quoi": "pratique", "q": "introuvable"})
    assert "Aucune pratique ne répond" in texts(nothing)
    assert not nothing.code


@pytest.mark.parametrize(
    ("sites", "words"),
    [
        ("", "Tous"),
        ("aucun", "seule cette application"),
        ("https://www.landes.example", "landes"),
        ("landes.example", "n’est pas une origine"),
    ],
)
def test_the_page_says_which_sites_may_embed(monkeypatch: pytest.MonkeyPatch, sites: str, words: str) -> None:
    """As the setting does; one that makes no sense is said."""
    monkeypatch.setenv("COOPERATIONS_SITES_AUTORISES", sites)
    test = _run_at({})
    assert not test.exception
    assert words in texts(test)


def test_a_title_cannot_leave_its_attribute() -> None:
    """Names come from outside."""
    code = frame_code("https://a.example/?a=1&b=2", '"><script>', "100%", 600)
    assert "<script>" not in code
    assert 'src="https://a.example/?a=1&amp;b=2"' in code


def _run_at(query: dict[str, str | list[str]]) -> AppTest:
    """Run the page as a link opens it: switching pages drops the address."""
    test = run({}, PAGE)
    for name, value in query.items():
        test.query_params[name] = value
    return test.run()


def _plain(text: str) -> str:
    return text.replace("\u00a0", "").replace("\\", "").replace(" ", "")
