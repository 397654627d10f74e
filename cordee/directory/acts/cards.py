"""The card of a company, kept by its own people: claimed, written, corrected."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from cordee.directory.acts.take_in import certificate_code
from cordee.directory.models import Certificate, Company, CompanyTrade, Hiding, Place, Representative
from cordee.directory.permissions import may_edit, speaks_for
from cordee.engines.places import commune, department_of_insee
from cordee.engines.trades import trade
from cordee.ground.kit.ids import new_public_id
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal, Stale
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address

FIELDS = ("name", "brand_name", "brings", "looks_for", "capacity_left", "area", "proofs")
"""What one writes on one's own card."""


class CompanyHeldByAnother(Refusal):
    """Somebody else already speaks for this company."""


class CompanyUnnamed(Refusal):
    """A company has a name."""


class UnknownTrade(Refusal):
    """A trade that is not in the table."""


class HiddenFromOneself(Refusal):
    """A company cannot hide from its own people."""


class CertificateUnnamed(Refusal):
    """A certificate without a readable name."""


def own_company(company: Company, by: Actor) -> Company:
    """The company as it is now, for one of its own people; to be called inside the act."""
    fresh = Company.objects.select_for_update().get(pk=company.pk)
    if not may_edit(by.person, fresh):
        raise NotAllowed(
            _("Seules les personnes de %(company)s changent sa fiche.") % {"company": fresh},
            do=_("Si c’est votre entreprise, dites-le d’abord sur sa fiche."),
        )
    return fresh


def words_for_fields() -> dict[str, str]:
    """The name of each field of a card, in the reader's language."""
    return {
        "name": _("Nom"),
        "brand_name": _("Nom connu des clients"),
        "brings": _("Ce que j’apporte"),
        "looks_for": _("Ce que je cherche"),
        "capacity_left": _("Capacité encore libre"),
        "area": _("Où nous travaillons"),
        "proofs": _("Nos références"),
    }


def claim_company(company: Company, *, by: Actor, at: datetime) -> Representative:
    """Say « c’est mon entreprise »: from then on one speaks for it, as its legal representative.

    Allowed       anybody who is signed in, with an address of their own.
    Refused when  somebody else speaks for it already; the address is shared by several people.
    Tells         directory.company.claimed, in the company's own book.
    """
    with act("directory.company.claimed", book=company.book, by=by, at=at, on=company) as facts:
        fresh = Company.objects.select_for_update().get(pk=company.pk)
        if not Company.objects.seen_by(by.person).filter(pk=fresh.pk).exists():
            raise NotYours
        if by.person.shared_mailbox:
            raise NotAllowed(
                _("Une adresse partagée ne représente pas une entreprise."), do=_("Entrez avec votre propre adresse.")
            )
        if speaks_for(by.person, fresh):  # a delegate stays one: saying it again gives no more power
            made = Representative.objects.get(company=fresh, person=by.person)
        else:
            others = Representative.objects.filter(company=fresh, until=None)
            if others.exclude(capacity=Representative.Capacity.ASSISTANT).exists():
                raise CompanyHeldByAnother(
                    _("Quelqu’un représente déjà %(company)s dans Cordée.") % {"company": fresh},
                    do=_("Demandez à cette personne de vous ajouter."),
                )
            made, _new = Representative.objects.update_or_create(
                company=fresh,
                person=by.person,
                defaults={"capacity": Representative.Capacity.LEGAL, "since": at, "until": None},
            )
        facts["capacity"] = str(made.capacity)
    return made


def create_company(*, name: str, insee: str = "", by: Actor, at: datetime) -> Company:
    """Make a card by hand, where the register does not know the company: a name is enough.

    Allowed       anybody who is signed in, with an address of their own.
    Refused when  there is no name; the address is shared by several people.
    Tells         directory.company.created, in the company's own book.
    """
    company = Company(public_id=new_public_id(), name=" ".join(name.split())[:200], source="hand", created_at=at)
    with act("directory.company.created", book=company.book, by=by, at=at, on=address(company)) as facts:
        if by.person.shared_mailbox:
            raise NotAllowed(
                _("Une adresse partagée ne représente pas une entreprise."), do=_("Entrez avec votre propre adresse.")
            )
        if not company.name:
            raise CompanyUnnamed(_("Il manque le nom de votre entreprise."))
        company.by_hand = ["name"]
        company.save()
        Representative.objects.create(company=company, person=by.person, since=at)
        if where := commune(insee) if insee else None:
            _move(company, where.insee)
        facts["capacity"] = str(Representative.Capacity.LEGAL)
    return company


def _move(company: Company, insee: str) -> bool:
    """Place the head office in a commune; say whether that changed anything."""
    where = commune(insee)
    if where is None:
        return False
    place = company.places.order_by("-is_head", "id").first() or Place(company=company)
    if place.insee == where.insee:
        return False
    department = department_of_insee(where.insee)
    place.insee, place.city, place.postcode = where.insee, where.name, (where.postcodes or ("",))[0]
    place.department = department.code if department else ""
    place.lon, place.lat = where.point or (None, None)
    place.street = ""
    place.save()
    return True


