"""What people propose and decide, made of texts to be run: opened by who moderates, who follows, who proposes.

No page is loaded again for each proposal: the address moves as by the browser's own buttons.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from cooperations.contributions.content import MOST_ACTORS
from cooperations.contributions.terms import LABELS
from tests.browser.conftest import quiet
from tests.browser.trapping import FOLIUM, NAMES, PARTS, TEXTS
from tests.browser.watching import Watch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playwright.sync_api import Browser, Locator, Page, Route

    from tests.browser.trapping import Trapped

pytestmark = pytest.mark.browser_context_args(bypass_csp=True)
"""Without the policy that would keep a script from running: what is shown must not depend on it."""


@pytest.fixture(scope="module")
def keeper(browser: Browser, trapped: Trapped) -> Iterator[Watch]:
    """Return what watches a page of an administrator, who moderates too."""
    context = browser.new_context(
        base_url=trapped.url, locale="fr-FR", viewport={"width": 1366, "height": 900}, bypass_csp=True
    )
    watch = Watch(context.new_page())
    watch.page.goto(trapped.entry)
    watch.check_shows([FOLIUM])
    watch.page.get_by_role("button", name="Entrer").click()
    quiet(watch.page)
    yield watch
    context.close()


def go(page: Page, seen: Locator, text: str, path: str, **query: str) -> None:
    """Move to another address of the application without loading it again, until a text is seen."""
    move = "address => { history.pushState({}, '', address); dispatchEvent(new PopStateEvent('popstate')); }"
    page.evaluate(move, f"{path}?{urlencode(query)}")
    expect(seen).to_contain_text(re.compile("\u2060?".join(map(re.escape, text))))
    page.locator("[data-testid='stApp'][data-test-script-state='notRunning'] h1").wait_for()


def test_a_moderator_reads_hostile_proposals_as_text(keeper: Watch, trapped: Trapped) -> None:
    """Every name in the list; opened, every field of every kind, beside what is published, with what is like it."""
    page = keeper.page
    page.goto("/moderation")
    quiet(page)
    seen = ""
    for number in range(1, 6):
        page.locator("[data-testid='stPagination']").get_by_text(str(number), exact=True).click()
        quiet(page)
        seen += text_of(page)
        keeper.check()
    assert lost(seen, TEXTS) == []
    heading = page.locator(".st-key-proposition-ouverte h3")
    for one in trapped.proposals:
        go(page, heading, one.name, "/moderation", proposition=one.id)
        keeper.check_shows((*one.texts, one.name))
    first = trapped.proposals[0]
    go(page, heading, first.name, "/moderation", proposition=first.id)
    page.get_by_text("Modifier avant d’accepter").click()
    page.get_by_text("C’est une pratique déjà connue").click()
    page.get_by_role("combobox", name="Pratique qui existe").click()
    keeper.check(150)


def test_what_waits_beside_proposals_is_text(keeper: Watch) -> None:
    """The lines of meetings, and the practices to be checked again, with the form that asks about them."""
    page = keeper.page
    page.goto("/moderation")
    for shown in ("Lignes de réunion", "À relire"):
        page.get_by_text(shown, exact=True).click()
        expect(page.get_by_text(NAMES[1][:30]).first).to_be_visible()
        keeper.check_shows(TEXTS)


def test_accounts_and_journal_show_hostile_organisations_as_text(keeper: Watch) -> None:
    """Who has an account; who did what, on what."""
    page = keeper.page
    page.goto("/acces")
    quiet(page)
    keeper.check_shows(printable(TEXTS))
    page.get_by_text("Journal", exact=True).click()
    expect(page.locator(".coop-journal")).to_be_visible()
    keeper.check_shows(TEXTS)


def test_two_hostile_versions_are_compared_as_text(keeper: Watch) -> None:
    """Who, when, what; and the button that goes back to one."""
    page = keeper.page
    page.goto("/pratique?id=piege-tout")
    page.get_by_text("Historique", exact=True).click()
    page.get_by_role("button", name="Revenir à la version").wait_for()
    keeper.check_shows(TEXTS)
    said = page.get_by_role("button", name="Revenir à la version").inner_text()
    assert any(lost(said, [name]) == [] for name in NAMES)


def test_who_follows_a_hostile_proposal_reads_text(page: Page, watch: Watch, trapped: Trapped) -> None:
    """By its private link: what was proposed, field by field, the contact, and what the moderation answered."""
    page.goto(f"{trapped.url}/contribuer?suivi={trapped.proposals[0].token}")
    quiet(page)
    for one in trapped.proposals:
        go(page, page.locator("h2").first, one.name, "/contribuer", suivi=one.token)
        watch.check_shows((*one.texts, one.name))
    go(page, page.locator("h2").first, FOLIUM[:10], "/contribuer", relire=trapped.review)
    watch.check_shows(TEXTS)


def test_the_meeting_page_shows_hostile_lines_as_text(page: Page, watch: Watch, trapped: Trapped) -> None:
    """Before a projector, and completed afterwards in the form."""
    page.goto(f"{trapped.url}/reunion?par=territoire&vue=departement:40")
    expect(page.locator(".st-key-reunion-brouillons strong").nth(len(NAMES) - 1)).to_be_visible()
    quiet(page)
    watch.check_shows(TEXTS)
    page.goto(f"{trapped.url}/contribuer?brouillon={trapped.drafts[0]}")
    expect(page.get_by_label("Nom", exact=True)).to_have_value(NAMES[0])
    watch.check()


def kept_draft(about: str, step: int) -> str:
    """Return what the device keeps of a form of which every field is hostile."""
    values = dict.fromkeys(LABELS, "\n".join(PARTS[step])) | {"nom": NAMES[step]}
    actors = [[text, "membre"] for text in TEXTS[step::4]] + [["Le dernier", "<script>"]]
    return json.dumps({"valeurs": values, "acteurs": actors, "etape": step, "jeton": "x" * 40, "sujet": about})


def test_a_hostile_draft_is_taken_back_as_text(page: Page, watch: Watch, trapped: Trapped) -> None:
    """From the device, whatever it holds: a role that is none and structures beyond the thirtieth are left aside."""
    page.goto(f"{trapped.url}/integrer/matrice")
    for about, step, shown in (
        ("pratique", 0, NAMES[:1]),
        ("pratique", 2, TEXTS[2::4][:MOST_ACTORS]),
        ("structure", 0, NAMES[:1]),
        ("evenement", 1, ()),
    ):
        page.evaluate("kept => localStorage.setItem('coop-proposition:nouvelle', kept)", kept_draft(about, step))
        page.goto(f"{trapped.url}/contribuer")
        expect(page.get_by_text("Voici ce que vous aviez commencé")).to_be_visible()
        quiet(page)
        watch.check_shows(shown)


@pytest.mark.parametrize("about", ["pratique", "structure"])
def test_near_names_are_text_while_one_is_typed(page: Page, watch: Watch, trapped: Trapped, about: str) -> None:
    """What the server answers for each of them, put together and drawn at once below the field."""
    asked = f"{trapped.url}/api/contributions/proches"
    answers = [page.request.get(asked, params={"nom": name, "sujet": about}).json() for name in NAMES]
    near = {one["nom"]: one for answer in answers for one in answer}

    def answer(route: Route) -> None:
        route.fulfill(json=list(near.values()))

    page.route("**/api/contributions/proches?*", answer)
    page.goto(f"{trapped.url}/contribuer?sujet={about}")
    quiet(page)
    page.get_by_label("Nom", exact=True).press_sequentially("Ardits")
    expect(page.locator(".coop-proches li")).to_have_count(len(near))
    watch.check_shows(TEXTS if about == "pratique" else near)
    page.goto("about:blank")


def text_of(page: Page) -> str:
    return page.locator("[data-testid='stMain']").inner_text()


def lost(seen: str, texts: Iterable[str]) -> list[str]:
    """Return the texts that are not in what was seen."""
    shown = "".join(seen.split()).replace("\u2060", "")
    return [text for text in texts if "".join(text.split()) not in shown]


def printable(texts: Iterable[str]) -> list[str]:
    return ["".join(filter(str.isprintable, text)) for text in texts]
