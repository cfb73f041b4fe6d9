"""What a working group records about coverage: surveys, targets, actions, drafts, snapshots.

Unlike the records of data/, these are made in the application and live in the store alone. Organisations sign them,
never people. A cell is a practice type or sub-type (a code of PRACTICES) and a territory key.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self, TypeVar
from uuid import uuid4

from pydantic import Field, ValidationError, field_validator, model_validator

from cooperations import vocabularies as v
from cooperations.dataset.reader import issues_of
from cooperations.errors import DataIssue, InvalidDecision, UnknownPractice
from cooperations.fields import PARIS as PARIS  # noqa: PLC0414 - the clock that decisions are dated by
from cooperations.fields import Day, Identifier, Moment, TerritoryKey, one_of
from cooperations.model import NAME_LENGTH, Record, Text, column
from cooperations.refusing import refuse

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from datetime import date

NOTE_LENGTH = 2000
MOST_WANTED = 999
ILLEGIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
PracticeCode = Annotated[str, *one_of(v.PRACTICES)]


Organisation = Annotated[Text, Field(max_length=NAME_LENGTH)]


class Decision(Record):
    """A record made in the application; `recorded_at` orders those of one cell."""

    title: ClassVar[str]
    primary_key: ClassVar[tuple[str, ...]] = ("id",)

    id: Identifier = column("id", "Identifiant, unique.")
    recorded_at: Moment = column("saisi_le", "Jour et heure de la saisie, avec décalage horaire.")

    @field_validator("*", mode="before")
    @classmethod
    def _is_legible(cls, value: Any) -> Any:
        if isinstance(value, str) and ILLEGIBLE.search(value):
            raise refuse("caractère invisible refusé", "Retaper ce texte au lieu de le coller.")
        return value


class CellDecision(Decision):
    """A record about one cell of the matrix."""

    practice_code: PracticeCode = column("type", "Type ou sous-type de pratique.", title="Type de pratique")
    territory: TerritoryKey = column("territoire", "Territoire, « niveau:code ».", title="Territoire")

    @property
    def cell(self) -> tuple[str, str]:
        """The practice code and the territory key."""
        return self.practice_code, self.territory


class Survey(CellDecision):
    """Somebody looked, and found nothing; or says that the cell is beside the subject, and why."""

    title: ClassVar[str] = "Relevés"

    finding: Annotated[str, *one_of(v.FINDINGS)] = column("constat", "Ce que le relevé constate.", title="Constat")
    organisation: Organisation = column(
        "organisation", "Organisation qui a cherché ; jamais une personne.", title="Organisation qui a cherché"
    )
    day: Day = column("jour", "Jour du relevé.", title="Jour du relevé")
    note: Text | None = column(
        "note",
        "Où l’on a cherché, ou pourquoi c’est hors sujet.",
        title="Où l’on a cherché, ou pourquoi c’est hors sujet",
        optional=True,
        max_length=NOTE_LENGTH,
    )

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.day > self.recorded_at.date():
            raise refuse("le relevé est daté du futur", "Donner le jour où l’on a cherché.", "jour", self.day)
        if self.finding == "hors_sujet" and not self.note:
            raise refuse("la raison manque", "Dire en une phrase pourquoi la case est hors sujet.", "note")
        return self


class Target(CellDecision):
    """How many practices a group wants in a cell; the last one recorded holds."""

    title: ClassVar[str] = "Objectifs"

    wanted: int = column(
        "objectif", "Nombre de pratiques voulu, 0 pour ne plus en vouloir.", title="Nombre de pratiques voulu"
    )
    organisation: Organisation = column(
        "organisation", "Organisation qui fixe l’objectif.", title="Organisation qui fixe l’objectif"
    )

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.wanted < 0:
            remedy = "Donner un nombre entier, 0 au moins."
            raise refuse("l’objectif est au-dessous de zéro", remedy, "objectif", self.wanted)
        if self.wanted > MOST_WANTED:
            raise refuse("l’objectif est trop grand", f"Donner {MOST_WANTED} au plus.", "objectif", self.wanted)
        return self


class Action(CellDecision):
    """What a group decided to do about a cell, by whom and for which meeting."""

    title: ClassVar[str] = "Actions"

    what: Text = column(
        "quoi", "Ce qu’il y a à faire, en une phrase.", title="Ce qu’il y a à faire", max_length=NAME_LENGTH
    )
    owner: Organisation = column(
        "responsable", "Organisation responsable ; jamais une personne.", title="Organisation responsable"
    )
    meeting: Text = column(
        "rencontre",
        "Rencontre à laquelle l’action est attendue.",
        title="Rencontre où l’action est attendue",
        max_length=NAME_LENGTH,
    )
    due_on: Day = column("echeance", "Jour de cette rencontre.", title="Date de la rencontre")
    sheet: Text | None = column(
        "fiche",
        "Fiche ressource à écrire.",
        title="Fiche ressource à écrire, s’il y en a une",
        optional=True,
        max_length=NAME_LENGTH,
    )
    state: Annotated[str, *one_of(v.ACTION_STATES)] = column("etat", "Où en est l’action.", title="État")
    practice_id: Identifier | None = column(
        "id_pratique", "Pratique qui a comblé le manque.", title="Pratique qui comble le manque", optional=True
    )
    closed_on: Day | None = column("close_le", "Jour de la clôture.", title="Date de clôture", optional=True)
    note: Text | None = column("note", "Ce que le groupe veut garder.", optional=True, max_length=NOTE_LENGTH)

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.due_on < self.recorded_at.date():
            remedy = "Donner le jour d’une rencontre à venir."
            raise refuse("l’échéance est passée", remedy, "echeance", self.due_on)
        if self.state == "comblee" and self.practice_id is None:
            remedy = "Pour clore une action, choisir la pratique qui comble le manque."
            raise refuse("aucune pratique ne comble encore le manque", remedy, "id_pratique")
        if self.state != "comblee" and self.practice_id is not None:
            remedy = "Retirer la pratique, ou clore l’action."
            raise refuse(
                "une pratique est liée sans que l’action soit comblée", remedy, "id_pratique", self.practice_id
            )
        if (self.state in v.CLOSED_STATES) != (self.closed_on is not None):
            raise refuse("l’état et la date de clôture se contredisent", "Dater la clôture, elle seule.", "close_le")
        return self


class Draft(CellDecision):
    """A line added in a meeting; not published until somebody moderates it."""

    title: ClassVar[str] = "Brouillons"

    name: Text = column("nom", "Nom de la pratique.", title="Nom de la pratique", max_length=NAME_LENGTH)
    organisation: Organisation = column(
        "organisation", "Organisation qui l’ajoute ; jamais une personne.", title="Organisation qui l’ajoute"
    )
    note: Text | None = column(
        "note", "Ce que l’on en sait.", title="Ce que l’on en sait", optional=True, max_length=NOTE_LENGTH
    )


class Snapshot(Decision):
    """The state at a meeting. `content` is canonical JSON and `digest` its SHA-256: same data, same figures."""

    title: ClassVar[str] = "Instantanés"

    name: Text = column(
        "nom", "Rencontre ou moment que l’instantané garde.", title="Rencontre ou moment", max_length=NAME_LENGTH
    )
    organisation: Organisation = column("organisation", "Organisation qui le prend.", title="Organisation qui le garde")
    digest: Text = column("empreinte", "SHA-256 du contenu.")
    content: Text = column("contenu", "État gardé, en JSON canonique.")


D = TypeVar("D", bound=Decision)


@dataclass(frozen=True)
class Decisions:
    """Everything that groups recorded, oldest first."""

    surveys: tuple[Survey, ...] = ()
    targets: tuple[Target, ...] = ()
    actions: tuple[Action, ...] = ()
    drafts: tuple[Draft, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()

    @cached_property
    def surveys_by_cell(self) -> dict[tuple[str, str], tuple[Survey, ...]]:
        """The surveys of each cell, newest first."""
        found: dict[tuple[str, str], list[Survey]] = defaultdict(list)
        for survey in sorted(self.surveys, key=lambda one: (one.day, *age(one)), reverse=True):
            found[survey.cell].append(survey)
        return {cell: tuple(surveys) for cell, surveys in found.items()}

    @cached_property
    def target_by_cell(self) -> dict[tuple[str, str], int]:
        """The target of each cell: the last one recorded; 0 takes a target away."""
        last = {target.cell: target.wanted for target in sorted(self.targets, key=age)}
        return {cell: wanted for cell, wanted in last.items() if wanted}

    def actions_of(self, cell: tuple[str, str]) -> tuple[Action, ...]:
        """Return the actions of a cell, oldest first."""
        return tuple(action for action in self.actions if action.cell == cell)


DECISIONS: tuple[type[Decision], ...] = (Survey, Target, Action, Draft, Snapshot)


def age(record: Decision) -> tuple[datetime, str]:
    """Return the key that sorts records oldest first."""
    return record.recorded_at, record.id


def form_label(model: type[Decision], attribute: str) -> str:
    """Return the label of an attribute: the one that its form shows, and that its refusals name."""
    return model.model_fields[attribute].title or attribute


def decide(model: type[D], **values: Any) -> D:
    """Return a new record with a unique id and the present moment; raises InvalidDecision with every issue."""
    # As text: the moment gets the fixed offset it has when read back, and equals itself when clocks go back.
    stamp = {"id": str(uuid4()), "recorded_at": datetime.now(PARIS).isoformat()}
    return _validated(model, stamp | values)


def revised(record: D, **changes: Any) -> D:
    """Return the record with some values changed, checked again; raises InvalidDecision."""
    return _validated(type(record), dict(record) | changes)


def close_action(action: Action, practice_id: str, known: Container[str], day: date) -> Action:
    """Return the action closed by a practice, one of the `known` ids; raises UnknownPractice or InvalidDecision."""
    if practice_id and practice_id not in known:
        raise UnknownPractice(practice_id)
    return revised(action, state="comblee", practice_id=practice_id, closed_on=day)


def _validated(model: type[D], values: dict[str, Any]) -> D:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise InvalidDecision(tuple(_issues(model, error))) from error


REMEDIES = {
    "missing": "Remplir ce champ.",
    "int_parsing": "Donner un nombre entier, comme 3.",
    "int_from_float": "Donner un nombre entier, comme 3.",
    "string_too_long": "Raccourcir ce texte.",
}


def _issues(model: type[Decision], error: ValidationError) -> Iterator[DataIssue]:
    """Yield the defects for somebody who fills a form; those of one field begin with its name."""
    for issue, detail in zip(issues_of(model.title, 0, error), error.errors(), strict=True):
        kind = detail["type"]
        remedy = issue.remedy if kind == "cell" else REMEDIES.get(kind, "Corriger ce champ.")
        if issue.column:
            column, label = _field(model, issue.column)
            issue = replace(issue, column=column, problem=f"« {label} » : {issue.problem}")  # noqa: PLW2901 - the same issue, said better
        yield replace(issue, remedy=remedy)


def _field(model: type[Decision], name: str) -> tuple[str, str]:
    """Return the column of a field and its name in a form; pydantic gives attribute or alias."""
    for attribute, info in model.model_fields.items():
        if name in {attribute, info.alias}:
            return str(info.alias), info.title or str(info.alias)
    return name, name
