"""The pages « Contribuer » and « Modération » run by Streamlit's own test runner."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from streamlit.testing.v1 import AppTest

from cooperations.accounts import pace
from cooperations.accounts.rights import VISITOR
from cooperations.accounts.tokens import check_form, new_token
from cooperations.contributions.content import Content
from cooperations.contributions.sending import Sent, propose
from cooperations.decisions import Draft, decide
from cooperations.errors import InvalidDecision
from cooperations.settings import ROOT
from cooperations.store.contributions import Wanted
from cooperations.ui import session
from cooperations.ui.contributing import draft as drafts_of
from cooperations.ui.contributing import form
from tests.contributions.mailing import mailbox
from tests.contributions.proposing import GROCERY, MODERATOR, a_sent, proposed
from tests.making import plain

if TYPE_CHECKING:
    from pathlib import Path

    from cooperations.runtime import Application
    from cooperations.ui.contributing import draft as drafts


pytestmark = pytest.mark.usefixtures("unhurried")
NEXT_YEAR = date.today().year + 1  # noqa: DTZ011 - a meeting is proposed for a day to come


SECOND_TUESDAY = 8 + (1 - date(NEXT_YEAR, 4, 8).weekday()) % 7
"""Of April."""


def run(page: str, **query: str) -> AppTest:
    test = AppTest.from_file(str(ROOT / "pages" / "navigation.py"), default_timeout=30)
    test.switch_page(page)
    for name, value in query.items():
        test.query_params[name] = value
    test.run()
    assert not test.exception
    return test


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Be somebody who takes the time to read the form."""
    monkeypatch.setattr(form, "check_form", lambda *_: None)


@pytest.fixture
def moderator(monkeypatch: pytest.MonkeyPatch) -> None:
    """Be somebody who may decide."""
    monkeypatch.setattr(session, "person", lambda: MODERATOR)


def words(test: AppTest) -> str:
    drawn = (*test.title, *test.header, *test.subheader, *test.markdown, *test.caption, *test.info, *test.warning)
    html = (element.proto.body for element in test.get("html"))
    said = [str(element.value) for element in (*drawn, *test.error, *test.success, *test.toast)]
    return plain("\n".join([*said, *html])).replace("\\", "")


def press(test: AppTest, label: str) -> AppTest:
    next(one for one in test.button if plain(one.label) == label).click().run()
    assert not test.exception
    return test


def field(test: AppTest, label: str) -> Any:
    drawn = (*test.text_input, *test.text_area, *test.selectbox, *test.radio, *test.multiselect)
    return next(one for one in drawn if plain(one.label).removesuffix(" (facultatif)") == label)


def fill_in(test: AppTest) -> AppTest:
    field(test, "Nom").set_value(GROCERY["nom"])
    field(test, "Type de pratique").set_value(GROCERY["type_pratique"])
    field(test, "Description").set_value(GROCERY["description"])
    press(test, "Continuer : où")
    drafts_held(test).put("territoires", GROCERY["territoires"])
    press(test, "Continuer : qui")
    field(test, "Structures qui y prennent part").set_value(["landes-partage"]).run()
    return press(test, "Continuer : sources et envoi")


def drafts_held(test: AppTest) -> drafts.Draft:
    held: drafts.Draft = test.session_state["_proposition"]
    return held


def test_a_visitor_proposes_in_four_steps(no_list: Application) -> None:
    """What was filled in is kept from step to step; the receipt gives the private link."""
    test = fill_in(run("contribuer.py"))
    press(test, "Envoyer la proposition")
    assert "Votre proposition est enregistrée" in words(test)
    _, (made,) = no_list.store.contributions.queue(Wanted(), 1, 10)
    assert (made.name, made.department, [actor.structure_id for actor in made.said.actors or ()]) == (
        GROCERY["nom"],
        "47",
        ["landes-partage"],
    )


def test_a_step_says_what_it_lacks_and_going_back_loses_nothing(no_list: Application) -> None:
    """All at once, in the step where it is; the type is still chosen after coming back."""
    test = press(run("contribuer.py"), "Continuer : où")
    assert "Il manque : « Nom », « Type de pratique », « Description »." in words(test)
    field(test, "Nom").set_value("Épicerie")
    field(test, "Type de pratique").set_value("achats_inter_ess")
    press(test, "Continuer : où")
    assert "Il manque : « Description »." in words(test)
    field(test, "Description").set_value("Six structures achètent ensemble.")
    press(press(test, "Continuer : où"), "Revenir")
    assert (field(test, "Nom").value, field(test, "Type de pratique").value) == ("Épicerie", "achats_inter_ess")
    assert no_list.store.contributions.counts() == {}


