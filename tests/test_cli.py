"""The command line."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from cooperations.cli import main
from cooperations.decisions import Survey, decide
from cooperations.runtime import Application, application
from cooperations.settings import ROOT
from tests.making import plain

if TYPE_CHECKING:
    from collections.abc import Iterator
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


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param([], id="no command"),
        pytest.param(["effacer"], id="unknown command"),
        pytest.param(["instantane"], id="nothing to do with snapshots"),
        pytest.param(["instantane", "prendre", "--nom", "GT"], id="a snapshot nobody signs"),
        pytest.param(["instantane", "comparer", "GT"], id="one snapshot to compare"),
    ],
)
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


NAME, ORGANISATION = "GT du 23 novembre 2026", "CRESS Aquitaine"


@pytest.fixture
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Application]:
    """Return the application that the commands open, on a database of its own."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/base.sqlite3")
    application.cache_clear()
    yield application()
    application().store.close()
    application.cache_clear()


def said_by(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return what a command about snapshots answers when all is well."""
    assert main(["instantane", *arguments]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    return plain(said.out)


def refused_by(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return the sentence of a command about snapshots that fails."""
    assert main(["instantane", *arguments]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    return plain(said.err)


def record_a_survey(running: Application) -> None:
    """Say that nothing was found in Dordogne."""
    cell = {"practice_code": "achats_inter_ess", "territory": "departement:24"}
    found = {"finding": "rien_trouve", "organisation": "ACESA", "day": date(2016, 7, 12)}
    running.store.add(decide(Survey, **cell | found), "ACESA")


def test_without_a_snapshot_the_way_to_take_one_is_said(
    running: Application, capsys: pytest.CaptureFixture[str]
) -> None:
    """An empty list is said in words."""
    assert running.store.decisions().snapshots == ()
    assert said_by(capsys, "liste") == (
        "Aucun instantané encore : « python -m cooperations instantane prendre » en garde un.\n"
    )


def test_a_snapshot_is_taken_and_listed(running: Application, capsys: pytest.CaptureFixture[str]) -> None:
    """With its name, its day, its digest and who took it."""
    taken = said_by(capsys, "prendre", "--nom", NAME, "--organisation", ORGANISATION)
    (snapshot,) = running.store.decisions().snapshots
    digest = f"empreinte {snapshot.digest[:12]})"
    assert taken.startswith(f"Instantané gardé : « {NAME} » (")
    assert digest in taken
    listed = said_by(capsys, "liste")
    assert listed.startswith(f"« {NAME} » (")
    assert listed.endswith(f"{digest}, par {ORGANISATION}\n")
    assert running.store.revisions()[-1]["author"] == ORGANISATION


def test_a_snapshot_is_compared_with_now(running: Application, capsys: pytest.CaptureFixture[str]) -> None:
    """First nothing changed; then a survey is told with its labels."""
    said_by(capsys, "prendre", "--nom", NAME, "--organisation", ORGANISATION)
    assert said_by(capsys, "comparer", NAME, "maintenant").endswith(", à maintenant :\nrien n’a changé.\n")
    record_a_survey(running)
    told = said_by(capsys, "comparer", NAME.lower(), "maintenant")
    line = "– Achats inter-ESS, Dordogne (24) : cherché, rien trouvé (ACESA, 12 juillet 2016)\n"
    assert f"\nRelevés ajoutés (1)\n{line}" in told
    assert "rien n’a changé" not in told


def test_two_snapshots_are_compared_by_digest(running: Application, capsys: pytest.CaptureFixture[str]) -> None:
    """The beginning of a digest is enough, in the one direction and the other."""
    for name in ("avant", "après"):
        said_by(capsys, "prendre", "--nom", name, "--organisation", ORGANISATION)
        record_a_survey(running)
    before, after = (snapshot.digest[:10] for snapshot in running.store.decisions().snapshots)
    assert "Relevés ajoutés (1)" in said_by(capsys, "comparer", before, after)
    assert "Relevés retirés (1)" in said_by(capsys, "comparer", after, before)


def test_snapshots_that_cannot_be_compared_are_said(running: Application, capsys: pytest.CaptureFixture[str]) -> None:
    """Unknown, then ambiguous: exit 1 and a sentence, never a traceback."""
    said_by(capsys, "prendre", "--nom", NAME, "--organisation", ORGANISATION)
    assert "Aucun instantané ne répond à « automne »" in refused_by(capsys, "comparer", "automne", "maintenant")
    assert "Aucun instantané ne répond à « maintenant »" in refused_by(capsys, "comparer", "maintenant", NAME)
    record_a_survey(running)
    said_by(capsys, "prendre", "--nom", NAME, "--organisation", ORGANISATION)
    assert f"Plusieurs instantanés répondent à « {NAME} »" in refused_by(capsys, "comparer", NAME, "maintenant")


def test_an_altered_snapshot_is_not_compared(running: Application, capsys: pytest.CaptureFixture[str]) -> None:
    """What somebody wrote over in the database is said, and nothing is told from it."""
    said_by(capsys, "prendre", "--nom", NAME, "--organisation", ORGANISATION)
    (snapshot,) = running.store.decisions().snapshots
    content = snapshot.content.replace('"inside":0', '"inside":1', 1)
    running.store.replace(snapshot, snapshot.model_copy(update={"content": content}), "essai")
    assert "a été modifié dans la base" in refused_by(capsys, "comparer", NAME, "maintenant")


def test_a_blank_name_is_refused(running: Application, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is kept."""
    sentence = "« Rencontre ou moment » : valeur obligatoire absente. Remplir ce champ.\n"
    assert refused_by(capsys, "prendre", "--nom", " ", "--organisation", ORGANISATION) == sentence
    assert running.store.decisions().snapshots == ()


def test_a_database_out_of_reach_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 1 and the sentence of the store."""
    (tmp_path / "base").mkdir()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/base")
    application.cache_clear()
    assert "La base de données ne répond pas" in refused_by(capsys, "liste")
    application.cache_clear()
