"""Our two Folium layers: they carry an address, and the browser fetches what it needs from it."""

from __future__ import annotations

from typing import Any

from folium.elements import JSCSSMixin
from folium.map import Layer
from folium.template import Template

from cooperations.web.assets import asset_url


class _ScriptLayer(JSCSSMixin, Layer):
    """A layer that carte.js makes from options."""

    default_js = [("cooperations-carte", asset_url("carte.js"))]  # noqa: RUF012 - folium reads this class attribute
    default_css = [("cooperations-carte", asset_url("carte.css"))]  # noqa: RUF012 - same

    def __init__(self, name: str, options: dict[str, Any]) -> None:
        super().__init__(name=name, overlay=True, control=False)
        self.options = options


class BoundaryLayer(_ScriptLayer):
    """The departments; a click on one of the perimeter tells the page its territory key."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.cooperations.limites({{ this.options|tojson }});
        {{ this.get_name() }}.addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )


class PracticeLayer(_ScriptLayer):
    """The practices that meet the criteria, clustered by the server for each view."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.cooperations.pratiques({{ this.options|tojson }});
        {{ this.get_name() }}.addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )
