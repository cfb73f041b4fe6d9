"""Saving while people write, and putting back, on each backend and from one to the other."""

from __future__ import annotations

import json
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from hashlib import sha256
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import MetaData, select, text

from cooperations.accounts import managing
from cooperations.accounts.entering import Asked, exchange, invite, person_of
from cooperations.accounts.rights import KEEPER, VISITOR
from cooperations.decisions import Draft, Survey, decide
from cooperations.errors import UnreadableFile
from cooperations.store import Store
from cooperations.store.backup import MANIFEST, Backups, check
from cooperations.store.schema import head, upgrade
from tests.servers import new_database

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cooperations.dataset import Dataset

MOVED = {"revision", "state"}
"""What a restoration numbers anew, so that each process sees it."""


@pytest.fixture(autouse=True)
def _secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COOPERATIONS_SECRET", "x" * 32)


@pytest.fixture
def filled(store: Store, dataset: Dataset) -> Store:
    """Return a store with the published dataset, a decision and an account."""
    store.load(dataset, "essai")
    store.add(a_survey(), "CRESS")
    exchange(store.accounts, invite(store.accounts, KEEPER, Asked("CRESS", "membre")).rpartition("/")[2])
    return store


def a_survey() -> Survey:
    return decide(
        Survey,
        practice_code="achats_inter_ess",
        territory="departement:47",
        finding="rien_trouve",
        organisation="CRESS « d’essai »",
        day=date(2026, 11, 2),
        note="Rien.\nEncore rien.",
    )


def a_draft(name: str) -> Draft:
    place = {"practice_code": "achats_inter_ess", "territory": "departement:47"}
    return decide(Draft, **place, name=name, organisation="CRESS", note=None)


