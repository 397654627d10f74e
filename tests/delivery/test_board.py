"""Cards carried by companies that commit themselves; several at once never overwrite each other silently."""

from typing import Any

import pytest

from cordee.delivery import acts
from cordee.delivery.models import Blocker, TeamNote, WorkItem, WorkLot
from cordee.delivery.reads import board_of, week_of
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal, Stale
from cordee.ground.register.models import Entry
from cordee.groupings.reads import membership
from tests.delivery.building import DAY, actor, card, lot, moved, site
from tests.factories import AT
from tests.people import World


@pytest.fixture
def walls(world: World) -> WorkLot:
    return lot(world, site(world), "bruno", "Maçonnerie", done_when="Murs d’aplomb\nChantier balayé")


def test_a_card_is_nobodys_until_a_company_takes_it(world: World, walls: WorkLot) -> None:
    item = card(world, walls, None, "Monter les murs", days=5)
    assert (item.state, item.seat) == ("open", None)
    taken = acts.take_item(item, version=1, by=actor(world, "bruno"), at=AT)
    assert (taken.state, taken.carrier) == ("planned", "Charpente Masson")
    with pytest.raises(Refusal, match="porte déjà cette carte"):
        acts.take_item(item, version=2, by=actor(world, "denis"), at=AT)
    with pytest.raises(NotYours):  # Emma takes no part in this delivery
        acts.take_item(item, version=2, by=actor(world, "emma"), at=AT)
    assert Entry.objects.get(act="delivery.item.taken").facts == {"seat": world.seats["bruno"].public_id}


def test_the_second_of_two_sees_both_versions_and_nothing_of_theirs_is_kept(world: World, walls: WorkLot) -> None:
    item = card(world, walls, None, "Monter les murs")
    acts.take_item(item, version=1, by=actor(world, "bruno"), at=AT)
    with pytest.raises(Stale, match="Charpente Masson vient de changer") as stale:
        acts.take_item(item, version=1, by=actor(world, "denis"), at=AT)
    assert ("Portée par", "Charpente Masson", "–") in stale.value.differences or stale.value.differences
    again = WorkItem.objects.get(pk=item.pk)
    assert (again.seat_id, again.version) == (world.seats["bruno"].pk, 2)
    words = {"lot": walls.public_id, "title": "Autre", "days": 9}
    with pytest.raises(Stale) as stale:
        acts.write_item(walls.delivery, item, values=words, version=1, by=actor(world, "bruno"), at=AT)
    assert ("Titre", "Monter les murs", "Autre") in stale.value.differences


def test_a_card_moves_one_column_at_a_time_by_its_company(world: World, walls: WorkLot) -> None:
    item = card(world, walls, "bruno", "Monter les murs")
    with pytest.raises(NotAllowed, match="elle seule la déplace"):
        acts.move_item(item, to="doing", version=2, by=actor(world, "denis"), at=AT)
    with pytest.raises(Refusal, match="une colonne à la fois"):
        acts.move_item(item, to="done", version=2, by=actor(world, "bruno"), at=AT)
    moved(world, item, "bruno", "doing", "check")
    with pytest.raises(acts.NotDone) as refused:  # the lot says when it is done
        acts.move_item(item, to="done", version=4, checked=1, by=actor(world, "bruno"), at=AT)
    assert refused.value.why == "Murs d’aplomb Chantier balayé"
    assert acts.move_item(item, to="done", version=4, checked=2, by=actor(world, "bruno"), at=AT).state == "done"
    assert Entry.objects.filter(act="delivery.item.moved").last().facts == {"from": "check", "to": "done"}  # type: ignore[union-attr]


def test_a_card_is_given_back_with_a_reason(world: World, walls: WorkLot) -> None:
    item = card(world, walls, "bruno", "Monter les murs")
    with pytest.raises(NotAllowed):
        acts.release_item(item, version=2, why="Non", by=actor(world, "denis"), at=AT)
    with pytest.raises(acts.SayWhat):
        acts.release_item(item, version=2, why=" ", by=actor(world, "bruno"), at=AT)
    free = acts.release_item(item, version=2, why="Mon équipe est malade.", by=actor(world, "bruno"), at=AT)
    assert (free.state, free.seat) == ("open", None)
    assert TeamNote.objects.get().text == "Mon équipe est malade."


def test_cards_never_wait_for_each_other(world: World, walls: WorkLot) -> None:
    first = card(world, walls, "bruno", "Murs", days=10)
    second = card(world, walls, "bruno", "Enduit", days=3, after=[first.public_id])
    words = {"lot": walls.public_id, "title": "Murs", "after": [second.public_id]}
    with pytest.raises(acts.Circle, match="s’attendraient"):
        acts.write_item(walls.delivery, first, values=words, version=2, by=actor(world, "bruno"), at=AT)


