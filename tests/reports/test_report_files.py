"""The three formats of a report."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import openpyxl
import pytest
from lxml import html
from python_calamine import CalamineWorkbook

from cooperations.criteria import EVERYTHING, Criteria
from cooperations.decisions import Decisions
from cooperations.errors import InvalidParameter
from cooperations.reports import sections, tables, words
from cooperations.reports.steps import silent
from cooperations.reports.writing import FORMATS, file_name, format_of
from cooperations.snapshots import take
from tests.documents.looking import looks_like, same_image
from tests.making import MONT_DE_MARSAN, a_catalogue, a_practice, at_address, over, plain
from tests.pdf import Read
from tests.reports.reporting import BAD_INPUT, LANDES, LOT_ET_GARONNE, a_report, hostile_catalogue

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.reports.content import Report
    from cooperations.territories import Gazetteer


@pytest.fixture(scope="module")
def landes(catalogue: Catalogue) -> Report:
    """Return the report of the Landes, compared with a snapshot of the same state."""
    kept = take(catalogue, Decisions(), "GT du 23 novembre", "CRESS").model_copy(update={"id": "gt"})
    return a_report(catalogue, LANDES, since=kept)


@pytest.fixture(scope="module")
def paper(landes: Report) -> Read:
    """Return its PDF."""
    return Read(FORMATS["pdf"].write(landes, silent))


@pytest.fixture(scope="module")
def webpage(landes: Report) -> Any:
    """Return its page, parsed."""
    return html.fromstring(FORMATS["html"].write(landes, silent))


def workbook(report: Report) -> dict[str, list[list[Any]]]:
    """Return the rows of each worksheet."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(FORMATS["xlsx"].write(report, silent)))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def said(one: Any) -> str:
    """Return the text of an element, its spaces plain and single."""
    return " ".join(plain(one.text_content()).split())


@pytest.mark.parametrize("extension", FORMATS)
@pytest.mark.parametrize("criteria", [EVERYTHING, LOT_ET_GARONNE], ids=["the region", "nothing"])
def test_the_same_data_give_the_same_bytes(catalogue: Catalogue, extension: str, criteria: Criteria) -> None:
    """Two people who make the same report hold the same file."""
    first, second = (FORMATS[extension].write(a_report(catalogue, criteria), silent) for _ in range(2))
    assert first == second


def test_all_formats_say_the_same_figures(landes: Report, paper: Read, webpage: Any) -> None:
    """Those of the screen, in the PDF, the workbook and the page."""
    shown = {said(one.find("dt")): said(one.find("dd")) for one in webpage.cssselect(".figures div")}
    rows = {row[0]: row[1:3] for row in workbook(landes)["Chiffres"][1:]}
    for change in landes.changes:
        figure = change.figure
        label = plain(f"{figure.label}, {figure.remark}" if figure.remark else figure.label)
        value = plain(figure.words.removesuffix(f", {figure.remark}"))
        assert shown[label].startswith(value)
        assert f"{value}{f' ({change.words})' if change.words else ''} {label}" in paper.text
        assert rows[figure.label] == [figure.value, "" if figure.among is None else figure.among]


def test_a_pdf_is_accessible(paper: Read) -> None:
    """Tagged, in French, titled; every figure told, headings in the outline, tables with headers, fonts within."""
    assert paper.claims_accessibility
    assert (paper.language, plain(paper.title)) == ("fr-FR", "Coopérations économiques de l’ESS : Landes (40)")
    assert len(paper.alternatives) == paper.tags.count("Figure") == 3
    assert plain(paper.alternatives[0]).startswith("Carte de l’Aquitaine, Landes (40) en couleur")
    assert "Groupement d’acteurs 2" in plain(paper.alternatives[2])
    assert {"H1", "H2", "Table", "TH", "TD"} <= {*paper.tags}
    assert plain(paper.bookmarks[0]) == "Coopérations économiques de l’ESS : Landes (40)"
    titles = {"L’essentiel", "Où", "Par type de pratique", "Manques", "Actions", "Liste des pratiques", "Méthode"}
    assert titles <= {*paper.bookmarks}
    assert all(paper.fonts.values())


