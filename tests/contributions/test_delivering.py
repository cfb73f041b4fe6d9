"""Messages sent for real, to a server of the test's own: what arrives, what stays in its file, and who is told."""

from __future__ import annotations

import os
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from filelock import FileLock

from bench.server import free_port
from cooperations.accounts import pace
from cooperations.cli import main
from cooperations.contributions import delivering
from cooperations.contributions.decide import ask_back, refuse
from cooperations.contributions.delivering import FOLDER, SMTP, deliver, forget, post, send_waiting, waiting
from cooperations.contributions.messages import SENDER, receipt_message, review_message
from cooperations.contributions.sending import propose
from cooperations.contributions.telling import tell_answer, tell_receipt
from tests.contributions.mailing import ACCOUNT, SECRET, Mailbox, mailbox
from tests.contributions.proposing import MODERATOR, VISITOR, a_sent
from tests.making import plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage
    from pathlib import Path

    from cooperations.contributions.model import Proposal
    from tests.contributions.proposing import World

TO = "contact@halle.example"
LINK = "https://cooperations.example/contribuer?relire=jeton"


@pytest.fixture(scope="module")
def server() -> Iterator[Mailbox]:
    """Run a server for the tests of this file."""
    with mailbox() as box:
        yield box


@pytest.fixture
def box(server: Mailbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Mailbox:
    """Return the server, empty, as the settings name it."""
    server.received.clear()
    server.envelopes.clear()
    server.refusal = ""
    monkeypatch.setenv(SMTP, server.url)
    monkeypatch.setenv(FOLDER, str(tmp_path / "messages"))
    monkeypatch.setenv(SENDER, "ess@cress.example")
    monkeypatch.setenv("COOPERATIONS_ADRESSE", "https://cooperations.example")
    for name, most in (("TO_ADDRESS", 3), ("FROM_NETWORK", 20)):
        monkeypatch.setattr(pace, name, pace.Pace(most))
    return server


def a_message(app: World) -> EmailMessage:
    """Return the message of a review."""
    return review_message(app.catalogue().practice("loc-halle-bio"), "Loc’Halle Bio", TO, LINK)


def a_proposal(app: World, name: str = "Épicerie coopérative d’Agen") -> Proposal:
    """Return a proposal whose person left an address, and agreed."""
    sent = a_sent(values={"nom": name}, contact="agen@epicerie.example", consents=True)
    return propose(app.store, app.catalogue(), VISITOR, sent)


def text_of(message: EmailMessage) -> str:
    return plain(message.get_content())


def arrived(box: Mailbox, count: int) -> None:
    """Wait for what is sent without anybody waiting."""
    ends = time.monotonic() + 10
    while len(box.received) < count and time.monotonic() < ends:
        time.sleep(0.01)
    assert len(box.received) == count


def test_a_review_arrives_whole(app: World, box: Mailbox) -> None:
    """To one address, from ours, in French with its accents and its spaces, the link on a line of its own."""
    sent = deliver(a_message(app))
    assert (sent.file, sent.said) == (None, "Message envoyé.")
    (message,) = box.received
    assert box.envelopes == [("ess@cress.example", [TO])]
    assert (message["To"], message["From"]) == (TO, "ess@cress.example")
    assert message["Subject"] == "À relire\u00a0: Loc’Halle Bio"
    assert (message["Auto-Submitted"], message["Content-Language"]) == ("auto-generated", "fr")
    assert message["Message-ID"]
    assert message["Date"].datetime.tzinfo is not None
    assert (message.get_content_type(), message.get_content_charset()) == ("text/plain", "utf-8")
    assert "«\u00a0Loc’Halle Bio\u00a0» figure parmi les coopérations de l’ESS, d’après" in message.get_content()
    assert LINK in message.get_content().splitlines()
    assert waiting() == []


def test_a_question_and_a_refusal_arrive_with_their_words(app: World, box: Mailbox) -> None:
    """Who left an address reads what the moderation wrote; who left none gets nothing."""
    asked = ask_back(app.store, MODERATOR, a_proposal(app), "Depuis quand\u00a0? Été 2024 ?")
    told = tell_answer(asked)
    assert told is not None
    assert told.file is None
    assert plain(box.received[0]["Subject"]) == "À préciser : Épicerie coopérative d’Agen"
    assert "Depuis quand ? Été 2024 ?" in text_of(box.received[0])
    assert "Complétez-la par le lien de suivi" in text_of(box.received[0])
    tell_answer(refuse(app.store, MODERATOR, asked, "Déjà connue."))
    assert "refusée." in text_of(box.received[1])
    assert "Déjà connue." in text_of(box.received[1])
    assert tell_answer(propose(app.store, app.catalogue(), VISITOR, a_sent())) is None
    assert len(box.received) == 2


def test_a_receipt_holds_the_link_and_nothing_of_the_form(app: World, box: Mailbox) -> None:
    """An open form must not carry somebody's words to an address that is not theirs."""
    assert tell_receipt(a_proposal(app, "Gagnez un million sur https://mechant.example"), "jeton-prive", "192.0.2.1")
    arrived(box, 1)
    said = text_of(box.received[0])
    assert "https://cooperations.example/contribuer?suivi=jeton-prive" in said.splitlines()
    assert "mechant" not in box.received[0].as_string()
    assert box.envelopes[0][1] == ["agen@epicerie.example"]


def test_an_open_form_does_not_write_many_times_to_one_address(app: World, box: Mailbox) -> None:
    """Three an hour; the fourth is kept as a proposal, and its page shows the link."""
    made = a_proposal(app)
    assert [tell_receipt(made, "jeton", "192.0.2.1") for _ in range(4)] == [True, True, True, False]
    arrived(box, 3)


@pytest.mark.parametrize("missing", [SMTP, "COOPERATIONS_ADRESSE"])
def test_no_receipt_without_a_server_or_an_address_of_ours(
    app: World, box: Mailbox, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    """A link made from what a browser says would lead where somebody wants; nothing is written either."""
    monkeypatch.delenv(missing)
    assert not tell_receipt(a_proposal(app), "jeton", "192.0.2.1")
    assert waiting() == []
    assert box.received == []


@pytest.mark.parametrize("refusal", ["451 4.3.0 plus tard, cress", "554 5.7.1 refusé, cress"])
def test_what_the_server_refuses_waits_in_its_file_and_leaves_later(
    app: World, box: Mailbox, refusal: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The page says so; the command sends what waits, says what is left, and nothing of the account."""
    box.refusal = refusal.encode("ascii", "replace").decode()
    kept = deliver(a_message(app))
    assert kept.file is not None
    assert waiting() == [kept.file]
    assert stat.S_IMODE(kept.file.stat().st_mode) == 0o600
    assert "n’a pas pris le message" in kept.said
    assert "cress" not in kept.said
    assert main(["messages", "envoyer"]) == 1
    assert "1 message attend encore." in plain(capsys.readouterr().err)
    box.refusal = ""
    assert main(["messages", "envoyer"]) == 0
    assert plain(capsys.readouterr().out) == "1 message envoyé.\n"
    assert box.received[0]["Subject"] == "À relire\u00a0: Loc’Halle Bio"
    assert main(["messages", "liste"]) == 0
    assert capsys.readouterr().out == ""


def test_a_server_that_is_not_there_loses_nothing(
    app: World, box: Mailbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither does a setting that makes no sense; the second message is not even tried."""
    for url in (f"smtp://127.0.0.1:{free_port()}", "mail.example:25", "http://mail.example"):
        monkeypatch.setenv(SMTP, url)
        assert deliver(a_message(app)).problem
    assert len(waiting()) == 3
    monkeypatch.setenv(SMTP, box.url)
    assert main(["messages", "envoyer"]) == 0
    assert plain(capsys.readouterr().out) == "3 messages envoyés.\n"


def test_what_is_posted_while_the_server_is_away_waits(app: World, box: Mailbox) -> None:
    """Nobody waits for it; it goes with the next one."""
    box.refusal = "451 4.3.0 later"
    post(a_message(app))
    assert len(waiting()) == 1
    box.refusal = ""
    post(a_message(app))
    arrived(box, 2)


def test_two_replicas_that_send_what_waits_send_it_once(app: World, box: Mailbox) -> None:
    """They share the folder: the second waits for its turn, then finds that all has left, and counts none of it."""
    box.refusal = "451 4.3.0 later"
    kept = deliver(a_message(app))
    assert kept.file is not None
    box.refusal = ""
    with ThreadPoolExecutor() as pool:
        with FileLock(kept.file.parent / "envoi.lock"):
            second = pool.submit(send_waiting)
            time.sleep(0.1)
            assert not second.done()
            kept.file.unlink()
        assert second.result(timeout=10) == []
    assert box.received == []


def test_a_message_that_leaves_while_they_are_counted_is_not_counted(
    app: World, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another replica may send it between the list of the folder and its reading."""
    monkeypatch.delenv(SMTP)
    kept = deliver(a_message(app))
    gone = kept.file
    assert gone is not None
    monkeypatch.setattr(type(gone), "glob", lambda folder, _: iter([gone, folder / "parti.eml"]))
    assert waiting() == [gone]
    assert box.received == []


def test_a_ciphered_server_is_checked_before_the_secret_leaves(
    app: World, box: Mailbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without a cipher, with an unknown certificate or a wrong secret, the message waits; else it leaves."""
    account = f"smtp://{ACCOUNT}:{quote(SECRET, safe='')}@127.0.0.1"
    monkeypatch.setenv(SMTP, f"{account}:{box.port}")
    assert "ne chiffre pas" in deliver(a_message(app)).problem
    with mailbox(tmp_path) as ciphered:
        monkeypatch.setenv(SMTP, f"{account}:{ciphered.port}")
        assert deliver(a_message(app)).problem
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificat.pem"))
        monkeypatch.setenv(SMTP, f"smtp://{ACCOUNT}:faux@127.0.0.1:{ciphered.port}")
        with monkeypatch.context() as patch:
            # This server lets who got it wrong wait.
            patch.setattr(delivering, "PATIENCE_S", 0.5)
            refused = deliver(a_message(app))
        assert refused.problem
        assert "faux" not in refused.said
        assert ciphered.received == []
        monkeypatch.setenv(SMTP, f"{account}:{ciphered.port}")
        assert deliver(a_message(app)).file is None
        assert len(ciphered.received) == 1
    assert box.received == []


def test_erasing_somebody_erases_the_messages_that_wait_for_them(
    app: World, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Theirs alone."""
    monkeypatch.delenv(SMTP)
    deliver(a_message(app))
    deliver(receipt_message("agen@epicerie.example", LINK))
    assert forget("Contact@Halle.example") == 1
    assert [path.suffix for path in waiting()] == [".eml"]
    assert set(os.listdir(waiting()[0].parent)) <= {waiting()[0].name, "envoi.lock"}  # noqa: PTH208 - names as they are
    assert box.received == []
