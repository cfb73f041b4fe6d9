"""Who looks at the page: from the session's cookie, or from OIDC; a visitor otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from cooperations.accounts.desk import Desk
from cooperations.accounts.entering import person_of, person_of_claims
from cooperations.accounts.rights import VISITOR, Person
from cooperations.runtime import application
from cooperations.web.entering import COOKIE

if TYPE_CHECKING:
    from collections.abc import Mapping

ACCESS_PAGE, ACCESS_ADDRESS = "acces.py", "/acces"
"""The menu knows this page only for who has entered: a visitor's page leads there by its address."""


def person() -> Person:
    """Return who acts, as the database says now: an account that was closed meanwhile is a visitor's."""
    return person_with(token(), claims())


def person_with(held: str, said: Mapping[str, Any]) -> Person:
    """Return whose a cookie's token is, or what the provider says; for what a page gives away after it was drawn."""
    accounts = application().store.accounts
    found = person_of(accounts, held)
    return person_of_claims(accounts, said) if said and found == VISITOR else found


def desk() -> Desk:
    """Return the place through which this page writes."""
    return Desk(application(), person(), str(st.context.ip_address or ""))


def token() -> str:
    """Return the token of the session's cookie, or an empty string."""
    return str(st.context.cookies.get(COOKIE) or "")


def claims() -> Mapping[str, Any]:
    """Return what the identity provider says of who signed in; nothing otherwise."""
    said = st.user.to_dict()
    return said if said.get("is_logged_in") else {}


def has_entered() -> bool:
    """Return whether the browser shows a session, or the provider somebody; what it is worth is for `person` to say."""
    return bool(token() or claims())


def has_provider() -> bool:
    """Return whether an identity provider is configured: Streamlit then says whether one is signed in."""
    return "is_logged_in" in st.user.to_dict()
