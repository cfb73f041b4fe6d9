"""The sheet of a type of practice: what its practices have in common, and what each of them says."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from cooperations import vocabularies as v
from cooperations.documents.errors import UnknownType
from cooperations.documents.model import Example, Participant, Passage, Sheet, Source
from cooperations.documents.plans import spot_of
from cooperations.documents.practice_sheets import TEXTS, text_of
from cooperations.documents.wording import wording_of
from cooperations.selection import select
from cooperations.sheets import PRACTICE_PAGE, place_label
from cooperations.text import fold, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cooperations.catalogue import Catalogue
    from cooperations.criteria import Criteria
    from cooperations.documents.plans import Spot
    from cooperations.model import Practice

MOST_PLACES, MOST_EXAMPLES, MOST_NAMED = 400, 200, 12


def type_sheet(catalogue: Catalogue, code: str, criteria: Criteria) -> Sheet:
    """Return the sheet of a type or sub-type, from its practices that meet criteria; raises UnknownType."""
    if code not in v.PRACTICES:
        raise UnknownType(code)
    term = v.PRACTICES[code]
    practice_type = term.parent or code
    practices = [one for one in select(catalogue, criteria).practices if code in {one.practice_type, one.subtype}]
    wording = wording_of(practice_type)
    return Sheet(
        code,
        f"{PRACTICE_PAGE}?{urlencode({'type': code})}",
        f"fiches/type/{code}.pdf",
        wording.kind,
        practice_type,
        v.PRACTICE_TYPES.label(term.parent) if term.parent else "Type de pratique",
        term.label,
        term.definition,
        catalogue.gazetteer.perimeter.name,
        max(one.checked_on for one in practices or catalogue.practices),
        facts=tuple(_facts(catalogue, code, practices)),
        groups=wording.groups(_participants(catalogue, practices), MOST_NAMED),
        sections=wording.sections({column: tuple(_passages(practices, column)) for column in TEXTS}),
        sources=tuple(_sources(practices)),
        examples=tuple(_examples(catalogue, practices)),
        territories=_wide(practices),
        spots=tuple(_spots(catalogue, practices))[:MOST_PLACES],
    )


def _facts(catalogue: Catalogue, code: str, practices: Sequence[Practice]) -> Iterator[tuple[str, str]]:
    yield "Pratiques connues", plural(len(practices), "pratique")
    structures = {actor.structure.id for one in practices for actor in catalogue.actors(one.id)}
    yield "Structures qui y prennent part", plural(len(structures), "structure")
    inside = {key for one in practices for place in one.territories for key in catalogue.gazetteer.lineage(place)}
    names = [one.name for one in catalogue.gazetteer.departments if one.key in inside]
    if names:
        yield "Départements", ", ".join(names)
    for term in v.PRACTICE_SUBTYPES:
        if term.parent == code:
            count = sum(one.subtype == term.code for one in practices)
            yield term.label, f"{term.definition} {plural(count, 'pratique')}."


def _participants(catalogue: Catalogue, practices: Sequence[Practice]) -> Iterator[tuple[str, Participant]]:
    """Yield the structures, those of the most practices first."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for one in practices:
        for actor in catalogue.actors(one.id):
            counts[actor.role, actor.structure.id] += 1
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], fold(catalogue.structures[pair[0][1]].name)))
    for (role, structure_id), count in ordered:
        structure = catalogue.structures[structure_id]
        role_said = v.ROLES.label(role).lower() + (f", {plural(count, 'pratique')}" if count > 1 else "")
        yield role, Participant(structure_id, structure.name, role_said, "", structure.website)


def _passages(practices: Sequence[Practice], column: str) -> Iterator[Passage]:
    for one in practices:
        said = text_of(one, column)
        if said:
            yield Passage(said, one.id, one.name)


def _sources(practices: Sequence[Practice]) -> Iterator[Source]:
    """Yield the sources in one list, each once: those of a practice are separated by semicolons."""
    named = (part.strip() for one in practices for part in re.split(r"\s;\s", one.source))
    said = "\u00a0; ".join(sorted(dict.fromkeys(named), key=fold))
    if said:
        yield Source(said)


def _examples(catalogue: Catalogue, practices: Sequence[Practice]) -> Iterator[Example]:
    ordered = sorted(practices, key=lambda one: fold(one.name))
    yield from (Example(one.id, one.name, place_label(catalogue, one)) for one in ordered[:MOST_EXAMPLES])


def _wide(practices: Sequence[Practice]) -> tuple[str, ...]:
    """Return the departments and EPCI that practices without a point are about."""
    keys = (key for one in practices for key in one.territories if one.precision in {"epci", "departement"})
    return tuple(dict.fromkeys(keys))


def _spots(catalogue: Catalogue, practices: Sequence[Practice]) -> Iterator[Spot]:
    for one in practices:
        point = catalogue.points[catalogue.row(one.id)]
        if point:
            yield spot_of(point, one.practice_type, hollow=one.precision != "adresse")
