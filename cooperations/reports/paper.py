"""A report as PDF."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from cooperations.documents.typesetting import typeset
from cooperations.exports import LICENCE
from cooperations.reports import words
from cooperations.reports.pictures import pictures
from cooperations.reports.sections import sections
from cooperations.reports.steps import DRAWING, SETTING, silent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cooperations.reports.content import Change, Report
    from cooperations.reports.pictures import Picture
    from cooperations.reports.steps import Say


def as_paper(report: Report, say: Say = silent) -> bytes:
    """Return a report as PDF/UA-1; raises TooManyDocuments when others are being set."""
    say(DRAWING, "Carte et graphiques…")
    drawn = pictures(report)
    say(SETTING, "Mise en page…")
    return typeset("rapport", content(report, drawn), {f"{name}.svg": one.svg for name, one in drawn.items()})


def content(report: Report, drawn: Mapping[str, Picture]) -> dict[str, Any]:
    """Return what the template sets, and the page shows."""
    return {
        "title": words.title(report),
        "kicker": words.KICKER,
        "summary": words.summary(report),
        "day": report.day.isoformat(),
        "author": [words.AUTHOR],
        "foot": f"{words.title(report)} – données au {words.day(report)} – {LICENCE}",
        "facts": [{"label": label, "text": text} for label, text in words.facts(report)],
        "figures": [_figure(one) for one in report.changes],
        "compared": words.comparison(report) if report.before else "",
        "pictures": {name: {"title": one.title, "alt": one.alt} for name, one in drawn.items()},
        "sections": [asdict(one) for one in sections(report)],
    }


def _figure(change: Change) -> dict[str, str]:
    figure = change.figure
    label = f"{figure.label}, {figure.remark}" if figure.remark else figure.label
    return {"label": label, "value": replace(figure, remark="").words, "change": change.words}
