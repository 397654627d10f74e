"""Promises until a threshold: free before it, binding once it is reached, all released when its day passes."""

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.governance.models import DecisionType
from cordee.ground.kit.money import euros
from cordee.ground.kit.refusals import NotYours, Refusal
from cordee.ground.people.models import Actor, Clockwork
from cordee.ground.register.acts import act
from cordee.groupings.acts.at_the_table import within_mandate
from cordee.groupings.models import Seat
from cordee.projects.acts.inside import check_leads, my_tool
from cordee.projects.models import Pledge, Project, StudyFund
from cordee.projects.reads import pledges_of


class PledgeBinds(Refusal):
    """The threshold is reached: what was promised is due."""


class PledgesOver(Refusal):
    """Promises are neither made nor changed any more."""


def open_pledges(
    project: Project, *, threshold_cents: int, closes_on: date, buyer: Seat, by: Actor, at: datetime
) -> StudyFund:
    """Say what has to be promised, by when, and who signs with the provider; or say it again, or open a new round.

    Allowed       who leads the project.
    Refused when  the tool is put away, the threshold is nothing, the day is past, who signs does not take part, or
                  the threshold is reached already.
    Tells         projects.pledges.opened: the threshold, until when, who signs.
    """
    with act("projects.pledges.opened", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, seat = my_tool(project, by, "pledges")
        check_leads(fresh, seat)
        if not fresh.participants.filter(left_at=None, seat=buyer).exists():
            raise NotYours
        if threshold_cents <= 0:
            raise Refusal(_("Le seuil est un montant."), do=_("Ce que l’étude coûte, hors taxes."))
        if closes_on < localtime(at).date():
            raise Refusal(_("Cette date est passée."), do=_("Laissez à chacun le temps de promettre."))
        known = StudyFund.objects.select_for_update().filter(project=fresh).first()
        if known is not None and known.state == StudyFund.State.REACHED:
            raise PledgeBinds(_("Le seuil est atteint : il ne change plus."))
        values = {"threshold_cents": threshold_cents, "closes_on": closes_on, "buyer": buyer, "seat": seat, "at": at}
        fund, _made = StudyFund.objects.update_or_create(
            project=fresh, defaults={**values, "state": StudyFund.State.OPEN, "settled_at": None}
        )
        facts |= {"threshold": threshold_cents, "until": closes_on.isoformat(), "buyer": buyer.public_id}
    if sum(one.cents for one in pledges_of(fund)) >= threshold_cents:
        reach_threshold(fund, by=by, at=at)
    return fund


def make_pledge(fund: StudyFund, *, cents: int, note: str = "", by: Actor, at: datetime) -> Pledge:
    """Promise an amount, change it, or take it back with nothing; it binds only if the threshold is reached in time.

    Allowed       any participant, for its own company, within the mandate of whoever acts.
    Refused when  the tool is put away, the day is past, the promises are released, or, once the threshold is reached,
                  the new amount is less than what was promised.
    Tells         projects.pledge.made: the amount, what is promised in all; then projects.pledges.reached, if it is.
    """
    with act("projects.pledge.made", book=fund.project.grouping.book, by=by, at=at, on=fund) as facts:
        _project, seat = my_tool(fund.project, by, "pledges")
        fresh = StudyFund.objects.select_for_update().get(pk=fund.pk)
        within_mandate(seat, by.person, decision_type=DecisionType.BUDGET, cents=cents, at=at)
        before = Pledge.objects.filter(fund=fresh, seat=seat).first()
        if fresh.state == StudyFund.State.RELEASED or localtime(at).date() > fresh.closes_on:
            raise PledgesOver(
                _("Les promesses se faisaient jusqu’au %(day)s.") % {"day": date_format(fresh.closes_on, "j F Y")},
                do=_("Demandez au responsable du projet d’ouvrir un nouvel appel."),
            )
        if fresh.state == StudyFund.State.REACHED and before is not None and cents < before.cents:
            raise PledgeBinds(
                _("Le seuil est atteint : votre promesse de %(cents)s vous engage.") % {"cents": euros(before.cents)},
                why=_("Elle peut encore augmenter, pas baisser."),
            )
        row, _made = Pledge.objects.update_or_create(
            fund=fresh, seat=seat, defaults={"cents": cents, "note": note.strip()[:200], "at": at}
        )
        total = sum(one.cents for one in pledges_of(fresh))
        facts |= {"cents": cents, "total": total, "seat": seat.public_id}
        if fresh.state == StudyFund.State.OPEN and total >= fresh.threshold_cents:
            reach_threshold(fresh, by=by, at=at)
    return row


def reach_threshold(fund: StudyFund, *, by: Actor, at: datetime) -> StudyFund:
    """The threshold is reached: from now on each promise binds who made it.

    Allowed       whoever made the promise that reached it.
    Refused when  the promises come to less than the threshold, or they bind already.
    Tells         projects.pledges.reached: what is promised in all, by how many.
    """
    with act("projects.pledges.reached", book=fund.project.grouping.book, by=by, at=at, on=fund) as facts:
        fresh = StudyFund.objects.select_for_update().get(pk=fund.pk)
        found = pledges_of(fresh)
        total = sum(one.cents for one in found)
        if fresh.state != StudyFund.State.OPEN or total < fresh.threshold_cents:
            raise Refusal(_("Le seuil n’est pas atteint, ou il l’était déjà."))
        Pledge.objects.filter(fund=fresh).exclude(pk__in=[one.pk for one in found]).delete()  # those who left before
        fresh.state, fresh.settled_at = StudyFund.State.REACHED, at
        fresh.save(update_fields=["state", "settled_at"])
        facts |= {"total": total, "companies": sum(one.cents > 0 for one in found)}
    return fresh


def release_pledges(fund: StudyFund, *, by: Clockwork, at: datetime) -> StudyFund:
    """The day passed without the threshold: nobody is bound by what it promised.

    Allowed       Cordée itself.
    Refused when  the day has not passed, or the threshold is reached.
    Tells         projects.pledges.released: what was promised in all, and the threshold.
    """
    with act("projects.pledges.released", book=fund.project.grouping.book, by=by, at=at, on=fund) as facts:
        fresh = StudyFund.objects.select_for_update().get(pk=fund.pk)
        if fresh.state != StudyFund.State.OPEN or localtime(at).date() <= fresh.closes_on:
            raise Refusal(_("Les promesses sont encore ouvertes, ou déjà réglées."))
        fresh.state, fresh.settled_at = StudyFund.State.RELEASED, at
        fresh.save(update_fields=["state", "settled_at"])
        facts |= {"total": sum(one.cents for one in pledges_of(fresh)), "threshold": fresh.threshold_cents}
    return fresh
