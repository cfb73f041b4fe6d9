"""The URL is the memory: it is read into the session when a person changes it, and written when they filter.

Streamlit's own `bind="query-params"` puts labels in the URL and drops silently what it does not
understand; ours holds the codes that the API takes, and says what it ignored.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from cooperations.criteria import EVERYTHING, Criteria, IgnoredParameter, from_query, narrowed
from cooperations.listing import ORDERS
from cooperations.vocabularies import REACHES

if TYPE_CHECKING:
    from collections.abc import Callable

    from cooperations.territories import Gazetteer

# Parameters that belong to a page (list order and page, map colours) or to Streamlit itself.
PAGE_PARAMETERS = {"tri": "nom", "page": "1", "couleurs": ""}
OTHERS = frozenset({*PAGE_PARAMETERS, "id", "embed", "embed_options"})
COLOURED = "oui"
_SEEN_URL, _IGNORED, _LAST_MAP = "_url", "_ignored", "_last_map"


def widget_key(attribute: str) -> str:
    """Return the session key of the widget that holds an attribute of the criteria."""
    return f"filtre_{attribute}"


def recall(gazetteer: Gazetteer) -> None:
    """Read the URL into the session, when it is not the one that the session wrote itself."""
    pairs = _pairs()
    if st.session_state.get(_SEEN_URL) == pairs and widget_key("text") in st.session_state:
        return
    if "id" in st.query_params:
        # Streamlit leaves the id of the practice that one comes back from: the map is as it was before.
        pairs = tuple((name, value) for name, values in last_map_query().items() for value in values)
    criteria, ignored = from_query(pairs, gazetteer, OTHERS)
    hold(criteria)
    asked = dict(pairs)
    wrong = [
        IgnoredParameter(name, asked[name], "valeur impossible") for name in PAGE_PARAMETERS if _is_wrong(name, asked)
    ]
    for name, default in PAGE_PARAMETERS.items():
        st.session_state[name] = default if _is_wrong(name, asked) else asked.get(name, default)
    st.session_state[_IGNORED] = (*ignored, *wrong)
    st.session_state[_SEEN_URL] = _pairs()


def _is_wrong(name: str, asked: dict[str, str]) -> bool:
    known: dict[str, Callable[[str], bool]] = {
        "tri": lambda value: value in ORDERS,
        "page": lambda value: value.isdecimal() and int(value[:9]) > 0,
        "couleurs": lambda value: value == COLOURED,
    }
    return bool(asked.get(name)) and not known[name](asked[name])


def hold(criteria: Criteria) -> None:
    """Put criteria into the session, for the widgets of the next run."""
    for field in fields(criteria):
        value = getattr(criteria, field.name)
        st.session_state[widget_key(field.name)] = list(value) if isinstance(value, tuple) else value


def held() -> Criteria:
    """Return the criteria that the session holds."""
    values: dict[str, Any] = {}
    for field in fields(Criteria):
        value = st.session_state.get(widget_key(field.name))
        values[field.name] = tuple(value) if isinstance(value, list) else value
    found = Criteria(**{name: value for name, value in values.items() if value is not None})
    return found if found.territories else replace(found, reach=EVERYTHING.reach)


def remember(criteria: Criteria) -> None:
    """Write the criteria and the page's own parameters into the URL, defaults left out."""
    query: dict[str, list[str]] = {}
    for name, value in criteria.to_query():
        query.setdefault(name, []).append(value)
    for name, default in PAGE_PARAMETERS.items():
        value = str(st.session_state.get(name, default))
        if value != default:
            query[name] = [value]
    if _as_dict(_pairs()) != query:
        st.query_params.from_dict(query)
    st.session_state[_SEEN_URL] = _pairs()
    st.session_state[_LAST_MAP] = query


def last_map_query() -> dict[str, list[str]]:
    """Return the query parameters of the map as it was last seen, to go back to it."""
    return dict(st.session_state.get(_LAST_MAP, {}))


def coloured() -> bool:
    """Return whether departments are coloured by their count."""
    return bool(st.session_state.get("couleurs") == COLOURED)


def ignored_parameters() -> tuple[IgnoredParameter, ...]:
    """Return what the last URL said that made no sense."""
    return tuple(st.session_state.get(_IGNORED, ()))


def change(criteria: Criteria) -> None:
    """Replace the criteria, from a callback: the list starts again at its first page."""
    hold(criteria)
    first_page()


def first_page() -> None:
    """Go to the first page of the list, and forget what the last address said wrong."""
    st.session_state["page"] = PAGE_PARAMETERS["page"]
    st.session_state[_IGNORED] = ()


def toggle_territory(key: str) -> None:
    """Filter on one territory, or on none when it was the only one chosen."""
    criteria = held()
    kept = () if criteria.territories == (key,) else (key,)
    change(replace(criteria, territories=kept, reach=REACHES.codes[0]))


def narrow(parameters: dict[str, str], gazetteer: Gazetteer) -> None:
    """Filter on what a cell of the count table stands for; what is filtered more narrowly already stays so."""
    change(narrowed(held(), parameters, gazetteer))


def _pairs() -> tuple[tuple[str, str], ...]:
    params = st.query_params
    return tuple((name, value) for name in params for value in params.get_all(name))


def _as_dict(pairs: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    query: dict[str, list[str]] = {}
    for name, value in pairs:
        query.setdefault(name, []).append(value)
    return query