def test_a_pdf_says_where_it_comes_from(landes: Report, paper: Read) -> None:
    """Source, licence, day of the data, digest, and the number of pages on each of them."""
    for text in ("CRESS Aquitaine, 12 juillet 2016", "Licence Ouverte 2.0", "23 novembre 2026", landes.digest):
        assert text in paper.text
    assert all(f"page {number} sur {len(paper.pages)}" in text for number, text in enumerate(paper.pages, 1))


def test_a_long_list_repeats_its_header_and_loses_nothing(gazetteer: Gazetteer) -> None:
    """60 practices: several pages, each with the names of the columns, and every practice on one of them."""
    names = [f"Pratique {number:03}" for number in range(60)]
    many = [a_practice(f"p-{number}", nom=name) for number, name in enumerate(names)]
    read = Read(FORMATS["pdf"].write(a_report(a_catalogue(gazetteer, many)), silent))
    assert [name for name in names if name not in read.text] == []
    listing = [text for text in read.pages if re.search(r"Pratique \d{3}", text)]
    assert len(listing) > 1
    assert all("Nom Type de pratique Lieu" in text for text in listing)


def test_a_list_too_long_says_where_it_is_whole(gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    """PDF and page stop, and say so; the workbook has every line."""
    monkeypatch.setattr(sections, "MOST_LINES", 10)
    made = a_report(a_catalogue(gazetteer, [a_practice(f"p-{number}") for number in range(12)]))
    notice = "Les 10 premières, sur 12 pratiques : le classeur (XLSX) du même rapport les a toutes."
    assert notice in plain(Read(FORMATS["pdf"].write(made, silent)).text)
    assert notice in plain(FORMATS["html"].write(made, silent).decode())
    assert len(workbook(made)["Pratiques"]) == 13


def test_a_workbook_keeps_types(landes: Report) -> None:
    """Days are days and numbers numbers; what is not known is empty, and the cover comes first."""
    sheets = workbook(landes)
    assert next(iter(sheets)) == "À lire"
    header, *rows = sheets["Pratiques"]
    assert header == list(tables.PRACTICE_COLUMNS)
    assert {type(row[header.index("Relue le")]) for row in rows} == {date}
    assert rows[0][header.index("Période")] == ""
    assert sheets["Par type"][1] == ["Groupement d’acteurs", 2.0]
    assert landes.digest in " ".join(row[0] for row in sheets["À lire"])


def test_a_workbook_can_be_used(landes: Report) -> None:
    """Each table has a filter, a frozen header, and names for itself and its header, as a third library reads it."""
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].write(landes, silent)))
    for name in book.sheetnames[1:]:
        sheet, suffix = book[name], name.replace(" ", "_")
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        last = sheet.cell(1, sheet.max_column).coordinate
        assert book.defined_names[f"Entetes_{suffix}"].attr_text.replace("$", "") == f"'{name}'!A1:{last}"
        assert book.defined_names[f"Tableau_{suffix}"].attr_text.replace("$", "") == f"'{name}'!{sheet.dimensions}"


def test_a_page_stands_alone(webpage: Any) -> None:
    """No script, no style sheet or picture of elsewhere; every drawing is told, and its contents lead somewhere."""
    assert webpage.get("lang") == "fr"
    assert webpage.cssselect("script, link, img, iframe, object, [src], [onload]") == []
    assert {one.get("role") for one in webpage.xpath("//*[local-name()='svg']/..")} == {"img"}
    assert all(one.get("aria-label") for one in webpage.cssselect("[role=img]"))
    ids = {one.get("id") for one in webpage.cssselect("[id]")}
    assert {one.get("href")[1:] for one in webpage.cssselect("nav a")} <= ids


@pytest.mark.parametrize("extension", ["pdf", "html"])
def test_a_territory_without_a_practice_has_its_report(catalogue: Catalogue, extension: str) -> None:
    """It says that nothing is known, and still shows matrix and gaps."""
    content = FORMATS[extension].write(a_report(catalogue, LOT_ET_GARONNE), silent)
    text = Read(content).text if extension == "pdf" else said(html.fromstring(content))
    for part in ("Aucune pratique de coopération connue", "Aucune pratique ne répond", "CC du Pays de Duras"):
        assert part in plain(text)


