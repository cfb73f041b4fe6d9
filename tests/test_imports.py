"""Bringing a list in: prepared, shown, then kept whole or not at all. The command line is in test_importing.py."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from cooperations.decisions import decide
from cooperations.errors import (
    CooperationsError,
    InvalidDecision,
    InvalidParameter,
    RefusedRows,
    UnknownColumns,
    http_status,
)
from cooperations.imports import Order, Prepared, guided, keep, known_mapping, prepare, today
from cooperations.intake import Guided, signature
from cooperations.offers.model import Offer
from cooperations.offers.records import ColumnMapping
from cooperations.runtime import Application, application
from tests.imported import ATELIER, BEGLES, PARTAGE, THREE, WRONG_KEY, a_siae_file
from tests.structures import application_with

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = date(2020, 12, 1)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Application]:
    """Return an application that holds no list yet."""
    with application_with(tmp_path, {}) as opened:
        yield opened


def prepared(running: Application, folder: Path, *rows: dict[str, str], day: date = DAY) -> Prepared:
    """Return a list of the SIAE, read and compared."""
    path = a_siae_file(folder, *rows)
    return prepare(running, Order(path.name, path.read_bytes(), day))


def test_nothing_is_kept_before_it_is_asked(running: Application, tmp_path: Path) -> None:
    """A preview says what would change, and the database is as it was."""
    shown = prepared(running, tmp_path, *THREE)
    assert (shown.changes, len(shown.plan.added), shown.plan.unchanged) == (3, 3, 0)
    assert (running.store.lists.revision(), running.store.revisions()[-1]["author"]) == (0, "data/")


def test_a_batch_says_what_came_of_each_row(running: Application, tmp_path: Path) -> None:
    """Read is added, changed, unchanged and refused; the file is known by its digest, given as bytes or as a path."""
    keep(running, prepared(running, tmp_path, *THREE), "CRESS")
    rows = (PARTAGE, BEGLES | {"name": "ARCINS"}, ATELIER | {"pk": "8", "kind": "EI"}, WRONG_KEY | {"pk": "9"})
    path = a_siae_file(tmp_path, *rows)
    shown = [prepare(running, Order(path.name, content, DAY)) for content in (path, path.read_bytes())]
    assert shown[0].digest == shown[1].digest
    batch = keep(running, shown[0], " GARIE ", keep_good=True)
    assert (batch.read, batch.added, batch.changed, batch.unchanged, batch.refused) == (4, 1, 1, 1, 1)
    assert (batch.organisation, batch.file_digest, batch.profile) == ("GARIE", shown[0].digest, "siae")
    assert running.store.lists.batches()[0] == batch


def test_refused_rows_are_never_dropped_unasked(running: Application, tmp_path: Path) -> None:
    """All or nothing, unless somebody says to keep the good ones."""
    shown = prepared(running, tmp_path, PARTAGE, WRONG_KEY, BEGLES | {"siret": "1"})
    with pytest.raises(RefusedRows, match=r"2 lignes sont refusées\s: rien n’est importé") as refused:
        keep(running, shown, "CRESS")
    assert (http_status(refused.value), running.store.lists.revision()) == (422, 0)
    assert keep(running, shown, "CRESS", keep_good=True).added == 1


@pytest.mark.parametrize("name", ["..", "/", "../../etc/cron.d/x.csv", "a\x00b.csv", "x" * 400 + ".csv", "é" * 200])
def test_the_name_of_a_file_leads_nowhere(running: Application, name: str) -> None:
    """What is set down for a moment stays in its folder, whatever it is called; the answer is about what it holds."""
    with pytest.raises(CooperationsError):
        prepare(running, Order(name, b"siret;etatAdministratifEtablissement\n1;A\n", DAY, profile="sirene"))
    assert running.store.lists.batches() == ()


def test_who_imports_is_said(running: Application, tmp_path: Path) -> None:
    """An organisation signs every import."""
    shown = prepared(running, tmp_path, *THREE)
    with pytest.raises(InvalidDecision, match="L’organisation manque"):
        keep(running, shown, "  ")
    assert running.store.lists.batches() == ()


def test_what_somebody_imported_meanwhile_counts(running: Application, tmp_path: Path) -> None:
    """Two people look at the same list: whoever comes second changes what differs, and adds nothing twice."""
    mine = prepared(running, tmp_path, *THREE)
    others = prepared(running, tmp_path, PARTAGE, ATELIER | {"name": "ATELIERS ARDITS"})
    keep(running, others, "GARIE")
    batch = keep(running, mine, "CRESS")
    assert (batch.added, batch.changed, batch.unchanged) == (1, 1, 1)
    assert running.store.lists.rows(Offer, ["siae-2"])["siae-2"].name == "ARDITS"


def test_the_same_import_kept_twice_changes_nothing(running: Application, tmp_path: Path) -> None:
    """Two clicks on the same button."""
    shown = prepared(running, tmp_path, *THREE)
    keep(running, shown, "CRESS")
    again = keep(running, shown, "CRESS")
    assert (again.added, again.changed, again.unchanged) == (0, 0, 3)


def test_every_value_keeps_its_source_and_day(running: Application, tmp_path: Path) -> None:
    """A row that a later list changes is of that day; the others keep theirs."""
    keep(running, prepared(running, tmp_path, *THREE), "CRESS")
    later = date(2021, 6, 1)
    keep(running, prepared(running, tmp_path, PARTAGE | {"city": "MONT DE MARSAN"}, *THREE[1:], day=later), "CRESS")
    rows = running.store.lists.rows(Offer, ["siae-1", "siae-2"])
    assert {one: (row.source, row.source_date) for one, row in rows.items()} == {
        "siae-1": ("siae", later),
        "siae-2": ("siae", DAY),
    }


def test_progress_goes_from_nothing_to_all(running: Application, tmp_path: Path) -> None:
    """In order, each step said in French."""
    steps: list[tuple[float, str]] = []
    path = a_siae_file(tmp_path, *THREE)
    prepare(running, Order(path.name, path, DAY), lambda share, what: steps.append((share, what)))
    shares = [share for share, _ in steps]
    assert (shares[0], shares[-1], shares) == (0.0, 1.0, sorted(shares))
    assert all(what for _, what in steps)


OTHER = "Raison;Numéro;Ville\nArdits;41843528500030;Villeneuve-de-Marsan\n".encode()
MAPPING = Guided({"name": "Raison", "siret": "Numéro", "city": "Ville"}, "liste-cress", "Liste de la CRESS")


def test_an_unknown_list_is_read_by_a_mapping(running: Application) -> None:
    """Nothing is guessed: the header comes back with what could fit, and the person says the rest."""
    order = Order("cress.csv", OTHER, DAY)
    with pytest.raises(UnknownColumns) as unknown:
        prepare(running, order)
    assert unknown.value.header == ("Raison", "Numéro", "Ville")
    assert unknown.value.suggested["city"] == "Ville"
    shown = prepare(running, replace(order, mapping=MAPPING))
    assert keep(running, shown, "CRESS").profile == "liste-cress"
    (offer,) = running.store.lists.rows(Offer, [shown.plan.added["id"].iloc[0]]).values()
    assert (offer.source, offer.name, offer.siret, offer.city) == (
        "liste-cress",
        "Ardits",
        "41843528500030",
        "Villeneuve-de-Marsan",
    )


def test_a_wrong_mapping_is_said(running: Application) -> None:
    """A column that the file does not have."""
    wrong = Guided({"name": "Nom"}, "liste-cress", "Liste")
    with pytest.raises(InvalidParameter, match=r"n’a pas de colonne «\sNom\s»"):
        prepare(running, Order("cress.csv", OTHER, DAY, mapping=wrong))


def test_the_last_mapping_kept_is_found_by_the_columns() -> None:
    """Whatever their order or case; another set of columns is another list."""
    header = ("Raison", "Numéro", "Ville")
    made = [
        decide(
            ColumnMapping,
            signature=signature(header),
            source=source,
            source_label="Liste",
            columns='{"name": "Raison"}',
            organisation="CRESS",
        )
        for source in ("une", "autre")
    ]
    found = known_mapping(made, ("ville", "NUMÉRO", "raison"))
    assert found == made[1]
    assert guided(made[1]) == Guided({"name": "Raison"}, "autre", "Liste")
    assert known_mapping(made, ("Raison", "Numéro")) is None
    assert known_mapping([], header) is None


def test_today_is_a_day(running: Application) -> None:
    """The day of the facts when nobody says another; the application of the tests is its own."""
    assert today() >= date(2026, 1, 1)
    assert running is application()
