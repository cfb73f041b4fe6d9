"""Charts: one specification, drawn by the browser in a page and rendered as SVG in a document.

Each is made of `Bar`s, which are the table that says the same. No chart asks another server for anything.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from cooperations import vocabularies as v
from cooperations.documents.engraving import ENGRAVING
from cooperations.signs import SIGNS
from cooperations.text import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cooperations.figures import Bar

    Chart = Any
    """A chart of Altair, whose methods are typed as what they do not return."""

BAR_PX, THIN_PX, WIDTH_PX, HEIGHT_PX, WIDEST_PX = 34, 16, 640, 190, 56
MANY, FEW = 10, 10
"""Groups beyond which bars are thin; counts up to which every one has its tick."""
FONT = "'Source Sans 3', 'Source Sans Pro', sans-serif"
LEGEND = alt.Legend(orient="bottom", columns=1, labelLimit=320)
NARROW_PX = 260
"""Bars beside which the names of the legend would be cut, if they began under the first of them."""
UNDER = alt.ExprRef(f"{{offset: 18, bottom: {{anchor: if(width < {NARROW_PX}, 'end', 'start')}}}}")
FRENCH = alt.Locale(number=alt.NumberLocale(decimal=",", thousands="\u202f", grouping=[3], currency=["", "\u00a0€"]))


def by_type(bars: Sequence[Bar]) -> Chart:
    """Return one bar per type, with its number."""
    base = alt.Chart(_frame(bars)).encode(
        x=alt.X("pratiques:Q", title="Pratiques", axis=_axis(bars)),
        y=alt.Y("type:N", title=None, sort=_labels(bars), axis=alt.Axis(labelLimit=300, domain=False, ticks=False)),
    )
    drawn = base.mark_bar(height=20).encode(color=_colours(bars, legend=None), tooltip=_tooltip("type", "pratiques"))
    numbers = base.mark_text(align="left", dx=5).encode(text=alt.Text("pratiques:Q", format=",d"))
    return _french(alt.layer(drawn, numbers), alt.Step(BAR_PX))


def by_territory(bars: Sequence[Bar], **mark: Any) -> Chart:
    """Return one bar per territory, stacked by type; `mark` is added to how bars are drawn."""
    chart = _stacked(bars, **mark).encode(
        x=alt.X("sum(pratiques):Q", title="Pratiques", axis=_axis(bars)),
        y=alt.Y("groupe:N", title=None, sort=_groups(bars), axis=alt.Axis(labelLimit=260)),
    )
    return _french(chart, alt.Step(THIN_PX if len(_groups(bars)) > MANY else BAR_PX))


def over_time(bars: Sequence[Bar]) -> Chart:
    """Return one bar per year, stacked by type; the years without any are shown."""
    room = WIDTH_PX // (2 * max(1, len(_groups(bars))))
    chart = _stacked(bars, size=min(WIDEST_PX, room)).encode(
        x=alt.X("groupe:O", title=None, sort=_groups(bars), axis=alt.Axis(labelAngle=0, labelOverlap=True)),
        y=alt.Y("sum(pratiques):Q", title="Pratiques", axis=_axis(bars)),
    )
    return _french(chart, HEIGHT_PX)


def as_svg(chart: Chart) -> bytes:
    """Return a chart as vectors: the same bytes from the same chart."""
    return ENGRAVING.drawn(chart.to_dict())


def in_words(bars: Sequence[Bar]) -> str:
    """Return what a chart shows to who does not see it: « Landes (40) : Groupement d’acteurs 2, Achats… 1 ; … »."""
    said = []
    for group in _groups(bars):
        held = [(v.PRACTICES.label(bar.code), bar.count) for bar in bars if bar.group == group and bar.count]
        counted = ", ".join(f"{label} {number(count)}" for label, count in held) or "aucune pratique"
        said.append(f"{group}\u00a0: {counted}" if group else counted)
    return "\u00a0; ".join(said)


def _frame(bars: Sequence[Bar]) -> pd.DataFrame:
    codes = _codes(bars)
    rows = [(bar.group, v.PRACTICES.label(bar.code), codes.index(bar.code), bar.count) for bar in bars]
    return pd.DataFrame(rows, columns=["groupe", "type", "rang", "pratiques"])


def _codes(bars: Sequence[Bar]) -> list[str]:
    return list(dict.fromkeys(bar.code for bar in bars))


def _labels(bars: Sequence[Bar]) -> list[str]:
    return [v.PRACTICES.label(code) for code in _codes(bars)]


def _groups(bars: Sequence[Bar]) -> list[str]:
    return list(dict.fromkeys(bar.group for bar in bars))


def _axis(bars: Sequence[Bar]) -> alt.Axis:
    """Return an axis of whole numbers: among few, Vega would write halves, rounded."""
    together = Counter[str]()
    for bar in bars:
        together[bar.group if len(_groups(bars)) > 1 else bar.code] += bar.count
    most = max(together.values(), default=0)
    return alt.Axis(format=",d", values=list(range(most + 1))) if most <= FEW else alt.Axis(format=",d")


def _colours(bars: Sequence[Bar], legend: alt.Legend | None) -> alt.Color:
    colours = [SIGNS[v.PRACTICES[code].parent or code].colour for code in _codes(bars)]
    return alt.Color("type:N", title=None, scale=alt.Scale(domain=_labels(bars), range=colours), legend=legend)


def _tooltip(*columns: str) -> list[alt.Tooltip]:
    titles = {"groupe": "Où ou quand", "type": "Type", "pratiques": "Pratiques"}
    return [alt.Tooltip(column, title=titles[column]) for column in columns]


def _stacked(bars: Sequence[Bar], **mark: Any) -> Chart:
    return (
        alt.Chart(_frame(bars))
        .mark_bar(stroke="white", strokeWidth=1, **mark)
        .encode(
            color=_colours(bars, LEGEND),
            order=alt.Order("rang:Q"),
            tooltip=_tooltip("groupe", "type", "pratiques"),
        )
    )


def _french(chart: Chart, height: int | alt.Step) -> Chart:
    sized = chart.properties(height=height, width=WIDTH_PX, autosize=alt.AutoSizeParams(type="fit-x"))
    return sized.configure(locale=FRENCH, font=FONT).configure_view(stroke=None).configure_legend(layout=UNDER)
