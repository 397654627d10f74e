"""The client: deliverables, reserves, the reception apart, changes, what may be invoiced, the last questions."""

from datetime import timedelta

import pytest

from cordee.delivery import acts, tasks
from cordee.delivery.models import BillingPart, Delivery, Reception, Reserve, WorkItem
from cordee.delivery.reads import portal_page, price_side, to_invoice
from cordee.delivery.reads.minutes import minutes_of
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal, Stale
from cordee.ground.people.acts import make_link
from cordee.ground.people.reads import token
from cordee.ground.register.models import Entry
from cordee.groupings.reads import membership
from tests.delivery.building import DAY, actor, card, link_to, lot, moved, photo, shown, signed_by_all, site, voted
from tests.factories import AT
from tests.people import World


def test_a_deliverable_is_accepted_with_reserves_until_they_are_lifted(world: World) -> None:
    delivery = site(world)
    doors = lot(world, delivery, "bruno", "Menuiseries")
    made = shown(world, doors, "bruno")
    link = link_to(delivery)
    with pytest.raises(Refusal, match="Aucune réserve"):
        acts.answer_deliverable(made, link, outcome="reserved", at=AT)
    reserve = acts.raise_reserve(made, link, text="Poignée à reprendre", photos=[photo()], at=AT)
    assert reserve.seat == world.seats["bruno"]
    assert b"Aspres" not in reserve.photos.get().document.read()
    with pytest.raises(Refusal, match="noté des réserves"):
        acts.answer_deliverable(made, link, outcome="accepted", at=AT)
    acts.answer_deliverable(made, link, outcome="reserved", at=AT)
    with pytest.raises(acts.AnsweredAlready):
        acts.answer_deliverable(made, link, outcome="refused", why="Non", at=AT)
    with pytest.raises(acts.AnsweredAlready):
        acts.raise_reserve(made, link, text="Encore", at=AT)
    with pytest.raises(acts.AnsweredAlready):  # not put right yet
        acts.answer_reserve(reserve, link, lifted=True, at=AT)
    with pytest.raises(NotAllowed):
        acts.say_put_right(reserve, said_so="Fait", by=actor(world, "denis"), at=AT)
    acts.say_put_right(reserve, said_so="Poignée changée", photos=[photo()], by=actor(world, "bruno"), at=AT)
    acts.answer_reserve(reserve, link, lifted=False, at=AT)
    assert Reserve.objects.get().said_done_at is None
    acts.say_put_right(reserve, said_so="Changée encore", by=actor(world, "bruno"), at=AT)
    acts.answer_reserve(reserve, link, lifted=True, at=AT)
    facts = Entry.objects.filter(act="delivery.reserve.answered").latest("number").facts
    assert facts == {"lifted": True, "left": 0, "invoices": 0}


def test_a_refused_deliverable_is_handed_over_again(world: World) -> None:
    delivery = site(world)
    doors = lot(world, delivery, "bruno", "Menuiseries")
    with pytest.raises(NotAllowed):
        shown(world, doors, "denis")
    made, link = shown(world, doors, "bruno"), link_to(delivery)
    with pytest.raises(Refusal, match="déjà chez le client"):
        acts.show_deliverable(made, by=actor(world, "bruno"), at=AT)
    with pytest.raises(acts.SayWhat):
        acts.answer_deliverable(made, link, outcome="refused", at=AT)
    acts.answer_deliverable(made, link, outcome="refused", why="Ce n’est pas la couleur.", at=AT)
    acts.show_deliverable(made, file=photo(), by=actor(world, "bruno"), at=AT)
    assert acts.answer_deliverable(made, link, outcome="accepted", at=AT).state == "accepted"


