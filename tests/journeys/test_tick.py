"""The ticker: letters told once, sent once, one letter for a burst of messages."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command

from cordee.ground.messages.models import Letter
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import address
from cordee.groupings.acts import decline_invitation, write_in_conversation
from cordee.groupings.models import Seat
from cordee.journeys import tasks
from cordee.journeys.acts import pass_gate
from tests import factories
from tests.factories import AT
from tests.groupings.invited import exchange, invitation, link_of, token_of
from tests.people import World, make_world

pytestmark = pytest.mark.django_db


def test_an_invitation_has_one_button_and_is_sent_once(mailoutbox: list[EmailMultiAlternatives]) -> None:
    grouping = exchange(factories.person("Aude Lambert"))
    first = tasks.tick(at=AT)
    assert (first["told"], first["sent"]) == (1, 1)
    assert (tasks.tick(at=AT)["told"], tasks.tick(at=AT)["sent"]) == (0, 0)
    (mail,) = mailoutbox
    assert mail.to == ["denis@exemple.fr"]
    assert mail.subject == "Menuiserie Hôte vous invite à un échange\u00a0: Stand commun"
    assert token_of(invitation(grouping)) in mail.body
    assert str(mail.alternatives[0][0]).count("<a ") == 1


def test_who_leads_hears_of_an_answer() -> None:
    aude = factories.person("Aude Lambert")
    asked = invitation(exchange(aude))
    tasks.tick(at=AT)
    decline_invitation(asked, link=link_of(asked), reason="Non", at=AT)
    tasks.tick(at=AT)
    letter = Letter.objects.get(kind="groupings.declined")
    assert letter.to == aude
    assert "Non" not in letter.text


def test_a_burst_of_messages_is_one_letter_to_each_other_member(world: World) -> None:
    for text in ("Bonjour", "Encore", "Et encore"):
        write_in_conversation(world.grouping, text, by=world.actor("aude"), at=AT)
        tasks.tick(at=AT)
    assert Letter.objects.count() == 3
    assert not Letter.objects.filter(to=world.aude).exists()
    assert tasks.tick(at=AT)["sent"] == 0
    assert tasks.tick(at=AT + timedelta(minutes=11))["sent"] == 3
    write_in_conversation(world.grouping, "Plus tard", by=world.actor("aude"), at=AT + timedelta(hours=1))
    tasks.tick(at=AT + timedelta(hours=1))
    assert Letter.objects.count() == 6


def test_a_stage_is_told_to_the_others() -> None:
    world = make_world(stage="exchange")
    pass_gate(world.grouping, to="collective", by=world.actor("aude"), at=AT)
    tasks.tick(at=AT)
    assert set(Letter.objects.values_list("to__name", flat=True)) == {"Bruno Masson", "Denis Roux", "Emma Blanc"}


def test_the_command_does_one_round(capsys: pytest.CaptureFixture[str]) -> None:
    exchange(factories.person("Aude Lambert"))
    call_command("tick", "--once")
    assert "told 1" in capsys.readouterr().out


def test_no_act_has_two_tellers() -> None:
    tellers = (tasks.signing, tasks.groupings, tasks.governance, tasks.offers, tasks.money)
    rooms = [room.LETTERS for room in tellers]
    assert len(tasks.LETTERS) == sum(len(room) for room in rooms) + 1


def test_somebody_without_office_is_not_written_to() -> None:
    aude = factories.person("Aude Lambert")
    grouping = exchange(aude)
    seat = Seat.objects.get(grouping=grouping)
    write_in_conversation(grouping, "Seule", by=Actor(aude, address(seat)), at=AT)
    tasks.tick(at=AT)
    assert Letter.objects.filter(to=aude).count() == 0
