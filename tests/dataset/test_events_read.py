"""evenements.csv: files of before are still read, and each defect is said with its line and column."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from cooperations.contributions.publishing import export
from cooperations.dataset import load_dataset
from cooperations.dataset.writer import cells_of
from cooperations.errors import DatasetError
from cooperations.model import Event, Practice, Record
from tests.making import plain

if TYPE_CHECKING:
    from pathlib import Path

    from cooperations.territories import Gazetteer

NAME = Event.file_name


def rewrite(folder: Path, **cells: str) -> None:
    """Change the line of the meeting of 22 September 2016, the third of the file."""
    rows = list(csv.DictReader((folder / NAME).read_text().splitlines()))
    rows[1] |= cells
    with (folder / NAME).open("w", newline="") as out:
        writer = csv.DictWriter(out, rows[0])
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize("model", [Event, Practice], ids=lambda model: str(model.__name__))
def test_a_file_of_before_is_read(model: type[Record], data_copy: Path, gazetteer: Gazetteer, tmp_path: Path) -> None:
    """Without the columns that were added: what they say is empty, and writing it again adds them."""
    path = data_copy / model.file_name
    rows = list(csv.DictReader(path.read_text().splitlines()))
    with path.open("w", newline="") as out:
        kept = [name for name in rows[0] if name not in model.later_columns]
        writer = csv.DictWriter(out, kept, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    dataset = load_dataset(data_copy, gazetteer)
    records = dict(dataset.records())[model]
    cells = [cells_of(one) for one in records]
    assert {cell[name] for cell in cells for name in model.later_columns} == {""}
    assert model.file_name in export(dataset, tmp_path)
    assert dict(load_dataset(tmp_path, gazetteer).records())[model] == records


@pytest.mark.parametrize(
    ("cells", "column", "said"),
    [
        pytest.param(
            {"fin": "2016-09-22T08:00:00+02:00"}, "fin", ("finit avant de commencer", "Corriger"), id="end before start"
        ),
        pytest.param(
            {"debut": "2016-09-22T09:00:00"},
            "debut",
            ("heure sans décalage horaire", "Vouliez-vous dire « 2016-09-22T09:00:00+02:00 », heure de Paris ?"),
            id="without a zone, in summer",
        ),
        pytest.param({"debut": ""}, "fin", ("une fin sans début", "Donner aussi le début"), id="an end alone"),
        pytest.param({"debut": "", "fin": ""}, "debut", ("ni début ni période", "periode"), id="no date"),
        pytest.param(
            {"types_pratique": "achats_inter_es"},
            "types_pratique",
            ("code inconnu", "Vouliez-vous dire « achats_inter_ess » ?"),
            id="type misspelt",
        ),
        pytest.param(
            {"territoires": "departement:99"}, "territoires", ("code absent", "INSEE"), id="no such territory"
        ),
        pytest.param({"code_commune": "33999"}, "code_commune", ("code absent", "INSEE"), id="no such commune"),
        pytest.param({"longitude": "-0.5"}, "latitude", ("une coordonnée manque", "des deux"), id="half a point"),
        pytest.param(
            {"longitude": "-0.5", "latitude": "43.9"},
            "longitude",
            ("un point sans commune", "commune"),
            id="point alone",
        ),
        pytest.param(
            {"longitude": "-0.5", "latitude": "43.9", "code_commune": "33063"},
            "longitude",
            ("et non dans", "Corriger le point"),
            id="point in another commune",
        ),
        pytest.param(
            {"recurrence": "FREQ=SECONDLY"}, "recurrence", ("récurrence refusée", "FREQ=MONTHLY"), id="unknown rule"
        ),
        pytest.param(
            {"recurrence": "FREQ=WEEKLY;BYDAY=MO"}, "recurrence", ("première date", "debut"), id="rule of another day"
        ),
        pytest.param(
            {"recurrence": "FREQ=DAILY", "debut": "", "fin": "", "periode": "2017"},
            "recurrence",
            ("une récurrence sans début", "première fois"),
            id="rule without a start",
        ),
        pytest.param(
            {"dates_annulees": "2016-09-22 Salle fermée"},
            "dates_annulees",
            ("sans récurrence", "par son statut"),
            id="a cancelled date of no series",
        ),
        pytest.param(
            {"recurrence": "FREQ=WEEKLY", "dates_annulees": "2016-09-29"},
            "dates_annulees",
            ("29 septembre 2016 est annulé sans raison", "Dire pourquoi"),
            id="cancelled for no reason",
        ),
    ],
)
def test_a_defect_is_said_with_its_line_and_column(
    data_copy: Path, gazetteer: Gazetteer, cells: dict[str, str], column: str, said: tuple[str, str]
) -> None:
    """What `verifier` prints is enough to repair the file."""
    rewrite(data_copy, **cells)
    with pytest.raises(DatasetError) as error:
        load_dataset(data_copy, gazetteer)
    (issue,) = error.value.issues
    assert (issue.file, issue.line, issue.column) == (NAME, 3, column)
    assert said[0] in plain(issue.problem)
    assert said[1] in plain(issue.remedy)
