"""An existing groupement comes in: its members are declared, and each holder confirms by a link of their own."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from cordee.directory.models import Company
from cordee.ground.kit.ids import new_public_id
from cordee.ground.kit.refusals import Refusal
from cordee.ground.people.acts import LINK_LIFE, know_person, make_link
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.groupings.acts.at_the_table import acting_seat, living
from cordee.groupings.acts.invitations import PURPOSE, AlreadyThere
from cordee.groupings.models import Arrival, Invitation, OpeningBalance, Seat


@dataclass(frozen=True, slots=True)
class DeclaredMember:
    """One member company, as the one who brings the groupement in wrote it. Units: cents above zero are owed to it."""

    email: str
    holder: str
    company_name: str = ""
    siren: str = ""
    cents: int = 0


class NotArriving(Refusal):
    """The groupement is in already, or was never declared."""


def declare_member(arrival: Arrival, member: DeclaredMember, *, by: Actor, at: datetime) -> Invitation:
    """Declare one member of a groupement that comes in; its holder receives a link to confirm.

    Allowed       the seat that brings the groupement in, as long as it is arriving.
    Refused when  the groupement is in; the person or the company is declared already.
    Tells         groupings.member.declared: the opening balance, in cents.
    """
    person = know_person(member.email, name=member.holder, by=by, at=at)
    with act("groupings.member.declared", book=arrival.grouping.book, by=by, at=at) as facts:
        fresh = Arrival.objects.select_for_update().select_related("grouping").get(pk=arrival.pk)
        mine = acting_seat(living(fresh.grouping), by)
        if fresh.completed_at or mine.pk != fresh.declared_by_id:
            raise NotArriving(_("Ce groupement est déjà repris."), do=_("Invitez l’entreprise, ou mettez-la au vote."))
        company = _company(member, at=at)
        here = Seat.objects.filter(grouping=fresh.grouping)
        asked = Invitation.objects.filter(grouping=fresh.grouping)
        if here.filter(holder=person).exists() or asked.filter(person=person).exists():
            raise AlreadyThere(_("%(person)s est déjà dans la liste.") % {"person": person})
        if company and (here.filter(company=company).exists() or asked.filter(company=company).exists()):
            raise AlreadyThere(_("%(company)s est déjà dans la liste.") % {"company": company})
        made = Invitation.objects.create(
            grouping=fresh.grouping,
            person=person,
            company=company,
            company_name=member.company_name[:200],
            state=Invitation.State.SENT,
            invited_by=mine,
            sent_at=at,
            expires_at=at + LINK_LIFE,
        )
        make_link(person, purpose=PURPOSE, subject=made, at=at, expires_at=made.expires_at)
        OpeningBalance.objects.create(arrival=fresh, invitation=made, cents=member.cents)
        facts.on = address(made)
        facts |= {"cents": member.cents, "company": company.public_id if company else ""}
    return made


def _company(member: DeclaredMember, *, at: datetime) -> Company | None:
    """The company of this SIREN, made when it is new; without a SIREN its own holder names it."""
    if not member.siren:
        return None
    known = Company.objects.filter(siren=member.siren).first()
    return known or Company.objects.create(
        public_id=new_public_id(),
        siren=member.siren,
        name=member.company_name[:200] or member.siren,
        source="invited",
        created_at=at,
    )
