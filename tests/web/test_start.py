"""What the server's log says when it starts."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cooperations.aside import set_aside
from cooperations.runtime import application
from cooperations.settings import ROOT
from cooperations.web import opening

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give an application of its own, on a copy of data/; return that copy."""
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "data", folder)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'app.sqlite3'}")
    monkeypatch.setenv("COOPERATIONS_DATA", str(folder))
    application.cache_clear()
    yield folder
    application().store.close()
    application.cache_clear()


def test_good_data_are_open_before_the_first_visitor_and_nothing_is_said(
    fresh: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The database is filled at start."""
    assert fresh.is_dir()
    with TestClient(Starlette(lifespan=opening)):
        assert len(application().catalogue()) == 19
        assert application().when_read is set_aside
    assert not caplog.records


def test_bad_data_are_said_in_the_log_line_by_line(fresh: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Who starts the server reads file, line, column and value without opening a page."""
    path = fresh / "pratiques.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",region:72,", ",region:27,", 1), encoding="utf-8")
    with TestClient(Starlette(lifespan=opening)):
        pass
    (record,) = caplog.records
    assert "pratiques.csv, ligne 16, colonne «\u00a0territoires\u00a0»" in record.message
    assert "region:27" in record.message


def test_missing_territories_do_not_keep_the_server_from_starting(
    fresh: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The log names the missing file and how to make it again."""
    assert fresh.is_dir()
    monkeypatch.setenv("COOPERATIONS_GEO", str(tmp_path / "nulle-part"))
    with TestClient(Starlette(lifespan=opening)):
        pass
    assert "geo/communes.parquet" in caplog.text
    monkeypatch.delenv("COOPERATIONS_GEO")


def test_every_setting_that_makes_no_sense_is_said_at_start(
    fresh: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Not one after the other, at the first request that needs it; and the server starts all the same."""
    assert fresh.is_dir()
    wrong = {"ADRESSE": "cooperations", "SECRET": "court", "SESSION_JOURS": "0", "IMPORT": "peut-être", "SAISIE": "x"}
    for name, value in wrong.items():
        monkeypatch.setenv(f"COOPERATIONS_{name}", value)
    with TestClient(Starlette(lifespan=opening)):
        assert len(application().catalogue()) == 19
    assert len(caplog.records) == len(wrong)
    assert all(f"COOPERATIONS_{name}" in caplog.text for name in wrong)
    assert "court" not in caplog.text
