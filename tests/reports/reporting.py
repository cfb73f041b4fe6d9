"""Reports of made-up states, for the tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cooperations.criteria import EVERYTHING, Criteria
from cooperations.decisions import Decisions
from cooperations.reports.content import Report, report
from cooperations.reports.order import Order
from tests.hostile import HOSTILE, packed
from tests.making import a_catalogue, a_practice, at_address, over

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.decisions import Snapshot
    from cooperations.territories import Gazetteer

LANDES, LOT_ET_GARONNE = Criteria(territories=("departement:40",)), Criteria(territories=("departement:47",))
BAD_INPUT = (
    "#set page(width: 1cm) $x^2$ @ref <label>",
    "<b>gras</b> & _italique_ *fort* `code`",
    "\"guillemets\" et 'apostrophes'",
    "=cmd()",
    "Nom de trois cents lettres " + "très" * 68,
    "Fête 🎉 du territoire",
    "שלום coopération",
    *(text for text in HOSTILE if text[0] in "=+-@"),
    *packed(HOSTILE, 290),
)


def a_report(
    catalogue: Catalogue,
    criteria: Criteria = EVERYTHING,
    decisions: Decisions | None = None,
    since: Snapshot | None = None,
) -> Report:
    """Return a report of a catalogue, in which nobody recorded anything unless `decisions` say so."""
    return report(catalogue, decisions or Decisions(), Order(criteria, since))


def hostile_catalogue(gazetteer: Gazetteer) -> Catalogue:
    """Return practices whose every text is made to be interpreted."""
    placed: tuple[dict[str, str], ...] = (at_address(-0.561249, 44.849663), over("departement", "departement:40"), {})
    return a_catalogue(
        gazetteer,
        [
            a_practice(f"piege-{number}", nom=text, description=text, source=text, **placed[number % 3])
            for number, text in enumerate(BAD_INPUT)
        ],
    )
