"""The practices that documents are measured on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.practices import made_up_catalogue

if TYPE_CHECKING:
    from cooperations.territories import Gazetteer


def test_the_same_seed_gives_the_same_practices(gazetteer: Gazetteer) -> None:
    """Two runs measure the same thing: sheets that are full, with their structures."""
    once, again, other = (made_up_catalogue(gazetteer, 12, seed) for seed in (1, 1, 2))
    assert once.practices == again.practices
    assert once.practices != other.practices
    assert all(practice.workings and practice.success for practice in once.practices)
    assert all(len(once.actors(practice.id)) == 4 for practice in once.practices)
