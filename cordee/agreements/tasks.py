"""What agreements do by themselves: follow their signing ceremony, tell of dates that near and of notices given."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.agreements.acts import note_date, note_signed, note_unsigned
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

NEAR = timedelta(days=2)
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


def note_lagging(*, at: datetime) -> int:
    """Note the documents that lack signatures two days before their deadline, and once it has passed."""
    out = Agreement.objects.filter(state=Agreement.State.SENT, ceremony__state=Ceremony.State.OPEN)
    near = out.filter(ceremony__expires_at__lte=at + NEAR).select_related("ceremony", "grouping")
    told = set(
        Alert.objects.filter(grouping__in=near.values("grouping"), what__contains=" signs until ").values_list(
            "what", "days"
        )
    )
    due = []
    for one in near:
        assert one.ceremony is not None
        days = 0 if one.ceremony.expires_at <= at else NEAR.days
        if (f"{one.public_id} signs until {one.ceremony.expires_at:%Y-%m-%d %H:%M}", days) not in told:
            due.append((one, days))
    return each_apart(due, lambda each: note_unsigned(each[0], days=each[1], by=Clockwork(), at=at))


def tell_lagging(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To whoever sent the document: who has not signed, and what can be done."""
    one = Agreement.objects.select_related("ceremony__text__by", "grouping", "prepared_by__holder").get(
        public_id=entry.subject.rpartition("/")[2]
    )
    if one.ceremony is None or one.state != Agreement.State.SENT:
        return
    sender = one.ceremony.text.by or one.prepared_by.holder
    waiting = list(one.ceremony.signatories.filter(state="waiting").select_related("person"))
    passed = entry.facts.get("days") == 0
    with translation.override(sender.language):
        words = {"title": one.title, "count": len(waiting)}
        if passed:
            subject = _("Le délai pour signer est passé : %(title)s") % words
            line = _("Plus personne ne peut signer. Laissez plus de temps, ou reprenez le document.")
        else:
            subject = (
                ngettext(
                    "Une signature manque encore : %(title)s",
                    "%(count)s signatures manquent encore : %(title)s",
                    len(waiting),
                )
                % words
            )
            line = _("Le délai finit dans deux jours. Vous pouvez relancer, ou laisser plus de temps.")
        yield Draft(
            to=sender,
            kind=f"agreements.lagging.{one.public_id}.{entry.number}",
            subject=subject,
            lines=(line,),
            figures=tuple((each.company, each.person.name) for each in waiting[:8]),
            button=_("Voir le document"),
            url=settings.SITE_URL + reverse("agreements:agreement", args=[one.public_id]),
            why=_("Vous recevez ce mail parce que vous avez envoyé ce document à signer."),
        )


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
                if each.key[:160] in told and each.concerns(seat, seat in lead or not lead)
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
    between = set(document.between.values_list("seat", flat=True))
    for seat in Seat.objects.filter(grouping=document.grouping, state=Seat.State.MEMBER).select_related("holder"):
        if seat.pk == ending.seat_id or (between and seat.pk not in between):
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
    "agreements.signature.lagging": tell_lagging,
    "agreements.date.neared": tell_dates,
    "agreements.ending.noticed": tell_ending,
}
