"""Texts made to be run, in every record: shown as text on every page, in every bubble, in the feed; none is run.

A bubble that lists a place shows forty of them at once, and one practice has them all, so that few pages are enough.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from bench.server import ROOT, serving
from cooperations.contributions.model import Change
from cooperations.contributions.overlay import entity_of, key_of, values_of
from cooperations.decisions import decide
from cooperations.model import Event, Participation, Record, Structure
from cooperations.offers.records import Correction
from tests.browser.conftest import quiet, the_map
from tests.hostile import HOSTILE
from tests.making import a_practice
from tests.structures import MARKET_HEADER, application_with

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import FrameLocator, Page

FOLIUM = (
    "Ardits ${parent.window.PIEGE=1}`</script><img src=x onerror=parent.window.PIEGE=1> ![x](https://evil.example/p)"
)
TEXTS = tuple(" ".join(text.split()) for text in (FOLIUM, *HOSTILE))
GROUP, ONE_IN = 40, 4
"""Names in a place; of the texts, those that are also the name of an actor."""
PLACES = (("47", "47001"), ("64", "64445"), ("24", "24322"), ("40", "40046"))
"""A department and a commune for each group of names."""
WHOLE = "\n".join(TEXTS)
SOURCE = "Jeu d’essai"
INJECTED = """
() => {
  const found = [];
  const acts = /^\\s*(javascript|vbscript|data:text\\/html)/i;
  const look = (root) => {
    for (const one of root.querySelectorAll("*")) {
      for (const { name, value } of one.attributes) {
        const runs = name.startsWith("on") && value.includes("PIEGE");
        const leads = ["href", "src", "action", "formaction", "srcdoc", "data"].includes(name) && acts.test(value);
        const asks = ["href", "src"].includes(name) && /(mechant|evil)\\.example/.test(value);
        if (runs || leads || asks) found.push(`<${one.localName} ${name}="${value}">`);
      }
      if (one.localName === "script" && /^window\\.PIEGE/.test(one.textContent.trim())) found.push("<script>");
      if (one.shadowRoot) look(one.shadowRoot);
    }
  };
  look(document);
  if (window.PIEGE) found.push("executed");
  return found;
}
"""
"""What of a hostile text became more than text in a page, shadow trees included."""


def groups() -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the texts by place: a department, a commune, and the names that are there."""
    parts = [TEXTS[start : start + GROUP] for start in range(0, len(TEXTS), GROUP)]
    return [(department, commune, part) for (department, commune), part in zip(PLACES, parts, strict=True)]


def records() -> list[Record]:
    """Return practices, structures and a meeting of which every text is hostile."""
    free = {"nom": FOLIUM, "description": WHOLE, "lieu": FOLIUM, "source": FOLIUM, "extrait_source": WHOLE}
    told = free | {"remarque": WHOLE, "statut": "terminee", "territoires": "commune:33063"}
    point = {"precision_localisation": "adresse", "longitude": "-0.5792", "latitude": "44.8378"}
    made: list[Record] = [a_practice("piege-tout", **told, **point)]
    for _, commune, names in groups():
        over = {"territoires": f"commune:{commune}", "precision_localisation": "commune", "statut": "terminee"}
        made += [a_practice(f"piege-{TEXTS.index(name)}", nom=name, remarque=name, **over) for name in names]
    for number, name in enumerate(TEXTS[::ONE_IN]):
        cells = {"id": f"acteur-{number}", "nom": name, "famille": "association", "activite": name, "source": name}
        cells |= {"membre_gt": "non", "confiance": "moyenne", "date_verification": "2016-07-12", "remarque": name}
        link = {"id_pratique": "piege-tout", "id_structure": f"acteur-{number}", "role": "membre", "role_deduit": "non"}
        made += [Structure.model_validate(cells), Participation.model_validate(link | {"source": name})]
    when = {"debut": "2027-03-09T09:00:00+01:00", "code_commune": "33063", "territoires": "commune:33063"}
    return [*made, Event.model_validate(free | when | {"id": "rencontre-piege", "statut": "annonce"})]


def a_list() -> bytes:
    """Return a list to import; an import takes the tags out of names, so people correct these ones afterwards."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(MARKET_HEADER)
    cities = {"47001": ("47000", "Agen"), "64445": ("64000", "Pau"), "24322": ("24000", "Périgueux")}
    cities["40046"] = ("40600", "Biscarrosse")
    for _, commune, names in groups():
        for name in names:
            place = cities[commune]
            cells = [f"s{TEXTS.index(name)}", "Structure", "ACI", "", "Nettoyage de locaux", "Service", "", "", ""]
            rows.writerow([*cells, *place, "", "", "", ""])
    return out.getvalue().encode()


def corrections() -> list[Correction]:
    """Return what gives every structure of the list a hostile name, activity and address."""
    said = {"organisation": FOLIUM, "note": FOLIUM}
    return [
        decide(Correction, offer_id=f"marche-s{number}", attribute=attribute, value=text, **said)
        for number, text in enumerate(TEXTS)
        for attribute in ("name", "activity", "address")
    ]


@pytest.fixture(scope="module")
def trapped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve an application whose records are all hostile, and give its address."""
    folder = tmp_path_factory.mktemp("pieges")
    with application_with(folder, {"marche.csv": a_list()}) as app:
        changes = [Change(entity_of(type(one)), key_of(one), values_of(one)) for one in records()]
        app.store.contributions.change(changes, FOLIUM)
        app.store.lists.correct(corrections())
    with serving(ROOT / "app.py", folder / "offres.sqlite3") as server:
        yield server.url


