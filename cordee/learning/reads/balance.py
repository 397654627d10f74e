"""My balance of autonomy and belonging: what my company gives to its groupings and how much it depends on them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.db.models import Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cordee.agreements.models import Agreement
from cordee.directory.models import Company
from cordee.governance.models import Attendance, FollowUp, Voter
from cordee.groupings.models import Seat
from cordee.learning.models import PeerSeat, PeerSession
from cordee.money.models import Invoice, Nature, PoolLine

YEAR = timedelta(days=365)
MUCH, TOO_MUCH = 30, 50
"""Percent of the turnover: from the first on one looks closer, from the second on one depends. A rule of thumb."""
Tone = Literal["ok", "warn", "bad", ""]


@dataclass(frozen=True, slots=True)
class Weighed:
    """One line of the balance: what is measured, its figure, what it means, how it leans."""

    label: str
    value: str
    meaning: str
    tone: Tone = ""
    share: int = 0  # of a bar of 100, where it is a share


@dataclass(frozen=True, slots=True)
class PerGrouping:
    """What one grouping weighs for my company in a year."""

    name: str
    public_id: str
    cents: int
    percent: int | None

    @property
    def part(self) -> str:
        """Its share, in words."""
        return _percent(self.percent, self.cents)


@dataclass(frozen=True, slots=True)
class Balance:
    """The two sides, and each grouping's weight."""

    company: Company
    autonomy: list[Weighed]
    belonging: list[Weighed]
    groupings: list[PerGrouping]


def balance(company: Company, *, at: datetime) -> Balance:
    """The balance of one company over the last twelve months; only its own people read it."""
    seats = list(Seat.objects.filter(company=company, state=Seat.State.MEMBER).select_related("grouping"))
    since = at - YEAR
    invoices = Invoice.objects.filter(seller=company, state=Invoice.State.ISSUED, issued_on__gte=since.date())
    sold = dict(invoices.values_list("grouping").annotate(cents=Sum("net_cents")))
    turnover = company.turnover_cents
    weights = [
        PerGrouping(
            seat.grouping.name, seat.grouping.public_id, sold.get(seat.grouping_id, 0),
            100 * sold.get(seat.grouping_id, 0) // turnover if turnover else None,
        )
        for seat in seats
    ]  # fmt: skip
    heaviest = max((one.percent or 0 for one in weights), default=0)
    total = sum(sold.values())
    share = 100 * total // turnover if turnover else None
    autonomy = [
        Weighed(
            _("Part du chiffre d’affaires faite avec vos groupements"),
            _percent(share, total),
            _("Vos factures émises ici depuis un an, sur le chiffre d’affaires de votre fiche.")
            if share is not None
            else _("Écrivez votre chiffre d’affaires sur votre fiche : la part se calculera."),
            _tone(share),
            min(share or 0, 100),
        ),
        Weighed(
            _("Dépendance au plus gros"),
            _percent(heaviest if turnover else None, total),
            _("La part du groupement qui pèse le plus. Au-delà de 30 %, regardez-y de plus près."),
            _tone(heaviest if turnover else None),
            min(heaviest, 100),
        ),
        _exclusive(seats),
        _notice(seats),
    ]
    return Balance(company, autonomy, _belonging(company, seats, since), weights)


def _percent(percent: int | None, cents: int) -> str:
    """A share in words: unknown, under one percent, or its figure."""
    if percent is None:
        return _("à confirmer")
    if percent == 0 and cents > 0:
        return _("moins de 1 %%") % {}
    return _("%(percent)s %%") % {"percent": percent}


def _tone(percent: int | None) -> Tone:
    if percent is None:
        return ""
    return "bad" if percent >= TOO_MUCH else "warn" if percent >= MUCH else "ok"


def _exclusive(seats: list[Seat]) -> Weighed:
    """The signed documents in which one promised to be exclusive."""
    signed = Agreement.objects.filter(grouping__in=[seat.grouping_id for seat in seats], state__in=["signed", "paper"])
    bound = [
        one.title for one in signed if any("exclusiv" in name and value is True for name, value in one.answers.items())
    ]
    return Weighed(
        _("Exclusivités"),
        str(len(bound)),
        ", ".join(bound) if bound else _("Aucun document signé ne vous réserve à quelqu’un."),
        "warn" if bound else "ok",
    )


def _notice(seats: list[Seat]) -> Weighed:
    months = max((seat.grouping.notice_months for seat in seats if seat.grouping.stage == "committed"), default=0)
    value = _("%(months)s mois") % {"months": months} if months else _("aucun préavis")
    return Weighed(_("Pour partir"), value, _("Le plus long préavis de vos groupements engagés."), "ok")


def _belonging(company: Company, seats: list[Seat], since: datetime) -> list[Weighed]:
    votes = Voter.objects.filter(seat__in=seats, ballot__closed_at__gte=since)
    asked, cast = votes.count(), votes.exclude(choice="", proxy_to=None).count()
    met = Attendance.objects.filter(seat__in=seats, meeting__closed_at__gte=since, state=Attendance.State.PRESENT)
    minutes = met.aggregate(all=Sum("meeting__length"))["all"] or 0
    lines = PoolLine.objects.filter(paid_by__in=seats, nature=Nature.IN_KIND, struck_at=None, added_at__gte=since)
    time_given = lines.aggregate(all=Sum("cents"))["all"] or 0
    done = FollowUp.objects.filter(owner__in=seats, done_at__gte=since).count()
    closed = PeerSession.objects.filter(state="closed", ended_at__gte=since)
    received = closed.filter(client__in=seats).count()
    helped = PeerSeat.objects.filter(seat__in=seats, session__in=closed).exclude(session__client__in=seats).count()
    percent = 100 * cast // asked if asked else 0
    return [
        Weighed(
            _("Ma voix"),
            _("%(cast)s sur %(asked)s") % {"cast": cast, "asked": asked} if asked else _("rien à voter"),
            _("Votes auxquels vous avez pris part depuis un an."),
            "ok" if percent >= TOO_MUCH or not asked else "warn",
            percent,
        ),
        Weighed(
            _("Temps donné"),
            _("%(hours)s h") % {"hours": minutes // 60},
            _("Heures passées en réunion.")
            + (
                " " + _("Apports en temps et en nature : %(euros)s €.") % {"euros": time_given // 100}
                if time_given
                else ""
            ),
        ),
        Weighed(_("Actions menées"), str(done), _("Décisions dont vous aviez la charge, et que vous avez faites.")),
        Weighed(
            _("Aide reçue, aide donnée"),
            _("%(received)s reçue, %(helped)s donnée") % {"received": received, "helped": helped},
            _("Séances entre pairs : votre question, ou celle d’un autre."),
        ),
        Weighed(
            _("Ancienneté"),
            date_format(min((seat.answered_at for seat in seats if seat.answered_at), default=since), "F Y")
            if seats
            else _("aucun groupement"),
            _("Le plus ancien de vos groupements d’aujourd’hui."),
        ),
    ]
