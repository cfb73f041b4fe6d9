"""What a page shows until Streamlit has drawn it: the same figures and marks, written in the page itself."""

from __future__ import annotations

import itertools
import math
import re
from html.parser import HTMLParser
from threading import Event
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from anyio import run, to_thread
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from cooperations.errors import StoreUnavailable
from cooperations.light import PREVIEWS
from cooperations.light.preview import ground, marks, pages, pictures, views
from cooperations.light.preview.marks import SHAPES, Sign, short, signs
from cooperations.light.preview.pages import preview_of
from cooperations.light.preview.views import LAPTOP, PHONE, fitted
from cooperations.runtime import application
from cooperations.ui.palette import legend
from cooperations.web import middleware, previewing
from cooperations.web.assets import APP_FOLDER
from tests.hostile import HOSTILE

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

PATHS = ("/", "/offres", "/couverture")
HARMLESS = {
    "link", "noscript", "style", "div", "h1", "ul", "li", "strong", "svg", "path", "circle", "span", "b", "i", "p",
    "br", "caption", "small", "button", "table", "thead", "tbody", "tfoot", "tr", "th", "td",
}  # fmt: skip
COMMUNES = (
    "33063", "33318", "33281", "33522", "33039", "33069", "33119", "33162", "33167", "33192", "33249", "33550",
    "33449", "33056", "33075", "33003", "33004", "33013", "33032", "33096", "33200",
)  # fmt: skip
"""Twenty-one, around Bordeaux."""
BORDEAUX = (-0.5792, 44.8378)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a preview whatever else the machine is doing."""
    monkeypatch.setattr(previewing, "PATIENCE_S", 30.0)


class Read(HTMLParser):
    """The tags, the attributes and the text of some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag and its attributes."""
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.words.append(data)


def shell(_request: Request) -> Response:
    """Answer a page as Streamlit does."""
    return HTMLResponse(
        '<html lang="en"><head><title>Streamlit</title></head><body><div id="root"></div></body></html>'
    )


def client(previews: previewing.Previews) -> TestClient:
    """Return a client of a page behind our middleware."""
    return TestClient(Starlette(routes=[Route("/{path:path}", shell)], middleware=middleware(previews)))


def test_the_map_says_what_the_page_will_say() -> None:
    """Nineteen practices, their figures, the five departments and their neighbours, a sign for each mark."""
    words = " ".join(Read(preview_of("/", "")).words)
    for said in (
        "Coopérations économiques de l’ESS en Aquitaine",
        "19 sur 19",
        "Dordogne",
        "Charente",
        "Aquitaine : 2",
    ):
        assert said in words
    assert 'data-total="19"' in preview_of("/", "")


def test_filters_of_the_address_are_those_of_the_preview() -> None:
    """The Landes alone: their three practices, the filter in words, their outline."""
    html = preview_of("/", "territoire=departement:40")
    assert 'data-total="3"' in html
    assert "Landes (40)" in " ".join(Read(html).words)
    assert '<path class="departement"' in html
    assert '<path class="departement"' not in preview_of("/", "")


def test_a_commune_is_outlined_and_named() -> None:
    """Who asks for Pessac sees its outline and its name."""
    html = preview_of("/", "territoire=commune:33318")
    assert '<path class="choisi"' in html
    assert "Pessac" in " ".join(Read(html).words)


def test_the_place_of_a_buyer_is_circled() -> None:
    """Around Mont-de-Marsan: the sign of the place, and how far is searched."""
    html = preview_of("/offres", "lieu=commune:40192")
    assert '<circle class="autour"' in html
    assert '<circle class="autour"' not in preview_of("/offres", "")


def test_the_matrix_has_every_cell() -> None:
    """Five departments by eight columns, each cell with its state in words."""
    html = preview_of("/couverture", "")
    assert html.count("<td class=") == 5 * 8 + 5 + 8
    assert "non enquêté" in html
    assert html.count("<button>") == 5 * 8 + 5


def test_a_matrix_that_was_drilled_down_has_its_territories() -> None:
    """The EPCI of the Landes, and how the page counts."""
    html = preview_of("/couverture", "territoire=departement:40&compter=couvrant&mesure=pour_100000")
    assert "CC Coteaux et Vallées des Luys" in html
    assert "dont 1 couvrant" in html
    assert "+1 couvrant" in preview_of("/couverture", "territoire=departement:40&compter=ici")


@pytest.mark.parametrize("path", ["/pratique", "/agenda", "/rapport", "/inconnue"])
def test_other_pages_have_none(path: str) -> None:
    """A page whose first sight is not a map or the matrix shows nothing beforehand."""
    assert "apercu" not in client(PREVIEWS).get(path).text


@pytest.mark.parametrize(
    "query",
    ["couleurs=oui", "&".join(f"territoire=commune:{code}" for code in COMMUNES)],
    ids=["a-coloured-map", "more-territories-than-a-map-outlines"],
)
def test_a_map_that_would_not_be_the_same_is_not_drawn(query: str) -> None:
    """Rather nothing than a picture that changes, or that costs more than it is worth."""
    assert preview_of("/", query) == ""


def test_a_map_of_too_many_signs_is_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is it drawn without some of them."""
    monkeypatch.setattr(pictures, "MOST_SIGNS", 3)
    assert preview_of("/", "") == ""