def edit_company(
    company: Company, *, values: Mapping[str, str], insee: str = "", version: int, by: Actor, at: datetime
) -> Company:
    """Write one's own card. What is written by hand is no longer changed by an import.

    Allowed       the company's own people, also who only prepares.
    Refused when  somebody changed it in between (both versions are shown); the name is empty.
    Tells         directory.company.edited, with the names of what changed.
    """
    with act("directory.company.edited", book=company.book, by=by, at=at, on=company) as facts:
        fresh = own_company(company, by)
        cleaned = {name: str(values[name]).strip() for name in FIELDS if name in values}
        if fresh.version != version:
            words = words_for_fields()
            raise Stale(
                _("Quelqu’un vient de modifier cette fiche."),
                theirs={words[name]: getattr(fresh, name) for name in cleaned},
                yours={words[name]: value for name, value in cleaned.items()},
            )
        if not cleaned.get("name", fresh.name):
            raise CompanyUnnamed(_("Il manque le nom de votre entreprise."))
        changed = [name for name, value in cleaned.items() if getattr(fresh, name) != value]
        for name in changed:
            setattr(fresh, name, cleaned[name])
        if insee and _move(fresh, insee):
            changed.append("places")
        fresh.confirmed_at = at
        _written(fresh, *changed)
        facts |= {"changed": " ".join(changed), "version": fresh.version}
    return fresh


def _written(company: Company, *what: str) -> None:
    company.by_hand = sorted({*company.by_hand, *what})
    company.version += 1
    company.save()


def declare_trade(company: Company, slug: str, *, has: bool = True, by: Actor, at: datetime) -> Company:
    """Say that the company has a trade, or that it has not, whatever its NAF code says.

    Allowed       the company's own people.
    Refused when  the trade is not in the table.
    Tells         directory.trade.declared: the trade, and whether the company has it.
    """
    with act("directory.trade.declared", book=company.book, by=by, at=at, on=company) as facts:
        fresh = own_company(company, by)
        try:
            known = trade(slug).slug
        except ValueError as wrong:
            raise UnknownTrade(str(wrong)) from None
        if has:
            said = {"declared": True, "strength": 3}
            CompanyTrade.objects.update_or_create(company=fresh, trade=known, defaults=said)
        else:
            fresh.trades.filter(trade=known).delete()
        _written(fresh, "trades")
        facts |= {"trade": known, "has": has}
    return fresh


def note_certificate(
    company: Company, *, label: str, valid_to: date | None = None, by: Actor, at: datetime
) -> Certificate:
    """Note a qualification or an attestation, with its end; noted again, its end is changed.

    Allowed       the company's own people.
    Refused when  it has no readable name.
    Tells         directory.certificate.noted: which, until when.
    """
    with act("directory.certificate.noted", book=company.book, by=by, at=at) as facts:
        fresh = own_company(company, by)
        label = " ".join(label.split())[:160]
        code = certificate_code(label)
        if not code:
            raise CertificateUnnamed(_("Il manque le nom du certificat."), do=_("Par exemple : Qualibat 2111."))
        fresh.certificates_known = True
        made, _new = Certificate.objects.update_or_create(
            company=fresh, code=code, defaults={"label": label, "valid_to": valid_to}
        )
        _written(fresh, "certificates")
        facts.on = address(made)
        facts |= {"code": code, "valid_to": valid_to.isoformat() if valid_to else ""}
    return made


def drop_certificate(certificate: Certificate, *, by: Actor, at: datetime) -> None:
    """Take a certificate off the card.

    Allowed       the company's own people.
    Refused when  it is off already.
    Tells         directory.certificate.dropped: which.
    """
    company = certificate.company
    with act("directory.certificate.dropped", book=company.book, by=by, at=at, on=certificate) as facts:
        fresh = own_company(company, by)
        gone, _rows = Certificate.objects.filter(pk=certificate.pk, company=fresh).delete()
        if not gone:
            raise NotYours
        _written(fresh, "certificates")
        facts["code"] = certificate.code


def show_company(company: Company, *, listed: bool, by: Actor, at: datetime) -> Company:
    """Choose whether others find the company in the directory.

    Allowed       who may commit the company.
    Tells         directory.company.shown: whether it is listed.
    """
    with act("directory.company.shown", book=company.book, by=by, at=at, on=company) as facts:
        fresh = _committed(company, by)
        fresh.listed = listed
        _written(fresh)
        facts["listed"] = listed
    return fresh


def hide_from(company: Company, other: Company, *, hidden: bool = True, by: Actor, at: datetime) -> None:
    """Never show the company to the people of another one, or show it again.

    Allowed       who may commit the company.
    Refused when  it is one's own company, or one that one may not see.
    Tells         directory.company.hidden: whether it hides; never from whom.
    """
    with act("directory.company.hidden", book=company.book, by=by, at=at, on=company) as facts:
        fresh = _committed(company, by)
        if other.pk == fresh.pk:
            raise HiddenFromOneself(_("Votre entreprise vous est toujours montrée."))
        if not Company.objects.seen_by(by.person).filter(pk=other.pk).exists():
            raise NotYours
        if hidden:
            Hiding.objects.get_or_create(company=fresh, hidden_from=other)
        else:
            Hiding.objects.filter(company=fresh, hidden_from=other).delete()
        facts["hidden"] = hidden


def _committed(company: Company, by: Actor) -> Company:
    fresh = own_company(company, by)
    if not speaks_for(by.person, fresh):
        raise NotAllowed(_("Seule la personne qui représente %(company)s en décide.") % {"company": fresh})
    return fresh


def as_values(company: Company) -> dict[str, Any]:
    """What stands on a card now, for a form to start from."""
    return {name: getattr(company, name) for name in FIELDS}
