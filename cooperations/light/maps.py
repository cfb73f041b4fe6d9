"""The pages of the two maps: Folium renders each once, the same for everybody.

The criteria are in the address, and the page's script reads them there: so a cache needs one copy of the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Link

from cooperations.light.answers import SAME_FOR_ALL_S, answering_page, html_page, templates
from cooperations.light.bundles import bundle_url
from cooperations.runtime import application
from cooperations.ui.base_map import Subject, base_map
from cooperations.ui.layers import LightLayer
from cooperations.ui.palette import legend, sector_legend
from cooperations.web.assets import asset_url, font_url
from cooperations.web.boundaries import departments_url

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from cooperations.territories import Perimeter


@dataclass(frozen=True, slots=True)
class LightMap:
    """A map without Streamlit: its heading, the routes of its data, the layer that draws them, its other half."""

    heading: str
    base: str
    layer: str
    application: str
    whole: str
    compact: bool

    @property
    def is_of_practices(self) -> bool:
        """Whether it shows practices; else it shows structures."""
        return self.layer == "pratiques"


PRACTICES = ("Coopérations économiques de l’ESS", "/api/carte", "pratiques", "/", "/carte-legere")
OFFERS = ("Trouver une offre de l’ESS", "/api/offres", "offres", "/offres", "/offres-legeres")
MAPS = {
    "/carte-legere": LightMap(*PRACTICES, compact=False),
    "/offres-legeres": LightMap(*OFFERS, compact=False),
    "/integrer/carte": LightMap(*PRACTICES, compact=True),
    "/integrer/offres": LightMap(*OFFERS, compact=True),
}


class _Page(folium.Figure):
    """Folium's page, in French, with a heading, the criteria in words and a list around its map."""

    _template = templates().get_template("carte.html")

    def __init__(self, shown: LightMap, perimeter: Perimeter) -> None:
        super().__init__()
        self.shown = shown
        self.heading = f"{shown.heading} en {perimeter.name}"
        self.style, self.script_url = bundle_url("legere.css"), bundle_url("legere.js")
        self.font, self.icon, self.boundaries = font_url(), asset_url("icone.png"), departments_url()

    def render(self, **kwargs: Any) -> str:
        """Render the map, then the page, whose files come together instead of one by one."""
        for child in self._children.values():
            child.render(**kwargs)
        links = [name for name, one in self.header._children.items() if isinstance(one, Link)]  # noqa: SLF001 - same
        for name in links:
            del self.header._children[name]  # noqa: SLF001 - same
        return str(self._template.render(this=self, kwargs=kwargs))


def page(path: str) -> Callable[[Request], Awaitable[Response]]:
    """Return what answers the page of a map."""

    @answering_page
    def endpoint(request: Request) -> Response:
        return html_page(request, _render(path), SAME_FOR_ALL_S)

    return endpoint


@cache
def _render(path: str) -> str:
    shown = MAPS[path]
    perimeter = application().gazetteer.perimeter
    types = legend() if shown.is_of_practices else sector_legend()
    subject = Subject(shown.heading, types)
    drawn = base_map(perimeter, dark=False, clickable=shown.is_of_practices, subject=subject)
    LightLayer({"base": shown.base, "couche": shown.layer}).add_to(drawn)
    _name_alike(drawn)
    figure = _Page(shown, perimeter)
    figure.add_child(drawn)
    return str(figure.render())


def _name_alike(drawn: folium.Map) -> None:
    """Give elements their place for a name, in place of a random one: each process renders the same page."""
    drawn._id = "carte"  # noqa: SLF001 - Folium has no other way
    for rank, child in enumerate(drawn._children.values()):  # noqa: SLF001 - same
        child._id = str(rank)  # noqa: SLF001 - same
