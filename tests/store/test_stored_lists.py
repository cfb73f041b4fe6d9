"""What every database must do for imported lists. Like test_store.py, run on each backend of `BACKENDS`."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from sqlalchemy.exc import IntegrityError

from cooperations.decisions import decide
from cooperations.documents.practice_sheets import consenting
from cooperations.intake import digests
from cooperations.offers.model import Award, Batch, Offer
from cooperations.offers.records import ColumnMapping, Correction, ShortList
from cooperations.store import Store
from tests.offers.offering import ARDITS, a_batch, a_correction, a_siret, an_award, an_offer, at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cooperations.catalogue import Catalogue
    from cooperations.dataset import Dataset

ODD = "« L’œuvre d’ici »\n'; DROP TABLE offer; -- %s :x 🥖"


def a_list(rows: Iterable[Offer | Award], model: type[Offer | Award] = Offer) -> pd.DataFrame:
    """Return rows as an import gives them."""
    frame = pd.DataFrame([dict(one) for one in rows], columns=list(model.model_fields), dtype=object)
    return frame.assign(digest=digests(frame))


def take(
    store: Store,
    added: Iterable[Offer | Award] = (),
    changed: Iterable[Offer | Award] = (),
    model: type[Offer | Award] = Offer,
    **batch: Any,
) -> Batch:
    """Make a store keep an import, and return it."""
    made = a_batch(**batch)
    store.lists.take(model, a_list(added, model), a_list(changed, model), made)
    return made


def full() -> Offer:
    """Return an offer that says everything, in every type of column."""
    return an_offer(
        "siae-1", source="siae", name=ODD, trade_name="Ardits", family="association", kind="ACI", siret=ARDITS,
        naf="8130Z", activity="Élagage", purchase_families="espaces_verts|nettoyage", purchase_origin="naf",
        services="prestation", area_radius_km=30.5, area_territories="departement:40|pays:FR", address="230 chemin",
        post_code="40190", city="Villeneuve", commune_code="40331", department_code="40", findings="sans_point",
        labels="AB", website="https://ardits.fr", email="a@ardits.fr", phone="05 58",
        contact_consent_on=date(2026, 1, 15),
        **at(-0.303432, 43.901304),
    )  # fmt: skip


def test_an_empty_store_holds_no_list(store: Store) -> None:
    """Nothing was imported: revision 0, no source, no batch, and frames of nothing."""
    lists = store.lists
    assert (lists.revision(), lists.batches(), lists.sources(Offer), lists.sources(Award)) == (0, (), {}, {})
    assert list(lists.frames(Offer, ("id", "name"))) == []
    assert (lists.rows(Offer, ["siae-1"]), lists.awards_of(["418435285"])) == ({}, [])
    held = lists.held(Offer, "siae")
    assert (list(held.columns), len(held)) == (["id", "siret", "kind", "digest"], 0)


@pytest.mark.parametrize(
    ("model", "row"),
    [
        pytest.param(Offer, full(), id="an offer that says everything"),
        pytest.param(Offer, an_offer("vide"), id="an offer that says nothing"),
        pytest.param(
            Award,
            an_award(
                subject=ODD, amount_eur=12500.5, notified_on="2019-05-02", holder_siren=ARDITS[:9], cpv="77310000-6"
            ),
            id="a contract",
        ),
        pytest.param(Award, an_award("decp-2"), id="a contract that says little"),
    ],
)
def test_a_row_comes_back_as_it_was_taken(store: Store, model: Any, row: Offer | Award) -> None:
    """Every type of column, every letter, on each backend."""
    take(store, [row], model=model)
    assert store.lists.rows(model, [row.id]) == {row.id: row}


def test_what_an_import_compares_with_is_its_own_source(store: Store) -> None:
    """Ids, SIRET, kinds and digests; an award has no kind."""
    offers = [full(), an_offer("esat-1", source="esat"), an_offer("siae-2", source="siae")]
    take(store, offers)
    take(store, [an_award()], model=Award)
    held = store.lists.held(Offer, "siae").set_index("id")
    assert set(held.index) == {"siae-1", "siae-2"}
    assert (held.loc["siae-1", "siret"], held.loc["siae-1", "kind"]) == (ARDITS, "ACI")
    assert held.loc["siae-1", "digest"] == a_list([full()])["digest"].iloc[0]
    assert list(store.lists.held(Award, "decp").columns) == ["id", "digest"]


def test_an_import_is_remembered(store: Store) -> None:
    """Who, which file, what came of each row; its revision is the lists'."""
    batch = take(store, [full()], read=3, unchanged=1, refused=2, organisation="GARIE")
    assert store.lists.batches() == (batch,)
    (revision,) = store.revisions()
    assert (revision["author"], revision["entity"], revision["entity_id"]) == ("GARIE", "batch", batch.id)
    assert (revision["before"], revision["after"]["refused"]) == (None, 2)
    assert store.lists.revision() == revision["number"]


