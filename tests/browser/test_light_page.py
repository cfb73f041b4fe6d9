"""The maps without Streamlit, and the embeds in the frame of another site, as people meet them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect

from bench.server import ROOT, free_port, serving
from tests.browser.conftest import quiet, serious_faults

LIGHT = ("/carte-legere", "/offres-legeres")
EMBEDS = ("/integrer/carte", "/integrer/offres", "/integrer/matrice", "/integrer/pratique?id=loc-halle-bio")
MAP = "#map_carte[data-limites][data-total]"
LANDES = "territoire=departement%3A40"


def shown(page: Page, query: str = "") -> None:
    """Wait until the map shows a query, and the list has come."""
    page.locator(f"{MAP}[data-requete='{query}']").wait_for()
    page.locator("#liste:not([aria-busy]) li").first.wait_for(state="attached")


def test_the_light_map_needs_neither_streamlit_nor_session(page: Page) -> None:
    """Map and list say the same, no websocket is opened, no cookie is set."""
    sockets: list[str] = []
    asked: list[str] = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/carte-legere")
    shown(page)
    assert page.locator(MAP).get_attribute("data-total") == "19"
    expect(page.locator("#comptes")).to_have_text(re.compile("^19 pratiques sur 19"))
    expect(page.locator("#liste li")).to_have_count(19)
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    assert not sockets
    assert not page.context.cookies()
    assert not [url for url in asked if "/static/js/" in url or "_stcore" in url]
    assert len([url for url in asked if "/api/carte/marques" in url]) == 1


def test_a_department_filters_by_keyboard_and_the_address_follows(page: Page) -> None:
    """Enter on the Landes filters all of the page; going back undoes it; the chip says it and takes it away."""
    page.goto("/carte-legere")
    shown(page)
    page.locator("path[aria-label^='Landes (40)']").press("Enter")
    shown(page, LANDES)
    assert page.url.endswith(f"?{LANDES}")
    expect(page.locator("#liste li")).to_have_count(3)
    expect(page.get_by_role("link", name="Ouvrir dans l’application")).to_have_attribute(
        "href", re.compile(rf"^https?://[^/]+/\?{LANDES}$")
    )
    page.go_back()
    shown(page)
    page.go_forward()
    shown(page, LANDES)
    page.get_by_role("link", name=re.compile("Retirer le filtre.*Landes")).press("Enter")
    shown(page)
    expect(page.locator("#liste li")).to_have_count(19)


def test_a_mark_and_a_line_open_the_same_bubble_by_keyboard(page: Page) -> None:
    """Enter opens it, its link leads to the sheet, Escape closes it; the line shows its place on the map."""
    page.goto("/carte-legere?q=maisadour")
    shown(page, "q=maisadour")
    page.locator(".coop-point").press("Enter")
    expect(page.locator(".coop-fiche h3")).to_contain_text("Maisadour")
    link = page.locator(".coop-fiche a", has_text="Voir la fiche")
    expect(link).to_have_attribute("href", "/pratique?id=maisadour-fermiers-landes")
    page.keyboard.press("Escape")
    expect(page.locator(".coop-fiche")).to_have_count(0)
    page.get_by_role("button", name=re.compile("Situer sur la carte")).press("Enter")
    expect(page.locator(".coop-fiche h3")).to_contain_text("Maisadour")


def test_an_address_that_makes_no_sense_still_shows_a_map(page: Page) -> None:
    """What was ignored is said; a search that finds nothing says so, and how to see all."""
    page.goto("/carte-legere?typ=x&q=introuvable")
    shown(page, "q=introuvable")
    expect(page.get_by_role("alert").first).to_contain_text("Ignoré dans l’adresse")
    expect(page.locator("#liste")).to_contain_text("Aucune pratique ne répond à ces critères.")
    page.get_by_role("link", name="Voir tout").click()
    shown(page)


def test_offers_around_a_place_are_read_page_by_page(page: Page) -> None:
    """A click on the map says the place; the list says the distance."""
    page.goto("/offres-legeres?lieu=commune:40192")
    shown(page, "lieu=commune%3A40192")
    expect(page.locator("#liste")).to_contain_text("siège à 2")
    page.locator("#map_carte").click(position={"x": 60, "y": 300})
    page.wait_for_url(re.compile("lieu=point"))


BY_NIGHT = ("/carte-legere", "/integrer/matrice")


@pytest.mark.parametrize(
    ("scheme", "path"), [*(("light", path) for path in (*LIGHT, *EMBEDS)), *(("dark", path) for path in BY_NIGHT)]
)
def test_every_page_is_accessible_by_day_and_by_night(page: Page, path: str, scheme: str) -> None:
    """No serious fault, and nothing wider than a phone."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": 375, "height": 740})
    page.goto(path)
    if "matrice" not in path and "pratique" not in path:
        page.locator(MAP).wait_for()
        if path in EMBEDS:
            page.locator("summary", has_text="Liste").press("Enter")
        page.locator("#liste li").first.wait_for()
    assert not serious_faults(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


@contextmanager
def site(port: int, *addresses: str) -> Iterator[str]:
    """Serve a page of another site that frames some addresses, and give its own."""
    frames = "".join(
        f'<iframe src="{address}" title="cadre" width="700" height="500"></iframe>' for address in addresses
    )

    class Host(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>Un site</title>{frames}".encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has
            pass

    server = ThreadingHTTPServer(("localhost", port), Host)
    Thread(target=partial(server.serve_forever, 0.05), daemon=True).start()
    try:
        yield f"http://localhost:{port}/"
    finally:
        server.shutdown()
        server.server_close()


def test_another_site_frames_what_it_may_and_nothing_else(browser: Browser, tmp_path: Path) -> None:
    """The site of the list shows the embeds, where the map works; another shows none; no site shows a page of ours."""
    ours, theirs = free_port(), free_port()
    allowed = {"COOPERATIONS_SITES_AUTORISES": f"http://localhost:{ours}"}
    with serving(ROOT / "app.py", tmp_path / "app.sqlite3", **allowed) as server:
        addresses = [server.url + path for path in ("/integrer/carte", "/integrer/matrice", "/", "/couverture")]
        with site(ours, *addresses) as friend, site(theirs, *addresses) as stranger:
            page = browser.new_page(locale="fr-FR")
            page.goto(friend)
            card = page.frame_locator("iframe >> nth=0")
            card.locator(MAP).wait_for()
            card.locator("path[aria-label^='Landes (40)']").press("Enter")
            expect(card.locator("#comptes")).to_have_text(re.compile("^3 pratiques"))
            expect(page.frame_locator("iframe >> nth=1").locator("td.couvert").first).to_be_visible()
            assert [frame.url.startswith("http") for frame in page.frames[1:]] == [True, True, False, False]
            page.goto(stranger)
            page.wait_for_function("document.readyState === 'complete'")
            assert [frame.url.startswith("http") for frame in page.frames[1:]] == [False] * 4
            page.close()


def test_the_code_of_a_frame_is_copied_and_shown(page: Page) -> None:
    """From the map to the code of the same criteria: the button copies it, and the page below is what it shows."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/integrer?{LANDES}")
    quiet(page)
    page.get_by_role("button", name="Copier le code").press("Enter")
    expect(page.get_by_text("Copié.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert f'/integrer/carte?{LANDES}" title="Carte des pratiques de coopération"' in copied
    preview = page.frame_locator("iframe[src^='/integrer/carte']")
    expect(preview.locator("#comptes")).to_have_text(re.compile("^3 pratiques"))
    assert not serious_faults(page)
