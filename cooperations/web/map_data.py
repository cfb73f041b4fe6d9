"""What the map layer asks for: the marks of a view, the sheets of a popup, territories by name."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from shapely.geometry import mapping

from cooperations import vocabularies as v
from cooperations.clusters import Mark, Viewport, point_marks, territory_marks
from cooperations.counts import TOTAL, columns, count_by_territory, count_matrix
from cooperations.criteria import from_query
from cooperations.errors import InvalidParameter
from cooperations.features.window import box_of
from cooperations.listing import ORDERS, page_of
from cooperations.query import sure
from cooperations.runtime import application
from cooperations.selection import Selection, select
from cooperations.sheets import line
from cooperations.web.answers import answering, kept_json, tagged_json

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from cooperations.catalogue import Catalogue
    from cooperations.criteria import Criteria

VIEW_PARAMETERS = frozenset({"z", "bbox", "v"})
LIST_PARAMETERS = frozenset({"tri", "page"})
DEEPEST_ZOOM = 22
MOST_SHEETS = 50
MOST_SUGGESTIONS = 12
MOST_OUTLINES = 20


@answering
def marks(request: Request) -> Response:
    """Answer the marks of a view, and the counts that go with them."""
    catalogue = application().catalogue()
    return kept_json(request, catalogue, lambda: _marks(request, catalogue))


@answering
def lines(request: Request) -> Response:
    """Answer one page of the list of practices."""
    catalogue = application().catalogue()
    return kept_json(request, catalogue, lambda: _lines(request, catalogue))


@answering
def counts(request: Request) -> Response:
    """Answer the counts by type and territory; the last row and the last column are the totals."""
    catalogue = application().catalogue()
    selection = select(catalogue, read_criteria(request, catalogue, frozenset()))
    matrix = count_matrix(selection)
    rows = [{"code": term.code, "libelle": term.label, "parent": term.parent} for term in v.PRACTICES]
    return tagged_json(
        request,
        {
            "colonnes": [*(column.label for column in columns(selection)), "Total"],
            "lignes": [*rows, {"code": TOTAL, "libelle": "Total", "parent": None}],
            "valeurs": matrix.to_numpy().tolist(),
        },
    )


@answering
def sheets(request: Request) -> Response:
    """Answer what a popup says of some practices, in the order of their `id` parameters."""
    catalogue = application().catalogue()
    ids = request.query_params.getlist("id")
    if not 1 <= len(ids) <= MOST_SHEETS:
        raise InvalidParameter("id", f"entre 1 et {MOST_SHEETS} identifiants attendus")
    return tagged_json(request, [_sheet(catalogue, practice_id) for practice_id in ids])


@answering
def outlines(request: Request) -> Response:
    """Answer the outlines of some territories as GeoJSON."""
    gazetteer = application().gazetteer
    keys = request.query_params.getlist("territoire")
    if not 1 <= len(keys) <= MOST_OUTLINES:
        raise InvalidParameter("territoire", f"entre 1 et {MOST_OUTLINES} territoires attendus")
    features = [
        {
            "type": "Feature",
            "properties": {"cle": key, "nom": gazetteer[key].name},
            "geometry": mapping(gazetteer.outline(key)),
        }
        for key in keys
    ]
    return tagged_json(request, {"type": "FeatureCollection", "features": features})


@answering
def territories(request: Request) -> Response:
    """Answer the territories that a text may mean, best first."""
    text = request.query_params.get("q", "")
    found = application().gazetteer.search(text, MOST_SUGGESTIONS)
    return tagged_json(request, [{"cle": territory.key, "libelle": territory.label} for territory in found])


def _marks(request: Request, catalogue: Catalogue) -> dict[str, Any]:
    view = viewport(request)
    selection = select(catalogue, read_criteria(request, catalogue, VIEW_PARAMETERS))
    # What a department would show if it were the one chosen: a filter must not make its neighbours look empty.
    anywhere = select(catalogue, replace(selection.criteria, territories=()))
    departments = [department.key for department in catalogue.gazetteer.departments]
    return {
        "total": len(selection),
        "localisation": selection.by_location,
        "departements": count_by_territory(anywhere, departments),
        "marques": practice_marks(selection, view),
    }


def practice_marks(selection: Selection, view: Viewport) -> list[dict[str, Any]]:
    """Return the marks of a view: the selected points, then the territories of what has none."""
    drawn = (*point_marks(selection, view), *territory_marks(selection))
    return [_mark(selection, mark) for mark in drawn]


def _lines(request: Request, catalogue: Catalogue) -> dict[str, Any]:
    selection = select(catalogue, read_criteria(request, catalogue, LIST_PARAMETERS))
    page = page_of(selection, request.query_params.get("tri", ORDERS.codes[0]), page_number(request))
    ranks = v.PRACTICE_TYPES.codes.index
    rows = [asdict(line) | {"rang": ranks(line.practice_type)} for line in page.lines]
    return {"total": page.total, "page": page.number, "pages": page.page_count, "lignes": rows}


def read_criteria(request: Request, catalogue: Catalogue, others: frozenset[str]) -> Criteria:
    """Return the criteria of a request; raises InvalidParameter for the first that makes no sense."""
    return sure(from_query(request.query_params.multi_items(), catalogue.gazetteer, others))


def page_number(request: Request) -> int:
    """Return the page that a request asks for, from 1; raises InvalidParameter."""
    text = request.query_params.get("page", "1")
    if not re.fullmatch(r"[1-9][0-9]{0,6}", text):
        raise InvalidParameter("page", "un nombre entier à partir de 1 est attendu")
    return int(text)


def viewport(request: Request) -> Viewport:
    """Return the view that a request asks for; raises InvalidParameter."""
    try:
        zoom = int(request.query_params.get("z", ""))
    except ValueError:
        zoom = -1
    if not 0 <= zoom <= DEEPEST_ZOOM:
        raise InvalidParameter("z", f"un nombre entier de 0 à {DEEPEST_ZOOM} est attendu")
    return Viewport(zoom, box_of(request.query_params.get("bbox", ""), unwrapped=True))


def _mark(selection: Selection, mark: Mark) -> dict[str, Any]:
    territory = selection.catalogue.gazetteer[mark.territory] if mark.territory else None
    single = mark.ids[0] if mark.size == 1 and not territory else ""
    row = selection.catalogue.row(single) if single else -1
    return {
        "lon": round(mark.longitude, 5),
        "lat": round(mark.latitude, 5),
        "types": mark.counts,
        "ids": mark.ids,
        "bornes": [round(side, 5) for side in mark.bounds] if mark.bounds else None,
        "territoire": territory.label if territory else "",
        "niveau": territory.level if territory else "",
        "nom": selection.catalogue.practices[row].name if single else "",
        "approche": bool(single) and selection.catalogue.practices[row].precision != "adresse",
    }


def _sheet(catalogue: Catalogue, practice_id: str) -> dict[str, Any]:
    row = catalogue.row(practice_id)
    practice = catalogue.practices[row]
    actors = [
        {"nom": actor.structure.name, "role": v.ROLES.label(actor.role)} for actor in catalogue.actors(practice_id)
    ]
    said = asdict(line(catalogue, row))
    return said | {
        "description": practice.description,
        "precision": practice.place or v.PRECISIONS[practice.precision].definition,
        "acteurs": actors,
        "sans_acteur": "" if actors else "Aucune structure nommée.",
    }
