"""The types of a published column: how a cell is validated, and how Table Schema describes it.

Every validator takes the text of a cell and either returns the value or raises a
`PydanticCustomError` whose message is the French problem and whose context has the `remedy`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator

from cooperations import cancellations, recurrence
from cooperations.refusing import refuse
from cooperations.text import suggestion

if TYPE_CHECKING:
    from collections.abc import Callable

    from cooperations.vocabularies import Vocabulary

LEVELS = ("commune", "epci", "departement", "region")
PARIS = ZoneInfo("Europe/Paris")
FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Of what happens at an hour."""


@dataclass(frozen=True, slots=True, eq=False)
class TableType:
    """How Table Schema names a column's type; `constraints` are those of the standard."""

    type: str = "string"
    format: str | None = None
    constraints: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)


def on_clock(moment: datetime) -> datetime:
    """Return a moment as the clocks of Paris say it, without zone."""
    return moment.astimezone(PARIS).replace(tzinfo=None)


def _matching(pattern: str, problem: str, remedy: str) -> Callable[[Any], Any]:
    compiled = re.compile(pattern)

    def check(value: Any) -> Any:
        if isinstance(value, str) and not compiled.fullmatch(value):
            raise refuse(problem, remedy)
        return value

    return check


def _code_of(vocabulary: Vocabulary) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if isinstance(value, str) and value not in vocabulary:
            hint = suggestion(value, vocabulary.codes)
            known = ", ".join(vocabulary.codes)
            remedy = f"Vouliez-vous dire « {hint} » ?" if hint else f"Les codes possibles sont : {known}."
            raise refuse(f"code inconnu du vocabulaire « {vocabulary.name} »", remedy)
        return value

    return check


def one_of(vocabulary: Vocabulary) -> tuple[BeforeValidator, TableType]:
    """Return what makes a column take only the codes of `vocabulary`."""
    return BeforeValidator(_code_of(vocabulary)), TableType(constraints={"enum": list(vocabulary.codes)})


