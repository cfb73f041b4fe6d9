"""From a content to a PDF that everybody can read."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import BoundedSemaphore

import pikepdf
import pytest

from cooperations.documents import typesetting
from cooperations.documents.errors import TooManyDocuments
from cooperations.documents.typesetting import MISSING_SIGN, drawable, typeset
from cooperations.documents.writing import french, set_in_french
from tests.hostile import HOSTILE
from tests.pdf import Read

TEMPLATE = b"""#import "commun.typ": *
#let document(content) = {
  show: publication.with(content)
  heading(content.title)
  for one in content.at("texts", default: ()) { heading(level: 2, one); par(one) }
  picture("carre.svg", content.at("alt", default: "Un carre"), width: 20%)
  data-table(("Nom", "Nombre"), content.at("rows", default: ()), numbers: (1,))
}
"""
SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'


@pytest.fixture(autouse=True)
def _trial(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = typesetting.templates() | {"essai.typ": TEMPLATE}
    monkeypatch.setattr(typesetting, "templates", lambda: whole)


def made(title: str = "Pôles des Landes", **others: object) -> Read:
    return Read(typeset("essai", {"title": title, **others}, {"carre.svg": SQUARE}))


def test_a_document_is_accessible() -> None:
    """Tagged, in French, titled, its figure told, its headings in the outline, its fonts within."""
    read = made(texts=["Qui y prend part"], alt="Un carré noir", rows=[["Dax", "3"]])
    assert read.claims_accessibility
    assert (read.language, read.title) == ("fr-FR", "Pôles des Landes")
    assert read.alternatives == ["Un carré noir"]
    assert read.bookmarks == ["Pôles des Landes", "Qui y prend part"]
    assert {"H1", "H2", "Figure", "Table", "TH", "TD"} <= {*read.tags}
    assert read.fonts
    assert all(read.fonts.values())


def test_the_same_content_gives_the_same_bytes() -> None:
    """Whatever the moment: the day is that of the content."""
    first, second = (made(day="2026-11-25").content for _ in range(2))
    assert first == second
    assert b"2026-11-25" in first or b"20261125" in first


def test_a_table_over_pages_repeats_its_header() -> None:
    """And no page is lost."""
    read = made(rows=[[f"ligne {number}", str(number)] for number in range(80)])
    assert len(read.pages) > 1
    assert all("Nom Nombre" in page for page in read.pages[:2])
    assert [number for number in range(80) if f"ligne {number} " not in f"{read.text} "] == []


@pytest.mark.parametrize("count", [46, 47, 48, 93, 94])
def test_the_last_row_of_a_table_is_never_alone(count: int) -> None:
    """The one before comes with it onto the last page, under the header; all of them stay rows of data."""
    read = made(rows=[[f"ligne {number}", str(number)] for number in range(count)])
    assert len(read.pages) > 1
    assert read.pages[-1].count("ligne") >= 2
    assert "Nom Nombre" in read.pages[-1]
    assert read.tags.count("TD") == 2 * count


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_a_short_table_is_whole(count: int) -> None:
    """Whatever is held together in longer ones."""
    read = made(rows=[[f"ligne {number}", str(number)] for number in range(count)])
    assert read.text.count("ligne") == count


def test_rows_as_long_as_a_page_are_not_held_together() -> None:
    """Two of them would not fit on one, and what overflows is not printed."""
    read = made(rows=[[f"ligne {number}", "mot " * 900] for number in range(4)])
    assert [number for number in range(4) if f"ligne {number} " not in f"{read.text} "] == []
    assert read.text.count("mot") == 3600


def test_hostile_texts_are_shown() -> None:
    """As title, heading, paragraph and cell; nothing of them is run, and nothing of them is lost."""
    texts = [*HOSTILE, "#set page(width: 1cm)", "$x$ #panic()", "*gras* _italique_ `code` @ref <label> \\", "= titre"]
    read = made(texts[-3], texts=texts, rows=[[one, one] for one in texts])
    unspaced = "".join(read.text.split())
    for text in ("#set page(width: 1cm)", "#panic()", "*gras* _italique_ `code`", "=cmd|", "${7*7}", "<script>"):
        assert "".join(text.split()) in unspaced


@pytest.mark.parametrize(
    ("add", "doing"),
    [
        ({"S": "/JavaScript", "JS": "app.alert(1)"}, ["/JS", "/JavaScript"]),
        ({"S": "/Launch", "F": "cmd.exe"}, ["/Launch"]),
        ({"S": "/URI", "URI": "javascript:alert(1)"}, ["javascript:alert(1)"]),
    ],
)
def test_a_document_that_does_something_is_seen(add: dict[str, str], doing: list[str]) -> None:
    """Ours does nothing; the same one with an action, written within its first page, is caught."""
    read = made()
    assert read.doings == []
    with pikepdf.open(BytesIO(read.content)) as pdf:
        action = {f"/{key}": pikepdf.Name(value) if key == "S" else value for key, value in add.items()}
        pdf.pages[0].obj["/Annots"] = [pikepdf.Dictionary({"/Subtype": pikepdf.Name("/Link"), "/A": action})]
        pdf.save(spoilt := BytesIO())
    assert Read(spoilt.getvalue()).doings == doing


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        pytest.param("Fête 🎉 du territoire", "🎉", id="an emoji"),
        pytest.param("שלום coopération", "coopération", id="right to left"),
        pytest.param("合作 à Dax", MISSING_SIGN * 2, id="no font of ours draws it"),
        pytest.param("Un\u0007 pôle\u202e\u2028 à Dax", "à Dax", id="signs that command"),
        pytest.param("x" * 300, "xxx", id="300 letters without a space"),
        pytest.param("Q\u0308\u0301\u0323 à Agen", "à Agen", id="letters with several marks"),
        pytest.param("\ud800 à Pau", "à Pau", id="half a sign"),
    ],
)
def test_any_name_is_set(title: str, shown: str) -> None:
    """A name from outside never prevents the document, and stays within the page."""
    read = made(title)
    assert shown in read.text
    right = read.image(0).convert("L").crop((560, 0, 595, 842))
    assert right.getextrema()[0] > 200


def test_what_is_drawn_stays() -> None:
    """Only a sign that no font draws is replaced."""
    assert drawable({"a": ["é ● 🎉 中"]}) == {"a": [f"é ● 🎉 {MISSING_SIGN}"]}


def test_documents_wait_for_their_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each keeps a core busy: those that wait too long are told so."""
    monkeypatch.setattr(typesetting, "LONGEST_WAIT_S", 0.01)
    with typesetting.AT_ONCE, typesetting.AT_ONCE, pytest.raises(TooManyDocuments, match="une minute"):
        made()
    monkeypatch.setattr(typesetting, "WAITING", BoundedSemaphore(1))
    with typesetting.WAITING, pytest.raises(TooManyDocuments):
        made()
    with ThreadPoolExecutor(1) as pool:
        assert len({read.content for read in pool.map(lambda _: made(), range(2))}) == 1


