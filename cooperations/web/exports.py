"""The tables of coverage as files to take away."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from starlette.responses import Response

from cooperations.coverage import gaps
from cooperations.coverage.tables import actions_sheet, gaps_sheet, matching_actions, matrix_sheet
from cooperations.criteria import EVERYTHING
from cooperations.decisions import PARIS
from cooperations.exports import Sheet, cover_lines, data_day, to_csv, to_xlsx
from cooperations.runtime import application
from cooperations.web.answers import answering, problem
from cooperations.web.coverage_data import read_coverage

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from cooperations.coverage import Coverage
    from cooperations.criteria import Criteria

OWN_PARAMETERS = frozenset({"compter"})
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
COUNTED = {
    "ici": "pratiques situées dans chaque territoire",
    "couvrant": "pratiques situées dans chaque territoire ou qui le couvrent",
}


def _matrix(shown: Coverage) -> tuple[str, Criteria, Sheet]:
    title = f"Matrice de couverture ({COUNTED[shown.counting]})"
    return title, shown.criteria, matrix_sheet(shown)


def _gaps(shown: Coverage) -> tuple[str, Criteria, Sheet]:
    title = f"Manques ({COUNTED[shown.counting]})"
    return title, shown.criteria, gaps_sheet(gaps(shown), shown.catalogue.gazetteer)


def _actions(shown: Coverage) -> tuple[str, Criteria, Sheet]:
    # An action has a type and a territory, and nothing else to be filtered by: the cover says what was applied.
    kept = replace(EVERYTHING, practice_types=shown.criteria.practice_types, territories=shown.criteria.territories)
    actions = matching_actions(application().decisions().actions, kept, shown.catalogue.gazetteer)
    return "Plan d’actions", kept, actions_sheet(actions, shown.catalogue)


TABLES: dict[str, Callable[[Coverage], tuple[str, Criteria, Sheet]]] = {
    "matrice": _matrix,
    "manques": _gaps,
    "actions": _actions,
}


@answering
def coverage_table(request: Request) -> Response:
    """Answer one table of coverage as a file; its name has the day."""
    name, extension = request.path_params["table"], request.path_params["extension"]
    if name not in TABLES or extension not in MEDIA_TYPES:
        return problem(
            404, f"Cet export n’existe pas. Tables : {', '.join(TABLES)} ; formats : {', '.join(MEDIA_TYPES)}."
        )
    shown = read_coverage(request, OWN_PARAMETERS)
    today = datetime.now(PARIS).date()
    title, criteria, sheet = TABLES[name](shown)
    cover = cover_lines(title, criteria, shown.catalogue, today)
    content = to_csv(sheet, cover) if extension == "csv" else to_xlsx([sheet], cover, data_day(shown.catalogue))
    headers = {
        "content-disposition": f'attachment; filename="couverture-{name}-{today.isoformat()}.{extension}"',
        "cache-control": "no-store",
    }
    return Response(content, media_type=MEDIA_TYPES[extension], headers=headers)
