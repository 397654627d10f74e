"""What agreements do by themselves: follow their signing ceremony, tell of dates that near and of notices given."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.agreements.acts import note_date, note_signed
from cordee.agreements.models import Agreement, Alert, Ending
from cordee.agreements.reads.dates import Ends, dates_of, due_alerts
from cordee.engines.calendar import is_business_day
from cordee.ground.kit.apart import each_apart
from cordee.ground.kit.templatetags.cordee import day
from cordee.ground.messages.acts import Draft, Teller
from cordee.ground.people.models import Clockwork, Person
from cordee.ground.register.models import Entry, instant
from cordee.ground.signing.models import Ceremony
from cordee.groupings.models import Grouping, Seat
from cordee.groupings.permissions import LEADING

FROM_HOUR, TO_HOUR = 8, 19
"""Nobody is told of a date at night, nor on a day that is not worked."""


def follow_ceremonies(*, at: datetime) -> int:
    """Note every document whose ceremony has ended: signed by all and sealed, or declined."""
    over = (Ceremony.State.SEALED, Ceremony.State.DECLINED)
    due = list(
        Agreement.objects.filter(state=Agreement.State.SENT, ceremony__state__in=over).select_related("grouping")
    )
    return each_apart(due, lambda agreement: note_signed(agreement, by=Clockwork(), at=at))


def note_dates(*, at: datetime) -> int:
    """Note the dates that near, in working hours: sixty days before, fifteen, and on the day."""
    here = localtime(at)
    if not is_business_day(here.date()) or not FROM_HOUR <= here.hour < TO_HOUR:
        return 0
    return each_apart(due_alerts(at=at).items(), lambda each: note_date(each[0], each[1], by=Clockwork(), at=at))


def tell_dates(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To whom each date concerns: the company, or those who lead for a date of all. One letter each."""
    grouping = Grouping.objects.get(public_id=entry.subject.rpartition("/")[2])
    told = {alert.what for alert in Alert.objects.filter(grouping=grouping) if instant(alert.at) == entry.at}
    lead = list(Seat.objects.filter(grouping=grouping, offices__role__in=LEADING, offices__until=None).distinct())
    everybody = Seat.objects.filter(grouping=grouping, state=Seat.State.MEMBER).select_related("holder", "company")
    for seat in everybody:
        with translation.override(seat.holder.language):
            mine = [
                each
                for each in dates_of([grouping.pk], at=at)
                if each.key[:160] in told and (each.seat == seat if each.seat else seat in lead or not lead)
            ]
            if mine:
                yield _letter(seat.holder, grouping, mine, at)


def _letter(person: Person, grouping: Grouping, mine: list[Ends], at: datetime) -> Draft:
    first = mine[0]
    words = {"what": first.what, "day": day(first.on), "count": len(mine)}
    return Draft(
        to=person,
        kind="agreements.dates",
        subject=ngettext("Échéance le %(day)s : %(what)s", "%(count)s échéances approchent", len(mine)) % words,
        lines=(_("Prenez-les dans l’ordre : ce qui finit le plus tôt est en tête."),)
        if len(mine) > 1
        else (_("Renouvelez à temps, ou dites aux autres ce que vous décidez."),),
        figures=tuple((f"{each.what}, {each.whose}", day(each.on)) for each in mine[:6]),
        button=_("Voir les échéances"),
        url=settings.SITE_URL + reverse("agreements:dates"),
        why=_("Vous recevez ce mail parce que vous êtes membre de « %(name)s ».") % {"name": grouping.name},
    )


def tell_ending(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To the others: who leaves which document, on which day."""
    ending = Ending.objects.select_related("agreement__grouping", "seat__company").get(
        public_id=entry.subject.rpartition("/")[2]
    )
    document = ending.agreement
    for seat in Seat.objects.filter(grouping=document.grouping, state=Seat.State.MEMBER).select_related("holder"):
        if seat.pk == ending.seat_id:
            continue
        with translation.override(seat.holder.language):
            words = {"company": ending.seat.company if ending.seat else "", "title": document.title}
            yield Draft(
                to=seat.holder,
                kind=f"agreements.ending.{ending.public_id}",
                subject=_("%(company)s quitte « %(title)s »") % words,
                lines=(
                    _("Le document continue entre les autres. Jusqu’à cette date, rien ne change."),
                    *([_("Raison donnée : %(reason)s") % {"reason": ending.reason}] if ending.reason else []),
                ),
                figures=(
                    (_("Notifié le"), day(ending.noticed_on)),
                    (_("Prend effet le"), day(ending.effect_on)),
                ),
                button=_("Voir le document"),
                url=settings.SITE_URL + reverse("agreements:agreement", args=[document.public_id]),
                why=_("Vous recevez ce mail parce que vous êtes membre de « %(name)s ».")
                % {"name": document.grouping.name},
            )


LETTERS: dict[str, Teller] = {
    "agreements.date.neared": tell_dates,
    "agreements.ending.noticed": tell_ending,
}