@pytest.mark.parametrize(
    ("written", "set_as"),
    [
        pytest.param("Qui ?", "Qui\u202f?", id="high punctuation"),
        pytest.param("à 14:30 : ici", "à 14:30\u00a0: ici", id="a colon, and an hour"),
        pytest.param("« Oui »", "«\u00a0Oui\u00a0»", id="quotes"),
        pytest.param("3 581 843 habitants", "3\u202f581\u202f843 habitants", id="thousands"),
        pytest.param("05 56 00 12 34", "05 56 00 12 34", id="a telephone"),
        pytest.param("l'union d'Agen", "l’union d’Agen", id="apostrophe"),
        pytest.param("x='y'", "x='y'", id="what is no apostrophe"),
        pytest.param("a\tb\u0000\u202ec", "a b c", id="signs that command"),
    ],
)
def test_french_typography(written: str, set_as: str) -> None:
    """Spaces and the apostrophe, words unchanged."""
    assert french(written) == set_as
    assert french(set_as) == set_as


def test_addresses_are_left_alone() -> None:
    """A link leads where it says."""
    content = {"link": "https://a.fr/l'union", "texts": ("l'union", 3, None)}
    assert set_in_french(content) == {"link": "https://a.fr/l'union", "texts": ["l’union", 3, None]}
