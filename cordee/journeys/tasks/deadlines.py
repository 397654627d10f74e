"""What falls due in the life of groupings: decisions to carry out, departures, the yearly question, the minimum."""

from datetime import datetime

from django.db import models
from django.utils.timezone import localtime

from cordee.engines.lifecycle import MINIMUM, purpose_review_due
from cordee.governance.acts import set_aside
from cordee.governance.models import Ballot, Resolution
from cordee.ground.kit.apart import each_apart
from cordee.ground.kit.counting import count_of
from cordee.ground.people.models import Clockwork
from cordee.groupings.acts import close_review, open_review
from cordee.groupings.models import Departure, Grouping, JoinRequest, Review, Seat
from cordee.journeys.acts import (
    apply_decision,
    carry_out_departure,
    note_minimum,
    note_refused_request,
    note_rejected_exclusion,
)

CLOCK = Clockwork()


def apply_decisions(*, at: datetime) -> int:
    """Carry out every adopted decision that has an effect and was not carried out yet."""
    due = Resolution.objects.exclude(effect="").filter(effect_at=None, ballots__outcome=Ballot.Outcome.ADOPTED)
    found = list(due.select_related("grouping").distinct())
    return each_apart(found, lambda resolution: apply_decision(resolution, at=at))


def keep_out_of_their_vote(*, at: datetime) -> int:
    """A second call has a new roll: the company concerned by an exclusion does not count in it either."""
    concerned = Departure.objects.filter(state=Departure.State.VOTING).select_related("seat")
    done = 0
    for departure in concerned:
        wanted = Ballot.objects.filter(
            closed_at=None, resolution__effect="exclude", resolution__effect_on__endswith=departure.public_id
        )
        for ballot in wanted.filter(voters__seat=departure.seat_id, voters__withdrawn_at=None):
            set_aside(ballot, seat=departure.seat, by=CLOCK, at=at)
            done += 1
    return done


def follow_votes(*, at: datetime) -> int:
    """A request or an exclusion whose vote closed without adoption is over."""
    requests = list(JoinRequest.objects.filter(state=JoinRequest.State.VOTING).select_related("grouping"))
    departures = list(Departure.objects.filter(state=Departure.State.VOTING).select_related("grouping"))
    refused = [each for each in requests if _lost(each.public_id)]
    rejected = [each for each in departures if _lost(each.public_id)]
    done = each_apart(refused, lambda each: note_refused_request(each, by=CLOCK, at=at))
    return done + each_apart(rejected, lambda each: note_rejected_exclusion(each, by=CLOCK, at=at))


def _lost(public_id: str) -> bool:
    ballots = Ballot.objects.filter(resolution__effect_on__endswith=f"/{public_id}")
    over = not ballots.filter(models.Q(closed_at=None) | models.Q(outcome=Ballot.Outcome.ADOPTED)).exists()
    return over and ballots.exists()


def carry_out_departures(*, at: datetime) -> int:
    """Let those go whose day has come."""
    due = Departure.objects.filter(state=Departure.State.NOTICE, effective_on__lte=localtime(at).date())
    return each_apart(
        list(due.select_related("grouping", "seat")), lambda each: carry_out_departure(each, by=CLOCK, at=at)
    )


def watch_minimum(*, at: datetime) -> int:
    """Note which committed groupings fell under their minimum, and which have enough companies again."""
    members = count_of(Seat.objects.filter(grouping=models.OuterRef("pk"), state=Seat.State.MEMBER))
    found = Grouping.objects.filter(stage=Grouping.Stage.COMMITTED).annotate(members=members)
    few = found.filter(models.Q(members__lt=MINIMUM, partnership=False) | models.Q(members__lt=2))
    lost = list(few.filter(below_since=None)) + list(found.filter(below_since__isnull=False))
    return each_apart(lost, lambda each: note_minimum(each, by=CLOCK, at=at))


def ask_the_yearly_question(*, at: datetime) -> int:
    """A year after it began, or after the last time: is the purpose still worth it?"""
    today = localtime(at).date()
    living = Grouping.objects.filter(
        stage__in=[Grouping.Stage.COLLECTIVE, Grouping.Stage.COMMITTED], paused_at=None, created_at__lt=at
    ).exclude(reviews__closed_at=None, reviews__isnull=False)
    asked = living.annotate(last=models.Max("reviews__opened_at"))
    due = [each for each in asked if purpose_review_due(localtime(each.last or each.created_at).date()) <= today]
    return each_apart(due, lambda each: open_review(each, by=CLOCK, at=at))


def close_reviews(*, at: datetime) -> int:
    """Close each yearly question that all have answered, or whose time is over."""
    answered = models.Count("answers", filter=models.Q(answers__seat__state=Seat.State.MEMBER))
    members = count_of(Seat.objects.filter(grouping=models.OuterRef("grouping"), state=Seat.State.MEMBER))
    found = Review.objects.filter(closed_at=None).annotate(answered=answered, members=members)
    due = found.filter(models.Q(closes_at__lte=at) | models.Q(answered__gte=models.F("members")))
    return each_apart(list(due.select_related("grouping")), lambda each: close_review(each, by=CLOCK, at=at))
