"""Who may frame our pages: for embeds the sites that the setting lists, for all other pages ourselves only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cooperations.settings import ANY_SITE, embedding_sites

if TYPE_CHECKING:
    from starlette.datastructures import MutableHeaders

POLICY = "content-security-policy"
OURSELVES = "'self'"


def frame_ancestors() -> str:
    """Return the directive that says which sites may frame an embed; raises InvalidSetting."""
    sites = embedding_sites()
    allowed = ANY_SITE if ANY_SITE in sites else " ".join((OURSELVES, *sites))
    return f"frame-ancestors {allowed}"


def own_frames_only(headers: MutableHeaders) -> None:
    """Refuse to other sites a frame of any page that does not say itself who may frame it."""
    html = headers.get("content-type", "").startswith("text/html")
    if html and "frame-ancestors" not in headers.get(POLICY, ""):
        headers.append(POLICY, f"frame-ancestors {OURSELVES}")
        headers["x-frame-options"] = "SAMEORIGIN"
