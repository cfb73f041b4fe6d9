"""The booklet: what it holds, in which order, and on which page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bench.practices import made_up_catalogue
from cooperations.catalogue import Catalogue
from cooperations.criteria import EVERYTHING, Criteria
from cooperations.documents import booklet as booklets
from cooperations.documents.booklet import booklet_pdf, compose
from cooperations.documents.errors import TooManySheets
from cooperations.documents.printing import Printer
from cooperations.sheets import address
from cooperations.store import Store
from tests.documents.looking import looks_like, same_image
from tests.hostile import HOSTILE, packed
from tests.making import a_dataset, a_practice, plain
from tests.pdf import Read

if TYPE_CHECKING:
    from cooperations.territories import Gazetteer

ROOT = "https://cooperations.example"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Return a store without any list."""
    made = Store(f"sqlite:///{tmp_path_factory.mktemp('livret')}/base.sqlite3")
    made.migrate()
    return made


def read(catalogue: Catalogue, criteria: Criteria, store: Store) -> Read:
    """Return the booklet as it reads."""
    return Read(booklet_pdf(compose(catalogue, criteria, store), Printer(catalogue.gazetteer, ROOT)))


@pytest.fixture(scope="module")
def whole(catalogue: Catalogue, store: Store) -> Read:
    """Return the booklet of the shipped data."""
    return read(catalogue, EVERYTHING, store)


def test_every_practice_is_in_the_contents_at_its_page(whole: Read, catalogue: Catalogue) -> None:
    """The page that the contents give is the one where the sheet begins."""
    contents = " ".join(page for page in whole.pages if page.startswith("Sommaire"))
    for practice in catalogue.practices:
        name = plain(practice.name)
        given = re.search(rf"{re.escape(name)} ?[. ]*(\d+)(?!\d)", plain(contents))
        assert given, name
        assert name in plain(whole.pages[int(given[1]) - 1]), name


def test_it_is_accessible(whole: Read, catalogue: Catalogue) -> None:
    """Tagged, with types and practices as bookmarks, a text for each plan and each code."""
    assert whole.claims_accessibility
    assert whole.title == "Livret des coopérations"
    assert {plain(one.name) for one in catalogue.practices} <= {plain(one) for one in whole.bookmarks}
    assert "Mutualisation des achats" in whole.bookmarks
    placed = sum(bool(one.territories) for one in catalogue.practices)
    codes = [text for text in whole.alternatives if text.startswith("Code QR")]
    plans = [text for text in whole.alternatives if text.startswith("Plan des départements")]
    assert (len(codes), len(plans)) == (1 + 5 + len(catalogue), 1 + 4 + placed)
    assert all(whole.fonts.values())


def test_indexes_lead_to_the_right_pages(whole: Read) -> None:
    """Ardits is on the page of the ERDF answer, like Mont-de-Marsan's department."""
    page = next(number for number, text in enumerate(whole.pages, 1) if "Ardits, co-traitant" in text)
    index = plain(next(text for text in whole.pages if text.startswith("Index")))
    assert f"Ardits, {page} " in index
    assert re.search(rf"Landes \(40\), (\d+, )*{page}\b", index)
    assert "Sans territoire connu, " in index


def test_it_follows_the_filters(catalogue: Catalogue, store: Store) -> None:
    """The same practices as the pages, and the cover says which filters."""
    found = read(catalogue, Criteria(territories=("departement:40",)), store)
    assert "Landes (40)" in found.pages[0]
    assert "3 pratiques" in found.pages[0]
    assert "Projet Mutualité Landes" in found.bookmarks
    assert "Cap Solidaire" not in found.bookmarks


def test_codes_lead_to_the_pages(whole: Read) -> None:
    """That of the cover to the practices on the map, that of a sheet to its page."""
    sheet = next(number for number, text in enumerate(whole.pages) if "Ardits, co-traitant" in text and number > 1)
    assert whole.codes(0) == [f"{ROOT}/"]
    assert whole.codes(sheet) == [f"{ROOT}/{address('marche-erdf-landes')}"]


def test_nothing_found_is_said(catalogue: Catalogue, store: Store) -> None:
    """A booklet without a sheet says so, and where to look."""
    found = read(catalogue, Criteria(territories=("commune:24322",)), store)
    assert "Aucune pratique ne répond à ces filtres" in found.text


def test_too_many_sheets_are_refused(catalogue: Catalogue, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is prepared."""
    monkeypatch.setattr(booklets, "MOST_SHEETS", 18)
    with pytest.raises(TooManySheets, match="19 pratiques"):
        compose(catalogue, EVERYTHING, store)


def test_progress_is_told(catalogue: Catalogue, store: Store) -> None:
    """From the first sheet to the last."""
    told: list[tuple[int, int]] = []
    compose(catalogue, EVERYTHING, store, lambda done, whole: told.append((done, whole)))
    assert told == [(done, 19) for done in range(20)]


def test_hostile_practices_are_only_text(gazetteer: Gazetteer, store: Store) -> None:
    """Every text, in titles, texts, contents and indexes; and no object of the file does anything."""
    texts = ["#panic() $x$ <label> @ref", "x" * 300, "合作 🎉 שלום", *packed(HOSTILE, 300)]
    free = ("description", "fonctionnement", "apports", "conditions_reussite", "remarque", "source", "extrait_source")
    practices = [
        a_practice(
            f"piege-{rank}",
            nom=text,
            lieu=text,
            source_url="https://a.example/#)/S/JavaScript/JS(x)",
            **dict.fromkeys(free, text),
        )
        for rank, text in enumerate(texts)
    ]
    found = read(Catalogue(a_dataset(practices), gazetteer, 1), EVERYTHING, store)
    assert "".join(found.text.split()).count("#panic()$x$<label>@ref") >= 5
    assert found.title == "Livret des coopérations"
    assert found.doings == []


def test_the_same_booklet_twice(gazetteer: Gazetteer, store: Store) -> None:
    """Byte for byte, from what a second reading of the same records gives."""
    first, second = (read(made_up_catalogue(gazetteer, 5), EVERYTHING, store).content for _ in range(2))
    assert first == second


def test_it_looks_as_it_did(gazetteer: Gazetteer, store: Store) -> None:
    """A cover and a sheet are compared with images that somebody looked at."""
    found = read(made_up_catalogue(gazetteer, 5), EVERYTHING, store)
    sheet = next(number for number, text in enumerate(found.pages) if "Comment l’achat se passe" in text)
    assert same_image(found.image(0), "livret-couverture.png")
    assert same_image(found.image(sheet), "livret-fiche.png")
    assert not looks_like(found.image(sheet + 1), "livret-fiche.png")
