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
from cordee.groupings.acts.writing import WRITING
from cordee.groupings.models import Grouping, Guest, Invitation, Mandate, Office, Seat, WritingAsked

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


def tell_declared(entry: Entry, at: datetime) -> Iterable[Draft]:
    """A groupement that exists comes in: each holder reads what was declared and confirms."""
    invitation = _invitation(entry)
    person = invitation.person
    if person is None or invitation.state != Invitation.State.SENT:
        return
    host, grouping = invitation.invited_by, invitation.grouping
    link = make_link(person, purpose=PURPOSE, subject=invitation, at=at, expires_at=invitation.expires_at)
    with translation.override(person.language):
        yield Draft(
            to=person,
            kind="groupings.declared",
            subject=_("Confirmez la place de votre entreprise : %(name)s") % {"name": grouping.name},
            lines=(
                _("%(who)s (%(company)s) reprend votre groupement dans Cordée.")
                % {"who": host.holder.name or str(host.company), "company": host.company},
                _("Lisez ce qui est déclaré : documents signés, règles de vote, votre solde. Puis confirmez."),
            ),
            figures=((_("Groupement"), grouping.name),),
            button=_("Lire et confirmer"),
            url=link_address(link, "groupings:invitation"),
            why=_("Vous recevez ce mail parce que %(company)s a donné votre adresse.") % {"company": host.company},
        )


def tell_guest_asked(entry: Entry, at: datetime) -> Iterable[Draft]:
    """Somebody is proposed from outside: each other company is asked whether it agrees."""
    guest = _guest(entry)
    if guest.ended_at:
        return
    for seat in members_of(guest.grouping):
        if seat.pk == guest.asked_by_id:
            continue
        with translation.override(seat.holder.language):
            words = {"who": guest.person, "name": guest.grouping.name, "company": guest.asked_by.company}
            does = (
                _("Cette personne lira et préparera, sans voter.")
                if guest.kind == guest.Kind.FACILITATOR
                else _("Cette personne lira, sans rien faire.")
            )
            yield Draft(
                to=seat.holder,
                kind="groupings.guest",
                subject=_("Êtes-vous d’accord ? %(who)s et « %(name)s »") % words,
                lines=(_("%(company)s propose d’accueillir %(who)s.") % words, does, _("Il faut l’accord de chacun.")),
                button=_("Répondre"),
                url=f"{page_of('groupings:guests', guest.grouping)}?voix={seat.public_id}",
                why=_("Vous recevez ce mail parce que vous êtes membre de « %(name)s ».") % words,
            )


def tell_guest_answered(entry: Entry, at: datetime) -> Iterable[Draft]:
    """The last consent opens the door: the guest hears of it."""
    guest = _guest(entry)
    if not entry.facts["open"] or guest.ended_at:
        return
    with translation.override(guest.person.language):
        words = {"name": guest.grouping.name}
        yield Draft(
            to=guest.person,
            kind="groupings.welcome",
            subject=_("La porte de « %(name)s » vous est ouverte") % words,
            lines=(_("Chaque entreprise a donné son accord. Vous lisez ; les membres décident."),),
            button=_("Voir le groupement"),
            url=page_of("journeys:accompany", guest.grouping),
            why=_("Vous recevez ce mail parce que les membres de « %(name)s » vous accueillent.") % words,
        )


def _guest(entry: Entry) -> Guest:
    return Guest.objects.select_related("grouping", "person", "asked_by__company").get(
        public_id=entry.subject.rpartition("/")[2]
    )


def tell_mandate(entry: Entry, at: datetime) -> Iterable[Draft]:
    """Who receives a mandate hears of it, with its limits."""
    mandate = Mandate.objects.select_related("person", "seat__company", "seat__grouping", "seat__holder").get(
        public_id=entry.subject.rpartition("/")[2]
    )
    if mandate.ended_at:
        return
    with translation.override(mandate.person.language):
        words = {"company": mandate.seat.company, "name": mandate.seat.grouping.name, "who": mandate.seat.holder}
        does = (
            _("%(who)s vous donne mandat de suppléer pour %(company)s dans « %(name)s »,")
            if mandate.kind == Mandate.Kind.SUBSTITUTE
            else _("%(who)s vous demande de préparer pour %(company)s dans « %(name)s »,")
        )
        limits = _("dans les limites et aux dates écrites sur la page.")
        yield Draft(
            to=mandate.person,
            kind="groupings.mandate",
            subject=_("Un mandat de %(company)s") % words,
            lines=(f"{does % words} {limits}",),
            button=_("Voir le mandat"),
            url=f"{page_of('groupings:mandates', mandate.seat.grouping)}?voix={mandate.seat.public_id}",
            why=_("Vous recevez ce mail parce que %(who)s vous a nommé.") % words,
        )


def _writing(entry: Entry) -> WritingAsked:
    return WritingAsked.objects.select_related(
        "person", "leader", "mandate", "seat__company", "seat__grouping", "seat__holder"
    ).get(public_id=entry.subject.rpartition("/")[2])


def tell_writing_asked(entry: Entry, at: datetime) -> Iterable[Draft]:
    """The legal representative is asked for the written delegation: one button opens its text."""
    asked = _writing(entry)
    if asked.answered_at or asked.seat.state != Seat.State.MEMBER:
        return
    link = make_link(asked.leader, purpose=WRITING, subject=asked, seat=asked.seat, at=at)
    with translation.override(asked.leader.language):
        words = {"who": asked.person, "company": asked.seat.company, "name": asked.seat.grouping.name}
        yield Draft(
            to=asked.leader,
            kind="groupings.writing",
            subject=_("%(who)s demande votre délégation pour « %(name)s »") % words,
            lines=(
                _("%(who)s siège pour %(company)s dans « %(name)s », sans pouvoir encore voter ni engager.") % words,
                _("Lisez le texte de la délégation, fixez ses limites, donnez-la ou non : un clic, sans compte."),
            ),
            button=_("Lire la délégation"),
            url=link_address(link, "groupings:writing"),
            why=_("Vous recevez ce mail parce que vous dirigez %(company)s.") % words,
        )


def tell_writing_answered(entry: Entry, at: datetime) -> Iterable[Draft]:
    """Who asked hears what the legal representative said."""
    asked = _writing(entry)
    if asked.answered_at is None:
        return
    with translation.override(asked.person.language):
        words = {"who": asked.leader, "company": asked.seat.company, "name": asked.seat.grouping.name}
        given = asked.mandate is not None
        yield Draft(
            to=asked.person,
            kind="groupings.writing",
            subject=(_("Votre délégation est donnée : %(company)s") if given else _("Pas de délégation : %(company)s"))
            % words,
            lines=(
                (
                    _("%(who)s vous donne la délégation : vous votez et engagez %(company)s, dans ses limites.")
                    if given
                    else _("%(who)s n’a pas donné la délégation. Vous continuez à préparer, sans engager %(company)s.")
                )
                % words,
            ),
            button=_("Voir"),
            url=f"{page_of('groupings:mandates', asked.seat.grouping)}?voix={asked.seat.public_id}",
            why=_("Vous recevez ce mail parce que vous siégez dans « %(name)s ».") % words,
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
    "groupings.member.declared": tell_declared,
    "groupings.guest.asked": tell_guest_asked,
    "groupings.guest.answered": tell_guest_answered,
    "groupings.mandate.given": tell_mandate,
    "groupings.writing.asked": tell_writing_asked,
    "groupings.writing.given": tell_writing_answered,
    "groupings.writing.declined": tell_writing_answered,
}
"""What is written in a conversation is told by the governance room, which asks `tell_written` for those of this one."""
