"""The register of decisions: an owner, a date, a review, done or not; reminded in good manners."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from cordee.governance import acts
from cordee.governance.models import Ballot, FollowUp
from cordee.governance.reads import decided_by
from cordee.governance.tasks import LETTERS, remind_owners
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.messages.acts import tell
from cordee.ground.messages.models import Letter
from cordee.ground.people.models import Clockwork
from cordee.ground.register.models import Entry
from tests.factories import AT
from tests.governance.test_ballots import ask, vote
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 3, 20)


def adopted(world: World) -> Ballot:
    ballot = ask(world)
    vote(world, ballot, aude="for", bruno="for", denis="for", emma="against")
    return acts.close_ballot(ballot, by=world.actor("aude"), at=AT)


def followed(world: World) -> FollowUp:
    return acts.follow_decision(
        adopted(world).resolution, owner=world.seats["bruno"], due_on=FRIDAY, review_on=date(2026, 6, 1),
        by=world.actor("aude"), at=AT,
    )  # fmt: skip


def state(world: World, at: datetime) -> str:
    return decided_by(world.grouping, world.seats["bruno"], at=at)[0].state


def test_a_decision_has_an_owner_a_date_and_an_end(world: World) -> None:
    follow = followed(world)
    assert Entry.objects.of(world.grouping.book).last().facts["due_on"] == "2026-03-20"
    assert state(world, AT) == "running"
    assert state(world, AT + timedelta(days=20)) == "late"
    with pytest.raises(NotAllowed):
        acts.note_done(follow, done=True, by=_emma(world), at=AT)
    acts.note_done(follow, done=True, note="Envoyé.", by=world.actor("bruno"), at=AT)
    assert state(world, AT) == "done"
    assert state(world, AT + timedelta(days=90)) == "review"
    acts.note_done(follow, done=False, by=world.actor("aude"), at=AT)
    assert state(world, AT) == "running"


def _emma(world: World):  # type: ignore[no-untyped-def]
    from cordee.groupings.reads import actor_for

    return actor_for(world.seats["emma"].holder, world.seats["emma"])


def test_only_what_was_decided_is_followed_and_in_time_to_come(world: World) -> None:
    by = world.actor("aude")
    with pytest.raises(acts.NotDecided):
        acts.follow_decision(ask(world).resolution, owner=world.seats["bruno"], by=by, at=AT)
    decided = adopted(world).resolution
    with pytest.raises(Refusal, match="passée"):
        acts.follow_decision(decided, owner=world.seats["bruno"], due_on=date(2026, 3, 9), by=by, at=AT)
    with pytest.raises(Refusal, match="membre"):
        acts.follow_decision(decided, owner=world.seats["chloe"], by=by, at=AT)


def test_the_owner_is_reminded_twice_never_at_week_ends_never_once_done(world: World) -> None:
    follow = followed(world)
    tell(LETTERS, at=AT)
    Letter.objects.all().delete()
    moments = [AT.replace(day=day) for day in (17, 18, 18, 19, 21, 22, 23, 23, 24)]
    assert [remind_owners(at=at) for at in moments] == [0, 1, 0, 0, 0, 0, 1, 0, 0]
    tell(LETTERS, at=moments[-1])
    assert list(Letter.objects.values_list("to__name", flat=True)) == ["Bruno Masson"] * 2
    acts.note_done(follow, done=True, by=world.actor("bruno"), at=AT)
    with pytest.raises(Refusal):
        acts.note_follow_reminder(follow, count=3, by=Clockwork(), at=AT)


def test_the_page_names_assigns_and_ends(world: World) -> None:
    ballot = adopted(world)
    browser = browser_of(world.bruno)
    page = reverse("governance:decided", args=[world.grouping.public_id])
    deed = reverse("governance:follow", args=[world.grouping.public_id, ballot.resolution.public_id])
    assert "Personne n’est désigné" in browser.get(page).content.decode()
    browser.post(deed, {"owner": world.seats["bruno"].public_id, "due_on": "2100-01-01"})
    assert "Charpente Masson s’en charge" in browser.get(page).content.decode()
    browser.post(deed, {"fait": "oui", "note": "Réglé."})
    assert "« Réglé. »".replace(" ", "\u00a0") in browser.get(page).content.decode()
