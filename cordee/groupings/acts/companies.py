"""Saying which company one speaks for."""

from datetime import datetime

from django.utils.translation import gettext as _
from stdnum.fr import siren as siren_number

from cordee.directory.models import Company, Representative
from cordee.ground.kit.ids import new_public_id
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.people.models import Actor, Person
from cordee.ground.register.acts import act, address
from cordee.groupings.permissions import speaks_for


class CompanyUnnamed(Refusal):
    """No name and no SIREN."""


class UnknownSiren(Refusal):
    """A SIREN that we cannot name yet, or that is wrong."""


class CompanyHeldByAnother(Refusal):
    """Somebody else already speaks for this company."""


def name_company(text: str, *, capacity: str = Representative.Capacity.LEGAL, by: Actor, at: datetime) -> Company:
    """Say which company one speaks for, by its name or its SIREN; a name that is new makes a new company.

    Refused when  the SIREN is wrong or unknown here, or somebody else already speaks for that company.
    Tells         groupings.company.named, in the company's own book.
    """
    clean = "".join(text.split())
    company = Company(public_id=new_public_id(), name=" ".join(text.split())[:200], source="invited", created_at=at)
    if clean.isdigit():
        company = _company_of_siren(clean)
    elif not clean:
        raise CompanyUnnamed(_("Il manque le nom de votre entreprise."))
    with act("groupings.company.named", book=company.book, by=by, at=at, on=address(company)) as facts:
        if company.pk is None:
            company.save()
        speak_for(company, by.person, capacity, at=at)
        facts["capacity"] = capacity
    return company


def _company_of_siren(text: str) -> Company:
    if not siren_number.is_valid(text):
        raise UnknownSiren(
            _("« %(siren)s » n’est pas un SIREN.") % {"siren": text},
            do=_("Un SIREN a 9 chiffres. Vous pouvez aussi écrire le nom de l’entreprise."),
        )
    company = Company.objects.filter(siren=text).first()
    if company is None:
        raise UnknownSiren(
            _("Nous ne connaissons pas encore ce SIREN."), do=_("Écrivez le nom de l’entreprise : il suffit.")
        )
    return company


def speak_for(company: Company, person: Person, capacity: str, *, at: datetime) -> None:
    """Note that somebody speaks for a company, as they declare. To be called inside the act it belongs to."""
    if capacity == Representative.Capacity.ASSISTANT:
        raise NotAllowed(
            _("Cette réponse engage l’entreprise."),
            why=_("La personne qui la dirige, ou qui en a reçu l’écrit, doit répondre elle-même."),
            do=_("Transmettez-lui l’invitation."),
        )
    if speaks_for(person, company):
        return
    others = Representative.objects.filter(company=company, until=None).exclude(
        capacity=Representative.Capacity.ASSISTANT
    )
    if others.exists():
        raise CompanyHeldByAnother(
            _("Quelqu’un représente déjà %(company)s dans Cordée.") % {"company": company},
            do=_("Demandez à cette personne d’accepter, ou de vous ajouter comme délégataire."),
        )
    Representative.objects.update_or_create(
        company=company, person=person, defaults={"capacity": capacity, "since": at, "until": None}
    )