def test_what_is_refused_is_said_and_stays_in_the_form(no_list: Application) -> None:
    """An address that is none, an address to reply without the agreement: nothing is sent, nothing typed is lost."""
    test = fill_in(run("contribuer.py"))
    field(test, "Page internet de la source").set_value("javascript:alert(1)")
    press(test, "Envoyer la proposition")
    assert "« Page internet de la source »" in words(test)
    field(test, "Page internet de la source").set_value("")
    field(test, "Adresse pour vous répondre (facultatif, jamais publiée)").set_value("agen@epicerie.example")
    press(test, "Envoyer la proposition")
    assert "l’accord manque" in words(test)
    assert drafts_held(test).get("nom") == GROCERY["nom"]
    assert no_list.store.contributions.counts() == {}


@pytest.mark.parametrize("about", drafts_of.REQUIRED)
def test_the_form_asks_for_all_that_a_proposal_needs_and_no_more(no_list: Application, about: str) -> None:
    """Without one of the fields of the first step it is refused; with them alone it is kept."""
    whole = {"nom": "Essai", "type_pratique": "achats_inter_ess", "description": "Un essai.", "statut": "annonce"}
    needed = {name: whole[name] for name in drafts_of.REQUIRED[about]}
    when = {"periode": str(NEXT_YEAR)} if about == "evenement" else {}
    for name in needed:
        lacking = {one: value for one, value in needed.items() if one != name}
        with pytest.raises(InvalidDecision, match="obligatoire absente"):
            propose(no_list.store, no_list.catalogue(), VISITOR, Sent(about, Content(lacking | when), new_token()))
    assert propose(
        no_list.store, no_list.catalogue(), VISITOR, Sent(about, Content(needed | when), new_token())
    ).is_open


def test_a_structure_that_is_not_known_is_said_to_be_added(no_list: Application) -> None:
    """With those whose name is like it, so that nobody adds it twice."""
    test = run("contribuer.py")
    field(test, "Nom").set_value("Essai")
    field(test, "Type de pratique").set_value("achats_inter_ess")
    field(test, "Description").set_value("Un essai.")
    press(test, "Continuer : où")
    drafts_held(test).actors = [["Landes partages", "membre"], ["Zinc et Cie", "membre"]]
    press(test, "Continuer : qui")
    assert "« Landes partages » n’est pas dans la liste : elle y sera ajoutée. Déjà connues" in words(test)
    assert "« Landes Partage »" in words(test)
    assert "« Zinc et Cie » n’est pas dans la liste : elle y sera ajoutée.\n" in words(test) + "\n"
    assert no_list.store.contributions.counts() == {}


def test_the_receipt_leads_to_the_proposal(no_list: Application) -> None:
    """The link can be copied, sent to oneself, and followed at once."""
    test = press(fill_in(run("contribuer.py")), "Envoyer la proposition")
    assert "suivi=" in str(test.code[0].value)
    assert "Gardez ce lien privé" in words(test)
    press(test, "Suivre cette proposition")
    assert "Ce que vous avez proposé" in words(test)
    assert no_list.store.contributions.counts() == {"soumise": 1}


def test_a_correction_starts_from_the_sheet_and_sends_what_differs(no_list: Application) -> None:
    """Reached from the sheet of the practice."""
    test = run("contribuer.py", corriger="loc-halle-bio")
    assert field(test, "Nom").value == "Loc’Halle Bio"
    field(test, "Statut").set_value("terminee")
    for label in ("Continuer : où", "Continuer : qui", "Continuer : fiche", "Continuer : sources et envoi"):
        press(test, label)
    drafts_held(test)
    press(test, "Envoyer la proposition")
    _, (made,) = no_list.store.contributions.queue(Wanted(), 1, 10)
    assert (made.kind, dict(made.said.values), made.said.actors) == ("correction", {"statut": "terminee"}, None)


def test_the_sheet_is_completed_under_the_headings_of_its_type(no_list: Application) -> None:
    """The link of the sheet leads to the step; what a group of actors says is not what a purchase says."""
    test = run("contribuer.py", corriger="loc-halle-bio", volet="fiche")
    field(test, "Comment le groupement fonctionne").set_value("Une halle est tenue à plusieurs.")
    press(test, "Continuer : sources et envoi")
    press(test, "Envoyer la proposition")
    _, (made,) = no_list.store.contributions.queue(Wanted(), 1, 10)
    assert dict(made.said.values) == {"fonctionnement": "Une halle est tenue à plusieurs."}
    purchase = run("contribuer.py", corriger="convention-cd33-ai-colleges", volet="fiche")
    assert field(purchase, "Comment l’achat se passe").value == ""


