"""A sheet → what its template reads, its pictures, and its PDF."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

import segno

from cooperations.documents.plans import locator_map
from cooperations.documents.typesetting import typeset
from cooperations.sheets import french_date
from cooperations.signs import SIGNS

if TYPE_CHECKING:
    from cooperations.documents.model import Contact, Group, Section, Sheet, Source
    from cooperations.territories import Gazetteer

AUTHOR, LICENCE = "Coopérations ESS", "Licence Ouverte 2.0"
QUIET_ZONE = 2
"""Modules of white around a QR code, on white paper."""


@dataclass(frozen=True, slots=True)
class Printer:
    """Where maps come from, and the public address that links and QR codes lead to."""

    gazetteer: Gazetteer
    root: str

    def pdf(self, sheet: Sheet) -> bytes:
        """Return the PDF of one sheet."""
        pictures = self.pictures(sheet, "")
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

    def pictures(self, sheet: Sheet, suffix: str) -> dict[str, bytes]:
        """Return the plan and the QR code of a sheet, by the names that its content gives them."""
        plan = locator_map(self.gazetteer, sheet.territories, sheet.spots)
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
            "missing": [section.title for section in sheet.to_complete],
            "contacts": [_contact(contact) for contact in sheet.contacts],
            "sources": [_source(source) for source in sheet.sources],
            "examples": [
                {"name": one.name, "place": one.place, "link": f"{self.root}/pratique?id={one.id}"}
                for one in sheet.examples
            ],
            "checked": french_date(sheet.day.isoformat()),
            "plan": f"plan{suffix}.svg",
            "plan_alt": plan_in_words(sheet),
            "plan_caption": plan_legend(sheet),
            "qr": f"qr{suffix}.svg",
            "address": {"link": self.address(sheet)},
        }


def foot(day: str) -> str:
    """Return what each page says at its foot: who, the day of the data and the licence."""
    return f"Coopérations économiques de l’ESS · données relues le {french_date(day)} · {LICENCE}"


def qr_code(address: str) -> bytes:
    """Return a QR code that leads to an address, as SVG."""
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, border=QUIET_ZONE, dark="#1c2b33"
    )
    return drawn.getvalue()


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


def _group(group: Group) -> dict[str, Any]:
    people = [
        {"name": one.name, "role": one.role, "details": one.details, "remark": one.remark or ""}
        for one in group.participants
    ]
    return {"title": group.title, "participants": people}


def _section(section: Section) -> dict[str, Any]:
    passages = [{"paragraphs": _paragraphs(one.text), "by": one.practice} for one in section.passages]
    return {"title": section.title, "passages": passages}


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
    return {"text": source.text, "extract": source.extract, "link": source.link or "", "site": _host(source.link)}


def _host(link: str | None) -> str:
    """Return an address as it is read aloud: « les-detritivores.org »."""
    return (link or "").partition("://")[2].removeprefix("www.").rstrip("/")