def test_accepting_a_deliverable_prepares_invoices_and_starts_no_guarantee(world: World) -> None:
    delivery = site(world)
    doors = lot(world, delivery, "bruno", "Menuiseries")
    made, bruno = shown(world, doors, "bruno"), actor(world, "bruno")
    part = acts.write_billing(
        delivery, label="Fenêtres", cents=1_250_000, rate=1000, deliverable=made.public_id, by=bruno, at=AT
    )
    balance = acts.write_billing(delivery, label="Solde", cents=300_000, rate=1000, by=bruno, at=AT)
    with pytest.raises(Refusal):
        acts.note_invoiced(part, invoice="abc", by=bruno, at=AT)
    acts.answer_deliverable(made, link_to(delivery), outcome="accepted", at=AT)
    assert list(to_invoice(world.seats["bruno"])) == [part]  # the balance waits for the reception
    assert portal_page(token(link_to(delivery)), at=AT).guarantees[0].ends_on is None
    with pytest.raises(NotAllowed):
        acts.note_invoiced(part, invoice="abc", by=actor(world, "denis"), at=AT)
    acts.note_invoiced(part, invoice="abc", by=bruno, at=AT)
    with pytest.raises(Refusal):
        acts.drop_billing(part, by=bruno, at=AT)
    acts.drop_billing(balance, by=bruno, at=AT)
    assert "1250000" not in "".join(str(entry.facts) for entry in Entry.objects.all())
    others = price_side(delivery, membership(world.aude, world.grouping.public_id))
    assert others.billing == []  # each sees its own only


def test_the_reception_is_another_act_signed_by_both_and_guarantees_run_from_it(world: World) -> None:
    delivery = site(world)
    lot(world, delivery, "bruno", "Menuiseries")
    bruno, aude, link = actor(world, "bruno"), actor(world, "aude"), link_to(delivery)
    acts.write_billing(delivery, label="Solde", cents=300_000, rate=1000, by=bruno, at=AT)
    visit = AT + 7 * DAY
    with pytest.raises(NotAllowed):
        acts.call_reception(delivery, visit_at=visit, by=bruno, at=AT)
    called = acts.call_reception(delivery, visit_at=visit, by=aude, at=AT)
    with pytest.raises(Refusal, match="déjà convoquée"):
        acts.call_reception(delivery, visit_at=visit, by=aude, at=AT)
    with pytest.raises(Refusal, match="pas encore eu lieu"):
        acts.answer_reception(called, link, outcome="accepted", at=AT)
    acts.raise_reserve(called, link, text="Deux prises sans courant", lot=delivery.lots.get().public_id, at=visit)
    answered = acts.answer_reception(called, link, outcome="reserved", at=visit)
    assert answered.state == Reception.State.SIGNING
    assert not to_invoice(world.seats["bruno"]).exists()  # nothing is received before both have signed
    assert tasks.follow_receptions(at=visit) == 0
    assert answered.ceremony is not None
    signs = [one.company for one in answered.ceremony.signatories.all()]
    assert signs == ["Domaine des Aspres", "Menuiserie Lambert", "Charpente Masson"]  # who did a part of the works
    document = minutes_of(answered.delivery, answered)
    assert (document.code, document.complete, document.also) == ("D21", True, ("Domaine des Aspres",))
    said = " ".join(block.text for article in document.articles for block in article.blocks)
    assert "Deux prises sans courant (Charpente Masson, sans date)" in said
    assert "Menuiseries par Charpente Masson" in said
    signed_by_all(answered.ceremony, visit)
    assert tasks.follow_receptions(at=visit) == 1
    facts = Entry.objects.get(act="delivery.reception.signed").facts
    assert facts == {
        "received_on": "2026-03-17", "one-year": "2027-03-17", "two-year": "2028-03-17", "ten-year": "2036-03-17",
        "invoices": 1,
    }  # fmt: skip
    assert [part.label for part in to_invoice(world.seats["bruno"])] == ["Solde"]
    assert Delivery.objects.get(pk=delivery.pk).state == "received"
    page = portal_page(token(link), at=visit)
    assert [(one.years, str(one.ends_on)) for one in page.guarantees][-1] == (10, "2036-03-17")


