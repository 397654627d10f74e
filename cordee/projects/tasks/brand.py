"""A common brand and shared orders: votes carried out, licences that turn, late answers; letters."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.ground.kit.apart import each_apart
from cordee.ground.kit.templatetags.cordee import day, moment
from cordee.ground.messages.acts import Draft, Teller
from cordee.ground.people.models import Clockwork
from cordee.ground.register.models import Entry
from cordee.groupings.models import Seat
from cordee.projects.acts import (
    end_licence,
    end_suspension,
    keep_aside,
    lapse_order,
    settle_appeal,
    settle_brand_rules,
    settle_licence,
    settle_order_rule,
    settle_sanction,
)
from cordee.projects.models import (
    BrandLicence,
    BrandRules,
    BrandSanction,
    ClientOrder,
    OrderPart,
    OrderRule,
)
from cordee.projects.reads import last_calls, outcome


def follow_tool_votes(*, at: datetime) -> int:
    """Carry out what the members decided on rules, licences, sanctions and appeals, once each vote is closed."""
    voting: tuple[tuple[Any, str, Callable[..., Any]], ...] = (
        (BrandRules.objects.filter(state="voting", project__ended_at=None), "ballot", settle_brand_rules),
        (BrandLicence.objects.filter(state="voting", project__ended_at=None), "ballot", settle_licence),
        (OrderRule.objects.filter(state="voting", project__ended_at=None), "ballot", settle_order_rule),
        (_sanctions("voting"), "ballot", settle_sanction),
        (_sanctions("appeal"), "appeal_ballot", settle_appeal),
    )
    done = 0
    for rows, name, settle in voting:
        found = list(rows.select_related("licence__project__grouping" if settle in OF_LICENCE else "project__grouping"))
        calls = last_calls(getattr(row, name) for row in found)
        due = [row for row in found if outcome(calls.get(getattr(row, name))) is not None]
        done += each_apart(due, lambda row, settle=settle: settle(row, at=at))  # type: ignore[misc]
    return done


OF_LICENCE = (settle_sanction, settle_appeal)


def _sanctions(state: str) -> Any:
    return BrandSanction.objects.filter(state=state, licence__project__ended_at=None)


def keep_out_of_sanctions(*, at: datetime) -> int:
    """A second call has a new roll: the company that a sanction is about does not count in it either."""
    rows = list(_sanctions("voting").select_related("licence__seat")) + list(
        _sanctions("appeal").select_related("licence__seat")
    )
    calls = last_calls(row.appeal_ballot or row.ballot for row in rows)
    done = 0
    for row in rows:
        ballot = calls.get(row.appeal_ballot or row.ballot)
        if ballot is None or ballot.closed_at is not None:
            continue
        if ballot.voters.filter(seat=row.licence.seat_id, withdrawn_at=None).exists():
            keep_aside(row, ballot, at=at)
            done += 1
    return done


def turn_licences(*, at: datetime) -> int:
    """Suspensions that are over give the brand back; licences end on their last day."""
    today, living = localtime(at).date(), BrandLicence.objects.filter(project__ended_at=None)
    back = living.filter(state="suspended", back_on__lt=today).select_related("project__grouping")
    done = each_apart(list(back), lambda one: end_suspension(one, at=at))
    over = living.filter(state__in=["held", "suspended"], ends__lt=today).select_related("project__grouping")
    return done + each_apart(list(over), lambda one: end_licence(one, by=Clockwork(), at=at))


def lapse_orders(*, at: datetime) -> int:
    """Parts of orders that nobody answered in time go to the others."""
    late = OrderPart.objects.filter(state="offered", answer_by__lt=at, order__project__ended_at=None).values("order")
    found = ClientOrder.objects.filter(pk__in=late).select_related("project__grouping")
    return each_apart(list(found), lambda one: lapse_order(one, at=at))


DEADLINES = (
    keep_out_of_sanctions,
    follow_tool_votes,
    turn_licences,
    lapse_orders,
)


# --- Letters ---


def _id(entry: Entry) -> str:
    return entry.subject.rpartition("/")[2]


def _to_seat(seat: Seat, kind: str, subject: str, lines: tuple[str, ...], button: str, path: str) -> Draft:
    why = _("Vous recevez ce mail parce que vous représentez %(company)s.") % {"company": seat.company}
    url = f"{settings.SITE_URL}{path}?voix={seat.public_id}"
    return Draft(to=seat.holder, kind=kind, subject=subject, lines=lines, button=button, url=url, why=why)


def tell_sanction(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To the company concerned alone: what it is reproached with, when it is heard, where it answers."""
    known = BrandSanction.objects.select_related("licence__seat__holder", "licence__seat__company", "licence__project")
    one = known.get(public_id=_id(entry))
    seat = one.licence.seat
    with translation.override(seat.holder.language):
        subject = _("%(project)s : %(step)s proposé à votre entreprise") % {
            "project": one.licence.project.name[:80],
            "step": str(one.get_step_display()).lower(),
        }
        heard = _("Vous serez entendu %(when)s. Votre réponse sera lue par tous avant le vote.")
        lines = (one.why[:600], heard % {"when": moment(one.hearing_at)})
        yield _to_seat(seat, "projects.sanction", subject, lines, _("Répondre"), _licence(one.licence))


