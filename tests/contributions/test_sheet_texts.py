"""What members add to a sheet: proposed, published, undone, and never lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cooperations.contributions.decide import accept, undo
from cooperations.contributions.history import history_of, in_lines
from cooperations.documents.practice_sheets import practice_sheet
from cooperations.errors import InvalidDecision
from tests.contributions.proposing import MODERATOR, a_correction, proposed
from tests.making import plain

if TYPE_CHECKING:
    from tests.contributions.proposing import World

HALL = "loc-halle-bio"


def told(app: World) -> dict[str, str]:
    """Return what the sheet of the hall tells, by heading."""
    sheet = practice_sheet(app.catalogue(), HALL, {})
    return {section.title: section.passages[0].text for section in sheet.told}


def test_an_accepted_text_is_on_the_sheet_and_can_be_undone(app: World) -> None:
    """Each moment is a revision that the history tells in words."""
    said = "Six maraîchers livrent la même halle.\n\nUne salariée tient les commandes."
    made = proposed(app, a_correction(HALL, fonctionnement=said))
    assert told(app) == {}
    accepted = accept(app.store, app.catalogue(), MODERATOR, made)
    assert told(app) == {"Comment le groupement fonctionne": said}
    undo(app.store, MODERATOR, accepted)
    assert told(app) == {}
    lines = [plain(line) for one in history_of(app.store, "practice", HALL) for line in in_lines(one, app.catalogue())]
    assert (
        "Comment ça fonctionne : vide → Six maraîchers livrent la même halle. Une salariée tient les commandes."
        in lines
    )
    assert any(line.startswith("Comment ça fonctionne : Six maraîchers") and line.endswith("vide") for line in lines)


def test_a_text_too_long_is_refused_in_words(app: World) -> None:
    """Before anybody reads it."""
    with pytest.raises(InvalidDecision, match="Ce que cela apporte"):
        proposed(app, a_correction(HALL, apports="x" * 2001))