def test_close_to_a_commune_the_epci_have_their_limits() -> None:
    """As on the map, from the same zoom."""
    assert '<path class="epci"' in preview_of("/", "territoire=commune:33227")
    assert '<path class="epci"' not in preview_of("/", "")


@pytest.mark.parametrize(
    "query",
    [
        "type=inconnu",
        "territoire=departement:99",
        "q=%00",
        "debut=jamais",
        "compter=trop&mesure=rien",
        "lieu=nulle-part",
        "=&&=",
    ],
)
@pytest.mark.parametrize("path", PATHS)
def test_what_makes_no_sense_is_left_to_the_page(path: str, query: str) -> None:
    """An address that makes no sense still has a preview, of what is left of it."""
    assert "<h1>" in preview_of(path, query)


@pytest.mark.parametrize(("path", "texts"), [("/", HOSTILE), ("/offres", HOSTILE[::6]), ("/couverture", HOSTILE[::6])])
def test_no_text_of_the_address_is_markup(path: str, texts: tuple[str, ...]) -> None:
    """Hostile texts in every parameter of the address stay texts; the three previews write them in one place."""
    for text in texts:
        html = preview_of(path, urlencode([("q", text), ("type", text), ("lieu", text), ("compter", text)]))
        read = Read(html)
        assert (html.count("<style"), html.count("<noscript"), html.count("<link")) == (1, 1, 2)
        assert read.tags <= HARMLESS, text
        assert not [name for name in read.attributes if name.startswith("on")], text


