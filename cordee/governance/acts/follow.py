"""What becomes of a decision: who does it, by when; done or not."""

from datetime import date, datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.governance.models import Ballot, FollowUp, Resolution
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import By, act
from cordee.groupings.acts.at_the_table import acting_seat
from cordee.groupings.models import Seat
from cordee.groupings.permissions import may_lead


class NotDecided(Refusal):
    """Nothing was decided: there is nothing to follow."""


def follow_decision(
    resolution: Resolution, *, owner: Seat, by: Actor, at: datetime, due_on: date | None = None,
    review_on: date | None = None,
) -> FollowUp:  # fmt: skip
    """Say who carries a decision out, by when, and when one looks at it again.

    Allowed       any member of the grouping.
    Refused when  the decision was not adopted; a date is past; the owner is not a member.
    Tells         governance.decision.followed: owner, dates.
    """
    with act("governance.decision.followed", book=resolution.grouping.book, by=by, at=at, on=resolution) as facts:
        acting_seat(resolution.grouping, by)
        decided = (Ballot.Outcome.ADOPTED, Ballot.Outcome.ELECTED)
        if not resolution.ballots.filter(outcome__in=decided).exists():
            raise NotDecided(_("Cette décision n’est pas adoptée."), do=_("Attendez la fin du vote."))
        today = localtime(at).date()
        if any(each is not None and each < today for each in (due_on, review_on)):
            raise Refusal(_("Cette date est passée."), do=_("Choisissez une date à venir."))
        if owner.grouping_id != resolution.grouping_id or owner.state != Seat.State.MEMBER:
            raise Refusal(_("Choisissez une entreprise membre."))
        follow, _new = FollowUp.objects.update_or_create(
            resolution=resolution,
            defaults={
                "grouping": resolution.grouping, "owner": owner, "due_on": due_on, "review_on": review_on,
                "done_at": None, "reminded": 0,
            },
        )  # fmt: skip
        facts |= {
            "owner": owner.public_id,
            "due_on": due_on.isoformat() if due_on else "",
            "review_on": review_on.isoformat() if review_on else "",
        }
    return follow


def note_done(follow: FollowUp, *, done: bool, by: Actor, at: datetime, note: str = "") -> FollowUp:
    """Say that a decision is carried out, or that it is not after all.

    Allowed       its owner; who leads the grouping.
    Refused when  somebody else asks.
    Tells         governance.decision.done: done or not.
    """
    with act("governance.decision.done", book=follow.grouping.book, by=by, at=at, on=follow.resolution) as facts:
        seat = acting_seat(follow.grouping, by)
        fresh = (
            FollowUp.objects.select_for_update(of=("self",)).select_related("grouping", "resolution").get(pk=follow.pk)
        )
        if seat.pk != fresh.owner_id and not may_lead(seat):
            raise NotAllowed(_("C’est à l’entreprise qui en est chargée de le dire."))
        fresh.done_at, fresh.note = at if done else None, note[:300]
        fresh.save(update_fields=["done_at", "note"])
        facts["done"] = done
    return fresh


def note_follow_reminder(follow: FollowUp, *, count: int, by: By, at: datetime) -> FollowUp:
    """Note that the owner of a decision is reminded for the `count`-th time; the letter follows from the register.

    Allowed       Cordée itself.
    Refused when  it is done, or this reminder was noted already.
    Tells         governance.decision.reminded.
    """
    with act("governance.decision.reminded", book=follow.grouping.book, by=by, at=at, on=follow.resolution) as facts:
        due = FollowUp.objects.filter(pk=follow.pk, done_at=None, reminded__lt=count).update(reminded=count)
        if not due:
            raise Refusal(_("Ce rappel est déjà parti."))
        facts["count"] = count
    return follow
