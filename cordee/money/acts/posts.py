"""A shared employee or sales person: opening the post, noting the month, entering it in the accounts."""

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.engines.posts import year_end
from cordee.engines.units import Cents, MemberId
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.groupings.acts.at_the_table import acting_seat
from cordee.groupings.models import Grouping, Seat
from cordee.money import permissions
from cordee.money.acts.at_the_pool import open_pool_of, write_line
from cordee.money.models import CostPool, Nature, PoolLine, PostMonth, SharedPost
from cordee.money.reads import month_statement, year_statement


class PostClosed(Refusal):
    """The post is closed, or this month is in the accounts already."""


def open_post(
    grouping: Grouping,
    *,
    kind: str,
    title: str,
    employer: Seat,
    costs: Mapping[str, int],
    billable: int,
    vat_rate: int,
    commission_rate: int = 0,
    by: Actor,
    at: datetime,
) -> SharedPost:
    """Open a shared post: its complete yearly cost, and the hours that members use. There is no margin to enter.

    Allowed       the company that employs; the treasurer or the coordinator.
    Refused when  nothing is paid, no hour is used, or the employer is not a member.
    Tells         money.post.opened: the yearly cost, the hours in hundredths.
    """
    with act("money.post.opened", book=grouping.book, by=by, at=at) as facts:
        seat = acting_seat(grouping, by)
        if employer.grouping_id != grouping.pk or employer.state != Seat.State.MEMBER:
            raise Refusal(_("L’employeur est une entreprise du groupement."))
        if seat.pk != employer.pk and not permissions.keeps_the_money(seat):
            raise NotAllowed(_("L’employeur, la trésorerie ou le mandataire ouvrent un poste partagé."))
        kept = {name: cents for name, cents in costs.items() if cents}
        if not kept or billable <= 0:
            raise Refusal(_("Un poste partagé a un coût annuel et des heures utilisées."))
        post = SharedPost.objects.create(
            grouping=grouping,
            kind=SharedPost.Kind(kind),
            title=title,
            employer=employer,
            costs=kept,
            billable=billable,
            vat_rate=vat_rate,
            commission_rate=commission_rate if kind == SharedPost.Kind.SALES else 0,
            opened_by=seat,
            opened_at=at,
        )
        facts.on = address(post)
        facts |= {"kind": kind, "cents": sum(kept.values()), "hours": billable, "employer": employer.public_id}
    return post


def note_month(
    post: SharedPost, *, month: date, rows: Mapping[str, tuple[int, int, int]], by: Actor, at: datetime
) -> SharedPost:
    """Note what each used of a post in one month: hours (hundredths), expenses, orders (cents), by seat.

    Allowed       the employer for all; another member for itself.
    Refused when  the post is closed, or the month is in the accounts.
    Tells         money.post.noted: the month, the hours in all.
    """
    with act("money.post.noted", book=post.grouping.book, by=by, at=at, on=post) as facts:
        fresh = SharedPost.objects.select_for_update().get(pk=post.pk)
        seat = acting_seat(post.grouping, by)
        first = month.replace(day=1)
        _still_open(fresh, first)
        members = {one.public_id: one for one in Seat.objects.filter(grouping=post.grouping_id, state="member")}
        for key, (hours, expenses, orders) in rows.items():
            if key not in members or (key != seat.public_id and seat.pk != fresh.employer_id):
                continue
            PostMonth.objects.update_or_create(
                post=fresh,
                month=first,
                seat=members[key],
                defaults={"hours": hours, "expenses_cents": expenses, "orders_cents": orders, "noted_at": at},
            )
        facts |= {"month": first.isoformat(), "hours": sum(row.hours for row in fresh.months.filter(month=first))}
    return fresh


