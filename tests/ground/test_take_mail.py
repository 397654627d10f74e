"""An answer by e-mail lands in its conversation; strangers, machines and loops do not."""

import io
import mailbox
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cordee.governance.tasks import LETTERS
from cordee.ground.messages import acts
from cordee.ground.messages.models import Letter, Message
from cordee.ground.messages.reads import reply_token
from cordee.ground.people.acts import revoke_links_of_seat
from cordee.ground.people.models import Link
from cordee.ground.register.models import Entry
from cordee.groupings.acts import write_in_conversation
from tests.factories import AT
from tests.people import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _domain(settings: Any) -> None:
    settings.REPLY_DOMAIN = "cordee.test"


@pytest.fixture
def letter(world: World) -> Letter:
    """What Bruno got when Aude wrote."""
    write_in_conversation(world.grouping, "On se voit mardi ?", by=world.actor("aude"), at=AT)
    acts.tell(LETTERS, at=AT)
    return Letter.objects.get(to=world.bruno)


def answer(letter: Letter, text: str = "D’accord pour mardi.", *, sender: str = "", **headers: str) -> bytes:
    mail = EmailMessage()
    mail["From"] = f"Quelqu’un <{sender or letter.to.email}>"
    mail["To"] = letter.reply_to
    mail["Subject"] = headers.pop("subject", "Re: On vous écrit")
    mail["Message-ID"] = headers.pop("message_id", "<un@exemple.fr>")
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    quoted = "\n\nLe mar. 10 mars 2026 à 10:00, Cordée a écrit :\n> On se voit mardi ?\n"
    mail.set_content(text + quoted)
    return mail.as_bytes()


def test_an_answer_lands_in_its_conversation(letter: Letter, world: World) -> None:
    assert letter.reply_to.startswith("reponse+")
    assert letter.reply_to == letter.reply_to.lower()  # servers that change capitals do no harm
    assert len(letter.reply_to.partition("@")[0]) <= 64
    taken = acts.take_mail(answer(letter), at=AT)
    assert (taken.text, taken.by) == ("D’accord pour mardi.", world.bruno)
    assert taken.thread == Message.objects.first().thread
    assert taken.seat.endswith(world.seats["bruno"].public_id)
    assert Entry.objects.of(world.grouping.book).last().act == "messages.message.written"


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"List_Id": "<liste.exemple.fr>"},
        {"Return_Path": "<>"},
        {"subject": "Réponse automatique : absent"},
        {"subject": "Out of Office: back Monday"},
    ],
    ids=["auto", "bulk", "list", "bounce", "absent", "away"],
)
def test_machines_are_refused(letter: Letter, headers: dict[str, str]) -> None:
    with pytest.raises(acts.Automatic):
        acts.take_mail(answer(letter, **headers), at=AT)
    assert Message.objects.count() == 1


def test_our_own_letter_sent_back_is_a_loop(letter: Letter) -> None:
    with pytest.raises(acts.Automatic):
        acts.take_mail(answer(letter, sender=letter.reply_to), at=AT)


def test_strangers_and_forged_addresses_are_refused(letter: Letter, world: World) -> None:
    with pytest.raises(acts.Stranger):
        acts.take_mail(answer(letter, sender=world.chloe.email), at=AT)
    box, _at, domain = letter.reply_to.partition("@")
    for forged in (f"{box[:-1]}0@{domain}", f"reponse+abc@{domain}", f"bonjour@{domain}"):
        letter.reply_to = forged
        with pytest.raises(acts.NotForUs):
            acts.take_mail(answer(letter), at=AT)


def test_the_same_mail_is_taken_once(letter: Letter) -> None:
    acts.take_mail(answer(letter), at=AT)
    with pytest.raises(acts.NothingNew):
        acts.take_mail(answer(letter), at=AT)
    with pytest.raises(acts.NothingNew):
        acts.take_mail(answer(letter, "", message_id="<deux@exemple.fr>"), at=AT)


