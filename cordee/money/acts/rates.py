"""Legal rates that change: penalties for paying late, VAT. Dated, with their source; who runs the server notes them."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.money.models import LegalRate, VatRate

INSTANCE = "instance"


def note_legal_rate(
    *, since: date, hundredths: int, source: str, sure: bool = True, by: Actor, at: datetime
) -> LegalRate:
    """Note the rate of late-payment penalties from a day on, or correct it.

    Allowed       who runs this server.
    Refused when  the rate is zero, or the day is more than a year ahead.
    Tells         money.rate.noted, in the book of the instance: the day, the rate.
    """
    with act("money.rate.noted", book=INSTANCE, by=by, at=at) as facts:
        _operator(by)
        if not hundredths or (since - at.date()).days > 366:
            raise Refusal(_("Ce taux ne tient pas : relisez-le avec sa date."))
        values = {"hundredths": hundredths, "source": source, "sure": sure}
        made, _new = LegalRate.objects.update_or_create(since=since, defaults=values)
        facts.on = address(made)
        facts |= {"since": since.isoformat(), "hundredths": hundredths, "what": "late"}
    return made


def note_vat_rate(
    *,
    hundredths: int,
    where: str,
    label: str,
    since: date,
    until: date | None = None,
    source: str,
    sure: bool = True,
    by: Actor,
    at: datetime,
) -> VatRate:
    """Note a rate of VAT, or end it: the forms offer the rates in force on the day.

    Allowed       who runs this server.
    Refused when  it ends before it begins.
    Tells         money.rate.noted, in the book of the instance: the rate, where, from when to when.
    """
    with act("money.rate.noted", book=INSTANCE, by=by, at=at) as facts:
        _operator(by)
        if until is not None and until < since:
            raise Refusal(_("Ce taux finirait avant de commencer."))
        made, _new = VatRate.objects.update_or_create(
            hundredths=hundredths,
            where=VatRate.Where(where),
            since=since,
            defaults={"label": label, "until": until, "source": source, "sure": sure},
        )
        facts.on = address(made)
        facts |= {"since": since.isoformat(), "hundredths": hundredths, "what": "vat", "where": where}
    return made


def _operator(by: Actor) -> None:
    if not by.person.is_operator:
        raise NotAllowed(_("Seule la personne qui tient ce serveur note les taux légaux."))
