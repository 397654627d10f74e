"""From what the client accepted to a draft invoice that each company issues itself."""

import pytest

from cordee.delivery import acts as delivery
from cordee.delivery.models import BillingPart, Delivery
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.money import acts
from cordee.money.models import Invoice
from tests.delivery.building import actor, link_to, lot, shown, site
from tests.factories import AT
from tests.money.doors import IDENTITY
from tests.people import World


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


def test_a_client_without_siren_is_said_and_nothing_is_drafted(world: World) -> None:
    part, bruno = accepted(world, siren=""), actor(world, "bruno")
    acts.note_identity(world.grouping, values=IDENTITY, by=bruno, at=AT)
    with pytest.raises(Refusal, match="SIREN"):
        acts.draft_accepted(part, by=bruno, at=AT)
    assert not Invoice.objects.exists()
