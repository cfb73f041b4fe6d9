"""The URL is the memory: it is read into the session when a person changes it, and written when they filter.

Streamlit's own `bind="query-params"` puts labels in the URL and drops silently what it does not
understand; ours holds the codes that the API takes, and says what it ignored.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

from cooperations.criteria import EVERYTHING, Criteria, from_query, narrowed
from cooperations.listing import ORDERS
from cooperations.offers.needs import Need, need_from_query
from cooperations.query import IgnoredParameter, Query
from cooperations.vocabularies import REACHES

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from cooperations.territories import Gazetteer

Q = TypeVar("Q", bound=Query)

COLOURED = "oui"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A query parameter of a page: what it is without one, whether a value makes sense.

    A `lasting` one is kept by who comes from another page without any parameter.
    """

    default: str
    is_known: Callable[[str, Gazetteer], bool]
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class PageMemory:
    """What a page keeps in its address: criteria or a need, as `kind` says, and parameters of its own.

    The name of a parameter is its session key too.
    """

    name: str
    parameters: dict[str, Parameter]
    kind: type[Query] = Criteria


def one_among(values: Container[str], default: str) -> Parameter:
    """Return a parameter that takes some values only."""
    return Parameter(default, lambda value, _: value in values)


MAP = PageMemory(
    "carte",
    {
        "tri": one_among(ORDERS.codes, "nom"),
        "page": Parameter("1", lambda value, _: value.isdecimal() and int(value[:9]) > 0),
        "couleurs": one_among((COLOURED,), ""),
    },
)
# Of Streamlit itself, or of a practice's page.
FOREIGN = frozenset({"id", "embed", "embed_options"})
_SEEN_URL, _IGNORED, _LAST_MAP, _PAGE, _ACTED = "_url", "_ignored", "_last_map", "_page", "_acted"
_PREFIXES: dict[type[Query], str] = {Criteria: "filtre", Need: "besoin"}
_READERS: dict[type[Query], Callable[..., tuple[Query, tuple[IgnoredParameter, ...]]]] = {
    Criteria: from_query,
    Need: need_from_query,
}


def widget_key(attribute: str, kind: type[Query] = Criteria) -> str:
    """Return the session key of the widget that holds an attribute of the criteria, or of a need."""
    return f"{_PREFIXES[kind]}_{attribute}"


def recall(gazetteer: Gazetteer, page: PageMemory = MAP) -> None:
    """Read the URL into the session, when it is not the one that the session wrote itself.

    Who comes from another page without any parameter keeps the criteria of that page. In a run that a person's
    action began, the session is right: the browser may not have got the URL of the run before.
    """
    acted = st.session_state.pop(_ACTED, False)
    pairs, arrived = _pairs(), st.session_state.get(_PAGE) != page.name
    known = acted or st.session_state.get(_SEEN_URL) == pairs
    if known and not arrived and widget_key("text", page.kind) in st.session_state:
        return
    if "id" in st.query_params and page.kind is Criteria:
        # Streamlit leaves the id of the practice that one comes back from: the map is as it was before.
        known = {*page.kind.parameters, *page.parameters}
        pairs = tuple((name, one) for name, values in last_map_query().items() for one in values if name in known)
    asked, ignored = _READERS[page.kind](pairs, gazetteer, FOREIGN | page.parameters.keys())
    said = tuple(pair for pair in pairs if pair[0] not in FOREIGN)
    if arrived and not said:
        asked = st.session_state.get(_last(page.kind), page.kind())
    hold(asked)
    wrong = _recall_parameters(page, dict(said), gazetteer)
    st.session_state[_IGNORED] = (*ignored, *wrong)
    st.session_state[_SEEN_URL] = _pairs()
    st.session_state[_PAGE] = page.name


def _recall_parameters(page: PageMemory, asked: dict[str, str], gazetteer: Gazetteer) -> list[IgnoredParameter]:
    wrong = []
    for name, parameter in page.parameters.items():
        before = st.session_state.get(name, "") if parameter.lasting and not asked else ""
        value = asked.get(name) or before or parameter.default
        if value != parameter.default and not parameter.is_known(value, gazetteer):
            wrong.append(IgnoredParameter(name, value, "valeur impossible"))
            value = parameter.default
        st.session_state[name] = value
    return wrong


def hold(asked: Query) -> None:
    """Put criteria or a need into the session, for the widgets of the next run."""
    kind = type(asked)
    for attribute in kind.parameters.values():
        value = getattr(asked, attribute)
        st.session_state[widget_key(attribute, kind)] = list(value) if isinstance(value, tuple) else value


def held() -> Criteria:
    """Return the criteria that the session holds."""
    found = held_as(Criteria)
    return found if found.territories else replace(found, reach=EVERYTHING.reach)


def held_as(kind: type[Q]) -> Q:
    """Return the criteria or the need that the session holds."""
    values: dict[str, Any] = {}
    for attribute in kind.parameters.values():
        value = st.session_state.get(widget_key(attribute, kind))
        values[attribute] = tuple(value) if isinstance(value, list) else value
    return kind(**{name: value for name, value in values.items() if value is not None})


def last_asked(kind: type[Q]) -> Q:
    """Return the criteria or the need of the page that was last seen with some; all, before the first."""
    found: Q = st.session_state.get(_last(kind), kind())
    return found


def remember(asked: Query, page: PageMemory = MAP, also: dict[str, list[str]] | None = None) -> None:
    """Write the criteria or the need, and the page's own parameters, into the URL, defaults left out.

    `also` goes first: the id of what a page is about.
    """
    query: dict[str, list[str]] = dict(also or {})
    for name, value in asked.to_query():
        query.setdefault(name, []).append(value)
    for name, parameter in page.parameters.items():
        value = str(st.session_state.get(name) or parameter.default)
        if value != parameter.default:
            query[name] = [value]
    if _as_dict(_pairs()) != query:
        st.query_params.from_dict(query)
    st.session_state[_SEEN_URL] = _pairs()
    st.session_state[_last(page.kind)] = asked
    if page is MAP:
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


def change(asked: Query) -> None:
    """Replace the criteria or the need, from a callback: the list starts again at its first page."""
    hold(asked)
    first_page()


def act() -> None:
    """Say, from a callback, that a person has just changed what the session holds."""
    st.session_state[_ACTED] = True


def first_page() -> None:
    """Go to the first page of the list, and forget what the last address said wrong."""
    act()
    st.session_state["page"] = MAP.parameters["page"].default
    st.session_state[_IGNORED] = ()


def toggle_territory(key: str) -> None:
    """Filter on one territory, or on none when it was the only one chosen."""
    criteria = held()
    kept = () if criteria.territories == (key,) else (key,)
    change(replace(criteria, territories=kept, reach=REACHES.codes[0]))


def narrow(parameters: dict[str, str], gazetteer: Gazetteer) -> None:
    """Filter on what a cell of the count table stands for; what is filtered more narrowly already stays so."""
    change(narrowed(held(), parameters, gazetteer))


def _last(kind: type[Query]) -> str:
    return f"_dernier_{_PREFIXES[kind]}"


def _pairs() -> tuple[tuple[str, str], ...]:
    params = st.query_params
    return tuple((name, value) for name in params for value in params.get_all(name))


def _as_dict(pairs: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    query: dict[str, list[str]] = {}
    for name, value in pairs:
        query.setdefault(name, []).append(value)
    return query
