"""The kill test in short: scripts/torture does it a thousand times."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bench import kills
from cooperations.settings import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(("--kills", "6"), id="core-sqlite"),
        pytest.param(("--kills", "2", "--serveur", "--base", "postgresql"), id="served-postgresql"),
    ],
)
def test_a_killed_process_loses_no_answered_proposal(asked: tuple[str, ...]) -> None:
    """Each answered one is there, none twice, none half accepted, the database whole."""
    command = [sys.executable, "-m", "bench.kills", *asked]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "none twice" in done.stdout


def test_a_torture_that_is_stopped_says_what_it_found(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C after two kills: they are counted, and the database is looked at all the same."""

    def stopped(*_of: object) -> Iterator[None]:
        yield
        yield
        raise KeyboardInterrupt

    monkeypatch.setattr(kills, "core_rounds", stopped)
    assert kills.main(["--kills", "1000"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("2 kills in ")
    assert "Every answered proposal is there" in said
