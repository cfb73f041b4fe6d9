"""What can go wrong with documents, under the tree of cooperations/errors.py and with the statuses of its branches.

CooperationsError
└── TypesettingFailed  a document that could not be set
    └── Refused        the compiler says why; a defect of ours
TooManyDownloads
└── TooManyDocuments   as many documents as the server can set at once are being set
InvalidParameter
└── TooManySheets      more sheets than a booklet holds
UnknownFeature
└── UnknownType        a code that names no type of practice
"""

from __future__ import annotations

from cooperations.errors import CooperationsError, InvalidParameter, TooManyDownloads, UnknownFeature
from cooperations.text import number, suggestion
from cooperations.vocabularies import PRACTICES


class TypesettingFailed(CooperationsError):
    """Nothing was made; the log says why."""

    def __init__(self) -> None:
        super().__init__("Le document n’a pas pu être mis en page\u00a0: le journal du serveur dit pourquoi.")


class Refused(TypesettingFailed):
    """The compiler refused a document, for the reasons of its `diagnostic`."""

    def __init__(self, diagnostic: str) -> None:
        self.diagnostic = diagnostic
        super().__init__()


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


class TooManySheets(InvalidParameter):
    """Nobody turns so many pages: the filters are to be narrowed."""

    def __init__(self, count: int, most: int) -> None:
        said = (
            f"Ces filtres retiennent {number(count)} pratiques\u00a0: un livret en tient {number(most)} au plus. "
            "Resserrer les filtres."
        )
        CooperationsError.__init__(self, said)
