"""The books as the members see them: the trial balance, an entry, a member's statement, what is handed over."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import BigIntegerField, Case, Count, F, OuterRef, QuerySet, Subquery, Sum, When
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from cordee.engines import ledger as books
from cordee.ground.kit.refusals import NotYours
from cordee.ground.people.models import Person
from cordee.ground.register.models import Entry
from cordee.groupings.models import Seat
from cordee.groupings.reads import my_seats, seat_of
from cordee.money.models import Ledger, LedgerEntry, LedgerLine
from cordee.money.permissions import keeps_the_money

SHOWN = 50
"""The entries that a page shows; the exports carry all."""
ON_A_SCREEN = 200
"""The lines of a statement that one page shows."""


@dataclass(frozen=True, slots=True)
class AccountBalance:
    """One account in the trial balance, in cents."""

    number: str
    label: str
    debit: int
    credit: int

    @property
    def cents(self) -> int:
        return self.debit - self.credit


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """A ledger for one seat, in one accounting year."""

    ledger: Ledger
    seat: Seat
    year: int
    years: tuple[int, ...]
    balances: tuple[AccountBalance, ...]
    debit: int
    credit: int
    result: int  # positive: a surplus
    entries: tuple[LedgerEntry, ...]
    count: int
    members: tuple[tuple[Seat, int], ...]
    may_keep: bool
    next_year: int  # to be carried over; 0 when it cannot be yet


def year_of(ledger: Ledger, day: date) -> int:
    """The accounting year of a day: the calendar year in which it ends."""
    return day.year if day.month <= ledger.closing_month else day.year + 1


def closing_of(ledger: Ledger, year: int) -> date:
    """The last day of an accounting year."""
    following = date(year + ledger.closing_month // 12, ledger.closing_month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def ledger_of(person: Person, grouping: str, *, voice: str = "") -> tuple[Ledger | None, Seat]:
    """The books of a grouping, where it has some, reached through a seat; a stranger finds nothing."""
    seat = seat_of(person, grouping, voice=voice)
    return Ledger.objects.select_related("grouping").filter(grouping=seat.grouping_id).first(), seat


def entry_of(person: Person, public_id: str, *, voice: str = "") -> tuple[LedgerEntry, Seat]:
    """An entry, reached through a seat of its grouping."""
    entry = (
        LedgerEntry.objects.filter(posted=True)
        .select_related("ledger__grouping", "journal", "receipt", "reverses", "reversal", "posted_by")
        .filter(public_id=public_id)
        .first()
    )
    if entry is None:
        raise NotYours
    seats = [seat for seat in my_seats(person) if seat.grouping_id == entry.ledger.grouping_id]
    chosen = [seat for seat in seats if seat.public_id == voice] if voice else seats
    if not chosen:
        raise NotYours
    return entry, chosen[0]


def trial_balance_of(ledger: Ledger, year: int) -> tuple[AccountBalance, ...]:
    """Every account that moved in the year, with its totals, added up by the database."""
    return _balances(ledger, _sums(ledger, year, "account_id"))


def _sums(ledger: Ledger, year: int, *by: str) -> list[dict[str, Any]]:
    """Debits and credits of a year, by account, or by account and member."""
    return list(
        LedgerLine.objects.filter(entry__ledger=ledger, entry__year=year, entry__posted=True)
        .order_by()
        .values(*by)
        .annotate(
            debit=Sum(Case(When(cents__gt=0, then=F("cents")), default=0, output_field=BigIntegerField())),
            credit=Sum(Case(When(cents__lt=0, then=-F("cents")), default=0, output_field=BigIntegerField())),
        )
    )


def _balances(ledger: Ledger, sums: Iterable[dict[str, Any]]) -> tuple[AccountBalance, ...]:
    totals: dict[int, list[int]] = {}
    for row in sums:
        total = totals.setdefault(row["account_id"], [0, 0])
        total[0] += row["debit"]
        total[1] += row["credit"]
    accounts = ledger.accounts.filter(pk__in=totals).values_list("pk", "number", "label")
    return tuple(AccountBalance(number, label, *totals[pk]) for pk, number, label in accounts)


def ledger_page(ledger: Ledger, seat: Seat, *, year: int) -> LedgerPage:
    """The books of one year."""
    sums = _sums(ledger, year, "account_id", "seat_id")
    balances = _balances(ledger, sums)
    of_year = ledger.entries.filter(posted=True).filter(year=year)
    counted = ledger.entries.filter(posted=True).order_by().values_list("year").annotate(Count("pk"))
    years: dict[int, int] = dict(counted)
    return LedgerPage(
        ledger=ledger,
        seat=seat,
        year=year,
        years=tuple(sorted({*years, year}, reverse=True)),
        balances=balances,
        debit=sum(one.debit for one in balances),
        credit=sum(one.credit for one in balances),
        result=-sum(one.cents for one in balances if one.number[0] in "67"),
        entries=tuple(with_total(of_year).select_related("journal", "reversal").order_by("-number")[:SHOWN]),
        count=years.get(year, 0),
        members=_members(sums),
        may_keep=keeps_the_money(seat),
        next_year=_next_year(ledger, year, years),
    )


def _next_year(ledger: Ledger, year: int, years: Mapping[int, int]) -> int:
    closed = ledger.closed_until is not None and ledger.closed_until >= closing_of(ledger, year)
    carried = ledger.entries.filter(year=year + 1, journal__code="AN").exists() if closed else True
    return 0 if carried or year not in years else year + 1


def with_total(entries: QuerySet[LedgerEntry]) -> QuerySet[LedgerEntry]:
    """Entries with what they debit, as `total`; added up for those that are read alone."""
    debits = LedgerLine.objects.filter(entry=OuterRef("pk"), cents__gt=0).order_by().values("entry")
    found: QuerySet[LedgerEntry] = entries.annotate(total=Subquery(debits.annotate(sum=Sum("cents")).values("sum")))
    return found


def _members(sums: Iterable[dict[str, Any]]) -> tuple[tuple[Seat, int], ...]:
    totals: dict[int, int] = {}
    for row in sums:
        if row["seat_id"] is not None:
            totals[row["seat_id"]] = totals.get(row["seat_id"], 0) + row["debit"] - row["credit"]
    seats = Seat.objects.filter(pk__in=totals).select_related("company")
    return tuple((seat, totals[seat.pk]) for seat in seats)


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One line of a member's statement, with the balance after it. Units: cents, a debit above zero."""

    entry: str
    number: int
    day: date
    label: str
    account: str
    cents: int
    running: int

    @property
    def opposite(self) -> int:
        """What a credit shows."""
        return -self.cents


