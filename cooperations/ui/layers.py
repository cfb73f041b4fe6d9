"""Our Folium map and its two layers: they carry addresses, and the browser fetches what it needs from them."""

from __future__ import annotations

import re
from typing import Any

import folium
from folium.elements import JSCSSMixin
from folium.map import Layer
from folium.template import Template
from jinja2.utils import htmlsafe_json_dumps

from cooperations.web.assets import asset_url, leaflet_url

# In JSON an object begins with a quote or ends at once: these are in a text.
_TAG = re.compile(r"\{(?=[{%#])")


class LocalMap(folium.Map):
    """A map whose every file comes from this server, described in as few bytes as a rerun can send."""

    default_js = [("leaflet", leaflet_url("leaflet.js"))]  # noqa: RUF012 - folium reads this class attribute
    default_css = [("leaflet-css", leaflet_url("leaflet.css"))]  # noqa: RUF012 - same
    _template = Template(
        """
        {% macro header(this, kwargs) %}<style>body { margin: 0; }</style>{% endmacro %}
        {% macro html(this, kwargs) %}<div class="folium-map" id="{{ this.get_name() }}" ></div>{% endmacro %}
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {{ this.options|tojson }});
        {% endmacro %}
        """
    )


class _ScriptLayer(JSCSSMixin, Layer):
    """A layer that carte.js makes from options."""

    default_js = [("cooperations-carte", asset_url("carte.js"))]  # noqa: RUF012 - folium reads this class attribute
    default_css = [("cooperations-carte-css", asset_url("carte.css"))]  # noqa: RUF012 - same

    _name = "c"

    def __init__(self, name: str, options: dict[str, Any]) -> None:
        super().__init__(name=name, overlay=True, control=False)
        # What is empty is so in carte.js without being sent.
        self.options = {key: value for key, value in options.items() if value not in (False, "", [])}

    @property
    def written(self) -> str:
        """The options in JavaScript, where no text begins a Jinja tag: branca compiles what it is given once more."""
        return _TAG.sub(r"\\u007b", str(htmlsafe_json_dumps(self.options)))


class BoundaryLayer(_ScriptLayer):
    """The departments; a click on one of the perimeter tells the page its territory key."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.cooperations.limites({{ this.written }});
        {% endmacro %}
        """
    )


class PracticeLayer(_ScriptLayer):
    """The practices that meet the criteria, clustered by the server for each view."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.cooperations.pratiques({{ this.written }});
        {% endmacro %}
        """
    )


class CoverageLayer(_ScriptLayer):
    """The matrix as a map: territories coloured by one column of it."""

    default_js = [*_ScriptLayer.default_js, ("cooperations-couverture", asset_url("couverture.js"))]  # noqa: RUF012 - same
    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.cooperations.couverture({{ this.written }});
        {% endmacro %}
        """
    )


class OfferLayer(_ScriptLayer):
    """The offers that answer a need, clustered by the server for each view; a click on the map says a place."""

    default_js = [*_ScriptLayer.default_js, ("cooperations-offres", asset_url("offres_carte.js"))]  # noqa: RUF012 - same
    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.cooperations.offres({{ this.written }});
        {% endmacro %}
        """
    )


class LightLayer(_ScriptLayer):
    """What a page without Streamlit shows: its script asks for what the criteria of the address mean, and draws it."""

    default_js = [  # noqa: RUF012 - same
        *OfferLayer.default_js,
        ("cooperations-legere", asset_url("legere.js")),
    ]
    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.cooperations.legere({{ this.written }});
        {% endmacro %}
        """
    )

    def __init__(self, options: dict[str, str]) -> None:
        super().__init__("legere", options)


class MeetingLayer(_ScriptLayer):
    """The places where meetings are held; a click on a name tells the page which."""

    default_js = [*_ScriptLayer.default_js, ("cooperations-agenda", asset_url("agenda_carte.js"))]  # noqa: RUF012 - same
    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.cooperations.rencontres({{ this.written }});
        {% endmacro %}
        """
    )
