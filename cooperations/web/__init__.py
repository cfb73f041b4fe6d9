"""What the server answers besides pages: the map's data, boundaries, assets."""

from cooperations.web.routes import MIDDLEWARE, ROUTES, middleware
from cooperations.web.start import opening

__all__ = ["MIDDLEWARE", "ROUTES", "middleware", "opening"]
