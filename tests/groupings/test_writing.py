"""Who sits without leading the company prepares, and binds it once its legal representative wrote it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from cordee.directory.models import Representative
from cordee.governance.acts import cast_vote, give_proxy
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.messages.acts import send_due, tell
from cordee.ground.people.acts import LinkSpent
from cordee.ground.people.models import Actor, Link, Person
from cordee.ground.people.reads import token
from cordee.ground.register.models import Entry
from cordee.groupings.acts import (
    WRITING,
    ask_for_writing,
    decline_writing,
    end_mandate,
    give_mandate,
    give_writing,
    hand_over_seat,
    name_substitute,
    write_in_conversation,
)
from cordee.groupings.acts.at_the_table import WritingMissing
from cordee.groupings.acts.mandates import NotAMandate
from cordee.groupings.acts.seats import NotEntitled
from cordee.groupings.acts.writing import NothingToWrite
from cordee.groupings.models import Mandate, WritingAsked
from cordee.groupings.permissions import binds_company, may_bind
from cordee.groupings.tasks import LETTERS
from cordee.money.acts import give_account
from tests import factories
from tests.factories import AT
from tests.governance.test_ballots import ask
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = AT + 3 * DAY


@pytest.fixture
def delegate(world: World) -> World:
    """Bruno says that he is the delegate of his company; who leads it is not known here."""
    Representative.objects.filter(person=world.bruno).update(capacity="delegate")
    return world


def asks(world: World, at: Any = AT, **said: Any) -> WritingAsked:
    wanted = {"email": "solange@exemple.fr", "name": "Solange Masson", "role": "directeur", **said}
    return ask_for_writing(world.seats["bruno"], **wanted, by=world.actor("bruno"), at=at)


def link_of(asked: WritingAsked) -> Link:
    return Link.objects.get(purpose=WRITING, subject=f"groupings/writingasked/{asked.public_id}", revoked_at=None)


def last(world: World) -> Entry:
    entry = Entry.objects.of(world.grouping.book).last()
    assert entry is not None
    return entry


def test_until_it_is_written_one_prepares_and_does_not_bind(delegate: World) -> None:
    world, ballot = delegate, ask(delegate)
    by, seat = world.actor("bruno"), world.seats["bruno"]
    assert not may_bind(world.bruno, seat)
    assert not binds_company(world.bruno, seat.company)
    with pytest.raises(WritingMissing, match="pas encore là") as told:
        cast_vote(ballot, seat=seat, choice="for", by=by, at=AT)
    assert "préparer" in told.value.why
    with pytest.raises(NotAllowed):
        give_account(seat.company, holder="", iban="FR7630006000011234567890189", by=by, at=AT)
    write_in_conversation(world.grouping, "Le chiffrage est prêt.", by=by, at=AT)
    shown = browser_of(world.bruno).get(f"/decisions/{ballot.public_id}").content.decode()
    assert "pas encore là" in shown
    asked = asks(world)
    assert (last(world).act, last(world).facts["of"]) == ("groupings.writing.asked", asked.leader.pseudonym)
    made = give_writing(link_of(asked), limit_cents=500_000, at=AT)
    assert made.paper is not None
    assert (made.kind, made.given_by, last(world).facts["paper"]) == ("holds", asked.leader, made.paper.digest)
    assert Representative.objects.get(company=seat.company, capacity="legal").person == asked.leader
    assert may_bind(world.bruno, seat)
    assert binds_company(world.bruno, seat.company)
    cast_vote(ballot, seat=seat, choice="for", by=by, at=AT)
    dear = ask(world)
    type(dear.resolution).objects.filter(pk=dear.resolution_id).update(cents=500_001)
    with pytest.raises(NotAllowed, match="s’arrête"):
        cast_vote(dear, seat=seat, choice="for", by=by, at=AT)
    end_mandate(made, by=Actor(asked.leader, f"groupings/seat/{seat.public_id}"), at=AT)
    assert not may_bind(world.bruno, seat)


def test_who_leads_may_say_no_and_a_link_gives_once(delegate: World) -> None:
    asked = asks(delegate)
    link = link_of(asked)
    decline_writing(link, at=AT)
    assert last(delegate).act == "groupings.writing.declined"
    with pytest.raises(LinkSpent):
        give_writing(link, at=AT)
    assert not may_bind(delegate.bruno, delegate.seats["bruno"])
    again = asks(delegate, at=LATER)
    assert again.pk != asked.pk
    with pytest.raises(NothingToWrite, match="déjà finie"):
        give_writing(link_of(again), until=AT.date(), at=LATER)
    with pytest.raises(NothingToWrite, match="au-dessus de zéro"):
        give_writing(link_of(again), limit_cents=0, at=LATER)
    Representative.objects.create(company=delegate.seats["bruno"].company, person=factories.person(), since=AT)
    with pytest.raises(NotEntitled, match="Quelqu’un d’autre"):
        give_writing(link_of(again), at=LATER)
    assert not Mandate.objects.exists()


def test_asking_is_refused(delegate: World) -> None:
    world = delegate
    with pytest.raises(NothingToWrite, match="Qui dirige"):
        asks(world, email="")
    with pytest.raises(NotEntitled, match="à soi-même"):
        asks(world, email=world.bruno.email)
    Person.objects.create_user("contact@exemple.fr", shared_mailbox=True)
    with pytest.raises(NotEntitled, match="boîte partagée"):
        asks(world, email="contact@exemple.fr")
    with pytest.raises(NothingToWrite, match="déjà l’entreprise"):
        ask_for_writing(world.seats["aude"], by=world.actor("aude"), at=AT)
    with pytest.raises(NotYours):
        ask_for_writing(world.seats["bruno"], by=world.actor("aude"), at=AT)
    asks(world)
    with pytest.raises(NothingToWrite, match="deux jours"):
        asks(world)
    first = link_of(WritingAsked.objects.get())
    asks(world, at=LATER)
    with pytest.raises(LinkSpent):
        give_writing(first, at=LATER)


def test_only_the_legal_representative_writes_by_naming(delegate: World) -> None:
    world = delegate
    rose = factories.person("Rose Masson")
    Representative.objects.create(company=world.seats["bruno"].company, person=rose, capacity="delegate", since=AT)
    give_writing(link_of(asks(world)), at=AT)
    for verb in (name_substitute, hand_over_seat):
        with pytest.raises(NotEntitled, match="délégation écrite"):
            verb(world.seats["bruno"], rose, by=world.actor("bruno"), at=AT)
    diane = factories.person("Diane Lambert")
    Representative.objects.create(company=world.seats["aude"].company, person=diane, capacity="delegate", since=AT)
    seat = name_substitute(world.seats["aude"], diane, by=world.actor("aude"), at=AT)
    assert may_bind(diane, seat)
    assert last(world).facts["paper"]
    law = factories.person("Anne Lambert")
    Representative.objects.create(company=seat.company, person=law, since=AT)
    seat = name_substitute(seat, law, by=world.actor("aude"), at=AT)
    assert seat.mandates.filter(ended_at=None).count() == 0  # who leads by law needs no writing
    with pytest.raises(NotAMandate, match="supplée déjà"):
        give_mandate(seat, email=law.email, name="", kind="prepares", outside=True, since=AT.date(),
                     by=world.actor("aude"), at=AT)  # fmt: skip


def test_an_adviser_of_mine_does_not_carry_my_voice(world: World) -> None:
    """Denis, a member himself, keeps the books of Bruno from outside: he prepares, he gets no proxy from Bruno."""
    denis = world.seats["denis"]
    give_mandate(world.seats["bruno"], email=denis.holder.email, name="", kind="prepares", outside=True,
                 since=AT.date(), by=world.actor("bruno"), at=AT)  # fmt: skip
    ballot = ask(world)
    with pytest.raises(Refusal, match="de l’extérieur"):
        give_proxy(ballot, seat=world.seats["bruno"], to=denis, by=world.actor("bruno"), at=AT)
    give_proxy(ballot, seat=world.seats["bruno"], to=world.seats["aude"], by=world.actor("bruno"), at=AT)


def test_from_the_button_to_the_mail_to_the_writing(delegate: World) -> None:
    world, page = delegate, f"/groupements/{delegate.grouping.public_id}/mandats"
    bruno = browser_of(world.bruno)
    members = f"/groupements/{world.grouping.public_id}/membres"
    assert "délégation écrite attendue" in bruno.get(members).content.decode()
    assert "Demander la délégation" in bruno.get(page).content.decode()
    said = {
        "do": "ask",
        "name": "Solange Masson",
        "email": "solange@exemple.fr",
        "voix": world.seats["bruno"].public_id,
    }
    assert bruno.post(page, said).status_code == 302
    assert "Demandée à Solange Masson" in bruno.get(page).content.decode()
    link = link_of(WritingAsked.objects.get())
    tell(LETTERS, at=link.created_at)
    send_due(at=link.created_at)
    letter = next(each for each in mail.outbox if each.to == ["solange@exemple.fr"])
    address = f"/delegation/{token(link)}"
    assert address in letter.body
    solange = Client()
    shown = solange.get(address).content.decode()
    assert "représentant légal de Charpente Masson" in shown
    assert solange.post(address, {"do": "give", "limit": "abc"}).status_code == 422
    assert solange.post(address, {"do": "give", "limit": "", "until": ""}).status_code == 302
    assert "C’est donné." in solange.get(address).content.decode()
    assert solange.post(address, {"do": "give"}).status_code == 409
    shown = bruno.get(members).content.decode()
    assert "par délégation écrite" in shown
    assert "attendue" not in shown
    made = Mandate.objects.get()
    paper = bruno.get(f"{page}/{made.public_id}/ecrit")
    assert b"".join(paper.streaming_content if paper.streaming else [paper.content]).startswith(b"%PDF")
    assert Client().get("/delegation/nonsense").status_code == 404
