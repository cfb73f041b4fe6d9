"""A new example proposed by somebody who types as most people do: how long it takes, keys and clicks counted.

The pace is that of the Keystroke-Level Model (Card, Moran and Newell, « The keystroke-level model for user performance
time with interactive systems », 1980): an average typist, a hand that goes to the mouse and back, a thought before each
field. The page's own time is in it, since each act waits for what it acts on.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.browser import chromium, fresh_page
from bench.parts import Measure
from bench.server import serving
from bench.words import seconds
from bench.world import APP
from cooperations.text import decimal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator, Page

    from bench.world import World

KEY_S, POINT_S, PRESS_S, HAND_S, THOUGHT_S = 0.28, 1.1, 0.2, 0.4, 1.35
"""A key at 40 words a minute; the mouse to a target; its button; a hand from mouse to keyboard; a thought."""
MOST_S = 120
NAME = "Épicerie coopérative d’Agen"
DESCRIPTION = "Six structures d’Agen achètent ensemble leurs produits d’entretien, chez un même fournisseur."
SOURCE = "Site de la coopérative"


@dataclass(slots=True)
class Hands:
    """Somebody's hands on a page: what they did, at their pace."""

    page: Page
    keys: int = 0
    clicks: int = 0

    def click(self, target: Locator) -> None:
        """Think, point and press, once the target is there."""
        target.wait_for()
        self._wait(THOUGHT_S + POINT_S + PRESS_S)
        target.click()
        self.clicks += 1

    def write(self, field: Locator, text: str) -> None:
        """Click in a field and type, letter by letter."""
        self.click(field)
        self._wait(HAND_S)
        field.press_sequentially(text, delay=1000 * KEY_S)
        self.keys += len(text)
        self._wait(HAND_S)

    def press(self, key: str) -> None:
        """Press one key."""
        self._wait(KEY_S)
        self.page.keyboard.press(key)
        self.keys += 1

    def _wait(self, pause_s: float) -> None:
        self.page.wait_for_timeout(1000 * pause_s)


def measures(world: World) -> Iterator[Measure]:
    """Measure a proposal without an account, from the address of the page to its receipt."""
    with serving(APP, world.folder / "proposer.sqlite3") as server, chromium() as browser:
        with fresh_page(browser) as (page, _):
            hands = Hands(page)
            took_s = proposed(hands, server.url)
        acts = hands.keys * KEY_S + hands.clicks * (THOUGHT_S + POINT_S + PRESS_S)
    said = f"{seconds(took_s)}, {hands.keys} touches, {hands.clicks} clics"
    yield Measure("un nouvel exemple, de la page au reçu, à 40 mots par minute", said, "≤ 120 s", took_s <= MOST_S)
    yield Measure("part de ce temps où la personne pense, tape et vise", f"{decimal(100 * acts / took_s, 0)} %")


def proposed(hands: Hands, url: str) -> float:
    """Propose an example with its type, its place, who takes part and its source; return the seconds it took."""
    page, started = hands.page, time.perf_counter()
    page.goto(f"{url}/contribuer")
    hands.write(page.get_by_label("Nom", exact=True), NAME)
    hands.click(page.get_by_text("Mutualisation des achats", exact=True))
    hands.write(page.get_by_label("Description", exact=True), DESCRIPTION)
    _go_on(hands)
    hands.write(page.locator("#coop-territoire"), "agen")
    hands.click(page.get_by_role("option", name="Agen (commune, 47)"))
    page.get_by_role("button", name="Agen (commune, 47)").wait_for()
    _go_on(hands)
    hands.write(page.get_by_role("combobox", name="Structures qui y prennent part"), "landes")
    page.get_by_role("option", name="Landes Partage").wait_for()
    for key in ("Enter", "Escape"):
        hands.press(key)
    page.get_by_role("combobox", name=re.compile("^Rôle de Landes Partage")).wait_for()
    _go_on(hands)
    hands.write(page.get_by_label(re.compile("^Source")), SOURCE)
    hands.click(page.get_by_role("button", name="Envoyer la proposition"))
    page.get_by_text("Votre proposition est enregistrée").wait_for()
    return time.perf_counter() - started


def _go_on(hands: Hands) -> None:
    hands.click(hands.page.get_by_role("button", name=re.compile("^Continuer")))
