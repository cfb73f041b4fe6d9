"""The form in steps: one at a time, back and forth, then sending and the receipt."""

from __future__ import annotations

import time
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

import streamlit as st

from cooperations.accounts.refusals import SuspectForm
from cooperations.accounts.tokens import check_form, form_opened
from cooperations.contributions.content import MODELS
from cooperations.contributions.sending import propose
from cooperations.contributions.telling import FOLLOW_PARAMETER, tell_receipt
from cooperations.contributions.terms import CONSENT, KINDS
from cooperations.errors import CooperationsError, InvalidDecision
from cooperations.model import NAME_LENGTH
from cooperations.ui import session
from cooperations.ui.components import mount
from cooperations.ui.contributing import fields, meeting, placing
from cooperations.ui.contributing.draft import FORM, FORM_NAME, Draft, begin, draft, keep_on_device, key, missing
from cooperations.ui.contributing.start import forget_meeting_line
from cooperations.ui.markdown import escape_markdown

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.contributions.sending import Sent

STEPS = {
    "pratique": ("Quoi", "Où", "Qui", "Sources et envoi"),
    "structure": ("Quoi", "Où", "Sources et envoi"),
    "evenement": ("Quoi", "Quand et où", "Sources et envoi"),
}
SHEET_STEP, SHEET_TITLE = 3, "Fiche"
"""Where a correction fills in what only the sheet shows: a new practice is proposed in two minutes without it."""
PART_PARAMETER, SHEET_PART, DATES_PART = "volet", "fiche", "dates"
PARTS = {SHEET_PART: SHEET_STEP, DATES_PART: 1}
"""The step that an address may ask for."""
_SENT, _TOLD = "_proposition_envoyee", "_proposition_ecrite"


def show_form(catalogue: Catalogue, *, dark: bool) -> None:
    """Draw the step where the person is, or the receipt of what has just been sent."""
    held = draft()
    token = st.session_state.get(_SENT)
    if token:
        _receipt(token, held)
        return
    _heading(held)
    with st.container(key=FORM):
        _progress(held)
        _step(held, catalogue, dark=dark)
    keep_on_device(held)


def _heading(held: Draft) -> None:
    if held.target_id:
        st.markdown(f"Correction de **{escape_markdown(held.held.get('nom', ''))}**. Seul ce que vous changez part.")
    elif held.step == 0:
        subjects = list(MODELS)
        said = st.segmented_control(
            "Je propose", subjects, default=held.about, format_func=KINDS.label, required=True, key=key("sujet")
        )
        if said and said != held.about:
            begin(Draft(said))
            st.rerun()
    if held.restored:
        with st.container(horizontal=True, vertical_alignment="center", key="brouillon-repris"):
            st.info("Voici ce que vous aviez commencé sur cet appareil.", icon=":material/history:")
            if st.button("Repartir de zéro", icon=":material/restart_alt:"):
                begin(Draft(held.about, held.target_id, held.held, {}, list(held.held_actors), held.held_actors))
                draft().emptied = True
                st.rerun()


def _progress(held: Draft) -> None:
    def line(number: int, name: str) -> str:
        current = ' aria-current="step"' if number == held.step else ""
        return f'<li data-etape="{number}"{current}>{escape(name)}</li>'

    items = "".join(line(number, name) for number, name in enumerate(steps(held)))
    st.html(f'<ol class="coop-etapes" aria-label="Étapes">{items}</ol>')


def open_step() -> None:
    """Go to the texts of the sheet, or to the dates of a meeting, once, when the address asks for them."""
    asked = st.query_params.get(PART_PARAMETER)
    if asked in PARTS:
        del st.query_params[PART_PARAMETER]
        draft().step = PARTS[asked]


def steps(held: Draft) -> tuple[str, ...]:
    """Return the names of the steps of a form."""
    names = STEPS[held.about]
    return (*names[:SHEET_STEP], SHEET_TITLE, *names[SHEET_STEP:]) if held.fills_the_sheet else names


def _step(held: Draft, catalogue: Catalogue, *, dark: bool) -> None:
    names = steps(held)
    held.step = min(held.step, len(names) - 1)
    if held.step == len(names) - 1:
        _sending(held, catalogue)
        return
    _fields(held, catalogue, dark=dark)
    with st.container(horizontal=True):
        if held.step:
            _back(held)
        if st.button(f"Continuer\u00a0: {names[held.step + 1].lower()}", type="primary", key=key("suite")):
            lacking = missing(held)
            if not lacking:
                held.step, held.restored = held.step + 1, False
                st.rerun()
            said_lacking = ", ".join(f"«\u00a0{one}\u00a0»" for one in lacking)
            st.warning(f"Il manque\u00a0: {said_lacking}.", icon=":material/edit:")


