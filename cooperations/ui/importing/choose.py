"""Choosing a file and how to read it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import streamlit as st

from cooperations.decisions import decide
from cooperations.errors import CooperationsError
from cooperations.imports import Order, guided, known_mapping, today
from cooperations.intake import Guided, signature
from cooperations.intake.profiles import PROFILES
from cooperations.intake.profiles.guide import ALIASES
from cooperations.intake.stock import PROFILE as SIRENE_PROFILE
from cooperations.offers.model import Offer
from cooperations.offers.records import ColumnMapping
from cooperations.ui.markdown import escape_markdown

if TYPE_CHECKING:
    from cooperations.errors import UnknownColumns
    from cooperations.store import Store

TYPES = ("csv", "txt", "tsv", "xlsx", "xls", "ods", "geojson", "json", "parquet")
AUTO = ""
NONE = "—"
COLUMNS = 3
LABELS = {
    "source_key": "Identifiant dans la liste",
    "geocoding_score": "Score de géocodage",
    "department_code": "Département",
    "commune_code": "Code INSEE de la commune",
}


def choose_order() -> Order | None:
    """Draw the choice of a file, of its list and of its day; return what is asked, or None without a file."""
    given = st.file_uploader("Fichier", type=TYPES, help="CSV de tout encodage, tableur, GeoJSON ou Parquet.")
    left, right = st.columns(2)
    known = {profile.code: profile.label for profile in (*PROFILES, SIRENE_PROFILE)}
    labels = {AUTO: "La reconnaître à ses colonnes"} | known
    profile = left.selectbox("De quelle liste s’agit-il ?", list(labels), format_func=labels.__getitem__)
    day = right.date_input("À quelle date vaut-elle ?", today(), max_value=today(), format="DD/MM/YYYY")
    if given is None:
        _say_lists()
        return None
    return Order(given.name, given.getvalue(), day, profile or None)


def choose_columns(error: UnknownColumns, store: Store) -> Guided | None:
    """Draw the mapping of the columns of an unknown list; return it once it is confirmed.

    One kept for the same columns is proposed as it was.
    """
    kept = known_mapping(store.recorded(ColumnMapping), error.header)
    start = dict(guided(kept).columns) if kept else dict(error.suggested)
    if kept:
        st.info(f"Ces colonnes sont déjà connues : {escape_markdown(kept.source_label)}.", icon=":material/history:")
    else:
        st.info("Aucune liste connue n’a ces colonnes. Dites à quoi correspond chacune.", icon=":material/rule:")
    with st.form("correspondance"):
        columns = st.columns(COLUMNS)
        chosen = {}
        for position, attribute in enumerate(ALIASES):
            with columns[position % COLUMNS]:
                chosen[attribute] = _column(attribute, error.header, start.get(attribute, NONE))
        code = st.text_input(
            "Code court de la liste", kept.source if kept else "", placeholder="liste-cress", max_chars=40
        )
        label = st.text_input("Nom de la liste, et sa licence", kept.source_label if kept else "", max_chars=300)
        organisation = st.text_input("Organisation qui importe", kept.organisation if kept else "", max_chars=300)
        if not st.form_submit_button("Lire avec ces colonnes", type="primary"):
            return None
    mapping = Guided({name: column for name, column in chosen.items() if column != NONE}, code.strip(), label.strip())
    return mapping if _keep(mapping, error, organisation, store) else None


def _column(attribute: str, header: tuple[str, ...], held: str) -> str:
    info = Offer.model_fields.get(attribute)
    label = LABELS.get(attribute) or str(info.description if info else attribute).rstrip(".")
    options = [NONE, *header]
    return str(st.selectbox(label, options, index=options.index(held) if held in options else 0))


def _keep(mapping: Guided, error: UnknownColumns, organisation: str, store: Store) -> bool:
    try:
        made = decide(
            ColumnMapping,
            signature=signature(error.header),
            source=mapping.source_code,
            source_label=mapping.source_label,
            columns=json.dumps(dict(mapping.columns), ensure_ascii=False),
            organisation=organisation,
        )
        store.add(made, made.organisation)
    except CooperationsError as problem:
        st.error(escape_markdown(str(problem)), icon=":material/error:")
        return False
    return True


def _say_lists() -> None:
    names = "\n".join(f"- {escape_markdown(profile.label)}" for profile in PROFILES)
    st.markdown(
        f"Listes reconnues à leurs colonnes :\n\n{names}\n"
        "- toute autre liste, en disant à quoi correspond chaque colonne"
    )
    st.caption("Un extrait de SIRENE se donne ici ; le stock entier, par la ligne de commande (voir README).")