def rows(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Return all that a database holds."""
    found = MetaData()
    with store.database.transaction() as connection:
        found.reflect(connection)
        return {
            table.name: [dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()]
            for table in found.sorted_tables
        }


def same(one: Store, other: Store) -> bool:
    before, after = rows(one), rows(other)
    return all(before[name] == after[name] for name in before.keys() - MOVED)


def test_what_is_put_back_is_what_was_saved(filled: Store, dataset: Dataset, tmp_path: Path) -> None:
    """Whatever was written since is gone, and readers see another revision."""
    before, revision = rows(filled), filled.revision()
    manifest = filled.backups.save(tmp_path / "sauvegarde.zip")
    assert manifest.schema == head()
    assert manifest.rows == sum(len(found) for name, found in before.items() if name != "alembic_version")
    filled.add(a_draft("Après"), "CRESS")
    filled.load(type(dataset)((), (), (), (), "vide"), "essai")
    filled.backups.restore(tmp_path / "sauvegarde.zip")
    after = rows(filled)
    assert {name: after[name] for name in after.keys() - MOVED} == {
        name: before[name] for name in before.keys() - MOVED
    }
    assert after["revision"][:-1] == before["revision"]
    assert filled.revision() > revision
    assert filled.digest() == dataset.digest
    filled.add(a_draft("Et l’on continue"), "CRESS")
    assert filled.revisions()[-1]["number"] > filled.revision()


def test_a_backup_goes_from_one_backend_to_the_other(filled: Store, url: str, tmp_path: Path, request: Any) -> None:
    """A small instance grows: what SQLite saved, PostgreSQL takes, and the other way round."""
    filled.backups.save(tmp_path / "sauvegarde.zip")
    other_url = f"sqlite:///{tmp_path}/autre.sqlite3"
    if url.startswith("sqlite"):
        other_url = new_database(request.getfixturevalue("postgresql"))
    other = Store(other_url)
    other.migrate()
    other.backups.restore(tmp_path / "sauvegarde.zip")
    assert same(filled, other)
    assert other.read()[0] == filled.read()[0]
    other.close()


def test_saving_while_others_write_gives_one_moment(filled: Store, tmp_path: Path) -> None:
    """Every draft of the backup has its revision, and every revision its draft."""

    def write(number: int) -> None:
        filled.add(a_draft(f"Pendant {number}"), "CRESS")

    with ThreadPoolExecutor(4) as pool:
        writes = [pool.submit(write, number) for number in range(40)]
        paths = [tmp_path / f"{number}.zip" for number in range(4)]
        for path in paths:
            filled.backups.save(path)
        for done in writes:
            done.result()
    for path in paths:
        with zipfile.ZipFile(path) as archive:
            read = {name: archive.read(f"tables/{name}.jsonl").decode().splitlines() for name in ("draft", "revision")}
        drafts = {json.loads(line)["id"] for line in read["draft"]}
        noted = {row["entity_id"] for row in map(json.loads, read["revision"]) if row["entity"] == "draft"}
        assert drafts == noted


def test_who_reads_while_it_is_put_back_sees_one_state_or_the_other(
    filled: Store, dataset: Dataset, tmp_path: Path
) -> None:
    """Never half of each, never nothing."""
    filled.backups.save(tmp_path / "sauvegarde.zip")
    filled.load(type(dataset)(dataset.practices[:3], (), (), (), "trois"), "essai")
    stop = Event()

    def read() -> set[tuple[int, int, str]]:
        seen = set()
        while not stop.is_set():
            found, _ = filled.read()
            seen.add((len(found.practices), len(found.structures), found.digest))
        return seen

    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(read) for _ in range(3)]
        filled.backups.restore(tmp_path / "sauvegarde.zip")
        filled.read()
        stop.set()
        seen = set.union(*(reader.result() for reader in readers))
    assert seen <= {(3, 0, "trois"), (19, 23, dataset.digest)}


def test_an_account_closed_since_stays_closed(filled: Store, tmp_path: Path) -> None:
    """Going back in time lets nobody in again, even with the session of that time."""
    account, session = exchange(
        filled.accounts, invite(filled.accounts, KEEPER, Asked("Partie", "moderateur")).rpartition("/")[2]
    )
    filled.backups.save(tmp_path / "sauvegarde.zip")
    managing.close(filled.accounts, KEEPER, account.id)
    filled.backups.restore(tmp_path / "sauvegarde.zip")
    assert person_of(filled.accounts, session) == VISITOR


def test_a_backup_of_an_older_schema_is_brought_up_to_date(filled: Store, tmp_path: Path) -> None:
    """What an earlier version saved is put back as it was, then migrated."""
    old = Store(f"sqlite:///{tmp_path}/ancien.sqlite3")
    with old.database.transaction(write=True) as connection:
        upgrade(connection, "0002")
        connection.execute(text("INSERT INTO state VALUES (1, 0, 'ancien')"))
        connection.execute(
            text(
                "INSERT INTO survey VALUES ('i', '2020-01-01T00:00:00+00:00', 'achats_inter_ess', 'departement:47', "
                "'rien_trouve', 'CRESS', '2019-12-31', NULL)"
            )
        )
    Backups(old.database).save(tmp_path / "ancienne.zip")
    old.close()
    filled.backups.restore(tmp_path / "ancienne.zip")
    (survey,) = filled.recorded(Survey)
    assert survey.day == date(2019, 12, 31)
    assert filled.digest() == "ancien"
    assert filled.accounts.all() == ()


def rewritten(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """Write a backup again, some of its files changed."""
    other = path.with_name("autre.zip")
    with zipfile.ZipFile(path) as read, zipfile.ZipFile(other, "w") as out:
        for name in read.namelist():
            out.writestr(name, change(name, read.read(name)))
    return other


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(lambda n, b: b[:-1] if n == "tables/practice.jsonl" else b, "n’est plus ce qui", id="altered"),
        pytest.param(lambda n, b: b"{}" if n == MANIFEST else b, "entière", id="an empty manifest"),
        pytest.param(
            lambda n, b: b.replace(f'"{head()}"'.encode(), b'"9999"') if n == MANIFEST else b,
            "plus récente",
            id="newer",
        ),
        pytest.param(
            lambda n, b: b.replace(b'"practice"', b'"../../x"') if n == MANIFEST else b, "entière", id="a path"
        ),
    ],
)
def test_a_backup_that_is_not_whole_changes_nothing(
    filled: Store, tmp_path: Path, change: Callable[[str, bytes], bytes], words: str
) -> None:
    """It is refused in one sentence before anything is touched."""
    path = tmp_path / "sauvegarde.zip"
    filled.backups.save(path)
    before = rows(filled)
    with pytest.raises(UnreadableFile, match=words):
        filled.backups.restore(rewritten(path, change))
    assert rows(filled) == before


@pytest.mark.parametrize("content", [b"", b"PK", b"pas un zip" * 100])
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    """Any file, and none."""
    (tmp_path / "x.zip").write_bytes(content)
    for path in (tmp_path / "x.zip", tmp_path / "absent.zip"):
        with pytest.raises(UnreadableFile, match="sauvegarde entière"):
            check(path)


def test_a_restoration_that_fails_half_way_changes_nothing(filled: Store, tmp_path: Path) -> None:
    """The rows of one table are wrong, though their digest is right: all the others stay as they were too."""
    path = tmp_path / "sauvegarde.zip"
    filled.backups.save(path)
    with zipfile.ZipFile(path) as archive:
        line = archive.read("tables/account.jsonl")
    twice = rewritten(path, lambda name, body: line * 2 if name == "tables/account.jsonl" else body)

    def lie(name: str, body: bytes) -> bytes:
        if name != MANIFEST:
            return body
        told = json.loads(body)
        told["tables"]["account"] = {"rows": 2, "digest": sha256(line * 2).hexdigest()}
        return json.dumps(told).encode()

    before = rows(filled)
    forged = rewritten(twice.rename(tmp_path / "deux.zip"), lie)
    with pytest.raises(Exception, match="account"):
        filled.backups.restore(forged)
    assert rows(filled) == before
