"""What a resource sheet says: one content for the page on screen, the PDF and the booklet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from cooperations.documents.plans import Spot


@dataclass(frozen=True, slots=True)
class Participant:
    """A structure in its role; never a person."""

    structure_id: str
    name: str
    role: str
    details: str = ""
    website: str | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Participants whose roles go together, under one heading; `more` are counted and not named."""

    title: str
    participants: tuple[Participant, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """What is said, and by the sheet of which practice when the sheet gathers several."""

    text: str
    practice_id: str = ""
    practice: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part that people complete: `column` is what a proposal fills, `prompt` what is expected while it is empty.

    `more` passages are counted and not shown.
    """

    column: str
    title: str
    prompt: str
    passages: tuple[Passage, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach a structure: its public site, and what it agreed to publish, since when."""

    name: str
    website: str | None = None
    email: str | None = None
    phone: str | None = None
    agreed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where the facts come from, the words that they were read in, and a web page."""

    text: str
    extract: str = ""
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A practice that the sheet of a type leads to."""

    id: str
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A practice, or a type of practice, as it is handed to somebody; `path` is its page from the root."""

    id: str
    path: str
    pdf_path: str
    kind: str
    practice_type: str
    kicker: str
    title: str
    summary: str
    place: str
    day: date
    status: str = ""
    remark: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    groups: tuple[Group, ...] = ()
    sections: tuple[Section, ...] = ()
    contacts: tuple[Contact, ...] = ()
    sources: tuple[Source, ...] = ()
    examples: tuple[Example, ...] = ()
    territories: tuple[str, ...] = ()
    spots: tuple[Spot, ...] = ()

    @property
    def told(self) -> tuple[Section, ...]:
        """The sections that say something."""
        return tuple(section for section in self.sections if section.passages)

    @property
    def to_complete(self) -> tuple[Section, ...]:
        """The sections that nobody has filled in yet."""
        return tuple(section for section in self.sections if not section.passages)
