"""What a report says of itself: its title, what it is about, how it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cooperations.coverage.indicators import SCORE_EXPLANATION
from cooperations.criteria import criteria_in_words
from cooperations.exports import LICENCE, SOURCE
from cooperations.periods import since_in_words, until_in_words
from cooperations.sheets import french_date
from cooperations.snapshots import DIGEST_SHOWN
from cooperations.text import number, plural

if TYPE_CHECKING:
    from cooperations.decisions import Snapshot
    from cooperations.reports.content import Report

SUBJECT = "Coopérations économiques de l’ESS"
AUTHOR = "CRESS Aquitaine"
KICKER = "Rapport pour les financeurs"
LICENCE_LINK = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
METHOD = (
    (
        "Une pratique de coopération est un exemple qu’une source décrit. Chacune a un seul type, et se compte dans "
        "chaque territoire où elle se situe\u00a0: la somme des territoires peut donc dépasser le total, où elle ne "
        "compte qu’une fois."
    ),
    (
        "Un exemple ne mesure pas tout ce qui existe\u00a0: «\u00a0non enquêté\u00a0» veut dire que personne n’a "
        "encore cherché, «\u00a0cherché, rien trouvé\u00a0» qu’une organisation a cherché, à la date dite."
    ),
    (
        "Une période retient ce qui la touche, et ce dont aucune date n’est connue\u00a0: ne pas savoir quand n’est "
        "pas savoir que non."
    ),
    f"Un manque est une case sans pratique qui n’est ni hors sujet, ni vidée par les filtres. {SCORE_EXPLANATION}",
    "Aucune personne n’est nommée. Ce qu’un groupe consigne est signé par une organisation.",
)


def territory(report: Report) -> str:
    """Return the names of the territories, or that of the region."""
    gazetteer, keys = report.catalogue.gazetteer, report.order.criteria.territories
    return ", ".join(gazetteer[key].label for key in keys) or gazetteer.perimeter.name


def title(report: Report) -> str:
    """Return the title, which says where."""
    return f"{SUBJECT}\u00a0: {territory(report)}"


def period(report: Report) -> str:
    """Return the period in words."""
    start, end = report.order.criteria.start, report.order.criteria.end
    said = " ".join(part for part in (start and since_in_words(start), end and until_in_words(end)) if part)
    return f"{said}, et ce dont la date n’est pas connue" if said else "toutes les années, connues ou non"


def day(report: Report) -> str:
    """Return the day of the data."""
    return french_date(report.day.isoformat())


def comparison(report: Report) -> str:
    """Return with what the figures are compared, or why they are not."""
    snapshot = report.order.since
    if snapshot is None:
        return "aucune"
    if report.not_compared:
        return (
            f"pas possible avec {snapshot_name(snapshot)}\u00a0: les filtres portent sur {report.not_compared}, "
            "qu’un instantané ne garde pas"
        )
    return snapshot_name(snapshot)


def snapshot_name(snapshot: Snapshot) -> str:
    """Return « GT du 23 novembre » (23 novembre 2026, empreinte 0123456789ab)."""
    taken = french_date(snapshot.recorded_at.date().isoformat())
    return f"«\u00a0{snapshot.name}\u00a0» ({taken}, empreinte {snapshot.digest[:DIGEST_SHOWN]})"


def summary(report: Report) -> str:
    """Return the report in two sentences; what it says when nothing answers."""
    count, known = len(report.now.selection), len(report.catalogue)
    if not count:
        return (
            "Aucune pratique de coopération connue ne répond à ces critères. Un territoire sans exemple n’est pas un "
            "territoire sans pratique\u00a0: la matrice dit où l’on a cherché, et les manques par où commencer."
        )
    figures = {one.figure.code: one.figure for one in report.changes}
    structures = figures["structures"].value
    return (
        f"{plural(count, 'pratique')} de coopération, sur {number(known)} connues, "
        f"{_agree(count, 'répond', 'répondent')} à ces critères. Types représentés\u00a0: {figures['types'].words}. "
        f"{plural(structures, 'structure')} y {_agree(structures, 'prend', 'prennent')} part. "
        f"Cases de la matrice sans exemple\u00a0: {number(len(report.gaps))}."
    )


def _agree(count: int, one: str, several: str) -> str:
    return plural(count, one, several).rpartition("\u00a0")[2].rpartition(" ")[2]


def facts(report: Report) -> tuple[tuple[str, str], ...]:
    """Return what the report is about, by label."""
    gazetteer = report.catalogue.gazetteer
    return (
        ("Territoire", territory(report)),
        ("Période", period(report)),
        ("Filtres", criteria_in_words(report.order.criteria, gazetteer)),
        ("Comparaison", comparison(report)),
        ("Données arrêtées au", day(report)),
        ("Source", SOURCE),
        ("Fonds de carte et populations", gazetteer.perimeter.attribution),
        ("Licence", LICENCE),
        ("Empreinte des données (SHA-256)", report.digest),
    )


def cover_lines(report: Report) -> tuple[str, ...]:
    """Return what a workbook says of itself, a sentence a line."""
    said = (f"{label}\u00a0: {text}" for label, text in facts(report))
    return (f"{title(report)}.", KICKER, summary(report), *said, *METHOD)
