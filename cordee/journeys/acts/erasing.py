"""Erasing a person, or what a company wrote of itself. The books stay as they are: they never held a name.

What the law makes one keep stays: signed documents and their evidence, invoices, the entries of the accounts. All else
that names the person is emptied; what is left of them is a pseudonym that leads to nobody.
"""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.directory.models import Company, Hiding, Representative, Tie
from cordee.directory.permissions import speaks_for
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.messages.models import Hook, Letter, MailboxItem, Preference
from cordee.ground.people.models import AccessKey, Actor, Link, Person
from cordee.ground.register.acts import INSTANCE, act, address
from cordee.ground.signing.models import Ceremony, Signatory
from cordee.groupings.models import Grouping, Holding, Seat
from cordee.offers.models import Reference, YearFigure

ERASED = "Personne effacée"
"""What stands where the name was; the same in every language, for it is kept."""


class StillNeeded(Refusal):
    """Others count on this person or this company: it leaves first."""


def erase_person(person: Person, *, by: Actor, at: datetime) -> Person:
    """Make a person unreadable: name, addresses, telephone, letters, sign-in. Every book still verifies.

    Allowed       the person, and whoever runs this server, on request.
    Refused when  they hold a seat in a living grouping, or a document awaits their signature.
    Tells         journeys.person.erased: how many letters were emptied.
    """
    with act("journeys.person.erased", book=INSTANCE, by=by, at=at, on=person) as facts:
        fresh = Person.objects.select_for_update().get(pk=person.pk)
        if by.person.pk != fresh.pk and not by.person.is_operator:
            raise NotAllowed(_("Chacun n’efface que soi-même."))
        _nobody_waits(fresh)
        _forget_ceremonies(fresh)
        companies = list(Representative.objects.filter(person=fresh).values_list("company", flat=True))
        Holding.objects.filter(name=fresh.name, company__in=companies).update(name=ERASED)
        letters = Letter.objects.filter(to=fresh)
        letters.filter(state__in=[Letter.State.WAITING, Letter.State.SENDING]).update(state=Letter.State.FAILED)
        facts["letters"] = letters.update(
            address="", reply_to="", stop_url="", subject="", text="", html="", trouble=""
        )
        _forget_letters(fresh)
        for known in {fresh.email, *EmailAddress.objects.filter(user=fresh).values_list("email", flat=True)}:
            MailboxItem.objects.filter(to__icontains=known).delete()
        EmailAddress.objects.filter(user=fresh).delete()
        Authenticator.objects.filter(user=fresh).delete()
        Preference.objects.filter(person=fresh).delete()
        Link.objects.filter(person=fresh, revoked_at=None).update(revoked_at=at)
        AccessKey.objects.filter(person=fresh).update(name="", revoked_at=at)
        Hook.objects.filter(made_by=fresh, ended_at=None).update(ended_at=at)
        Representative.objects.filter(person=fresh, until=None).update(until=at)
        Seat.objects.filter(substitute=fresh).update(substitute=None)
        fresh.email, fresh.name, fresh.phone = f"{fresh.public_id}@efface.invalid", ERASED, ""
        fresh.is_active = fresh.is_operator = False
        fresh.set_unusable_password()
        fresh.save()
    return fresh


def _nobody_waits(person: Person) -> None:
    """Refuse while others count on them."""
    held = Seat.objects.filter(holder=person, state=Seat.State.MEMBER).exclude(grouping__stage=Grouping.Stage.CLOSED)
    names = ", ".join(sorted(held.values_list("grouping__name", flat=True)))
    if names:
        raise StillNeeded(
            _("Vous représentez encore une entreprise : %(names)s.") % {"names": names},
            do=_("Quittez ces groupements, ou passez la main à une autre personne de l’entreprise, puis revenez."),
        )
    waiting = Signatory.objects.filter(person=person, state=Signatory.State.WAITING, ceremony__state="open").count()
    if waiting:
        raise StillNeeded(
            ngettext(
                "%(count)s document attend votre signature.", "%(count)s documents attendent votre signature.", waiting
            )
            % {"count": waiting},
            do=_("Signez, refusez, ou faites suivre à une autre personne, puis revenez."),
        )


def _forget_ceremonies(person: Person) -> None:
    """In what was never signed in the end, their name and addresses go; what was sealed is evidence, and stays."""
    words = [word for word in (person.name, person.email, person.phone) if word]
    undone = [Ceremony.State.DECLINED, Ceremony.State.CANCELLED]
    for ceremony in Ceremony.objects.filter(signatories__person=person, state__in=undone).distinct():
        ceremony.evidence = _without(ceremony.evidence, words)
        ceremony.save(update_fields=["evidence"])


def _forget_letters(person: Person) -> None:
    """Letters to others, and the copies that a demo keeps, lose the name and the address too."""
    words = [word for word in (person.name, person.email) if len(word) > 4]
    for model in (Letter, MailboxItem):
        for word in words:
            named = Q(subject__contains=word) | Q(text__contains=word) | Q(html__contains=word)
            for row in model.objects.filter(named):
                for field in ("subject", "text", "html"):
                    setattr(row, field, _without(getattr(row, field), [word]))
                row.save(update_fields=["subject", "text", "html"])


def _without(value: Any, words: list[str]) -> Any:
    """The same data, with these words taken out of every text."""
    if isinstance(value, dict):
        return {name: _without(each, words) for name, each in value.items()}
    if isinstance(value, list):
        return [_without(each, words) for each in value]
    if isinstance(value, str):
        for word in words:
            value = value.replace(word, "…")
    return value


def erase_company(company: Company, *, by: Actor, at: datetime) -> Company:
    """Empty the card of a company and all that it wrote of itself; its name and number stay in what was signed.

    Allowed       who speaks for it.
    Refused when  it is a member of a living grouping.
    Tells         journeys.company.erased.
    """
    with act("journeys.company.erased", book=company.book, by=by, at=at, on=company):
        fresh = Company.objects.select_for_update().get(pk=company.pk)
        if not speaks_for(by.person, fresh):
            raise NotAllowed(_("Seule la personne qui représente %(company)s en décide.") % {"company": fresh})
        seats = Seat.objects.filter(company=fresh, state=Seat.State.MEMBER)
        names = ", ".join(seats.exclude(grouping__stage=Grouping.Stage.CLOSED).values_list("grouping__name", flat=True))
        if names:
            raise StillNeeded(
                _("L’entreprise est encore membre : %(names)s.") % {"names": names},
                do=_("Quittez ces groupements d’abord : vous en partez avec vos données."),
            )
        for rows in (Tie.objects.filter(company=fresh), Tie.objects.filter(other=fresh)):
            rows.delete()
        for model in (Hiding, YearFigure, Reference):
            model.objects.filter(company=fresh).delete()
        fresh.trades.all().delete()
        fresh.certificates.all().delete()
        for name in ("brand_name", "brings", "looks_for", "capacity_left", "area", "proofs", "capital_group"):
            setattr(fresh, name, "")
        for name in ("turnover_cents", "turnover_year", "capacity_cents", "headcount_low", "headcount_high"):
            setattr(fresh, name, None)
        fresh.listed, fresh.certificates_known, fresh.version = False, False, fresh.version + 1
        fresh.save()
        AccessKey.objects.filter(company=address(fresh), revoked_at=None).update(revoked_at=at)
        Hook.objects.filter(company=address(fresh), ended_at=None).update(ended_at=at)
    return fresh
