"""What an import would change, before it changes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from cooperations.intake import digests, plan
from cooperations.intake.plan import HELD_COLUMNS
from cooperations.intake.profiles.decp import DECP
from tests.intake.lists import a_row, came_of
from tests.intake.test_awards import CONTRACT

if TYPE_CHECKING:
    from cooperations.intake import Intake
    from cooperations.territories import Gazetteer

SIRET, OTHER = "38786009100033", "39887189700029"
NOTHING = pd.DataFrame({name: pd.Series([], dtype=object) for name in HELD_COLUMNS})


def held_after(intake: Intake) -> pd.DataFrame:
    """Return what the store holds once an intake was taken."""
    frame = intake.accepted.assign(digest=digests(intake.accepted))
    return frame.reindex(columns=list(HELD_COLUMNS))


def test_everything_is_new_at_first(gazetteer: Gazetteer) -> None:
    """Refused rows are counted with the rest."""
    intake = came_of(gazetteer, a_row("1"), a_row("2", siret="123"))
    first = plan(intake, NOTHING)
    assert (len(first.added), len(first.changed), first.unchanged, first.refused, first.read) == (1, 0, 0, 1, 2)


def test_the_same_file_changes_nothing(gazetteer: Gazetteer) -> None:
    """Nor does a newer one that says the same."""
    intake = came_of(gazetteer, a_row("1", longitude="-0.4976", latitude="43.8937"), a_row("2", siret=SIRET))
    newer = replace(intake, accepted=intake.accepted.assign(source_date=date(2024, 1, 1)))
    for again in (intake, newer):
        second = plan(again, held_after(intake))
        assert (len(second.added), len(second.changed), second.unchanged) == (0, 0, 2)


def test_a_corrected_file_changes_its_rows(gazetteer: Gazetteer) -> None:
    """And those alone."""
    before = came_of(gazetteer, a_row("1"), a_row("2"))
    after = came_of(gazetteer, a_row("1"), a_row("2", name="Landes Partage Insertion"), a_row("3"))
    wanted = plan(after, held_after(before))
    assert wanted.changed["source_key"].tolist() == ["2"]
    assert wanted.added["source_key"].tolist() == ["3"]
    assert wanted.unchanged == 1


def test_a_new_key_for_the_same_siret_and_kind_is_the_same_row(gazetteer: Gazetteer) -> None:
    """It keeps the identifier that links already bear."""
    before = came_of(gazetteer, a_row("1", siret=SIRET))
    after = came_of(gazetteer, a_row("99", siret=SIRET))
    wanted = plan(after, held_after(before))
    assert wanted.changed["id"].tolist() == ["essai-1"]
    assert len(wanted.added) == 0


def test_a_row_found_by_its_siret_can_be_unchanged(gazetteer: Gazetteer) -> None:
    """Held under the id that it had, with the new key: the same file again changes nothing."""
    before = came_of(gazetteer, a_row("1", siret=SIRET))
    after = came_of(gazetteer, a_row("99", siret=SIRET))
    taken = plan(after, held_after(before)).changed
    held = taken.assign(digest=digests(taken)).reindex(columns=list(HELD_COLUMNS))
    assert plan(after, held).unchanged == 1


def test_a_siret_that_two_held_rows_have_says_nothing(gazetteer: Gazetteer) -> None:
    """Two sites of one establishment: a third key is a new row."""
    before = held_after(came_of(gazetteer, a_row("1", siret=SIRET)))
    twice = pd.concat([before, before.assign(id="essai-2")], ignore_index=True)
    assert plan(came_of(gazetteer, a_row("99", siret=SIRET)), twice).added["id"].tolist() == ["essai-99"]


def test_a_held_row_that_the_file_names_is_not_taken_by_another(gazetteer: Gazetteer) -> None:
    """The file has its key, under another kind now."""
    before = held_after(came_of(gazetteer, a_row("1", siret=SIRET, kind="ACI")))
    after = came_of(gazetteer, a_row("1", siret=SIRET, kind="EI"), a_row("2", siret=SIRET, kind="ACI"))
    wanted = plan(after, before)
    assert (wanted.changed["id"].tolist(), wanted.added["id"].tolist()) == (["essai-1"], ["essai-2"])


def test_contracts_are_planned_by_their_key_alone(gazetteer: Gazetteer) -> None:
    """They have no SIRET of their own."""
    intake = came_of(gazetteer, CONTRACT, profile=DECP)
    assert len(plan(intake, NOTHING).added) == 1
    assert plan(intake, held_after(intake)).unchanged == 1


def test_digests_are_stable() -> None:
    """Sixteen hexadecimal digits that other versions of this program must find again: held rows bear them."""
    frame = pd.DataFrame(
        {"id": ["a", "b"], "name": ["A", None], "longitude": [1.5, None], "source_date": [date(2020, 1, 1)] * 2}
    )
    assert digests(frame).tolist() == ["ba0a024a5f915c9a", "818298ff000c8c23"]


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.sampled_from("1234"), st.sampled_from(["", SIRET, OTHER, "123"]), st.sampled_from(["ACI", "EI"])),
        max_size=6,
    ),
    st.integers(0, 6),
)
def test_every_row_is_counted_once(gazetteer: Gazetteer, rows: list[tuple[str, str, str]], known: int) -> None:
    """Added, changed, unchanged, refused: their sum is what was read."""
    lists = [a_row(key, siret=siret, kind=kind) for key, siret, kind in rows]
    before = held_after(came_of(gazetteer, *lists[:known])) if lists[:known] else NOTHING
    if lists:
        wanted = plan(came_of(gazetteer, *lists), before)
        assert wanted.read == len(wanted.added) + len(wanted.changed) + wanted.unchanged + wanted.refused
        ids = pd.concat([wanted.added["id"], wanted.changed["id"]])
        assert ids.is_unique
