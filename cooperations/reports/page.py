"""A report as a page that stands alone: no script, no other file, nothing asked of any server."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from cooperations.documents.writing import set_in_french
from cooperations.reports.paper import content
from cooperations.reports.pictures import pictures
from cooperations.reports.steps import DRAWING, SETTING, silent

if TYPE_CHECKING:
    from cooperations.reports.content import Report
    from cooperations.reports.pictures import Picture
    from cooperations.reports.steps import Say


def as_page(report: Report, say: Say = silent) -> bytes:
    """Return a report as HTML."""
    say(DRAWING, "Carte et graphiques…")
    drawn = pictures(report)
    say(SETTING, "Mise en page…")
    shown = set_in_french(content(report, drawn))
    svg = {name: _inline(one) for name, one in drawn.items()}
    return _templates().get_template("rapport.html").render(**shown, svg=svg).encode()


def _inline(picture: Picture) -> Markup:
    """Return a drawing of ours as a part of the page; the element around it says what it shows."""
    # Our own drawings, whose texts their makers escape.
    hidden = re.sub(r"^<svg ", '<svg aria-hidden="true" focusable="false" ', picture.svg.decode(), count=1)
    return Markup(hidden.replace(' role="img"', "", 1))  # noqa: S704 - same


@cache
def _templates() -> Environment:
    folder = Path(__file__).with_name("templates")
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