def _fields(held: Draft, catalogue: Catalogue, *, dark: bool) -> None:
    if held.step == 0:
        {"pratique": fields.what, "structure": fields.what_structure, "evenement": meeting.what}[held.about](held)
    elif held.step == SHEET_STEP:
        fields.sheet(held)
    elif held.step == 2:  # noqa: PLR2004 - only a practice has a third step before the last
        fields.who(held, catalogue)
    elif held.about == "pratique":
        placing.where(held, catalogue, dark=dark)
    elif held.about == "structure":
        placing.where_structure(held, catalogue)
    else:
        meeting.when_and_where(held, catalogue)


def _back(held: Draft) -> None:
    if st.button("Revenir", icon=":material/arrow_back:", key=key("retour")):
        held.step -= 1
        st.rerun()


def _sending(held: Draft, catalogue: Catalogue) -> None:
    fields.text(held, "source", placeholder="Site, rapport, connaissance directe de la structure…")
    if held.about == "pratique":
        fields.text(held, "source_url", placeholder="https://…")
    known = session.person().organisation
    if known:
        st.markdown(f"Proposé par **{escape_markdown(known)}**.")
    organisation = known or st.text_input(
        "Organisation qui propose (facultatif)",
        max_chars=NAME_LENGTH,
        key=key("organisation"),
        help="Une organisation, jamais une personne.",
    )
    contact = st.text_input(
        "Adresse pour vous répondre (facultatif, jamais publiée)", max_chars=200, key=key("contact")
    )
    # Always there: a box that came with the address would move the button while it is pressed.
    consents = st.checkbox(CONSENT, key=key("accord"))
    with st.container(key="piege"):
        trap = st.text_input("Laissez ce champ vide", key=key("piege"))
    refusal = st.empty()
    with st.container(horizontal=True):
        _back(held)
        if st.button("Envoyer la proposition", type="primary", icon=":material/send:", key=key("envoi")):
            names = {one.id: one.name for one in catalogue.structures.values()}
            sent = held.sent(names, organisation=organisation, contact=contact, consents=consents)
            problem = _send(held, catalogue, sent, trap)
            if problem:
                refusal.error(problem, icon=":material/error:")
            else:
                st.rerun()


def _send(held: Draft, catalogue: Catalogue, sent: Sent, trap: str) -> str:
    """Keep the proposal, and return what prevents it; nothing when it is kept."""
    desk = session.desk()
    try:
        check_form(FORM_NAME, held.mark, trap, time.time())
        with desk.acting("proposer", "proposer", sent.about):
            made = propose(desk.app.store, catalogue, desk.person, sent)
    except CooperationsError as error:
        # A form that was open for too long may be sent again in a few seconds.
        held.mark = form_opened(FORM_NAME) if isinstance(error, SuspectForm) else held.mark
        return said(error)
    forget_meeting_line()
    st.session_state[_TOLD] = tell_receipt(made, held.token, desk.address)
    st.session_state[_SENT] = held.token
    return ""


def _receipt(token: str, held: Draft) -> None:
    told = st.session_state.get(_TOLD)
    st.success("Votre proposition est enregistrée. La modération la lira.", icon=":material/check_circle:")
    st.markdown(
        "Gardez ce lien privé\u00a0: il permet de suivre votre proposition, de la compléter ou de la retirer. "
        + ("Il part aussi à l’adresse que vous avez donnée." if told else "Il n’est écrit nulle part ailleurs.")
    )
    address = follow_address(token)
    st.code(address, language=None, wrap_lines=True)
    mount("copier", "copier-le-suivi", {"texte": address, "libelle": "Copier le lien"}, {})
    with st.container(horizontal=True):
        mail = urlencode({"subject": "Suivre ma proposition", "body": address}, quote_via=quote)
        st.link_button("Me l’envoyer par courriel", f"mailto:?{mail}", icon=":material/mail:")
        st.button("Suivre cette proposition", icon=":material/visibility:", on_click=_follow, args=(token,))
        st.button("Proposer autre chose", icon=":material/add:", on_click=_again)
    keep_on_device(held, sent=True)


def _follow(token: str) -> None:
    _again()
    st.query_params[FOLLOW_PARAMETER] = token


def _again() -> None:
    """Begin another form."""
    del st.session_state[_SENT]
    begin(Draft())
    st.query_params.clear()


def follow_address(token: str) -> str:
    """Return the whole address of a private link, as the browser sees this application."""
    here = urlsplit(st.context.url or "")
    return urlunsplit((here.scheme, here.netloc, here.path, urlencode({FOLLOW_PARAMETER: token}), ""))


def said(error: CooperationsError) -> str:
    """Return the sentences of an error, safe to show as Markdown, one a line."""
    sentences = error.sentences if isinstance(error, InvalidDecision) else (str(error),)
    return "  \n".join(map(escape_markdown, sentences))
