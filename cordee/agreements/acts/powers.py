"""Written delegations: given by the legal representative with their writing, withdrawn when they say so."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.agreements import permissions
from cordee.agreements.models import Delegation
from cordee.agreements.reads import kinds as known_kinds
from cordee.directory.models import Company
from cordee.ground.files.acts import keep
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.people.acts import know_person
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address


class NotAPower(Refusal):
    """This delegation cannot stand."""


def write_delegation(
    company: Company,
    *,
    email: str,
    name: str,
    role: str,
    paper: UploadedFile,
    kinds: Sequence[str] = (),
    limit_cents: int | None = None,
    since: date,
    until: date | None = None,
    by: Actor,
    at: datetime,
) -> Delegation:
    """Record a written delegation: who may sign for the company, which documents, up to how much, until when.

    Allowed       the legal representative of the company.
    Refused when  it ends before it begins or is over, it is for a shared mailbox or for oneself, a type is unknown, or
                  the writing is not a file that is taken.
    Tells         agreements.delegation.written: digest of the writing.
    """
    with act("agreements.delegation.written", book=company.book, by=by, at=at) as facts:
        if not permissions.leads_by_law(by.person, company):
            raise NotAllowed(
                _("Seul le représentant légal de %(company)s délègue sa signature.") % {"company": company}
            )
        person = know_person(email, name=name, by=by, at=at)
        if person == by.person:
            raise NotAPower(_("Vous signez déjà pour cette entreprise."), do=_("Indiquez une autre personne."))
        if person.shared_mailbox:
            raise NotAPower(
                _("%(email)s est une boîte partagée : elle ne peut pas signer.") % {"email": person.email},
                do=_("Indiquez l’adresse personnelle de cette personne."),
            )
        if until is not None and (until < since or until < localtime(at).date()):
            raise NotAPower(_("Cette délégation est déjà finie."), do=_("Choisissez une autre date de fin."))
        if set(kinds) - {one.slug for one in known_kinds()}:
            raise NotAPower(_("Ce type de document n’existe pas."), do=_("Choisissez-en un dans la liste."))
        given = Delegation.objects.create(
            company=company,
            giver=by.person,
            person=person,
            role=role.strip()[:60],
            kinds=list(kinds),
            limit_cents=limit_cents,
            since=since,
            until=until,
            paper=keep(paper, book=company.book, by=by.person, at=at),
            written_at=at,
        )
        facts.on = address(given)
        facts |= {"to": person.pseudonym, "paper": given.paper.digest, "kinds": " ".join(kinds)}
        if limit_cents is not None:
            facts["limit_cents"] = limit_cents
    return given


def revoke_delegation(delegation: Delegation, *, by: Actor, at: datetime) -> Delegation:
    """Withdraw a delegation: from now on this person signs nothing more by it.

    Allowed       the legal representative of the company.
    Refused when  it was withdrawn already.
    Tells         agreements.delegation.revoked.
    """
    company = delegation.company
    with act("agreements.delegation.revoked", book=company.book, by=by, at=at, on=delegation):
        if not permissions.leads_by_law(by.person, company):
            raise NotAllowed(
                _("Seul le représentant légal de %(company)s retire cette délégation.") % {"company": company}
            )
        fresh = Delegation.objects.select_for_update().get(pk=delegation.pk)
        if fresh.revoked_at:
            raise NotAPower(_("Cette délégation est déjà retirée."))
        fresh.revoked_at = at
        fresh.save(update_fields=["revoked_at"])
    return fresh