def test_the_address_dies_with_the_seat_and_with_time(letter: Letter, world: World) -> None:
    with pytest.raises(acts.NotForUs):
        acts.take_mail(answer(letter), at=AT + timedelta(days=31))
    revoke_links_of_seat(world.seats["bruno"], at=AT)
    with pytest.raises(acts.NotForUs):
        acts.take_mail(answer(letter), at=AT)


def test_twenty_in_an_hour_are_a_machines(letter: Letter) -> None:
    for number in range(20):
        acts.take_mail(answer(letter, message_id=f"<{number}@exemple.fr>"), at=AT)
    with pytest.raises(acts.Automatic):
        acts.take_mail(answer(letter, message_id="<vingt@exemple.fr>"), at=AT)


def test_html_alone_and_strange_bytes_are_read(letter: Letter) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Message-ID"] = letter.to.email, letter.reply_to, "<h@exemple.fr>"
    mail.set_content("<style>p{}</style><p>Très bien</p><blockquote>On se voit mardi ?</blockquote>", subtype="html")
    assert acts.take_mail(mail.as_bytes(), at=AT).text == "Très bien"
    odd = f"From: {letter.to.email}\nTo: {letter.reply_to}\nContent-Type: text/plain; charset=inconnu\n\nvu \xe9\n"
    assert acts.take_mail(odd.encode("latin-1"), at=AT).text.startswith("vu")
    for junk in (b"", b"\xff\xfe\x00", b"From\n\n\n"):
        with pytest.raises((acts.Automatic, acts.NotForUs)):
            acts.take_mail(junk, at=AT)


def test_the_command_reads_a_pipe_and_a_maildir(
    letter: Letter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    link = Link.objects.get(purpose="reply", person=letter.to)
    assert reply_token(link) in letter.reply_to
    link.expires_at = AT + timedelta(days=365 * 100)  # the command reads the clock
    link.save()

    class Pipe:
        buffer = io.BytesIO(answer(letter, "Par le tuyau", message_id="<p@exemple.fr>"))

    monkeypatch.setattr("sys.stdin", Pipe)
    call_command("take_mail")
    assert Message.objects.last().text == "Par le tuyau"
    Pipe.buffer = io.BytesIO(answer(letter, Precedence="bulk"))
    with pytest.raises(CommandError):
        call_command("take_mail")
    box = mailbox.Maildir(tmp_path / "boite")
    box.add(answer(letter, "Par la boîte", message_id="<b@exemple.fr>"))
    box.add(answer(letter, Precedence="bulk"))
    call_command("take_mail", maildir=str(tmp_path / "boite"))
    assert "taken 1, refused 1" in capsys.readouterr().out
    call_command("take_mail", maildir=str(tmp_path / "boite"))
    assert "taken 0, refused 0" in capsys.readouterr().out
    assert Message.objects.count() == 3


def test_what_is_attached_comes_along_and_what_we_do_not_take_is_named(letter: Letter, world: World) -> None:
    mail = message_from_bytes(answer(letter, "Voici le devis."), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    mail.add_attachment(b"%PDF-1.7 devis", maintype="application", subtype="pdf", filename="devis été.pdf")
    mail.add_attachment(b"MZ", maintype="application", subtype="octet-stream", filename="macro.exe")
    mail.add_attachment(b"GIF89a logo", maintype="image", subtype="gif", filename="logo.gif", cid="<logo>")
    taken = acts.take_mail(mail.as_bytes(), at=AT)
    assert [each.document.name for each in taken.attachments.all()] == ["devis été.pdf"]
    assert taken.attachments.get().document.read() == b"%PDF-1.7 devis"
    assert taken.text.startswith("Voici le devis.")
    assert "macro.exe" in taken.text
    assert "logo.gif" not in taken.text
    assert Entry.objects.of(world.grouping.book).last().facts["files"] == 1
    alone = EmailMessage()
    for name in ("From", "To", "Subject"):
        alone[name] = mail[name]
    alone["Message-ID"] = "<deux@exemple.fr>"
    alone.set_content("")
    alone.add_attachment(b"%PDF-1.7 plan", maintype="application", subtype="pdf", filename="plan.pdf")
    assert acts.take_mail(alone.as_bytes(), at=AT).attachments.count() == 1
