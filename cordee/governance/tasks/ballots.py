"""What votes do by themselves: letters from the register, reminders, closing at the hour."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.engines.calendar import is_business_day, reminder_moments
from cordee.governance.acts import PHONED, call_again, close_ballot, note_reminder
from cordee.governance.models import Ballot, Voter
from cordee.governance.reads import announced
from cordee.ground.kit.apart import each_apart
from cordee.ground.kit.templatetags.cordee import deadline
from cordee.ground.messages.acts import Draft, Teller
from cordee.ground.people.acts import make_link
from cordee.ground.people.models import Clockwork, Person
from cordee.ground.people.reads import link_address
from cordee.ground.register.models import Entry
from cordee.groupings.models import Seat

CLOCK = Clockwork()
SECOND_CALL_AT_LEAST = timedelta(days=2)


def _ballot(entry: Entry) -> Ballot:
    return Ballot.objects.select_related("resolution__proposed_by__company", "grouping").get(
        public_id=entry.subject.rpartition("/")[2]
    )


def _ask(voter: Voter, person: Person, *, kind: str, at: datetime, again: bool = False) -> Draft:
    ballot = voter.ballot
    with translation.override(person.language):
        until = deadline(ballot.closes_at, at)
        link = make_link(person, purpose="vote", subject=ballot, seat=voter.seat, at=at, expires_at=ballot.closes_at)
        return Draft(
            to=person,
            kind=kind,
            subject=_("À voter avant %(until)s : %(title)s") % {"until": until, "title": ballot.resolution.title},
            lines=(
                _("%(company)s pose une question à %(grouping)s.")
                % {"company": ballot.resolution.proposed_by.company, "grouping": ballot.grouping.name},
                ballot.resolution.text,
            ),
            figures=((_("Vous votez pour"), str(voter.seat.company)), (_("Clôture"), until)),
            button=_("Voter"),
            url=link_address(link, "governance:vote_by_link"),
            why=_("Vous recevez ce message car vous représentez %(company)s dans %(grouping)s.")
            % {"company": voter.seat.company, "grouping": ballot.grouping.name},
            group="reminders" if again else "",
            sms=_("Cordée : à voter avant %(until)s, « %(title)s ». %(url)s")
            % {
                "until": until,
                "title": ballot.resolution.title[:80],
                "url": link_address(link, "governance:vote_by_link"),
            }
            if again
            else "",
        )


def _waiting(ballot: Ballot) -> QuerySet[Voter]:
    voters = ballot.voters.filter(choice="", withdrawn_at=None, proxy_to=None, seat__state=Seat.State.MEMBER)
    return voters.select_related(
        "seat__company",
        "seat__holder",
        "phoned_by__company",
        "ballot__resolution__proposed_by__company",
        "ballot__grouping",
    )


def tell_opening(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To each seat on the roll: the question, and a link to vote in one tap."""
    ballot = _ballot(entry)
    if ballot.in_room:
        yield from tell_phoned(entry, at)
    elif ballot.is_open and ballot.closes_at > at:
        again = entry.act == "governance.ballot.reminded"
        for voter in _waiting(ballot):
            kind = f"governance.vote.{voter.seat.public_id}"
            yield _ask(voter, voter.seat.holder, kind=kind, at=at, again=again)


def tell_reminder(entry: Entry, at: datetime) -> Iterable[Draft]:
    """Only to those who have not voted."""
    yield from tell_opening(entry, at)


