"""What goes with decisions: near names, checks, comparisons, history, feed, export, freshness, messages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from typing import TYPE_CHECKING

import feedparser
import pytest

from cooperations.contributions.checks import examine
from cooperations.contributions.compare import proposed as differences
from cooperations.contributions.content import Content, ProposedActor
from cooperations.contributions.decide import accept, merge
from cooperations.contributions.delivering import FOLDER, deliver
from cooperations.contributions.errors import UnknownProposal
from cooperations.contributions.feed import atom
from cooperations.contributions.freshness import FRESH_FOR, ask_again, asked_by, confirm, to_check_again
from cooperations.contributions.history import history_of, in_lines, latest
from cooperations.contributions.messages import review_message
from cooperations.contributions.model import Change
from cooperations.contributions.near import near, near_structures
from cooperations.contributions.overlay import values_of
from cooperations.contributions.publishing import export
from cooperations.contributions.sending import propose
from cooperations.dataset import load_dataset
from cooperations.errors import InvalidDecision, NotAllowed
from cooperations.model import RECORDS
from tests.contributions.proposing import (
    MODERATOR,
    NEWCOMER,
    PARTAGE,
    VISITOR,
    a_correction,
    a_sent,
    proposed,
)
from tests.hostile import HOSTILE
from tests.making import a_practice, plain

if TYPE_CHECKING:
    from pathlib import Path

    from tests.contributions.proposing import World


@pytest.mark.parametrize("typed", ["loc halle", "LOC'HALLE", "Loc’Halle B", "halle bio loc", "loc halle bioo"])
def test_a_name_finds_the_practice_it_means_while_it_is_typed(app: World, typed: str) -> None:
    """Whatever the case, the apostrophe, the order of words or a slip."""
    assert near(app.catalogue(), typed)[0].id == "loc-halle-bio"


@pytest.mark.parametrize("typed", ["", "lo", "Épicerie coopérative d’Agen", "zzzz"])
def test_a_name_that_is_new_finds_nothing_alike(app: World, typed: str) -> None:
    """Too short, or like nothing known."""
    assert [one for one in near(app.catalogue(), typed) if one.probably] == []


def test_the_practice_that_is_corrected_is_not_its_own_duplicate(app: World) -> None:
    """Nor is a structure."""
    assert "loc-halle-bio" not in {one.id for one in near(app.catalogue(), "Loc’Halle Bio", but="loc-halle-bio")}
    assert near_structures(app.catalogue(), "landes partage")[0].id == "landes-partage"


def test_checks_say_what_a_moderator_must_look_at(app: World) -> None:
    """A likely duplicate, no place, no link; a good one raises nothing."""
    good = proposed(app, a_sent(values={"source_url": "https://agen.example"}))
    assert {one.level for one in examine(good, app.catalogue(), {})} == {"ok"}
    values = {"nom": "Loc Halle Bio", "territoires": "", "source": "", "source_url": "http://loc.example"}
    doubtful = examine(proposed(app, a_sent(values=values)), app.catalogue(), {good.id: "LOC HALLE BIO"})
    assert [one.name for one in doubtful if one.level == "avis"] == ["Lieu", "Doublons", "Sources"]
    said = plain(" ".join(one.text for one in doubtful))
    assert "« Loc’Halle Bio »" in said
    assert "« LOC HALLE BIO », proposée aussi" in said


def test_a_correction_is_compared_with_the_sheet_of_today(app: World) -> None:
    """Field by field, in words; actors too."""
    sent = a_correction("loc-halle-bio", (PARTAGE,), statut="terminee", territoires="commune:33063|departement:33")
    found = {one.label: one for one in differences(proposed(app, sent), app.catalogue())}
    assert {"Statut", "Territoires", "Qui y prend part"} <= found.keys()
    assert found["Statut"].after == "Terminée"
    assert found["Territoires"].after == "Bordeaux (commune, 33), Gironde (33)"
    assert plain(found["Qui y prend part"].after) == "Landes Partage : membre"


def test_the_history_of_a_practice_tells_who_and_what(app: World) -> None:
    """From the published files to the last correction, actors included."""
    sent = a_correction("loc-halle-bio", (NEWCOMER,), statut="terminee")
    accept(app.store, app.catalogue(), MODERATOR, proposed(app, sent))
    found = history_of(app.store, "practice", "loc-halle-bio")
    assert (found[0].by, in_lines(found[0], app.catalogue())) == ("fichiers publiés", ["Fiche\u00a0: aucune → publiée"])
    said = [
        plain(line) for version in found if version.author != "data/" for line in in_lines(version, app.catalogue())
    ]
    assert "Statut : Active → Terminée" in said or any(line.endswith("→ Terminée") for line in said)
    assert "Coopérative des épiciers d’Agen : porteur y prend part" in said


def test_the_feed_is_read_by_a_feed_reader(app: World) -> None:
    """Titles, authors and addresses; hostile texts come back as they were sent, and as text."""
    made = [a_practice(f"piege-{row}", nom=text, description=text) for row, text in enumerate(HOSTILE)]
    changes = [Change("practice", one.id, values_of(one)) for one in made]
    app.store.contributions.change(changes, "CRESS Aquitaine (modérateur)")
    catalogue = app.catalogue()
    read = feedparser.parse(atom(latest(app.store, 500), catalogue, "https://cooperations.example"))
    assert not read.bozo
    assert len(read.entries) > len(HOSTILE)
    assert read.entries[0].link.startswith("https://cooperations.example/pratique?id=")
    assert read.entries[0].author == "CRESS Aquitaine (modérateur)"
    assert read.entries[0].title_detail.type == "text/plain"
    names = {" ".join(text.split()) for text in HOSTILE}
    titles = {" ".join(entry.title.partition("\u00a0: ")[2].split()) for entry in read.entries}
    assert len(names - titles) <= sum("&" in name for name in names)


def test_an_empty_feed_is_a_feed(app: World) -> None:
    """Before anything was changed."""
    assert not feedparser.parse(atom([], app.catalogue(), "https://cooperations.example")).bozo


def test_untouched_data_are_exported_as_they_are(app: World, data_folder: Path, tmp_path: Path) -> None:
    """Byte for byte, so that refreshing the repository shows only what changed."""
    export(app.store.read()[0], tmp_path / "data")
    for model in RECORDS:
        name = model.file_name
        assert (tmp_path / "data" / name).read_bytes() == (data_folder / name).read_bytes(), name
    assert export(app.store.read()[0], tmp_path / "data") == []


def test_what_was_accepted_is_exported_and_can_be_loaded_again(app: World, tmp_path: Path) -> None:
    """Hostile names too; loaded again, the changes laid over it are harmless."""
    for text in HOSTILE[:20]:
        accept(app.store, app.catalogue(), MODERATOR, proposed(app, a_sent(values={"nom": text, "lieu": text})))
    held, _ = app.store.read()
    export(held, tmp_path / "data")
    again = load_dataset(tmp_path / "data", app.gazetteer)
    assert dict(again.records()) == dict(held.records())
    app.store.load(again, "data/")
    assert dict(app.store.read()[0].records()) == dict(held.records())


def test_a_hostile_text_is_kept_as_text_or_refused(app: World) -> None:
    """In each field of a proposal: whole, or with a sentence that says what to do."""
    catalogue = app.catalogue()
    free = ("nom", "description", "lieu", "source", "remarque", "extrait_source")
    for text in HOSTILE:
        named = (ProposedActor("membre", name=text[:300]),)
        sent = a_sent(values=dict.fromkeys(free, text[:300]), actors=named)
        made = propose(app.store, catalogue, VISITOR, sent)
        assert {made.said.values[name] for name in free} == {text[:300]}
        assert app.store.contributions.one(made.id) == made


@pytest.mark.parametrize("name", ["source_url", "territoires", "statut", "type_pratique", "longitude", "periode_debut"])
def test_a_hostile_text_in_a_field_of_codes_is_refused(app: World, name: str) -> None:
    """A field that holds a code, a number, a date or an address holds nothing else."""
    catalogue = app.catalogue()
    for text in HOSTILE:
        with pytest.raises(InvalidDecision):
            propose(app.store, catalogue, VISITOR, a_sent(values={name: text}))


def test_what_nobody_checked_for_a_year_is_listed(app: World) -> None:
    """The day after a year; the oldest first."""
    last = max(practice.checked_on for practice in app.catalogue().practices)
    assert to_check_again(app.catalogue(), last) == []
    assert len(to_check_again(app.catalogue(), date.fromordinal((last + FRESH_FOR).toordinal() + 1))) == 19


def test_the_source_organisation_confirms_in_one_press(app: World) -> None:
    """The link serves once; the sheet is of today, and the history says by whom."""
    today = datetime.now(UTC).date()
    token = ask_again(app.store, app.catalogue(), MODERATOR, "loc-halle-bio", "Loc’Halle Bio")
    confirm(app.store, app.catalogue(), asked_by(app.store, token))
    assert (app.catalogue().practice("loc-halle-bio").checked_on - today).days in {0, 1}
    assert latest(app.store, 1)[0].author == "Loc’Halle Bio (par lien)"
    for wrong in (token, token[:-1], "", "x" * 200):
        with pytest.raises(UnknownProposal):
            asked_by(app.store, wrong)


def test_a_link_of_review_dies_after_its_days(app: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last day it serves; the day after, it leads nowhere, like one that never was."""
    for days, serves in ((0, True), (-1, False)):
        monkeypatch.setattr("cooperations.contributions.freshness.LINK_LASTS", timedelta(days=days))
        token = ask_again(app.store, app.catalogue(), MODERATOR, "loc-halle-bio", "Loc’Halle Bio")
        if serves:
            assert asked_by(app.store, token).practice_id == "loc-halle-bio"
        else:
            with pytest.raises(UnknownProposal):
                asked_by(app.store, token)


