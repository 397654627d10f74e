"""What groupings tell by mail: an invitation, its answer, a message."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cordee.ground.messages.acts import Draft, Teller
from cordee.ground.messages.models import Message
from cordee.ground.messages.reads import is_waiting
from cordee.ground.people.acts import make_link
from cordee.ground.people.reads import link_address
from cordee.ground.register.acts import address
from cordee.ground.register.models import Entry
from cordee.groupings.acts.invitations import PURPOSE
from cordee.groupings.models import Grouping, Invitation, Office, Seat

GATHER = timedelta(minutes=10)
"""How long messages gather before a letter goes: one letter for a burst, not one each."""


def _invitation(entry: Entry) -> Invitation:
    return Invitation.objects.select_related(
        "grouping", "person", "company", "invited_by__company", "invited_by__holder"
    ).get(public_id=entry.subject.rpartition("/")[2])


def page_of(name: str, grouping: Grouping) -> str:
    """The whole address of a page of a grouping, for a mail."""
    return str(settings.SITE_URL) + reverse(name, args=[grouping.public_id])


def members_of(grouping: Grouping) -> list[Seat]:
    """The members to write to."""
    seats = Seat.objects.filter(grouping=grouping, state=Seat.State.MEMBER)
    return list(seats.select_related("holder", "substitute", "company"))


def tell_invited(entry: Entry, at: datetime) -> Iterable[Draft]:
    """The invitation itself: one button, and nothing to install."""
    invitation = _invitation(entry)
    person = invitation.person
    if person is None or invitation.state != Invitation.State.SENT:
        return
    host, grouping = invitation.invited_by, invitation.grouping
    link = make_link(person, purpose=PURPOSE, subject=invitation, at=at, expires_at=invitation.expires_at)
    with translation.override(person.language):
        who = host.holder.name or str(host.company)
        yield Draft(
            to=person,
            kind="groupings.invited",
            subject=_("%(company)s vous invite à un échange : %(name)s")
            % {"company": host.company, "name": grouping.name},
            lines=(
                _("%(who)s (%(company)s) vous propose d’en parler avec d’autres dirigeants.")
                % {"who": who, "company": host.company},
                _("Regardez de quoi il s’agit et avec qui. Vous répondez en un clic, sans créer de compte."),
            ),
            figures=((_("Sujet"), grouping.name),),
            button=_("Voir l’invitation"),
            url=link_address(link, "groupings:invitation"),
            why=_("Vous recevez ce mail parce que %(company)s a donné votre adresse.") % {"company": host.company},
        )


def _tell_leaders(entry: Entry, grouping: Grouping, kind: str, subject: str, line: str) -> Iterable[Draft]:
    leading = Office.objects.filter(
        grouping=grouping, until=None, role__in=[Office.Role.FACILITATOR, Office.Role.COORDINATOR]
    ).values("seat")
    seats = Seat.objects.filter(pk__in=leading, state=Seat.State.MEMBER).select_related("holder")
    for person in {seat.holder.pk: seat.holder for seat in seats}.values():
        if person.pseudonym == entry.by.partition(" ")[0]:
            continue
        with translation.override(person.language):
            yield Draft(
                to=person,
                kind=kind,
                subject=_(subject) % {"name": grouping.name},
                lines=(_(line),),
                button=_("Voir où nous en sommes"),
                url=page_of("groupings:grouping", grouping),
                why=_("Vous recevez ce mail parce que vous animez « %(name)s ».") % {"name": grouping.name},
            )


def tell_accepted(entry: Entry, at: datetime) -> Iterable[Draft]:
    """Somebody comes in: whoever leads hears of it."""
    seat = Seat.objects.select_related("grouping", "company").get(public_id=entry.subject.rpartition("/")[2])
    grouping = seat.grouping
    subject = translation.gettext_noop("Une entreprise rejoint l’échange : %(name)s")
    line = translation.gettext_noop("Une entreprise de plus a accepté votre invitation.")
    return _tell_leaders(entry, grouping, "groupings.accepted", subject, line)


def tell_declined(entry: Entry, at: datetime) -> Iterable[Draft]:
    """Somebody says no: whoever leads hears of it, without a fuss."""
    grouping = _invitation(entry).grouping
    subject = translation.gettext_noop("Une réponse à votre invitation : %(name)s")
    line = translation.gettext_noop("Une personne invitée a décliné. Vous pouvez en inviter une autre.")
    return _tell_leaders(entry, grouping, "groupings.declined", subject, line)


def tell_written(entry: Entry, at: datetime) -> Iterable[Draft]:
    """A message: the others get one letter for all that is written in the next minutes."""
    room, _slash, _rest = entry.facts["about"].partition("/")
    if room != "groupings":  # another room tells its own conversations
        return
    message = Message.objects.select_related("thread", "by").get(public_id=entry.subject.rpartition("/")[2])
    grouping = Grouping.objects.get(public_id=entry.facts["about"].rpartition("/")[2])
    kind = f"groupings.talk.{message.thread.public_id}"
    readers: dict[int, Seat] = {seat.holder_id: seat for seat in members_of(grouping)}
    readers.pop(message.by_id, None)
    for seat in readers.values():
        person = seat.holder
        if is_waiting(person, kind):
            continue
        with translation.override(person.language):
            words = message.text if len(message.text) <= 280 else message.text[:279].rstrip() + "…"
            yield Draft(
                to=person,
                kind=kind,
                subject=_("On vous écrit dans « %(name)s »") % {"name": grouping.name},
                lines=tuple(
                    line
                    for line in (_("%(who)s a écrit :") % {"who": message.by.name or _("Un membre")}, words)
                    if line
                ),
                button=_("Lire et répondre"),
                url=page_of("groupings:conversation", grouping),
                why=_("Vous recevez ce mail parce que vous êtes membre de « %(name)s ».") % {"name": grouping.name},
                due_at=at + GATHER,
                group="talk",
                thread=message.thread,
                seat=address(seat),
            )


LETTERS: dict[str, Teller] = {
    "groupings.seat.invited": tell_invited,
    "groupings.seat.accepted": tell_accepted,
    "groupings.seat.declined": tell_declined,
    "messages.message.written": tell_written,
}
