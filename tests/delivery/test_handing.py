"""Passing on when all goes well: one’s part, one’s place, the client’s voice."""

import pytest

from cordee.delivery import acts
from cordee.delivery.models import BillingPart, ContactTurn, Delivery, HandOver, PortalMessage, WorkItem
from cordee.delivery.tasks import LETTERS
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.register.models import Entry
from tests.delivery.building import actor, card, link_to, lot, moved, shown, site
from tests.factories import AT
from tests.people import World

pytestmark = pytest.mark.django_db


def last(world: World) -> Entry:
    return Entry.objects.filter(book=world.grouping.book).latest("number")


def offered(world: World, made: Delivery, name: str = "bruno", **words: object) -> HandOver:
    given = {"leaves": True, "why": "Un autre chantier me prend tout l’hiver.", **words}
    return acts.offer_part(made, **given, by=actor(world, name), at=AT)  # type: ignore[arg-type]


def test_a_company_leaves_and_its_part_goes_to_whoever_takes_it(world: World) -> None:
    made = site(world)
    walls = lot(world, made, "bruno", "Murs")
    done, _pignon = card(world, walls, "bruno", "Joints"), card(world, walls, "bruno", "Pignon")
    moved(world, done, "bruno", "doing", "check", "done")
    one = shown(world, walls, "bruno", "Les murs")
    acts.write_billing(
        made, label="Murs", cents=100_000, rate=1000, deliverable=one.public_id, by=actor(world, "bruno"), at=AT
    )
    acts.raise_reserve(one, link_to(made), text="Un trou", at=AT)
    acts.stand_by(made, wanted=True, by=actor(world, "denis"), at=AT)
    hand = offered(world, made)
    assert last(world).facts["first"] == world.seats["denis"].public_id
    with pytest.raises(NotAllowed, match="appelle d’abord"):
        acts.answer_part(hand, takes=True, by=actor(world, "aude"), at=AT)
    with pytest.raises(NotAllowed):
        acts.answer_part(hand, takes=True, by=actor(world, "bruno"), at=AT)
    acts.answer_part(hand, takes=True, by=actor(world, "denis"), at=AT)
    facts = last(world).facts
    assert (facts["lots"], facts["cards"], facts["reserves"], facts["left"]) == (1, 1, 1, True)
    denis = world.seats["denis"]
    walls.refresh_from_db()
    assert walls.seat == denis
    carriers = {each.title: each.seat for each in WorkItem.objects.select_related("seat")}
    assert carriers == {"Joints": world.seats["bruno"], "Pignon": denis}  # what is done keeps its author
    assert made.reserves.get().seat == denis
    assert not BillingPart.objects.exists()  # nobody invoices twice what is not accepted yet
    assert not made.members.filter(seat=world.seats["bruno"], left_at=None).exists()
    with pytest.raises(NotYours):
        acts.take_lot(walls, by=actor(world, "bruno"), at=AT)
    with pytest.raises(NotAllowed):
        acts.tell_hand_over(hand, text="Bonjour", by=actor(world, "denis"), at=AT)
    acts.tell_hand_over(hand, text="Denis reprend vos murs.", by=actor(world, "aude"), at=AT)
    drafts = list(LETTERS["delivery.part.told"](last(world), AT))
    assert [draft.lines for draft in drafts] == [("Denis reprend vos murs.",)]
    with pytest.raises(Refusal):
        acts.tell_hand_over(hand, text="Encore", by=actor(world, "aude"), at=AT)