def test_a_database_that_does_not_answer_is_the_page_s_to_say(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without data there is no preview, and no error."""

    def away() -> object:
        raise StoreUnavailable

    monkeypatch.setattr(pages, "application", away)
    assert preview_of("/", "") == ""


def test_a_fault_of_the_preview_is_noted_and_the_page_comes(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A mistake of ours is in the journal, not on the screen."""

    def broken() -> object:
        raise ZeroDivisionError

    monkeypatch.setattr(pages, "application", broken)
    assert client(PREVIEWS).get("/").status_code == 200
    assert "No preview of /" in caplog.text


def test_previews_that_nobody_waits_for_any_more_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that go on are so many at most: the pages that come meanwhile ask for none."""
    done, begun = Event(), []
    monkeypatch.setattr(previewing, "PATIENCE_S", 0.01)

    def slow(query: str) -> str:
        begun.append(query)
        done.wait(10)
        return ""

    asked = client({"/": slow})
    answers = [asked.get(f"/?q={rank}").status_code for rank in range(previewing.MOST_AT_ONCE + 3)]
    done.set()
    assert answers == [200] * (previewing.MOST_AT_ONCE + 3)
    assert len(begun) == previewing.MOST_AT_ONCE


def test_a_preview_that_never_began_takes_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """While every thread is taken no page has a preview; as soon as one is free they have it again."""
    monkeypatch.setattr(previewing, "PATIENCE_S", 0.01)
    scope = {"method": "GET", "path": "/", "query_string": b""}

    async def asked() -> list[str]:
        threads = to_thread.current_default_thread_limiter()
        before, threads.total_tokens = threads.total_tokens, 0
        none = [await previewing.preview_for({"/": str}, scope) for _ in range(previewing.MOST_AT_ONCE + 1)]
        threads.total_tokens = before
        monkeypatch.setattr(previewing, "PATIENCE_S", 30.0)
        return [*none, await previewing.preview_for({"/": lambda _query: "<p></p>"}, scope)]

    assert run(asked) == [*[""] * (previewing.MOST_AT_ONCE + 1), "<p></p>"]


def test_a_preview_that_takes_too_long_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page comes without it."""
    done = Event()
    monkeypatch.setattr(previewing, "PATIENCE_S", 0.01)

    def slow(_query: str) -> str:
        done.wait(10)
        return '<div id="apercu">'

    answer = client({"/": slow}).get("/")
    done.set()
    assert "apercu" not in answer.text
    assert '<div id="root">' in answer.text


def test_the_page_holds_its_preview_before_streamlit_s_root() -> None:
    """In the page, with its styles, out of the way of the keyboard and of screen readers; gone by apercu.js."""
    answer = client(PREVIEWS).get("/?territoire=departement:40")
    assert answer.text.index('<div id="apercu" inert aria-hidden="true">') < answer.text.index('<div id="root">')
    for name in ("apercu.css", "carte.css", "apercu.js"):
        assert f"/{name}" in answer.text
    assert "apercu.js" not in client(PREVIEWS).get("/agenda").text


def test_a_script_in_a_preview_would_not_be_allowed() -> None:
    """The content policy names our own scripts, and none that a preview would hold."""
    with_script = client({"/": lambda _query: "<script>window.PIEGE=1</script>"}).get("/")
    without = client({"/": lambda _query: "<p></p>"}).get("/")
    allowed = [re.findall("sha256-[^']+", one.headers["content-security-policy"]) for one in (with_script, without)]
    assert "<script>window.PIEGE=1</script>" in with_script.text
    assert allowed[0] == allowed[1]


def test_the_region_is_framed_as_leaflet_does() -> None:
    """All of Aquitaine stands in the picture, at a quarter of a zoom, as large as it can."""
    gazetteer = application().gazetteer
    west, south, east, north = gazetteer[gazetteer.perimeter.key].bounds
    view = fitted([west, south, east, north], LAPTOP)
    assert (view.zoom, view.whole_zoom) == (7.25, 7)
    (left, top), (right, bottom) = view.placed(west, north), view.placed(east, south)
    assert left == pytest.approx(-right, abs=1)
    assert top == pytest.approx(-bottom, abs=1)
    assert bottom - top <= 540 - 24 < (bottom - top) * 2**0.25


@pytest.mark.parametrize(
    ("bounds", "zoom"),
    [([-0.58, 44.83, -0.58, 44.83], 13), ([-5.0, 41.0, 9.0, 51.0], 6.5)],
    ids=["a-point-is-not-approached-more", "france-is-not-left-further"],
)
def test_views_stay_between_the_map_s_own_limits(bounds: list[float], zoom: float) -> None:
    """A point and a country are framed as near and as far as the map goes."""
    assert fitted(bounds, LAPTOP).zoom == zoom


def test_a_narrow_map_has_its_own_picture() -> None:
    """On a phone all of Aquitaine stands in a smaller zoom; both pictures are in the page, one is shown."""
    gazetteer = application().gazetteer
    assert fitted(list(gazetteer[gazetteer.perimeter.key].bounds), PHONE).zoom == 7
    html = preview_of("/", "")
    assert html.index('<div class="large">') < html.index('<div class="etroite">')


def test_what_is_framed_is_framed_as_on_the_map() -> None:
    """The numbers of carte.js: its steps of zoom, its limits, what it leaves free, when it draws the EPCI."""
    script = (APP_FOLDER / "carte.js").read_text(encoding="utf-8")
    for number in (
        "zoomSnap: 0.25",
        "minZoom: 6.5",
        "? 4 : 12",
        "maxZoom: 13 }",
        "getZoom() < 9.5",
        "[0, 48, 80]",
        "> 42",
    ):
        assert number in script
    assert (views.SNAP, views.FARTHEST, views.CLOSEST, ground.CLOSE) == (0.25, 6.5, 13.0, 9.5)
    assert (PHONE.padding_px, LAPTOP.padding_px) == (4, 12)
    assert ((0, *marks.AROUND_PX), marks.APART_PX) == ((0, 48, 80), 42)


def test_a_metre_takes_as_many_pixels_as_it_does_in_bordeaux() -> None:
    """Web Mercator stretches: at 44.8 degrees a kilometre takes 1.41 times what it takes on the equator."""
    view = fitted([-0.7, 44.7, -0.4, 44.9], LAPTOP)
    x, _ = view.placed(*BORDEAUX)
    there, _ = view.placed(BORDEAUX[0] + 1 / (111.32 * math.cos(math.radians(BORDEAUX[1]))), BORDEAUX[1])
    assert view.pixels_per_metre(BORDEAUX[1]) * 1000 == pytest.approx(there - x, rel=0.01)


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "1"), (9_999, "9999"), (10_000, "10\u202fk"), (10_499, "10\u202fk"), (10_500, "11\u202fk"),
        (999_499, "999\u202fk"), (999_500, "1\u202fM"), (1_240_000, "1,2\u202fM"), (12_400_000, "12\u202fM"),
    ],
)  # fmt: skip
def test_large_numbers_fit_in_a_ring(count: int, said: str) -> None:
    """As carte.js writes them."""
    assert short(count) == said


