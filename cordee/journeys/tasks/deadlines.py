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
from cordee.groupings.acts import begin_mandate, end_mandate, open_review
from cordee.groupings.models import Arrival, Departure, Grouping, Invitation, JoinRequest, Mandate, Review, Seat
from cordee.journeys.acts import (
    apply_decision,
    carry_out_departure,
    complete_arrival,
    conclude_review,
    note_minimum,
    note_refused_request,
    note_rejected_exclusion,
    put_ending_to_vote,
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
    return each_apart(list(due.select_related("grouping")), lambda each: conclude_review(each, by=CLOCK, at=at))


def complete_arrivals(*, at: datetime) -> int:
    """An existing groupement whose holders have all answered takes its stage and its balances."""
    awaited = Invitation.objects.filter(grouping=models.OuterRef("grouping"), state__in=["waiting", "sent"])
    members = count_of(Seat.objects.filter(grouping=models.OuterRef("grouping"), state=Seat.State.MEMBER))
    found = Arrival.objects.filter(completed_at=None).annotate(members=members, awaited=models.Exists(awaited))
    due = found.filter(awaited=False, members__gte=2).select_related("grouping")
    return each_apart(list(due), lambda each: complete_arrival(each, by=CLOCK, at=at))


def turn_mandates(*, at: datetime) -> int:
    """Mandates begin and end on their days; those of a company that left, and of a closed grouping, end too."""
    today = localtime(at).date()
    living = Mandate.objects.filter(ended_at=None).select_related("seat__grouping", "person")
    stage = models.Q(seat__grouping__stage=Grouping.Stage.CLOSED)
    over = living.filter(models.Q(until__lt=today) | models.Q(seat__state=Seat.State.LEFT) | stage)
    done = each_apart(list(over), lambda each: end_mandate(each, by=CLOCK, at=at))
    due = living.filter(begun_at=None, since__lte=today)
    return done + each_apart(list(due), lambda each: begin_mandate(each, by=CLOCK, at=at))


def vote_on_the_end(*, at: datetime) -> int:
    """A yearly question that asks to finish, and that the rule did not let decide it, opens the vote on the end."""
    asked = Review.objects.filter(outcome=Review.Outcome.WIND_UP, decision="", closed_at__isnull=False)
    due = asked.filter(grouping__stage=Grouping.Stage.COMMITTED, closed_at__gte=models.F("grouping__stage_since"))
    voting = Ballot.objects.filter(grouping=models.OuterRef("grouping"), resolution__effect="wind_up")
    newer = Review.objects.filter(grouping=models.OuterRef("grouping"), opened_at__gt=models.OuterRef("opened_at"))
    found = due.exclude(models.Exists(voting.filter(opened_at__gte=models.OuterRef("closed_at")))).exclude(
        models.Exists(newer)
    )
    return each_apart(list(found.select_related("grouping")), lambda each: put_ending_to_vote(each, by=CLOCK, at=at))
