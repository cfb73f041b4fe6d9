"""Texts folded many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperations.folding import fold_all, joined
from cooperations.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence


def folded(texts: Sequence[str | None]) -> list[str | None]:
    """Return texts folded at once."""
    return list(fold_all(pa.array(texts, pa.large_string())).to_pylist())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Œuvre  de l’Été - Saint-Émilion", id="French"),
        pytest.param("\tL’Atelier\x1cdu\u00a0Midou ", id="every kind of space"),
        pytest.param("Straße, ﬁn, İzmir, Ǆ", id="letters that grow when folded"),
        pytest.param("E\u0301\u034f\u0300", id="a mark that is not an accent"),
        pytest.param("\u0301seul", id="an accent on nothing"),
        pytest.param("\uff0d fullwidth", id="a hyphen that is not ours"),
        pytest.param("", id="nothing"),
    ],
)
def test_texts_at_once_are_folded_as_one_by_one(text: str) -> None:
    """A name is found by the same words, whether it was folded alone or among a million."""
    assert folded([text, None, "ASCII only", text]) == [fold(text), None, "ascii only", fold(text)]


@given(texts=st.lists(st.one_of(st.none(), st.text(max_size=12), st.text("Éœ-’ \tçÀb\u0301", max_size=12))))
def test_any_texts_are_folded_as_one_by_one(texts: list[str | None]) -> None:
    """Whatever people write."""
    assert folded(texts) == [None if text is None else fold(text) for text in texts]


@given(parts=st.tuples(*[st.one_of(st.none(), st.text("aé - ", max_size=6))] * 3))
def test_joining_what_is_folded_is_folding_what_is_joined(parts: tuple[str | None, ...]) -> None:
    """What is missing leaves no space behind."""
    columns = [fold_all(pa.array([part], pa.large_string())) for part in parts]
    sign = pa.scalar("\1", pa.large_string())
    assert joined(sign, *columns).to_pylist() == [fold(" ".join(("\1", *(part or "" for part in parts))))]
