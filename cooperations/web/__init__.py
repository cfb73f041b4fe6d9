"""What the server answers besides pages: the map's data, boundaries, assets."""

from cooperations.web.routes import ROUTES, middleware
from cooperations.web.start import opening

__all__ = ["ROUTES", "middleware", "opening"]
