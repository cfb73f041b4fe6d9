"""The light pages and the embeds: the same maps, matrix and sheets without Streamlit, session or cookie."""

from cooperations.light.preview import PREVIEWS
from cooperations.light.routes import LIGHT_ROUTES

__all__ = ["LIGHT_ROUTES", "PREVIEWS"]
