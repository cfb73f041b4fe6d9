"""A visitor over a real websocket, on a page small enough to know what it must say."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bench.load.crowd import flat_out
from bench.load.fixed import fixed_answers
from bench.load.http import load, load_from_child
from bench.load.session import Visitor
from bench.server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.server import Server

PAGE = """
import streamlit as st

places = st.multiselect("Où", ["Dax", "Pau"], key="lieux")
word = st.text_input("Quoi", key="mot")
st.query_params["lieu"] = ",".join(places)
st.html(f"<i data-adresse='/api/offres/liste?lieu={','.join(places)}&page=1&v=7'></i>".replace("'", '"'))
if "Pau" in places:
    raise RuntimeError("la cluse est fermée")
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve the page from a process of its own."""
    folder = tmp_path_factory.mktemp("visite")
    (folder / "page.py").write_text(PAGE, encoding="utf-8")
    (folder / "app.py").write_text('import streamlit as st\n\napp = st.App("page.py")\n', encoding="utf-8")
    with serving(folder / "app.py", folder / "aucune.sqlite3") as started:
        yield started


def test_a_visitor_opens_a_page_and_changes_a_filter(server: Server) -> None:
    """The page has its widgets, its address and the list that it asks; each run is timed to its end."""

    async def visit() -> None:
        visitor = Visitor(server.url, "")
        try:
            opened = await visitor.open()
            assert (opened.errors, opened.size > 500, opened.seconds > 0) == ([], True, True)
            assert sorted(kind for kind, _ in visitor.widgets.values()) == ["multiselect", "text_input"]
            changed = await visitor.choose("lieux", "Dax")
            assert changed.errors == []
            assert visitor.list_address == ("/api/offres", "lieu=Dax&page=1&v=7")
            assert visitor.query == "lieu=Dax"
        finally:
            await visitor.close()

    asyncio.run(visit())


def test_an_error_of_the_page_is_an_error_of_the_load(server: Server) -> None:
    """A script that fails is quick; a load that took it for an answer would be proud of it."""

    async def visit() -> list[str]:
        visitor = Visitor(server.url, "")
        try:
            await visitor.open()
            return (await visitor.choose("lieux", "Pau")).errors
        finally:
            await visitor.close()

    assert asyncio.run(visit())


def test_a_crowd_hurries_and_counts(server: Server) -> None:
    """Two visitors for half a second: first pages, changes, and the errors of those who chose Pau."""
    crowd = asyncio.run(flat_out([server.url], 2, 0.5))
    assert len(crowd.opened) == 2
    assert len(crowd.changed) >= 2
    assert len(crowd.sizes) == len(crowd.opened) + len(crowd.changed)
    assert crowd.wall_s >= 0.5


def test_what_fails_over_http_is_counted(server: Server) -> None:
    """Each address once; what is not there is an error, and has its time all the same."""
    outcome = load_from_child(server.url, ["/_stcore/health", "/_stcore/health", "/media/absente.png"], 2)
    assert len(outcome.seconds) == 3
    assert [error.partition(" ")[2] for error in outcome.errors] == ["/media/absente.png"]
    assert min(outcome.sizes) > 0


def test_the_client_goes_around_for_as_long_as_asked() -> None:
    """Against a server that answers at once, of bodies of a known size."""
    with fixed_answers(1000) as url:
        outcome = asyncio.run(load(url, ["/une", "/deux"], 2, 0.3))
    assert not outcome.errors
    assert len(outcome.seconds) > 2
    assert min(outcome.sizes) > 1000
    assert outcome.wall_s >= 0.3
