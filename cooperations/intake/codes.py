"""Codes of digits: SIRET, post codes, commune and department codes, NAF; lost zeros come back where it is certain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cooperations.errors import UnknownTerritory
from cooperations.intake.departments import codes_by_name
from cooperations.intake.vector import (
    SIREN_LENGTH,
    SIRET_LENGTH,
    as_column,
    folded,
    length,
    luhn_is_right,
    matches,
    pair_per_value,
    per_value,
    replaced,
)
from cooperations.text import fold, suggestion

if TYPE_CHECKING:
    from cooperations.intake.work import Work
    from cooperations.territories import Gazetteer

WIDTHS = {"post_code": 5, "commune_code": 5, "department_code": 2}
"""Codes that always have this many characters in France: one digit less is a zero that a spreadsheet took away."""
AS_DECIMAL = r"\.0$"
"""What a spreadsheet or a program puts after a code that it took for a number."""
SPACES = r"[\s\p{Z}.]"
DEPARTMENT = r"^(?:[0-9]{2}|2[AB]|9[78][0-9])$"
ZERO_BACK = "Le zéro de tête est rétabli."


def check(work: Work, gazetteer: Gazetteer) -> None:
    """Check the codes of all rows, and complete the department of those that only a longer code says."""
    for attribute, width in (WIDTHS | dict(work.profile.widths)).items():
        if attribute in work.cells:
            _lost_zeros(work, attribute, width)
    if "siret" in work.cells:
        _siret(work)
    if "post_code" in work.cells:
        _post_code(work)
        _commune_code(work, gazetteer)
        _naf(work)
    _department(work, gazetteer)


def department_of(code: str) -> str:
    """Return the department of a post code or commune code; empty for Corsica's post codes, which do not say it."""
    if code.startswith("20"):
        return ""
    return code[:3] if code[:2] in {"97", "98"} else code[:2]


def _lost_zeros(work: Work, attribute: str, width: int) -> None:
    work.cells[attribute] = replaced(work.cells[attribute], AS_DECIMAL, "")
    where = matches(work.cells[attribute], rf"^[0-9]{{{width - 1}}}$")
    if where.any():
        problem = f"il manque un chiffre : {width - 1} au lieu de {width}"
        work.note(where, attribute, problem, ZERO_BACK)
        work.found("zeros_perdus", where)
        work.put(attribute, where, "0" + work.cells[attribute])


def _siret(work: Work) -> None:
    cells = replaced(replaced(work.cells["siret"], AS_DECIMAL, ""), SPACES, "")
    shorter = "0" + cells
    restored = (length(cells) == SIRET_LENGTH - 1) & luhn_is_right(shorter)
    work.note(restored, "siret", "il manque un chiffre, et la clé est juste avec un zéro de tête", ZERO_BACK)
    work.found("zeros_perdus", restored)
    work.cells["siret"] = cells.mask(restored, shorter)
    filled, shaped = work.filled("siret"), matches(work.cells["siret"], r"^[0-9]{14}$")
    siren = luhn_is_right(work.cells["siret"], SIREN_LENGTH)
    work.refuse(filled & siren, "siret", "c’est un SIREN", "Donner le SIRET de l’établissement, à 14 chiffres.")
    work.refuse(filled & ~shaped & ~siren, "siret", "SIRET malformé", "Un SIRET a 14 chiffres.")
    wrong = shaped & ~luhn_is_right(work.cells["siret"])
    work.refuse(wrong, "siret", "clé du SIRET fausse", "Vérifier le numéro sur l’annuaire des entreprises.")


def _post_code(work: Work) -> None:
    cells = work.cells["post_code"]
    cedex = matches(cells, r"(?i)^[0-9]{5}\s*cedex")
    work.put("post_code", cedex, cells.str.slice(0, 5))
    work.found("cedex", cedex)
    work.put("post_code", ~cedex, replaced(work.cells["post_code"], SPACES, ""))
    wrong = work.filled("post_code") & ~matches(work.cells["post_code"], r"^[0-9]{5}$")
    work.refuse(wrong, "post_code", "code postal malformé", "Un code postal a cinq chiffres.")


def _commune_code(work: Work, gazetteer: Gazetteer) -> None:
    work.cells["commune_code"] = work.cells["commune_code"].str.upper()
    shaped = matches(work.cells["commune_code"], r"^(?:[0-9]{2}|2[AB])[0-9]{3}$")
    remedy = "Écrire le code INSEE à cinq caractères, comme 40192."
    work.refuse(work.filled("commune_code") & ~shaped, "commune_code", "code de commune malformé", remedy)
    if not shaped.any():
        return
    given = work.cells["commune_code"].where(shaped, "")
    codes, said = pair_per_value(given, lambda code: _renewed(code, gazetteer))
    merged = (said != "") & (codes != "")
    work.note(merged, "commune_code", said, "Le code d’aujourd’hui est repris.")
    work.found("commune_fusionnee", merged)
    unknown = (said != "") & (codes == "")
    work.note(unknown, "commune_code", said, "La commune est cherchée par son nom et son code postal.")
    work.put("commune_code", merged | unknown, codes)


def _renewed(code: str, gazetteer: Gazetteer) -> tuple[str, str]:
    """Return the code of today and what to say of it; an empty code when a commune of the region is not known."""
    if not code or department_of(code) not in gazetteer.perimeter.department_codes:
        return code, ""
    try:
        key, said = gazetteer.renewed(f"commune:{code}")
    except UnknownTerritory:
        return "", "aucune commune n’a ce code"
    return key.partition(":")[2], said.rstrip(".")


def _naf(work: Work) -> None:
    cells = replaced(work.cells["naf"], SPACES, "").str.upper()
    work.cells["naf"] = cells
    wrong = work.filled("naf") & ~matches(cells, r"^[0-9]{4}[A-Z]$")
    work.note(wrong, "naf", "code NAF illisible", "Il n’est pas repris ; écrire quatre chiffres et une lettre.")
    work.put("naf", wrong, "")


def _department(work: Work, gazetteer: Gazetteer) -> None:
    """Read codes and names of departments; without any, the commune's code then the post code say it."""
    names = {fold(name): code for name, code in codes_by_name(gazetteer).items()}
    cells = work.cells["department_code"].str.upper()
    named = as_column(per_value(folded(cells), lambda name: names.get(name, "")), cells)
    cells = cells.mask(named != "", named)
    coded = matches(cells, DEPARTMENT)
    given = work.cells["department_code"]
    wrong = (cells != "").to_numpy() & ~coded
    work.refuse(wrong, "department_code", "département inconnu", lambda at: _remedy(given.iloc[at], names))
    work.cells["department_code"] = cells
    for attribute in ("commune_code", "post_code"):
        if attribute in work.cells:
            missing = ~work.filled("department_code") & work.filled(attribute)
            work.put("department_code", missing, per_value(work.cells[attribute], department_of))


def _remedy(value: str, names: dict[str, str]) -> str:
    hint = suggestion(value, names)
    return f"Vouliez-vous dire « {names[hint]} » ({hint}) ?" if hint else "Écrire son code, comme 40 ou 2A."
