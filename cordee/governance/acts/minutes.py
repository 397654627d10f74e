"""A vote in a meeting; its minutes, read again, approved, signed."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from cordee.governance.acts.ballots import open_ballot
from cordee.governance.acts.meetings import NotThatMoment, _at, _leads
from cordee.governance.models import AgendaItem, Attendance, Ballot, Meeting, Resolution
from cordee.governance.reads import minutes_pdf, minutes_signed_by
from cordee.ground.kit.refusals import Refusal, Stale
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import By, act, address
from cordee.ground.signing.acts import Called, open_ceremony
from cordee.ground.signing.models import Ceremony
from cordee.groupings.permissions import speaks_for

LENGTH = timedelta(hours=3)
TIME_TO_SIGN = timedelta(days=21)


def open_item_vote(item: AgendaItem, *, by: Actor, at: datetime) -> Ballot:
    """Put a point of the agenda to the vote, now: those present vote on their telephones, proxies are taken over.

    Allowed       who called the meeting, facilitates, coordinates or holds the pen.
    Refused when  the meeting is not open; the point is not one to decide, or was voted already.
    Tells         governance.item.voted: the point, its type, how many are there.
    """
    meeting = item.meeting
    with act("governance.item.voted", book=meeting.grouping.book, by=by, at=at) as facts:
        fresh = _at(meeting, Meeting.State.OPEN)
        seat = _leads(fresh, by)
        point = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
        if point.kind != AgendaItem.Kind.DECIDE or point.ballot_id:
            raise NotThatMoment(_("Ce point n’est pas à voter, ou l’est déjà."))
        resolution = Resolution.objects.create(
            grouping=fresh.grouping,
            title=point.title,
            text=point.text or point.title,
            decision_type=point.decision_type,
            proposed_by=seat,
            proposed_at=at,
        )
        ballot = open_ballot(resolution, call=1, closes_at=at + LENGTH, at=at)
        for line in fresh.attendances.filter(state=Attendance.State.REPRESENTED):
            ballot.voters.filter(seat=line.seat_id).update(proxy_to=line.proxy_to_id, proxy_at=at)
        point.ballot = ballot
        point.save(update_fields=["ballot"])
        facts.on = address(ballot)
        there = fresh.attendances.filter(state=Attendance.State.PRESENT, left_at=None).count()
        facts |= {"resolution": resolution.public_id, "type": point.decision_type, "present": there}
    return ballot


def correct_minutes(meeting: Meeting, *, text: str, version: int, by: Actor, at: datetime) -> Meeting:
    """Correct the minutes while they are being read again.

    Allowed       who called the meeting, facilitates, coordinates or holds the pen.
    Refused when  they are approved; somebody corrected them in between (both versions are shown).
    Tells         governance.minutes.corrected.
    """
    with act("governance.minutes.corrected", book=meeting.grouping.book, by=by, at=at, on=meeting) as facts:
        fresh = _minutes(meeting, Meeting.Minutes.DRAFT)
        _leads(fresh, by)
        if fresh.version != version:
            words = _("Compte rendu")
            raise Stale(_("Quelqu’un vient de le corriger."), theirs={words: fresh.minutes}, yours={words: text})
        if not text.strip():
            raise Refusal(_("Le compte rendu est vide."))
        fresh.minutes, fresh.version = text.strip(), fresh.version + 1
        fresh.save(update_fields=["minutes", "version"])
        facts["version"] = fresh.version
    return fresh


def approve_minutes(meeting: Meeting, *, by: Actor, at: datetime) -> Meeting:
    """Approve the minutes: their text no longer changes.

    Allowed       who called the meeting, facilitates, coordinates or holds the pen.
    Refused when  they are approved already.
    Tells         governance.minutes.approved.
    """
    with act("governance.minutes.approved", book=meeting.grouping.book, by=by, at=at, on=meeting):
        fresh = _minutes(meeting, Meeting.Minutes.DRAFT)
        _leads(fresh, by)
        fresh.minutes_state = Meeting.Minutes.APPROVED
        fresh.save(update_fields=["minutes_state"])
    return fresh


def sign_minutes(meeting: Meeting, *, by: Actor, at: datetime) -> Meeting:
    """Send the minutes to be signed by the coordinator and the secretary, each from a link, with a code.

    Allowed       who called the meeting, facilitates, coordinates or holds the pen.
    Refused when  they are not approved; nobody may sign them.
    Tells         governance.minutes.sent, and signing.ceremony.opened.
    """
    with act("governance.minutes.sent", book=meeting.grouping.book, by=by, at=at, on=meeting) as facts:
        fresh = _minutes(meeting, Meeting.Minutes.APPROVED)
        _leads(fresh, by)
        pdf, fingerprint = minutes_pdf(fresh, at=at)
        fresh.ceremony = open_ceremony(
            book=fresh.grouping.book,
            subject=address(fresh),
            title=_("Compte rendu : %(title)s") % {"title": fresh.title},
            pdf=pdf,
            fingerprint=fingerprint,
            called=_signatories(fresh),
            expires_at=at + TIME_TO_SIGN,
            by=by,
            at=at,
        )
        fresh.minutes_state = Meeting.Minutes.SIGNING
        fresh.save(update_fields=["ceremony", "minutes_state"])
        facts |= {"ceremony": fresh.ceremony.public_id, "fingerprint": fingerprint}
    return fresh


def note_minutes_signed(meeting: Meeting, *, by: By, at: datetime) -> Meeting:
    """Note that the minutes are signed, or that somebody declined: they come back to be corrected.

    Allowed       Cordée itself.
    Refused when  the signing is not over.
    Tells         governance.minutes.settled: signed or not.
    """
    with act("governance.minutes.settled", book=meeting.grouping.book, by=by, at=at, on=meeting) as facts:
        fresh = _minutes(meeting, Meeting.Minutes.SIGNING)
        state = fresh.ceremony.state if fresh.ceremony else ""
        if state == Ceremony.State.SEALED:
            fresh.minutes_state = Meeting.Minutes.SIGNED
        elif state in (Ceremony.State.DECLINED, Ceremony.State.CANCELLED):
            fresh.minutes_state = Meeting.Minutes.DRAFT
        else:
            raise NotThatMoment(_("La signature n’est pas terminée."))
        fresh.save(update_fields=["minutes_state"])
        facts["signed"] = fresh.minutes_state == Meeting.Minutes.SIGNED
    return fresh


def _minutes(meeting: Meeting, state: str) -> Meeting:
    fresh = _at(meeting, Meeting.State.HELD)
    if fresh.minutes_state != state:
        raise NotThatMoment(
            _("Le compte rendu n’en est pas là : %(state)s.")
            % {"state": str(fresh.get_minutes_state_display()).lower()}
        )
    return fresh


def _signatories(meeting: Meeting) -> list[Called]:
    """Who signs, among those with the power to bind their company."""
    return [
        Called(seat.holder, address(seat), seat.company.name, seat.company.siren or "", capacity)
        for seat, capacity in minutes_signed_by(meeting)
        if speaks_for(seat.holder, seat.company)
    ]
