"""What the later rooms know of a grouping is filled in when a document is prepared."""

from datetime import date

import pytest

from cordee.agreements import acts
from cordee.agreements.models import Agreement
from cordee.agreements.reads import document_of, values_of
from cordee.money.models import CostPool, Heading, SharingKey
from cordee.offers.models import Bid, BidMember, BidPart, Guarantee, Paper
from tests.factories import AT
from tests.people import World

pytestmark = pytest.mark.django_db
NAMES = ("aude", "bruno", "denis")


def known(world: World) -> None:
    """A key in force, a budget, an offer of three of the four, two insurances."""
    seats = [world.seats[name] for name in NAMES]
    pool = CostPool.objects.create(grouping=world.grouping, title="Stand", opened_by=seats[0], opened_at=AT)
    Heading.objects.create(pool=pool, label="Location", planned_cents=900_000, added_by=seats[0], added_at=AT)
    everybody = {seat.public_id: 0 for seat in list(world.seats.values())[:4]}
    SharingKey.objects.create(
        pool=pool, kind="percent", proposed_by=seats[0], proposed_at=AT, adopted_at=AT,
        figures={**everybody, seats[0].public_id: 5000, seats[1].public_id: 2500, seats[2].public_id: 2500},
    )  # fmt: skip
    bid = Bid.objects.create(
        grouping=world.grouping, kind="offer", title="Rénovation d’un mas", client="Mme Jeanne Roque", lead=seats[0],
        client_address="12, chemin des Vignes, 34700 Soubès", building=True, single_account=False, reference="OFF-7",
        opened_by=seats[0], opened_at=AT, starts_on=date(2026, 5, 4),
    )  # fmt: skip
    for seat, title in zip(seats, ("Menuiseries", "Charpente", "Couverture"), strict=True):
        BidMember.objects.create(bid=bid, seat=seat)
        BidPart.objects.create(bid=bid, seat=seat, title=title)
    Guarantee.objects.create(
        company=seats[0].company, kind="ten-year", insurer="Aubrac Assurances", number="D-77", end=date(2027, 12, 31),
        added_at=AT,
    )  # fmt: skip
    Paper.objects.create(
        company=seats[1].company, kind="insurance", label="Lodève Mutuelle", valid_to=date(2027, 1, 31), added_at=AT
    )


def prepared(world: World, kind: str) -> Agreement:
    return acts.prepare_agreement(world.grouping, kind=kind, by=world.actor("aude"), at=AT)


def test_an_offer_is_filled_in_with_its_client_its_lots_its_lead_and_their_insurances(world: World) -> None:
    known(world)
    made = prepared(world, "client_offer")
    values, document = values_of(made, at=AT), document_of(made, at=AT)
    assert [party.name for party in document.parties] == ["Menuiserie Lambert", "Charpente Masson", "Atelier Roux"]
    assert [(lot["title"], "amount" in lot) for lot in values["lots"]] == [
        ("Menuiseries", False), ("Charpente", False), ("Couverture", False),  # each says its own price
    ]  # fmt: skip
    assert (values["client_name"], values["client_kind"], values["start_date"]) == (
        "Mme Jeanne Roque", "private", "2026-05-04",
    )  # fmt: skip
    assert document.lead == world.seats["aude"].public_id
    insured = [(party.insurer, party.policy, party.insured_until) for party in document.parties]
    assert insured == [
        ("Aubrac Assurances", "D-77", date(2027, 12, 31)), ("Lodève Mutuelle", "", date(2027, 1, 31)), ("", "", None),
    ]  # fmt: skip
    asked = {one.variable for one in document.missing}
    assert not asked & {"client_name", "client_address", "client_kind", "lots", "lead", "start_date", "contract_title"}


def test_parts_follow_the_key_in_force_and_tasks_the_offer(world: World) -> None:
    known(world)
    gie = document_of(prepared(world, "statutes_gie"), at=AT)
    assert [str(party.share) for party in gie.parties] == ["50", "25", "25", "0"]
    assert not any(one.variable.endswith(".share") for one in gie.missing)
    assert values_of(prepared(world, "cooperation_contract"), at=AT)["budget"] == 900_000
    contract = document_of(prepared(world, "cooperation_contract"), at=AT)
    assert [party.task for party in contract.parties] == ["Menuiseries", "Charpente", "Couverture", ""]
    assert values_of(prepared(world, "statutes_gie"), at=AT)["entity_name"] == world.grouping.name


def test_nothing_known_fills_nothing_in(world: World) -> None:
    made = prepared(world, "statutes_gie")
    assert all(party.share is None and not party.insurer for party in document_of(made, at=AT).parties)
