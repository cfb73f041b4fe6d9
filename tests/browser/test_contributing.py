"""Proposing without an account, and deciding as a moderator."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from bench.server import ROOT, free_port, serving
from cooperations.accounts.tokens import new_token
from tests.browser.conftest import quiet, serious_faults, the_map

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the proposals of these tests are."""
    return tmp_path_factory.mktemp("contribuer") / "contribuer.sqlite3"


@pytest.fixture(scope="module")
def site(database: Path) -> Iterator[str]:
    """Serve an application that these tests may change, and give its address."""
    port = free_port()
    with serving(ROOT / "app.py", database, port, COOPERATIONS_ADRESSE=f"http://127.0.0.1:{port}") as server:
        yield server.url


@pytest.fixture(scope="module")
def moderator(browser: Browser, site: str, database: Path) -> Iterator[Page]:
    """Return a page of somebody who was invited to moderate."""
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{database}", "COOPERATIONS_ADRESSE": site}
    asked = ["inviter", "--role", "moderateur", "--organisation", "CRESS Aquitaine"]
    command = [sys.executable, "-m", "cooperations", *asked]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    context = browser.new_context(base_url=site, locale="fr-FR", viewport={"width": 1366, "height": 900})
    page = context.new_page()
    page.goto(done.stdout.strip())
    page.get_by_role("button", name="Entrer").click()
    quiet(page)
    yield page
    context.close()


def forward(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Continuer")).click()
    quiet(page)


def test_a_proposal_from_its_first_letter_to_the_map_and_back(page: Page, site: str, moderator: Page) -> None:
    """In four steps, a reload in the middle; accepted it is on the map, undone it is not."""
    # Of this run alone: a test that is run again finds what the one before left.
    mark = new_token()[:6].lower().replace("_", "a").replace("-", "a")
    wanted = f"Épicerie coopérative d’Agen {mark}"
    page.goto(f"{site}/contribuer")
    quiet(page)
    name = page.get_by_label("Nom", exact=True)
    name.press_sequentially("Loc halle")
    expect(page.locator(".coop-proches")).to_contain_text("Loc’Halle Bio")
    name.fill(wanted)
    expect(page.get_by_text("Brouillon enregistré sur cet appareil.")).to_be_visible()
    page.reload()
    expect(name).to_have_value(wanted)
    page.get_by_text("Mutualisation des achats", exact=True).click()
    quiet(page)
    page.get_by_label("Description", exact=True).fill("Six structures d’Agen achètent ensemble.")
    forward(page)
    page.locator("#coop-territoire").fill("agen")
    page.get_by_role("option", name="Agen (commune, 47)").click()
    expect(page.get_by_role("button", name="Agen (commune, 47)")).to_be_visible()
    assert serious_faults(page) == []
    forward(page)
    forward(page)
    page.get_by_role("button", name="Envoyer la proposition").click()
    expect(page.get_by_text("Votre proposition est enregistrée")).to_be_visible()
    assert "suivi=" in page.locator("code").inner_text()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('coop-proposition')).length") == 0
    moderator.goto("/moderation")
    moderator.get_by_role("button", name=wanted).click()
    expect(moderator.get_by_role("button", name="Accepter", exact=True)).to_be_visible()
    quiet(moderator)
    assert serious_faults(moderator) == []
    moderator.get_by_role("button", name="Accepter", exact=True).click()
    expect(moderator.get_by_text("Acceptée", exact=True)).to_be_visible()
    page.goto(f"{site}/?q={mark}")
    the_map(page, f"q={mark}")
    expect(page.locator(".coop-liste a")).to_have_text(wanted)
    moderator.get_by_role("button", name="Annuler cette décision").click()
    expect(moderator.get_by_role("button", name="Accepter", exact=True)).to_be_visible()
    page.wait_for_timeout(2500)
    page.goto(f"{site}/?q={mark}")
    expect(page.get_by_text("Aucune pratique ne répond à ces critères")).to_be_visible()
