"""What can go wrong, in one tree.

CooperationsError
├── DatasetError           data/ or geo/ cannot be read: carries every issue found
├── UnknownTerritory       a territory key that geo/ does not hold
├── UnknownFeature         a collection or a feature of the API that does not exist; agenda/errors.py: a meeting
├── DataChanged            what was being read changed meanwhile: a file would have been incomplete
├── TooManyDownloads       big files that are being made already: one more would take the others' place
├── TooManyRequests        somebody who asks more often than the API allows, or writes more often than a person does
├── UnknownPractice        a practice id that the catalogue does not hold
├── InvalidDecision        something recorded by a working group that cannot be kept: carries every issue
├── StaleDecision          a change to something that somebody else changed meanwhile
├── UnknownSnapshot        a word that names no snapshot, or several
├── AlteredSnapshot        a snapshot whose content is no longer what was kept
├── UnreadableFile         a file that somebody imports and that holds no table
├── RefusedRows            an import that would leave rows out, which nobody asked for
├── UnwritableFile         a file that cannot be written where it was asked for: reports/errors.py
├── UnknownColumns         a file whose columns no profile knows: carries its header and a mapping to start from
├── GroupingFailed         the solver found no best group in time
├── InvalidLink, SpentLink, SuspectForm   private links and open forms: accounts/refusals.py
├── NotAllowed             an action that asks for another role, or that this instance closed
├── InvalidParameter       a request parameter that makes no sense
├── InvalidSetting         an environment variable that makes no sense
├── StoreUnavailable       the database does not answer
│   ├── StoreBusy          another write keeps the database longer than one can wait
│   ├── UnsureWrite        the connection was lost while keeping something: it may have been kept, or not
│   └── NewerDatabase      the database was made by a version of the application that this one does not know
├── StaleLists             an import prepared from lists that another import changed meanwhile
├── LiveSourcesOff         a live source was asked while they are turned off
└── LiveSourceUnavailable  a live source is out of reach, too slow, refuses, or says what it should not

The core raises; the edge (pages, api, cli) translates with `http_status` and `str(error)`,
which is always a French sentence for the person who reads it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cooperations.issues import DataIssue as DataIssue  # noqa: PLC0414, TC001 - what DatasetError is made of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class CooperationsError(Exception):
    """Root of all errors that this package raises on purpose."""


class DatasetError(CooperationsError):
    """A dataset that cannot be used; nothing of it was taken."""

    def __init__(self, issues: Sequence[DataIssue]) -> None:
        self.issues = tuple(issues)
        super().__init__("\n".join(map(str, self.issues)))


class UnknownTerritory(CooperationsError):
    """No territory has this key."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"Le territoire « {key} » n’est pas connu.")


class UnknownPractice(CooperationsError):
    """No practice has this id."""

    def __init__(self, practice_id: str) -> None:
        self.practice_id = practice_id
        super().__init__(f"Aucune pratique n’a l’identifiant « {practice_id} ».")


class UnknownFeature(CooperationsError):
    """No collection, or no feature of a collection, has this name."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"«\u00a0{name}\u00a0» n’existe pas dans l’API\u00a0: /api/collections donne ce qui existe.")


class DataChanged(CooperationsError):
    """What was being read is not held any more: an import came meanwhile. Nothing incomplete is given."""

    def __init__(self) -> None:
        super().__init__("Les données ont changé pendant leur lecture\u00a0: recommencer dans un instant.")


class TooManyDownloads(CooperationsError):
    """As many big files as the server can make at once are being made."""

    retry_after_s = 60

    def __init__(self) -> None:
        super().__init__(
            "Trop de gros fichiers sont en préparation\u00a0: recommencer dans une minute, ou choisir le format CSV."
        )


class TooManyRequests(CooperationsError):
    """The client asks more often than the API allows; it may ask again after `retry_after_s`."""

    def __init__(self, retry_after_s: int) -> None:
        self.retry_after_s = retry_after_s
        seconds = "une seconde" if retry_after_s == 1 else f"{retry_after_s} secondes"
        super().__init__(f"Trop de requêtes\u00a0: recommencer dans {seconds}.")


class InvalidDecision(CooperationsError):
    """What a working group wanted to record is wrong or incomplete; nothing was kept."""

    def __init__(self, issues: Sequence[DataIssue]) -> None:
        self.issues = tuple(issues)
        self.sentences = tuple(f"{one.problem[0].upper()}{one.problem[1:]}. {one.remedy}" for one in self.issues)
        super().__init__(" ".join(self.sentences))


class StaleDecision(CooperationsError):
    """What was to be changed is no longer what the store holds; nothing was kept."""

    def __init__(self) -> None:
        super().__init__("Quelqu’un d’autre a changé cette saisie entre-temps : recharger la page, puis recommencer.")


class UnknownSnapshot(CooperationsError):
    """No snapshot answers to `wanted`, or several that differ, whose digests are `found`."""

    def __init__(self, wanted: str, found: Sequence[str] = ()) -> None:
        self.wanted = wanted
        digests = ", ".join(found)
        several = f"Plusieurs instantanés répondent à « {wanted} » : donner le début d’une empreinte ({digests})."
        none = f"Aucun instantané ne répond à « {wanted} » : « python -m cooperations instantane liste » les donne."
        super().__init__(several if found else none)


class AlteredSnapshot(CooperationsError):
    """The content of a snapshot does not have the digest that was kept with it."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"L’instantané « {name} » a été modifié dans la base depuis qu’il a été pris : "
            "il ne peut plus servir à comparer. Le reprendre dans une sauvegarde."
        )


