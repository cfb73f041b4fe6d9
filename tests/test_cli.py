"""The command line."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from cooperations.cli import main
from cooperations.settings import ROOT
from tests.making import plain

if TYPE_CHECKING:
    from pathlib import Path


def break_type(folder: Path) -> None:
    """Misspell the type of a practice."""
    path = folder / "pratiques.csv"
    path.write_text(path.read_text("utf-8").replace("achats_inter_ess", "achats_inter_es", 1), "utf-8")


@pytest.fixture
def folder(data_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that the commands read, which a test may damage."""
    monkeypatch.setenv("COOPERATIONS_DATA", str(data_copy))
    return data_copy


def test_good_data_are_said_good(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 0 and the counts, on the standard output."""
    assert folder.is_dir()
    assert main(["verifier"]) == 0
    said = capsys.readouterr()
    assert "Les données sont bonnes : 19 pratiques, 23 structures, 24 participations, 3 rencontres." in plain(said.out)
    assert said.err == ""


def test_bad_data_are_said_line_by_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 1, each defect on a line of the error output, and their number."""
    break_type(folder)
    assert main(["verifier"]) == 1
    said = capsys.readouterr()
    issue, count = plain(said.err).splitlines()
    assert issue.startswith("pratiques.csv, ligne 17, colonne « type_pratique » : ")
    assert issue.endswith("Vouliez-vous dire « achats_inter_ess » ?")
    assert count == "1 défaut à corriger."
    assert said.out == ""


def test_stale_copies_are_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 1 and the command that makes them again, when only a published copy is out of date."""
    (folder / "datapackage.json").unlink()
    assert main(["verifier"]) == 1
    assert "« python -m cooperations publier » : datapackage.json." in plain(capsys.readouterr().err)


def test_publishing_makes_stale_copies_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 0 and the names of what was made again; a second time there is nothing to do."""
    (folder / "pratiques.schema.json").write_text("{}", encoding="utf-8")
    assert main(["publier"]) == 0
    assert "Refaits : pratiques.schema.json." in plain(capsys.readouterr().out)
    assert main(["publier"]) == 0
    assert capsys.readouterr().out == "Les schémas et le vocabulaire sont à jour.\n"
    assert main(["verifier"]) == 0


@pytest.mark.parametrize("command", ["verifier", "publier"])
def test_a_missing_folder_is_said(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 1 and a sentence, never a traceback, when the setting names no folder."""
    monkeypatch.setenv("COOPERATIONS_DATA", str(tmp_path / "nulle-part"))
    assert main([command]) == 1
    assert capsys.readouterr().err


def test_missing_boundaries_are_said(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 1, each missing file and the command that makes it again."""
    assert folder.is_dir()
    monkeypatch.setenv("COOPERATIONS_GEO", str(tmp_path / "nulle-part"))
    assert main(["verifier"]) == 1
    said = plain(capsys.readouterr().err)
    assert "geo/communes.parquet : fichier introuvable. " in said
    assert "« python -m geo.build »" in said
    assert "4 défauts à corriger." in said


@pytest.mark.parametrize("arguments", [[], ["effacer"]], ids=["no command", "unknown command"])
def test_usage_is_shown(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2 and the way to call it."""
    with pytest.raises(SystemExit) as leaving:
        main(arguments)
    assert leaving.value.code == 2
    assert "python -m cooperations" in capsys.readouterr().err


def test_it_runs_as_a_person_runs_it(folder: Path) -> None:
    """« python -m cooperations verifier » answers with its exit status."""
    command = [sys.executable, "-m", "cooperations", "verifier"]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0
    break_type(folder)
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 1
