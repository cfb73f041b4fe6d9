"""What somebody does who brings a list: look at it, take the bad rows back, keep the good ones."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.conftest import at_rest
from tests.structures import UNKNOWN, WRONG_FILE

if TYPE_CHECKING:
    from playwright.sync_api import Page


def drop(page: Page, name: str, content: bytes) -> None:
    """Give a file to the page."""
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})


def test_bad_rows_are_taken_back_and_the_good_ones_kept(page: Page, workshop: str) -> None:
    """Two rows of three are refused: their file says why; the third is imported and found at once by buyers."""
    page.goto(f"{workshop}/importer")
    expect(page.get_by_text("Choisir un fichier")).to_be_visible()
    drop(page, "erreurs.csv", WRONG_FILE)
    expect(page.get_by_role("heading", name="2 lignes refusées")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger les lignes refusées").click()
    assert download.value.suggested_filename == "refus-erreurs.csv"
    text = download.value.path().read_text(encoding="utf-8-sig").split("\n", 1)[1]
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["Slug"] for row in rows] == ["sans-nom", "faux-siret"]
    assert all(row["raison"] and row["que faire"] for row in rows)
    page.get_by_role("textbox", name="Organisation qui importe").fill("CRESS d’essai")
    page.get_by_text("Importer sans les 2 lignes refusées").click()
    page.get_by_role("button", name="Importer 1 ligne").click()
    expect(page.get_by_text("Import terminé : 3 lignes lues, 1 ajoutée")).to_be_in_viewport()
    page.get_by_role("link", name="Voir les structures").click()
    at_rest(page)
    page.get_by_role("textbox", name="Rechercher").fill("tartas")
    page.get_by_role("textbox", name="Rechercher").press("Enter")
    page.locator(".coop-offres[data-total='1']").wait_for()
    expect(page.locator(".coop-offres li")).to_contain_text("Les Jardins de Tartas")


def test_columns_said_once_are_known_the_next_time(page: Page, workshop: str) -> None:
    """A list that nobody knows: its columns are said, and the next file with them is recognised."""
    page.goto(f"{workshop}/importer")
    drop(page, "liste.csv", UNKNOWN.encode())
    page.get_by_role("combobox", name="Nom de la structure").click()
    page.get_by_role("option", name="Raison soc.").click()
    for label, value in (
        ("Code court de la liste", "liste-essai"),
        ("Nom de la liste, et sa licence", "Liste d’essai, Licence Ouverte"),
        ("Organisation qui importe", "CRESS d’essai"),
    ):
        page.get_by_role("textbox", name=label).fill(value)
    page.get_by_role("button", name="Lire avec ces colonnes").click()
    expect(page.get_by_role("heading", name="Aperçu")).to_be_visible()
    page.reload()
    drop(page, "liste.csv", UNKNOWN.encode())
    expect(page.get_by_text("Ces colonnes sont déjà connues")).to_be_visible()
