"""Words of the lists → codes of our vocabularies; a word that nobody knows is refused, or left out and said."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from cooperations import vocabularies as v
from cooperations.intake.profiles.datainclusion import NOT_AN_OFFER
from cooperations.intake.profiles.words import FAMILY_WORDS, KIND_WORDS, PURCHASE_WORDS, SERVICE_WORDS
from cooperations.intake.vector import pair_per_value
from cooperations.offers.terms import SERVICES
from cooperations.purchases import PURCHASE_FAMILIES, SEPARATOR
from cooperations.text import fold, suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cooperations.intake.work import Work
    from cooperations.vocabularies import Vocabulary

ONE = {"kind": (v.KINDS, KIND_WORDS), "family": (v.FAMILIES, FAMILY_WORDS)}
SEVERAL = {"services": (SERVICES, SERVICE_WORDS), "purchase_families": (PURCHASE_FAMILIES, PURCHASE_WORDS)}
BETWEEN_WORDS = " ,;|/()\n&+.-"


def check(work: Work) -> None:
    """Replace the words of all rows by codes."""
    for attribute, (vocabulary, words) in ONE.items():
        known = words | dict(work.profile.words.get(attribute, {}))
        _replace(work, attribute, vocabulary, partial(_one, known=known))
    for attribute, (vocabulary, words) in SEVERAL.items():
        known = words | dict(work.profile.words.get(attribute, {}))
        longest = dict(sorted(known.items(), key=lambda pair: -len(pair[0])))
        _replace(work, attribute, vocabulary, partial(several, known=longest, order=vocabulary.codes))
    work.put("family", ~work.filled("family"), "inconnue")


def _one(cell: str, known: Mapping[str, str]) -> tuple[str, str]:
    """Return the code of a cell, and what of it is not known."""
    told = fold(cell)
    return (known.get(told, ""), "") if told in known or not told else ("", cell)


def several(cell: str, known: Mapping[str, str], order: tuple[str, ...]) -> tuple[str, str]:
    """Return the codes of a cell that names several things, and what of it is not known.

    The names are looked for whole, the longest first: some contain the comma that separates them from the next one.
    """
    rest = f" {fold(cell)} "
    codes: set[str] = set()
    for word, code in known.items():
        if word in rest and (whole := _without(rest, word)) != rest:
            rest, codes = whole, codes | {code}
    unknown = rest.strip(BETWEEN_WORDS)
    return SEPARATOR.join(code for code in order if code in codes), unknown


def _without(text: str, word: str) -> str:
    """Return `text` without the first `word` that stands between separators."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not text[at - 1].isalnum() and not text[end].isalnum():
            return f"{text[:at]}|{text[end:]}"
        at = text.find(word, at + 1)
    return text


def _replace(work: Work, attribute: str, vocabulary: Vocabulary, read: Callable[[str], tuple[str, str]]) -> None:
    codes, unknown = pair_per_value(work.cells[attribute], read)
    filled = work.filled(attribute)
    out_of_scope = codes == NOT_AN_OFFER
    remedy = "La retirer de la liste, ou ajouter un réseau de structures qui vendent (ACI, EI, ESAT…)."
    work.refuse(out_of_scope, attribute, "la structure accompagne des personnes : ce n’est pas une offre", remedy)
    wrong = filled & (unknown != "")
    problem = f"mot inconnu du vocabulaire « {vocabulary.name} »"
    remedies = np.full(len(work), "", dtype=object)
    if wrong.any():
        hints = {word: _remedy(word, vocabulary) for word in set(unknown[wrong])}
        remedies[wrong] = [hints[word] for word in unknown[wrong]]
    if attribute in work.profile.lenient:
        work.note(wrong, attribute, problem, "Il n’est pas repris ; la ligne est gardée.", shown=unknown)
    else:
        work.refuse(wrong, attribute, problem, remedies, shown=unknown)
    work.put(attribute, filled, np.where(out_of_scope, "", codes))


def _remedy(word: str, vocabulary: Vocabulary) -> str:
    labels = {term.label: term.code for term in vocabulary}
    hint = suggestion(word, (*vocabulary.codes, *labels))
    known = ", ".join(vocabulary.codes)
    return f"Vouliez-vous dire « {hint} » ?" if hint else f"Les codes possibles sont : {known}."
