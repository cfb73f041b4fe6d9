"""The changes of the published records as an Atom feed (RFC 4287); what is in it is text, never HTML."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from cooperations.agenda.words import page_of
from cooperations.contributions.history import FROM_DATA, in_lines, title
from cooperations.sheets import address

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cooperations.catalogue import Catalogue
    from cooperations.contributions.history import Version

ATOM = "http://www.w3.org/2005/Atom"
PATH = "/fil/changements.atom"
MOST_ENTRIES = 50
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
register_namespace("", ATOM)


def atom(versions: Sequence[Version], catalogue: Catalogue, base: str) -> bytes:
    """Return the feed of some changes, the newest first; `base` is the address of the application."""
    feed = Element(f"{{{ATOM}}}feed")
    region = catalogue.gazetteer.perimeter.name
    updated = versions[0].made_at if versions else datetime(2016, 7, 12, tzinfo=UTC)
    _text(feed, "title", f"Coopérations économiques de l’ESS en {region}\u00a0: changements")
    _text(feed, "id", f"{base}{PATH}")
    _text(feed, "updated", updated.isoformat())
    SubElement(feed, f"{{{ATOM}}}link", rel="self", href=f"{base}{PATH}", type="application/atom+xml")
    SubElement(feed, f"{{{ATOM}}}link", rel="alternate", href=f"{base}/", type="text/html")
    author = SubElement(feed, f"{{{ATOM}}}author")
    _text(author, "name", "Coopérations ESS")
    for version in versions:
        _entry(feed, version, catalogue, base)
    return bytes(tostring(feed, encoding="utf-8", xml_declaration=True))


def link_of(version: Version, base: str) -> str:
    """Return the address of the page where a change is seen."""
    if version.entity in {"practice", "participation"}:
        return f"{base}/{address(version.entity_id.partition('/')[0])}"
    if version.entity == "event":
        return f"{base}/{page_of(version.entity_id)}"
    return f"{base}/donnees"


def _entry(feed: Element, version: Version, catalogue: Catalogue, base: str) -> None:
    entry = SubElement(feed, f"{{{ATOM}}}entry")
    _text(entry, "title", title(version, catalogue))
    _text(entry, "id", f"{base}{PATH}#{version.number}")
    _text(entry, "updated", version.made_at.isoformat())
    author = SubElement(entry, f"{{{ATOM}}}author")
    _text(author, "name", "Fichiers publiés" if version.author == FROM_DATA else version.author)
    SubElement(entry, f"{{{ATOM}}}link", rel="alternate", href=link_of(version, base), type="text/html")
    _text(entry, "summary", "\n".join(in_lines(version, catalogue)), type="text")


def _text(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, f"{{{ATOM}}}{name}", attributes).text = _NOT_XML.sub("\ufffd", text)