def tell_settled(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To the company concerned: the sanction is decided, and until when it may appeal."""
    known = BrandSanction.objects.select_related("licence__seat__holder", "licence__seat__company", "licence__project")
    one = known.get(public_id=_id(entry))
    seat = one.licence.seat
    if entry.facts["decided"]:
        with translation.override(seat.holder.language):
            subject = _("%(project)s : %(step)s, décision des membres") % {
                "project": one.licence.project.name[:80],
                "step": str(one.get_step_display()).lower(),
            }
            until = _("Vous pouvez faire un recours jusqu’au %(day)s.") % {"day": day(one.appeal_until)}
            yield _to_seat(seat, "projects.sanction.settled", subject, (until,), _("Voir"), _licence(one.licence))


def tell_licence(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To the applicant: granted or not."""
    one = BrandLicence.objects.select_related("seat__holder", "seat__company", "project").get(public_id=_id(entry))
    with translation.override(one.seat.holder.language):
        granted = entry.facts["granted"]
        subject = (_("Vous portez la marque : %(name)s") if granted else _("Licence refusée : %(name)s")) % {
            "name": one.project.name[:100]
        }
        line = (
            _("Jusqu’au %(day)s. Les logos et la charte sont dans la bibliothèque.") % {"day": day(one.ends)}
            if granted
            else _("Les membres n’ont pas accordé la licence ; vous pourrez la demander de nouveau.")
        )
        yield _to_seat(one.seat, "projects.licence", subject, (line,), _("Voir"), _licence(one))


def _licence(licence: BrandLicence) -> str:
    return reverse("projects:licence", args=[licence.public_id])


def tell_order(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To each company that is asked: its own part of an order, and until when it answers."""
    yield from _ask(ClientOrder.objects.select_related("project__capacity_pool").get(public_id=_id(entry)))


def tell_next(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To those who are offered what another declined."""
    part = OrderPart.objects.select_related("order__project__capacity_pool").get(public_id=_id(entry))
    if not entry.facts["accepted"] and part.order.parts.filter(round__gt=part.round).exists():
        yield from _ask(part.order)


def _ask(order: ClientOrder) -> Iterable[Draft]:
    last = order.parts.order_by("-round").values_list("round", flat=True).first()
    asked = order.parts.filter(state="offered", round=last).select_related("seat__holder", "seat__company")
    for part in asked:
        with translation.override(part.seat.holder.language):
            subject = _("Une commande à accepter : %(title)s") % {"title": order.title[:100]}
            words = {"quantity": part.quantity, "unit": order.project.capacity_pool.unit}
            lines = (
                _("Votre part : %(quantity)s %(unit)s.") % words,
                _("Sans réponse avant le %(when)s, elle va aux autres.") % {"when": moment(part.answer_by)},
            )
            path = reverse("projects:capacity", args=[order.project.public_id])
            kind = f"projects.order.{part.public_id}"
            yield _to_seat(part.seat, kind, subject, lines, _("Répondre"), path)


LETTERS: dict[str, Teller] = {
    "projects.sanction.opened": tell_sanction,
    "projects.sanction.settled": tell_settled,
    "projects.licence.settled": tell_licence,
    "projects.order.entered": tell_order,
    "projects.order_part.answered": tell_next,
    "projects.order.lapsed": tell_order,
}
