"""Keeping an import, and the imports already made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from cooperations.errors import CooperationsError
from cooperations.sheets import french_date
from cooperations.text import plural
from cooperations.ui.markdown import escape_markdown
from cooperations.ui.session import desk

if TYPE_CHECKING:
    from cooperations.imports import Prepared
    from cooperations.offers.model import Batch
    from cooperations.runtime import Application

DONE = "_import_fait"


def keep_form(prepared: Prepared) -> None:
    """Draw what keeps the import: all of it, or the good rows alone when that is asked."""
    refused = prepared.intake.refused
    if not prepared.changes:
        if not _show_done(prepared):
            _say_nothing_to_keep(prepared)
        return
    with st.form("garder-import"):
        organisation = st.text_input("Organisation qui importe", max_chars=300, placeholder="CRESS Aquitaine")
        good = False
        if refused:
            good = st.checkbox(f"Importer sans les {plural(refused, 'ligne')} refusée{'s' if refused > 1 else ''}")
            st.caption("Sinon rien n’est importé\u00a0: corrigez le fichier, puis recommencez.")
        if st.form_submit_button(f"Importer {plural(prepared.changes, 'ligne')}", type="primary"):
            _keep(prepared, organisation, good=good)


def _say_nothing_to_keep(prepared: Prepared) -> None:
    if prepared.plan.unchanged:
        st.success(
            "Les bonnes lignes sont déjà là\u00a0: cet import ne changerait rien.", icon=":material/check_circle:"
        )
    else:
        st.warning("Aucune ligne ne peut être importée\u00a0: corrigez les lignes refusées.", icon=":material/block:")


def _keep(prepared: Prepared, organisation: str, *, good: bool) -> None:
    try:
        with st.spinner(f"Enregistrement de {plural(prepared.changes, 'ligne')}…"):
            batch = desk().bring_in(prepared, organisation, keep_good=good)
    except CooperationsError as error:
        st.error(escape_markdown(str(error)), icon=":material/error:")
        return
    st.session_state[DONE] = batch
    st.rerun()


def _show_done(prepared: Prepared) -> bool:
    """Say what the import of this file has just done, where its form was; return whether there was one."""
    batch: Batch | None = st.session_state.get(DONE)
    if batch is None or batch.file_digest != prepared.digest:
        return False
    st.success(f"Import terminé\u00a0: {_counts(batch)}.", icon=":material/check_circle:")
    st.page_link("offres.py", label="Voir les structures", icon=":material/storefront:")
    return True


def show_history(app: Application) -> None:
    """List the imports, the last one first."""
    st.header("Imports déjà faits", anchor=False)
    batches = app.store.lists.batches()
    if not batches:
        st.markdown("Aucun encore.")
    for batch in batches:
        day, who = french_date(batch.recorded_at.date().isoformat()), escape_markdown(batch.organisation)
        st.markdown(f"- **{escape_markdown(batch.file)}**, le {day}, par {who}\u00a0: {_counts(batch)}")


def _counts(batch: Batch) -> str:
    came = {"ajoutée": batch.added, "modifiée": batch.changed, "inchangée": batch.unchanged, "refusée": batch.refused}
    read = plural(batch.read, "ligne lue", "lignes lues")
    return ", ".join((read, *(plural(count, word) for word, count in came.items())))
