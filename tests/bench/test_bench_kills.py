"""The kill test in short: scripts/torture does it a thousand times."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cooperations.settings import ROOT


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
