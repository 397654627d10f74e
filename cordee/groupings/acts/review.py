"""The yearly question: opened by itself, answered by each company, closed by itself."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from cordee.engines.lifecycle import review_outcome
from cordee.ground.kit.refusals import Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import By, act, address
from cordee.groupings.acts.at_the_table import acting_seat, living
from cordee.groupings.models import Grouping, Review, ReviewAnswer, Seat

TIME_TO_ANSWER = timedelta(days=21)


class ReviewClosed(Refusal):
    """The yearly question is answered."""


class NoSuchAnswer(Refusal):
    """The yearly question has four answers."""


class AnswersAwaited(Refusal):
    """Not everybody has answered and the time has not come."""


def open_review(grouping: Grouping, *, by: By, at: datetime) -> Review:
    """Ask the members whether the purpose is still worth it.

    Allowed       Cordée itself, once a year; whoever acts for a seat, at any time.
    Refused when  it is being asked already, the grouping is closed, ends or rests.
    Tells         groupings.review.opened: until when one may answer.
    """
    with act("groupings.review.opened", book=grouping.book, by=by, at=at) as facts:
        fresh = living(grouping)
        if isinstance(by, Actor):
            acting_seat(fresh, by)
        if fresh.stage == Grouping.Stage.WINDING_UP or fresh.paused_at:
            raise ReviewClosed(_("La question ne se pose pas : le groupement se termine, ou il est en pause."))
        if fresh.reviews.filter(closed_at=None).exists():
            raise ReviewClosed(_("La question est déjà posée."), do=_("Répondez-y."))
        made = Review.objects.create(grouping=fresh, opened_at=at, closes_at=at + TIME_TO_ANSWER)
        facts.on = address(made)
        facts["closes_at"] = made.closes_at.isoformat()
    return made


def answer_review(review: Review, *, choice: str, why: str = "", by: Actor, at: datetime) -> ReviewAnswer:
    """Answer the yearly question for one's company; it can be changed until it closes.

    Allowed       any member.
    Refused when  it is closed, or the answer is none of the four.
    Tells         groupings.review.answered: the answer; the reason stays out of the book.
    """
    with act("groupings.review.answered", book=review.grouping.book, by=by, at=at, on=review) as facts:
        fresh = _open(review)
        seat = acting_seat(fresh.grouping, by)
        if choice not in Review.Outcome.values:
            raise NoSuchAnswer(_("Choisissez : continuer, changer de but, faire une pause, ou terminer."))
        answer, _new = ReviewAnswer.objects.update_or_create(
            review=fresh, seat=seat, defaults={"choice": choice, "why": " ".join(why.split())[:300], "at": at}
        )
        facts |= {"seat": seat.public_id, "choice": choice}
    return answer


def close_review(
    review: Review, *, by: By, at: datetime, decided: Callable[[Review, Sequence[str]], str] | None = None
) -> Review:
    """Close the yearly question and say what came out.

    `decided` counts the answers under the rules in force, which a later room knows; without it, by more than half.

    Allowed       Cordée itself, once all have answered or the time is over; any member once all have answered.
    Refused when  it is closed, or somebody has not answered and the time has not come.
    Tells         groupings.review.closed: the outcome, how many answered.
    """
    with act("groupings.review.closed", book=review.grouping.book, by=by, at=at, on=review) as facts:
        fresh = _open(review)
        if isinstance(by, Actor):
            acting_seat(fresh.grouping, by)
        members = Seat.objects.filter(grouping=fresh.grouping, state=Seat.State.MEMBER)
        answers = list(fresh.answers.filter(seat__in=members).values_list("choice", flat=True))
        if len(answers) < members.count() and at < fresh.closes_at:
            raise AnswersAwaited(_("Certains n’ont pas encore répondu."), do=_("Attendez la date de fin."))
        fresh.closed_at, fresh.outcome = at, (decided or _by_half)(fresh, answers)
        fresh.save(update_fields=["closed_at", "outcome"])
        facts |= {"outcome": str(fresh.outcome), "answered": len(answers), "members": members.count()}
    return fresh


def _by_half(review: Review, answers: Sequence[str]) -> str:
    return review_outcome(answers)


def _open(review: Review) -> Review:
    fresh = Review.objects.select_for_update(of=("self",)).select_related("grouping").get(pk=review.pk)
    if fresh.closed_at:
        raise ReviewClosed(_("Cette question est close."), do=_("Le résultat est sur la page."))
    return fresh
