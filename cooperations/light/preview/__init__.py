"""What a page shows until Streamlit has drawn it: the same map or matrix, as a picture written in the page itself."""

from __future__ import annotations

from cooperations.light.preview.pages import PREVIEWS

__all__ = ["PREVIEWS"]
