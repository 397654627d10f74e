"""Opening an exchange, by hand or from a team; saying what it is for; pausing; talking."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from cordee.directory.models import Company
from cordee.ground.kit.ids import new_public_id
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal, Stale
from cordee.ground.messages.acts import thread_about, write_message
from cordee.ground.messages.models import Message
from cordee.ground.people.models import Actor, Clockwork, Person
from cordee.ground.register.acts import act, address
from cordee.groupings.acts.at_the_table import DecidedTogether, GroupingClosed, leading_seat, living
from cordee.groupings.acts.invitations import Invitee, invite
from cordee.groupings.models import Grouping, Motive, Office, Seat
from cordee.groupings.permissions import may_change_purpose, seats_open_to, speaks_for

FIELDS = ("name", "purpose", "end_condition", "necessity")


class NothingToTalkAbout(Refusal):
    """An exchange has a subject."""


class NobodyInvited(Refusal):
    """An exchange needs somebody else."""


def open_exchange(
    *,
    name: str,
    purpose: str = "",
    host_company: Company,
    invitees: Sequence[Invitee],
    need: str = "",
    motives: Sequence[str] = (),
    by: Actor,
    at: datetime,
) -> Grouping:
    """Open an exchange with a few leaders: no paper, a subject and names. The one who opens it leads it at first.

    Allowed       whoever may commit the host company.
    Refused when  there is no subject, or nobody else to invite.
    Tells         groupings.grouping.opened, then one line for each company invited.
    """
    others = _others(invitees, by.person, host_company)
    if not name.strip():
        raise NothingToTalkAbout(
            _("Il manque le sujet de l’échange."), do=_("Écrivez en quelques mots de quoi parler.")
        )
    if not others:
        raise NobodyInvited(_("Il manque quelqu’un à inviter."), do=_("Donnez au moins une adresse e-mail."))
    grouping = Grouping(
        public_id=new_public_id(),
        name=name.strip()[:120],
        purpose=purpose.strip(),
        motives=[each for each in motives if each in Motive.values],
        need=need,
        stage_since=at,
        created_at=at,
    )
    seat = Seat(public_id=new_public_id(), company=host_company, holder=by.person, invited_at=at, answered_at=at)
    host = Actor(by.person, address(seat))
    with transaction.atomic():
        with act("groupings.grouping.opened", book=grouping.book, by=host, at=at, on=address(grouping)) as facts:
            if not speaks_for(by.person, host_company):
                raise NotAllowed(_("Vous ne pouvez pas engager %(company)s.") % {"company": host_company})
            grouping.save()
            seat.grouping = grouping
            seat.save()
            Office.objects.create(grouping=grouping, seat=seat, role=Office.Role.FACILITATOR, since=at)
            facts["company"] = host_company.public_id
            facts["need"] = need
            facts["invited"] = len(others)
        for other in others:
            invite(grouping, other, by=host, at=at)
    return grouping


def _others(invitees: Sequence[Invitee], person: Person, host: Company) -> list[Invitee]:
    """Each one once, without the one who invites."""
    kept: list[Invitee] = []
    known: set[str] = {person.email.lower(), f"company {host.pk}"}
    for each in invitees:
        marks = {each.email.strip().lower()} if each.email.strip() else set()
        marks |= {f"company {each.company.pk}"} if each.company else set()
        if (marks or each.company_name.strip()) and not marks & known:
            kept.append(each)
            known |= marks
    return kept


def change_purpose(
    grouping: Grouping,
    *,
    version: int,
    values: dict[str, str],
    motives: Sequence[str] | None = None,
    by: Actor,
    at: datetime,
) -> Grouping:
    """Say again what the grouping is for, when it will be over, what none could do alone.

    Allowed       whoever leads it, as long as nothing is signed.
    Refused when  somebody changed it in between (both values are shown), or something is signed: then it is voted.
    Tells         groupings.grouping.changed, with the names of what changed.
    """
    with act("groupings.grouping.changed", book=grouping.book, by=by, at=at, on=grouping) as facts:
        fresh = living(grouping)
        seat = leading_seat(fresh, by, _("changer ce texte"))
        if not may_change_purpose(seat):
            raise DecidedTogether(
                _("Le groupement est engagé : son but se change par une décision."),
                do=_("Proposez une décision aux membres."),
            )
        words = {
            "name": _("Nom"),
            "purpose": _("But"),
            "end_condition": _("Fin"),
            "necessity": _("Ce qu’on ne peut pas seul"),
        }
        cleaned = {field: values[field].strip() for field in FIELDS if field in values}
        if fresh.version != version:
            raise Stale(
                _("Quelqu’un vient de modifier ce texte."),
                theirs={words[field]: getattr(fresh, field) for field in cleaned},
                yours={words[field]: value for field, value in cleaned.items()},
            )
        if not cleaned.get("name", fresh.name):
            raise NothingToTalkAbout(_("Un groupement a un nom."))
        changed = [field for field, value in cleaned.items() if getattr(fresh, field) != value]
        for field in changed:
            setattr(fresh, field, cleaned[field])
        if motives is not None and fresh.motives != list(motives):
            fresh.motives = [each for each in motives if each in Motive.values]
            changed.append("motives")
        fresh.version += 1
        fresh.save()
        facts["changed"] = " ".join(changed)
        facts["version"] = fresh.version
    return fresh


def pause(grouping: Grouping, *, by: Actor | Clockwork, at: datetime, by_decision: str = "") -> Grouping:
    """Put the grouping to rest for a while; nothing is lost.

    Allowed       whoever leads it; the effect of a decision (`by_decision`, its address).
    Refused when  it is closed or already at rest.
    Tells         groupings.grouping.paused.
    """
    with act("groupings.grouping.paused", book=grouping.book, by=by, at=at, on=grouping) as facts:
        fresh = living(grouping)
        if isinstance(by, Actor):
            leading_seat(fresh, by, _("mettre en pause"))
        else:
            facts["by_decision"] = by_decision
        if fresh.paused_at:
            raise GroupingClosed(_("Le groupement est déjà en pause."))
        fresh.paused_at = at
        fresh.save(update_fields=["paused_at"])
    return fresh


def resume(grouping: Grouping, *, by: Actor, at: datetime) -> Grouping:
    """Take the grouping up again where it was.

    Allowed       whoever leads it.
    Refused when  it is closed, or not at rest.
    Tells         groupings.grouping.resumed.
    """
    with act("groupings.grouping.resumed", book=grouping.book, by=by, at=at, on=grouping):
        fresh = living(grouping)
        leading_seat(fresh, by, _("reprendre"))
        if not fresh.paused_at:
            raise GroupingClosed(_("Le groupement n’est pas en pause."))
        fresh.paused_at = None
        fresh.save(update_fields=["paused_at"])
    return fresh


def write_in_conversation(
    grouping: Grouping, text: str, *, files: Sequence[UploadedFile] = (), by: Actor, at: datetime
) -> Message:
    """Write to all the members, with files or without. Somebody who prepares may write too.

    Allowed       whoever sees the grouping through a seat.
    Refused when  nothing is written and no file given, a file is not taken, or the grouping is closed.
    Tells         messages.message.written.
    """
    mine = seats_open_to(by.person).filter(grouping=grouping, public_id=by.seat.rpartition("/")[2])
    with transaction.atomic():
        thread = thread_about(grouping, book=grouping.book, at=at)
        message = write_message(thread, text, files=files, by=by, at=at)
        # Checked once the book is locked, as every act does: the grouping first and the book after would be a deadlock.
        living(grouping)
        if not mine.exists():
            raise NotYours
        return message
