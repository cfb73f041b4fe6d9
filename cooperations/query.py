"""What a person asks for, said in the address: frozen values whose fields are query parameters.

Parameters hold codes, not labels: a link stays right when a label is reworded.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar
from urllib.parse import urlencode

from cooperations.errors import InvalidParameter
from cooperations.text import suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from cooperations.territories import Gazetteer
    from cooperations.vocabularies import Vocabulary

LONGEST_TEXT = 200
Pairs = tuple[tuple[str, str], ...]
Q = TypeVar("Q", bound="Query")


class Query:
    """A frozen dataclass of text fields and tuples of texts; `parameters` names their query parameters, in order."""

    __slots__ = ()
    parameters: ClassVar[Mapping[str, str]]

    def to_query(self) -> Pairs:
        """Return the query parameters that say this, defaults left out, in a fixed order."""
        pairs: list[tuple[str, str]] = []
        default = type(self)()
        for name, attribute in self.parameters.items():
            value = getattr(self, attribute)
            if value == getattr(default, attribute):
                continue
            pairs += [(name, one) for one in (value if isinstance(value, tuple) else (value,))]
        return tuple(pairs)

    def query_string(self) -> str:
        """Return `to_query` encoded for a URL."""
        return urlencode(self.to_query())

    def without(self, parameter: str, value: str) -> Self:
        """Return the same with one value of one parameter removed."""
        attribute = self.parameters[parameter]
        held = getattr(self, attribute)
        default = getattr(type(self)(), attribute)
        kept: Any = tuple(one for one in held if one != value) if isinstance(held, tuple) else default
        whole: Any = self
        changed: Self = replace(whole, **{attribute: kept})
        return changed

    @classmethod
    def from_values(cls, values: Mapping[str, list[str]]) -> Self:
        """Return what checked values of parameters say; the last one holds where one is expected."""
        built: dict[str, Any] = {}
        default = cls()
        for name, attribute in cls.parameters.items():
            if values.get(name):
                several = isinstance(getattr(default, attribute), tuple)
                built[attribute] = tuple(values[name]) if several else values[name][-1].strip()
        return cls(**built)


@dataclass(frozen=True, slots=True)
class IgnoredParameter:
    """A query parameter that made no sense and was left out, or was `converted`; the sentence that says so."""

    name: str
    value: str
    reason: str
    converted: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """How parameters are read: the check of each, and which one names a territory.

    A check returns why a value makes no sense, or an empty string. `others` are the names of parameters that belong
    to somebody else and are passed over.
    """

    checks: Mapping[str, Callable[[str], str]]
    territory: str
    others: frozenset[str] = frozenset()


def read(
    kind: type[Q], pairs: Iterable[tuple[str, str]], reading: Reading, gazetteer: Gazetteer
) -> tuple[Q, tuple[IgnoredParameter, ...]]:
    """Read what query parameters ask for; what makes no sense is left out and reported.

    The code of a former commune is converted to the commune of today, and reported too.
    """
    values: dict[str, list[str]] = {}
    said: list[IgnoredParameter] = []
    for name, value in pairs:
        if name in reading.others or not value.strip():
            continue
        former = name == reading.territory and gazetteer.successor(value) is not None
        today, notice = gazetteer.renewed(value) if former else (value.strip(), "")
        known = name in reading.checks
        reason = reading.checks[name](today) if known else unknown_name(name, kind.parameters)
        if reason or notice:
            said.append(IgnoredParameter(name, value, reason or notice, converted=former))
        if not reason and today not in values.setdefault(name, []):
            values[name].append(today)
    return kind.from_values(values), tuple(said)


def sure(found: tuple[Q, tuple[IgnoredParameter, ...]]) -> Q:
    """Return what was read; raises InvalidParameter for the first parameter that makes no sense."""
    asked, said = found
    for one in said:
        if not one.converted:
            raise InvalidParameter(one.name, one.reason)
    return asked


def notices(said: Iterable[IgnoredParameter]) -> tuple[str, str]:
    """Return what was converted in an address, and what was ignored, as two sentences; empty when nothing was."""
    asked = tuple(said)
    converted = " ".join(one.reason for one in asked if one.converted)
    ignored = ", ".join(f"«\u00a0{one.name}={one.value}\u00a0» ({one.reason})" for one in asked if not one.converted)
    return (
        f"Converti\u00a0: {converted}" if converted else "",
        f"Ignoré dans l’adresse\u00a0: {ignored}." if ignored else "",
    )


def in_vocabulary(vocabulary: Vocabulary) -> Callable[[str], str]:
    """Return the check of a code."""

    def check(value: str) -> str:
        if value in vocabulary:
            return ""
        hint = suggestion(value, vocabulary.codes)
        return "ce code n’existe pas" + (f" ; vouliez-vous dire « {hint} » ?" if hint else "")

    return check


def short_text(value: str) -> str:
    """Check a free text."""
    return "" if len(value) <= LONGEST_TEXT else f"plus de {LONGEST_TEXT} caractères"


def unknown_name(name: str, known: Iterable[str]) -> str:
    """Return what is said of a parameter that does not exist."""
    hint = suggestion(name, known)
    return "ce paramètre n’existe pas" + (f" ; vouliez-vous dire « {hint} » ?" if hint else "")
