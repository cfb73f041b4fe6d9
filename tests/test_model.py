"""What the cells of one row must say together."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from cooperations.model import RECORDS, Event, Practice, Record, Structure
from tests.making import BEGLES, a_practice, at_address, over

ARDITS = {
    "id": "ardits",
    "nom": "Ardits",
    "famille": "inconnue",
    "membre_gt": "non",
    "source": "Un essai",
    "confiance": "sure",
    "date_verification": "2016-07-12",
}


def refused(model: type[Record], cells: dict[str, str]) -> str:
    """Return the problems for which a row is refused."""
    with pytest.raises(ValidationError) as error:
        model.model_validate(cells)
    return " ; ".join(detail["msg"] for detail in error.value.errors())


def cells_of(practice: Practice) -> dict[str, str]:
    """Return the cells that say a practice without territory."""
    kept = practice.model_dump(by_alias=True, exclude_none=True, exclude={"territories", "subtype_deduced"})
    return {name: str(value) for name, value in kept.items()} | {"sous_type_deduit": "non"}


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        pytest.param({"sous_type": "creation_activites"}, "sous-type étranger au type", id="sub-type of another type"),
        pytest.param(at_address(-0.54, 44.8) | {"latitude": ""}, "une coordonnée manque", id="half a point"),
        pytest.param(
            at_address(-0.54, 44.8) | {"precision_localisation": "commune"},
            "point et précision se contredisent",
            id="point of a practice known to its commune only",
        ),
        pytest.param(
            over("adresse", f"commune:{BEGLES}"), "point et précision se contredisent", id="address without a point"
        ),
        pytest.param(
            over("inconnue", "departement:40"),
            "territoires et précision se contredisent",
            id="unknown place with a territory",
        ),
        pytest.param(
            {"precision_localisation": "departement"},
            "territoires et précision se contredisent",
            id="department that is not named",
        ),
        pytest.param(
            {"periode_debut": "2016", "periode_fin": "2015-12"},
            "la période finit avant de commencer",
            id="end before start",
        ),
    ],
)
def test_cells_that_contradict_each_other_are_refused(changes: dict[str, str], problem: str) -> None:
    """A row whose cells cannot all be true is not taken."""
    assert problem in refused(Practice, cells_of(a_practice()) | changes)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(at_address(-0.541228, 44.807634, BEGLES), id="address with its point"),
        pytest.param({"precision_localisation": "hors_perimetre"}, id="outside, nobody says where"),
        pytest.param({"periode_debut": "2016-07", "periode_fin": "2016"}, id="month then its own year"),
        pytest.param({"periode_debut": "2016", "periode_fin": "2016-03"}, id="year then one of its months"),
        pytest.param(
            {"type_pratique": "groupement_acteurs", "sous_type": "creation_activites"}, id="sub-type of its type"
        ),
        pytest.param({"nom": "n" * 300}, id="name of 300 characters"),
    ],
)
def test_cells_that_agree_are_taken(changes: dict[str, str]) -> None:
    """What is consistent is not refused."""
    assert a_practice(**changes).id == "essai"


def test_an_empty_cell_is_an_absent_value() -> None:
    """Spreadsheets write absent values as empty or blank cells, with spaces around the others."""
    practice = a_practice(remarque="  ", lieu="", nom="  Cap Solidaire ")
    assert (practice.remark, practice.place, practice.name) == (None, None, "Cap Solidaire")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        pytest.param({"longitude": "-0.54"}, "une coordonnée manque", id="half a point"),
        pytest.param({"longitude": "-0.54", "latitude": "44.8"}, "un point sans commune", id="point without commune"),
    ],
)
def test_a_structure_with_a_point_has_its_commune(changes: dict[str, str], problem: str) -> None:
    """The commune is what the point is verified against."""
    assert Structure.model_validate(ARDITS).name == "Ardits"
    assert problem in refused(Structure, ARDITS | changes)


def test_a_siret_begins_with_its_siren() -> None:
    """Two numbers of two legal units cannot be those of one structure; either alone, or both that agree, are taken."""
    numbers = {"siret": "41843528500030", "siren": "418435285"}
    assert Structure.model_validate(ARDITS | numbers).siren == "418435285"
    assert Structure.model_validate(ARDITS | {"siren": "387860091"}).siret is None
    problem = refused(Structure, ARDITS | numbers | {"siren": "387860091"})
    assert problem == "SIREN et SIRET se contredisent"


def test_a_meeting_ends_after_it_starts() -> None:
    """A meeting cannot end when it starts, whatever the offsets."""
    cells = {"id": "gt", "nom": "GT", "statut": "annonce", "description": "…", "source": "…", "extrait_source": "…"}
    times = {"debut": "2016-09-22T09:00:00+02:00", "fin": "2016-09-22T07:00:00+00:00"}
    assert "la rencontre finit avant de commencer" in refused(Event, cells | times)


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: str(model.__name__))
def test_every_column_is_described(model: type[Record]) -> None:
    """The published descriptions leave no column out, and name the key among the columns."""
    aliases = [info.alias for info in model.model_fields.values()]
    assert set(model.primary_key) <= set(aliases)
    assert all(info.description for info in model.model_fields.values())
    assert len(set(aliases)) == len(aliases)
