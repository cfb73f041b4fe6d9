"""The booklet of the practices that meet some criteria: chapters by type, and three indexes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cooperations import vocabularies as v
from cooperations.criteria import criteria_in_words
from cooperations.documents.errors import TooManySheets
from cooperations.documents.plans import overlay
from cooperations.documents.practice_sheets import consenting, practice_sheet
from cooperations.documents.printing import AUTHOR, GROUND, LICENCE, foot, qr_code
from cooperations.documents.type_sheets import MOST_PLACES, type_sheet
from cooperations.documents.typesetting import typeset
from cooperations.selection import select
from cooperations.sheets import french_date, place_label
from cooperations.signs import SIGNS
from cooperations.text import fold, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from cooperations.catalogue import Catalogue
    from cooperations.criteria import Criteria
    from cooperations.documents.model import Sheet
    from cooperations.documents.printing import Printer
    from cooperations.model import Practice
    from cooperations.store import Store

    Told = Callable[[int, int], None]
    """What is called with how many sheets are ready, and of how many; at the end the typesetting begins."""

MOST_SHEETS = 300
TITLE = "Livret des coopérations"


@dataclass(frozen=True, slots=True)
class Booklet:
    """What a booklet holds: the sheets of the practices by type, in the order of the vocabulary, then by name."""

    catalogue: Catalogue
    criteria: Criteria
    practices: tuple[Practice, ...]
    sheets: tuple[Sheet, ...]

    @property
    def chapters(self) -> dict[str, list[int]]:
        """The positions of the sheets by type."""
        found: dict[str, list[int]] = defaultdict(list)
        for position, practice in enumerate(self.practices):
            found[practice.practice_type].append(position)
        return dict(found)

    @property
    def day(self) -> str:
        """The day of the latest fact."""
        dated = self.practices or self.catalogue.practices
        return max(practice.checked_on for practice in dated).isoformat()


def compose(catalogue: Catalogue, criteria: Criteria, store: Store, told: Told = lambda _done, _all: None) -> Booklet:
    """Return the booklet of the practices that meet criteria; raises TooManySheets."""
    found = select(catalogue, criteria).practices
    if len(found) > MOST_SHEETS:
        raise TooManySheets(len(found), MOST_SHEETS)
    order = v.PRACTICE_TYPES.codes.index
    practices = tuple(sorted(found, key=lambda one: (order(one.practice_type), fold(one.name), one.id)))
    agreed = consenting(store, catalogue, practices)
    sheets = []
    for position, practice in enumerate(practices):
        told(position, len(practices))
        sheets.append(practice_sheet(catalogue, practice.id, agreed))
    told(len(practices), len(practices))
    return Booklet(catalogue, criteria, practices, tuple(sheets))


def booklet_pdf(made: Booklet, printer: Printer) -> bytes:
    """Return the PDF of a booklet."""
    types = {code: type_sheet(made.catalogue, code, made.criteria) for code in made.chapters}
    content = _front(made, printer) | {
        "chapters": [_chapter(made, types[code], rows, printer) for code, rows in made.chapters.items()],
        "indexes": [[title, entries] for title, entries in _indexes(made)],
    }
    return typeset("livret", content, _pictures(made, types.values(), printer))


def anchor(position: int) -> str:
    """Return the name of the place where a sheet begins."""
    return f"fiche-{position}"


def _front(made: Booklet, printer: Printer) -> dict[str, Any]:
    gazetteer, count = made.catalogue.gazetteer, plural(len(made.practices), "pratique")
    scope = criteria_in_words(made.criteria, gazetteer)
    structures = {actor.structure.id for one in made.practices for actor in made.catalogue.actors(one.id)}
    link = _online(made, printer)
    return {
        "title": TITLE,
        "summary": f"{count} de coopération de l’ESS, {scope}",
        "author": [AUTHOR],
        "day": made.day,
        "foot": foot(made.day),
        "region": gazetteer.perimeter.name,
        "scope": "Toutes les pratiques connues" if scope == "aucun filtre" else scope,
        "count": f"{count}, {plural(len(structures), 'structure')}",
        "dated": f"Données relues le {french_date(made.day)}, sous {LICENCE}. {gazetteer.perimeter.attribution}",
        "legend": _legend(made),
        "ground": GROUND,
        "plan_alt": f"Plan des départements, avec les pratiques du livret qui ont un lieu précis ({count} en tout).",
        "address": {"link": link, "shown": link.partition("://")[2].partition("?")[0].rstrip("/")},
    }


def _legend(made: Booklet) -> list[dict[str, str]]:
    """Return the types of the booklet, with the sign that the plan gives each and how many practices it has."""
    return [
        {
            "colour": SIGNS[code].colour,
            "shape": SIGNS[code].shape,
            "label": v.PRACTICE_TYPES.label(code),
            "count": plural(len(rows), "pratique"),
        }
        for code, rows in made.chapters.items()
    ]


def _online(made: Booklet, printer: Printer) -> str:
    query = made.criteria.query_string()
    return f"{printer.root}/?{query}" if query else f"{printer.root}/"


def _chapter(made: Booklet, opening: Sheet, rows: Sequence[int], printer: Printer) -> dict[str, Any]:
    anchors = {made.practices[row].id: anchor(row) for row in rows}
    content = printer.content(opening, f"-{opening.id}")
    named = zip(content["examples"], opening.examples, strict=True)
    content["examples"] = [one | {"anchor": anchors[example.id]} for one, example in named]
    # Each sheet of the chapter says its own.
    content |= {"groups": [], "sections": [], "sources": []}
    sheets = [printer.content(made.sheets[row], f"-{row}") | {"anchor": anchor(row)} for row in rows]
    return {"sheet": content, "sheets": sheets}


def _pictures(made: Booklet, openings: Iterable[Sheet], printer: Printer) -> dict[str, bytes]:
    places = [spot for sheet in made.sheets for spot in sheet.spots if not spot.small][:MOST_PLACES]
    territories = made.criteria.territories
    pictures = printer.shared() | {
        "plan.svg": overlay(made.catalogue.gazetteer, territories, places),
        "qr.svg": qr_code(_online(made, printer)),
    }
    for sheet in openings:
        pictures |= printer.pictures(sheet, f"-{sheet.id}")
    for position, sheet in enumerate(made.sheets):
        pictures |= printer.pictures(sheet, f"-{position}")
    return pictures


def _indexes(made: Booklet) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    yield "Par type de pratique", _index(made, _types)
    yield "Par territoire", _index(made, _territories)
    yield "Par structure", _index(made, _structures)


def _index(made: Booklet, names: Callable[[Booklet, Practice], Iterable[str]]) -> list[dict[str, Any]]:
    found: Mapping[str, list[str]] = defaultdict(list)
    for position, practice in enumerate(made.practices):
        for name in dict.fromkeys(names(made, practice)):
            found[name].append(anchor(position))
    return [{"name": name, "anchors": found[name]} for name in sorted(found, key=fold)]


def _types(_made: Booklet, practice: Practice) -> Iterator[str]:
    yield v.PRACTICES.label(practice.subtype or practice.practice_type)


def _territories(made: Booklet, practice: Practice) -> Iterator[str]:
    """Yield the territories of a practice and their departments, or what stands for them."""
    gazetteer = made.catalogue.gazetteer
    if not practice.territories:
        yield place_label(made.catalogue, practice)
    for key in practice.territories:
        wider = (one for one in gazetteer[key].parents if one.startswith("departement:"))
        yield from (gazetteer[one].label for one in (key, *wider))


def _structures(made: Booklet, practice: Practice) -> Iterator[str]:
    yield from (actor.structure.name for actor in made.catalogue.actors(practice.id))
