"""The dates of one company over all its groupings, as a calendar that a telephone follows."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.agreements.reads.dates import dates_of
from cordee.directory.models import Company
from cordee.directory.permissions import speaks_for
from cordee.engines.ics import Event, calendar
from cordee.governance.models import Ballot, FollowUp, Meeting
from cordee.governance.reads import event_of
from cordee.ground.kit.clock import PARIS
from cordee.ground.kit.refusals import NotYours
from cordee.ground.people.acts import key_behind
from cordee.ground.people.models import AccessKey
from cordee.ground.signing.models import Signatory
from cordee.groupings.models import Seat
from cordee.groupings.reads import my_seats
from cordee.money.models import FundPart
from cordee.offers.models import Bid
from cordee.projects.reads import Dated, coming

BACK, AHEAD = timedelta(days=60), timedelta(days=800)


def feed(secret: str, *, at: datetime) -> str:
    """The calendar behind a secret address. NotYours once it is withdrawn, or its person left the company."""
    key = key_behind(secret, at=at)
    company = Company.objects.filter(public_id=key.company.rpartition("/")[2]).first() if key else None
    if key is None or company is None or AccessKey.Scope.CALENDAR not in key.scopes:
        raise NotYours
    if not speaks_for(key.person, company):
        raise NotYours
    seats = list(my_seats(key.person).filter(company=company))
    with translation.override(key.person.language):
        events = [each for each in _events(key, seats, at) if at - BACK <= each.start <= at + AHEAD]
    return calendar(sorted(events, key=lambda each: (each.start, each.uid)), stamp=at)


def _events(key: AccessKey, seats: list[Seat], at: datetime) -> Iterable[Event]:
    groupings = [seat.grouping_id for seat in seats]
    for ballot in Ballot.objects.filter(grouping__in=groupings, closed_at=None).select_related(
        "resolution", "grouping"
    ):
        where = reverse("governance:ballot", args=[ballot.public_id])
        yield _event("vote", ballot.public_id, ballot.closes_at - timedelta(minutes=30), _("Fin du vote"),
                     f"{ballot.grouping} : {ballot.resolution}", where)  # fmt: skip
    called = Meeting.objects.filter(grouping__in=groupings, starts_at__isnull=False)
    for meeting in called.select_related("grouping").prefetch_related("items"):
        yield event_of(meeting)
    asked = Signatory.objects.filter(person=key.person, state=Signatory.State.WAITING, ceremony__state="open")
    for signatory in asked.select_related("ceremony"):
        where = reverse("agreements:agreement", args=[signatory.ceremony.subject.rpartition("/")[2]])
        if signatory.ceremony.subject.startswith("agreements/"):
            yield _event("signature", signatory.public_id, signatory.until - timedelta(minutes=30),
                         _("Dernier jour pour signer"), signatory.ceremony.title, where)  # fmt: skip
    for ends in dates_of(groupings, at=at):
        yield _event("date", ends.key.replace(" ", "-").replace("/", "-"), _morning(ends.on), ends.what, ends.whose,
                     reverse("groupings:grouping", args=[ends.grouping.public_id]))  # fmt: skip
    parts = FundPart.objects.filter(seat__in=seats, paid_at=None).select_related("call__pool")
    for part in parts:
        yield _event("appel", part.public_id, _morning(part.call.due_on), _("Appel de fonds à payer"), part.call.title,
                     reverse("money:pool", args=[part.call.pool.public_id]))  # fmt: skip
    mine = Bid.objects.filter(members__seat__in=seats, members__left_at=None, deadline__isnull=False, closed_at=None)
    for bid in mine.distinct():
        assert bid.deadline is not None
        yield _event("offre", bid.public_id, bid.deadline - timedelta(minutes=30), _("Remise de l’offre"), bid.title,
                     reverse("offers:bid", args=[bid.public_id]))  # fmt: skip
    today = localtime(at).date()
    for one in coming([seat.pk for seat in seats], since=today - BACK, until=today + AHEAD):
        yield _of_project(one)
    actions = FollowUp.objects.filter(owner__in=seats, done_at=None, due_on__isnull=False)
    for action in actions.select_related("resolution").annotate(ballot=F("resolution__ballots__public_id")):
        yield _event("action", str(action.pk), _morning(action.due_on), _("À faire"), action.resolution.title,
                     reverse("governance:ballot", args=[action.ballot]))  # fmt: skip


def _of_project(one: Dated) -> Event:
    """A day of a project; what has hours of its own keeps them."""
    if one.starts is None or one.ends is None:
        return _event("projet", one.key, _morning(one.on), one.what, one.title, one.path)
    start = datetime.combine(one.on, time(one.starts // 60, one.starts % 60), PARIS)
    return _event("projet", one.key, start, one.what, one.title, one.path, minutes=max(1, one.ends - one.starts))


def _morning(day: date | None) -> datetime:
    assert day is not None
    return datetime.combine(day, time(9), PARIS)


def _event(kind: str, key: str, start: datetime, what: str, title: str, path: str, minutes: int = 30) -> Event:
    host = settings.SITE_URL.partition("://")[2].partition("/")[0].partition(":")[0]
    return Event(f"{kind}-{key}@{host}", start, 30, f"{what} : {title}", url=settings.SITE_URL + path)
