"""Keeping the books of an entity: open them, post, reverse, close a period, take over the balance of another tool."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Max
from django.utils.translation import gettext as _
from stdnum.fr import siren as siren_number

from cordee.engines import ledger as books
from cordee.ground.files.acts import keep
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.kit.words import language
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import By, act, address
from cordee.groupings.acts.at_the_table import acting_seat, living
from cordee.groupings.models import Grouping, Seat
from cordee.money import permissions
from cordee.money.models import Journal, Ledger, LedgerAccount, LedgerEntry, LedgerLine
from cordee.money.reads.ledger import trial_balance_of, year_of

JOURNALS = (("AC", "Achats"), ("AN", "À nouveau"), ("BQ", "Banque"), ("OD", "Opérations diverses"), ("VE", "Ventes"))


class EntryRefused(Refusal):
    """The entry does not balance, or names what does not exist."""


class BadChart(Refusal):
    """The file is no chart of accounts."""


class PeriodClosed(Refusal):
    """Nothing is posted any more up to this day."""


class AlreadyReversed(Refusal):
    """An entry is reversed once."""


def open_ledger(
    grouping: Grouping, *, form: str, name: str, siren: str, closing_month: int = 12, by: Actor, at: datetime
) -> Ledger:
    """Open the books of the entity that a grouping has founded, with the usual accounts and journals.

    Allowed       the treasurer or the coordinator.
    Refused when  the books are open already; the SIREN is wrong; the grouping is closed.
    Tells         money.ledger.opened: legal form, closing month.
    """
    with act("money.ledger.opened", book=grouping.book, by=by, at=at) as facts:
        seat = _keeper(living(grouping), by)
        if Ledger.objects.filter(grouping=grouping).exists():
            raise Refusal(_("Les livres de ce groupement sont déjà ouverts."))
        if not siren_number.is_valid(siren):
            raise Refusal(
                _("« %(siren)s » n’est pas un SIREN.") % {"siren": siren},
                why=_("Sans immatriculation, il n’y a pas de personne morale, donc pas de livres : %(what)s.")
                % {"what": _("les comptes entre membres suffisent")},
            )
        ledger = Ledger.objects.create(
            grouping=grouping,
            form=Ledger.Form(form),
            name=name,
            siren=siren_number.compact(siren),
            closing_month=closing_month,
            opened_by=seat,
            opened_at=at,
        )
        LedgerAccount.objects.bulk_create(
            [
                LedgerAccount(ledger=ledger, number=number, label=label)
                for number, label in books.usual_accounts().items()
            ]
        )
        Journal.objects.bulk_create([Journal(ledger=ledger, code=code, label=label) for code, label in JOURNALS])
        facts.on = address(ledger)
        facts |= {"form": ledger.form, "closing_month": closing_month}
    return ledger


def post_entry(
    ledger: Ledger,
    *,
    journal: str,
    day: date,
    piece: str,
    label: str,
    lines: Sequence[books.Line],
    receipt: UploadedFile | None = None,
    by: Actor,
    at: datetime,
) -> LedgerEntry:
    """Post an entry: it gets the next number of its year and never changes again.

    Allowed       the treasurer or the coordinator.
    Refused when  the lines do not balance; an account, a journal or a member is unknown; the period is closed.
    Tells         money.entry.posted: journal, number, day, total, digest of the receipt.
    """
    with act("money.entry.posted", book=ledger.grouping.book, by=by, at=at) as facts:
        _keeper(ledger.grouping, by)
        kept = keep(receipt, book=ledger.grouping.book, by=by.person, at=at) if receipt else None
        entry = _post(
            ledger, journal=journal, day=day, piece=piece, label=label, lines=lines, by=by, at=at, receipt=kept
        )
        facts.on = address(entry)
        facts |= _told(entry, lines)
        facts["receipt"] = kept.digest if kept else ""
    return entry


def reverse_entry(entry: LedgerEntry, *, day: date, why: str, by: Actor, at: datetime) -> LedgerEntry:
    """Undo an entry by a new one with the opposite amounts; both stay readable.

    Allowed       the treasurer or the coordinator.
    Refused when  it is reversed already, it is itself a reversal, or the period of the new day is closed.
    Tells         money.entry.reversed: the number of the entry, the number of its reversal.
    """
    with act("money.entry.reversed", book=entry.ledger.grouping.book, by=by, at=at, on=entry) as facts:
        _keeper(entry.ledger.grouping, by)
        fresh = LedgerEntry.objects.select_for_update().select_related("journal").get(pk=entry.pk)
        if fresh.reverses_id or LedgerEntry.objects.filter(reverses=fresh).exists():
            raise AlreadyReversed(_("Cette écriture est déjà contre-passée."), do=_("Passez une nouvelle écriture."))
        lines = [
            books.Line(line.account.number, line.cents, line.seat.public_id if line.seat else "")
            for line in fresh.lines.select_related("account", "seat")
        ]
        made = _post(
            entry.ledger,
            journal=fresh.journal.code,
            day=day,
            piece=fresh.piece,
            label=f"{why} – {fresh.label}"[:160],
            lines=books.reverse(lines),
            by=by,
            at=at,
            reverses=fresh,
        )
        facts |= {"number": fresh.number, "reversal": made.number, "year": made.year}
    return made


def close_period(ledger: Ledger, *, until: date, by: Actor, at: datetime) -> Ledger:
    """Close the books up to a day: nothing is posted there any more, by anybody.

    Allowed       the treasurer or the coordinator.
    Refused when  the day is not after what is closed already, or is in the future.
    Tells         money.period.closed: the day.
    """
    with act("money.period.closed", book=ledger.grouping.book, by=by, at=at, on=ledger) as facts:
        _keeper(ledger.grouping, by)
        fresh = Ledger.objects.select_for_update().get(pk=ledger.pk)
        if fresh.closed_until and until <= fresh.closed_until:
            raise PeriodClosed(_("Cette période est déjà close."), do=_("Choisissez une date plus tardive."))
        if until > at.date():
            raise Refusal(_("On ne clôt pas une période à venir."))
        fresh.closed_until = until
        fresh.save(update_fields=["closed_until"])
        facts["until"] = until.isoformat()
    return fresh


def take_balance(ledger: Ledger, *, data: bytes, day: date, by: Actor, at: datetime) -> LedgerEntry:
    """Open the ledger with the balance of another tool: a CSV of accounts, debits and credits.

    Allowed       the treasurer or the coordinator.
    Refused when  the file is no balance, or does not balance; the period is closed.
    Tells         money.balance.taken: how many accounts, the total.
    """
    with act("money.balance.taken", book=ledger.grouping.book, by=by, at=at) as facts:
        _keeper(ledger.grouping, by)
        try:
            found = books.read_balance(data)
        except books.NotABalance as wrong:
            raise Refusal(wrong.say(language())) from None
        known = set(ledger.accounts.values_list("number", flat=True))
        numbers = {books.padded(one.account): label for one, label in found}
        LedgerAccount.objects.bulk_create(
            [
                LedgerAccount(ledger=ledger, number=number, label=label or books.usual_accounts().get(number, number))
                for number, label in numbers.items()
                if number not in known
            ]
        )
        lines = [books.Line(books.padded(one.account), one.cents) for one, _label in found]
        entry = _post(
            ledger, journal="AN", day=day, piece="AN", label=_("Reprise de la balance"), lines=lines, by=by, at=at
        )
        facts.on = address(entry)
        facts |= {"accounts": len(found), "cents": sum(one.debit for one, _label in found)}
    return entry


def load_accounts(ledger: Ledger, *, data: bytes, by: By, at: datetime) -> dict[str, int]:
    """Load a chart of accounts: accounts are added, renamed while nothing is posted on them, never removed.

    Allowed       the treasurer or the coordinator; Cordée itself, for who keeps the server.
    Refused when  a line of the file is no account: each is named with its field, and nothing is loaded.
    Tells         money.accounts.loaded: how many were added, renamed, kept.
    """
    with act("money.accounts.loaded", book=ledger.grouping.book, by=by, at=at, on=ledger) as facts:
        if isinstance(by, Actor):
            _keeper(ledger.grouping, by)
        try:
            wanted = books.read_chart(data)
        except books.NotAChart as wrong:
            raise BadChart(wrong.say(language())) from None
        known = {one.number: one for one in ledger.accounts.all()}
        used = set(LedgerLine.objects.filter(account__ledger=ledger).values_list("account", flat=True))
        added = [
            LedgerAccount(ledger=ledger, number=number, label=label)
            for number, label in wanted.items()
            if number not in known
        ]
        renamed = []
        for number, label in wanted.items():
            one = known.get(number)
            if one and one.label != label and one.pk not in used:
                one.label = label
                renamed.append(one)
        LedgerAccount.objects.bulk_create(added)
        LedgerAccount.objects.bulk_update(renamed, ["label"], batch_size=200)
        counts = {"added": len(added), "renamed": len(renamed), "kept": len(wanted) - len(added) - len(renamed)}
        facts |= counts
    return counts


def open_year(ledger: Ledger, *, year: int, by: Actor, at: datetime) -> LedgerEntry:
    """Carry the balances of a closed year over to the next: one opening entry, the result in its own account.

    Allowed       the treasurer or the coordinator.
    Refused when  the year before is not closed, or it was carried over already; there is nothing to carry.
    Tells         money.year.opened: the year, the number of accounts.
    """
    with act("money.year.opened", book=ledger.grouping.book, by=by, at=at) as facts:
        _keeper(ledger.grouping, by)
        fresh = Ledger.objects.select_for_update().get(pk=ledger.pk)
        first = date(year - 1, fresh.closing_month, 28).replace(day=1)
        start = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        if fresh.closed_until is None or (start - fresh.closed_until).days > 1:
            raise Refusal(_("L’exercice précédent n’est pas clos."), do=_("Fermez d’abord sa période."))
        if fresh.entries.filter(year=year, journal__code="AN").exists():
            raise Refusal(_("Cet exercice a déjà ses à-nouveaux."))
        balances = [books.Balance(one.number, one.debit, one.credit) for one in trial_balance_of(fresh, year - 1)]
        lines = books.opening_lines(balances, profit="120000", loss="129000")
        if not lines:
            raise Refusal(_("Il n’y a rien à reprendre de l’exercice précédent."))
        entry = _post(fresh, journal="AN", day=start, piece="AN", label=_("À-nouveaux"), lines=lines, by=by, at=at)
        facts.on = address(entry)
        facts |= {"year": year, "accounts": len(lines)}
    return entry


def _keeper(grouping: Grouping, by: Actor) -> Seat:
    """The acting seat, where it keeps the money."""
    seat = acting_seat(grouping, by)
    if not permissions.keeps_the_money(seat):
        raise NotAllowed(_("Seule la trésorerie, ou le mandataire, tient les livres."))
    return seat


def _post(
    ledger: Ledger,
    *,
    journal: str,
    day: date,
    piece: str,
    label: str,
    lines: Sequence[books.Line],
    by: Actor,
    at: datetime,
    **more: object,
) -> LedgerEntry:
    """Write the lines, then post: the database checks both. The book of the grouping is locked, so numbers follow."""
    fresh = Ledger.objects.select_for_update().get(pk=ledger.pk)
    if fresh.closed_until and day <= fresh.closed_until:
        raise PeriodClosed(
            _("La période est close jusqu’au %(day)s.") % {"day": fresh.closed_until.strftime("%d/%m/%Y")},
            do=_("Datez l’écriture après ce jour."),
        )
    try:
        checked = books.balanced(lines)
    except books.Unbooked as wrong:
        raise EntryRefused(wrong.say(language())) from None
    accounts = {one.number: one for one in fresh.accounts.filter(number__in={line.account for line in checked})}
    seats = {seat.public_id: seat for seat in Seat.objects.filter(grouping=fresh.grouping_id)}
    missing = [line.account for line in checked if line.account not in accounts]
    missing += [line.member for line in checked if line.member and line.member not in seats]
    written = fresh.journals.filter(code=journal).first()
    if missing or written is None:
        raise EntryRefused(_("Inconnu de ce livre : %(what)s.") % {"what": ", ".join(missing) or journal})
    year = year_of(fresh, day)
    last = fresh.entries.filter(year=year).aggregate(last=Max("number"))["last"] or 0
    entry = LedgerEntry.objects.create(
        ledger=fresh,
        journal=written,
        year=year,
        number=last + 1,
        day=day,
        piece=piece,
        label=label,
        posted_at=at,
        posted_by=by.person,
        **more,
    )
    LedgerLine.objects.bulk_create(
        [
            LedgerLine(
                entry=entry,
                account=accounts[line.account],
                cents=line.cents,
                seat=seats[line.member] if line.member else None,
            )
            for line in checked
        ]
    )
    LedgerEntry.objects.filter(pk=entry.pk).update(posted=True)
    entry.posted = True
    return entry


def _told(entry: LedgerEntry, lines: Sequence[books.Line]) -> dict[str, object]:
    return {
        "journal": entry.journal.code,
        "year": entry.year,
        "number": entry.number,
        "day": entry.day.isoformat(),
        "cents": sum(line.cents for line in lines if line.cents > 0),
    }
