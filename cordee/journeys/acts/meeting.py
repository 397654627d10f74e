"""From a meeting to an exchange: those who were at the same event, or who were introduced."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from cordee.directory.models import Company, Event, Introduction, Presence, Representative
from cordee.ground.kit.refusals import NotYours, Refusal
from cordee.ground.people.models import Actor
from cordee.groupings.acts import Invitee, open_exchange
from cordee.groupings.models import Grouping
from cordee.groupings.permissions import speaks_for


class NobodyChosen(Refusal):
    """An exchange needs somebody else."""


class NotThere(Refusal):
    """Only those who said that they were there open an exchange from it, and with one another."""


def open_exchange_at(event: Event, host: Company, others: Sequence[Company], *, by: Actor, at: datetime) -> Grouping:
    """Open an exchange with some of those whom one met at an event.

    Allowed       who may commit a company that was there.
    Refused when  one was not there, or one of them was not; nobody is chosen.
    """
    there = set(Presence.objects.filter(event=event).values_list("company", flat=True))
    if host.pk not in there or not {one.pk for one in others} <= there:
        raise NotThere(
            _("Vous, ou l’une de ces entreprises, n’étiez pas à cet événement."), do=_("Dites d’abord « j’y suis ».")
        )
    purpose = _("Nous nous sommes rencontrés à « %(event)s ».") % {"event": event.name}
    return _open(_("Rencontre : %(event)s") % {"event": event.name}, purpose, host, others, by=by, at=at)


def open_exchange_introduced(introduction: Introduction, *, by: Actor, at: datetime) -> Grouping:
    """Open an exchange after an introduction, with who introduced: three companies around one subject.

    Allowed       who may commit the company that asked, or the one that accepted.
    Refused when  the introduction is not accepted.
    """
    one = Introduction.objects.select_related("asker", "through", "target").get(pk=introduction.pk)
    sides = [side for side in (one.asker, one.target) if speaks_for(by.person, side)]
    if not sides:
        raise NotYours
    if one.state != Introduction.State.ACCEPTED:
        raise NobodyChosen(_("La présentation n’est pas encore acceptée."))
    host = sides[0]
    others = [each for each in (one.asker, one.target, one.through) if each.pk != host.pk]
    return _open(one.why[:120] or _("Faire connaissance"), one.why, host, others, by=by, at=at)


def _open(name: str, purpose: str, host: Company, others: Sequence[Company], *, by: Actor, at: datetime) -> Grouping:
    invitees = [invitee_of(one) for one in others if one.pk != host.pk]
    if not invitees:
        raise NobodyChosen(_("Il manque quelqu’un à inviter."), do=_("Choisissez au moins une entreprise."))
    return open_exchange(name=name[:120], purpose=purpose, host_company=host, invitees=invitees, by=by, at=at)


def invitee_of(company: Company) -> Invitee:
    """The leader of a company as one invites them; « adresse à compléter » where nobody is known."""
    acting = Representative.objects.filter(company=company, until=None).select_related("person")
    leader = acting.exclude(capacity=Representative.Capacity.ASSISTANT).order_by("-capacity", "id").first()
    if leader is None:
        return Invitee(company=company, company_name=company.discreet_name)
    return Invitee(
        email=leader.person.email, name=leader.person.name, company=company, company_name=company.discreet_name
    )
