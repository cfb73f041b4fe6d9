"""A list of our own: structures around Mont-de-Marsan, Dax, Pau and Bordeaux, as two sources would send them."""

from __future__ import annotations

import csv
import io
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

import pytest

from cooperations.imports import Order, keep, prepare
from cooperations.runtime import application

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cooperations.offers.model import Batch
    from cooperations.runtime import Application

DAY = date(2025, 3, 1)
HOSTILE = "<img src=x onerror=alert(1)>"
FORMULA = "=cmd|' /C calc'!A0"
MARKET_HEADER = (
    "Slug", "Raison sociale", "Type de structure", "Siret", "Secteurs d'activité", "Type de prestation",
    "Périmètre d'intervention", "Distance en kilomètres", "Adresse", "Code postal", "Ville", "E-mail", "Téléphone",
    "Consentement contact le", "Description",
)  # fmt: skip
GARDENS, CLEANING, LAUNDRY = "Entretien des jardins", "Nettoyage de locaux", "Blanchisserie"
MARKET = (
    # Two of the four that answered ERDF's call together, by their true SIRET.
    ("ardits", "Ardits", "ACI", "41843528500030", "Petits travaux", "Service", "", "", "230 chemin des Tablettes", "40190", "Villeneuve-de-Marsan", "", "", "", ""),
    ("landes-partage", "Landes Partage Nettoyage", "EI", "38786009100074", CLEANING, "Service", "Landes", "", "", "40000", "Mont-de-Marsan", "", "", "", ""),
    ("midou", "Les Jardins du Midou", "ACI", "", GARDENS, "Service", "Distance en kilomètres", "30", "12 rue du Moulin", "40000", "Mont-de-Marsan", "contact@midou.example", "05 58 00 00 01", "2025-02-01", "Tonte et taille"),
    ("pins", "Blanchisserie des Pins", "ESAT", "", LAUNDRY, "Service", "Landes", "", "", "40100", "Dax", "secret@pins.example", "05 58 00 00 02", "", ""),
    ("net-dax", "Dax Propreté", "EI", "", CLEANING, "Service", "", "", "", "40100", "Dax", "", "", "", ""),
    ("couture", "Couture gasconne", "ACI", "", "Couture, reprisage, retouches", "Biens", "", "", "", "40100", "Dax", "", "", "", ""),
    ("adour", "Le Traiteur de l’Adour", "EI", "", "Traiteur", "Service", "Distance en kilomètres", "10", "", "40800", "Aire-sur-l'Adour", "", "", "", ""),
    ("gave", "Les Ateliers du Gave", "EA", "", LAUNDRY, "Service", "France entière", "", "", "64000", "Pau", "", "", "", ""),
    ("pau-vert", "Pau Vert", "EI", "", GARDENS, "Service", "", "", "", "64000", "Pau", "", "", "", ""),
    ("garonne", "Imprimerie de la Garonne", "SCOP", "", "Imprimerie", "Biens", "région", "", "", "33000", "Bordeaux", "", "", "", ""),
    ("fils", "Bois & Fils", "ACI", "", CLEANING, "Service", "", "", "", "33000", "Bordeaux", "", "", "", ""),
    ("formule", FORMULA, "ACI", "", GARDENS, "Service", "", "", "", "33000", "Bordeaux", "", "", "", "+1"),
    ("nulle-part", "Compagnie de nulle part", "EI", "", CLEANING, "Service", "", "", "", "40100", "Le Bout du Monde", "", "", "", ""),
)  # fmt: skip
INCLUSION_HEADER = (
    "id", "source", "nom", "date_maj", "siret", "adresse", "code_postal", "commune", "code_insee", "longitude",
    "latitude", "score_geocodage", "reseaux_porteurs", "description",
)  # fmt: skip
INCLUSION = (
    ("fil-1", "fil", "Recyclerie du Marsan", "2025-02-01", "", "3 avenue de Sabres", "40000", "Mont-de-Marsan", "40192", "-0.51", "43.90", "0.9", "aci", "Ressourcerie, réemploi d’objets"),
    ("fil-2", "fil", "Vélos des Landes", "2025-02-01", "", "8 rue Gambetta", "40280", "Saint-Pierre-du-Mont", "40281", "-0.52", "43.88", "0.9", "ei", "Réparation de vélos"),
    ("fil-3", "fil", "Recyclerie de Dax", "2025-02-01", "", "1 rue Cazade", "40100", "Dax", "40088", "-1.05", "43.71", "0.9", "aci", "Ressourcerie, réemploi d’objets"),
)  # fmt: skip
WRONG = (
    ("tartas", "Les Jardins de Tartas", "ACI", "", GARDENS, "Service", "", "", "", "40400", "Tartas", "", "", "", ""),
    ("sans-nom", "", "ACI", "", GARDENS, "Service", "", "", "", "40400", "Tartas", "", "", "", ""),
    ("faux-siret", "Faux SIRET", "EI", "12345678901234", CLEANING, "Service", "", "", "", "40400", "Tartas", "", "", "", ""),
)  # fmt: skip
UNKNOWN = "Raison soc.;Localité du siège;CP;Métier\nAtelier landais;Mont-de-Marsan;40000;Nettoyage\n"
"""A list whose columns nobody knows."""


def as_csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Return a list as a French spreadsheet would save it."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([header, *rows])
    return out.getvalue().encode("utf-8-sig")


FILES = {
    "marche.csv": as_csv(MARKET_HEADER, MARKET),
    "inclusion.csv": as_csv(INCLUSION_HEADER, INCLUSION),
}
WRONG_FILE = as_csv(MARKET_HEADER, WRONG)


def bring_in(app: Application, name: str, content: bytes) -> Batch:
    """Import a list, whole."""
    return keep(app, prepare(app, Order(name, content, DAY)), "CRESS d’essai")


@contextmanager
def application_with(folder: Path, files: dict[str, bytes]) -> Iterator[Application]:
    """Give an application of its own, that holds some lists and nothing of the other tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"sqlite:///{folder / 'offres.sqlite3'}")
        application.cache_clear()
        try:
            for name, content in files.items():
                bring_in(application(), name, content)
            yield application()
        finally:
            application().store.close()
            application.cache_clear()