def tell_phoned(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To those for whom somebody wrote a vote down: a link to confirm it, or to say that it is wrong."""
    ballot = _ballot(entry)
    if not ballot.is_open or ballot.closes_at <= at:
        return
    only = entry.facts.get("seat")
    for voter in _waiting(ballot).exclude(phoned=""):
        if only and voter.seat.public_id != only:
            continue
        person = voter.seat.holder
        with translation.override(person.language):
            link = make_link(
                person, purpose=PHONED, subject=ballot, seat=voter.seat, at=at, expires_at=ballot.closes_at
            )
            who = {"company": voter.phoned_by, "title": ballot.resolution.title}
            line = (
                _("%(company)s a noté une décision prise ensemble, en votre présence.")
                if ballot.in_room
                else _("%(company)s a noté votre vote, que vous avez donné par téléphone.")
            )
            yield Draft(
                to=person,
                kind=f"governance.phoned.{voter.seat.public_id}",
                subject=_("À confirmer : %(title)s") % who,
                lines=(line % who, ballot.resolution.text, _("Rien ne compte sans votre réponse.")),
                figures=((_("Pour"), str(voter.seat.company)), (_("Jusqu’à"), deadline(ballot.closes_at, at))),
                button=_("Confirmer ou corriger"),
                url=link_address(link, "governance:confirm"),
                why=_("Vous recevez ce message car vous représentez %(company)s dans %(grouping)s.")
                % {"company": voter.seat.company, "grouping": ballot.grouping.name},
            )


def tell_result(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To everybody on the roll who is still a member: what is decided, with the arithmetic."""
    ballot = _ballot(entry)
    still = ballot.voters.filter(seat__state=Seat.State.MEMBER)
    for voter in still.select_related("seat__company", "seat__holder"):
        person = voter.seat.holder
        with translation.override(person.language):
            outcome = str(Ballot.Outcome(ballot.outcome).label)
            yield Draft(
                to=person,
                kind=f"governance.result.{voter.seat.public_id}",
                subject=_("%(outcome)s : %(title)s") % {"outcome": outcome, "title": ballot.resolution.title},
                lines=(announced(ballot), ballot.resolution.text),
                button=_("Voir la décision"),
                url=settings.SITE_URL + reverse("governance:ballot", args=[ballot.public_id]),
                why=_("Vous recevez ce message car %(company)s était appelée à voter.")
                % {"company": voter.seat.company},
            )


LETTERS: dict[str, Teller] = {
    "governance.ballot.opened": tell_opening,
    "governance.ballot.reminded": tell_reminder,
    "governance.vote.phoned": tell_phoned,
    "governance.decision.entered": tell_phoned,
    "governance.candidate.proposed": tell_opening,
    "governance.ballot.closed": tell_result,
}


def close_due(*, at: datetime) -> int:
    """Close every vote whose time has come, or that all those around the table confirmed; call again where foreseen."""
    silent = Voter.objects.filter(choice="", withdrawn_at=None, seat__state=Seat.State.MEMBER).exclude(phoned="")
    confirmed = Q(in_room=True) & ~Exists(silent.filter(ballot=OuterRef("pk")))
    due = list(Ballot.objects.filter(Q(closes_at__lte=at) | confirmed, closed_at=None).select_related("grouping"))
    return each_apart(due, lambda ballot: _close(ballot, at=at))


def _close(ballot: Ballot, *, at: datetime) -> None:
    """Close one vote. The act locks the book before the ballot, as those who vote do: neither waits for the other."""
    with transaction.atomic():
        ballot = close_ballot(ballot, by=CLOCK, at=at)
        rule = ballot.rule_in_force
        if (
            ballot.outcome == Ballot.Outcome.NO_QUORUM
            and ballot.call == 1
            and rule.second_quorum is not None
            and not ballot.in_room
        ):
            length = max(ballot.closes_at - ballot.opened_at, SECOND_CALL_AT_LEAST)
            call_again(ballot, closes_at=at + length, by=CLOCK, at=at)


def remind(*, at: datetime) -> int:
    """Note the reminders that are due: two days after the opening and 48 h before the end, never at week-ends."""
    if not is_business_day(localtime(at).date()):
        return 0
    late = []
    for ballot in Ballot.objects.filter(closed_at=None, closes_at__gt=at).select_related("grouping"):
        moments = reminder_moments(localtime(ballot.opened_at), localtime(ballot.closes_at))
        due = sum(1 for moment in moments if moment <= at)
        if ballot.reminded < due:
            late.append((ballot, due))
    return each_apart(late, lambda each: note_reminder(each[0], count=each[1], by=CLOCK, at=at))
