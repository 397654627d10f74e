"""Are they really three? What a company declares, what is only noted, and the written reason that counts two apart."""

import pytest

from cordee.directory.models import Place
from cordee.ground.kit.refusals import NotAllowed, NotYours
from cordee.groupings.acts import declare_holding, end_holding, exempt
from cordee.groupings.acts.independence import HoldingIncomplete, ReasonMissing
from cordee.groupings.models import Exemption, Grouping
from cordee.groupings.reads import actor_for, grouping_page
from cordee.journeys.reads import facts, independence_page
from tests.factories import AT
from tests.journeys.together import last_act
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db


def independent(world: World) -> int:
    return facts(Grouping.objects.get(pk=world.grouping.pk)).independent


def declare(world: World, who: str, **what):
    seat = world.seats[who]
    return declare_holding(seat, by=actor_for(seat.holder, seat), at=AT, **what)


def test_a_common_owner_in_control_makes_one_of_two(world: World) -> None:
    declare(world, "aude", kind="owner", name="Holding  Dupont", percent=60)
    assert independent(world) == 4
    made = declare(world, "bruno", kind="owner", name="holding dupont")
    assert independent(world) == 3
    assert last_act(world.grouping, "groupings.holding.declared") == {"kind": "owner", "percent": 0}
    end_holding(made, seat=world.seats["bruno"], by=world.actor("bruno"), at=AT)
    assert independent(world) == 4
    with pytest.raises(NotYours):
        end_holding(made, seat=world.seats["bruno"], by=world.actor("bruno"), at=AT)


def test_a_minority_share_an_address_and_a_supply_are_only_noted(world: World) -> None:
    declare(world, "bruno", kind="owner", other=world.seats["aude"].company, percent=20)
    declare(world, "aude", kind="supplies", other=world.seats["denis"].company)
    for name in ("aude", "denis"):
        Place.objects.filter(company=world.seats[name].company).update(street="1 rue du Pont")
    assert independent(world) == 4
    found = independence_page(grouping_page(world.aude, world.grouping.public_id, at=AT))
    assert found.independent == 4
    assert {line.refused for line in found.lines} == {False}
    said = " ".join(line.text for line in found.lines)
    assert "même adresse" in said
    assert "part minoritaire" in said
    assert "fournit" in said
    assert "Menuiserie Lambert" in said


def test_a_written_reason_counts_them_apart_again(world: World) -> None:
    declare(world, "bruno", kind="owner", other=world.seats["aude"].company, percent=80)
    assert independent(world) == 3
    seats = world.seats["bruno"], world.seats["aude"]
    with pytest.raises(ReasonMissing):
        exempt(world.grouping, *seats, why="non", by=world.actor("aude"), at=AT)
    with pytest.raises(NotAllowed):
        exempt(world.grouping, *seats, why="Deux directions distinctes", by=world.actor("bruno"), at=AT)
    with pytest.raises(NotYours):
        exempt(world.grouping, seats[0], world.seats["chloe"], why="Deux directions", by=world.actor("aude"), at=AT)
    exempt(world.grouping, *seats, why="Deux directions distinctes", by=world.actor("aude"), at=AT)
    assert independent(world) == 4
    assert Exemption.objects.get().by == world.seats["aude"]
    assert "why" not in last_act(world.grouping, "groupings.independence.justified")
    page = browser_of(world.bruno).get(f"/groupements/{world.grouping.public_id}/independance").content.decode()
    assert "Deux directions distinctes" in page


def test_what_cannot_be_declared(world: World) -> None:
    with pytest.raises(HoldingIncomplete):
        declare(world, "aude", kind="owner")
    with pytest.raises(HoldingIncomplete):
        declare(world, "aude", kind="owner", name="X", percent=101)
    with pytest.raises(HoldingIncomplete):
        declare(world, "aude", kind="cousin", name="X")
    with pytest.raises(NotYours):
        declare_holding(world.seats["bruno"], kind="owner", name="X", by=world.actor("aude"), at=AT)