def several_of(vocabulary: Vocabulary) -> tuple[BeforeValidator, TableType]:
    """Return what makes a column take codes of `vocabulary`, separated by « | »."""
    check_one = _code_of(vocabulary)

    def check(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        return tuple(dict.fromkeys(check_one(code.strip()) for code in value.split("|")))

    return BeforeValidator(check), TableType()


def _read_by(parse: Callable[[str], object]) -> Callable[[Any], Any]:
    """Return the check of a text that `parse` must be able to read, and that stays as it is written."""

    def check(value: Any) -> Any:
        if isinstance(value, str):
            parse(value)
        return value

    return check


def _decimal(lower: float, upper: float, axis: str) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            number = float(value)
        except ValueError:
            raise refuse(f"{axis} illisible", "Écrire un nombre décimal avec un point, comme 44.84966.") from None
        if not lower <= number <= upper:
            raise refuse(f"{axis} impossible", f"Elle doit être comprise entre {lower:g} et {upper:g} degrés.")
        return number

    return check


def _boolean(value: Any) -> Any:
    if isinstance(value, str):
        if value not in {"oui", "non"}:
            raise refuse("ni « oui » ni « non »", "Écrire oui ou non.")
        return value == "oui"
    return value


def _partial_date(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", value):
            raise ValueError(value)  # noqa: TRY301 - one message for both ways of being malformed
        date.fromisoformat(value + "-01" * (2 - value.count("-")))
    except ValueError:
        raise refuse("date malformée", "Écrire AAAA, AAAA-MM ou AAAA-MM-JJ, comme 2016-07-12.") from None
    return value


def _date(value: Any) -> Any:
    if isinstance(value, str):
        try:
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
                raise ValueError(value)  # noqa: TRY301 - one message for both ways of being malformed
            return date.fromisoformat(value)
        except ValueError:
            raise refuse("date malformée", "Écrire AAAA-MM-JJ, comme 2016-07-12.") from None
    return value


def _moment(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        moment = None
    if moment is None:
        raise refuse("date et heure malformées", "Écrire AAAA-MM-JJThh:mm:ss+hh:mm, comme 2016-09-22T09:00:00+02:00.")
    if moment.tzinfo is None:
        in_paris = moment.replace(tzinfo=PARIS).isoformat()
        raise refuse("heure sans décalage horaire", f"Vouliez-vous dire « {in_paris} », heure de Paris ?")
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise refuse("année impossible", f"Elle doit être comprise entre {FIRST_YEAR} et {LAST_YEAR}.")
    return moment


def luhn_is_valid(digits: str) -> bool:
    """Return whether the digits of a SIREN or SIRET satisfy its check key.

    La Poste's establishments (SIREN 356000000) may follow another rule: the digits' sum is a multiple of 5.
    """
    doubled = (int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits)))
    if sum(d - 9 * (d > 9) for d in doubled) % 10 == 0:  # noqa: PLR2004 - Luhn
        return True
    la_poste = digits.startswith("356000000") and len(digits) == 14  # noqa: PLR2004 - length of a SIRET
    return la_poste and sum(map(int, digits)) % 5 == 0


def _business_number(name: str, size: int) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if isinstance(value, str):
            if not re.fullmatch(rf"\d{{{size}}}", value):
                raise refuse(f"{name} malformé", f"Un {name} a {size} chiffres, sans espace.")
            if not luhn_is_valid(value):
                raise refuse(f"clé du {name} fausse", "Vérifier le numéro sur l’annuaire des entreprises.")
        return value

    return check


def _url(value: Any) -> Any:
    if isinstance(value, str):
        try:
            parts = urlsplit(value)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in {"http", "https"} or "." not in (parts.hostname or "") or re.search(r"[\s<>\"]", value):
            raise refuse("adresse internet refusée", "Écrire une adresse complète qui commence par https://.")
    return value


def _territory_keys(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return tuple(dict.fromkeys(territory_key(key.strip()) for key in value.split("|")))


def territory_key(value: Any) -> Any:
    """Return the key of a territory when it is written as one; raises PydanticCustomError."""
    if isinstance(value, str):
        level, _, code = value.partition(":")
        if level not in LEVELS or not re.fullmatch(r"[0-9A-Z]{2,9}", code):
            remedy = "Écrire niveau:code, comme departement:40, et séparer par « | » s’il y en a plusieurs."
            raise refuse(f"territoire « {value} » malformé", remedy)
    return value


Identifier = Annotated[
    str,
    BeforeValidator(
        _matching(
            r"[a-z0-9]+(-[a-z0-9]+)*",
            "identifiant malformé",
            "Écrire des minuscules sans accent, des chiffres et des tirets, comme loc-halle-bio.",
        )
    ),
    TableType(constraints={"pattern": r"[a-z0-9]+(-[a-z0-9]+)*"}),
]
Longitude = Annotated[
    float,
    BeforeValidator(_decimal(-180, 180, "longitude")),
    TableType("number", constraints={"minimum": -180, "maximum": 180}),
]
Latitude = Annotated[
    float,
    BeforeValidator(_decimal(-90, 90, "latitude")),
    TableType("number", constraints={"minimum": -90, "maximum": 90}),
]
YesNo = Annotated[
    bool, BeforeValidator(_boolean), TableType("boolean", extra={"trueValues": ["oui"], "falseValues": ["non"]})
]
PartialDate = Annotated[
    str, BeforeValidator(_partial_date), TableType(constraints={"pattern": r"\d{4}(-\d{2}(-\d{2})?)?"})
]
Day = Annotated[date, BeforeValidator(_date), TableType("date")]
Moment = Annotated[
    datetime, BeforeValidator(_moment), TableType("string", constraints={"pattern": r"\d{4}-\d{2}-\d{2}T.+"})
]
Siret = Annotated[str, BeforeValidator(_business_number("SIRET", 14)), TableType(constraints={"pattern": r"\d{14}"})]
Siren = Annotated[str, BeforeValidator(_business_number("SIREN", 9)), TableType(constraints={"pattern": r"\d{9}"})]
PostCode = Annotated[
    str,
    BeforeValidator(_matching(r"\d{5}", "code postal malformé", "Un code postal a cinq chiffres.")),
    TableType(constraints={"pattern": r"\d{5}"}),
]
CommuneCode = Annotated[
    str,
    BeforeValidator(
        _matching(
            r"(\d{2}|2[AB])\d{3}", "code de commune malformé", "Écrire le code INSEE à cinq caractères, comme 40192."
        )
    ),
    TableType(constraints={"pattern": r"(\d{2}|2[AB])\d{3}"}),
]
WebAddress = Annotated[str, BeforeValidator(_url), TableType(format="uri")]
TerritoryKey = Annotated[str, BeforeValidator(territory_key), TableType()]
Recurrence = Annotated[
    str,
    BeforeValidator(_read_by(recurrence.parse)),
    TableType(constraints={"pattern": r"FREQ=[A-Z]+(;[A-Z]+=[-0-9A-Z,]+)*"}),
]
Cancellations = Annotated[
    str,
    BeforeValidator(_read_by(cancellations.parse)),
    TableType(constraints={"pattern": r"\d{4}-\d{2}-\d{2} [^|]+(\|\d{4}-\d{2}-\d{2} [^|]+)*"}),
]
TerritoryKeys = Annotated[tuple[str, ...], BeforeValidator(_territory_keys), TableType()]