class RefusedRows(CooperationsError):
    """Some rows of a file are refused, and keeping the others alone was not asked for; nothing was taken."""

    def __init__(self, count: int) -> None:
        self.count = count
        lines = "Une ligne est refusée" if count == 1 else f"{count} lignes sont refusées"
        super().__init__(
            f"{lines}\u00a0: rien n’est importé. Corriger le fichier, ou demander à ne garder que les bonnes lignes."
        )


class GroupingFailed(CooperationsError):
    """The solver gave up before it knew the best groups."""

    def __init__(self) -> None:
        super().__init__(
            "Le calcul des groupements n’a pas abouti à temps\u00a0: réduire le rayon ou le nombre de lots."
        )


class UnreadableFile(CooperationsError):
    """A file that somebody imports and that cannot be read as a table; nothing of it was taken."""

    def __init__(self, name: str, problem: str, remedy: str) -> None:
        self.name, self.problem, self.remedy = name, problem, remedy
        super().__init__(f"« {name} » : {problem}. {remedy}")


class UnknownColumns(CooperationsError):
    """No profile knows the columns of a file; `suggested` maps our attributes to those of its `header` that fit."""

    def __init__(self, name: str, header: Sequence[str], suggested: Mapping[str, str]) -> None:
        self.name, self.header, self.suggested = name, tuple(header), dict(suggested)
        super().__init__(
            f"« {name} » : aucun profil ne connaît ces colonnes. Dire à quoi chacune correspond, ou choisir un profil."
        )


class NotAllowed(CooperationsError):
    """Somebody asked for an action that takes `role` at least; without one, nobody may do it here."""

    def __init__(self, action: str, role: str) -> None:
        self.action, self.role = action, role
        said = f"il faut le rôle « {role} ». La page « Mon accès » dit comment entrer." if role else "c’est fermé ici."
        super().__init__(f"{action} : {said}")


class InvalidParameter(CooperationsError):
    """A parameter of a request that makes no sense."""

    def __init__(self, name: str, expected: str) -> None:
        self.name = name
        super().__init__(f"Paramètre « {name} » invalide : {expected}.")


class InvalidSetting(CooperationsError):
    """An environment variable that makes no sense; whoever runs the application repairs it."""

    def __init__(self, name: str, expected: str) -> None:
        self.name = name
        super().__init__(f"Réglage « {name} » invalide : {expected}.")


class StoreUnavailable(CooperationsError):
    """The database does not answer; `repeatable` when nothing was kept and another connection may do."""

    sentence = (
        "La base de données ne répond pas pour l’instant. Rien de ce qui était enregistré n’est perdu\u00a0: "
        "réessayer dans un instant."
    )

    def __init__(self, sentence: str = "", *, repeatable: bool = False) -> None:
        self.repeatable = repeatable
        super().__init__(sentence or self.sentence)


class StoreBusy(StoreUnavailable):
    """Another write keeps the database longer than one can wait; nothing was kept."""

    sentence = (
        "La base de données est occupée par une autre écriture, un import ou une mise à jour\u00a0: "
        "rien n’a été enregistré. Réessayer dans un instant."
    )


class UnsureWrite(StoreUnavailable):
    """The connection was lost at the very moment of keeping something, whole or not at all: which, nobody knows."""

    sentence = (
        "La connexion à la base s’est coupée pendant l’enregistrement\u00a0: recharger la page, "
        "et recommencer seulement si la saisie n’y est pas. Rien n’est enregistré à moitié."
    )


class NewerDatabase(StoreUnavailable):
    """The database was made by a version of the application that this one does not know; it was left untouched."""

    sentence = (
        "La base de données a été mise à jour par une version plus récente de l’application\u00a0: "
        "celle-ci ne s’en sert pas, pour ne rien abîmer. Installer la même version, ou reprendre une sauvegarde."
    )


class StaleLists(CooperationsError):
    """The lists have changed since an import was compared with them; nothing was kept."""

    def __init__(self) -> None:
        super().__init__("D’autres ont changé les listes pendant cet import\u00a0: rien n’est importé. Le relancer.")


class LiveSourcesOff(CooperationsError):
    """Live sources are turned off here: nothing was asked."""

    def __init__(self) -> None:
        super().__init__(
            "La recherche en ligne n’est pas allumée ici : le réglage COOPERATIONS_EN_LIGNE l’allume. "
            "Tout le reste fonctionne sans elle."
        )


class LiveSourceUnavailable(CooperationsError):
    """A live source gave nothing that can be used; it may do so later, and nothing was kept."""


HTTP_STATUS: dict[type[CooperationsError], int] = {
    RefusedRows: 422,
    GroupingFailed: 503,
    NotAllowed: 403,
    InvalidParameter: 400,
    InvalidDecision: 422,
    UnreadableFile: 422,
    UnknownColumns: 422,
    StaleDecision: 409,
    StaleLists: 409,
    UnknownSnapshot: 404,
    AlteredSnapshot: 500,
    UnknownTerritory: 404,
    UnknownPractice: 404,
    UnknownFeature: 404,
    InvalidSetting: 500,
    LiveSourcesOff: 404,
    DataChanged: 503,
    TooManyDownloads: 503,
    TooManyRequests: 429,
    DatasetError: 503,
    StoreUnavailable: 503,
    LiveSourceUnavailable: 503,
}


def http_status(error: CooperationsError) -> int:
    """Return the HTTP status that says `error` to a program."""
    return next((HTTP_STATUS[kind] for kind in type(error).__mro__ if kind in HTTP_STATUS), 500)
