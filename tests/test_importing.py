"""`python -m cooperations importer`, from a file to what is searched."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cooperations.cli import main
from cooperations.decisions import decide
from cooperations.intake import signature
from cooperations.offers.cards import cards
from cooperations.offers.model import Award, Offer
from cooperations.offers.needs import Need
from cooperations.offers.records import ColumnMapping
from cooperations.offers.search import search
from cooperations.runtime import Application, application
from tests.imported import ATELIER, BEGLES, DECP_LINES, PARTAGE, THREE, WRONG_KEY, a_siae_file, written
from tests.intake.test_sirene import ESTABLISHMENT, UNIT
from tests.making import plain
from tests.offers.offering import ARDITS, HERE, a_correction

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SIAE = "Structures de l’insertion (les emplois de l’inclusion)"


@pytest.fixture
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Application]:
    """Return the application that the command opens, on a database of its own."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/base.sqlite3")
    application.cache_clear()
    yield application()
    application().store.close()
    application.cache_clear()


class Said:
    """What one run of the command answers."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> None:
        self.status = main(["importer", *map(str, arguments)])
        said = capsys.readouterr()
        self.out, self.err = plain(said.out), plain(said.err)

    @property
    def counts(self) -> str:
        """The last line, from its counts."""
        return self.out.splitlines()[-1].rpartition(" : ")[2]


def counts(read: int, added: int = 0, changed: int = 0, unchanged: int = 0, refused: int = 0) -> str:
    """Return the counts as the command says them."""
    return f"{read} lues, {added} ajoutées, {changed} modifiées, {unchanged} inchangées, {refused} refusées."


def names(running: Application) -> dict[str, str]:
    """Return the names of the imported offers by id."""
    ids = [one for one in running.directory().frame["id"] if not one.startswith("pratiques-")]
    return {one: offer.name for one, offer in running.store.lists.rows(Offer, ids).items()}


def test_a_list_is_imported(running: Application, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its profile is known by its columns; the last line has the counts; the buyers find it at once."""
    path = a_siae_file(tmp_path, *THREE)
    said = Said(capsys, path, "--organisation", "GARIE", "--date", "2020-12-01")
    assert (said.status, said.err) == (0, "")
    assert said.out.splitlines()[-1] == f"Import ({SIAE}) : {counts(3, added=3)}"
    (batch,) = running.store.lists.batches()
    assert (batch.organisation, batch.file, batch.profile, batch.added) == ("GARIE", "siae.csv", "siae", 3)
    directory = running.directory()
    found = search(directory, Need(place=HERE, radius_km="20", purchase_families=("espaces_verts", "nettoyage")))
    assert directory.ids(found.rows) == ["siae-1", "siae-2"]
    assert running.store.lists.rows(Offer, ["siae-1"])["siae-1"].source_date.isoformat() == "2020-12-01"