def test_the_chain_that_cannot_slip_goes_from_one_company_to_another(world: World, walls: WorkLot) -> None:
    roof = lot(world, walls.delivery, "denis", "Couverture")
    first = card(world, walls, "bruno", "Murs", days=10)
    card(world, walls, "bruno", "Muret", days=2)
    card(world, roof, "denis", "Toit", days=5, after=[first.public_id])
    board = board_of(walls.delivery, membership(world.bruno, world.grouping.public_id), at=AT)
    assert [one.item.title for one in board.chain] == ["Murs", "Toit"]
    assert board.crosses
    assert board.days == 15
    assert [line.percent for line in board.lots] == [0, 0]
    moved(world, first, "bruno", "doing")
    board = board_of(walls.delivery, membership(world.bruno, world.grouping.public_id), at=AT)
    assert board.lots[0].percent == 41  # half of ten days out of twelve


def test_a_blocker_is_seen_by_all_and_calls_for_help(world: World, walls: WorkLot) -> None:
    item = card(world, walls, "bruno", "Murs")
    moved(world, item, "bruno", "doing")
    found = acts.raise_blocker(item, text="Plus de sable.", wants_help=True, by=actor(world, "bruno"), at=AT)
    with pytest.raises(Refusal, match="blocage n’est pas levé"):
        moved(world, item, "bruno", "check")
    denis = world.seats["denis"].holder
    assert [one.text for one in week_of(denis, at=AT).calls] == ["Plus de sable."]
    with pytest.raises(Refusal):  # not by the one who calls
        acts.offer_help(found, by=actor(world, "bruno"), at=AT)
    acts.offer_help(found, by=actor(world, "denis"), at=AT)
    assert week_of(denis, at=AT).calls == []
    acts.lift_blocker(found, how="Denis en apporte.", by=actor(world, "bruno"), at=AT + DAY)
    assert Entry.objects.get(act="delivery.blocker.lifted").facts == {"hours": 24}
    assert Blocker.objects.get().helper == world.seats["denis"]
    with pytest.raises(Refusal):
        acts.lift_blocker(found, how="Encore.", by=actor(world, "bruno"), at=AT + DAY)
    moved(world, item, "bruno", "check")


def test_my_week_holds_what_i_carry_and_only_that(world: World, walls: WorkLot) -> None:
    due = card(world, walls, "bruno", "Murs", due_on=AT.date())
    card(world, walls, "bruno", "Dans un mois", due_on=(AT + 30 * DAY).date())
    card(world, walls, "denis", "Pas à moi", due_on=AT.date())
    week = week_of(world.bruno, at=AT)
    assert [(one.item, one.to) for one in week.actions] == [(due, "doing")]
    moved(world, due, "bruno", "doing", "check")
    assert week_of(world.bruno, at=AT).actions[0].points == ("Murs d’aplomb", "Chantier balayé")


def test_lots_are_taken_and_described(world: World, walls: WorkLot) -> None:
    with pytest.raises(Refusal, match="porte déjà ce lot"):
        acts.take_lot(walls, by=actor(world, "denis"), at=AT)
    words: dict[str, Any] = {"title": "Murs", "client_title": "Vos murs"}
    with pytest.raises(NotAllowed):
        acts.write_lot(walls.delivery, walls, values=words, version=2, by=actor(world, "denis"), at=AT)
    with pytest.raises(Stale) as stale:
        acts.write_lot(walls.delivery, walls, values=words, version=1, by=actor(world, "bruno"), at=AT)
    assert ("Nom", "Maçonnerie", "Murs") in stale.value.differences
    again = acts.write_lot(walls.delivery, walls, values=words, version=2, by=actor(world, "bruno"), at=AT)
    assert (again.shown, again.points) == ("Vos murs", ["Murs d’aplomb", "Chantier balayé"])


def test_who_joins_sees_and_carries_nothing_yet(world: World, walls: WorkLot) -> None:
    acts.join_delivery(walls.delivery, by=actor(world, "emma"), at=AT)
    board = board_of(walls.delivery, membership(world.seats["emma"].holder, world.grouping.public_id), at=AT)
    assert len(board.members) == 4
    assert board.mine == []


def test_the_team_writes_to_itself(world: World, walls: WorkLot) -> None:
    item = card(world, walls, "bruno", "Murs")
    acts.note_to_team(item, text="Le client est pénible.", by=actor(world, "denis"), at=AT)
    assert "pénible" not in str(Entry.objects.get(act="delivery.item.noted").facts)
