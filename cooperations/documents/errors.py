"""What can go wrong with documents, under the tree of cooperations/errors.py and with the statuses of its branches.

TooManyDownloads
└── TooManyDocuments   as many documents as the server can set at once are being set
"""

from __future__ import annotations

from cooperations.errors import CooperationsError, TooManyDownloads


class TooManyDocuments(TooManyDownloads):
    """The wait for a turn was too long."""

    def __init__(self) -> None:
        said = "Trop de documents sont en préparation\u00a0: recommencer dans une minute, ou resserrer les filtres."
        CooperationsError.__init__(self, said)
