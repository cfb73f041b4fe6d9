"""Short lists and answers to take away, and the page to print."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING

import pytest
import vobject
from python_calamine import CalamineWorkbook

from cooperations.decisions import PARIS
from cooperations.offers.shortlist import COLUMNS
from tests.making import plain
from tests.structures import FORMULA, HOSTILE

if TYPE_CHECKING:
    from starlette.testclient import TestClient

SELECTION, PRINT = "/export/offres/selection", "/imprimer/selection"
KEPT = "retenues=marche-midou,marche-pins,marche-formule,marche-fils"
NEED = "lieu=commune:40192&rayon=50"


def rows(client: TestClient, address: str) -> tuple[str, list[dict[str, str]]]:
    """Return the cover line and the rows of a CSV export, by column."""
    got = client.get(address)
    assert got.status_code == 200, got.text
    cover, *lines = got.content.decode("utf-8-sig").splitlines(keepends=True)
    return cover, list(csv.DictReader(io.StringIO("".join(lines), newline=""), delimiter=";"))


@pytest.mark.parametrize(
    ("extension", "media_type"),
    [
        ("csv", "text/csv; charset=utf-8"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("vcf", "text/vcard; charset=utf-8"),
    ],
)
def test_a_file_has_a_french_name_and_the_day(buyers: TestClient, extension: str, media_type: str) -> None:
    """Each format is given under its type, and no browser keeps it."""
    days = {datetime.now(PARIS).date().isoformat()}
    got = buyers.get(f"{SELECTION}.{extension}?{NEED}&{KEPT}")
    days.add(datetime.now(PARIS).date().isoformat())  # it may be midnight
    assert got.status_code == 200
    assert got.headers["content-type"] == media_type
    assert got.headers["cache-control"] == "no-store"
    names = {f'attachment; filename="structures-selection-{day}.{extension}"' for day in days}
    assert got.headers["content-disposition"] in names


def test_the_short_list_keeps_its_order_and_says_its_need(buyers: TestClient) -> None:
    """The rows are those kept, in the order in which they were, under a line that says the need."""
    cover, found = rows(buyers, f"{SELECTION}.csv?{NEED}&{KEPT}")
    assert [row["Identifiant"] for row in found] == ["marche-midou", "marche-pins", "marche-formule", "marche-fils"]
    assert "50 km autour de Mont-de-Marsan" in plain(cover)
    assert "intervient jusqu’à 30 km" in plain(found[0]["Raisons"])


def test_both_tables_hold_the_same_cells(buyers: TestClient) -> None:
    """A spreadsheet and a CSV differ in nothing but their format."""
    _, found = rows(buyers, f"{SELECTION}.csv?{KEPT}")
    book = CalamineWorkbook.from_filelike(io.BytesIO(buyers.get(f"{SELECTION}.xlsx?{KEPT}").content))
    header, *lines = book.get_sheet_by_name("Structures").to_python()
    assert tuple(header) == COLUMNS == tuple(found[0])
    assert [line[-1] for line in lines] == [row["Identifiant"] for row in found]
    assert [line[0] for line in lines][2:] == [FORMULA, HOSTILE]


def test_a_formula_never_runs(buyers: TestClient) -> None:
    """A name that begins as a formula is text in a spreadsheet that opens the CSV."""
    _, found = rows(buyers, f"{SELECTION}.csv?{KEPT}")
    assert found[2]["Nom"] == f"'{FORMULA}"


@pytest.mark.parametrize("address", [f"{SELECTION}.csv", f"{SELECTION}.vcf", PRINT], ids=["csv", "vcard", "print"])
def test_contacts_go_only_with_their_consent(buyers: TestClient, address: str) -> None:
    """The gardeners agreed and can be written to; nobody else can, in any format."""
    text = buyers.get(f"{address}?{KEPT}").text
    assert "contact@midou.example" in text
    assert "secret@" not in text
    assert "00 00 02" not in text


def test_an_address_book_reads_the_cards(buyers: TestClient) -> None:
    """Each card is an organisation, with its address, and is read back by another library's reader."""
    cards = list(vobject.readComponents(buyers.get(f"{SELECTION}.vcf?{NEED}&{KEPT}").text))
    assert [card.fn.value for card in cards] == ["Les Jardins du Midou", "Blanchisserie des Pins", FORMULA, HOSTILE]
    assert cards[0].org.value == ["Les Jardins du Midou"]
    assert (cards[0].adr.value.code, cards[0].adr.value.city) == ("40000", "Mont-de-Marsan")
    assert not hasattr(cards[1], "email")


def test_the_printed_page_says_who_takes_each_lot_and_who_is_missing(buyers: TestClient) -> None:
    """A group on paper: a lot covered, a lot without an answer, and that two have cooperated before."""
    text = plain(
        buyers.get(f"{PRINT}?{NEED}&achat=nettoyage&achat=numerique&retenues=marche-partage,marche-ardits").text
    )
    assert '<html lang="fr">' in text
    assert '<th scope="row">Nettoyage et propreté</th><td>Landes Partage</td>' in text
    assert '<th scope="row">Informatique et numérique</th><td><strong>Sans réponse</strong></td>' in text
    assert "Landes Partage et Ardits ont déjà coopéré." in text


def test_the_printed_page_escapes_what_people_wrote(buyers: TestClient) -> None:
    """Markup in a name or in the address is shown, not run."""
    text = buyers.get(f"{PRINT}?{KEPT}&q=%3Cscript%3E").text
    assert escape(HOSTILE) in text
    assert HOSTILE not in text
    assert "<script>" not in text


def test_an_empty_short_list_says_how_to_fill_it(buyers: TestClient) -> None:
    """Nothing kept, or nothing that is still there: a sentence, not a blank page."""
    assert "La sélection est vide" in buyers.get(f"{PRINT}?retenues=marche-disparue").text
    assert rows(buyers, f"{SELECTION}.csv")[1] == []


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        pytest.param(f"{SELECTION}.csv?rayon=0", 400, "« rayon »", id="no radius"),
        pytest.param(f"{SELECTION}.xlsx?achat=armes", 400, "« achat »", id="a family that does not exist"),
        pytest.param(f"{SELECTION}.vcf?lieu=commune:99999", 400, "« lieu »", id="a place unheard of"),
        pytest.param(f"{SELECTION}.csv?couleur=rouge", 400, "« couleur »", id="a parameter unheard of"),
        pytest.param(f"{PRINT}?rayon=mille", 400, "« rayon »", id="a printed radius that is a word"),
        pytest.param(f"{SELECTION}.csv?retenues={','.join(['a'] * 101)}", 400, "« retenues »", id="too many kept"),
        pytest.param(f"{SELECTION}.pdf", 404, "csv, xlsx, vcf", id="a format that does not exist"),
    ],
)
def test_what_makes_no_sense_is_refused_in_french(buyers: TestClient, address: str, status: int, words: str) -> None:
    """A wrong address is never answered by an empty file."""
    got = buyers.get(address)
    assert got.status_code == status
    assert got.headers["content-type"] == "application/problem+json"
    assert words in plain(got.json()["detail"])