def statement_of(ledger: Ledger, member: Seat, *, year: int) -> tuple[StatementLine, ...]:
    """All lines of one member in a year, the balance after each: positive, the member owes."""
    accounts = {pk: f"{number} {label}" for pk, number, label in ledger.accounts.values_list("pk", "number", "label")}
    lines = (
        LedgerLine.objects.filter(seat=member, entry__ledger=ledger, entry__year=year, entry__posted=True)
        .order_by("entry__day", "entry__number", "id")
        .values_list("entry__public_id", "entry__number", "entry__day", "entry__label", "account_id", "cents")
    )
    told, running = [], 0
    for entry, number, day, label, account, cents in lines:
        running += cents
        told.append(StatementLine(entry, number, day, label, accounts[account], cents, running))
    return tuple(told)


@dataclass(frozen=True, slots=True)
class StatementPage:
    """A member's statement, a screen at a time, the latest first seen."""

    ledger: Ledger
    seat: Seat
    member: Seat
    year: int
    lines: tuple[StatementLine, ...]
    before: int  # the balance before the first line shown
    balance: int
    count: int
    page: int
    pages: int


def statement_page(ledger: Ledger, seat: Seat, member: Seat, *, year: int, page: int = 0) -> StatementPage:
    """One screen of a member's statement; page 0 is the last one."""
    every = statement_of(ledger, member, year=year)
    pages = max(1, -(-len(every) // ON_A_SCREEN))
    shown = page if 1 <= page <= pages else pages
    first = (shown - 1) * ON_A_SCREEN
    return StatementPage(
        ledger=ledger,
        seat=seat,
        member=member,
        year=year,
        lines=every[first : first + ON_A_SCREEN],
        before=every[first - 1].running if first else 0,
        balance=every[-1].running if every else 0,
        count=len(every),
        page=shown,
        pages=pages,
    )


def fec_of(ledger: Ledger, year: int) -> tuple[str, bytes]:
    """The FEC of a year: its name and its content."""
    data = books.write_fec(_entries(ledger, year), _chart(ledger))
    return books.fec_name(ledger.siren, closing_of(ledger, year)), data


def sheet_of(ledger: Ledger, year: int, *, at: datetime) -> tuple[str, bytes]:
    """The spreadsheet of a year."""
    balances = [books.Balance(one.number, one.debit, one.credit) for one in trial_balance_of(ledger, year)]
    data = books.write_sheet(ledger.name, balances, _entries(ledger, year), _chart(ledger), at)
    return f"livre-{ledger.siren}-{year}.xlsx", data


def archive_of(ledger: Ledger, year: int, *, at: datetime) -> tuple[str, bytes]:
    """The FEC, the spreadsheet and every receipt of a year, in one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (fec_of(ledger, year), sheet_of(ledger, year, at=at)):
            archive.writestr(name, data)
        kept = ledger.entries.filter(posted=True).filter(year=year, receipt__isnull=False)
        for entry in kept.select_related("receipt"):
            receipt = entry.receipt
            assert receipt is not None
            archive.writestr(f"justificatifs/{entry.number:06d}-{receipt.digest[:8]}.{receipt.kind}", receipt.read())
    return f"archive-{ledger.siren}-{year}.zip", out.getvalue()


def _entries(ledger: Ledger, year: int) -> Iterator[books.Entry]:
    lines = (
        LedgerLine.objects.filter(entry__ledger=ledger, entry__year=year, entry__posted=True)
        .select_related("entry__journal", "account", "seat__company")
        .order_by("entry__number", "id")
    )
    for _number, group in groupby(lines.iterator(chunk_size=2000), key=lambda line: line.entry_id):
        several = list(group)
        entry = several[0].entry
        yield books.Entry(
            journal=entry.journal.code,
            journal_label=entry.journal.label,
            number=entry.number,
            on=entry.day,
            piece=entry.piece,
            piece_on=entry.day,
            label=entry.label,
            posted_on=max(timezone.localtime(entry.posted_at).date(), entry.day),
            lines=tuple(
                books.Line(line.account.number, line.cents, line.seat.public_id if line.seat else "")
                for line in several
            ),
        )


def _chart(ledger: Ledger) -> books.Chart:
    seats = Seat.objects.filter(grouping=ledger.grouping_id).select_related("company")
    return books.Chart(
        dict(ledger.accounts.values_list("number", "label")), {seat.public_id: seat.company.name for seat in seats}
    )


def may_keep(seat: Seat) -> bool:
    """Whether this seat keeps the books."""
    return keeps_the_money(seat)


def entry_choices(ledger: Ledger) -> dict[str, Any]:
    """What the form of an entry offers: journals, accounts, members."""
    return {
        "journals": [(one.code, str(one)) for one in ledger.journals.all()],
        "accounts": [(one.number, str(one)) for one in ledger.accounts.all()],
        "seats": list(Seat.objects.filter(grouping=ledger.grouping_id).select_related("company")),
    }


def as_lines(written: Iterable[tuple[str, int, str]]) -> list[books.Line]:
    """The lines of a form, as the engine takes them."""
    return [books.Line(account, cents, member) for account, cents, member in written]


def entry_page(entry: LedgerEntry, seat: Seat) -> dict[str, Any]:
    """An entry with its lines, and what may still be done with it."""
    lines = list(entry.lines.select_related("account", "seat__company"))
    undone = LedgerEntry.objects.filter(reverses=entry).first()
    return {
        "entry": entry,
        "seat": seat,
        "lines": lines,
        "undone": undone,
        "may_reverse": keeps_the_money(seat) and undone is None and entry.reverses_id is None,
    }


def _entry(template: str) -> Callable[[Entry], str]:
    return lambda entry: _(template) % {"who": "%(who)s", "number": entry.facts["number"]}


LEDGER_SENTENCES: Mapping[str, str | Promise | Callable[[Entry], str]] = {
    "money.ledger.opened": gettext_lazy("%(who)s a ouvert les livres de la personne morale"),
    "money.entry.posted": _entry(gettext_noop("%(who)s a passé l’écriture n° %(number)s")),
    "money.entry.reversed": _entry(gettext_noop("%(who)s a contre-passé l’écriture n° %(number)s")),
    "money.period.closed": gettext_lazy("%(who)s a clos une période comptable"),
    "money.accounts.loaded": gettext_lazy("%(who)s a chargé un plan de comptes"),
    "money.balance.taken": gettext_lazy("%(who)s a repris la balance d’un autre logiciel"),
    "money.year.opened": gettext_lazy("%(who)s a repris les à-nouveaux d’un exercice"),
}
"""What a book says of the acts of a ledger."""
