"""The published descriptions of data/."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import frictionless
import pytest

from cooperations import vocabularies as v
from cooperations.dataset.reader import columns
from cooperations.model import RECORDS, Participation, Practice, Record
from cooperations.purchases import PURCHASE_FAMILIES
from cooperations.tableschema import data_package, publish, published_files, stale_files, table_schema

if TYPE_CHECKING:
    from pathlib import Path


def field(model: type[Record], name: str) -> dict[str, Any]:
    """Return the description of a column."""
    (found,) = [described for described in table_schema(model)["fields"] if described["name"] == name]
    return dict(found)


def test_the_published_data_are_valid_for_others_too(data_folder: Path) -> None:
    """A tool that knows nothing of us finds the files as their descriptions say."""
    report = frictionless.validate(str(data_folder / "datapackage.json"))
    assert report.flatten(["type", "note"]) == []
    assert report.valid


def test_others_refuse_what_we_refuse(data_copy: Path) -> None:
    """The published constraints catch an unknown type, a wrong id and a dangling link."""
    path = data_copy / "participations.csv"
    path.write_text(path.read_text("utf-8").replace("\nreseau-3ar,acesa,", "\nreseau-3ar,Personne,", 1), "utf-8")
    report = frictionless.validate(str(data_copy / "datapackage.json"))
    assert {str(row[0]) for row in report.flatten(["type"])} == {"constraint-error", "foreign-key"}


def test_published_files_are_fresh(data_folder: Path) -> None:
    """What is published is what the model says; « python -m cooperations publier » makes it so."""
    assert stale_files(data_folder) == []


@pytest.mark.parametrize("name", sorted(published_files()))
def test_a_stale_file_is_seen_and_remade(data_copy: Path, data_folder: Path, name: str) -> None:
    """A published copy that was edited by hand is found out, and made again alone."""
    (data_copy / name).write_text("périmé", encoding="utf-8")
    assert stale_files(data_copy) == [name]
    assert publish(data_copy) == [name]
    assert (data_copy / name).read_bytes() == (data_folder / name).read_bytes()


def test_a_stale_file_may_hold_anything(data_copy: Path) -> None:
    """A copy that a spreadsheet saved in another encoding is stale, and is made again."""
    path = data_copy / "types_pratiques.csv"
    path.write_bytes(path.read_text("utf-8").encode("cp1252"))
    assert stale_files(data_copy) == ["types_pratiques.csv"]
    assert publish(data_copy) == ["types_pratiques.csv"]


def test_missing_files_are_made(tmp_path: Path) -> None:
    """In an empty folder everything is to be made, once."""
    assert publish(tmp_path) == list(published_files())
    assert publish(tmp_path) == []


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: str(model.__name__))
def test_a_schema_describes_each_column(model: type[Record]) -> None:
    """Columns are described in their order, all with a type and a sentence."""
    schema = table_schema(model)
    assert tuple(described["name"] for described in schema["fields"]) == columns(model)
    assert all(described["type"] and described["description"] for described in schema["fields"])
    assert schema["primaryKey"] == list(model.primary_key)


@pytest.mark.parametrize(
    ("column", "described"),
    [
        pytest.param("type_pratique", {"enum": list(v.PRACTICE_TYPES.codes), "required": True}, id="a vocabulary"),
        pytest.param("sous_type", {"enum": list(v.PRACTICE_SUBTYPES.codes)}, id="an optional vocabulary"),
        pytest.param("longitude", {"minimum": -180, "maximum": 180}, id="a longitude"),
        pytest.param("nom", {"required": True, "maxLength": 300}, id="a name and its length"),
        pytest.param("date_verification", {"required": True}, id="a day"),
    ],
)
def test_constraints_are_those_of_the_model(column: str, described: dict[str, object]) -> None:
    """What the model refuses, the description says."""
    assert field(Practice, column)["constraints"] == described


def test_links_are_foreign_keys() -> None:
    """A participation names a practice and a structure."""
    targets = {key["fields"][0]: key["reference"]["resource"] for key in table_schema(Participation)["foreignKeys"]}
    assert targets == {"id_pratique": "pratiques", "id_structure": "structures"}


def test_the_package_names_every_file(data_folder: Path) -> None:
    """Each resource and its schema are there, under an open licence."""
    package = data_package()
    assert package["licenses"][0]["name"] == "etalab-2.0"
    for resource in package["resources"]:
        assert (data_folder / resource["path"]).is_file()
        assert json.loads((data_folder / resource["schema"]).read_text(encoding="utf-8"))["fields"]


def test_the_vocabulary_is_published_with_definitions() -> None:
    """Someone else can use the same codes, in the same sense."""
    rows = list(csv.DictReader(io.StringIO(published_files()["types_pratiques.csv"])))
    assert [row["code"] for row in rows] == list(v.PRACTICES.codes)
    assert {row["code"]: row["code_parent"] for row in rows}["creation_activites"] == "groupement_acteurs"
    assert all(row["definition"] and row["libelle"] for row in rows)


def test_the_purchase_families_are_published_with_their_equivalents() -> None:
    """A buyer who speaks CPV, or a list that speaks NAF, finds the family: espaces verts is 773 and 8130."""
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(published_files()["familles_achat.csv"]))}
    assert list(rows) == list(PURCHASE_FAMILIES.codes)
    assert "773" in rows["espaces_verts"]["cpv"].split("|")
    assert "8130" in rows["espaces_verts"]["naf"].split("|")
    assert all(row["definition"] and row["cpv"] and row["naf"] for row in rows.values())