def test_an_unknown_practice_cannot_be_corrected(no_list: Application) -> None:
    """The page says so."""
    test = run("contribuer.py", corriger="<script>")
    assert no_list.store.contributions.counts() == {}
    assert "Aucune pratique n’a l’identifiant" in words(test)


def test_the_private_link_shows_amends_and_withdraws(no_list: Application) -> None:
    """And takes the consent back; a link that is none says so."""
    token = new_token()
    sent = a_sent(token, contact="gt@cress.example", consents=True)
    propose(no_list.store, no_list.catalogue(), VISITOR, sent)
    test = run("contribuer.py", suivi=token)
    assert "À relire" in words(test)
    assert "gt@" in words(test)
    press(test, "Retirer mon accord et effacer l’adresse")
    assert "gt@" not in words(test)
    field(test, "Nom").set_value("Épicerie de Pau")
    press(test, "Garder ces changements")
    assert "Épicerie de Pau" in words(test)
    press(test, "Oui, retirer")
    assert "Retirée" in words(test)
    assert "Ce lien ne mène à rien" in words(run("contribuer.py", suivi="faux"))


def test_moderation_is_closed_to_visitors(no_list: Application) -> None:
    """Nothing of a proposal is shown."""
    proposed(no_list)
    said = words(run("moderation.py"))
    assert "demande le rôle « modérateur »" in said
    assert GROCERY["nom"] not in said


@pytest.mark.usefixtures("moderator")
def test_a_moderator_accepts_then_undoes(no_list: Application) -> None:
    """The proposal is published, then it is not; each step is said."""
    made = proposed(no_list)
    test = run("moderation.py", proposition=made.id)
    assert "Agen (commune, 47)" in words(test)
    assert "Rien de connu ne lui ressemble" in words(test)
    press(test, "Accepter")
    assert len(no_list.catalogue()) == 20
    assert "Acceptée" in words(test)
    press(test, "Annuler cette décision")
    assert len(no_list.catalogue()) == 19
    press(test, "Refuser")
    assert "La raison manque" in words(test)
    field(test, "Mot pour la personne").set_value("Hors sujet.")
    press(test, "Refuser")
    assert no_list.store.contributions.one(made.id).reply == "Hors sujet."


