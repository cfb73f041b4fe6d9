"""What can go wrong with documents, under the tree of cooperations/errors.py and with the statuses of its branches.

TooManyDownloads
└── TooManyDocuments   as many documents as the server can set at once are being set
UnknownFeature
└── UnknownType        a code that names no type of practice
"""

from __future__ import annotations

from cooperations.errors import CooperationsError, TooManyDownloads, UnknownFeature
from cooperations.text import suggestion
from cooperations.vocabularies import PRACTICES


class TooManyDocuments(TooManyDownloads):
    """The wait for a turn was too long."""

    def __init__(self) -> None:
        said = "Trop de documents sont en préparation\u00a0: recommencer dans une minute, ou resserrer les filtres."
        CooperationsError.__init__(self, said)


class UnknownType(UnknownFeature):
    """No type of practice has this code."""

    def __init__(self, code: str) -> None:
        hint = suggestion(code, PRACTICES.codes)
        did_you_mean = f" Vouliez-vous dire «\u00a0{hint}\u00a0»\u202f?" if hint else ""
        CooperationsError.__init__(self, f"Aucun type de pratique n’a le code «\u00a0{code}\u00a0».{did_you_mean}")
