"""Who I am here, what I may do, and how to come in or go out."""

from __future__ import annotations

import streamlit as st

from cooperations.accounts.entering import leave
from cooperations.accounts.rights import RIGHTS, ROLES, VISITOR, Person, least_role, may
from cooperations.runtime import application
from cooperations.ui import session
from cooperations.ui.markdown import escape_markdown


def show_me(person: Person) -> None:
    """Say which role one has, for which organisation, and draw the way out or in."""
    if person == VISITOR:
        _show_way_in()
        return
    role = ROLES[person.role]
    st.markdown(f"**{role.label}** pour **{escape_markdown(person.organisation)}**")
    st.caption(role.definition)
    st.button("Sortir", icon=":material/logout:", on_click=_leave)


def show_rights(person: Person) -> None:
    """Draw what one may do, and who may do the rest."""
    st.header("Ce que je peux faire", anchor=False)
    allowed = [right.label for code, right in RIGHTS.items() if may(person, code)]
    others = [f"{right.label} : {_who(code)}" for code, right in RIGHTS.items() if not may(person, code)]
    st.markdown("  \n".join(f":material/check: {one}" for one in allowed))
    if others:
        with st.expander("Ce qui demande un autre rôle"):
            st.markdown("\n".join(f"- {one}" for one in others))


def _who(right: str) -> str:
    least = least_role(right)
    return ROLES.label(least).lower() if least else "fermé ici"


def _show_way_in() -> None:
    if session.claims():
        st.warning(
            "Vous êtes reconnu, mais aucun rôle ne vous est donné ici : demandez-le à qui tient cette application.",
            icon=":material/person_off:",
        )
        st.button("Sortir", icon=":material/logout:", on_click=st.logout)
        return
    st.markdown("**Visiteur** : tout se lit sans compte, et proposer aussi.")
    if session.has_provider():
        st.button("Se connecter", type="primary", icon=":material/login:", on_click=st.login)
    st.caption("Pour entrer comme membre ou modérateur, ouvrez le lien d’invitation que votre organisation a reçu.")


def _leave() -> None:
    leave(application().store.accounts, session.token())
    if session.claims():
        st.logout()
