"""Opening: from an offer that was won, from a project, or freely."""

import pytest

from cordee.delivery import acts
from cordee.delivery.models import Delivery, WorkItem
from cordee.delivery.reads import deliveries_of
from cordee.ground.kit.refusals import NotYours, Refusal
from cordee.ground.register.models import Entry
from cordee.offers.models import Bid
from tests.delivery.building import actor
from tests.factories import AT
from tests.offers.bidding import offer, roles, team
from tests.people import World
from tests.projects.doors import project


def test_an_offer_that_was_won_brings_its_team_its_lots_and_its_contact(world: World) -> None:
    bid = offer(world)
    parts = team(world, bid)
    roles(world, bid)
    with pytest.raises(acts.NotWon):
        acts.open_delivery(world.grouping, bid=bid, starts_on=AT.date(), by=actor(world, "aude"), at=AT)
    Bid.objects.filter(pk=bid.pk).update(state="won")
    with pytest.raises(NotYours):  # Emma has no part in the offer
        acts.open_delivery(world.grouping, bid=bid, starts_on=AT.date(), by=actor(world, "emma"), at=AT)
    assert [one.pk for one in deliveries_of(world.bruno, world.grouping.public_id).bids] == [bid.pk]
    made = acts.open_delivery(world.grouping, bid=bid, starts_on=AT.date(), works=True, by=actor(world, "bruno"), at=AT)
    assert (made.title, made.client) == ("Extension clé en main", "Mme Serra")
    assert made.contact == world.seats["aude"]
    assert made.deputy == world.seats["bruno"]
    cards = list(WorkItem.objects.filter(delivery=made).order_by("id"))
    assert [card.seat_id for card in cards] == [world.seats[name].pk for name in parts]
    assert cards[1].after == [cards[0].public_id]
    with pytest.raises(acts.NotWon):
        acts.open_delivery(world.grouping, bid=bid, starts_on=AT.date(), by=actor(world, "aude"), at=AT)
    assert deliveries_of(world.bruno, world.grouping.public_id).bids == []


def test_a_project_brings_its_participants(world: World) -> None:
    made = acts.open_delivery(
        world.grouping, title="Le stand", client="Le salon", project=project(world), starts_on=AT.date(),
        by=actor(world, "aude"), at=AT,
    )  # fmt: skip
    assert made.members.count() == 3
    assert Entry.objects.get(act="delivery.delivery.opened").facts["works"] is False


def test_it_has_a_title_a_client_and_two_companies_of_the_grouping(world: World) -> None:
    words = {"starts_on": AT.date(), "by": actor(world, "aude"), "at": AT}
    with pytest.raises(acts.SayWhat):
        acts.open_delivery(world.grouping, title="", client="X", **words)  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="au moins deux"):
        acts.open_delivery(world.grouping, title="Y", client="X", seats=[world.seats["aude"]], **words)  # type: ignore[arg-type]
    with pytest.raises(NotYours):
        acts.open_delivery(world.grouping, title="Y", client="X", seats=[world.seats["chloe"]], **words)  # type: ignore[arg-type]
    assert not Delivery.objects.exists()
