"""A sheet → what its template reads, its pictures, and its PDF."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

import segno

from cooperations.documents.plans import ground, overlay
from cooperations.documents.typesetting import typeset
from cooperations.sheets import french_date
from cooperations.signs import SIGNS
from cooperations.text import plural

if TYPE_CHECKING:
    from cooperations.documents.model import Contact, Group, Section, Sheet, Source
    from cooperations.territories import Gazetteer

GROUND = "fond.svg"
AUTHOR, LICENCE = "Coopérations ESS", "Licence Ouverte 2.0"
QUIET_ZONE, INK = 2, "#1c2b33"
"""Modules of white around a QR code, on white paper."""
MASK = 2
"""Every reader takes the eight patterns of a QR code; looking for the most even one takes eight times as long."""


@dataclass(frozen=True, slots=True)
class Printer:
    """Where maps come from, and the public address that links and QR codes lead to."""

    gazetteer: Gazetteer
    root: str

    def pdf(self, sheet: Sheet) -> bytes:
        """Return the PDF of one sheet."""
        pictures = self.shared() | self.pictures(sheet, "")
        content = {
            "title": sheet.title,
            "summary": sheet.summary,
            "author": [AUTHOR],
            "keywords": [sheet.kicker, sheet.place],
            "day": sheet.day.isoformat(),
            "foot": foot(sheet.day.isoformat()),
            "sheet": self.content(sheet, ""),
        }
        return typeset("fiche", content, pictures)

    def shared(self) -> dict[str, bytes]:
        """Return the pictures that all sheets have in common."""
        return {GROUND: ground(self.gazetteer)}

    def pictures(self, sheet: Sheet, suffix: str) -> dict[str, bytes]:
        """Return what the plan of a sheet marks, and its QR code, by the names that its content gives them."""
        plan = overlay(self.gazetteer, sheet.territories, sheet.spots)
        return {f"plan{suffix}.svg": plan, f"qr{suffix}.svg": qr_code(self.address(sheet))}

    def address(self, sheet: Sheet) -> str:
        """Return the web address of a sheet."""
        return f"{self.root}/{sheet.path}"

    def content(self, sheet: Sheet, suffix: str) -> dict[str, Any]:
        """Return what the template of a sheet reads."""
        return {
            "kicker": sheet.kicker,
            "title": sheet.title,
            "colour": SIGNS[sheet.practice_type].colour,
            "shape": SIGNS[sheet.practice_type].shape,
            "line": " · ".join(part for part in (sheet.place, sheet.status) if part),
            "summary": sheet.summary,
            "remark": sheet.remark,
            "facts": [list(fact) for fact in sheet.facts],
            "groups": [_group(group) for group in sheet.groups],
            "sections": [_section(section) for section in sheet.told],
            "missing": _missing(sheet),
            "contacts": [_contact(contact) for contact in sheet.contacts],
            "sources": [_source(source) for source in sheet.sources],
            "examples": [
                {"name": one.name, "place": one.place, "link": f"{self.root}/pratique?id={one.id}"}
                for one in sheet.examples
            ],
            "checked": french_date(sheet.day.isoformat()),
            "plan": f"plan{suffix}.svg" if sheet.territories or sheet.spots else "",
            "ground": GROUND,
            "plan_alt": plan_in_words(sheet),
            "plan_caption": plan_legend(sheet),
            "qr": f"qr{suffix}.svg",
            "address": {"link": self.address(sheet)},
        }


def foot(day: str) -> str:
    """Return what each page says at its foot: who, the day of the data and the licence."""
    return f"Coopérations économiques de l’ESS · données relues le {french_date(day)} · {LICENCE}"


def qr_code(address: str) -> bytes:
    """Return a QR code that leads to an address, as SVG: filled, for strokes take long to lay out."""
    made = segno.make(address, error="m", micro=False, mask=MASK)
    rows = [list(row) for row in made.matrix_iter(border=QUIET_ZONE)]
    runs = "".join(_runs(y, row) for y, row in enumerate(rows))
    box = f'viewBox="0 0 {len(rows)} {len(rows)}" shape-rendering="crispEdges"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}><path fill="{INK}" d="{runs}"/></svg>'.encode()


def _runs(y: int, row: list[int]) -> str:
    """Return the dark modules of a line, those that touch in one rectangle."""
    drawn, x = [], 0
    for dark, some in groupby(row):
        width = len(list(some))
        if dark:
            drawn.append(f"M{x} {y}h{width}v1h-{width}z")
        x += width
    return "".join(drawn)


def plan_in_words(sheet: Sheet) -> str:
    """Return what the plan shows, for who does not see it."""
    marks = [spot for spot in sheet.spots if not spot.small]
    where = f"Plan des départements, avec {sheet.place}" if sheet.territories else "Plan des départements"
    if len(marks) > 1:
        return f"{where}\u00a0: {len(marks)} pratiques y sont marquées."
    return f"{where}, et la pratique marquée par un point." if marks else f"{where}."


def plan_legend(sheet: Sheet) -> str:
    """Return what the signs of the plan mean, in a few words."""
    parts = (
        ("En bleu, le territoire", bool(sheet.territories)),
        ("signe creux, la commune seule est connue", any(spot.hollow for spot in sheet.spots)),
        ("points gris, les structures", any(spot.small for spot in sheet.spots)),
    )
    said = "\u00a0; ".join(words for words, holds in parts if holds)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _missing(sheet: Sheet) -> list[str]:
    nobody = [] if sheet.groups else ["Qui y prend part"]
    return [*nobody, *(section.title for section in sheet.to_complete)]


def _group(group: Group) -> dict[str, Any]:
    people = [
        {"name": one.name, "role": one.role, "details": one.details, "remark": one.remark or ""}
        for one in group.participants
    ]
    others = f"et {plural(group.more, 'autre structure', 'autres structures')}" if group.more else ""
    return {"title": group.title, "participants": people, "others": others}


def _section(section: Section) -> dict[str, Any]:
    passages = [{"paragraphs": _paragraphs(one.text), "by": one.practice} for one in section.passages]
    others = (
        f"{plural(section.more, 'autre pratique le dit', 'autres pratiques le disent')} aussi" if section.more else ""
    )
    return {"title": section.title, "passages": passages, "others": others}


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _contact(contact: Contact) -> dict[str, Any]:
    agreed = contact.agreed_on
    said = f"publié avec l’accord du {french_date(agreed.isoformat())}" if agreed and contact.email else ""
    ways = [one for one in (contact.phone, contact.email) if one]
    return {
        "name": contact.name,
        "ways": ways,
        "agreed": said,
        "link": contact.website or "",
        "site": _host(contact.website),
    }


def _source(source: Source) -> dict[str, Any]:
    # Quotes within quotes.
    extract = re.sub(r"«\s?(.*?)\s?»", r"“\1”", source.extract)
    return {"text": source.text, "extract": extract, "link": source.link or "", "site": _host(source.link)}


def _host(link: str | None) -> str:
    """Return an address as it is read aloud: « les-detritivores.org »."""
    return (link or "").partition("://")[2].removeprefix("www.").rstrip("/")
