"""The audit log on the page « Mon accès », for who may read it: filtered, page by page, and taken away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from cooperations.accounts import journal
from cooperations.accounts.journal import ACTIONS, Looked
from cooperations.accounts.rights import ROLES
from cooperations.contributions.history import moment
from cooperations.runtime import application
from cooperations.text import number, plural
from cooperations.ui import session
from cooperations.ui.paging import asked_page, show_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cooperations.accounts.model import Trace
    from cooperations.accounts.rights import Person

PERIODS = {"7": "7 jours", "30": "30 jours", "365": "Un an", "": "Tout"}
HEADINGS = ("Quand", "Qui", "Quoi", "Sur")


def show_journal(person: Person) -> None:
    """Draw the filters, the lines of the page, and the file of all that answer."""
    st.header("Journal", anchor=False)
    looked, page = _filters(), asked_page()
    accounts = application().store.accounts
    total, found = journal.read(accounts, person, looked, page)
    count = max(1, -(-total // journal.PAGE_SIZE))
    if page > count:
        page = count
        total, found = journal.read(accounts, person, looked, page)
    if not total:
        st.info("Rien au journal pour ces filtres.", icon=":material/history_toggle_off:")
        return
    pages = f", page {number(page)} sur {number(count)}" if count > 1 else ""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"**{plural(total, 'ligne')}**{pages}, la plus récente d’abord")
        st.download_button(
            "Emporter en CSV", _file(looked), "journal.csv", "text/csv", icon=":material/download:", on_click="ignore",
        )  # fmt: skip
    st.html(_table(found))
    show_pages(count, page)


def _filters() -> Looked:
    first, second, third, fourth = st.columns(4)
    period = first.selectbox(
        "Depuis", list(PERIODS), index=1, format_func=PERIODS.__getitem__, key="journal-depuis", on_change=_first_page
    )
    actions = second.multiselect(
        "Action", ACTIONS.codes, format_func=ACTIONS.label, placeholder="Toutes", key="journal-actions",
        on_change=_first_page,
    )  # fmt: skip
    roles = third.multiselect(
        "Rôle", ROLES.codes, format_func=ROLES.label, placeholder="Tous", key="journal-roles", on_change=_first_page
    )
    words = fourth.text_input(
        "Organisation, compte ou identifiant", max_chars=200, key="journal-mots", on_change=_first_page
    )
    since = datetime.now(UTC).replace(microsecond=0) - timedelta(days=int(period)) if period else None
    return Looked(tuple(actions), tuple(roles), words, since)


def _file(looked: Looked) -> Callable[[], bytes]:
    """Return what makes the file when it is asked for, by who has the right then: an account may be closed by then."""
    held, said = session.token(), session.claims()

    def made() -> bytes:
        accounts = application().store.accounts
        return journal.taken_away(accounts, session.person_with(held, said), looked).encode("utf-8-sig")

    return made


def _first_page() -> None:
    st.session_state["page"] = "1"


def _table(found: Iterable[Trace]) -> str:
    head = "".join(f'<th scope="col">{heading}</th>' for heading in HEADINGS)
    rows = "".join(map(_row, found))
    return f'<table class="coop-journal"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _row(one: Trace) -> str:
    who = ", ".join(part for part in (one.organisation, journal.role_in_words(one.role).lower()) if part)
    cells = (moment(one.made_at), who, journal.action_in_words(one.action), journal.thing_in_words(one.what))
    drawn = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f"<tr>{drawn}</tr>"
