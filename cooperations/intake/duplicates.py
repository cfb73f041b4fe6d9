"""The same structure twice in one file: refused when it is the same row, told apart when it is legitimate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cooperations.intake.vector import first_of, folded

if TYPE_CHECKING:
    from collections.abc import Callable

    from cooperations.intake.vector import Mask
    from cooperations.intake.work import Work

COMMON_WORDS = frozenset(
    {"a", "ai", "aci", "asso", "assoc", "association", "au", "aux", "d", "de", "des", "du", "ei", "en", "esat", "et"}
    | {"etti", "geiq", "l", "la", "le", "les", "pour", "sa", "sarl", "sas", "scop", "scic", "sur"}
)
"""Words that two names may share without being names of the same structure."""


def check(work: Work) -> None:
    """Refuse rows whose key, or SIRET and kind, were already met; say the SIRET that stand in several kinds."""
    _same_key(work)
    if "siret" in work.cells:
        _same_siret(work)
        _names_of_persons(work)


def _same_key(work: Work) -> None:
    for attribute in ("source_key", "id"):
        filled = work.filled(attribute)
        first = first_of(work.cells[attribute], work.kept & filled)
        again: Mask = work.kept & filled & (first != np.arange(len(work)))
        work.refuse(again, "source_key", _already("cet identifiant est déjà", work, first), "Garder une seule ligne.")


def _same_siret(work: Work) -> None:
    with_siret = work.kept & work.filled("siret")
    pair = work.cells["siret"] + " " + work.cells["kind"]
    first = first_of(pair, with_siret)
    again = with_siret & (first != np.arange(len(work)))
    problem = _already("même SIRET et même catégorie", work, first)
    if work.profile.sites:
        work.note(again, "siret", problem, "Les deux sites sont gardés : leur numéro les distingue.")
    else:
        work.refuse(again, "siret", problem, "Garder une seule ligne, ou corriger le SIRET.")
    first = first_of(work.cells["siret"], with_siret)
    other = work.kept & with_siret & (first != np.arange(len(work)))
    other &= (work.cells["kind"] != _at(work.cells["kind"], first)).to_numpy()
    remedy = "Les deux sont gardées : un établissement peut avoir deux agréments."
    work.note(other, "siret", _already("même SIRET, sous une autre catégorie,", work, first), remedy)


def _names_of_persons(work: Work) -> None:
    """Find the names without a common word under one SIRET: some rows bear the name of a person who wrote them."""
    with_siret = work.kept & work.filled("siret")
    several = with_siret & work.cells["siret"].where(with_siret).duplicated(keep=False).to_numpy()
    if not several.any():
        return
    held: dict[str, list[tuple[int, frozenset[str]]]] = {}
    names = folded(work.cells["name"][several])
    for at, siret, name in zip(np.flatnonzero(several), work.cells["siret"][several], names, strict=True):
        held.setdefault(siret, []).append((int(at), _words(name)))
    doubtful = np.zeros(len(work), dtype=bool)
    for rows in held.values():
        apart = [at for at, words in rows if any(not words & others for _, others in rows)]
        doubtful[apart] = True
    problem = "le même établissement a deux noms sans mot commun"
    work.note(doubtful, "name", problem, "Vérifier : l’un d’eux est peut-être celui d’une personne.")
    work.found("nom_de_personne", doubtful)


def _words(name: str) -> frozenset[str]:
    words = frozenset(name.replace("'", " ").replace("(", " ").replace(")", " ").split())
    return words - COMMON_WORDS or words


def _at(column: Any, positions: Any) -> Any:
    return column.to_numpy()[positions]


def _already(said: str, work: Work, first: Any) -> Callable[[int], str]:
    """Return what says of a row « … ligne N », N being the line of the first one."""
    return lambda at: f"{said} ligne {work.lines[first[at]]}"
