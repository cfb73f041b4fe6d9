"""The command line of who runs an instance: accounts, backups, personal data."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from cooperations.accounts.entering import exchange
from cooperations.cli import main
from tests.making import plain
from tests.structures import application_with

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cooperations.runtime import Application

INVITE = ("inviter", "--role", "membre", "--organisation", "Interclubs des Landes")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    """Return an application of these tests' own."""
    with application_with(tmp_path_factory.mktemp("commandes"), {}) as opened:
        yield opened


def said(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> str:
    """Run a command and return what it prints, errors included."""
    assert main(words) == status
    printed = capsys.readouterr()
    return plain(printed.out + printed.err)


def test_an_account_from_its_link_to_its_closing(app: Application, capsys: pytest.CaptureFixture[str]) -> None:
    """The link is the only thing printed, so that a script takes it as it is."""
    assert "Aucun compte encore" in said(capsys, "comptes")
    link = said(capsys, *INVITE, "--jours", "2").strip()
    assert link.startswith("http://localhost:8501/entrer/")
    account, _ = exchange(app.store.accounts, link.rpartition("/")[2])
    assert f"{account.id}  Membre, Interclubs des Landes, ouvert le" in said(capsys, "comptes")
    assert said(capsys, "fermer", account.id) == "Compte fermé.\n"
    assert "fermé le" in said(capsys, "comptes")
    assert "Aucun compte ouvert ne l’a" in said(capsys, "fermer", account.id, status=1)
    log = said(capsys, "journal", "--lignes", "2").splitlines()
    assert [line.split("  ")[2].split(" ")[0] for line in log] == ["entrer", "fermer_compte"]


@pytest.mark.usefixtures("app")
def test_rules_come_and_go(capsys: pytest.CaptureFixture[str]) -> None:
    """And one that makes no sense is refused in one sentence."""
    given = ("--role", "membre", "--organisation", "Département des Landes")
    assert "Aucune règle" in said(capsys, "regle", "liste")
    said(capsys, "regle", "ajouter", "domaine", "landes.example", *given)
    (line,) = said(capsys, "regle", "liste").splitlines()
    assert line.endswith("domaine landes.example : Membre, Département des Landes")
    said(capsys, "regle", "retirer", line.split()[0])
    assert "Aucune règle" in said(capsys, "regle", "liste")
    assert "Domaine impossible" in said(capsys, "regle", "ajouter", "domaine", "example", *given, status=1)


def test_a_backup_is_put_back_only_when_asked_twice(
    app: Application, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """What was there before is kept beside, and a file that exists is not written over."""
    path = tmp_path / "gardees" / "jour.zip"
    assert "Sauvegarde gardée dans" in said(capsys, "sauvegarder", str(path))
    assert "existe déjà" in said(capsys, "sauvegarder", str(path), status=1)
    said(capsys, *INVITE)
    before = len(app.store.accounts.traces())
    assert "Rien n’est changé" in said(capsys, "restaurer", str(path), status=1)
    assert len(app.store.accounts.traces()) == before
    assert "Base remise" in said(capsys, "restaurer", str(path), "--oui")
    (aside,) = path.parent.glob("avant-restauration-*.zip")
    with zipfile.ZipFile(aside) as archive:
        lines = archive.read("tables/audit.jsonl").decode().splitlines()
    assert len(lines) == before
    assert app.catalogue().revision == app.store.revision()
    assert app.store.accounts.traces(1)[0].action == "restaurer"


@pytest.mark.usefixtures("app")
def test_a_person_is_answered_then_forgotten(capsys: pytest.CaptureFixture[str]) -> None:
    """Counted first, erased when confirmed."""
    said(capsys, *INVITE, "--adresse", "accueil@interclubs.example")
    ask = ("donnees-personnelles", "exporter", "accueil@interclubs.example")
    assert list(json.loads(said(capsys, *ask))) == ["invitation"]
    erase = ("donnees-personnelles", "effacer", "accueil@interclubs.example")
    assert "À effacer : 1 ligne de « invitation »" in said(capsys, *erase, status=1)
    assert "Effacé : 1 ligne de « invitation »" in said(capsys, *erase, "--oui")
    assert json.loads(said(capsys, *ask)) == {}
