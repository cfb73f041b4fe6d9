"""The browser's files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from cooperations.web.assets import APP_FOLDER, asset_url, leaflet_url

if TYPE_CHECKING:
    from starlette.testclient import TestClient


@pytest.mark.parametrize(
    ("name", "kind"),
    [("leaflet.js", "text/javascript"), ("leaflet.css", "text/css"), ("images/marker-icon.png", "image/png")],
)
def test_leaflet_is_ours_to_serve(client: TestClient, name: str, kind: str) -> None:
    """The map needs nobody else's server, behind whatever firewall."""
    answer = client.get(leaflet_url(name))
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)


@pytest.mark.parametrize("name", sorted(path.name for path in APP_FOLDER.iterdir()))
def test_our_files_are_served_under_their_digest(client: TestClient, name: str) -> None:
    """The address holds a digest of all the files, which import each other: a new version is fetched at once."""
    answer = client.get(asset_url(name))
    assert answer.status_code == 200
    assert answer.content == (APP_FOLDER / name).read_bytes()
    assert re.fullmatch(rf"/assets/app/[0-9a-f]{{12}}/{re.escape(name)}", asset_url(name))


@pytest.mark.parametrize(
    "path", ["/assets/app/x/absent.js", "/assets/app/x/..%2Fassets.py", "/assets/app/x/../../routes.py"]
)
def test_nothing_else_is_served(client: TestClient, path: str) -> None:
    """The folder's neighbours stay private."""
    assert client.get(path).status_code == 404
