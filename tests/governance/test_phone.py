"""A vote given by telephone, and a decision taken around a table: both count once confirmed by each."""

from datetime import timedelta
from typing import Any

import pytest

from cordee.engines.voting import Rule
from cordee.governance import acts
from cordee.governance.models import Ballot, Voter
from cordee.governance.tasks import LETTERS, close_due
from cordee.ground.kit.refusals import NotAllowed, NotYours
from cordee.ground.messages.acts import tell
from cordee.ground.messages.models import Letter
from cordee.ground.people.acts import LinkSpent, make_link
from cordee.ground.people.models import Clockwork, Link
from cordee.ground.register.models import Entry
from tests.factories import AT
from tests.governance.test_ballots import ask, vote
from tests.people import World

pytestmark = pytest.mark.django_db


def link_for(world: World, ballot: Ballot, name: str) -> Link:
    seat = world.seats[name]
    return make_link(seat.holder, purpose=acts.PHONED, subject=ballot, seat=seat, at=AT)


def of(world: World, ballot: Ballot, name: str) -> Voter:
    return ballot.voters.get(seat=world.seats[name])


def test_a_vote_given_by_telephone_counts_once_confirmed(world: World) -> None:
    ballot = ask(world)
    acts.note_phoned_vote(ballot, seat=world.seats["bruno"], choice="for", by=world.actor("aude"), at=AT)
    assert (of(world, ballot, "bruno").choice, of(world, ballot, "bruno").phoned) == ("", "for")
    assert Entry.objects.of(world.grouping.book).last().facts == {"seat": world.seats["bruno"].public_id}
    tell(LETTERS, at=AT)
    letter = Letter.objects.get(kind__startswith="governance.phoned")
    assert letter.to == world.bruno
    link = link_for(world, ballot, "bruno")
    acts.confirm_phoned_vote(link, agreed=True, at=AT)
    assert (of(world, ballot, "bruno").choice, of(world, ballot, "bruno").phoned) == ("for", "")
    assert of(world, ballot, "bruno").cast_by == world.bruno
    with pytest.raises((LinkSpent, acts.NothingPhoned)):
        acts.confirm_phoned_vote(link, agreed=True, at=AT)


def test_what_was_not_said_is_taken_back(world: World) -> None:
    ballot = ask(world)
    acts.note_phoned_vote(ballot, seat=world.seats["bruno"], choice="against", by=world.actor("aude"), at=AT)
    acts.confirm_phoned_vote(link_for(world, ballot, "bruno"), agreed=False, at=AT)
    assert (of(world, ballot, "bruno").choice, of(world, ballot, "bruno").phoned) == ("", "")
    line = Entry.objects.of(world.grouping.book).last()
    assert (line.act, line.facts["agreed"]) == ("governance.vote.confirmed", False)


def test_without_confirmation_it_is_not_counted(world: World) -> None:
    ballot = ask(world)
    vote(world, ballot, aude="for", denis="against")
    acts.note_phoned_vote(ballot, seat=world.seats["bruno"], choice="for", by=world.actor("aude"), at=AT)
    close_due(at=ballot.closes_at)
    ballot.refresh_from_db()
    assert (ballot.figures["for"], ballot.outcome) == ("1", "rejected")


def test_nobody_writes_down_what_is_given_or_secret_or_their_own(world: World) -> None:
    ballot = ask(world)
    with pytest.raises(NotAllowed):
        acts.note_phoned_vote(ballot, seat=world.seats["aude"], choice="for", by=world.actor("aude"), at=AT)
    with pytest.raises(NotYours):
        acts.note_phoned_vote(ballot, seat=world.seats["bruno"], choice="for", by=world.actor("chloe"), at=AT)
    vote(world, ballot, bruno="against")
    with pytest.raises(acts.NotFitToVote):
        acts.note_phoned_vote(ballot, seat=world.seats["bruno"], choice="for", by=world.actor("aude"), at=AT)
    secret = acts.propose_resolution(
        world.grouping, title="x", text="x", decision_type="ordinary", closes_at=ballot.closes_at,
        way=acts.Way(secret=True), by=world.actor("aude"), at=AT,
    )  # fmt: skip
    with pytest.raises(acts.NotThatWay):
        acts.note_phoned_vote(secret, seat=world.seats["bruno"], choice="for", by=world.actor("aude"), at=AT)