def test_the_same_list_again_changes_nothing(
    running: Application, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Even dated of another day, or sorted in another order."""
    Said(capsys, a_siae_file(tmp_path, *THREE), "--date", "2020-12-01")
    before = running.store.lists.rows(Offer, ["siae-1", "siae-2", "siae-3"])
    said = Said(capsys, a_siae_file(tmp_path, *THREE[::-1]), "--date", "2021-12-01")
    assert (said.status, said.counts) == (0, counts(3, unchanged=3))
    assert running.store.lists.rows(Offer, list(before)) == before
    assert len(running.store.lists.batches()) == 2


def test_a_corrected_list_updates_its_rows(
    running: Application, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By its own key, else by SIRET and kind; one new row, one that is the same, none taken out."""
    Said(capsys, a_siae_file(tmp_path, *THREE))
    renamed = PARTAGE | {"name": "LANDES PARTAGE INSERTION"}
    renumbered = ATELIER | {"pk": "77", "name": "ATELIERS ARDITS"}
    new = BEGLES | {"pk": "9", "kind": "ACI"}
    said = Said(capsys, a_siae_file(tmp_path, renamed, renumbered, BEGLES, new))
    assert (said.status, said.counts) == (0, counts(4, added=1, changed=2, unchanged=1))
    assert names(running) == {
        "siae-1": "LANDES PARTAGE INSERTION",
        "siae-2": "ATELIERS ARDITS",
        "siae-3": "ARCINS ENVIRONNEMENT SERVICE",
        "siae-9": "ARCINS ENVIRONNEMENT SERVICE",
    }
    changed = [one for one in running.store.revisions() if one["entity"] == "offer"]
    assert {one["before"]["name"] for one in changed} == {"LANDES PARTAGE", "ARDITS"}


def test_what_a_person_corrected_survives_a_new_list(
    running: Application, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The list changes the row; the corrected value still holds, in the search as on the card."""
    Said(capsys, a_siae_file(tmp_path, *THREE))
    running.store.lists.correct([a_correction("siae-2", "name", "Les Jardins d’Ardits")])
    said = Said(capsys, a_siae_file(tmp_path, PARTAGE, ATELIER | {"name": "ATELIERS ARDITS", "naf": "9601B"}, BEGLES))
    assert said.counts == counts(3, changed=1, unchanged=2)
    assert running.store.lists.rows(Offer, ["siae-2"])["siae-2"].name == "ATELIERS ARDITS"
    directory = running.directory()
    assert directory.ids(search(directory, Need(text="jardins d'ardits")).rows) == ["siae-2"]
    (card,) = cards(directory, running.store, ["siae-2"])
    assert (card.offer.name, card.offer.naf) == ("Les Jardins d’Ardits", "9601B")


def test_refused_rows_stop_everything(running: Application, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 1, each refused row with its line, column and remedy; nothing is kept, and the counts say so."""
    said = Said(capsys, a_siae_file(tmp_path, PARTAGE, WRONG_KEY, BEGLES))
    assert said.status == 1
    assert "siae.csv, ligne 3, colonne « siret »" in said.err
    assert "Une ligne est refusée : rien n’est importé." in said.err
    assert said.out.splitlines()[-1] == f"Rien n’est importé ({SIAE}) : {counts(3, added=2, refused=1)}"
    assert (names(running), running.store.lists.batches(), running.store.lists.revision()) == ({}, (), 0)


def test_the_good_rows_are_kept_when_asked(
    running: Application, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 0; accepted and refused make what was read."""
    said = Said(capsys, a_siae_file(tmp_path, PARTAGE, WRONG_KEY, BEGLES), "--garder-les-bonnes")
    assert (said.status, said.counts) == (0, counts(3, added=2, refused=1))
    assert sorted(names(running)) == ["siae-1", "siae-3"]
    (batch,) = running.store.lists.batches()
    assert batch.read == batch.added + batch.changed + batch.unchanged + batch.refused


@pytest.mark.parametrize("rows", [THREE, (PARTAGE, WRONG_KEY)], ids=["all good", "one refused"])
def test_a_try_keeps_nothing(
    running: Application, tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: tuple[dict[str, str], ...]
) -> None:
    """It says what would change, and that nothing did."""
    said = Said(capsys, a_siae_file(tmp_path, *rows), "--essai")
    assert said.status == 0
    assert said.out.splitlines()[-1].startswith(f"Rien n’est importé ({SIAE}) : {len(rows)} lues")
    assert (names(running), running.store.lists.batches()) == ({}, ())


def test_refused_rows_come_back_as_a_file_that_is_imported_again(
    running: Application, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each with its reason; corrected in a spreadsheet, the file is imported as it is."""
    rejects = tmp_path / "rejets.csv"
    path = a_siae_file(tmp_path, PARTAGE, WRONG_KEY, BEGLES)
    said = Said(capsys, path, "--garder-les-bonnes", "--rejets", rejects)
    assert f"Lignes refusées rendues dans {rejects}." in said.out
    text = rejects.read_bytes().decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text.partition("\r\n")[2]), delimiter=";")
    assert (row["ligne"], row["colonne"], row["valeur"]) == ("3", "siret", WRONG_KEY["siret"])
    assert row["raison"]
    assert row["que faire"]
    again = Said(capsys, rejects)
    assert (again.status, again.counts) == (1, counts(1, refused=1))
    rejects.write_bytes(text.replace(WRONG_KEY["siret"], ARDITS).encode("utf-8-sig"))
    corrected = Said(capsys, rejects)
    assert (corrected.status, corrected.counts) == (0, counts(1, added=1))
    assert Said(capsys, a_siae_file(tmp_path, *THREE)).counts == counts(3, unchanged=3)
    assert sorted(names(running)) == ["siae-1", "siae-2", "siae-3"]


def test_without_refused_rows_there_is_no_file(
    running: Application, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing to correct is no empty file to open."""
    Said(capsys, a_siae_file(tmp_path, *THREE), "--rejets", tmp_path / "rejets.csv")
    assert not (tmp_path / "rejets.csv").exists()
    assert len(names(running)) == 3


OTHER = ["Raison;N° de SIRET;Ville;Ce qu’elle fait", f"Ardits;{ARDITS};Villeneuve-de-Marsan;Élagage"]


def test_a_list_that_nobody_knows_is_said(
    running: Application, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 1 and what to do; nothing is guessed."""
    said = Said(capsys, written(tmp_path, "cress.csv", OTHER))
    assert (said.status, said.out) == (1, "")
    assert "aucun profil ne connaît ces colonnes" in said.err
    assert running.store.lists.batches() == ()


def test_a_mapping_that_was_kept_is_found_again(
    running: Application, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The columns that a person explained once are read the same way, whatever their order."""
    explained = {
        "signature": signature(OTHER[0].split(";")),
        "source": "liste-cress",
        "source_label": "Liste de la CRESS, Licence Ouverte 2.0",
        "columns": '{"name": "Raison", "siret": "N° de SIRET", "city": "Ville", "activity": "Ce qu’elle fait"}',
        "organisation": "CRESS",
    }
    running.store.add(decide(ColumnMapping, **explained), "CRESS")
    said = Said(capsys, written(tmp_path, "cress.csv", OTHER))
    assert (said.status, said.counts) == (0, counts(1, added=1))
    assert "Colonnes lues comme la dernière fois : Liste de la CRESS, Licence Ouverte 2.0." in said.out
    turned = [";".join(line.split(";")[::-1]) for line in OTHER]
    assert Said(capsys, written(tmp_path, "cress-2.csv", turned)).counts == counts(1, unchanged=1)
    (offer_id,) = names(running)
    offer = running.store.lists.rows(Offer, [offer_id])[offer_id]
    assert (offer.source, offer.siret, offer.activity) == ("liste-cress", ARDITS, "Élagage")
    assert offer.purchase_families == "espaces_verts"


def test_contracts_are_joined_to_structures(
    running: Application, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A list of contracts is told by its columns, and shown beside who holds them."""
    Said(capsys, a_siae_file(tmp_path, *THREE))
    said = Said(capsys, written(tmp_path, "decp.csv", DECP_LINES))
    assert (said.status, said.counts) == (0, counts(1, added=1))
    (award,) = running.store.lists.awards_of([ARDITS[:9]])
    assert (award.purchase_family, award.amount_eur, award.department_code) == ("espaces_verts", 12500.5, "40")
    assert running.store.lists.rows(Award, [award.id]) == {award.id: award}
    (card,) = cards(running.directory(), running.store, ["siae-2"])
    assert card.awards == (award,)
    assert Said(capsys, written(tmp_path, "decp.csv", DECP_LINES)).counts == counts(1, unchanged=1)


def a_stock(folder: Path, *rows: dict[str, Any], name: str = "stock.parquet") -> Path:
    """Write a SIRENE stock whose establishments bear what their legal unit says."""
    whole = [ESTABLISHMENT | UNIT | row for row in rows]
    columns = {column: pa.array([row.get(column) for row in whole], pa.string()) for column in whole[0]}
    pq.write_table(pa.table(columns), folder / name)
    return folder / name


def test_a_stock_is_imported(running: Application, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Those of the ESS alone; what the filter left out is counted and said; again, nothing changes."""
    path = a_stock(
        tmp_path,
        {},
        {"siret": "64445000900019", "economieSocialeSolidaireUniteLegale": "N"},
        {"siret": ARDITS, "etatAdministratifEtablissement": "F"},
    )
    said = Said(capsys, path, "--profil", "sirene", "--date", "2026-01-01")
    assert (said.status, said.counts) == (0, counts(1, added=1))
    assert "établissements lus dans le stock" in said.out
    assert "laissés de côté : hors de l’ess" in said.out
    (offer,) = running.store.lists.rows(Offer, [f"sirene-{ESTABLISHMENT['siret']}"]).values()
    assert (offer.name, offer.source, offer.commune_code) == ("LES JARDINS DU MIDOU", "sirene", "40192")
    directory = running.directory()
    found = search(directory, Need(place=HERE, radius_km="5", purchase_families=("alimentation",)))
    assert directory.ids(found.rows) == [offer.id]
    assert Said(capsys, path, "--profil", "sirene").counts == counts(1, unchanged=1)
    assert Said(capsys, path, "--profil", "sirene", "--departements", "64", "--essai").counts == counts(0)


def test_a_stock_in_two_files_is_imported(
    running: Application, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Establishments, and the legal units beside them."""
    both = a_stock(tmp_path, {})
    table = pq.read_table(both)
    paths = {"etablissements.parquet": list(ESTABLISHMENT), "unites.parquet": list(UNIT)}
    for name, columns in paths.items():
        pq.write_table(table.select(columns), tmp_path / name)
    first, units = (tmp_path / name for name in paths)
    said = Said(capsys, first, "--profil", "sirene", "--unites", units)
    assert (said.status, said.counts) == (0, counts(1, added=1))
    assert names(running) == {f"sirene-{ESTABLISHMENT['siret']}": "LES JARDINS DU MIDOU"}


@pytest.mark.parametrize(
    ("lines", "options", "problem"),
    [
        pytest.param(None, [], "fichier introuvable", id="no such file"),
        pytest.param([""], [], "siae.csv", id="an empty file"),
        pytest.param(DECP_LINES, ["--profil", "siae"], "aucun profil ne connaît ces colonnes", id="another profile"),
        pytest.param(DECP_LINES, ["--profil", "sirene"], "siae.csv", id="no stock"),
    ],
)
def test_a_file_that_cannot_be_read_is_said(  # noqa: PLR0913 - three fixtures and a case
    running: Application, tmp_path: Path, capsys: pytest.CaptureFixture[str], *, lines: list[str] | None,
    options: list[str], problem: str,
) -> None:  # fmt: skip
    """Exit 1 and a sentence that names the file, never a traceback."""
    path = tmp_path / "siae.csv" if lines is None else written(tmp_path, "siae.csv", lines)
    said = Said(capsys, path, *options)
    assert (said.status, said.out) == (1, "")
    assert problem in said.err
    assert running.store.lists.revision() == 0


def test_an_import_that_nobody_signs_is_refused(
    running: Application, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every batch says which organisation brought it."""
    said = Said(capsys, a_siae_file(tmp_path, *THREE), "--organisation", " ")
    assert said.status == 1
    assert "Nommer l’organisation qui importe." in said.err
    assert names(running) == {}


@pytest.mark.parametrize(
    "options",
    [
        pytest.param([], id="no file"),
        pytest.param(["siae.csv", "--profil", "inconnu"], id="unknown profile"),
        pytest.param(["siae.csv", "--date", "01/12/2020"], id="French order of a date"),
    ],
)
def test_usage_is_shown(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2 and the way to call it."""
    with pytest.raises(SystemExit) as leaving:
        main(["importer", *options])
    assert leaving.value.code == 2
    assert "importer" in capsys.readouterr().err
