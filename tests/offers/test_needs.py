"""Bringing a need, correcting its lots, putting it away."""

from datetime import UTC, datetime

import pytest

from cordee.directory.models import Representative
from cordee.ground.kit.clock import now
from cordee.ground.kit.refusals import NotAllowed, NotYours, Stale
from cordee.ground.people.models import Actor
from cordee.ground.register.models import Entry
from cordee.offers import acts
from cordee.offers.acts.needs import NeedDropped, NothingAsked
from cordee.offers.models import Need
from cordee.offers.reads import my_needs, need_of, occasion_of
from tests import factories
from tests.offers.small import BOAMP, need, notice_file, shared_need
from tests.people import World

pytestmark = pytest.mark.django_db


def brought(world: World, **fields: str) -> Need:
    return acts.bring_notice(notice_file(**fields), company=world.seats["aude"].company, by=Actor(world.aude), at=now())


def test_a_notice_is_read_kept_and_told(world: World) -> None:
    made = brought(world)
    assert (made.title, made.client, made.notice_format) == (
        "Groupe scolaire Les Amandiers",
        "Commune de Paulhan",
        "ted",
    )
    assert made.deadline == datetime(2099, 3, 30, 10, 0, tzinfo=UTC)  # noon in Paris, in summer
    one, two = made.lots.all()
    assert (one.value_cents, one.months, one.place) == (18_640_000, 12, "Hérault")
    assert "gros-oeuvre" in one.trades
    assert "electricite" in two.trades
    assert two.value_cents is None
    assert made.file is not None
    assert made.file.read().decode() == BOAMP
    line = Entry.objects.get(act="offers.need.brought")
    assert line.book == made.company.book
    assert line.facts == {"source": "ted", "lots": 2, "digest": made.file.digest}


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "vide"), ("bonjour", "n’est pas un avis"), ("<html><body/></html>", "page web"), ("<a><b></a>", "abîmé")],
)
def test_what_is_not_a_notice_gets_the_reader_s_sentence(world: World, text: str, why: str) -> None:
    with pytest.raises(acts.NoticeRefused) as refusal:
        brought(world, text=text)
    assert why in refusal.value.why
    assert not Need.objects.exists()


def test_one_brings_a_need_only_for_one_s_own_company(world: World) -> None:
    with pytest.raises(NotAllowed):
        acts.bring_notice(notice_file(), company=world.seats["aude"].company, by=Actor(world.chloe), at=now())
    with pytest.raises(NotAllowed):
        need(world, by=world.bruno)
    assert not Need.objects.exists()


def test_an_assistant_may_prepare(world: World) -> None:
    helper = factories.person("Inès")
    Representative.objects.create(
        company=world.seats["aude"].company, person=helper, capacity="assistant", since=factories.AT
    )
    assert need_of(helper, need(world, by=helper).public_id)


def test_a_need_is_written_by_hand(world: World) -> None:
    made = need(world)
    assert made.lots.count() == 3
    assert made.place == "34230"
    lot = made.lots.get(rank=1)
    assert (lot.trades, lot.trades_by, lot.radius_km) == ({"gros-oeuvre": 100}, "hand", 250)
    assert Entry.objects.get(act="offers.need.written").facts == {"lots": 3}
    with pytest.raises(NothingAsked):
        need(world, title=" ")
    with pytest.raises(NothingAsked):
        need(world, lots=())


def test_who_sees_a_need(world: World) -> None:
    alone, shared = need(world), shared_need(world)
    for person, sees_alone, sees_shared in ((world.aude, True, True), (world.bruno, False, True)):
        lines = {line.need.pk for line in my_needs(person, at=now()).living}
        assert (alone.pk in lines, shared.pk in lines) == (sees_alone, sees_shared)
    with pytest.raises(NotYours):
        need_of(world.chloe, shared.public_id)


def test_somebody_invited_sees_the_need_and_no_longer_once_they_declined(world: World) -> None:
    shared = shared_need(world)
    guest = factories.person("Gaël")
    from cordee.groupings.models import Invitation

    invitation = Invitation.objects.create(
        grouping=world.grouping, person=guest, state="sent", invited_by=world.seats["aude"]
    )
    assert need_of(guest, shared.public_id)
    invitation.state = "declined"
    invitation.save()
    with pytest.raises(NotYours):
        need_of(guest, shared.public_id)


def test_a_lot_is_corrected_and_its_exchange_is_told(world: World) -> None:
    made = shared_need(world)
    lot = made.lots.get(rank=2)
    changed = acts.change_lot(
        lot, version=1, values={"trades": {"peinture": 100}, "months": 6}, by=Actor(world.aude), at=now()
    )
    assert (changed.trades, changed.months, changed.version, changed.trades_by) == ({"peinture": 100}, 6, 2, "hand")
    lines = Entry.objects.filter(act="offers.lot.changed")
    assert {line.book for line in lines} == {made.book, world.grouping.book}
    assert all(line.facts == {"lot": 2, "changed": "months trades", "version": 2} for line in lines)


def test_two_people_correct_the_same_lot_and_the_second_sees_both_values(world: World) -> None:
    made = need(world)
    lot = made.lots.get(rank=1)
    acts.change_lot(lot, version=1, values={"title": "Le sien"}, by=Actor(world.aude), at=now())
    with pytest.raises(Stale) as refusal:
        acts.change_lot(lot, version=1, values={"title": "Le mien"}, by=Actor(world.aude), at=now())
    assert refusal.value.differences == [("Intitulé", "Le sien", "Le mien")]
    lot.refresh_from_db()
    assert lot.title == "Le sien"


def test_a_member_of_the_exchange_is_told_who_corrects_and_a_stranger_nothing(world: World) -> None:
    lot = shared_need(world).lots.get(rank=1)
    with pytest.raises(NotAllowed):
        acts.change_lot(lot, version=1, values={"title": "x"}, by=Actor(world.bruno), at=now())
    with pytest.raises(NotYours):
        acts.change_lot(lot, version=1, values={"title": "x"}, by=Actor(world.chloe), at=now())


def test_an_occasion_is_put_away_once(world: World) -> None:
    made = shared_need(world)
    assert occasion_of(world.grouping).need == made
    acts.drop_need(made, by=Actor(world.aude), at=now())
    assert my_needs(world.aude, at=now()).living == []
    assert occasion_of(world.grouping) is None
    with pytest.raises(NeedDropped):
        acts.drop_need(made, by=Actor(world.aude), at=now())
    assert Entry.objects.filter(act="offers.need.dropped").count() == 1
