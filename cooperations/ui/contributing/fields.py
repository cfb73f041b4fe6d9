"""The fields of the steps « quoi », « où » and « qui », each with the help of the vocabulary."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from cooperations import vocabularies as v
from cooperations.contributions.content import MOST_ACTORS
from cooperations.contributions.near import near_structures
from cooperations.contributions.terms import LABELS
from cooperations.documents.wording import wording_of
from cooperations.model import LONG_TEXT_LENGTH, NAME_LENGTH
from cooperations.text import fold
from cooperations.ui.components import mount
from cooperations.ui.contributing.draft import field_label, key
from cooperations.ui.markdown import escape_markdown

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.ui.contributing.draft import Draft
    from cooperations.vocabularies import Vocabulary

DESCRIPTION_LENGTH = 2000
ROLE_BY_DEFAULT = "membre"


def text(held: Draft, name: str, *, placeholder: str = "", most: int = NAME_LENGTH, help_text: str = "") -> None:
    """Draw a line of text."""
    said = st.text_input(
        field_label(held, name),
        held.get(name),
        key=key(name),
        max_chars=most,
        placeholder=placeholder,
        help=help_text or None,
    )
    held.put(name, said)


def long_text(held: Draft, name: str, placeholder: str) -> None:
    """Draw some lines of text."""
    said = st.text_area(
        field_label(held, name),
        held.get(name),
        key=key(name),
        max_chars=DESCRIPTION_LENGTH,
        placeholder=placeholder,
        height=110,
    )
    held.put(name, said)


def choice(held: Draft, name: str, vocabulary: Vocabulary, *, optional: bool = False) -> str:
    """Draw the choice of a term in a list, with its definition below."""
    codes = list(vocabulary.codes)
    present = held.get(name)
    said = st.selectbox(
        field_label(held, name),
        codes,
        index=codes.index(present) if present in codes else None,
        format_func=vocabulary.label,
        placeholder="Je ne sais pas" if optional else "Choisir",
        key=key(name),
    )
    held.put(name, said)
    if said:
        st.caption(escape_markdown(vocabulary[said].definition))
    return said or ""


def practice_type(held: Draft) -> None:
    """Draw the types with their definitions, then the sub-types of a group."""
    codes = list(v.PRACTICE_TYPES.codes)
    present = held.get("type_pratique")
    said = st.radio(
        LABELS["type_pratique"],
        codes,
        index=codes.index(present) if present in codes else None,
        format_func=v.PRACTICE_TYPES.label,
        captions=[v.PRACTICE_TYPES[code].definition for code in codes],
        key=key("type_pratique"),
    )
    held.put("type_pratique", said)
    subtypes = v.Vocabulary("sous_type", tuple(term for term in v.PRACTICE_SUBTYPES if term.parent == said))
    if subtypes.codes:
        choice(held, "sous_type", subtypes, optional=True)
    else:
        held.put("sous_type", "")


def what(held: Draft) -> None:
    """Draw the step « quoi » of a practice."""
    name_with_near_ones(held, "Épicerie coopérative d’Agen")
    practice_type(held)
    long_text(held, "description", "Qui fait quoi ensemble, en deux phrases. Sans nom de personne.")
    choice(held, "statut", v.STATUSES, optional=True)


def what_structure(held: Draft) -> None:
    """Draw the step « quoi » of a structure."""
    name_with_near_ones(held, "Atelier du Midou")
    left, right = st.columns(2)
    with left:
        choice(held, "famille", v.FAMILIES, optional=True)
    with right:
        choice(held, "categorie", v.KINDS, optional=True)
    text(held, "activite", placeholder="Maraîchage, menuiserie…")
    text(held, "siret", most=14, help_text="Quatorze chiffres, sans espace.")
    text(held, "site_internet", placeholder="https://…")


def sheet(held: Draft) -> None:
    """Draw the texts of the sheet of a practice, under the headings that its type gives them."""
    st.markdown("Ce que la fiche dit de plus. Tout est facultatif, et rien ne nomme une personne.")
    for column, title, prompt in wording_of(held.get("type_pratique")).texts:
        said = st.text_area(
            title, held.get(column), key=key(column), max_chars=LONG_TEXT_LENGTH, height=110,
            placeholder=f"{prompt[:1].upper()}{prompt[1:]}.",
        )  # fmt: skip
        held.put(column, said)


def name_with_near_ones(held: Draft, placeholder: str) -> None:
    """Draw the name, and below it what is already known under a name like it, while it is typed."""
    with st.container(key="proposer-nom"):
        text(held, "nom", placeholder=placeholder)
    data = {"champ": ".st-key-proposer-nom input", "territoires": held.get("territoires"), "sauf": held.target_id or ""}
    mount("proches", "noms-proches", data | {"sujet": held.about}, {})


def who(held: Draft, catalogue: Catalogue) -> None:
    """Draw the step « qui »: structures that are known or not, each in its role."""
    names = {one.id: one.name for one in catalogue.structures.values()}
    ordered = sorted(names, key=lambda one: fold(names[one]))
    chosen = [one for one, _ in held.actors]
    said = st.multiselect(
        "Structures qui y prennent part",
        [*ordered, *(one for one in dict.fromkeys(chosen) if one not in names)],
        list(dict.fromkeys(chosen)),
        format_func=lambda one: names.get(one, one),
        accept_new_options=True,
        max_selections=MOST_ACTORS,
        select_all=False,
        placeholder="Choisir, ou écrire le nom d’une autre",
        help="Des organisations, jamais des personnes. Une structure inconnue sera ajoutée.",
        key=key("acteurs"),
    )
    roles = dict(reversed([(one, role) for one, role in held.actors]))
    held.actors = [[one, _role(one, names.get(one, one), roles.get(one, ""))] for one in said]
    for one in said:
        if one not in names:
            _new_structure(one, catalogue)
    if not said:
        st.caption("Vous pouvez continuer sans en nommer.")


def _new_structure(name: str, catalogue: Catalogue) -> None:
    """Say that a structure will be added, and which known ones have a name like it."""
    close = ", ".join(f"«\u00a0{one.name}\u00a0»" for one in near_structures(catalogue, name))
    known = f" Déjà connues sous un nom proche\u00a0: {close}." if close else ""
    said = f"«\u00a0{name}\u00a0» n’est pas dans la liste\u00a0: elle y sera ajoutée.{known}"
    st.caption(f":material/add_business: {escape_markdown(said)}")


def _role(one: str, name: str, present: str) -> str:
    codes = list(v.ROLES.codes)
    index = codes.index(present or ROLE_BY_DEFAULT)
    label = f"Rôle de {escape_markdown(name)}"
    return st.selectbox(label, codes, index=index, format_func=v.ROLES.label, key=key(f"role-{one}"))