def room(world: World, *names: str) -> Ballot:
    return acts.enter_room_decision(
        world.grouping,
        sentence="  Menuiserie Lambert achète la benne, 1 200 € au plus. ",
        present=[world.seats[name] for name in names],
        by=world.actor("aude"),
        at=AT,
    )


def test_a_decision_taken_around_a_table_is_confirmed_by_each(world: World) -> None:
    ballot = room(world, "aude", "bruno", "denis")
    assert ballot.resolution.title == "Menuiserie Lambert achète la benne, 1 200 € au plus."
    assert [of(world, ballot, name).phoned for name in ("aude", "bruno", "denis", "emma")] == ["", "for", "for", ""]
    tell(LETTERS, at=AT)
    assert set(Letter.objects.values_list("to__name", flat=True)) == {"Bruno Masson", "Denis Roux"}
    assert close_due(at=AT) == 0
    for name in ("bruno", "denis"):
        acts.confirm_phoned_vote(link_for(world, ballot, name), agreed=True, at=AT + timedelta(hours=1))
    assert close_due(at=AT + timedelta(hours=1)) == 1  # all those who were there have answered: no need to wait
    ballot.refresh_from_db()
    assert (ballot.outcome, ballot.figures["for"]) == ("adopted", "3")


def test_a_contested_decision_is_not_one(world: World) -> None:
    ballot = room(world, "aude", "bruno")
    acts.confirm_phoned_vote(link_for(world, ballot, "bruno"), agreed=False, at=AT)
    close_due(at=AT)
    ballot.refresh_from_db()
    assert ballot.outcome == "no_quorum"
    assert Ballot.objects.count() == 1  # no second call: one talks first


def test_a_decision_needs_words_and_people(world: World) -> None:
    for sentence, names in (("  ", ["bruno"]), ("Oui", [])):
        with pytest.raises(acts.NobodyThere):
            acts.enter_room_decision(
                world.grouping,
                sentence=sentence,
                present=[world.seats[name] for name in names],
                by=world.actor("aude"),
                at=AT,
            )


def test_what_the_rule_leaves_time_for_is_not_decided_at_once(world: World) -> None:
    """Refused with its way out, until a meeting called to decide such a thing has been held."""
    for kind in ("budget", "exclusion"):
        acts.adopt_rule(world.grouping, kind, Rule(delay_days=12), by=Clockwork(), at=AT)
    by, day = world.actor("aude"), AT + timedelta(days=16)
    asked: dict[str, Any] = {"sentence": "Prendre 36 m².", "present": [world.seats["bruno"]], "by": by}
    with pytest.raises(acts.NoticeTooShort, match="12 jours") as refused:
        acts.enter_room_decision(world.grouping, **asked, decision_type="budget", at=AT)
    assert "Ouvrez un vote" in refused.value.do
    assert acts.enter_room_decision(world.grouping, **asked, at=AT).in_room  # an everyday one waits for nothing
    meeting = acts.plan_meeting(world.grouping, title="Salon", dates=[day], by=by, at=AT)
    acts.add_item(meeting, title="36 m²", kind="decide", decision_type="budget", by=by, at=AT)
    with pytest.raises(acts.NoticeTooShort):  # nobody was called yet
        acts.enter_room_decision(world.grouping, **asked, decision_type="budget", at=day)
    acts.call_meeting(meeting, starts_at=day, by=by, at=AT)
    for early_or_late in (day - timedelta(days=1), day + timedelta(days=8)):
        with pytest.raises(acts.NoticeTooShort):
            acts.enter_room_decision(world.grouping, **asked, decision_type="budget", at=early_or_late)
    with pytest.raises(acts.NoticeTooShort):  # the notice said nothing of an exclusion
        acts.enter_room_decision(world.grouping, **asked, decision_type="exclusion", at=day)
    assert acts.enter_room_decision(world.grouping, **asked, decision_type="budget", at=day).in_room
    acts.cancel_meeting(meeting, by=by, at=day)
    with pytest.raises(acts.NoticeTooShort):
        acts.enter_room_decision(world.grouping, **asked, decision_type="budget", at=day)


def test_the_one_who_was_not_there_confirms_nothing_by_writing(world: World) -> None:
    ballot = room(world, "bruno", "denis")
    assert of(world, ballot, "aude").choice == ""
