"""The end: each item has an owner and a state, each member a statement; then everything is read, nothing changes."""

import pytest

from cordee.governance.acts import propose_resolution
from cordee.ground.kit.refusals import NotAllowed, NotYours
from cordee.ground.messages.models import Letter
from cordee.groupings.acts import Invitee, accept_statement, invite, settle_item, write_in_conversation
from cordee.groupings.acts.at_the_table import GroupingClosed
from cordee.groupings.acts.closing import NotWindingUp, ReasonNeeded, StatementAccepted
from cordee.groupings.models import FinalStatement, Grouping, Settling
from cordee.journeys import tasks
from cordee.journeys.acts import make_statements
from cordee.money import acts as money
from tests.factories import AT
from tests.journeys.together import LATER, last_act, vote_all
from tests.people import World, browser_of, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    made = make_world(stage="winding_up")
    for item in ("contracts", "brand"):
        Settling.objects.create(grouping=made.grouping, item=item, at=AT)
    return made


def settle(world: World, item: str, who: str = "aude", **what):
    return settle_item(world.grouping, item, by=world.actor(who), at=AT, **what)


def test_an_item_has_an_owner_who_may_settle_it(world: World) -> None:
    settle(world, "contracts", state="todo", owner=world.seats["bruno"])
    row = settle(world, "contracts", "bruno", state="done", note="Transmis à Emma Blanc")
    assert (row.state, row.owner, row.note) == ("done", world.seats["bruno"], "Transmis à Emma Blanc")
    told = last_act(world.grouping, "groupings.item.settled")
    assert told == {"item": "contracts", "state": "done", "owner": world.seats["bruno"].public_id}


def test_refusals_of_an_item(world: World) -> None:
    with pytest.raises(NotAllowed):
        settle(world, "brand", "bruno", state="done")
    with pytest.raises(ReasonNeeded):
        settle(world, "brand", state="none")
    with pytest.raises(NotYours):
        settle(world, "furniture", state="done")
    with pytest.raises(NotYours):
        settle(world, "brand", state="done", owner=world.seats["chloe"])
    assert settle(world, "brand", state="none", note="Aucune marque").state == "none"
    Grouping.objects.filter(pk=world.grouping.pk).update(stage="committed")
    with pytest.raises(NotWindingUp):
        settle(world, "brand", state="done")
    with pytest.raises(NotWindingUp):
        make_statements(world.grouping, by=world.actor("aude"), at=AT)


def test_each_receives_and_accepts_its_statement_and_a_new_one_is_asked_again(world: World) -> None:
    pool = money.open_pool(world.grouping, title="Stand", by=world.actor("aude"), at=AT)
    money.add_line(pool, label="m²", cents=8_000, paid_by=world.seats["aude"], by=world.actor("aude"), at=AT)
    vote_all(world, money.propose_key(pool, kind="equal", by=world.actor("aude"), at=AT))
    with pytest.raises(NotAllowed):
        make_statements(world.grouping, by=world.actor("bruno"), at=AT)
    make_statements(world.grouping, by=world.actor("aude"), at=AT)
    told = last_act(world.grouping, "journeys.statements.made")
    assert sorted(told.values()) == [-2_000, -2_000, -2_000, 6_000]
    tasks.tick(at=AT)
    assert "20,00" in Letter.objects.get(kind="journeys.statement", to=world.bruno).text
    mine = FinalStatement.objects.get(seat=world.seats["bruno"])
    with pytest.raises(NotYours):
        accept_statement(mine, by=world.actor("aude"), at=AT)
    accept_statement(mine, by=world.actor("bruno"), at=AT)
    assert last_act(world.grouping, "groupings.statement.accepted")["cents"] == -2_000
    with pytest.raises(StatementAccepted):
        accept_statement(mine, by=world.actor("bruno"), at=AT)
    make_statements(world.grouping, by=world.actor("aude"), at=AT)
    mine.refresh_from_db()
    assert mine.accepted_at == AT
    money.settle_pool(pool, by=world.actor("aude"), at=AT)
    for transfer in pool.transfers.all():
        money.confirm_payment(transfer, by=world.actor("aude"), at=AT)
    make_statements(world.grouping, by=world.actor("aude"), at=LATER)
    mine.refresh_from_db()
    assert (mine.balance, mine.accepted_at) == (0, None)


def test_a_closed_grouping_is_read_and_nothing_changes(world: World) -> None:
    Grouping.objects.filter(pk=world.grouping.pk).update(stage="closed")
    by = world.actor("aude")
    for change in (
        lambda: propose_resolution(
            world.grouping, title="x", text="x", decision_type="ordinary", closes_at=LATER, by=by, at=AT
        ),
        lambda: money.open_pool(world.grouping, title="x", by=by, at=AT),
        lambda: invite(world.grouping, Invitee(email="x@exemple.fr"), by=by, at=AT),
        lambda: write_in_conversation(world.grouping, "x", by=by, at=AT),
        lambda: settle(world, "brand", state="done"),
    ):
        with pytest.raises(GroupingClosed):
            change()
    browser = browser_of(world.bruno)
    for page in ("", "etapes", "cloture", "registre", "membres", "archive.zip"):
        assert browser.get(f"/groupements/{world.grouping.public_id}/{page}").status_code == 200
