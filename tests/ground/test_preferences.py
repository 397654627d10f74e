"""Which letters one gets: by choice, by one click in the mail program, by text message, once a week."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from cordee.governance.tasks import LETTERS, open_digest, remind
from cordee.ground.kit.refusals import Refusal
from cordee.ground.messages import acts
from cordee.ground.messages.models import Letter, Preference
from cordee.ground.messages.reads import preferences_of, read_stop, stop_address
from cordee.ground.people.models import Actor
from cordee.ground.register.models import Entry
from cordee.groupings.acts import write_in_conversation
from tests.factories import AT
from tests.governance.test_ballots import ask
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db
MONDAY = AT.replace(day=16)


def choose(world: World, **wanted: bool) -> None:
    acts.choose_letters(world.bruno, **wanted, by=Actor(world.bruno), at=AT)


def test_one_click_in_the_mail_program_stops_what_may_be_stopped(world: World) -> None:
    write_in_conversation(world.grouping, "Bonjour", by=world.actor("aude"), at=AT)
    ask(world)
    acts.tell(LETTERS, at=AT)
    acts.send_due(at=AT + timedelta(hours=1))
    sent = {each.subject: each for each in mail.outbox if world.bruno.email in each.to}
    talk = next(each for subject, each in sent.items() if "écrit" in subject)
    vote = next(each for subject, each in sent.items() if "voter" in subject)
    assert talk.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "List-Unsubscribe" not in vote.extra_headers  # a vote has to be told
    assert {each.extra_headers["Auto-Submitted"] for each in sent.values()} == {"auto-generated"}
    address = talk.extra_headers["List-Unsubscribe"].strip("<>")
    path = "/" + address.split("/", 3)[3]
    stranger = browser_of(None)
    assert "Arrêter ces e-mails" in stranger.get(path).content.decode()
    assert preferences_of(world.bruno).talk  # opening it stops nothing: mail scanners open every link
    stranger.handler.enforce_csrf_checks = True
    assert stranger.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not preferences_of(world.bruno).talk
    assert stranger.get(path[:-1] + "!").status_code == 404
    write_in_conversation(world.grouping, "Encore", by=world.actor("aude"), at=AT + timedelta(hours=2))
    acts.tell(LETTERS, at=AT)
    assert Letter.objects.filter(to=world.bruno, state="waiting").count() == 0


def test_reminders_can_be_stopped_votes_cannot(world: World) -> None:
    choose(world, reminders=False)
    ask(world)
    acts.tell(LETTERS, at=AT)
    assert Letter.objects.filter(to=world.bruno).count() == 1
    later = AT + timedelta(days=2, minutes=1)
    assert remind(at=later) == 1
    acts.tell(LETTERS, at=later)
    assert Letter.objects.filter(to=world.bruno).count() == 1
    assert Letter.objects.filter(to=world.aude).count() == 2


def test_a_text_message_to_who_asked_for_it(world: World, capsys: pytest.CaptureFixture[str], settings: Any) -> None:
    settings.SMS_BACKEND = "cordee.ground.messages.adapter.send"
    world.bruno.phone = "06 12 34 56 78"
    world.bruno.save()
    choose(world, sms=True)
    ask(world)
    later = AT + timedelta(days=2, minutes=1)
    remind(at=later)
    acts.tell(LETTERS, at=later)
    letter = Letter.objects.get(channel="sms")
    assert (letter.address, len(letter.text) <= 300) == ("06 12 34 56 78", True)
    acts.send_due(at=later)
    acts.send_due(at=later)
    assert capsys.readouterr().out.count("SMS 06 12 34 56 78: Cordée") == 1
    assert "/voter/" in letter.text


def broken(number: str, text: str) -> None:
    """A provider that does not answer."""
    raise OSError("no network")


def test_a_provider_that_fails_is_asked_again(world: World, settings: Any) -> None:
    settings.SMS_BACKEND = f"{__name__}.broken"
    world.bruno.phone = "06 12 34 56 78"
    world.bruno.save()
    choose(world, sms=True)
    ask(world)
    later = AT + timedelta(days=2, minutes=1)
    remind(at=later)
    acts.tell(LETTERS, at=later)
    Letter.objects.filter(channel="mail").delete()
    acts.send_due(at=later)
    assert Letter.objects.get().state == "waiting"


def test_once_a_week_to_who_asked_for_it_and_never_twice(world: World) -> None:
    assert open_digest(at=MONDAY) == 0  # nobody asked
    choose(world, digest=True)
    ask(world, closes_at=MONDAY + timedelta(days=3))
    moments = [MONDAY - timedelta(days=1), MONDAY.replace(hour=5), MONDAY, MONDAY, MONDAY + timedelta(days=1)]
    assert [open_digest(at=at) for at in moments] == [0, 0, 1, 0, 0]
    acts.tell(LETTERS, at=MONDAY)
    assert Entry.objects.get(act="governance.digest.opened").facts == {"week": "2026-W12"}
    letter = Letter.objects.get(kind="governance.digest")
    assert letter.to == world.bruno
    assert "Répondre au marché de Paulhan" in letter.text
    easter_monday = MONDAY.replace(month=4, day=6)
    assert [open_digest(at=easter_monday + timedelta(days=n)) for n in (0, 1, 2)] == [0, 1, 0]


def test_the_page_keeps_what_one_chose(world: World) -> None:
    browser = browser_of(world.bruno)
    page = reverse("letters:preferences")
    assert browser.get(page).status_code == 200
    assert browser.post(page, {"digest": "on"}).status_code == 302
    kept = Preference.objects.get(person=world.bruno)
    assert (kept.talk, kept.reminders, kept.digest) == (False, False, True)
    with pytest.raises(Refusal):
        acts.choose_letters(world.bruno, talk=True, by=Actor(world.aude), at=AT)
    person, group = read_stop(stop_address(world.bruno, "talk").rpartition("/")[2])
    assert (person, group) == (world.bruno, "talk")
