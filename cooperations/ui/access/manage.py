"""What administrators do: invite, give roles, close accounts, and say who is let in through OIDC."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from cooperations.accounts.entering import INVITATION_DAYS, MOST_INVITATION_DAYS, Asked, invite, invite_back
from cooperations.accounts.managing import a_rule, add_rule, change_role, close, remove_rule
from cooperations.accounts.model import RULE_KINDS
from cooperations.accounts.rights import ROLES
from cooperations.errors import CooperationsError
from cooperations.model import NAME_LENGTH
from cooperations.runtime import application
from cooperations.sheets import french_date
from cooperations.text import plural
from cooperations.ui.markdown import escape_markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    from cooperations.accounts.model import Account, Rule
    from cooperations.accounts.rights import Person
    from cooperations.store.accounts import Accounts

GIVEN = ROLES.codes[1:]
_CLOSING = "_compte_a_fermer"


def show_accounts(person: Person) -> None:
    """List the accounts, each with its role, its way back and its closing."""
    accounts = application().store.accounts
    held = accounts.all()
    opened = [one for one in held if not one.closed_at]
    st.header(f"Comptes ({len(opened)})", anchor=False)
    for one in opened:
        _show_account(accounts, person, one)
    closed = len(held) - len(opened)
    if closed:
        st.caption(f"{plural(closed, 'compte fermé', 'comptes fermés')}, gardé{'s' if closed > 1 else ''} au journal.")


def show_invite(person: Person) -> None:
    """Draw the form that makes an invitation; its link is shown once."""
    st.header("Inviter", anchor=False)
    with st.form("inviter", border=False):
        organisation = st.text_input("Organisation invitée", max_chars=NAME_LENGTH)
        left, right = st.columns(2)
        role = left.selectbox("Rôle", GIVEN, format_func=ROLES.label)
        days = right.number_input("Jours de validité", 1, MOST_INVITATION_DAYS, INVITATION_DAYS)
        st.caption("Le lien sert une fois, et n’est montré qu’ici : copiez-le, puis envoyez-le vous-même.")
        if st.form_submit_button("Faire le lien", type="primary"):
            accounts = application().store.accounts
            _show_link(lambda: invite(accounts, person, Asked(organisation, role, int(days))))


def show_rules(person: Person) -> None:
    """List who is let in through OIDC, and draw the form that adds somebody."""
    accounts = application().store.accounts
    rules = accounts.rules()
    with st.expander(f"Entrer par le fournisseur d’identité ({plural(len(rules), 'règle')})"):
        for rule in rules:
            _show_rule(accounts, person, rule)
        with st.form("regle", border=False):
            left, right = st.columns(2)
            kind = left.selectbox("Reconnaître par", RULE_KINDS.codes, format_func=RULE_KINDS.label)
            value = right.text_input("Valeur", max_chars=NAME_LENGTH)
            organisation = left.text_input("Organisation", max_chars=NAME_LENGTH)
            role = right.selectbox("Rôle donné", GIVEN, format_func=ROLES.label)
            if st.form_submit_button("Ajouter la règle"):
                _attempt(lambda: add_rule(accounts, person, a_rule(kind, value, organisation, role)))


def _show_account(accounts: Accounts, person: Person, account: Account) -> None:
    with st.container(border=True, key=f"compte-{account.id}"):
        left, middle, right = st.columns([3, 2, 2], vertical_alignment="center")
        mine = " (vous)" if account.id == person.account_id else ""
        since = french_date(account.made_at.date().isoformat())
        left.markdown(f"**{escape_markdown(account.organisation)}**{mine}  \ndepuis le {since}")
        role = middle.selectbox(
            f"Rôle de {escape_markdown(account.organisation)}", GIVEN, GIVEN.index(account.role),
            format_func=ROLES.label, key=f"role-{account.id}-{account.role}", label_visibility="collapsed",
        )  # fmt: skip
        if role != account.role:
            _attempt(lambda: change_role(accounts, person, account.id, role))
        with right.container(horizontal=True, horizontal_alignment="right"):
            back = st.button("Nouveau lien", key=f"lien-{account.id}", type="tertiary")
            st.button("Fermer", key=f"fermer-{account.id}", type="tertiary", on_click=_ask_closing, args=(account.id,))
        if back:
            _show_link(lambda: invite_back(accounts, person, account))
        if st.session_state.get(_CLOSING) == account.id:
            _confirm_closing(accounts, person, account)


def _confirm_closing(accounts: Accounts, person: Person, account: Account) -> None:
    st.warning(f"Fermer le compte de {escape_markdown(account.organisation)} ? Ses sessions finissent aussitôt.")
    with st.container(horizontal=True):
        if st.button("Fermer ce compte", key=f"confirmer-{account.id}", type="primary"):
            st.session_state.pop(_CLOSING)
            _attempt(lambda: close(accounts, person, account.id))
        st.button("Annuler", key=f"annuler-{account.id}", on_click=_ask_closing, args=("",))


def _ask_closing(account_id: str) -> None:
    st.session_state[_CLOSING] = account_id


def _show_rule(accounts: Accounts, person: Person, rule: Rule) -> None:
    left, right = st.columns([4, 1], vertical_alignment="center")
    said = f"{RULE_KINDS.label(rule.kind)} {rule.value} : {ROLES.label(rule.role).lower()} pour {rule.organisation}"
    left.markdown(escape_markdown(said))
    if right.button("Retirer", key=f"regle-{rule.id}", type="tertiary"):
        _attempt(lambda: remove_rule(accounts, person, rule.id))


def _show_link(make: Callable[[], str]) -> None:
    try:
        link = make()
    except CooperationsError as error:
        st.error(escape_markdown(str(error)), icon=":material/error:")
        return
    st.success("Voici le lien, montré une seule fois :", icon=":material/check_circle:")
    st.code(link, language=None, wrap_lines=True)


def _attempt(act: Callable[[], None]) -> None:
    try:
        act()
    except CooperationsError as error:
        st.error(escape_markdown(str(error)), icon=":material/error:")
        return
    st.rerun()