def test_an_account_closed_while_its_page_is_open_decides_nothing(
    no_list: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The session of somebody else, given up or taken away, is worth nothing at the next press."""
    made = proposed(no_list)
    monkeypatch.setattr(session, "person", lambda: MODERATOR)
    test = run("moderation.py", proposition=made.id)
    monkeypatch.setattr(session, "person", lambda: VISITOR)
    press(test, "Accepter")
    assert "demande le rôle « modérateur »" in words(test)
    assert no_list.store.contributions.one(made.id).state == "soumise"
    assert len(no_list.catalogue()) == 19


def test_ten_megabytes_in_a_field_are_refused_and_nothing_is_kept(no_list: Application) -> None:
    """What no keyboard types comes by the websocket all the same."""
    test = fill_in(run("contribuer.py"))
    drafts_held(test).put("remarque", "x" * 10_000_000)
    press(test, "Envoyer la proposition")
    assert "La proposition est trop longue" in words(test)
    assert no_list.store.contributions.counts() == {}


@pytest.mark.usefixtures("moderator")
def test_who_left_an_address_is_written_to_and_the_page_says_what_became_of_it(
    no_list: Application, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The decision is kept even when the server of messages takes nothing: the message waits, and is sent again."""
    monkeypatch.setenv("COOPERATIONS_MESSAGES", str(tmp_path / "messages"))
    made = proposed(no_list, a_sent(contact="agen@epicerie.example", consents=True))
    with mailbox() as box:
        monkeypatch.setenv("COOPERATIONS_SMTP", box.url)
        box.refusal = "451 4.3.0 plus tard"
        test = run("moderation.py", proposition=made.id)
        field(test, "Mot pour la personne").set_value("Depuis quand ?")
        press(test, "Demander une précision")
        assert "La question est posée." in words(test)
        assert "n’a pas pris le message" in words(test)
        assert "1 message attend dans le dossier des messages" in words(test)
        assert no_list.store.contributions.one(made.id).state == "a_preciser"
        box.refusal = ""
        press(test, "Envoyer maintenant")
        assert "1 message envoyé" in words(test)
        assert "attend dans le dossier" not in words(test)
        press(test, "Accepter")
        assert "Message envoyé." in words(test)
    assert [plain(one["Subject"]).partition(" : ")[0] for one in box.received] == ["À préciser", "Acceptée"]


@pytest.mark.usefixtures("moderator")
def test_what_prevented_one_of_a_selection_is_said(no_list: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other is decided; the one that was not stays ticked, with its reason."""
    monkeypatch.setattr(pace, "BY_ACCOUNT", pace.Pace(1))
    first, second = proposed(no_list), proposed(no_list)
    test = run("moderation.py")
    for one in (first, second):
        test.checkbox(key=f"choix-{one.id}").check()
    test.run()
    press(test, "Accepter la sélection")
    assert "1 décision gardée. 1 proposition n’a pas pu l’être" in words(test)
    assert "recommencer dans" in words(test)
    assert test.checkbox(key=f"choix-{second.id}").value


@pytest.mark.usefixtures("moderator")
def test_a_selection_is_accepted_at_once(no_list: Application) -> None:
    """Two of the same name get two addresses."""
    first, second = proposed(no_list), proposed(no_list)
    test = run("moderation.py")
    assert "**2 propositions**, la plus ancienne d’abord" in words(test)
    for one in (first, second):
        test.checkbox(key=f"choix-{one.id}").check()
    test.run()
    press(test, "Accepter la sélection")
    assert len(no_list.catalogue()) == 21
    assert "Rien n’attend" in words(test)


@pytest.mark.usefixtures("moderator")
def test_lines_of_meetings_wait_to_be_completed(no_list: Application) -> None:
    """Completed, the line fills the form in."""
    line = decide(Draft, name="Épicerie", practice_code="creation_activites", territory="departement:47",
                  organisation="ACESA")  # fmt: skip
    no_list.store.add(line, "ACESA")
    test = run("moderation.py")
    test.segmented_control(key="moderation-vue").set_value("Lignes de réunion").run()
    assert "Épicerie" in words(test)
    filled = run("contribuer.py", brouillon=line.id)
    assert (field(filled, "Nom").value, field(filled, "Type de pratique").value) == ("Épicerie", "groupement_acteurs")


@pytest.mark.usefixtures("moderator", "no_list")
def test_the_history_is_on_the_sheet() -> None:
    """Who published it first."""
    test = run("pratique.py", id="loc-halle-bio")
    assert "fichiers publiés" in words(test)
    assert "Fiche : aucune → publiée" in words(test)


def test_a_structure_and_a_meeting_have_shorter_forms(no_list: Application) -> None:
    """Three steps each; the hour of a meeting is that of Paris."""
    test = run("contribuer.py")
    test.segmented_control[0].set_value("structure").run()
    field(test, "Nom").set_value("Atelier du Midou")
    press(press(test, "Continuer : où"), "Continuer : sources et envoi")
    drafts_held(test)
    press(test, "Envoyer la proposition")
    press(test, "Proposer autre chose")
    test.segmented_control[0].set_value("evenement").run()
    field(test, "Nom").set_value("Rencontre de Pau")
    field(test, "Description").set_value("Les achats responsables.")
    field(test, "Statut").set_value("annonce")
    press(test, "Continuer : quand et où")
    test.date_input[0].set_value(date(NEXT_YEAR, 3, 16))
    test.time_input[0].set_value(time(9, 30))
    press(test, "Continuer : sources et envoi")
    drafts_held(test)
    press(test, "Envoyer la proposition")
    _, made = no_list.store.contributions.queue(Wanted(), 1, 10)
    assert [(one.kind, one.name) for one in made] == [
        ("structure", "Atelier du Midou"),
        ("evenement", "Rencontre de Pau"),
    ]
    assert made[1].said.values["debut"] == f"{NEXT_YEAR}-03-16T09:30:00+01:00"


def test_a_meeting_that_comes_again_says_its_types(no_list: Application) -> None:
    """What its day suggests, in words; the rule is kept, and checked like the rest."""
    test = run("contribuer.py", sujet="evenement")
    field(test, "Nom").set_value("Rencontre de Pau")
    field(test, "Description").set_value("Les achats responsables.")
    field(test, "Statut").set_value("annonce")
    test.multiselect[0].set_value(["achats_inter_ess"])
    press(test, "Continuer : quand et où")
    first = date(NEXT_YEAR, 3, 8)  # the second Tuesday is from the 8th to the 14th
    test.date_input[0].set_value(first + timedelta(days=(1 - first.weekday()) % 7))
    test.time_input[0].set_value(time(9, 30)).run()
    assert field(test, "Récurrence").options[3] == "Chaque mois, le 2e mardi"
    field(test, "Récurrence").set_value("jour_du_mois").run()
    test.date_input[1].set_value(date(NEXT_YEAR, 12, 31))
    press(test, "Continuer : sources et envoi")
    drafts_held(test)
    press(test, "Envoyer la proposition")
    _, (made,) = no_list.store.contributions.queue(Wanted(), 1, 10)
    assert made.said.values["recurrence"] == f"FREQ=MONTHLY;BYDAY=2TU;UNTIL={NEXT_YEAR}1231"
    assert made.said.values["types_pratique"] == "achats_inter_ess"


def test_one_date_of_a_series_is_cancelled(no_list: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the link of the meeting straight to its dates; a date without a reason is not taken."""
    catalogue = no_list.catalogue()
    (first, *others) = catalogue.events
    rule = f"FREQ=MONTHLY;BYDAY=2TU;UNTIL={NEXT_YEAR}1231"
    monkeypatch.setattr(catalogue, "events", (first.model_copy(update={"recurrence": rule}), *others))
    test = run("contribuer.py", corriger=first.id, sujet="evenement", volet="dates")
    test.multiselect[0].set_value([f"{NEXT_YEAR}-04-{SECOND_TUESDAY:02d}"]).run()
    assert "annulé sans raison" in words(test)
    next(one for one in test.text_input if one.label.startswith("Raison, mardi")).set_value("Salle fermée").run()
    assert not test.error
    press(test, "Continuer : sources et envoi")
    press(test, "Envoyer la proposition")
    _, (made,) = no_list.store.contributions.queue(Wanted(), 1, 10)
    assert set(made.said.values) == {"dates_annulees"}
    assert made.said.values["dates_annulees"] == f"{NEXT_YEAR}-04-{SECOND_TUESDAY:02d} Salle fermée"


def test_a_past_meeting_is_corrected(no_list: Application) -> None:
    """Its dates are left as they are, though they are gone; only what changes is sent."""
    test = run("contribuer.py", corriger="gt-2016-09-22", sujet="evenement")
    press(test, "Continuer : quand et où")
    assert not test.error
    assert test.date_input[0].value == date(2016, 9, 22)
    field(test, "Lieu désigné").set_value("Locaux de la CRESS, à Bordeaux")
    press(test, "Continuer : sources et envoi")
    press(test, "Envoyer la proposition")
    _, (made,) = no_list.store.contributions.queue(Wanted(), 1, 10)
    assert dict(made.said.values) == {"lieu": "Locaux de la CRESS, à Bordeaux"}


def test_wrong_dates_are_said_at_their_field(no_list: Application) -> None:
    """An end before the start, a day that is gone: before anything is sent, and nothing while nothing is given."""
    test = run("contribuer.py", sujet="evenement")
    field(test, "Nom").set_value("Rencontre de Pau")
    field(test, "Description").set_value("Les achats responsables.")
    field(test, "Statut").set_value("annonce")
    press(test, "Continuer : quand et où")
    assert not test.error
    test.date_input[0].set_value(date(NEXT_YEAR - 2, 9, 22))
    test.time_input[0].set_value(time(9, 0)).run()
    assert "la rencontre est déjà passée" in words(test)
    test.date_input[0].set_value(date(NEXT_YEAR, 9, 22))
    test.time_input[1].set_value(time(8, 0)).run()
    assert "« Fin » : la rencontre finit avant de commencer" in words(test)
    test.time_input[1].set_value(time(10, 0)).run()
    assert not test.error
    assert no_list.store.contributions.counts() == {}


def test_a_form_that_no_person_filled_is_sent_away(no_list: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    """The field that nobody sees was filled; nothing is kept, and the form stays."""
    monkeypatch.setattr(form, "check_form", check_form)
    test = fill_in(run("contribuer.py"))
    field(test, "Laissez ce champ vide").set_value("http://spam.example")
    press(test, "Envoyer la proposition")
    assert "rempli trop vite" in words(test)
    assert no_list.store.contributions.counts() == {}


def test_a_structure_is_corrected_from_its_page(no_list: Application) -> None:
    """Its commune too; a subject that is none is that of a practice."""
    test = run("contribuer.py", corriger="landes-partage", sujet="structure")
    assert field(test, "Nom").value == "Landes Partage"
    field(test, "Activité").set_value("Nettoyage et réemploi")
    press(press(test, "Continuer : où"), "Continuer : sources et envoi")
    press(test, "Envoyer la proposition")
    _, (made,) = no_list.store.contributions.queue(Wanted(), 1, 10)
    assert (made.about, dict(made.said.values)) == ("structure", {"activite": "Nettoyage et réemploi"})
    assert field(run("contribuer.py", corriger="loc-halle-bio", sujet="<b>"), "Nom").value == "Loc’Halle Bio"
