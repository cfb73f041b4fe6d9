"""`python -m cooperations importer`: a list, from the command line."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cooperations.accounts.desk import Desk
from cooperations.accounts.rights import KEEPER
from cooperations.errors import RefusedRows, UnknownColumns, UnreadableFile
from cooperations.imports import SIRENE, Order, guided, known_mapping, prepare, today
from cooperations.intake import rejected
from cooperations.intake.profiles import PROFILES
from cooperations.intake.summary import gathered
from cooperations.offers.records import ColumnMapping
from cooperations.runtime import application
from cooperations.text import number

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from cooperations.imports import Prepared
    from cooperations.runtime import Application

MOST_SHOWN = 20


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    codes = [*(profile.code for profile in PROFILES), SIRENE]
    parser.add_argument("fichier", type=Path, help="CSV, XLSX, ODS, GeoJSON ou Parquet")
    parser.add_argument("--profil", choices=codes, help="la liste dont il s’agit ; sans lui, ses colonnes le disent")
    parser.add_argument(
        "--organisation", default="Ligne de commande", help="organisation qui importe, jamais une personne"
    )
    parser.add_argument("--date", type=_day, default=None, help="jour des faits, AAAA-MM-JJ ; aujourd’hui par défaut")
    parser.add_argument("--unites", type=Path, help="avec le profil sirene : le fichier StockUniteLegale")
    parser.add_argument("--departements", nargs="*", default=[], help="avec le profil sirene : les seuls à garder")
    parser.add_argument(
        "--garder-les-bonnes", action="store_true", help="importe les bonnes lignes malgré les refusées"
    )
    parser.add_argument("--essai", action="store_true", help="dit ce qui changerait, et n’importe rien")
    parser.add_argument("--rejets", type=Path, help="fichier CSV où rendre les lignes refusées, et pourquoi")


def run(options: Namespace) -> int:
    """Import a file; return 0 when all is kept, 1 when a person must act."""
    app = application()
    prepared = _prepared(app, options)
    _say_notices(prepared)
    if options.rejets and prepared.intake.refused:
        options.rejets.write_bytes(rejected(prepared.intake))
        print(f"Lignes refusées rendues dans {options.rejets}.")
    status = 0
    if not options.essai:
        try:
            Desk(app, KEEPER).bring_in(prepared, options.organisation, keep_good=options.garder_les_bonnes)
        except RefusedRows as error:
            _say_refused(prepared)
            print(error, file=sys.stderr)
            status = 1
    print(_counts(prepared, kept=not options.essai and not status))
    return status


def _prepared(app: Application, options: Namespace) -> Prepared:
    if not options.fichier.is_file():
        raise UnreadableFile(options.fichier.name, "fichier introuvable", "Vérifier son chemin.")
    order = Order(
        options.fichier.name,
        options.fichier,
        options.date or today(),
        options.profil,
        units=options.unites,
        departments=tuple(options.departements),
    )
    try:
        return prepare(app, order, _progress)
    except UnknownColumns as error:
        kept = known_mapping(app.store.recorded(ColumnMapping), error.header)
        if kept is None:
            raise
        print(f"Colonnes lues comme la dernière fois : {kept.source_label}.")
        return prepare(app, Order(order.name, order.content, order.source_date, mapping=guided(kept)), _progress)


def _progress(share: float, what: str) -> None:
    if sys.stderr.isatty():
        print(f"\r{what}… {share:.0%}    ", end="" if share < 1 else "\n", file=sys.stderr, flush=True)


def _say_notices(prepared: Prepared) -> None:
    for one in gathered(prepared.intake.notices):
        column = f"colonne « {one.column} » : " if one.column else ""
        line = f", ligne {one.example.line} par exemple" if one.example.line else ""
        print(f"{number(one.count)} × {column}{one.problem}{line}. {one.remedy}")


def _say_refused(prepared: Prepared) -> None:
    for issue in prepared.intake.refusals[:MOST_SHOWN]:
        print(issue, file=sys.stderr)
    if len(prepared.intake.refusals) > MOST_SHOWN:
        print("… « --rejets FICHIER » rend toutes les lignes refusées.", file=sys.stderr)


def _counts(prepared: Prepared, *, kept: bool) -> str:
    found = prepared.plan
    counts = (
        f"{number(found.read)} lues, {number(len(found.added))} ajoutées, {number(len(found.changed))} modifiées, "
        f"{number(found.unchanged)} inchangées, {number(found.refused)} refusées"
    )
    return f"{'Import' if kept else 'Rien n’est importé'} ({prepared.intake.profile.label}) : {counts}."


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("écrire AAAA-MM-JJ") from None