def test_two_presses_of_a_link_of_review_confirm_once(app: World) -> None:
    """The second one is told that it leads nowhere."""
    token = ask_again(app.store, app.catalogue(), MODERATOR, "loc-halle-bio", "Loc’Halle Bio")
    link = asked_by(app.store, token)
    confirm(app.store, app.catalogue(), link)
    with pytest.raises(UnknownProposal):
        confirm(app.store, app.catalogue(), link)


def test_only_a_moderator_asks_an_organisation(app: World) -> None:
    """Who it is must be said."""
    with pytest.raises(NotAllowed):
        ask_again(app.store, app.catalogue(), VISITOR, "loc-halle-bio", "CRESS")
    with pytest.raises(InvalidDecision):
        ask_again(app.store, app.catalogue(), MODERATOR, "loc-halle-bio", " ")


def test_a_message_is_written_to_a_file(app: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a server of messages; the name of a practice adds no header."""
    monkeypatch.setenv(FOLDER, str(tmp_path / "messages"))
    practice = app.catalogue().practice("loc-halle-bio").model_copy(update={"name": "Halle\r\nBcc: x@y.example"})
    message = review_message(
        practice, "Loc’Halle Bio", "contact@halle.example", "https://x.example/contribuer?relire=t"
    )
    kept = deliver(message).file
    assert kept is not None
    read = message_from_bytes(kept.read_bytes())
    assert (read["To"], read["Bcc"]) == ("contact@halle.example", None)


@pytest.mark.parametrize("to", ["", "x", "a@b", "a@b.fr, c@d.fr", "a@b.fr\nBcc: c@d.fr", "é@b.fr", "a" * 300 + "@b.fr"])
def test_an_address_that_is_none_gets_no_message(app: World, to: str) -> None:
    """One address, and nothing else."""
    with pytest.raises(InvalidDecision):
        review_message(app.catalogue().practice("loc-halle-bio"), "CRESS", to, "")


def test_only_a_proposed_practice_is_merged(app: World) -> None:
    """A correction says which sheet it is about already."""
    waiting = proposed(app, a_correction("loc-halle-bio", statut="terminee"))
    with pytest.raises(InvalidDecision):
        merge(app.store, app.catalogue(), MODERATOR, waiting, "cap-solidaire")


def test_structures_and_meetings_are_proposed_too(app: World) -> None:
    """Accepted, they are in the catalogue; a SIRET whose key is wrong is refused."""
    structure = Content({"nom": "Atelier du Midou", "famille": "association", "code_commune": "40192"})
    event = Content({"nom": "Rencontre de Pau", "description": "Les achats.", "periode": "2099", "statut": "annonce"})
    for about, content in (("structure", structure), ("evenement", event)):
        sent = replace(a_sent(), about=about, content=content)
        accept(app.store, app.catalogue(), MODERATOR, proposed(app, sent))
    catalogue = app.catalogue()
    assert catalogue.structures["atelier-du-midou"].commune_code == "40192"
    assert "rencontre-de-pau" in {one.id for one in catalogue.events}
    wrong = Content({"nom": "Atelier", "siret": "12345678901234"})
    with pytest.raises(InvalidDecision, match="SIRET"):
        proposed(app, replace(a_sent(), about="structure", content=wrong))
