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
MONT_DE_MARSAN, VILLENEUVE, DAX = ("40000", "Mont-de-Marsan"), ("40190", "Villeneuve-de-Marsan"), ("40100", "Dax")
AIRE, TARTAS, PAU, BORDEAUX = (
    ("40800", "Aire-sur-l'Adour"),
    ("40400", "Tartas"),
    ("64000", "Pau"),
    ("33000", "Bordeaux"),
)
KM = "Distance en kilomètres"


def _market(slug: str, name: str, kind: str, sector: str, place: tuple[str, str], **others: str) -> tuple[str, ...]:
    """Return a row of the market's export; `others` are siret, area, km, address, mail, phone and consent."""
    told = others.get
    post_code, city = place
    return (
        slug, name, kind, told("siret", ""), sector, "Service", told("area", ""), told("km", ""), told("address", ""),
        post_code, city, told("mail", ""), told("phone", ""), told("consent", ""), "",
    )  # fmt: skip


MARKET = (
    # Two of those that answered ERDF's call together, by their true SIRET.
    _market("ardits", "Ardits", "ACI", "Petits travaux", VILLENEUVE, siret="41843528500030"),
    _market("partage", "Landes Partage", "EI", CLEANING, MONT_DE_MARSAN, siret="38786009100074", area="Landes"),
    _market(
        "midou", "Les Jardins du Midou", "ACI", GARDENS, MONT_DE_MARSAN, area=KM, km="30", address="12 rue du Moulin",
        mail="contact@midou.example", phone="05 58 00 00 01", consent="2025-02-01",
    ),
    _market(
        "pins", "Blanchisserie des Pins", "ESAT", LAUNDRY, DAX, area="Landes",
        mail="secret@pins.example", phone="05 58 00 00 02",
    ),
    _market("net-dax", "Dax Propreté", "EI", CLEANING, DAX),
    _market("couture", "Couture gasconne", "ACI", "Couture, reprisage, retouches", DAX),
    _market("adour", "Le Traiteur de l’Adour", "EI", "Traiteur", AIRE, area=KM, km="10"),
    _market("gave", "Les Ateliers du Gave", "EA", LAUNDRY, PAU, area="France entière"),
    _market("pau-vert", "Pau Vert", "EI", GARDENS, PAU),
    _market("garonne", "Imprimerie de la Garonne", "SCOP", "Petits travaux", BORDEAUX, area="région"),
    _market("fils", "Bois & Fils", "ACI", CLEANING, BORDEAUX),
    _market("formule", FORMULA, "ACI", GARDENS, BORDEAUX),
    _market("nulle-part", "Compagnie de nulle part", "EI", CLEANING, ("40100", "Le Bout du Monde")),
)  # fmt: skip
INCLUSION_HEADER = (
    "id", "source", "nom", "date_maj", "adresse", "code_postal", "commune", "code_insee", "longitude", "latitude",
    "score_geocodage", "reseaux_porteurs", "description",
)  # fmt: skip


def _inclusion(key: str, name: str, *where: str, kind: str, trade: str) -> tuple[str, ...]:
    return (key, "fil", name, "2025-02-01", *where, "0.9", kind, trade)


RECYCLING, BIKES = "Ressourcerie, réemploi d’objets", "Réparation de vélos"
MARSAN_STREET = ("3 avenue de Sabres", "40000", "Mont-de-Marsan", "40192", "-0.51", "43.90")
SAINT_PIERRE_STREET = ("8 rue Gambetta", "40280", "Saint-Pierre-du-Mont", "40281", "-0.52", "43.88")
DAX_STREET = ("1 rue Cazade", "40100", "Dax", "40088", "-1.05", "43.71")
INCLUSION = (
    _inclusion("fil-1", "Recyclerie du Marsan", *MARSAN_STREET, kind="aci", trade=RECYCLING),
    _inclusion("fil-2", "Vélos des Landes", *SAINT_PIERRE_STREET, kind="ei", trade=BIKES),
    _inclusion("fil-3", "Recyclerie de Dax", *DAX_STREET, kind="aci", trade=RECYCLING),
)
WRONG = (
    _market("tartas", "Les Jardins de Tartas", "ACI", GARDENS, TARTAS),
    _market("sans-nom", "", "ACI", GARDENS, TARTAS),
    _market("faux-siret", "Faux SIRET", "EI", CLEANING, TARTAS, siret="12345678901234"),
)
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