def test_batches_are_read_last_first(store: Store) -> None:
    """By the instant, not by its text: 2:10 in winter time is after 2:30 in summer time."""
    moments = ("2026-10-25T02:10:00+01:00", "2026-10-25T02:30:00+02:00", "2026-10-25T00:45:00+00:00")
    for number, moment in enumerate(moments):
        take(store, [an_offer(f"une-{number}")], recorded_at=moment)
    read = [batch.recorded_at.isoformat() for batch in store.lists.batches()]
    assert read == [moments[0], moments[2], moments[1]]


def test_a_changed_row_leaves_what_it_was(store: Store) -> None:
    """Before and after, whole; the others are as they were, and say nothing."""
    former, other = full(), an_offer("siae-2", source="siae")
    take(store, [former, other])
    renamed = former.model_copy(update={"name": "Ardits", "area_radius_km": None, "source_date": date(2026, 6, 1)})
    take(store, changed=[renamed], organisation="CRESS")
    assert store.lists.rows(Offer, ["siae-1", "siae-2"]) == {"siae-1": renamed, "siae-2": other}
    (_, second, changed) = store.revisions()
    assert (second["entity"], changed["entity"], changed["entity_id"]) == ("batch", "offer", "siae-1")
    assert changed["author"] == "CRESS"
    values = ("name", "area_radius_km", "source_date")
    assert [changed["before"][name] for name in values] == [ODD, 30.5, "2026-01-15"]
    assert [changed["after"][name] for name in values] == ["Ardits", None, "2026-06-01"]


def test_many_changed_rows_are_each_remembered(store: Store) -> None:
    """More than one request can name: none is lost on the way."""
    rows = [an_offer(f"une-{number}") for number in range(1203)]
    take(store, rows)
    take(store, changed=[row.model_copy(update={"city": "Pau"}) for row in rows])
    revisions = [one for one in store.revisions() if one["entity"] == "offer"]
    assert {one["entity_id"] for one in revisions} == {row.id for row in rows}
    assert {(one["before"]["city"], one["after"]["city"]) for one in revisions} == {(None, "Pau")}
    assert {row.city for row in store.lists.rows(Offer, [one.id for one in rows]).values()} == {"Pau"}


@pytest.mark.parametrize(
    ("added", "changed"),
    [
        pytest.param({"name": None}, {}, id="an added row without a name"),
        pytest.param({}, {"family": None}, id="a changed row without a family"),
        pytest.param({"id": "une-0"}, {}, id="an added row that is already there"),
    ],
)
def test_a_row_that_fails_leaves_nothing(store: Store, added: dict[str, Any], changed: dict[str, Any]) -> None:
    """Rows, batch and revisions: the import is whole, or there is none."""
    held = [an_offer(f"une-{number}") for number in range(3)]
    take(store, held)
    before = (store.lists.rows(Offer, ["une-0", "une-1", "neuve"]), store.lists.batches(), store.revisions())
    new = [an_offer("neuve"), an_offer("autre").model_copy(update=added)]
    others = [held[1].model_copy(update={"city": "Pau"}), held[2].model_copy(update=changed)]
    with pytest.raises(IntegrityError):
        take(store, new, others)
    assert (store.lists.rows(Offer, ["une-0", "une-1", "neuve"]), store.lists.batches(), store.revisions()) == before
    take(store, [an_offer("neuve")], [others[0]])
    assert store.lists.rows(Offer, ["une-1"])["une-1"].city == "Pau"


