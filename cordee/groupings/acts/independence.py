"""What companies say of their owners and clients, and the reason for which two linked ones count as two."""

from datetime import datetime

from django.utils.translation import gettext as _

from cordee.directory.models import Company
from cordee.ground.kit.refusals import NotYours, Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.groupings.acts.at_the_table import acting_seat, leading_seat, living
from cordee.groupings.models import Exemption, Grouping, Holding, Seat


class HoldingIncomplete(Refusal):
    """Somebody or some company must be named, with a share between 1 and 100."""


class ReasonMissing(Refusal):
    """An exception needs its reason, in writing."""


def declare_holding(
    seat: Seat,
    *,
    kind: str,
    name: str = "",
    other: Company | None = None,
    percent: int | None = None,
    by: Actor,
    at: datetime,
) -> Holding:
    """Say who holds one's company, or which company it supplies.

    Allowed       the holder or the substitute of the seat, for their own company.
    Refused when  nobody is named, or the share is not between 1 and 100.
    Tells         groupings.holding.declared: the kind and the share, no name.
    """
    with act("groupings.holding.declared", book=seat.grouping.book, by=by, at=at) as facts:
        mine = acting_seat(living(seat.grouping), by)
        named = " ".join(name.split())[:120]
        if mine.pk != seat.pk:
            raise NotYours
        if not (named or other) or kind not in Holding.Kind.values or (other and other.pk == mine.company_id):
            raise HoldingIncomplete(_("Il manque le nom de la personne ou de l’entreprise."))
        if percent is not None and not 1 <= percent <= 100:
            raise HoldingIncomplete(_("Une part va de 1 à 100 %."))
        made = Holding.objects.create(
            company=mine.company,
            kind=kind,
            name="" if other else named,
            other=other,
            percent=percent if kind == Holding.Kind.OWNER else None,
            declared_by=by.person,
            declared_at=at,
        )
        facts.on = address(made)
        facts |= {"kind": kind, "percent": percent or 0}
    return made


def end_holding(holding: Holding, *, seat: Seat, by: Actor, at: datetime) -> Holding:
    """Say that it is no longer so.

    Allowed       the holder or the substitute of the company's seat.
    Refused when  it is another company's, or ended already.
    Tells         groupings.holding.ended.
    """
    with act("groupings.holding.ended", book=seat.grouping.book, by=by, at=at, on=holding):
        mine = acting_seat(living(seat.grouping), by)
        fresh = Holding.objects.select_for_update().filter(pk=holding.pk, company=mine.company_id).first()
        if fresh is None or fresh.ended_at:
            raise NotYours
        fresh.ended_at = at
        fresh.save(update_fields=["ended_at"])
    return fresh


def exempt(grouping: Grouping, first: Seat, second: Seat, *, why: str, by: Actor, at: datetime) -> Exemption:
    """Count two linked companies as two all the same, for a written reason that every member can read.

    Allowed       whoever leads, unless the tie is about their own company.
    Refused when  there is no reason, or one of the two is not a member.
    Tells         groupings.independence.justified: which seats; the reason stays on the page.
    """
    with act("groupings.independence.justified", book=grouping.book, by=by, at=at, on=grouping) as facts:
        fresh = living(grouping)
        seat = leading_seat(fresh, by, _("justifier ce lien"))
        members = Seat.objects.filter(grouping=fresh, state=Seat.State.MEMBER, pk__in=[first.pk, second.pk])
        if len(why.strip()) < 10:
            raise ReasonMissing(
                _("Écrivez pourquoi ces entreprises décident chacune pour elle."),
                do=_("Une phrase suffit ; tous les membres la liront."),
            )
        if members.count() != 2:
            raise NotYours
        one, two = sorted((first.company, second.company), key=lambda company: company.pk)
        made, _new = Exemption.objects.update_or_create(
            grouping=fresh, first=one, second=two, defaults={"why": why.strip()[:1000], "by": seat, "at": at}
        )
        facts |= {"first": first.public_id, "second": second.public_id}
    return made
