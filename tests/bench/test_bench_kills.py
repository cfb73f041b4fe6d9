"""The kill test in short: scripts/torture does it a thousand times."""

from __future__ import annotations

import subprocess
import sys

from cooperations.settings import ROOT


def test_a_killed_process_loses_no_answered_proposal() -> None:
    """Each answered one is there, none twice, none half accepted, the database whole."""
    command = [sys.executable, "-m", "bench.kills", "--kills", "6"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "none twice" in done.stdout
