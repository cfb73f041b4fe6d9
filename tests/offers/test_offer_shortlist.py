"""A short list to take away."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from cooperations.exports import FORMULA_STARTS, to_csv, to_xlsx
from cooperations.offers.cards import Card
from cooperations.offers.needs import Need
from cooperations.offers.proofs import proofs_by_siren
from cooperations.offers.shortlist import COLUMNS, cover, offers_sheet, sources_of, vcards
from tests.making import plain
from tests.offers.offering import ARDITS, HERE, LANDES, a_correction, an_award, an_offer, at

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.offers.model import Offer
    from cooperations.territories import Gazetteer

TODAY = date(2026, 11, 23)


def a_card(offer: Offer, distance_km: float | None = None, **values: Any) -> Card:
    """Return the card of an offer of which nothing else is known."""
    nothing: dict[str, Any] = {"reasons": (), "proofs": (), "awards": (), "corrections": ()}
    return Card(offer, distance_km, **(nothing | values))


def read_back(content: bytes) -> list[dict[str, str]]:
    """Return the rows of an exported CSV, without its cover."""
    first, _, rest = content.decode("utf-8-sig").partition("\r\n")
    assert first.startswith("# ")
    return list(csv.DictReader(io.StringIO(rest, newline=""), delimiter=";"))


def csv_of(gazetteer: Gazetteer, *shown: Card) -> list[dict[str, str]]:
    """Return what a spreadsheet reads of some cards."""
    return read_back(to_csv(offers_sheet(shown, gazetteer), ("Sélection.",)))


def read_vcards(text: str) -> list[Any]:
    """Return the cards as an address book reads them."""
    return list(vobject.readComponents(text))


def with_contact(**values: Any) -> Offer:
    """Return an offer with a contact; without a consent it is one that the model refuses."""
    contact = {"email": "contact@ardits.fr", "phone": "05 58 00 00 00"}
    return an_offer("une").model_copy(update=contact | values)


def test_a_line_says_all_that_a_buyer_needs(gazetteer: Gazetteer, catalogue: Catalogue) -> None:
    """One line per structure, under the columns that the file names."""
    offer = an_offer(
        "siae-1", name="Ardits", source="siae", siret=ARDITS, kind="ACI", purchase_families="espaces_verts",
        services="prestation", area_territories=LANDES, address="230 chemin des Tablettes", commune_code="40331",
        **at(-0.303432, 43.901304),
    )  # fmt: skip
    card = a_card(
        offer,
        12.34,
        reasons=("siège à 12 km", "couvre les Landes"),
        proofs=proofs_by_siren(catalogue)[int(ARDITS[:9])],
        awards=(an_award(subject="Élagage"),),
        corrections=(a_correction("siae-1", "labels", "AB"),) * 2,
    )
    (line,) = csv_of(gazetteer, card)
    assert tuple(line) == COLUMNS
    assert plain(line["A déjà fait"]).endswith("dans les Landes, Landes (40) ; Élagage")
    expected = {
        "Nom": "Ardits",
        "Catégorie": "Atelier ou chantier d’insertion (ACI)",
        "Raisons": "siège à 12 km ; couvre les Landes",
        "Distance (km)": "12,3",
        "Point exact": "oui",
        "Commune": "Villeneuve-de-Marsan (40)",
        "SIRET": ARDITS,
        "Source": "Les emplois de l’inclusion (SIAE)",
        "Date de la source": "2026-01-15",
        "Corrigé par": "GARIE",
        "Identifiant": "siae-1",
        "Courriel": "",
    }
    assert {name: line[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("consent", "email", "phone"),
    [
        pytest.param(None, "", "", id="no consent, no contact"),
        pytest.param(date(2026, 1, 15), "contact@ardits.fr", "05 58 00 00 00", id="a consent is recorded"),
    ],
)
def test_a_contact_goes_with_its_consent(gazetteer: Gazetteer, consent: date | None, email: str, phone: str) -> None:
    """In the table and in the address book alike, even if the database held one without."""
    card = a_card(with_contact(contact_consent_on=consent))
    (line,) = csv_of(gazetteer, card)
    assert (line["Courriel"], line["Téléphone"]) == (email, phone)
    (read,) = read_vcards(vcards([card], ("Sélection.",), gazetteer))
    contents = {name: read.contents[name][0].value for name in ("email", "tel") if name in read.contents}
    assert contents == ({"email": email, "tel": phone} if consent else {})


@pytest.mark.parametrize("start", FORMULA_STARTS)
@pytest.mark.parametrize("attribute", ["name", "trade_name", "address"])
def test_no_cell_starts_a_formula(gazetteer: Gazetteer, attribute: str, start: str) -> None:
    """What comes from a list is text, whoever opens the file."""
    offer = an_offer("une").model_copy(update={attribute: f"{start}HYPERLINK(1)"})
    (line,) = csv_of(gazetteer, a_card(offer))
    assert not any(cell.startswith(FORMULA_STARTS) for cell in line.values())
    assert to_xlsx([offers_sheet([a_card(offer)], gazetteer)], ("Sélection.",), TODAY).startswith(b"PK")


NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60).map(str.strip).filter(bool)


@given(names=st.lists(NAMES, min_size=1, max_size=3), activity=NAMES)
def test_an_address_book_reads_every_organisation_back(gazetteer: Gazetteer, names: list[str], activity: str) -> None:
    """Any letters, commas, semicolons and backslashes; one card each, in their order."""
    offers = [an_offer(f"une-{rank}", name=name, address=activity) for rank, name in enumerate(names)]
    read = read_vcards(vcards([a_card(offer) for offer in offers], ("Sélection.",), gazetteer))
    assert [card.fn.value for card in read] == names
    assert [card.org.value for card in read] == [[name] for name in names]
    assert [card.uid.value for card in read] == [offer.id for offer in offers]
    assert {card.adr.value.street for card in read} == {activity}


def test_a_card_of_an_address_book_has_a_place_and_reasons(gazetteer: Gazetteer) -> None:
    """Its address, its point, why it was found, what for and when; line ends stay inside."""
    offer = an_offer(
        "une", name="Ardits", address="230 chemin\ndes Tablettes", city="Villeneuve", post_code="40190",
        website="https://ardits.fr", purchase_families="espaces_verts", **at(-0.303432, 43.901304),
    )  # fmt: skip
    lines = ("Sélection.", "Besoin : Espaces verts.", "Export du 23 novembre 2026.", "Sources : SIAE.")
    (read,) = read_vcards(vcards([a_card(offer, 12.0, reasons=("siège à 12 km",))], lines, gazetteer))
    address = read.adr.value
    assert (address.street, address.city, address.code) == ("230 chemin\ndes Tablettes", "Villeneuve", "40190")
    assert (read.geo.value, read.url.value) == ("43.90130;-0.30343", "https://ardits.fr")
    assert read.note.value == (
        "Espaces verts et nature ; siège à 12 km ; Besoin : Espaces verts. Export du 23 novembre 2026."
    )


def test_a_file_says_what_it_is(catalogue: Catalogue) -> None:
    """The need, the days, each source once, the licence; and that nothing was found."""
    shown = [a_card(an_offer("a", source="siae")), a_card(an_offer("b", source="siae")), a_card(an_offer("c"))]
    need = Need(place=HERE, purchase_families=("nettoyage",))
    said = [plain(line) for line in cover("Sélection de structures", need, sources_of(shown), catalogue, TODAY)]
    assert said[:4] == [
        "Sélection de structures.",
        "Besoin : 30 km autour de Mont-de-Marsan (commune, 40) ; Nettoyage et propreté.",
        "Export du 23 novembre 2026 ; données de la carte relues le 23 novembre 2026.",
        "Sources : Les emplois de l’inclusion (SIAE), essai.",
    ]
    assert "Sources : aucune." in cover("Sélection", Need(), [], catalogue, TODAY)
    assert csv_of(catalogue.gazetteer) == []
    assert vcards([], said, catalogue.gazetteer) == ""
