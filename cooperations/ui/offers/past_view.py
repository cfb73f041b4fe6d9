"""The history of a structure: of a published one its versions, of an imported one what lists and people changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from cooperations.accounts.rights import may
from cooperations.contributions.decide import signed
from cooperations.contributions.history import moment
from cooperations.contributions.words import EMPTY
from cooperations.errors import CooperationsError
from cooperations.offers.encoding import CURATED
from cooperations.offers.past import back, past_of
from cooperations.offers.words import split
from cooperations.runtime import application
from cooperations.ui import session
from cooperations.ui.history_view import MOST_SHOWN, show_history, show_version
from cooperations.ui.markdown import escape_markdown
from cooperations.ui.moderating.done import say_done
from cooperations.ui.offers.correction import CHOICES, LABELS

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.offers.cards import Card
    from cooperations.offers.past import Past
    from cooperations.territories import Gazetteer


def show_past(card: Card, catalogue: Catalogue) -> None:
    """Draw what became of a structure, and for a moderator the way back."""
    if card.offer.source == CURATED:
        show_history(catalogue, card.offer.id.removeprefix(f"{CURATED}-"), "structure")
        return
    with st.expander("Historique", icon=":material/history:"):
        found = past_of(application().store, card.offer.id, card.corrections)
        if not found:
            st.caption("Rien n’a changé depuis que la liste a été importée.")
        last = {one.attribute: one for one in reversed(found) if one.is_a_correction}
        for number, one in enumerate(found[:MOST_SHOWN]):
            _one(one, catalogue.gazetteer)
            if last.get(one.attribute) is one and may(session.person(), "restaurer"):
                _way_back(card.offer.id, one, number, catalogue.gazetteer)


def _one(one: Past, gazetteer: Gazetteer) -> None:
    before, after = (_in_words(one.attribute, text, gazetteer) for text in (one.before, one.after))
    said = [f"{LABELS[one.attribute]}\u00a0: {before} → {after}"]
    show_version(f"{moment(one.made_at)}, {one.by}", [*said, one.note] if one.note else said)


def _way_back(offer_id: str, one: Past, number: int, gazetteer: Gazetteer) -> None:
    label = f"Revenir à «\u00a0{_in_words(one.attribute, one.before, gazetteer)}\u00a0»"
    if st.button(escape_markdown(label), icon=":material/restore:", key=f"revenir-{number}"):
        desk = session.desk()
        try:
            desk.take_back(back(offer_id, one, desk.person.organisation or signed(desk.person)))
        except CooperationsError as error:
            st.error(escape_markdown(str(error)), icon=":material/error:")
            return
        say_done("La valeur d’avant est rétablie.")
        st.rerun()


def _in_words(attribute: str, text: str, gazetteer: Gazetteer) -> str:
    if not text:
        return EMPTY
    if attribute in CHOICES:
        vocabulary = CHOICES[attribute]
        return ", ".join(vocabulary.label(one) if one in vocabulary else one for one in split(text))
    if attribute == "area_territories":
        return ", ".join(gazetteer[one].label if one in gazetteer else one for one in split(text))
    known = attribute == "commune_code" and f"commune:{text}" in gazetteer
    return gazetteer[f"commune:{text}"].label if known else text
