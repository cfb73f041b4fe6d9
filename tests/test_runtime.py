"""The running application, from one start to the next."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from cooperations.dataset import Dataset, load_dataset
from cooperations.decisions import PARIS, Draft, decide
from cooperations.errors import DatasetError, StoreUnavailable
from cooperations.offers.records import ShortList
from cooperations.runtime import IMPORT_AUTHOR, Application, application, read_geo
from cooperations.settings import Settings
from cooperations.store import Store
from tests.making import PAU, plain
from tests.offers.offering import a_correction, an_offer, kept_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def settings(data_copy: Path, geo_folder: Path, tmp_path: Path) -> Settings:
    """Return the settings of an application of its own."""
    return Settings(data_copy, geo_folder, f"sqlite:///{tmp_path}/essai.sqlite3")


def started(settings: Settings) -> Application:
    """Return an application that has just started, and leaves nothing open behind it."""
    opened = Application(settings)
    opened.store.close()
    return opened


def rename(settings: Settings, old: str, new: str) -> None:
    """Replace a text of the practices."""
    path = settings.data_folder / "pratiques.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_first_start_fills_the_store(settings: Settings, dataset: Dataset) -> None:
    """Nothing but data/ is needed to see the practices."""
    running = started(settings)
    assert running.issues == ()
    assert running.catalogue().practices == dataset.practices
    assert {revision["author"] for revision in running.store.revisions()} == {IMPORT_AUTHOR}


def test_a_second_start_changes_nothing(settings: Settings) -> None:
    """The same files make no new revision."""
    revision = started(settings).catalogue().revision
    again = started(settings)
    assert (again.issues, again.catalogue().revision) == ((), revision)


def test_a_start_takes_what_changed(settings: Settings) -> None:
    """A corrected row is one revision, and is seen at once."""
    revision = started(settings).catalogue().revision
    rename(settings, "Projet Mutualité Landes", "Mutualité des Landes")
    again = started(settings).catalogue()
    assert again.revision == revision + 1
    assert again.practice("projet-mutualite-landes").name == "Mutualité des Landes"


def test_bad_data_leave_what_was_held(settings: Settings, dataset: Dataset) -> None:
    """A mistake in a file never empties the map: the former data stay, the defects are listed."""
    started(settings)
    rename(settings, ",mutualisation_achats,", ",mutualisation_achat,")
    again = started(settings)
    assert again.catalogue().practices == dataset.practices
    assert [(issue.file, issue.line, issue.column) for issue in again.issues] == [
        ("pratiques.csv", 11, "type_pratique")
    ]
    rename(settings, ",mutualisation_achat,", ",mutualisation_achats,")
    assert started(settings).issues == ()


def test_lost_data_leave_what_was_held(settings: Settings, dataset: Dataset) -> None:
    """Even a folder that is gone leaves the former data."""
    started(settings)
    for path in settings.data_folder.glob("*.csv"):
        path.unlink()
    again = started(settings)
    assert again.catalogue().practices == dataset.practices
    assert len(again.issues) == 4


def test_bad_data_from_the_start_are_said(settings: Settings, dataset: Dataset) -> None:
    """With nothing to show, what is wrong is said, until the files are right."""
    rename(settings, ",mutualisation_achats,", ",mutualisation_achat,")
    running = started(settings)
    with pytest.raises(DatasetError, match="Vouliez-vous dire") as refused:
        running.catalogue()
    assert refused.value.issues == running.issues
    rename(settings, ",mutualisation_achat,", ",mutualisation_achats,")
    assert started(settings).catalogue().practices == dataset.practices


def test_a_catalogue_is_made_once_per_revision(settings: Settings) -> None:
    """As long as nothing changes, everybody reads the same index."""
    running = started(settings)
    assert running.catalogue() is running.catalogue()


def test_what_another_process_wrote_is_seen(settings: Settings, dataset: Dataset) -> None:
    """A revision made elsewhere is picked up at the next question; the former catalogue stays as it was."""
    running = started(settings)
    former = running.catalogue()
    other = Store(settings.database_url)
    other.load(Dataset(dataset.practices[:3], (), (), (), "autre"), "autre")
    other.close()
    assert len(running.catalogue()) == 3
    assert running.catalogue().revision > former.revision
    assert len(former) == 19


def test_a_database_that_goes_away_is_said(settings: Settings, tmp_path: Path) -> None:
    """The pages can then say that the base does not answer."""
    running = started(settings)
    for path in tmp_path.glob("essai.sqlite3*"):
        path.unlink()
    (tmp_path / "essai.sqlite3").mkdir()
    with pytest.raises(StoreUnavailable):
        running.catalogue()


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Callable[[Application], pytest.MonkeyPatch]:
    """Take the database away from an application, until what is returned is undone."""

    def take_away(running: Application) -> pytest.MonkeyPatch:
        def fail() -> None:
            raise StoreUnavailable

        monkeypatch.setattr(running.store.versions, "now", fail)
        return monkeypatch

    return take_away


def test_what_was_read_is_served_while_the_database_is_away(
    settings: Settings, away: Callable[[Application], pytest.MonkeyPatch]
) -> None:
    """Catalogue, offers and decisions stay those of the last reading, which is dated; then everything is as before."""
    running = started(settings)
    held = (running.catalogue(), running.directory(), running.decisions())
    assert running.away_since is None
    patch = away(running)
    assert (running.catalogue(), running.directory(), running.decisions()) == held
    assert running.away_since is not None
    assert running.away_since <= datetime.now(PARIS)
    with pytest.raises(StoreUnavailable):
        running.check()
    patch.undo()
    assert (running.catalogue(), running.away_since) == (held[0], None)
    running.store.close()


def test_a_start_without_its_database_is_made_good_later(settings: Settings, tmp_path: Path) -> None:
    """The application is there, says that the base does not answer, and fills it when it comes."""
    (tmp_path / "essai.sqlite3").mkdir()
    running = Application(settings)
    with pytest.raises(StoreUnavailable, match="ne répond pas pour l’instant"):
        running.catalogue()
    (tmp_path / "essai.sqlite3").rmdir()
    assert len(running.catalogue()) == 19
    running.store.close()


def test_a_decision_is_seen_by_who_made_it(settings: Settings) -> None:
    """What is kept in memory between two questions never hides what has just been recorded."""
    running = started(settings)
    before = running.decisions()
    assert running.decisions() is before
    draft = decide(
        Draft, practice_code="achats_inter_ess", territory="departement:40", name="Achat de bois", organisation="GARIE"
    )
    running.store.add(draft, "GARIE")
    assert running.decisions().drafts == (draft,)
    running.store.close()


def test_missing_boundaries_are_said(tmp_path: Path, geo_folder: Path) -> None:
    """Each file that is missing is named, with the command that makes it again."""
    for name in ("perimetre.json", "communes.parquet"):
        (tmp_path / name).write_bytes((geo_folder / name).read_bytes())
    with pytest.raises(DatasetError) as refused:
        read_geo(tmp_path)
    assert [issue.file for issue in refused.value.issues] == ["geo/epci.parquet", "geo/departements.parquet"]
    assert "« python -m geo.build »" in plain(str(refused.value))


def test_the_application_follows_its_environment(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DATABASE_URL, COOPERATIONS_DATA and COOPERATIONS_GEO are read at the first use, once."""
    rename(settings, "Projet Mutualité Landes", "Mutualité des Landes")
    limits = tmp_path / "limites"
    limits.symlink_to(settings.geo_folder)
    monkeypatch.setenv("COOPERATIONS_DATA", str(settings.data_folder))
    monkeypatch.setenv("COOPERATIONS_GEO", str(limits))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/ailleurs/base.sqlite3")
    application.cache_clear()
    running = application()
    assert application() is running
    assert running.settings.geo_folder == limits
    assert running.catalogue().practice("projet-mutualite-landes").name == "Mutualité des Landes"
    assert (tmp_path / "ailleurs" / "base.sqlite3").is_file()
    running.store.close()
    application.cache_clear()


