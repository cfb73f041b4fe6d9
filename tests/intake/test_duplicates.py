"""Twice the same row, or two rows that look the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.intake.lists import a_row, came_of, said

if TYPE_CHECKING:
    from cooperations.territories import Gazetteer

SIRET = "38786009100033"


def test_a_key_met_twice_is_refused_with_the_line_of_the_first(gazetteer: Gazetteer) -> None:
    """Even when it is spelled otherwise: the identifier would be the same."""
    intake = came_of(gazetteer, a_row("A-1"), a_row("A-1", name="B"), a_row("a 1", name="C"))
    assert intake.accepted["name"].tolist() == ["Landes Partage"]
    assert [line for line, *_ in said(intake.refusals)] == [3, 4]
    assert all("ligne 2" in issue.problem for issue in intake.refusals)


def test_a_siret_under_two_kinds_is_legitimate(gazetteer: Gazetteer) -> None:
    """One establishment may be ACI and EI; it is said, and counted apart."""
    intake = came_of(gazetteer, a_row(siret=SIRET, kind="ACI"), a_row("2", siret=SIRET, kind="EI"))
    assert (len(intake.accepted), intake.sirets_of_several_kinds) == (2, 1)
    assert (3, "siret", "même SIRET, sous une autre catégorie, ligne 2") in said(intake.notices)


def test_a_siret_twice_under_one_kind_is_refused(gazetteer: Gazetteer) -> None:
    """The second row says where the first one is."""
    intake = came_of(gazetteer, a_row(siret=SIRET), a_row("2", siret=SIRET))
    assert said(intake.refusals) == [(3, "siret", "même SIRET et même catégorie ligne 2")]


def test_a_refused_row_is_nobodys_first(gazetteer: Gazetteer) -> None:
    """The second row is kept when the first one is refused for something else."""
    intake = came_of(gazetteer, a_row(siret=SIRET, post_code="x"), a_row("1", siret=SIRET))
    assert (intake.refused, len(intake.accepted)) == (1, 1)


def test_the_name_of_a_person_is_found(gazetteer: Gazetteer) -> None:
    """Two names without a common word under one SIRET; « ASSOC » is common to too many."""
    intake = came_of(
        gazetteer,
        a_row(siret=SIRET, name="ASSOC ESSAI"),
        a_row("2", siret=SIRET, kind="EI", name="Camille EXEMPLE"),
        a_row("3", siret="39887189700029", name="Régie de Quartier"),
        a_row("4", siret="39887189700029", kind="EI", name="REGIE DU MARSAN"),
    )
    found = intake.accepted["findings"].str.contains("nom_de_personne")
    assert found.tolist() == [True, True, False, False]
