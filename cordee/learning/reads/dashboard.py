"""The dashboard of a grouping: what it brought, how it lives, what each gives and gets. Every figure with its meaning.

Holds   a fixed number of queries, however many votes, costs and companies there are; a figure that nothing measures
        yet says so, and is never zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, DateField, F, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Cast, Concat
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.delivery.models import ClientVerdict, Deliverable, MemberVerdict
from cordee.engines.learning import Sheet, as_pdf, as_spreadsheet, quarter_of
from cordee.engines.units import MemberId
from cordee.governance.models import Attendance, FollowUp, Voter
from cordee.ground.kit.money import euros
from cordee.ground.kit.templatetags.cordee import day
from cordee.ground.kit.words import language
from cordee.groupings.models import Seat
from cordee.groupings.reads import Membership, seats_with_offices
from cordee.money.models import CostPool, Nature, PoolLine, PoolShare, Transfer
from cordee.money.reads import accounts_of
from cordee.offers.models import Bid

QUARTERS = 6
Carried = tuple[int, date | None, datetime | None]
"""The seat in charge of a decision, its day, when it was done."""
Shown = tuple[str, date, datetime | None]
"""Something for a client: its state, the day it was expected, when it was shown."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what it says, in words; what it means; and whether it is good news."""

    slug: str
    label: str
    value: str
    meaning: str
    note: str = ""
    icon: str = "chart-bar"

    @property
    def known(self) -> bool:
        """Whether something measures it yet."""
        return self.value != _unknown()


@dataclass(slots=True)
class Given:
    """What one company gave and got."""

    seat: Seat
    paid: int = 0  # cents advanced for all
    owes: int = 0  # cents of common costs it bears
    alone: int = 0  # cents these would have cost it on its own
    compared: int = 0  # cents it bears in the pools where the cost alone is known
    time: int = 0  # cents of time and goods given
    votes: int = 0
    asked: int = 0
    present: int = 0
    called: int = 0
    done: int = 0
    offices: int = 0
    wins: int = 0

    @property
    def saved(self) -> int | None:
        return self.alone - self.compared if self.alone else None

    @property
    def part(self) -> int | None:
        """Of the votes it was asked for, in percent."""
        return 100 * self.votes // self.asked if self.asked else None


