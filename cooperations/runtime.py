"""The running application: settings, territories, store, and the catalogue of the store's last revision."""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import datetime
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from cooperations.catalogue import Catalogue
from cooperations.dataset import load_dataset
from cooperations.decisions import PARIS, Decisions
from cooperations.errors import DataIssue, DatasetError, StoreUnavailable, UnknownTerritory
from cooperations.offers.directory import COLUMNS, Directory, Frames, structures_frame
from cooperations.offers.model import Offer
from cooperations.offers.records import Correction
from cooperations.rebuilt import Rebuilt
from cooperations.settings import Settings, read_settings
from cooperations.store import Store
from cooperations.territories import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cooperations.store.watch import Versions

LOGGER = logging.getLogger(__name__)
IMPORT_AUTHOR = "data/"
GEO_FILES = ("perimetre.json", "communes.parquet", "epci.parquet", "departements.parquet")


class Application:
    """What the pages and routes of one process share; it starts without its database, and goes on without it.

    `issues` are the defects of data/ found at start; with them the store keeps what it held.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.gazetteer = read_geo(settings.geo_folder)
        self.issues: tuple[DataIssue, ...] = ()
        self.away_since: datetime | None = None
        """The last moment when the database answered, while it does not; what is in memory is of then."""
        self._store, self._opening, self._is_open = Store(settings.database_url), Lock(), False
        self._seen: Versions | None = None
        self._seen_at: datetime | None = None
        self.when_read: Callable[[], None] = lambda: None
        """What a server does each time that the catalogue or the lists were read again."""
        self._catalogue: Rebuilt[Catalogue] = Rebuilt(self._was_read)
        self._directory: Rebuilt[Directory] = Rebuilt(self._was_read)
        self._decisions: Rebuilt[Decisions] = Rebuilt()
        with suppress(StoreUnavailable):
            self._open()

    @property
    def store(self) -> Store:
        """The store, its schema up to date and filled from data/; raises StoreUnavailable."""
        self._open()
        return self._store

    @property
    def is_late(self) -> bool:
        """Whether lists that have just changed are still being put in order, the ones before being served."""
        return self._catalogue.is_late or self._directory.is_late

    def check(self) -> Versions:
        """Return what the database is at now; raises StoreUnavailable, whatever memory holds."""
        return self.store.versions.now()

    def catalogue(self) -> Catalogue:
        """Return the catalogue of the store's present revision, or the last one while the database is away.

        Raise DatasetError when the store holds no records, StoreUnavailable when nothing was ever read.
        """
        at = self._versions()
        return self._catalogue.at((at.records, at.lists), lambda: self._read(at.records))

    def directory(self) -> Directory:
        """Return the offers of the lists' present revision and of the catalogue, like it."""
        catalogue, lists = self.catalogue(), self._versions().lists
        return self._directory.at((id(catalogue), lists), lambda: self._read_lists(catalogue, lists))

    def decisions(self) -> Decisions:
        """Return everything that groups recorded, like the catalogue."""
        return self._decisions.at(self._versions().last, self.store.decisions)

    def _was_read(self) -> None:
        self.when_read()

    def _open(self) -> None:
        if self._is_open:
            return
        with self._opening:
            if not self._is_open:
                self._store.migrate()
                self.issues = self._load_data()
                self._is_open = True

    def _versions(self) -> Versions:
        """Return what the database is at, or was when it last answered."""
        try:
            self._seen = self.check()
        except StoreUnavailable:
            if self._seen is None:
                raise
            if self.away_since is None:
                LOGGER.warning("The database does not answer: what was read before is served")
            self.away_since = self._seen_at
        else:
            if self.away_since:
                LOGGER.warning("The database answers again")
            self._seen_at, self.away_since = datetime.now(PARIS), None
        return self._seen

    def _read_lists(self, catalogue: Catalogue, revision: int) -> Directory:
        frames = Frames(
            self.store.lists.frames(Offer, COLUMNS),
            structures_frame(catalogue.structures.values(), catalogue),
            self.store.recorded(Correction),
        )
        return Directory(frames, catalogue, revision)

    def _read(self, revision: int) -> Catalogue:
        if not revision:
            raise DatasetError(self.issues)
        dataset, read_at = self.store.read()
        try:
            return Catalogue(dataset, self.gazetteer, read_at, self.store.lists.by_commune)
        except UnknownTerritory:
            # The store holds a territory that geo/ lost: the defects of data/ say which line.
            if self.issues:
                raise DatasetError(self.issues) from None
            raise

    def _load_data(self) -> tuple[DataIssue, ...]:
        try:
            # Read even when data/ did not change: geo/ may have.
            dataset = load_dataset(self.settings.data_folder, self.gazetteer)
            if dataset.digest != self._store.digest():
                self._store.load(dataset, IMPORT_AUTHOR)
        except DatasetError as error:
            return error.issues
        return ()


@cache
def application() -> Application:
    """Return the application of this process, opened at first use."""
    return Application(read_settings())


def read_geo(folder: Path) -> Gazetteer:
    """Return the territories of geo/; raises DatasetError when a file is missing."""
    missing = [name for name in GEO_FILES if not (folder / name).is_file()]
    if missing:
        remedy = "Remettre le fichier, ou le refaire avec « python -m geo.build » (voir geo/README.md)."
        raise DatasetError([DataIssue(f"geo/{name}", 0, "", "", "fichier introuvable", remedy) for name in missing])
    return Gazetteer(folder)
