"""Counting every cell."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from cooperations import vocabularies as v
from cooperations.counts import TOTAL, count_matrix, grouped, tally
from cooperations.coverage.cells import COUNTINGS, Cell, Coverage
from cooperations.criteria import DEFAULT_REACH, EVERYTHING, Criteria
from cooperations.errors import InvalidParameter
from cooperations.selection import NO_ROWS, select
from cooperations.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cooperations.catalogue import Catalogue, Rows
    from cooperations.counts import Counts, Groups
    from cooperations.decisions import Decisions
    from cooperations.selection import Mask, Selection
    from cooperations.territories import Gazetteer


def shown_keys(gazetteer: Gazetteer, criteria: Criteria) -> tuple[str, ...]:
    """Return the territories that the matrix shows: the departments, or the EPCI of the department filtered on."""
    asked = criteria.territories or (gazetteer.perimeter.key,)
    return tuple(dict.fromkeys(key for one in asked for key in _shown_for(gazetteer, one)))


def shown_codes(criteria: Criteria) -> tuple[str, ...]:
    """Return the types and sub-types that the matrix shows: all, or those filtered on, a type with its sub-types."""
    asked = set(criteria.practice_types or v.PRACTICES.codes)
    return tuple(term.code for term in v.PRACTICES if {term.code, term.parent} & asked)


def coverage(catalogue: Catalogue, criteria: Criteria, decisions: Decisions, counting: str = COUNTINGS[0]) -> Coverage:
    """Return the matrix for criteria, with what the group recorded; raises InvalidParameter.

    Types choose the columns and territories the lines; the counts of a line are those of its own territory.
    """
    if counting not in COUNTINGS:
        raise InvalidParameter("compter", f"une valeur parmi {', '.join(COUNTINGS)} est attendue")
    codes, keys = shown_codes(criteria), shown_keys(catalogue.gazetteer, criteria)
    inside, covering = _counts(anywhere(catalogue, criteria), keys)
    counted = _counted(inside, covering, counting)
    hidden = _counted(*_all_counts(catalogue, keys), counting) - counted
    surveys, targets = decisions.surveys_by_cell, decisions.target_by_cell
    columns = [v.PRACTICES.codes.index(code) for code in codes]
    tables = (counts[:, columns].tolist() for counts in (inside, covering, hidden))
    cells = tuple(
        Cell(code, key, here, over, counting, surveys.get((code, key), ()), targets.get((code, key)), left_out)
        for key, *line in zip(keys, *tables, strict=True)
        for code, here, over, left_out in zip(codes, *line, strict=True)
    )
    totals = count_matrix(select(catalogue, criteria))[TOTAL]
    return Coverage(
        catalogue,
        criteria,
        counting,
        codes,
        keys,
        cells,
        {code: int(totals[code]) for code in codes},
        dict(zip(keys, counted[:, -1].tolist(), strict=True)),
    )


def counted_in(catalogue: Catalogue, code: str, key: str, counting: str) -> frozenset[str]:
    """Return the ids of the practices that a cell counts without filters; none when geo/ lost its territory."""
    if key not in catalogue.gazetteer:
        return frozenset()
    asked = Criteria((code,), (key,), "couvrant" if counting == "couvrant" else DEFAULT_REACH)
    return frozenset(practice.id for practice in select(catalogue, asked).practices)


def anywhere(catalogue: Catalogue, criteria: Criteria) -> Selection:
    """Return what meets the criteria wherever it is: territories choose lines, they make no zero elsewhere."""
    return select(catalogue, replace(criteria, territories=(), reach=DEFAULT_REACH))


def _shown_for(gazetteer: Gazetteer, key: str) -> Iterator[str]:
    territory = gazetteer[key]
    if territory.level == "region":
        yield from (department.key for department in gazetteer.departments)
    elif territory.level == "departement" and territory.in_perimeter:
        parts = (one for one in gazetteer if one.level == "epci" and key in one.parents)
        yield from (epci.key for epci in sorted(parts, key=lambda one: fold(one.name)))
    else:
        yield next((parent for parent in territory.parents if parent.startswith("epci:")), key)


def _counts(selection: Selection, keys: tuple[str, ...]) -> tuple[Counts, Counts]:
    """Return what is inside each territory, and what covers it from a wider one without being inside."""
    groups, line_of = _groups(selection.catalogue, keys)
    inside, both, wider = np.split(tally(selection, groups), (len(keys), 2 * len(keys)))
    return inside, wider[line_of] - both


@lru_cache(maxsize=16)
def _all_counts(catalogue: Catalogue, keys: tuple[str, ...]) -> tuple[Counts, Counts]:
    return _counts(select(catalogue, EVERYTHING), keys)


def _counted(inside: Counts, covering: Counts, counting: str) -> Counts:
    return inside + covering if counting == "couvrant" else inside


@lru_cache(maxsize=16)
def _groups(catalogue: Catalogue, keys: tuple[str, ...]) -> tuple[Groups, Rows]:
    """Return three groups of groups, and which of the last is each territory's.

    What is inside each territory; the part of it that a wider one also holds exactly; then what these hold exactly,
    once for all the territories that have the same parents.
    """
    parents = [catalogue.gazetteer[key].parents for key in keys]
    wider = {line: _exactly(catalogue, line) for line in dict.fromkeys(parents)}
    inside = [catalogue.inside.get(key, NO_ROWS) for key in keys]
    both = (rows[wider[line][rows]] for rows, line in zip(inside, parents, strict=True))
    groups = grouped(catalogue, (*inside, *both, *map(np.flatnonzero, wider.values())))
    return groups, np.array([list(wider).index(line) for line in parents], dtype=np.intp)


def _exactly(catalogue: Catalogue, keys: tuple[str, ...]) -> Mask:
    mask = np.zeros(len(catalogue), dtype=np.bool_)
    mask[np.concatenate((NO_ROWS, *(catalogue.exactly.get(key, NO_ROWS) for key in keys)))] = True
    return mask
