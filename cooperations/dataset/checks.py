"""What no single row can know: duplicates, links between files, territories, and points against them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cooperations.dataset.reader import Row, Table, columns
from cooperations.errors import DataIssue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from cooperations.model import Event, Participation, Practice, Structure
    from cooperations.territories import Gazetteer, Territory


def check_unique(table: Table[Any], key: tuple[str, ...], names: tuple[str, ...]) -> Iterator[DataIssue]:
    """Yield an issue for each row whose key was already met; `names` are the columns of `key`."""
    first: dict[tuple[str, ...], int] = {}
    for row in table.rows:
        value = tuple(getattr(row.record, part) for part in key)
        if value in first:
            shown = " / ".join(value)
            problem = f"identifiant en double, déjà ligne {first[value]}"
            yield DataIssue(
                table.file, row.line, names[0], shown, problem, "Donner un autre identifiant, ou retirer la ligne."
            )
        first.setdefault(value, row.line)


def check_links(
    participations: Table[Participation], events: Table[Event], practices: Collection[str], structures: Collection[str]
) -> Iterator[DataIssue]:
    """Yield an issue for each identifier that names no practice or no structure."""
    for link in participations.rows:
        yield from _dangling(participations.file, link, "practice_id", practices, "pratiques.csv")
        yield from _dangling(participations.file, link, "structure_id", structures, "structures.csv")
    for event in events.rows:
        if event.record.organiser_id:
            yield from _dangling(events.file, event, "organiser_id", structures, "structures.csv")


def _dangling(file: str, row: Row[Any], name: str, known: Collection[str], target: str) -> Iterator[DataIssue]:
    value = getattr(row.record, name)
    if value not in known:
        column = columns(type(row.record))[list(type(row.record).model_fields).index(name)]
        yield DataIssue(
            file,
            row.line,
            column,
            value,
            f"identifiant absent de {target}",
            f"Ajouter la ligne à {target}, ou corriger.",
        )


def check_territories(table: Table[Practice], gazetteer: Gazetteer) -> Iterator[DataIssue]:
    """Yield an issue for each territory code that geo/ does not hold, and for each misplaced point."""
    for row in table.rows:
        unknown = [key for key in row.record.territories if key not in gazetteer]
        for key in unknown:
            yield _unknown_code(table.file, row.line, "territoires", key, gazetteer.successor(key))
        if not unknown:
            yield from _check_perimeter(table.file, row, gazetteer)
        if not unknown and row.record.longitude is not None and row.record.latitude is not None:
            point = (row.record.longitude, row.record.latitude)
            yield from _check_point(table.file, row.line, point, row.record.territories, gazetteer)


def check_structure_places(table: Table[Structure], gazetteer: Gazetteer) -> Iterator[DataIssue]:
    """Yield an issue for each unknown commune, and for each point outside its commune."""
    for row in table.rows:
        yield from _check_commune(table.file, row.line, row.record, gazetteer)


def check_events(table: Table[Event], gazetteer: Gazetteer) -> Iterator[DataIssue]:
    """Yield an issue for each meeting that has no date, or an end alone, and for each place that geo/ does not hold."""
    for row in table.rows:
        event = row.record
        if event.starts_at is None and event.ends_at is not None:
            shown = event.ends_at.isoformat()
            yield DataIssue(table.file, row.line, "fin", shown, "une fin sans début", "Donner aussi le début.")
        elif event.starts_at is None and event.period is None:
            remedy = "Donner le début, ou le mois ou l’année dans periode."
            yield DataIssue(table.file, row.line, "debut", "", "ni début ni période", remedy)
        for key in event.territories:
            if key not in gazetteer:
                yield _unknown_code(table.file, row.line, "territoires", key, gazetteer.successor(key))
        yield from _check_commune(table.file, row.line, event, gazetteer)


def _check_commune(file: str, line: int, placed: Structure | Event, gazetteer: Gazetteer) -> Iterator[DataIssue]:
    """Yield an issue for an unknown commune, or for a point outside it."""
    code = placed.commune_code
    if code and f"commune:{code}" not in gazetteer:
        yield _unknown_code(file, line, "code_commune", code, gazetteer.successor(f"commune:{code}"))
    elif code and placed.longitude is not None and placed.latitude is not None:
        yield from _check_point(file, line, (placed.longitude, placed.latitude), (f"commune:{code}",), gazetteer)


def _check_perimeter(file: str, row: Row[Practice], gazetteer: Gazetteer) -> Iterator[DataIssue]:
    outside = row.record.precision == "hors_perimetre"
    for key in row.record.territories:
        if gazetteer[key].in_perimeter == outside:
            problem = f"{gazetteer[key].label} est {'dans' if outside else 'hors de'} la région"
            remedy = "Corriger le territoire, ou la précision « hors_perimetre »."
            yield DataIssue(file, row.line, "territoires", key, problem, remedy)


def _unknown_code(file: str, line: int, column: str, value: str, successor: Territory | None) -> DataIssue:
    remedy = "Chercher le code INSEE du territoire dans geo/README.md."
    if successor:
        today = successor.key if ":" in value else successor.code
        remedy = f"Vouliez-vous dire « {today} » ({successor.name}) ?"
    return DataIssue(file, line, column, value, "code absent de geo/", remedy)


def _check_point(
    file: str, line: int, point: tuple[float, float], keys: tuple[str, ...], gazetteer: Gazetteer
) -> Iterator[DataIssue]:
    longitude, latitude = point
    if not keys or gazetteer.covers(keys, longitude, latitude):
        return
    shown = f"{longitude:g} ; {latitude:g}"
    declared = " ou ".join(gazetteer[key].label for key in keys)
    if gazetteer.covers(keys, latitude, longitude):
        yield DataIssue(file, line, "longitude", shown, "longitude et latitude inversées", "Échanger les deux valeurs.")
    elif gazetteer.covers(keys, -longitude, latitude):
        remedy = f"Vouliez-vous dire « {-longitude:g} » ?"
        yield DataIssue(file, line, "longitude", shown, "signe moins de la longitude perdu", remedy)
    else:
        found = gazetteer.locate(longitude, latitude)
        where = f"dans {found.label}" if found else "hors des territoires connus"
        problem = f"le point tombe {where}, et non dans {declared}"
        yield DataIssue(file, line, "longitude", shown, problem, "Corriger le point ou le territoire.")
