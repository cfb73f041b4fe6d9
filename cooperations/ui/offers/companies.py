"""The public directory of companies, when live sources are on: structures of the ESS that no list here has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from cooperations.errors import CooperationsError
from cooperations.live import search_companies
from cooperations.live.companies import SOURCE
from cooperations.offers.needs import place_of
from cooperations.settings import read_live_settings
from cooperations.text import plural
from cooperations.ui.markdown import escape_markdown
from cooperations.ui.offers import state

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cooperations.live import Company
    from cooperations.territories import Gazetteer

KINDS = {"ESS": "Économie sociale et solidaire", "SIAE": "Insertion par l’activité économique"}
SHORTEST = 3


def company_search(gazetteer: Gazetteer) -> None:
    """Draw the search in the public directory; nothing of it is kept here, and a failure changes nothing else."""
    if not read_live_settings().enabled:
        return
    with st.expander("Chercher aussi dans l’annuaire public des entreprises", icon=":material/travel_explore:"):
        departments = {one.code: one.label for one in gazetteer.departments}
        text = st.text_input("Nom ou métier", key="entreprise-cherchee", max_chars=200)
        around = _department_around(gazetteer, departments)
        department = st.selectbox("Département", list(departments), around, format_func=departments.__getitem__)
        kind = st.radio("Parmi", list(KINDS), format_func=KINDS.__getitem__, horizontal=True)
        if len(text.strip()) >= SHORTEST:
            _show(text.strip(), str(department), str(kind))
        st.caption(SOURCE)


def _department_around(gazetteer: Gazetteer, departments: Iterable[str]) -> int:
    """Return the position of the department of the place that is looked around, the first without one."""
    place = place_of(state.need(), gazetteer)
    held = [code for code in departments if place and f"departement:{code}" in place.keys]
    return list(departments).index(held[0]) if held else 0


def _show(text: str, department: str, kind: str) -> None:
    try:
        with st.spinner("Recherche dans l’annuaire…", show_time=False):
            found = search_companies(text, department=department, only_ess=kind == "ESS", only_siae=kind == "SIAE")
    except CooperationsError as error:
        st.warning(escape_markdown(str(error)), icon=":material/cloud_off:")
        return
    if not found.companies:
        st.markdown("L’annuaire n’en connaît aucune.")
        return
    st.markdown("\n".join([f"**{plural(found.total, 'entreprise')}**", "", *map(_line, found.companies)]))


def _line(company: Company) -> str:
    flags = [name for name, held in (("ESS", company.is_ess), ("SIAE", company.is_siae)) if held]
    facts = [f"SIREN {company.siren}", company.commune_name, *flags]
    return f"- **{escape_markdown(company.name)}**\u00a0: {escape_markdown(', '.join(part for part in facts if part))}"