def test_hostile_names_are_shown_in_a_pdf(gazetteer: Gazetteer) -> None:
    """Never read as Typst: letters, quotes, signs are there, and the pages are whole."""
    read = Read(FORMATS["pdf"].write(a_report(hostile_catalogue(gazetteer)), silent))
    unspaced = "".join(read.text.split())
    for text in (
        "#setpage(width:1cm)$x^2$@ref<label>",
        "<b>gras</b>&_italique_*fort*`code`",
        "=cmd()",
        "🎉",
        "<script>",
    ):
        assert text in unspaced
    assert "très" * 68 in unspaced.replace("-", "")
    assert read.doings == []
    assert {
        (round(read.image(number).width), round(read.image(number).height)) for number in range(len(read.pages))
    } <= {
        (595, 842),
        (596, 842),
        (842, 595),
        (842, 596),
    }


def test_hostile_names_are_shown_in_a_page(gazetteer: Gazetteer) -> None:
    """As text: no element comes of them."""
    page = html.fromstring(FORMATS["html"].write(a_report(hostile_catalogue(gazetteer)), silent))
    assert page.cssselect("script, b, img, iframe, form, base, [onerror], [onload]") == []
    names = {said(one) for one in page.cssselect("section[aria-labelledby=pratiques] tbody th")}
    assert {"<b>gras</b> & _italique_ *fort* `code`", "=cmd()"} <= names


def test_hostile_names_are_text_in_a_workbook(gazetteer: Gazetteer) -> None:
    """They come back as they were, and no formula or link is in the file."""
    made = a_report(hostile_catalogue(gazetteer))
    assert {row[0] for row in workbook(made)["Pratiques"][1:]} == {text.strip() for text in BAD_INPUT}
    with ZipFile(io.BytesIO(FORMATS["xlsx"].write(made, silent))) as parts:
        sheets = b"".join(parts.read(name) for name in parts.namelist() if "/worksheets/" in name)
    assert b"<f>" not in sheets
    assert b"<hyperlink" not in sheets


def test_a_file_is_named_by_place_and_day(landes: Report, catalogue: Catalogue) -> None:
    """Reports of two territories, or of two states, do not overwrite each other."""
    assert file_name(landes, "pdf") == "rapport-40-2026-11-23.pdf"
    assert file_name(a_report(catalogue), "xlsx") == "rapport-72-2026-11-23.xlsx"


def test_an_unknown_format_is_said() -> None:
    """With those there are."""
    assert format_of(".PDF").name == "PDF"
    with pytest.raises(InvalidParameter, match="pdf, xlsx, html"):
        format_of(".docx")


def test_a_workbook_says_of_itself_what_the_others_say(landes: Report) -> None:
    """Territory, period, filters, method."""
    cover = plain(" ".join(row[0] for row in workbook(landes)["À lire"]))
    for text in (words.summary(landes), *words.METHOD, "Territoire : Landes (40)", "Filtres : Tous les types"):
        assert plain(text) in cover


def test_its_pages_look_as_they_were_looked_at(gazetteer: Gazetteer) -> None:
    """Figures and subject, then map and chart: compared with images that somebody judged."""
    held = [
        a_practice("epicerie", **at_address(-0.561249, 44.849663), type_pratique="achats_inter_ess"),
        a_practice("halle", **over("commune", f"commune:{MONT_DE_MARSAN}"), periode_debut="2013"),
        a_practice("reseau", **over("region", "region:72"), type_pratique="groupement_acteurs"),
        a_practice("ailleurs"),
    ]
    read = Read(FORMATS["pdf"].write(a_report(a_catalogue(gazetteer, held)), silent))
    assert same_image(read.image(0), "rapport-chiffres.png")
    assert same_image(read.image(1), "rapport-carte.png")
    assert not looks_like(read.image(1), "rapport-chiffres.png")
