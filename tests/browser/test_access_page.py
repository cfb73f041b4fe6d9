"""Coming in by an invitation, or through an identity provider; what an administrator does; going out."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from bench.server import ROOT, free_port, serving
from tests.browser.conftest import quiet, serious_faults

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

SECRETS = """[auth]
redirect_uri = "{url}/oauth2callback"
cookie_secret = "un-secret-d-essai-assez-long-pour-signer"
client_id = "cooperations"
client_secret = "essai"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""


ADDRESS = "accueil@interclubs.example"
CLAIMS = f'{{"sub": "accueil", "email": "{ADDRESS}", "email_verified": true}}'


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the accounts of these tests are."""
    return tmp_path_factory.mktemp("acces") / "acces.sqlite3"


@pytest.fixture(scope="module")
def guarded(database: Path) -> Iterator[str]:
    """Serve the application beside a real provider of identities, and give its address."""
    port, provider_port = free_port(), free_port()
    url, secrets = f"http://127.0.0.1:{port}", database.with_name("secrets.toml")
    provider = f"http://127.0.0.1:{provider_port}"
    secrets.write_text(SECRETS.format(url=url, provider=provider))
    run = [sys.executable, "-m", "oidc_provider_mock", "--port", str(provider_port), "--user-claims", CLAIMS]
    files = {"STREAMLIT_SECRETS_FILES": str(secrets), "COOPERATIONS_ADRESSE": url}
    process = subprocess.Popen(run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with serving(ROOT / "app.py", database, port, **files) as server:
            yield server.url
    finally:
        process.terminate()
        process.wait()


@pytest.fixture
def visitor(browser: Browser, guarded: str) -> Iterator[Page]:
    """Return a page of somebody who was never here; the provider's own page asks others, so it keeps no promise."""
    context = browser.new_context(base_url=guarded, locale="fr-FR", viewport={"width": 1366, "height": 900})
    # The provider of these tests asks for a style sheet that a closed network does not reach.
    context.route("https://cdn.jsdelivr.net/**", lambda route: route.fulfill(body="", content_type="text/css"))
    yield context.new_page()
    context.close()


def command(database: Path, url: str, *words: str) -> str:
    """Run a command on the database of the server, and return what it prints."""
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{database}", "COOPERATIONS_ADRESSE": url}
    run = [sys.executable, "-m", "cooperations", *words]
    return subprocess.run(run, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout.strip()


def new_link(database: Path, url: str, role: str, organisation: str) -> str:
    return command(database, url, "inviter", "--role", role, "--organisation", organisation)


def enter(page: Page, link: str) -> None:
    """Open a link and press its button."""
    page.goto(link)
    page.get_by_role("button", name="Entrer").click()
    quiet(page)


def test_an_administrator_invites_and_closes(visitor: Page, browser: Browser, guarded: str, database: Path) -> None:
    """From the command line's first link to another browser that is let in, then put out while it looks."""
    enter(visitor, new_link(database, guarded, "administrateur", "CRESS Nouvelle-Aquitaine"))
    expect(visitor.get_by_text("Administrateur pour CRESS Nouvelle-Aquitaine")).to_be_visible()
    assert serious_faults(visitor) == []
    visitor.get_by_label("Organisation invitée").fill("Interclubs des Landes")
    visitor.get_by_role("button", name="Faire le lien").click()
    link = visitor.get_by_text(f"{guarded}/entrer/").inner_text()
    guest_context: BrowserContext = browser.new_context(base_url=guarded, locale="fr-FR")
    guest = guest_context.new_page()
    enter(guest, link)
    expect(guest.get_by_text("Membre pour Interclubs des Landes")).to_be_visible()
    (cookie,) = (one for one in guest_context.cookies() if one["name"] == "cooperations_session")
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    guest.goto(link)
    expect(guest.get_by_role("alert")).to_contain_text("a déjà servi")
    visitor.reload()
    quiet(visitor)
    card = visitor.locator("[class*='st-key-compte-']").filter(has_text="Interclubs des Landes")
    card.get_by_role("button", name="Fermer").click()
    visitor.get_by_role("button", name="Fermer ce compte").click()
    expect(visitor.get_by_text("1 compte fermé")).to_be_visible()
    guest.goto("/acces")
    expect(guest.get_by_text("Visiteur :")).to_be_visible()
    guest_context.close()
    visitor.get_by_role("button", name="Sortir").click()
    expect(visitor.get_by_text("Visiteur :")).to_be_visible()


def test_somebody_comes_in_through_the_provider(visitor: Page, guarded: str, database: Path) -> None:
    """Known but without a role at first; with a rule for the address, a moderator; and out again."""
    # As if nobody had come yet: a test that is run again begins anew.
    command(database, guarded, "donnees-personnelles", "effacer", ADDRESS, "--oui")
    visitor.goto("/acces")
    quiet(visitor)
    visitor.get_by_role("button", name="Se connecter").click()
    visitor.get_by_role("button", name="accueil").click()
    visitor.wait_for_url(f"{guarded}/**")
    visitor.goto("/acces")
    expect(visitor.get_by_text("aucun rôle ne vous est donné ici")).to_be_visible()
    rule = ("adresse", ADDRESS, "--role", "moderateur", "--organisation", "Interclubs des Landes")
    command(database, guarded, "regle", "ajouter", *rule)
    visitor.reload()
    expect(visitor.get_by_text("Modérateur pour Interclubs des Landes")).to_be_visible()
    visitor.get_by_role("button", name="Sortir").click()
    expect(visitor.get_by_role("button", name="End session")).to_be_visible()
    visitor.goto("/acces")
    expect(visitor.get_by_role("button", name="Se connecter")).to_be_visible()


def test_a_phone_holds_the_page(page: Page, guarded: str) -> None:
    """At 375 px nothing is wider than the screen, and nobody else's server is asked."""
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(f"{guarded}/acces")
    quiet(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_the_websocket_is_refused_to_other_sites(guarded: str) -> None:
    """A page of another site cannot drive ours with the session of who looks at it."""
    address = f"{guarded.replace('http', 'ws', 1)}/_stcore/stream"
    with connect(address, origin=Origin(guarded), subprotocols=[Subprotocol("streamlit")]):
        pass
    for origin in ("https://ailleurs.example", "null"):
        with (
            pytest.raises(InvalidStatus, match="403"),
            connect(address, origin=Origin(origin), subprotocols=[Subprotocol("streamlit")]),
        ):
            pass
