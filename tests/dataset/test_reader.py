"""One file at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cooperations.dataset.reader import columns, read_table
from cooperations.model import RECORDS, Participation, Record

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "id_pratique,id_structure,role,role_deduit,source,remarque\n"
GOOD = "cap-solidaire,cap-solidaire,porteur,non,Compte rendu,\n"


@pytest.fixture
def links(tmp_path: Path) -> Path:
    """Return a file to be written."""
    return tmp_path / "participations.csv"


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: str(model.__name__))
def test_headers_are_those_of_the_model(data_folder: Path, model: type[Record]) -> None:
    """The published files have the model's columns, in its order."""
    header = (data_folder / model.file_name).read_text(encoding="utf-8").splitlines()[0]
    assert tuple(header.split(",")) == columns(model)


def test_rows_know_their_lines(links: Path) -> None:
    """The header is line 1, and blank lines count."""
    links.write_text(f"{HEADER}{GOOD}\n{GOOD}", encoding="utf-8")
    assert [row.line for row in read_table(links, Participation).rows] == [2, 4]


def test_good_rows_are_kept_beside_bad_ones(links: Path) -> None:
    """One bad row does not hide the others from the checks that follow."""
    links.write_text(f"{HEADER}{GOOD}cap-solidaire,ardits,chef,non,Compte rendu,\n{GOOD}", encoding="utf-8")
    table = read_table(links, Participation)
    assert [row.line for row in table.rows] == [2, 4]
    assert [(issue.line, issue.column, issue.value) for issue in table.issues] == [(3, "role", "chef")]


def test_every_bad_cell_of_a_row_is_said(links: Path) -> None:
    """Two wrong cells and a missing one give three issues."""
    links.write_text(f"{HEADER}Cap,ardits,chef,non,,\n", encoding="utf-8")
    issues = read_table(links, Participation).issues
    assert {issue.column for issue in issues} == {"id_pratique", "role", "source"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("cap-solidaire,cap-solidaire,porteur,non", id="too few cells"),
        pytest.param("cap-solidaire,cap-solidaire,porteur,non,CR,,", id="too many cells"),
        pytest.param('cap-solidaire,"cap"solidaire,porteur,non,CR,', id="a quote in the middle"),
        pytest.param('cap-solidaire,"cap', id="a quote that is not closed"),
        pytest.param("x" * 200_000, id="a cell longer than csv takes"),
    ],
)
def test_a_row_that_cannot_be_cut_is_said(links: Path, text: str) -> None:
    """The line is named, and what to look for."""
    links.write_text(f"{HEADER}{text}\n", encoding="utf-8")
    (issue,) = read_table(links, Participation).issues
    assert issue.line == 2
    assert "uillemets" in issue.remedy


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b" \t\r\n", b"\xef\xbb\xbf"], ids=["nothing", "lines", "blanks", "mark"]
)
def test_a_file_of_nothing_is_empty(links: Path, content: bytes) -> None:
    """Blank lines and a byte order mark are nothing."""
    links.write_bytes(content)
    (issue,) = read_table(links, Participation).issues
    assert issue.problem == "fichier vide"


def test_a_folder_in_place_of_a_file_is_said(links: Path) -> None:
    """What cannot be opened is reported like what is missing."""
    links.mkdir()
    (issue,) = read_table(links, Participation).issues
    assert issue.problem == "fichier introuvable ou illisible"
