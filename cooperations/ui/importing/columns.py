"""Saying what the columns of an unknown list are, once: the same columns are known again next time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import streamlit as st

from cooperations.decisions import decide
from cooperations.errors import CooperationsError
from cooperations.imports import guided, known_mapping
from cooperations.intake import Guided, signature
from cooperations.intake.profiles import PROFILES
from cooperations.intake.profiles.guide import SOURCE_CODE
from cooperations.intake.stock import PROFILE as SIRENE_PROFILE
from cooperations.offers.encoding import CURATED
from cooperations.offers.records import ColumnMapping
from cooperations.ui.markdown import escape_markdown
from cooperations.ui.session import desk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cooperations.errors import UnknownColumns
    from cooperations.store import Store

NONE = "—"
COLUMNS = 3
TAKEN = frozenset((CURATED, SIRENE_PROFILE.code, *(profile.code for profile in PROFILES)))
LABELS = {
    "name": "Nom de la structure (obligatoire)",
    "siret": "SIRET",
    "kind": "Catégorie (ACI, EI, SCOP…)",
    "activity": "Activité, description",
    "purchase_families": "Familles d’achat, secteurs",
    "area_radius_km": "Rayon d’intervention (km)",
    "address": "Numéro et voie",
    "post_code": "Code postal",
    "city": "Ville",
    "source_key": "Identifiant dans la liste",
    "trade_name": "Nom d’usage, enseigne",
    "family": "Forme juridique",
    "naf": "Code NAF",
    "services": "Types de prestation",
    "area_territories": "Territoires d’intervention",
    "commune_code": "Code INSEE de la commune",
    "department_code": "Département",
    "longitude": "Longitude",
    "latitude": "Latitude",
    "geocoding_score": "Score de géocodage",
    "labels": "Labels",
    "website": "Site internet",
    "email": "Courriel",
    "phone": "Téléphone",
    "contact_consent_on": "Date du consentement au contact",
}
"""What each attribute is called in the form, the ones that most lists have first."""
USUAL = 9
"""So many of them are shown at once, the others on demand."""


def choose_columns(error: UnknownColumns, store: Store) -> Guided | None:
    """Draw the mapping of the columns of an unknown list; return it once it is confirmed.

    One kept for the same columns is proposed as it was.
    """
    kept = known_mapping(store.recorded(ColumnMapping), error.header)
    start = dict(guided(kept).columns) if kept else dict(error.suggested)
    if kept:
        st.info(
            f"Ces colonnes sont déjà connues\u00a0: {escape_markdown(kept.source_label)}.", icon=":material/history:"
        )
    else:
        st.info("Aucune liste connue n’a ces colonnes. Dites à quoi correspond chacune.", icon=":material/rule:")
    usual, others = list(LABELS)[:USUAL], list(LABELS)[USUAL:]
    with st.form("correspondance"):
        chosen = _columns(usual, error.header, start)
        with st.expander("Autres colonnes", expanded=any(name in start for name in others)):
            chosen |= _columns(others, error.header, start)
        code = st.text_input(
            "Code court de la liste", kept.source if kept else "", placeholder="liste-cress", max_chars=40
        )
        label = st.text_input("Nom de la liste, et sa licence", kept.source_label if kept else "", max_chars=300)
        organisation = st.text_input("Organisation qui importe", kept.organisation if kept else "", max_chars=300)
        if not st.form_submit_button("Lire avec ces colonnes", type="primary"):
            return None
    mapping = Guided({name: column for name, column in chosen.items() if column != NONE}, code.strip(), label.strip())
    return mapping if _keep(mapping, error, organisation.strip()) else None


def _columns(attributes: Iterable[str], header: tuple[str, ...], start: Mapping[str, str]) -> dict[str, str]:
    places, options = st.columns(COLUMNS), [NONE, *header]
    chosen = {}
    for position, attribute in enumerate(attributes):
        held = start.get(attribute, NONE)
        index = options.index(held) if held in options else 0
        chosen[attribute] = str(places[position % COLUMNS].selectbox(LABELS[attribute], options, index=index))
    return chosen


def problems(mapping: Guided, organisation: str) -> Iterator[str]:
    """Yield what the form still lacks, one sentence each."""
    if "name" not in mapping.columns:
        yield "Dites quelle colonne donne le nom de la structure."
    if not SOURCE_CODE.fullmatch(mapping.source_code):
        yield "Écrivez le code court en minuscules, chiffres et tirets, comme «\u00a0liste-cress\u00a0»."
    elif mapping.source_code in TAKEN:
        yield f"Le code «\u00a0{mapping.source_code}\u00a0» est déjà celui d’une autre liste."
    if not mapping.source_label:
        yield "Nommez la liste, et sa licence."
    if not organisation:
        yield "Nommez l’organisation qui importe."


def _keep(mapping: Guided, error: UnknownColumns, organisation: str) -> bool:
    said = list(problems(mapping, organisation))
    if said:
        st.error("\n".join(f"- {escape_markdown(one)}" for one in said), icon=":material/error:")
        return False
    try:
        made = decide(
            ColumnMapping,
            signature=signature(error.header),
            source=mapping.source_code,
            source_label=mapping.source_label,
            columns=json.dumps(dict(mapping.columns), ensure_ascii=False),
            organisation=organisation,
        )
        desk().add(made, made.organisation)
    except CooperationsError as problem:
        st.error(escape_markdown(str(problem)), icon=":material/error:")
        return False
    return True