def test_some_lots_only_are_passed_on_and_the_next_is_asked_when_one_declines(world: World) -> None:
    made = site(world)
    walls, roof = lot(world, made, "bruno", "Murs"), lot(world, made, "bruno", "Toit")
    for name in ("denis", "aude"):
        acts.stand_by(made, wanted=True, by=actor(world, name), at=AT)
    with pytest.raises(Refusal, match="Choisissez un lot"):
        offered(world, made, leaves=False, lots=[])
    hand = offered(world, made, leaves=False, lots=[roof.public_id])
    with pytest.raises(Refusal, match="déjà"):
        offered(world, made)
    assert [draft.to for draft in LETTERS["delivery.part.offered"](last(world), AT)] == [
        world.seats["aude"].holder, world.seats["denis"].holder,
    ]  # fmt: skip
    acts.answer_part(hand, takes=False, by=actor(world, "denis"), at=AT)
    acts.answer_part(hand, takes=True, by=actor(world, "aude"), at=AT)
    for each in (walls, roof):
        each.refresh_from_db()
    assert (walls.seat, roof.seat) == (world.seats["bruno"], world.seats["aude"])
    assert made.members.filter(seat=world.seats["bruno"], left_at=None).exists()
    again = offered(world, made, leaves=False, lots=[walls.public_id])
    with pytest.raises(NotAllowed):
        acts.withdraw_part(again, by=actor(world, "aude"), at=AT)
    acts.withdraw_part(again, by=actor(world, "bruno"), at=AT)
    with pytest.raises(Refusal, match="plus ouverte"):
        acts.answer_part(again, takes=True, by=actor(world, "aude"), at=AT)


def test_who_carries_nothing_leaves_at_once(world: World) -> None:
    made = site(world)
    walls = lot(world, made, "denis", "Murs")
    with pytest.raises(acts.StillCarries, match="un lot, une carte ou une réserve"):
        acts.leave_delivery(made, by=actor(world, "denis"), at=AT)
    with pytest.raises(acts.StillCarries, match="interlocuteur"):
        acts.leave_delivery(made, by=actor(world, "aude"), at=AT)
    acts.be_deputy(made, wanted=True, by=actor(world, "bruno"), at=AT)
    acts.leave_delivery(made, by=actor(world, "bruno"), at=AT)
    made.refresh_from_db()
    assert made.deputy is None
    assert last(world).act == "delivery.member.left"
    with pytest.raises(Refusal, match="au moins deux"):
        offered(world, made, "denis", lots=[walls.public_id])


def test_the_voice_to_the_client_passes_on_and_the_client_is_told(world: World) -> None:
    made = site(world)
    hello = "C’est moi qui vous réponds désormais."
    with pytest.raises(NotAllowed):
        acts.offer_contact(made, taker=world.seats["denis"], note="Tout", by=actor(world, "bruno"), at=AT)
    with pytest.raises(Refusal, match="autre entreprise"):
        acts.offer_contact(made, taker=world.seats["emma"], note="Tout", by=actor(world, "aude"), at=AT)
    for who in ("denis", "bruno"):  # the second offer replaces the first
        acts.offer_contact(made, taker=world.seats[who], note="Il a un chien.", by=actor(world, "aude"), at=AT)
    assert [draft.to for draft in LETTERS["delivery.contact.offered"](last(world), AT)] == [world.bruno]
    with pytest.raises(NotAllowed):
        acts.take_contact(made, hello=hello, by=actor(world, "denis"), at=AT)
    with pytest.raises(acts.SayWhat):
        acts.take_contact(made, hello=" ", by=actor(world, "bruno"), at=AT)
    acts.take_contact(made, hello=hello, by=actor(world, "bruno"), at=AT)
    made.refresh_from_db()
    assert made.contact == world.seats["bruno"]
    assert PortalMessage.objects.get().text == hello
    (draft,) = LETTERS["delivery.contact.taken"](last(world), AT)
    assert draft.to == made.client_person
    assert ContactTurn.objects.get().note == "Il a un chien."
    with pytest.raises(NotAllowed):
        acts.write_to_portal(made, text="Encore moi", by=actor(world, "aude"), at=AT)

    acts.be_deputy(made, wanted=True, by=actor(world, "denis"), at=AT)
    with pytest.raises(Refusal):
        acts.be_deputy(made, wanted=True, by=actor(world, "aude"), at=AT)
    with pytest.raises(NotYours):
        acts.be_deputy(made, wanted=False, by=actor(world, "aude"), at=AT)
    acts.take_contact(made, hello=hello, by=actor(world, "denis"), at=AT)  # the deputy steps in, unasked
    made.refresh_from_db()
    assert (made.contact, made.deputy) == (world.seats["denis"], None)
