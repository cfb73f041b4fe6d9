"""Secrets, and what tells a person from a program in an open form."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from cooperations.accounts.refusals import SuspectForm
from cooperations.accounts.tokens import SECRET_FILE, check_form, form_opened, new_token, secret
from cooperations.errors import InvalidSetting
from cooperations.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/var/essai.sqlite3")


def test_the_secret_is_made_once_by_whoever_is_first(tmp_path: Path) -> None:
    """Processes that start together agree on it."""
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: secret(), range(32)))) == 1
    assert [path.name for path in (tmp_path / "var").iterdir()] == [SECRET_FILE]


def test_the_hosts_secret_goes_first_and_is_long(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing is written then; a short one is refused."""
    monkeypatch.setenv("COOPERATIONS_SECRET", "s" * 32)
    assert secret() == "s" * 32
    assert not (tmp_path / "var").exists()
    monkeypatch.setenv("COOPERATIONS_SECRET", "s" * 31)
    with pytest.raises(InvalidSetting, match="COOPERATIONS_SECRET"):
        secret()


def test_a_folder_that_cannot_be_written_asks_for_a_setting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In a container that is only read, the host gives the secret: the sentence says which variable."""
    (tmp_path / "fichier").write_text("")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/fichier/essai.sqlite3")
    with pytest.raises(InvalidSetting, match="COOPERATIONS_SECRET"):
        secret()


def test_what_is_made_here_is_kept_beside_a_database_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a server's database it is in var/, as by default."""
    assert read_settings().var_folder.name == "var"
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://base/cooperations")
    assert read_settings().var_folder.name == "var"


@pytest.mark.parametrize(
    ("after_s", "trap", "passes"),
    [
        (2.0, "", False),
        (4.0, "", True),
        (4.0, "http://spam.example", False),
        (23 * 3600, "", True),
        (25 * 3600, "", False),
    ],
)
def test_a_form_takes_a_person_some_seconds(after_s: float, trap: str, *, passes: bool) -> None:
    """Too fast, the next day, or written where nobody sees: a program did it."""
    mark, moment = form_opened("proposer"), time.time()
    if passes:
        check_form("proposer", mark, trap, moment + after_s)
        return
    with pytest.raises(SuspectForm):
        check_form("proposer", mark, trap, moment + after_s)


@pytest.mark.parametrize("mark", ["", "vu", "vu.aaaa.bbbb", "é"])
def test_the_mark_of_a_form_is_not_made_up(mark: str) -> None:
    """Nor taken from another form."""
    for form, given in (("proposer", mark), ("signaler", form_opened("proposer"))):
        with pytest.raises(SuspectForm):
            check_form(form, given, "", time.time() + 10)


def test_tokens_are_long_and_all_different() -> None:
    """256 bits each."""
    assert len({new_token() for _ in range(1000)}) == 1000
    assert min(len(new_token()) for _ in range(100)) >= 43
