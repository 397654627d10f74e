"""The ticker: letters told once, sent once, one letter for a burst of messages."""

from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django.utils import timezone

from cordee.directory.models import Company
from cordee.governance.acts import close_ballot, propose_resolution
from cordee.governance.models import Ballot
from cordee.ground.messages.acts import LONGEST_SUBJECT, Draft, tell
from cordee.ground.messages.models import Letter
from cordee.ground.people.models import Actor, Clockwork, Person
from cordee.ground.register.acts import address
from cordee.ground.register.models import Entry
from cordee.groupings.acts import Invitee, decline_invitation, leave, write_in_conversation
from cordee.groupings.models import Grouping, Seat
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
    assert str(mail.alternatives[0][0]).count("display:inline-block") == 1


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
    Company.objects.update(asked_at=timezone.now())  # nobody is asked today whether the card still holds
    call_command("tick", "--once")
    assert "told 1" in capsys.readouterr().out


def test_a_letter_that_cannot_be_sent_does_not_hold_the_others_back(mailoutbox: list[EmailMultiAlternatives]) -> None:
    exchange(factories.person("Aude Lambert"))
    exchange(factories.person("Bruno Masson"), Invitee(email="emma@exemple.fr"), name="Autre chose")
    tell(tasks.LETTERS, at=AT)
    Letter.objects.filter(to__email="denis@exemple.fr").update(address="denis@exemple.fr\nBcc: x@y.fr")
    assert tasks.tick(at=AT)["sent"] == 1
    assert [mail.to for mail in mailoutbox] == [["emma@exemple.fr"]]
    assert Letter.objects.get(to__email="denis@exemple.fr").state == Letter.State.FAILED


def test_a_long_name_on_two_lines_makes_a_subject_of_one_line(mailoutbox: list[EmailMultiAlternatives]) -> None:
    aude = factories.person("Aude Lambert")
    company = factories.company("Menuiserie " * 18, leader=aude)
    exchange(aude, name="Stand\r\nBcc: x@y.fr " + "commun " * 14, company=company)
    assert tasks.tick(at=AT)["sent"] == 1
    assert len(mailoutbox[0].subject) <= LONGEST_SUBJECT
    assert "\n" not in mailoutbox[0].subject


def test_nobody_writes_to_a_closed_account() -> None:
    grouping = exchange(factories.person("Aude Lambert"))
    Person.objects.filter(pk=invitation(grouping).person_id).update(is_active=False)
    assert tasks.tick(at=AT)["told"] == 0


def test_what_fails_in_a_round_does_not_hold_the_rest_back(
    world: World, monkeypatch: pytest.MonkeyPatch, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    def broken(*_args: object, **_kwargs: object) -> int:
        raise ZeroDivisionError

    def untold(entry: Entry, at: datetime) -> list[Draft]:
        raise KeyError(entry.act)

    exchange(factories.person("Gilles Petit"))
    write_in_conversation(world.grouping, "Bonjour", by=world.actor("aude"), at=AT)
    monkeypatch.setattr(tasks, "DEADLINES", (broken, *tasks.DEADLINES))
    monkeypatch.setitem(tasks.LETTERS, "messages.message.written", untold)
    assert tasks.tick(at=AT)["sent"] == 1
    assert [mail.to for mail in mailoutbox] == [["denis@exemple.fr"]]


def test_a_decision_that_cannot_be_applied_does_not_hold_the_others_back(world: World) -> None:
    other = make_world()
    adopted = []
    for each in (world, other):
        ballot = propose_resolution(
            each.grouping, title="Mandataire", text="Aude.", decision_type="ordinary", closes_at=AT + timedelta(days=1),
            effect="coordinator", effect_on=address(each.seats["aude"]), by=each.actor("aude"), at=AT,
        )  # fmt: skip
        Ballot.objects.filter(pk=ballot.pk).update(outcome="adopted", closed_at=AT)
        adopted.append(ballot.resolution)
    Grouping.objects.filter(pk=world.grouping.pk).update(stage=Grouping.Stage.CLOSED)
    assert tasks.apply_decisions(at=AT) == 1
    adopted[1].refresh_from_db()
    assert adopted[1].effect_at == AT


def test_who_left_no_longer_gets_the_letters_of_a_vote(world: World) -> None:
    ballot = propose_resolution(
        world.grouping, title="Stand", text="On y va.", decision_type="ordinary", closes_at=AT + timedelta(days=2),
        by=world.actor("aude"), at=AT,
    )  # fmt: skip
    leave(world.seats["bruno"], by=world.actor("bruno"), at=AT)
    tasks.tick(at=AT)
    close_ballot(ballot, by=Clockwork(), at=AT + timedelta(days=3))
    tasks.tick(at=AT + timedelta(days=3))
    assert not Letter.objects.filter(to=world.bruno).exists()
    assert Letter.objects.filter(to__name="Denis Roux").count() == 2


def test_no_act_has_two_tellers() -> None:
    tellers = (
        tasks.signing,
        tasks.directory,
        tasks.groupings,
        tasks.governance,
        tasks.agreements,
        tasks.projects,
        tasks.offers,
        tasks.delivery,
        tasks.money,
        tasks.learning,
        tasks.letters,
    )
    rooms = [room.LETTERS for room in tellers]
    assert len(tasks.LETTERS) == sum(len(room) for room in rooms)


def test_somebody_without_office_is_not_written_to() -> None:
    aude = factories.person("Aude Lambert")
    grouping = exchange(aude)
    seat = Seat.objects.get(grouping=grouping)
    write_in_conversation(grouping, "Seule", by=Actor(aude, address(seat)), at=AT)
    tasks.tick(at=AT)
    assert Letter.objects.filter(to=aude).count() == 0
