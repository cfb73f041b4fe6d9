"""Every text made to be run, in every field of every kind of proposal: kept as it is, or refused with a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from cooperations.contributions.building import Context, changes_of
from cooperations.contributions.content import MODELS, Content
from cooperations.contributions.messages import answer_message, review_message
from cooperations.dataset.reader import columns
from cooperations.errors import InvalidDecision
from tests.browser.trapping import FREE, TEXTS
from tests.contributions.proposing import GROCERY, World, a_correction, a_sent, proposed

NEEDED = {
    "pratique": GROCERY,
    "structure": {"nom": "Atelier du Midou"},
    "evenement": {"nom": "Rencontre de Pau", "description": "Les achats.", "periode": "2099"},
}
CORRECTED = {"pratique": "loc-halle-bio", "structure": "landes-partage", "evenement": "gt-2016-09-22"}


def context(app: World) -> Context:
    return Context(app.catalogue(), date(2026, 11, 26), "CRESS")


@pytest.mark.parametrize("target", [None, CORRECTED], ids=["new", "correction"])
@pytest.mark.parametrize("about", MODELS)
def test_a_field_holds_any_text_or_refuses_it(app: World, about: str, target: dict[str, str] | None) -> None:
    """Nothing else than names and free fields takes any of them; what is taken comes out letter for letter."""
    there, target_id = context(app), target and target[about]
    fields = MODELS[about].model_fields
    names = {str(info.alias): name for name, info in fields.items()}
    for column in columns(MODELS[about]):
        for text in TEXTS:
            content = Content(({} if target else NEEDED[about]) | {column: text})
            if column in {"nom", *FREE[about]}:
                made, _ = changes_of(about, target_id, content, there)
                assert (made[0].given or {})[names[column]] == text
            else:
                with pytest.raises(InvalidDecision):
                    changes_of(about, target_id, content, there)


@pytest.mark.parametrize("column", ["id", "date_verification", "membre_gt", "sous_type_deduit"])
def test_a_correction_changes_nothing_that_no_comparison_shows(app: World, column: str) -> None:
    """Least of all the identifier, which is the address of the sheet, whatever good change goes with it."""
    for value in ("autre-fiche", "oui", "2026-01-01"):
        with pytest.raises(InvalidDecision, match="ne se propose pas"):
            proposed(app, a_correction("loc-halle-bio", statut="terminee", **{column: value}))


def test_messages_hold_hostile_texts_as_plain_text(app: World) -> None:
    """One part, that no program reads as a page; no header but ours, on one line each."""
    practice = app.catalogue().practice("loc-halle-bio")
    headers = {"Subject", "To", "From", "Date", "Message-ID", "Auto-Submitted", "Content-Type",
               "Content-Transfer-Encoding", "MIME-Version", "Content-Language"}  # fmt: skip
    kept = proposed(app, a_sent(contact="agen@epicerie.example", consents=True))
    for text in TEXTS:
        answer = kept.model_copy(update={"name": text, "reply": text})
        named = practice.model_copy(update={"name": text})
        for message in (
            answer_message(answer),
            review_message(named, text, "a@b.example", "https://x.example/?relire=t"),
        ):
            assert (message.get_content_type(), set(message.keys())) == ("text/plain", headers)
            assert " ".join(text.split()) in " ".join(str(message["Subject"]).split())
            assert text in message.get_content()