def mark(longitude: float, latitude: float, territory: str = "", level: str = "") -> dict[str, object]:
    """Return a mark of two practices, or the sign of a territory, as a route answers it."""
    return {
        "lon": longitude, "lat": latitude, "types": (1, 0, 1, 0, 0), "territoire": territory, "niveau": level,
        "approche": False,
    }  # fmt: skip


def test_signs_of_territories_make_room() -> None:
    """Gironde's sign goes beside the group at its middle, and the next one beside both."""
    view = fitted([-1.5, 44.2, 0.3, 45.6], LAPTOP)
    here = [mark(*BORDEAUX), *(mark(*BORDEAUX, f"T{rank}", "departement") for rank in range(6))]
    drawn = signs(here, legend(), "Aquitaine", view)
    assert [sign.kind for sign in drawn] == ["groupe", *["territoire"] * 6]
    assert all(math.hypot(a.x - b.x, a.y - b.y) > 42 for a, b in itertools.combinations(drawn, 2))


def test_the_parts_of_a_ring_make_the_whole() -> None:
    """Each type takes its share, one after the other."""
    (ring,) = signs([mark(*BORDEAUX)], legend(), "Aquitaine", fitted([-1.5, 44.2, 0.3, 45.6], LAPTOP))
    assert isinstance(ring, Sign)
    assert [(part.share, part.before) for part in ring.parts] == [(0.5, 0), (0.5, 0.5)]
    assert ring.parts[0].colour != ring.parts[1].colour


def test_shapes_are_those_of_the_map() -> None:
    """The script that draws the map has the same outlines."""
    script = (APP_FOLDER / "carte.js").read_text(encoding="utf-8")
    assert dict(re.findall(r'^ {4}(\w+): "(M[^"]+z)"', script, re.MULTILINE | re.IGNORECASE)) == SHAPES
