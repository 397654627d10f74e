"""From what the client accepted to a draft invoice that each company issues itself."""

import pytest
from django.urls import reverse

from cordee.delivery import acts as delivery
from cordee.delivery.models import BillingPart, Delivery
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.money import acts
from cordee.money.models import Invoice
from cordee.projects.acts import open_project
from tests.delivery.building import actor, link_to, lot, shown, site
from tests.factories import AT
from tests.money.doors import IDENTITY
from tests.people import World, browser_of


def accepted(world: World, siren: str = "213403017") -> BillingPart:
    """A deliverable of Bruno's that the client accepted, with what he invoices for it."""
    made = site(world)
    Delivery.objects.filter(pk=made.pk).update(client_siren=siren)
    deliverable = shown(world, lot(world, made, "bruno", "Portes"), "bruno")
    part = delivery.write_billing(
        made, label="Portes posées", cents=1_250_000, rate=1000, deliverable=deliverable.public_id,
        by=actor(world, "bruno"), at=AT,
    )  # fmt: skip
    delivery.answer_deliverable(deliverable, link_to(made), outcome="accepted", at=AT)
    return BillingPart.objects.select_related("delivery__grouping", "seat").get(pk=part.pk)


def test_the_company_drafts_what_was_accepted_and_issues_it_itself(world: World) -> None:
    part, bruno = accepted(world), actor(world, "bruno")
    acts.note_identity(world.grouping, values=IDENTITY, by=bruno, at=AT)
    with pytest.raises(NotAllowed):
        acts.draft_accepted(part, by=actor(world, "aude"), at=AT)
    made = acts.draft_accepted(part, by=bruno, at=AT)
    assert (made.state, made.net_cents, made.tax_cents) == ("draft", 1_250_000, 125_000)
    assert (made.buyer_name, made.delivered) == ("Domaine des Aspres", AT.date())
    with pytest.raises(Refusal):
        acts.draft_accepted(part, by=bruno, at=AT)
    assert Invoice.objects.count() == 1
    assert acts.issue_invoice(made, by=bruno, at=AT).number.startswith("F")


def test_a_private_person_is_invoiced_at_their_email(world: World) -> None:
    part, bruno = accepted(world, siren=""), actor(world, "bruno")
    acts.note_identity(world.grouping, values=IDENTITY, by=bruno, at=AT)
    made = acts.draft_accepted(part, by=bruno, at=AT)
    assert made.buyer["endpoint"] == "claude@aspres.example"
    assert acts.issue_invoice(made, by=bruno, at=AT).pdf is not None


def test_a_client_of_whom_nothing_is_known_is_said_and_nothing_is_drafted(world: World) -> None:
    part, bruno = accepted(world, siren=""), actor(world, "bruno")
    Delivery.objects.filter(pk=part.delivery_id).update(client_person=None)
    acts.note_identity(world.grouping, values=IDENTITY, by=bruno, at=AT)
    with pytest.raises(Refusal, match="ni SIREN ni e-mail"):
        acts.draft_accepted(part, by=bruno, at=AT)
    assert not Invoice.objects.exists()


def test_a_deposit_on_what_was_accepted_with_reserves_is_deducted_from_the_rest(world: World) -> None:
    made, bruno = site(world), actor(world, "bruno")
    Delivery.objects.filter(pk=made.pk).update(client_siren="213403017")
    doors = shown(world, lot(world, made, "bruno", "Portes"), "bruno")
    part = delivery.write_billing(
        made, label="Portes", cents=1_000_000, rate=1000, deliverable=doors.public_id, by=bruno, at=AT
    )
    with pytest.raises(Refusal, match="validé avec réserves"):
        delivery.ask_deposit(part, cents=700_000, by=bruno, at=AT)
    reserve = delivery.raise_reserve(doors, link_to(made), text="Une poignée", at=AT)
    delivery.answer_deliverable(doors, link_to(made), outcome="reserved", at=AT)
    with pytest.raises(Refusal, match="plus petit que le tout"):
        delivery.ask_deposit(part, cents=1_000_000, by=bruno, at=AT)
    with pytest.raises(NotYours):
        delivery.ask_deposit(part, cents=700_000, by=actor(world, "aude"), at=AT)
    deposit = delivery.ask_deposit(part, cents=700_000, by=bruno, at=AT)
    with pytest.raises(Refusal):
        delivery.ask_deposit(deposit, cents=1, by=bruno, at=AT)
    acts.note_identity(world.grouping, values=IDENTITY, by=bruno, at=AT)
    first = acts.draft_accepted(deposit, by=bruno, at=AT)
    assert (first.kind, first.net_cents) == (Invoice.Kind.DOWN_PAYMENT, 700_000)
    rest = BillingPart.objects.get(deposit=deposit)
    assert (rest.cents, rest.ready_at) == (300_000, None)
    delivery.say_put_right(reserve, said_so="Changée", by=bruno, at=AT)
    delivery.answer_reserve(reserve, link_to(made), lifted=True, at=AT)
    rest.refresh_from_db()
    with pytest.raises(Refusal, match="acompte n’est pas émise"):
        acts.draft_accepted(rest, by=bruno, at=AT)
    acts.issue_invoice(first, by=bruno, at=AT)
    last = acts.draft_accepted(rest, by=bruno, at=AT)
    assert (last.net_cents, last.gross_cents, last.prepaid_cents, last.about) == (1_000_000, 1_100_000, 770_000, first)
    assert acts.issue_invoice(last, by=bruno, at=AT).number


def test_the_last_stages_of_a_tender_say_what_the_site_and_the_invoices_say(world: World) -> None:
    part = accepted(world)
    seats = [world.seats[name] for name in ("aude", "bruno", "denis")]
    project = open_project(
        world.grouping, kind="joint_tender", name="École", seats=seats, by=actor(world, "aude"), at=AT
    )
    address = reverse("projects:project", args=[project.public_id])
    assert "Le chantier" not in browser_of(world.bruno).get(address).content.decode()
    Delivery.objects.filter(pk=part.delivery_id).update(project=project)
    shown = browser_of(world.bruno).get(address).content.decode()
    for words in ("Le chantier", "en cours", "Réception des travaux", "à demander", "0 sur 1"):
        assert words in shown, words
    bruno = actor(world, "bruno")
    acts.note_identity(world.grouping, values=IDENTITY, by=bruno, at=AT)
    made = acts.draft_accepted(part, by=bruno, at=AT)
    Invoice.objects.filter(pk=made.pk).update(state="issued", number="F-1", issued_on=AT.date())
    assert "1 sur 1" in browser_of(world.bruno).get(address).content.decode()
    assert "1 sur 1" not in browser_of(world.aude).get(address).content.decode()  # what another invoices is its own