def test_a_refused_reception_is_called_again_and_minutes_nobody_signs_are_answered_again(world: World) -> None:
    delivery = site(world)
    aude, link = actor(world, "aude"), link_to(delivery)
    called = acts.call_reception(delivery, visit_at=AT + DAY, by=aude, at=AT)
    acts.answer_reception(called, link, outcome="refused", why="Le toit fuit.", at=AT + DAY)
    again = acts.call_reception(delivery, visit_at=AT + 3 * DAY, by=aude, at=AT + 2 * DAY)
    answered = acts.answer_reception(again, link, outcome="accepted", at=AT + 3 * DAY)
    assert answered.ceremony is not None
    answered.ceremony.state = "declined"
    answered.ceremony.save()
    acts.follow_reception(answered, at=AT + 4 * DAY)
    assert Reception.objects.get(pk=again.pk).state == "called"
    assert Entry.objects.filter(act="delivery.reception.unsigned").count() == 1


def test_a_service_has_nothing_to_receive(world: World) -> None:
    delivery = site(world, works=False)
    with pytest.raises(Refusal, match="rien ne se reçoit"):
        acts.call_reception(delivery, visit_at=AT + DAY, by=actor(world, "aude"), at=AT)


def test_a_change_is_priced_voted_offered_and_agreed(world: World) -> None:
    delivery = site(world)
    doors, roof = lot(world, delivery, "bruno", "Menuiseries"), lot(world, delivery, "denis", "Toit")
    aude, link = actor(world, "aude"), link_to(delivery)
    change = acts.ask_change(delivery, text="Une fenêtre de plus au nord", link=link, at=AT)
    with pytest.raises(NotAllowed, match="son propre lot"):
        acts.price_change(change, lot=doors.public_id, cents=1, days=0, by=actor(world, "denis"), at=AT)
    with pytest.raises(Refusal, match="encore chiffré"):
        acts.put_change_to_vote(change, by=aude, at=AT)
    acts.price_change(change, lot=doors.public_id, cents=124_000, days=2, by=actor(world, "bruno"), at=AT)
    acts.price_change(change, lot=roof.public_id, cents=36_000, days=1, by=actor(world, "denis"), at=AT)
    assert "124000" not in str(Entry.objects.filter(act="delivery.change.priced").first().facts)  # type: ignore[union-attr]
    ballot = acts.put_change_to_vote(change, by=aude, at=AT)
    assert "1 600,00" in ballot.resolution.text.replace("\u202f", " ")
    assert "1 240" not in ballot.resolution.text.replace("\u202f", " ")  # each company's own price stays its own
    with pytest.raises(acts.NotThere):
        acts.offer_change(change, by=aude, at=AT)
    with pytest.raises(acts.NotThere):
        acts.answer_change(change, link, agreed=True, at=AT)
    voted(world, ballot)
    acts.offer_change(change, by=aude, at=AT)
    acts.answer_change(change, link, agreed=True, at=AT)
    assert sorted(WorkItem.objects.values_list("seat__company__name", "days")) == [
        ("Atelier Roux", 1), ("Charpente Masson", 2),
    ]  # fmt: skip
    assert BillingPart.objects.get(seat=world.seats["bruno"]).cents == 124_000


def test_a_change_that_members_reject_never_shows_its_price(world: World) -> None:
    delivery = site(world)
    doors, aude = lot(world, delivery, "bruno", "Menuiseries"), actor(world, "aude")
    change = acts.ask_change(delivery, text="Tout en chêne", by=actor(world, "denis"), at=AT)
    acts.price_change(change, lot=doors.public_id, cents=900_000, days=9, by=actor(world, "bruno"), at=AT)
    voted(world, acts.put_change_to_vote(change, by=aude, at=AT), "against")
    assert acts.offer_change(change, by=aude, at=AT).state == "declined"
    assert portal_page(token(link_to(delivery)), at=AT).changes == []


