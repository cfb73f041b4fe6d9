"""`python -m cooperations rapport`, without the application."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cooperations.cli import main
from cooperations.runtime import application
from tests.making import plain
from tests.pdf import Read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True, scope="module")
def _own_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"sqlite:///{tmp_path_factory.mktemp('rapport')}/essai.sqlite3")
        application.cache_clear()
        yield
        application().store.close()
        application.cache_clear()


def asked(path: Path, *options: str) -> int:
    return main(["rapport", "--sortie", str(path), *options])


def test_a_report_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The extension says the format; the output names the file and the digest of the data."""
    path = tmp_path / "rapport.pdf"
    assert asked(path, "--territoire", "40") == 0
    assert "Coopérations économiques de l’ESS : Landes (40)" in plain(Read(path.read_bytes()).text)
    assert plain(capsys.readouterr().out).startswith(f"Écrit : {path} (empreinte des données ")
    assert [one.name for one in tmp_path.iterdir()] == ["rapport.pdf"]


def test_period_filters_and_snapshot_are_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All that the page offers; a snapshot is named as elsewhere on the command line."""
    assert main(["instantane", "prendre", "--nom", "GT de novembre", "--organisation", "CRESS d’essai"]) == 0
    path = tmp_path / "rapport.html"
    filters = ("--type", "achats_inter_ess", "--type", "mutualisation_achats", "--statut", "inconnu")
    assert asked(path, "--territoire", "Gironde", "--territoire", "40", *filters, "--depuis", "gt de novembre") == 0
    said = plain(path.read_text("utf-8"))
    assert "Achats inter-ESS, Mutualisation des achats ; Gironde (33), Landes (40) ; Statut non précisé" in said
    assert "le changement depuis « GT de novembre »" in said
    assert asked(path, "--debut", "2014", "--fin", "2016-07", "--depuis", "GT de novembre") == 0
    said = plain(path.read_text("utf-8"))
    assert "à partir de 2014 jusqu’à juillet 2016, et ce dont la date n’est pas connue" in said
    assert "les filtres portent sur une période, qu’un instantané ne garde pas" in said
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        pytest.param(("--territoire", "Paris"), "Le territoire « Paris » n’est pas connu.", id="a territory"),
        pytest.param(("--debut", "2016", "--fin", "2015"), "« fin » invalide : la période finit avant", id="a period"),
        pytest.param(("--debut", "12/07/2016"), "« debut » invalide : une année, un mois ou un jour", id="a date"),
        pytest.param(("--type", "achat_inter_ess"), "vouliez-vous dire « achats_inter_ess » ?", id="a type"),
        pytest.param(("--depuis", "Noël"), "Aucun instantané ne répond à « Noël »", id="a snapshot"),
    ],
)
def test_what_makes_no_sense_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], sentence: str
) -> None:
    """Exit 1, a French sentence, and no file."""
    assert asked(tmp_path / "rapport.xlsx", *options) == 1
    assert sentence in plain(capsys.readouterr().err)
    assert [*tmp_path.iterdir()] == []


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that does not exist, a folder in place of a file, a name too long, a format that we do not write."""
    (tmp_path / "dossier.pdf").mkdir()
    for name, why in {
        "nulle-part/rapport.pdf": "son dossier n’existe pas",
        "dossier.pdf": "c’est un dossier",
        f"{'r' * 300}.xlsx": "son nom est trop long",
        "rapport.docx": "« format » invalide : une extension parmi pdf, xlsx, html",
        "rapport": "« format » invalide",
    }.items():
        assert asked(tmp_path / name) == 1
        assert why in plain(capsys.readouterr().err)
    assert [one.name for one in tmp_path.iterdir()] == ["dossier.pdf"]


def test_a_booklet_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the filters of the report, in PDF only."""
    path = tmp_path / "livret.pdf"
    assert main(["livret", "--sortie", str(path), "--territoire", "40"]) == 0
    assert "3 fiches ; Tous les types ; Landes (40)" in plain(capsys.readouterr().out)
    assert path.read_bytes().startswith(b"%PDF")
    assert main(["livret", "--sortie", str(tmp_path / "livret.docx")]) == 1
    assert ".pdf" in capsys.readouterr().err
