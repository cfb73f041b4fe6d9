"""Organisations are published, persons never."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import pytest

from cooperations.model import RECORDS, Record
from cooperations.text import fold

if TYPE_CHECKING:
    from pathlib import Path

PERSONAL = {
    "prenom",
    "civilite",
    "contact",
    "personne",
    "referent",
    "responsable",
    "dirigeant",
    "president",
    "auteur",
    "telephone",
    "tel",
    "portable",
    "mobile",
    "fax",
    "email",
    "mail",
    "courriel",
    "naissance",
    "first",
    "last",
    "phone",
    "person",
}
NAMES_OF_ORGANISATIONS = {"nom"}
FRENCH_TELEPHONE = re.compile(r"(?<!\d)(?:\+33|0)[1-9](?:[ .]?\d{2}){4}(?!\d)")


def words(name: str) -> set[str]:
    """Return the words of a column's name."""
    return set(re.split(r"[^a-z]+", fold(name)))


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: str(model.__name__))
def test_the_model_has_no_column_for_a_person(model: type[Record]) -> None:
    """There is nowhere to write a person's name, telephone or e-mail."""
    for name, info in model.model_fields.items():
        assert not words(f"{name} {info.alias}") & PERSONAL, name
        if "nom" in words(str(info.alias)):
            assert info.alias in NAMES_OF_ORGANISATIONS


def test_the_files_have_no_column_for_a_person(data_folder: Path) -> None:
    """Nor in what is published, whatever the model says."""
    for path in data_folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            assert not {word for name in next(csv.reader(file)) for word in words(name)} & PERSONAL, path.name


def test_the_files_hold_no_way_to_reach_a_person(data_folder: Path) -> None:
    """No e-mail, no telephone number, in any cell."""
    for path in data_folder.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        assert "@" not in text, path.name
        assert not FRENCH_TELEPHONE.search(text), path.name


def test_the_files_name_nobody_with_a_title(data_folder: Path) -> None:
    """A person is named with a title in minutes: none was copied."""
    for path in data_folder.glob("*.csv"):
        assert not re.search(r"\b(M\.|Mme|Mlle|Monsieur|Madame)\s", path.read_text(encoding="utf-8")), path.name
