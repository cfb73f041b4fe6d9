"""What a server read for long is no longer looked at by the garbage collector; what is made later still is."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING

import pytest

from cooperations.aside import set_aside

if TYPE_CHECKING:
    from collections.abc import Iterator


class Ring:
    """Something that holds itself, as frames and errors do."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_what_is_there_is_looked_at_no_more() -> None:
    """A full collection after it goes over what was made since: next to nothing."""
    kept = [[number] for number in range(1_000)]
    set_aside()
    assert gc.get_freeze_count() > len(kept)
    assert len(gc.get_objects()) < len(kept)


def test_what_is_made_later_and_left_is_still_collected() -> None:
    """A session that ends gives its memory back."""
    set_aside()
    seen = weakref.ref(Ring())
    gc.collect()
    assert seen() is None


def test_what_was_set_aside_and_left_goes_the_next_time() -> None:
    """The catalogue before an import does not stay for ever."""
    ring = Ring()
    seen = weakref.ref(ring)
    set_aside()
    del ring
    gc.collect()
    assert seen() is not None
    set_aside()
    assert seen() is None