def bill_month(post: SharedPost, *, month: date, pool: CostPool, by: Actor, at: datetime) -> PoolLine:
    """Enter a month in common accounts: the employer paid it, each bears exactly its own part, with VAT if any.

    Allowed       the employer.
    Refused when  the month is in the accounts already; nothing was used; somebody who used it takes no part in them.
    Tells         money.post.billed: the month, the amount without VAT.
    """
    with act("money.post.billed", book=post.grouping.book, by=by, at=at, on=post) as facts:
        fresh = SharedPost.objects.select_for_update(of=("self",)).select_related("employer").get(pk=post.pk)
        found, seat = open_pool_of(pool, by)
        first = month.replace(day=1)
        _still_open(fresh, first)
        if seat.pk != fresh.employer_id or found.grouping_id != fresh.grouping_id:
            raise NotAllowed(_("L’employeur porte lui-même le poste aux comptes."))
        statement = month_statement(fresh, first)
        parts = {row.seat.public_id: row.total for row in statement.rows if row.total}
        if not parts:
            raise Refusal(_("Personne n’a utilisé ce poste ce mois-là."))
        inside = set(found.members.values_list("seat__public_id", flat=True))
        if set(parts) - inside:
            raise Refusal(
                _("Une entreprise qui a utilisé ce poste ne prend pas part à ces comptes."),
                do=_("Choisissez des comptes où elles sont toutes."),
            )
        line = write_line(
            PoolLine(
                pool=found,
                label=f"{fresh.title}, {first:%m/%Y}"[:160],
                cents=sum(parts.values()),
                paid_by=fresh.employer,
                added_by=seat,
                nature=Nature.REBILLED if fresh.vat_rate else Nature.PLAIN,
                vat_rate=fresh.vat_rate,
                split=PoolLine.Split.AMOUNT,
                parts=parts,
            ),
            at=at,
        )
        PostMonth.objects.filter(post=fresh, month=first).update(line=line)
        facts |= {"month": first.isoformat(), "cents": line.cents, "pool": found.public_id, "line": line.public_id}
    return line


def regularise_year(post: SharedPost, *, year: int, actual: int, pool: CostPool, by: Actor, at: datetime) -> PoolLine:
    """Give back what a year of a post cost less than was billed for its hours, or ask for the rest, by hours.

    Allowed       the employer.
    Refused when  the year is not over, or is regularised already; a month of it is not in the accounts; nothing was
                  billed, or nothing differs; somebody who used it takes no part in these accounts.
    Tells         money.post.regularised: the year, what it really cost, the gap.
    """
    with act("money.post.regularised", book=post.grouping.book, by=by, at=at, on=post) as facts:
        fresh = SharedPost.objects.select_for_update(of=("self",)).select_related("employer").get(pk=post.pk)
        found, seat = open_pool_of(pool, by)
        if seat.pk != fresh.employer_id or found.grouping_id != fresh.grouping_id:
            raise NotAllowed(_("L’employeur régularise lui-même l’année."))
        if year >= localtime(at).year:
            raise Refusal(_("L’année n’est pas finie."))
        if str(year) in fresh.settled_years:
            raise PostClosed(_("Cette année est déjà régularisée."))
        if fresh.months.filter(month__year=year, line=None, hours__gt=0).exists():
            raise Refusal(_("Un mois de cette année n’est pas encore dans les comptes."), do=_("Portez-le d’abord."))
        rows = year_statement(fresh, year)
        hours = {MemberId(one.seat.public_id): Fraction(one.hours, 100) for one in rows if one.hours}
        if not hours:
            raise Refusal(_("Personne n’a utilisé ce poste cette année-là."))
        if set(hours) - set(found.members.values_list("seat__public_id", flat=True)):
            raise Refusal(_("Une entreprise qui a utilisé ce poste ne prend pas part à ces comptes."))
        gap = year_end(Cents(actual), Cents(sum(one.wages for one in rows)), hours)
        parts = {str(key): abs(cents) for key, cents in gap.items() if cents}
        if not parts:
            raise Refusal(_("Il n’y a rien à régulariser : l’année a coûté ce qui a été porté."))
        line = write_line(
            PoolLine(
                pool=found,
                label=f"{fresh.title}, {_('régularisation')} {year}"[:160],
                cents=sum(gap.values()),
                paid_by=fresh.employer,
                added_by=seat,
                nature=Nature.REBILLED if fresh.vat_rate else Nature.PLAIN,
                vat_rate=fresh.vat_rate,
                split=PoolLine.Split.AMOUNT,
                parts=parts,
            ),
            at=at,
        )
        fresh.settled_years = {**fresh.settled_years, str(year): actual}
        fresh.save(update_fields=["settled_years"])
        facts |= {"year": year, "actual": actual, "cents": line.cents, "line": line.public_id}
    return line


def _still_open(post: SharedPost, month: date) -> None:
    if post.closed_at:
        raise PostClosed(_("Ce poste est clos."))
    if post.months.filter(month=month, line__isnull=False).exists():
        raise PostClosed(_("Ce mois est déjà dans les comptes : il ne change plus."))