def test_frames_give_some_columns_of_all_rows(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Part by part, missing values as such."""
    monkeypatch.setattr("cooperations.store.lists.CHUNK", 2)
    take(store, [an_offer(f"une-{number}", **at(-0.5, 43 + number / 10)) for number in (3, 1, 4, 0, 2)])
    frames = list(store.lists.frames(Offer, ("id", "latitude", "kind")))
    assert max(len(frame) for frame in frames) <= 2
    assert frames[0]["id"].dtype == "str"
    whole = pd.concat(frames).sort_values("id")
    assert list(whole.columns) == ["id", "latitude", "kind"]
    assert whole["id"].tolist() == [f"une-{number}" for number in range(5)]
    assert whole["latitude"].tolist() == pytest.approx([43.0, 43.1, 43.2, 43.3, 43.4])
    assert whole["kind"].isna().all()


@pytest.mark.parametrize(
    "name",
    [
        "Les Détritivores",
        'La « Ristourne », dite "R"',
        "Deux\nlignes",
        "Un signe\x1fde séparation",
        "NULL",
        "\\N",
        "Épicerie 🍞 d’Arès",
    ],
    ids=["accents", "quotes", "line break", "separator", "word of absence", "copy's own", "emoji"],
)
def test_frames_give_cells_as_they_are(store: Store, name: str) -> None:
    """Whatever a name holds, its neighbours stay in their rows, and no digit of a point is lost."""
    west = -0.1 - 0.2
    take(store, [an_offer("a", name="Ardits"), an_offer("b", name=name, **at(west, 43.9)), an_offer("c", kind="ACI")])
    frame = pd.concat(store.lists.frames(Offer, ("id", "name", "longitude", "kind", "source_date"))).set_index("id")
    assert frame.loc["b", "name"] == name
    assert frame.loc["b", "longitude"] == west
    assert frame["longitude"].isna().tolist() == [True, False, True]
    assert frame["kind"].isna().tolist() == [True, True, False]
    assert frame["source_date"].str.fullmatch(r"\d{4}-\d{2}-\d{2}").all()


def test_sources_have_the_day_of_their_latest_row(store: Store) -> None:
    """Rows that a later list did not change keep their day."""
    days = {"siae-1": "2020-01-01", "siae-2": "2020-06-01", "esat-1": "2025-01-01"}
    take(store, [an_offer(one, source=one[:4], source_date=day) for one, day in days.items()])
    take(store, [an_award()], model=Award)
    assert store.lists.sources(Offer) == {"esat": (1, date(2025, 1, 1)), "siae": (2, date(2020, 6, 1))}
    assert list(store.lists.sources(Award)) == ["decp"]


def test_structures_are_counted_by_commune(store: Store) -> None:
    """Once per establishment and kind, whatever the lists; those without a commune are nowhere."""
    offers = [
        an_offer("siae-1", siret=ARDITS, kind="ACI", commune_code="40331"),
        an_offer("marche-1", source="marche", siret=ARDITS, kind="ACI", commune_code="40331"),
        an_offer("siae-2", siret=ARDITS, kind="EI", commune_code="40331"),
        an_offer("siae-3", commune_code="40192"),
        an_offer("siae-4", commune_code="40192"),
        an_offer("siae-5"),
    ]
    assert store.lists.by_commune() == {}
    take(store, offers)
    assert store.lists.by_commune() == {"40331": 2, "40192": 2}


def test_contracts_are_found_by_holder_the_latest_first(store: Store) -> None:
    """A contract without a day is the oldest; other holders have none of them."""
    awards = [
        an_award("decp-1", holder_siren="418435285", notified_on="2019-05-02"),
        an_award("decp-2", holder_siren="387860091", notified_on="2021-05-02"),
        an_award("decp-3", holder_siren="418435285"),
        an_award("decp-4"),
    ]
    take(store, awards, model=Award)
    found = store.lists.awards_of(["418435285", "387860091", "418435285"])
    assert [award.id for award in found] == ["decp-2", "decp-1", "decp-3"]
    assert store.lists.awards_of([]) == []


def test_contracts_of_many_holders_are_all_found(store: Store) -> None:
    """A file of thousands of structures asks for all of theirs at once."""
    sirens = [a_siret(number)[:9] for number in range(1203)]
    take(store, [an_award(f"decp-{siren}", holder_siren=siren) for siren in sirens], model=Award)
    assert len(store.lists.awards_of(sirens)) == len(sirens)


def test_a_correction_moves_the_revision_of_the_lists(store: Store) -> None:
    """It is read back, signed, and remembered; the row itself stays what the list says."""
    take(store, [full()])
    revision = store.lists.revision()
    made = [a_correction("siae-1", "area_radius_km", "30,5"), a_correction("siae-1", "labels", "")]
    store.lists.correct(made)
    assert store.recorded(Correction) == tuple(made)
    assert store.lists.revision() == revision + 2
    last = store.revisions()[-1]
    assert (last["author"], last["entity"], last["entity_id"]) == ("GARIE", "correction", made[1].id)
    assert (last["before"], last["after"]["value"]) == (None, None)
    assert store.lists.rows(Offer, ["siae-1"])["siae-1"] == full()


def test_no_correction_is_no_revision(store: Store) -> None:
    """An empty form changes nothing."""
    store.lists.correct([])
    assert (store.lists.revision(), store.revisions()) == (0, [])


def test_corrections_are_kept_all_or_none(store: Store) -> None:
    """One that is already there takes the others away with it."""
    made = a_correction("siae-1", "labels", "AB")
    store.lists.correct([made])
    with pytest.raises(IntegrityError):
        store.lists.correct([a_correction("siae-1", "name", "Ardits"), made])
    assert store.recorded(Correction) == (made,)
    assert len(store.revisions()) == 1


def test_data_and_lists_move_apart(store: Store, dataset: Dataset) -> None:
    """A load of data/ does not make the lists look changed, nor an import the records."""
    take(store, [full()])
    lists = store.lists.revision()
    store.load(dataset, "essai")
    records = store.revision()
    assert (store.lists.revision(), store.digest()) == (lists, dataset.digest)
    take(store, changed=[full().model_copy(update={"name": "Ardits"})])
    store.lists.correct([a_correction("siae-1", "labels", "AB")])
    assert (store.revision(), store.digest()) == (records, dataset.digest)
    assert store.lists.revision() > records
    assert store.load(dataset, "essai") == 0
    assert store.read() == (dataset, records)


def test_what_people_keep_moves_neither(store: Store) -> None:
    """A short list and a mapping of columns are read back, and no index is made again for them."""
    take(store, [full()])
    revision = store.lists.revision()
    kept = decide(ShortList, name=ODD, organisation="CRESS", query="lieu=commune%3A40192&retenues=siae-1")
    columns = {"signature": "0" * 16, "source": "liste-cress", "source_label": "Liste", "columns": '{"name": "Nom"}'}
    mapping = decide(ColumnMapping, **columns, organisation="CRESS")
    for record in (kept, mapping):
        store.add(record, "CRESS")
    assert (store.recorded(ShortList), store.recorded(ColumnMapping)) == ((kept,), (mapping,))
    assert (store.lists.revision(), store.revision()) == (revision, 0)


def test_two_stores_see_each_other_s_lists(store: Store, url: str) -> None:
    """What one process imports, another reads."""
    other = Store(url)
    take(store, [full()])
    assert other.lists.rows(Offer, ["siae-1"]) == {"siae-1": full()}
    assert other.lists.revision() == store.lists.revision()
    other.close()


def test_two_imports_at_once_are_both_kept(store: Store, url: str) -> None:
    """Each whole, whoever comes first; the revision is that of the last."""
    other, together = Store(url), Barrier(2)

    def bring(through: Store, source: str) -> None:
        together.wait()
        take(through, [an_offer(f"{source}-{number}", source=source) for number in range(200)])

    with ThreadPoolExecutor(2) as pool:
        for future in [pool.submit(bring, store, "siae"), pool.submit(bring, other, "esat")]:
            future.result()
    other.close()
    assert {source: len(store.lists.held(Offer, source)) for source in ("siae", "esat")} == {"siae": 200, "esat": 200}
    assert len(store.lists.batches()) == 2
    assert store.lists.revision() == max(one["number"] for one in store.revisions())


def test_only_dated_agreements_give_a_contact(store: Store, catalogue: Catalogue) -> None:
    """A sheet asks for the structures of its practices, and gets those that agreed."""
    silent = an_offer("siae-2", siret=a_siret(2))
    elsewhere = an_offer("siae-3", siret=a_siret(3), email="a@b.fr", contact_consent_on=date(2026, 1, 15))
    take(store, [full(), silent, elsewhere])
    found = consenting(store, catalogue, catalogue.practices)
    assert [(siret, offer.email) for siret, offer in found.items()] == [(ARDITS, "a@ardits.fr")]