@pytest.fixture
def wary(page: Page) -> Page:
    """Return a page whose dialogues fail the test."""
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    return page


def nothing_ran(page: Page) -> None:
    """Look in the page and in its frames."""
    page.wait_for_timeout(150)
    for frame in page.frames:
        assert frame.evaluate(INJECTED) == [], frame.url


def open_bubble(root: Page | FrameLocator, some: str) -> Any:
    """Open the bubble of the group of a map, and return it once its names have come."""
    mark = root.locator(".leaflet-marker-pane [tabindex='0']").first
    mark.press("Enter")
    bubble = root.locator(".leaflet-popup .coop-fiche")
    expect(bubble.locator("li").first).to_be_visible()
    expect(bubble).to_contain_text(some)
    return bubble


def test_the_maps_show_hostile_names_as_text(wary: Page, trapped: str) -> None:
    """On the map, in its list and in its bubbles: forty names of a place, then one practice with all of them."""
    department, _, names = groups()[0]
    query = f"territoire=departement%3A{department}&statut=terminee"
    wary.goto(f"{trapped}/?{query}")
    frame = the_map(wary)
    expect(wary.locator(".coop-liste a").first).to_be_visible()
    bubble = open_bubble(frame, names[1])
    assert bubble.locator("li").count() == len(names)
    nothing_ran(wary)
    wary.goto(f"{trapped}/pratique?id=piege-tout")
    expect(wary.get_by_role("heading", level=1)).to_contain_text("Ardits ${parent")
    small = wary.frame_locator('iframe[title^="streamlit_folium"]')
    small.locator("#map_div[data-limites]").wait_for()
    small.locator(".leaflet-overlay-pane path").last.hover(force=True)
    wary.get_by_text("Historique", exact=True).click()
    expect(wary.locator(".coop-version").first).to_be_visible()
    nothing_ran(wary)


def test_the_light_maps_and_the_embeds_show_hostile_names_as_text(wary: Page, trapped: str) -> None:
    """Each group of names in a bubble, on the four light maps; then the practice that has them all."""
    for base, places in (("/carte-legere", groups()), ("/integrer/carte", groups()[:1])):
        for department, _, names in places:
            wary.goto(f"{trapped}{base}?territoire=departement:{department}&statut=terminee")
            wary.locator("#map_carte[data-limites][data-total]").wait_for()
            open_bubble(wary, names[1])
            nothing_ran(wary)
    for base, places in (("/offres-legeres", groups()[1:3]), ("/integrer/offres", groups()[3:])):
        for _, commune, names in places:
            wary.goto(f"{trapped}{base}?lieu=commune:{commune}&rayon=5")
            wary.locator("#map_carte[data-limites][data-total]").wait_for()
            open_bubble(wary, names[1])
            nothing_ran(wary)
    for address in (
        "/integrer/pratique?id=piege-tout",
        "/integrer/matrice",
        "/imprimer/selection?retenues=marche-s1,marche-s2",
    ):
        wary.goto(trapped + address)
        nothing_ran(wary)


@pytest.mark.parametrize(
    "address",
    [
        "/offres?lieu=commune:64445&rayon=5",
        "/offre?id=marche-s1",
        "/couverture",
        "/reseau",
        "/pratique?id=![x](https://evil.example/p.png) [Cliquez](https://evil.example)",
        "/contribuer?corriger=piege-tout",
    ],
)
def test_the_pages_show_hostile_names_as_text(wary: Page, trapped: str, address: str) -> None:
    """Whatever draws them: cards, matrix and gaps, graph, months, form."""
    wary.goto(trapped + address)
    quiet(wary)
    nothing_ran(wary)
    wary.goto("about:blank")


def test_the_agenda_shows_hostile_names_as_text(wary: Page, trapped: str) -> None:
    """In a month, in the meeting that is open, and in the bubble of its place, which opens it by keyboard."""
    wary.goto(f"{trapped}/agenda?affichage=mois&mois=2027-03&rencontre=rencontre-piege")
    expect(wary.locator(".coop-mois td button .nom")).to_have_text(FOLIUM)
    expect(wary.locator(".st-key-rencontre-ouverte h2")).to_contain_text("Ardits ${parent")
    nothing_ran(wary)
    wary.goto(f"{trapped}/agenda?affichage=carte&q=ardits")
    frame = wary.frame_locator('iframe[title^="streamlit_folium"]')
    frame.locator(".coop-rencontre").press("Enter")
    expect(frame.locator(".coop-fiche a")).to_have_text(FOLIUM)
    nothing_ran(wary)
    frame.locator(".coop-fiche a").press("Enter")
    expect(wary.locator(".st-key-rencontre-ouverte h2")).to_contain_text("Ardits ${parent")
    nothing_ran(wary)


def test_the_feed_opens_in_a_browser_as_text(wary: Page, trapped: str) -> None:
    """Atom is XML: a name must not be an element of a page there, nor be run."""
    wary.goto(f"{trapped}/fil/changements.atom")
    assert wary.evaluate("document.contentType") != "text/html"
    assert wary.evaluate("document.querySelectorAll('img, svg, iframe, script').length") == 0
    nothing_ran(wary)


def test_no_text_is_lost_on_its_way() -> None:
    """The corpus is a hundred strings and more, and each is in a record."""
    assert len(TEXTS) > 100
    assert len({text for _, _, names in groups() for text in names}) == len(set(TEXTS))
    assert Path(ROOT / "app.py").is_file()