@dataclass(slots=True)
class Quarter:
    """One quarter: what was decided, who took part, what was spent in common."""

    name: str
    decisions: int = 0
    votes: int = 0
    asked: int = 0
    cents: int = 0

    @property
    def part(self) -> int | None:
        return 100 * self.votes // self.asked if self.asked else None


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Everything that the page, the paper and the spreadsheet show."""

    me: Membership
    at: datetime
    figures: list[Figure]
    given: list[Given]
    quarters: list[Quarter]


@dataclass(slots=True)
class _Counts:
    """What the queries add up to."""

    given: dict[int, Given]
    quarters: dict[str, Quarter]
    total: int = 0
    due: int = 0
    late_due: int = 0
    decided: set[int] = field(default_factory=set)


def dashboard(me: Membership, *, at: datetime) -> Dashboard:
    """Read everything once, and count."""
    seats = [seat for seat in seats_with_offices(me.grouping) if seat.state == Seat.State.MEMBER]
    counts = _Counts({seat.pk: Given(seat, offices=len(seat.offices.all())) for seat in seats}, _quarters(at))
    _count_votes(me, counts)
    _count_money(me, counts)
    followed, shown, verdicts = _carried_out(me)
    for owner, _day, done_at in followed:
        if owner in counts.given and done_at:
            counts.given[owner].done += 1
    sheet = Attendance.objects.filter(meeting__grouping=me.grouping, meeting__state="held")
    for seat, state in sheet.values_list("seat", "state"):
        if seat in counts.given:
            counts.given[seat].called += 1
            counts.given[seat].present += state in (Attendance.State.PRESENT, Attendance.State.REPRESENTED)
    bids: dict[int, tuple[str, int | None]] = {}
    rows = Bid.objects.filter(grouping=me.grouping).order_by("pk")
    for bid, state, cents, seat, left_at in rows.values_list(
        "pk", "state", "total_cents", "members__seat", "members__left_at"
    ):
        bids[bid] = (state, cents)
        if state == Bid.State.WON and seat in counts.given and left_at is None:
            counts.given[seat].wins += 1
    today = localtime(at).date()
    figures = [
        _won(list(bids.values())),
        _saved(counts),
        _taking_part(counts),
        _decided(counts, followed),
        _on_time(followed, today),
        _delivered(shown, today),
        _clients_say(verdicts),
        _members_say(verdicts),
        _due(counts),
    ]
    figures.sort(key=lambda one: not one.known)  # what is measured comes first
    return Dashboard(me, at, figures, list(counts.given.values()), _lived(list(counts.quarters.values())))


def _lived(quarters: list[Quarter]) -> list[Quarter]:
    """Without the quarters before anything happened; two at least, to compare."""
    first = next((place for place, one in enumerate(quarters) if one.asked or one.cents), 0)
    return quarters[min(first, len(quarters) - 2) :]


def _quarters(at: datetime) -> dict[str, Quarter]:
    today = localtime(at).date()
    months = [today.year * 12 + today.month - 1 - 3 * back for back in range(QUARTERS - 1, -1, -1)]
    names = [quarter_of(date(each // 12, each % 12 + 1, 1)) for each in months]
    return {name: Quarter(name) for name in names}


def _count_votes(me: Membership, counts: _Counts) -> None:
    """Who was asked and who answered, among votes that are closed; a voice given to another counts as taking part."""
    rows = Voter.objects.filter(ballot__grouping=me.grouping, ballot__closed_at__isnull=False, withdrawn_at=None)
    columns = ("seat", "choice", "proxy_to", "ballot", "ballot__outcome", "ballot__closed_at")
    for seat, choice, proxy, ballot, outcome, closed_at in rows.values_list(*columns):
        took_part = bool(choice or proxy)
        quarter = counts.quarters.get(quarter_of(localtime(closed_at).date()))
        if seat in counts.given:
            counts.given[seat].asked += 1
            counts.given[seat].votes += took_part
        if quarter:
            quarter.asked += 1
            quarter.votes += took_part
        if outcome in ("adopted", "elected") and ballot not in counts.decided:
            counts.decided.add(ballot)
            if quarter:
                quarter.decisions += 1


def _count_money(me: Membership, counts: _Counts) -> None:
    """Every pool by its keys, as its own page does; costs of a quarter by the day they were written."""
    unpaid = Transfer.objects.filter(pool=OuterRef("pool"), received_at=None).order_by().values("pool")
    due = Subquery(unpaid.annotate(all=Sum("cents")).values("all"))
    pools: dict[int, CostPool] = {}
    shares: dict[int, list[PoolShare]] = {}
    found: Any = PoolShare.objects.filter(pool__grouping=me.grouping).select_related("seat", "pool").annotate(due=due)
    for share in found.order_by("pool", "id"):
        if share.pool_id not in pools:
            counts.due += share.due or 0
        pools[share.pool_id] = share.pool
        shares.setdefault(share.pool_id, []).append(share)
    lines: dict[int, list[PoolLine]] = {key: [] for key in pools}
    rows = PoolLine.objects.filter(pool__in=pools, struck_at=None, state=PoolLine.State.POSTED)
    for line in rows.select_related("paid_by", "key").order_by(F("posted_at").asc(nulls_last=True), "id"):
        lines[line.pool_id].append(line)
        if line.nature != Nature.ADVANCE:
            counts.total += line.cents
            quarter = counts.quarters.get(quarter_of(localtime(line.added_at).date()))
            if quarter:
                quarter.cents += line.cents
        if line.nature == Nature.IN_KIND and line.paid_by_id in counts.given:
            counts.given[line.paid_by_id].time += line.cents
    for key, pool in pools.items():
        accounts = accounts_of(pool, lines[key], [share.seat.public_id for share in shares[key]])
        standing, settled = accounts.accounts, bool(accounts.lines) and not accounts.waiting
        for share in shares[key]:
            account, given = standing[MemberId(share.seat.public_id)], counts.given.get(share.seat_id)
            if given is None:
                continue
            given.paid += account.paid
            given.owes += account.owes
            if share.alone_cents is not None and settled:  # a cost that no key shares yet saves nothing
                given.alone += share.alone_cents
                given.compared += account.owes


def _unknown() -> str:
    return _("pas encore mesuré")


def _won(bids: Sequence[tuple[str, int | None]]) -> Figure:
    won = [cents for state, cents in bids if state == Bid.State.WON]
    answered = sum(1 for state, _cents in bids if state in (Bid.State.WON, Bid.State.LOST))
    known = [cents for cents in won if cents is not None]
    note = _("%(won)s sur %(all)s réponses connues") % {"won": len(won), "all": answered} if answered else ""
    value = euros(sum(known)) if known else str(len(won)) if won else _unknown()
    return Figure("won", _("Gagné ensemble"), value, _("Total hors taxes des offres communes gagnées."), note, "award")


def _saved(counts: _Counts) -> Figure:
    found = [one for one in counts.given.values() if one.saved is not None]
    saved = sum(one.saved or 0 for one in found)
    meaning = _("Ce que chacun aurait payé seul, d’après lui, moins sa part : seulement où le coût seul est connu.")
    return Figure("saved", _("Économisé ensemble"), euros(saved) if found else _unknown(), meaning, "", "coins")


def _taking_part(counts: _Counts) -> Figure:
    asked = sum(one.asked for one in counts.given.values())
    votes = sum(one.votes for one in counts.given.values())
    value = _("%(percent)s %%") % {"percent": 100 * votes // asked} if asked else _unknown()
    called = sum(one.called for one in counts.given.values())
    present = sum(one.present for one in counts.given.values())
    note = _("présents aux réunions : %(here)s sur %(all)s") % {"here": present, "all": called} if called else ""
    meaning = _("Voix exprimées ou confiées, sur les voix attendues, votes clos.")
    return Figure("part", _("Participation"), value, meaning, note, "users")


def _decided(counts: _Counts, followed: Sequence[Carried]) -> Figure:
    done = sum(1 for _owner, _due, at in followed if at)
    note = _("%(done)s faites sur %(all)s suivies") % {"done": done, "all": len(followed)} if followed else ""
    value = str(len(counts.decided)) if counts.decided else _unknown()
    return Figure("decided", _("Décisions prises"), value, _("Votes clos, adoptés."), note, "gavel")


def _on_time(followed: Sequence[Carried], today: date) -> Figure:
    over = [(due, at) for _owner, due, at in followed if due and (at or due < today)]
    kept = sum(1 for due, at in over if at and localtime(at).date() <= due)
    value = _("%(percent)s %%") % {"percent": 100 * kept // len(over)} if over else _unknown()
    note = _("%(kept)s sur %(all)s") % {"kept": kept, "all": len(over)} if over else ""
    meaning = _("Actions décidées et finies à leur date, sur celles dont la date est passée ou qui sont finies.")
    return Figure("time", _("Décisions menées à l’heure"), value, meaning, note, "clock")


def _carried_out(me: Membership) -> tuple[list[Carried], list[Shown], list[tuple[str, str]]]:
    """The decisions that somebody carries out, what was to be shown to clients, what both said afterwards: one query.

    A verdict is who gave it (« client », « member ») and the answers.
    """
    follow = FollowUp.objects.filter(grouping=me.grouping).order_by()
    asked = Deliverable.objects.filter(delivery__grouping=me.grouping, expected_on__isnull=False).order_by()
    clients = ClientVerdict.objects.filter(delivery__grouping=me.grouping).order_by()
    members = MemberVerdict.objects.filter(delivery__grouping=me.grouping).order_by()
    columns = ("w_state", "w_seat", "w_due", "w_at")
    nobody, never = Cast(Value(None), BigIntegerField()), Cast(Value(None), DateField())
    first = follow.annotate(w_state=Value(""), w_seat=F("owner"), w_due=F("due_on"), w_at=F("done_at"))
    others = (
        asked.annotate(w_state=F("state"), w_seat=nobody, w_due=F("expected_on"), w_at=F("shown_at")),
        clients.annotate(
            w_state=Concat(Value("client:"), "simpler", Value(" "), "on_time", Value(" "), "again"),
            w_seat=nobody, w_due=never, w_at=F("at"),
        ),
        members.annotate(w_state=Concat(Value("member:"), "answer"), w_seat=F("seat"), w_due=never, w_at=F("at")),
    )  # fmt: skip
    every = [one.values_list(*columns) for one in others]
    rows = list(first.values_list(*columns).union(*every, all=True))
    said = [state.partition(":")[::2] for state, _seat, due, _at in rows if due is None and ":" in state]
    return (
        [(seat, due, at) for state, seat, due, at in rows if not state],
        [(state, due, at) for state, _seat, due, at in rows if state and due is not None],
        said,
    )


def _clients_say(verdicts: Sequence[tuple[str, str]]) -> Figure:
    """The three questions that clients answer once it is over."""
    said = [answers.split() for who, answers in verdicts if who == "client"]
    yes = [sum(1 for each in said if each[place] == ClientVerdict.Answer.YES) for place in range(3)]
    words = {"simpler": yes[0], "on_time": yes[1], "all": len(said)}
    note = _("plus simple : %(simpler)s, à l’heure : %(on_time)s, sur %(all)s") % words if said else ""
    value = _("%(yes)s sur %(all)s") % {"yes": yes[2], "all": len(said)} if said else _unknown()
    meaning = _("Clients qui le referaient, parmi ceux qui ont répondu aux trois questions de la fin.")
    return Figure("again", _("Clients prêts à recommencer"), value, meaning, note, "thumb-up")


def _members_say(verdicts: Sequence[tuple[str, str]]) -> Figure:
    """« Cela a-t-il marché ? », asked of each company once a delivery is over."""
    said = [answer for who, answer in verdicts if who == "member"]
    waiting = said.count(MemberVerdict.Answer.NOT_YET)
    words = {"yes": said.count(MemberVerdict.Answer.YES), "all": len(said)}
    note = _("pas encore : %(count)s, la question leur revient") % {"count": waiting} if waiting else ""
    value = _("%(yes)s sur %(all)s") % words if said else _unknown()
    meaning = _("Entreprises pour qui le chantier a marché, parmi celles qui l’ont dit une fois terminé.")
    return Figure("worked", _("Cela a marché"), value, meaning, note, "checks")


def _delivered(shown: Sequence[Shown], today: date) -> Figure:
    """The client's own answers: what was shown by its day and accepted, of what was due or is accepted."""
    over = kept = 0
    for state, expected, shown_at in shown:
        accepted = state in (Deliverable.State.ACCEPTED, Deliverable.State.RESERVED)
        over += accepted or expected < today
        kept += accepted and shown_at is not None and localtime(shown_at).date() <= expected
    value = _("%(percent)s %%") % {"percent": 100 * kept // over} if over else _unknown()
    note = _("%(kept)s sur %(all)s") % {"kept": kept, "all": over} if over else ""
    meaning = _("Montré au client à sa date et validé par lui, sur ce qui est validé ou dont la date est passée.")
    return Figure("delivered", _("Livré à l’heure"), value, meaning, note, "truck")


def _due(counts: _Counts) -> Figure:
    meaning = _("Paiements entre membres que les deux côtés n’ont pas encore confirmés.")
    return Figure("due", _("Argent dû"), euros(counts.due), meaning, "", "wallet")


# --- On paper and in a spreadsheet ---


def sheets_of(found: Dashboard) -> list[Sheet]:
    """The same figures as tables; in the spreadsheet amounts stay in euros that one can add up."""
    given = _("Donné : avances pour tous, temps et apports, rôles, voix. Reçu : économie, marchés gagnés.")
    return [
        Sheet(
            _("Chiffres"),
            "",
            (_("Chiffre"), _("Valeur"), _("Détail"), _("Définition")),
            tuple((one.label, one.value, one.note, one.meaning) for one in found.figures),
        ),
        Sheet(
            _("Donné et reçu"),
            given,
            (_("Entreprise"), _("Avancé, €"), _("Sa part, €"), _("Temps et apports, €"), _("Économisé, €"),
             _("Voix"), _("Actions faites"), _("Marchés gagnés")),
            tuple(
                (str(one.seat), one.paid / 100, one.owes / 100, one.time / 100,
                 None if one.saved is None else one.saved / 100, f"{one.votes}/{one.asked}", one.done, one.wins)
                for one in found.given
            ),
        ),
        Sheet(
            _("Trimestres"),
            _("Décisions adoptées, participation aux votes, dépenses communes écrites dans le trimestre."),
            (_("Trimestre"), _("Décisions"), _("Participation, %"), _("Dépenses communes, €")),
            tuple((one.name, one.decisions, one.part, one.cents / 100) for one in found.quarters),
        ),
    ]  # fmt: skip


def pdf_of(found: Dashboard) -> bytes:
    """The dashboard on paper."""
    title = _("Tableau de bord – %(name)s") % {"name": found.me.grouping.name}
    return as_pdf(title, day(found.at), sheets_of(found), at=found.at, lang=language())


def workbook_of(found: Dashboard) -> bytes:
    """The dashboard as a spreadsheet."""
    return as_spreadsheet(found.me.grouping.name, sheets_of(found), at=found.at)