def test_the_copy_of_the_tests_is_the_published_one(settings: Settings, dataset: Dataset, geo_folder: Path) -> None:
    """What these tests damage is what is published."""
    assert load_dataset(settings.data_folder, read_geo(geo_folder)) == dataset


def test_an_index_of_offers_is_made_once_per_revision(settings: Settings) -> None:
    """As long as nothing changes, everybody searches the same one; what people keep makes no new one."""
    running = started(settings)
    directory = running.directory()
    assert directory is running.directory()
    assert directory.catalogue is running.catalogue()
    running.store.add(decide(ShortList, name="Sélection", organisation="CRESS", query="retenues=essai"), "CRESS")
    assert running.directory() is directory
    running.store.close()


def test_an_import_and_a_correction_make_the_index_again(settings: Settings) -> None:
    """Each is seen at the next question; the former index stays as it was, and the records are the same."""
    running = started(settings)
    former, revision = running.directory(), running.catalogue().revision
    assert former.catalogue.listed == {}
    kept_rows(running.store, an_offer("une", name="Ardits", commune_code=PAU))
    imported = running.directory()
    assert (len(imported), imported.rows_of(["une"]) != []) == (len(former) + 1, True)
    running.store.lists.correct([a_correction("une", "name", "Les Jardins")])
    corrected = running.directory()
    assert corrected.frame["name"].iloc[corrected.rows_of(["une"])].tolist() == ["Les Jardins"]
    assert imported.frame["name"].iloc[imported.rows_of(["une"])].tolist() == ["Ardits"]
    assert (running.catalogue().revision, running.catalogue().listed) == (revision, {PAU: 1})
    assert (former.catalogue.listed, corrected.catalogue is running.catalogue()) == ({}, True)
    running.store.close()


def test_new_records_make_the_index_again(settings: Settings, dataset: Dataset) -> None:
    """The structures of data/ are in it: a load by another process is seen there too."""
    running = started(settings)
    former = running.directory()
    kept = tuple(one for one in dataset.structures if one.id == "ardits")
    running.store.load(Dataset((), kept, (), (), "autre"), "autre")
    assert [str(one) for one in running.directory().frame["id"]] == ["pratiques-ardits"]
    assert running.directory().catalogue is running.catalogue()
    assert len(former) > 1
    running.store.close()
