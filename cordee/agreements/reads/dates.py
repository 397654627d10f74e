"""The calendar of what ends: terms and reviews, insurances, certificates, delegations, notices given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.agreements.models import Agreement, Alert, Delegation, Ending
from cordee.directory.models import Certificate
from cordee.engines.assembly import document_type
from cordee.engines.assembly.words import as_date
from cordee.ground.kit.words import language
from cordee.ground.people.models import Person
from cordee.ground.register.acts import address
from cordee.groupings.models import Grouping, Seat
from cordee.groupings.reads import my_seats

ALERT_DAYS = (60, 15, 0)
"""How long before a date one is told: time to act, time to hurry, and the day itself."""
LATE = timedelta(days=45)
"""How long what has ended stays in the calendar, marked as such."""


@dataclass(frozen=True, slots=True)
class Ends:
    """Something that ends, or must be looked at, on a day."""

    on: date
    what: str
    whose: str  # the company, or the title of the document
    grouping: Grouping
    key: str  # the same for the same thing and day
    seat: Seat | None  # whom it concerns; none: the whole grouping
    agreement: str  # the public identifier of the document that says it, if one does
    days: int  # from today
    only: frozenset[int] = frozenset()  # of a document between some members: their seats

    def concerns(self, seat: Seat, leads: bool) -> bool:
        """Whom one writes to: the company, the parties of a document between some, else who leads."""
        if self.seat is not None:
            return self.seat == seat
        return seat.pk in self.only if self.only else leads


def my_dates(person: Person, *, at: datetime) -> list[Ends]:
    """Every date to come, or just past, in the groupings of this person."""
    mine = list(my_seats(person))
    keys = {seat.pk for seat in mine}
    found = dates_of({seat.grouping_id for seat in mine}, at=at)
    return [each for each in found if not each.only or each.only & keys]


def dates_of(groupings: Iterable[int], *, at: datetime) -> list[Ends]:
    """Every date to come, or just past, of some groupings, the nearest first."""
    wanted, today = set(groupings), localtime(at).date()
    seats = list(
        Seat.objects.filter(grouping__in=wanted, state=Seat.State.MEMBER)
        .select_related("grouping", "company", "holder")
        .order_by("id")
    )
    found = [*_documents(wanted, seats, today), *_certificates(seats, today)]
    found += [*_delegations(seats, today), *_endings(wanted, seats, today)]
    unique = {(each.grouping.pk, each.key): each for each in found if each.on >= today - LATE}
    return sorted(unique.values(), key=lambda each: (each.on, each.grouping.pk, each.what))


def _documents(wanted: set[int], seats: list[Seat], today: date) -> Iterable[Ends]:
    """What the signed documents say: their own days, and until when each party is insured."""
    lang = language()
    by_key = {seat.public_id: seat for seat in seats}
    signed = Agreement.objects.filter(grouping__in=wanted, state__in=["signed", "paper"]).select_related("grouping")
    signed = signed.prefetch_related("between")
    ended = set(Ending.objects.filter(agreement__in=signed, seat=None).values_list("agreement", flat=True))
    for one in signed:
        if one.pk in ended or one.change not in ("", Agreement.Change.AMENDMENT):
            continue
        only = frozenset(each.seat_id for each in one.between.all())
        for name, variable in document_type(one.kind).variables.items():
            ends = variable.kind == "day" and "start" not in name  # what has begun needs no reminder
            when = as_date(one.answers.get(name)) if ends else None
            if when and when > (one.signed_on or today):
                yield Ends(
                    when, variable.label[lang], one.title, one.grouping, f"{one.public_id} {name} {when}", None,
                    one.public_id, (when - today).days, only,
                )  # fmt: skip
        for party in one.answers.get("members", ()):
            seat, until = by_key.get(party.get("id")), as_date(party.get("insured_until"))
            if seat and until:
                what = _("Assurance %(insurer)s") % {"insurer": party.get("insurer", "")}
                key = f"{address(seat)} insured {until}"
                yield _of_company(seat, until, what.strip(), key, today, "" if only else one.public_id)


def _certificates(seats: list[Seat], today: date) -> Iterable[Ends]:
    held = Certificate.objects.filter(company__in=[seat.company_id for seat in seats]).exclude(valid_to=None)
    for one in held:
        for seat in seats:
            if seat.company_id == one.company_id and one.valid_to:
                key = f"{address(seat)} {one.code} {one.valid_to}"
                yield _of_company(seat, one.valid_to, one.label, key, today)


def _delegations(seats: list[Seat], today: date) -> Iterable[Ends]:
    given = Delegation.objects.filter(company__in=[seat.company_id for seat in seats], revoked_at=None)
    for one in given.exclude(until=None).select_related("person"):
        for seat in seats:
            if seat.company_id == one.company_id and one.until:
                what = _("Délégation de signature de %(who)s") % {"who": one.person}
                yield _of_company(seat, one.until, what, f"{address(one)} {one.until}", today)


def _endings(wanted: set[int], seats: list[Seat], today: date) -> Iterable[Ends]:
    by_pk = {seat.pk: seat for seat in seats}
    found = Ending.objects.filter(agreement__grouping__in=wanted).select_related("agreement__grouping")
    found = found.prefetch_related("agreement__between")
    for one in found:
        document = one.agreement
        seat = by_pk.get(one.seat_id or 0)
        what = _("Fin de « %(title)s »") % {"title": document.title}
        whose = str(seat.company) if seat else _("toutes les parties")
        yield Ends(
            one.effect_on, what, whose, document.grouping, f"{address(one)} {one.effect_on}", seat, document.public_id,
            (one.effect_on - today).days, frozenset(each.seat_id for each in document.between.all()),
        )  # fmt: skip


def _of_company(seat: Seat, on: date, what: str, key: str, today: date, agreement: str = "") -> Ends:
    return Ends(on, what, str(seat.company), seat.grouping, key, seat, agreement, (on - today).days)


def due_alerts(*, at: datetime) -> dict[Grouping, list[tuple[Ends, int]]]:
    """The dates of each grouping that call for a letter now: (what ends, which of ALERT_DAYS), never told before."""
    living = Grouping.objects.exclude(stage=Grouping.Stage.CLOSED).values_list("pk", flat=True)
    told = set(Alert.objects.values_list("grouping", "what", "days"))
    due: dict[Grouping, list[tuple[Ends, int]]] = {}
    for each in dates_of(living, at=at):
        step = next((days for days in reversed(ALERT_DAYS) if each.days <= days), None)
        if step is None or each.days < -7:
            continue
        if not any((each.grouping.pk, each.key, days) in told for days in ALERT_DAYS if days <= step):
            due.setdefault(each.grouping, []).append((each, step))
    return due
