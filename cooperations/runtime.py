"""The running application: settings, territories, store, and the catalogue of the store's last revision."""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from cooperations.catalogue import Catalogue
from cooperations.dataset import load_dataset
from cooperations.errors import DataIssue, DatasetError, UnknownTerritory
from cooperations.offers.directory import COLUMNS, Directory, Frames, structures_frame
from cooperations.offers.model import Offer
from cooperations.offers.records import Correction
from cooperations.settings import Settings, read_settings
from cooperations.store import Store
from cooperations.territories import Gazetteer

if TYPE_CHECKING:
    from pathlib import Path

IMPORT_AUTHOR = "data/"
GEO_FILES = ("perimetre.json", "communes.parquet", "epci.parquet", "departements.parquet")


class Application:
    """What the pages and routes of one process share.

    `issues` are the defects of data/ found at start; with them the store keeps what it held.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.gazetteer = read_geo(settings.geo_folder)
        self.store = Store(settings.database_url)
        self.store.migrate()
        self.issues: tuple[DataIssue, ...] = self._load_data()
        self._lock, self._directory_lock = Lock(), Lock()
        self._catalogue: Catalogue | None = None
        self._lists_seen = -1
        self._directory: Directory | None = None

    def catalogue(self) -> Catalogue:
        """Return the catalogue of the store's present revision; raises DatasetError when there is none."""
        revision, lists = self.store.revision(), self.store.lists.revision()
        with self._lock:
            held = self._catalogue
            if held is None or held.revision != revision or self._lists_seen != lists:
                held = self._catalogue = self._read(revision)
                self._lists_seen = lists
            return held

    def directory(self) -> Directory:
        """Return the offers of the lists' present revision and of the catalogue; raises DatasetError."""
        catalogue, revision = self.catalogue(), self.store.lists.revision()
        with self._directory_lock:
            held = self._directory
            if held is None or held.revision != revision or held.catalogue is not catalogue:
                held = self._directory = self._read_lists(catalogue, revision)
            return held

    def _read_lists(self, catalogue: Catalogue, revision: int) -> Directory:
        frames = Frames(
            list(self.store.lists.frames(Offer, COLUMNS)),
            structures_frame(catalogue.structures.values(), catalogue),
            self.store.recorded(Correction),
        )
        return Directory(frames, catalogue, revision)

    def _read(self, revision: int) -> Catalogue:
        if not revision:
            raise DatasetError(self.issues)
        dataset, read_at = self.store.read()
        try:
            return Catalogue(dataset, self.gazetteer, read_at, self.store.lists.by_commune())
        except UnknownTerritory:
            # The store holds a territory that geo/ lost: the defects of data/ say which line.
            if self.issues:
                raise DatasetError(self.issues) from None
            raise

    def _load_data(self) -> tuple[DataIssue, ...]:
        try:
            # Read even when data/ did not change: geo/ may have.
            dataset = load_dataset(self.settings.data_folder, self.gazetteer)
            if dataset.digest != self.store.digest():
                self.store.load(dataset, IMPORT_AUTHOR)
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
