"""The report page run by Streamlit's own test runner, beside the pages whose figures it repeats."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from cooperations.decisions import Decisions
from cooperations.reports import words
from cooperations.reports.content import report
from cooperations.reports.order import Order
from cooperations.runtime import application
from cooperations.settings import ROOT
from cooperations.snapshots import take
from cooperations.ui.coverage.matrix_view import SHOWN
from cooperations.ui.map_view import SHOWN as MAP_SHOWN
from cooperations.ui.reporting import files
from tests.making import plain
from tests.reports.reporting import LANDES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give each test an application of its own."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'app.sqlite3'}")
    application.cache_clear()
    yield
    application().store.close()
    application.cache_clear()


def run(script: str, **query: str | list[str]) -> AppTest:
    test = AppTest.from_file(str(ROOT / "pages" / "navigation.py"), default_timeout=60)
    # No browser will say that map and matrix are on screen.
    test.session_state[MAP_SHOWN] = test.session_state[SHOWN] = True
    test.switch_page(script)
    for name, value in query.items():
        test.query_params[name] = value
    return test.run()


def figures(test: AppTest) -> dict[str, str]:
    """Return the key figures of a page, by label."""
    shown = next(one.value for one in test.markdown if one.value.startswith("- "))
    return {label: plain(value) for label, value in re.findall(r"- (.+?) \*\*(.+?)\*\*", shown)}


def said(test: AppTest) -> str:
    """Return what the page says, without the backslashes of Markdown."""
    parts = (*test.title, *test.markdown, *test.info, *test.caption, *test.warning, *test.subheader)
    return re.sub(r"\\(.)", r"\1", plain(" ".join(part.value for part in parts)))


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({}, id="everything"),
        pytest.param(
            {"territoire": "departement:33", "type": ["achats_inter_ess", "groupement_acteurs"]}, id="Gironde"
        ),
        pytest.param({"debut": "2014", "fin": "2015", "localisation": "point"}, id="a period"),
    ],
)
def test_its_figures_are_those_of_the_other_pages(query: dict[str, str | list[str]]) -> None:
    """What the pages « Carte » and « Couverture » say for the same address, to the word."""
    shown = figures(run("rapport.py", **query))
    elsewhere = figures(run("carte.py", **query)) | figures(run("couverture.py", **query))
    assert elsewhere.items() <= shown.items()
    assert set(shown) - set(elsewhere) == {"Structures qui prennent part"}


def test_a_territory_without_a_practice_says_so() -> None:
    """No chart is drawn of nothing; the files are still there."""
    test = run("rapport.py", territoire="departement:47")
    assert not test.exception
    assert "Aucune pratique de coopération connue ne répond à ces critères." in said(test)
    assert [one.value for one in test.subheader] == ["Emporter le rapport"]


def test_a_snapshot_is_compared() -> None:
    """The address keeps which; without any, the page says where to take one."""
    assert "Aucun instantané gardé encore" in said(run("rapport.py"))
    kept = take(application().catalogue(), Decisions(), "GT de juillet", "CRESS d’essai")
    application().store.add(kept, "essai")
    test = run("rapport.py", depuis=kept.id)
    assert "- Pratiques **19 sur 19** (inchangé)" in said(test)
    assert test.query_params["depuis"] == kept.id
    test = run("rapport.py", depuis=kept.id, q="café")
    assert "les filtres portent sur un texte cherché" in said(test)


def test_an_unknown_snapshot_is_ignored_and_said() -> None:
    """An old link still opens."""
    assert "« depuis=noel »" in said(run("rapport.py", depuis="noel"))


def test_a_period_is_chosen_and_stays_right() -> None:
    """The end cannot be before the start: a later start takes it away."""
    test = run("rapport.py", debut="2013", fin="2014")
    start, end = (one for one in test.sidebar.selectbox if one.label in {"À partir de", "Jusqu’à"})
    assert (start.value, end.value) == ("2013", "2014")
    assert "2012" not in end.options
    start.select("2015").run()
    assert test.query_params["debut"] == "2015"
    assert "fin" not in test.query_params


def test_a_long_report_says_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond what is soon made, a file is prepared on the page, then given."""
    monkeypatch.setattr(files, "SOON", 2)
    test = run("rapport.py", territoire="departement:40")
    assert "préparer un fichier prend quelques secondes" in said(test)
    next(one for one in test.button if one.key == "preparer-xlsx").click().run()
    assert not test.exception
    assert "Télécharger rapport-40-2026-11-23.xlsx" in [one.label for one in test.get("download_button")]


def test_the_charts_are_those_of_the_files() -> None:
    """The same specification: its data are those of the report."""
    made = report(application().catalogue(), application().decisions(), Order(LANDES))
    test = run("rapport.py", territoire="departement:40")
    assert plain(words.summary(made)) in said(test)
    assert [one.value for one in test.subheader] == [
        "Emporter le rapport",
        "Pratiques par type",
        "Pratiques par territoire et par type",
    ]
    assert len(test.get("vega_lite_chart") or test.get("arrow_vega_lite_chart")) == 2