def test_one_voice_speaks_to_the_client(world: World) -> None:
    delivery = site(world)
    with pytest.raises(NotAllowed, match="Une seule voix"):
        acts.write_to_portal(delivery, text="Bonjour", by=actor(world, "bruno"), at=AT)
    acts.write_to_portal(delivery, text="Bonjour", by=actor(world, "aude"), at=AT)
    acts.write_from_portal(delivery, link_to(delivery), text="Merci", at=AT)
    assert [one.text for one in delivery.messages.all()] == ["Bonjour", "Merci"]


def test_a_link_that_is_withdrawn_expired_or_anothers_does_nothing(world: World) -> None:
    delivery, other = site(world), site(world)
    link = link_to(delivery)
    with pytest.raises(NotYours):
        acts.write_from_portal(other, link, text="Ailleurs", at=AT)
    with pytest.raises(NotYours):
        acts.write_from_portal(delivery, link, text="Trop tard", at=AT + timedelta(days=400))
    bruno = make_link(world.bruno, purpose="portal", subject=delivery, at=AT)
    with pytest.raises(NotYours):
        acts.write_from_portal(delivery, bruno, text="Pas le client", at=AT)
    assert acts.shut_portal(delivery, by=actor(world, "aude"), at=AT) == 2
    with pytest.raises(NotYours):
        acts.write_from_portal(delivery, link, text="Retiré", at=AT)
    fresh = acts.send_portal(delivery, by=actor(world, "aude"), at=AT)
    assert fresh.pk != link.pk
    with pytest.raises(Stale):
        acts.note_client(delivery, values={"client": "X"}, version=1, by=actor(world, "aude"), at=AT)
    acts.note_client(
        delivery, values={"client": "Y", "email": "neuf@x.example"}, version=2, by=actor(world, "aude"), at=AT
    )
    with pytest.raises(NotYours):  # the client has changed: what the one before held opens nothing
        portal_page(token(fresh), at=AT)


def test_it_ends_once_all_is_done_and_three_questions_follow(world: World) -> None:
    delivery = site(world, works=False)
    doors = lot(world, delivery, "bruno", "Menuiseries")
    item, aude, link = card(world, doors, "bruno", "Poser"), actor(world, "aude"), link_to(delivery)
    with pytest.raises(acts.StillOpen, match="cartes"):
        acts.end_delivery(delivery, by=aude, at=AT)
    words = {"simpler": "yes", "on_time": "partly", "again": "yes"}
    with pytest.raises(Refusal, match="pas terminé"):
        acts.give_client_verdict(delivery, link, **words, at=AT)
    moved(world, item, "bruno", "doing", "check", "done")
    acts.end_delivery(delivery, by=aude, at=AT)
    with pytest.raises(acts.DeliveryOver):
        acts.ask_change(delivery, text="Encore", by=aude, at=AT)
    with pytest.raises(Refusal, match="trois questions"):
        acts.give_client_verdict(delivery, link, **{**words, "again": "maybe"}, at=AT)
    assert acts.give_client_verdict(delivery, link, **words, at=AT).on_time == "partly"
    verdict = acts.give_verdict(delivery, answer="not_yet", by=actor(world, "bruno"), at=AT)
    assert verdict.ask_on == AT.date() + timedelta(days=60)
    assert tasks.ask_those_not_yet(at=AT) == 0
    assert tasks.ask_those_not_yet(at=AT + 61 * DAY) == 1
    assert tasks.ask_those_not_yet(at=AT + 62 * DAY) == 0
    assert Entry.objects.filter(act="delivery.member.asked_again").count() == 1
    with pytest.raises(Refusal):
        acts.ask_again(verdict, at=AT + 62 * DAY)


def test_reserves_and_the_reception_keep_it_open(world: World) -> None:
    delivery = site(world)
    with pytest.raises(acts.StillOpen, match="pas reçus"):
        acts.end_delivery(delivery, by=actor(world, "aude"), at=AT)
