"""What changed between two snapshots, in French lines under French headings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cooperations import vocabularies as v
from cooperations.sheets import french_date
from cooperations.text import plural

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cooperations.snapshots import (
        Comparison,
        Kept,
        KeptAction,
        KeptCell,
        KeptPractice,
        KeptSurvey,
        KeptTarget,
    )
    from cooperations.territories import Gazetteer
    from cooperations.vocabularies import Vocabulary

FIELDS = {
    "name": "nom",
    "practice_type": "type",
    "subtype": "sous-type",
    "territories": "territoires",
    "status": "statut",
    "what": "ce qu’il y a à faire",
    "owner": "responsable",
    "meeting": "rencontre",
    "due_on": "date de la rencontre",
    "sheet": "fiche",
    "state": "état",
    "practice_id": "pratique",
}
VOCABULARIES = {
    "practice_type": v.PRACTICE_TYPES,
    "subtype": v.PRACTICE_SUBTYPES,
    "status": v.STATUSES,
    "state": v.ACTION_STATES,
}


def in_lines(found: Comparison, gazetteer: Gazetteer) -> dict[str, list[str]]:
    """Return the lines of each heading that has some; empty when nothing changed."""
    words = _Words(gazetteer, found.practice_names)
    gaps = {cell.identity for cell in (*found.gaps_opened, *found.gaps_closed)}
    lines = {
        "Pratiques apparues": [words.practice(one) for one in found.practices.appeared],
        "Pratiques disparues": [words.practice(one) for one in found.practices.gone],
        "Pratiques modifiées": [f"{old.name} : {words.changes(old, new)}" for old, new in found.practices.changed],
        "Manques ouverts": [words.place(one.code, one.key) for one in found.gaps_opened],
        "Manques comblés": [words.place(one.code, one.key) for one in found.gaps_closed],
        "Autres cases modifiées": [words.cell(*each) for each in found.cells if each[0].identity not in gaps],
        "Relevés ajoutés": [words.survey(one) for one in found.surveys.appeared],
        "Relevés retirés": [words.survey(one) for one in found.surveys.gone],
        "Relevés modifiés": [words.survey(one) for _, one in found.surveys.changed],
        "Objectifs modifiés": [words.target(*each) for each in found.targets],
        "Actions ouvertes": [words.action(one) for one in found.actions_opened],
        "Actions closes": [words.action(one) for one in found.actions_closed],
        "Actions modifiées": [
            f"{old.what} : {said}" for old, new in found.actions.changed if (said := words.steps(old, new))
        ],
        "Actions retirées": [words.action(one) for one in found.actions.gone],
    }
    return {heading: said for heading, said in lines.items() if said}


def _label(vocabulary: Vocabulary, code: str) -> str:
    """Return the label of a code; an old snapshot may hold one that is gone."""
    return vocabulary.label(code) if code in vocabulary else code


class _Words:
    """The sentences, with the names of the territories and of the practices."""

    def __init__(self, gazetteer: Gazetteer, practice_names: Mapping[str, str]) -> None:
        self._gazetteer, self._practice_names = gazetteer, practice_names

    def territory(self, key: str) -> str:
        return self._gazetteer[key].label if key in self._gazetteer else key

    def place(self, code: str, key: str) -> str:
        return f"{_label(v.PRACTICES, code)}, {self.territory(key)}"

    def practice(self, one: KeptPractice) -> str:
        kind = _label(v.PRACTICES, one.subtype or one.practice_type)
        return f"{one.name} ({', '.join((kind, *map(self.territory, one.territories)))})"

    def cell(self, one: KeptCell, before: KeptCell | None, after: KeptCell | None) -> str:
        return f"{self.place(one.code, one.key)} : {_counts(before)}, puis {_counts(after)}"

    def survey(self, one: KeptSurvey) -> str:
        finding = _label(v.FINDINGS, one.finding).lower()
        day = french_date(one.day.isoformat())
        return f"{self.place(one.practice_code, one.territory)} : {finding} ({one.organisation}, {day})"

    def target(self, one: KeptTarget, before: KeptTarget | None, after: KeptTarget | None) -> str:
        old, new = (str(held.wanted) if held else "aucun" for held in (before, after))
        return f"{self.place(one.practice_code, one.territory)} : {old}, puis {new}"

    def action(self, one: KeptAction) -> str:
        state = _label(v.ACTION_STATES, one.state).lower()
        by = f" par « {self._practice_name(one.practice_id)} »" if one.practice_id else ""
        return f"{self.place(one.practice_code, one.territory)} : {one.what} ({one.owner}, {state}{by})"

    def steps(self, before: KeptAction, after: KeptAction) -> str:
        """Return what changed of an action, without its opening or its closing, which have headings of their own."""
        if before.is_closed == after.is_closed:
            return self.changes(before, after)
        return self.changes(before.model_copy(update={"state": after.state, "practice_id": after.practice_id}), after)

    def changes(self, before: Kept, after: Kept) -> str:
        """Return each attribute that differs, before and after."""
        old, new = dict(before), dict(after)
        return " ; ".join(
            f"{FIELDS.get(name, name)} {self._value(name, old[name])} → {self._value(name, value)}"
            for name, value in new.items()
            if value != old[name]
        )

    def _practice_name(self, practice_id: object) -> str:
        return self._practice_names.get(str(practice_id), str(practice_id or "rien"))

    def _value(self, name: str, value: object) -> str:
        if isinstance(value, tuple):
            return ", ".join(map(self.territory, value)) or "rien"
        if isinstance(value, date):
            return french_date(value.isoformat())
        code = self._practice_name(value) if name == "practice_id" else str(value or "rien")
        return f"« {_label(VOCABULARIES[name], code) if name in VOCABULARIES else code} »"


def _counts(cell: KeptCell | None) -> str:
    if cell is None:
        return "hors de la matrice"
    state = "" if cell.inside else f" ({_label(v.COVERAGE_STATES, cell.state).lower()})"
    return f"{plural(cell.inside, 'pratique')} et {cell.covering} couvrante{'s' if cell.covering > 1 else ''}{state}"
