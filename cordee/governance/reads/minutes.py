"""The minutes: written from what happened, in the language of the papers; printed."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.engines.assembly.minutes import Minutes, render_minutes
from cordee.governance.models import AgendaItem, Attendance, Meeting
from cordee.ground.kit.templatetags.cordee import day, moment
from cordee.ground.kit.words import for_the_papers
from cordee.groupings.models import Office, Seat


def minutes_of(meeting: Meeting) -> str:
    """What is known of a meeting, point by point, with the very words voted and the arithmetic of each vote."""
    with for_the_papers():
        lines = _attended(meeting)
        for item in meeting.items.select_related("ballot__resolution"):
            lines += ["", f"# {item.number}. {item.title}", *_point(item)]
        lines += ["", "# " + _("Fin"), _("La séance est levée à %(hour)s.") % {"hour": _hour(meeting.closed_at)}]
    return "\n".join(lines).strip()


def _attended(meeting: Meeting) -> list[str]:
    sheet = list(meeting.attendances.select_related("seat__company", "proxy_to__company"))
    states = Attendance.State
    here = [line for line in sheet if line.state == states.PRESENT]
    lent = [line for line in sheet if line.state == states.REPRESENTED]
    lines = [
        _("La séance est ouverte à %(hour)s.") % {"hour": _hour(meeting.opened_at)},
        ngettext(
            "%(here)s entreprise présente, %(lent)s représentée, sur %(all)s.",
            "%(here)s entreprises présentes, %(lent)s représentées, sur %(all)s.",
            len(here),
        )
        % {"here": len(here), "lent": len(lent), "all": len(sheet)},
    ]
    lines += [
        _("%(giver)s a donné son pouvoir à %(holder)s.") % {"giver": line.seat.company, "holder": line.proxy_to}
        for line in lent
    ]
    if meeting.secretary:
        lines.append(_("Secrétaire de séance : %(company)s.") % {"company": meeting.secretary})
    if meeting.called_at:
        lines.append(_("Convocation envoyée le %(day)s.") % {"day": day(meeting.called_at)})
    return lines


def _point(item: AgendaItem) -> list[str]:
    lines = [item.said] if item.said else []
    if item.ballot is not None:
        lines.append(_("Texte soumis au vote : « %(text)s »") % {"text": item.ballot.resolution.text})
        gone = item.ballot.voters.filter(withdrawn_at__isnull=False).select_related("seat__company")
        lines += [
            _("%(company)s s’est retirée de ce vote : %(why)s") % {"company": voter.seat, "why": voter.withdrawn_why}
            for voter in gone
        ]
        lines.append(str(item.ballot.explanation.get("fr", "")))
    if not lines:
        lines.append(_("Point non traité.") if item.kind == AgendaItem.Kind.DECIDE else _("Sans suite notée."))
    return lines


def _hour(at: datetime | None) -> str:
    return moment(at).rpartition(", ")[2]


def minutes_pdf(meeting: Meeting, *, at: datetime) -> tuple[bytes, str]:
    """The minutes as a file, and the fingerprint of their words."""
    with for_the_papers():
        lines = meeting.attendances.select_related("seat__company", "seat__holder", "proxy_to__company")
        minutes = Minutes(
            title=_("Compte rendu : %(title)s") % {"title": meeting.title},
            grouping=meeting.grouping.name,
            moment=moment(meeting.starts_at) + " " + (str(meeting.starts_at.year) if meeting.starts_at else ""),
            place=meeting.place or meeting.link,
            sheet=tuple(_sheet_row(line) for line in lines),
            text=meeting.minutes,
            signatories=tuple(
                (str(seat.company), seat.holder.name, capacity) for seat, capacity in minutes_signed_by(meeting)
            ),
        )
    verify = settings.SITE_URL + reverse("governance:meeting", args=[meeting.public_id])
    return render_minutes(minutes, at=at, verify_at=verify), minutes.fingerprint


def _sheet_row(line: Attendance) -> tuple[str, str, str, str, str]:
    states = Attendance.State
    how = str(line.get_state_display())
    if line.state == states.REPRESENTED:
        how = _("représentée par %(company)s") % {"company": line.proxy_to}
    elif line.state in (states.ASKED, states.COMING):
        how = _("absente")
    return (str(line.seat.company), line.seat.holder.name, how, _hour(line.arrived_at), _hour(line.left_at))


def minutes_signed_by(meeting: Meeting) -> list[tuple[Seat, str]]:
    """Who signs the minutes: the coordinator (or who called the meeting) and the secretary."""
    held = Office.objects.filter(grouping=meeting.grouping, role=Office.Role.COORDINATOR, until=None).first()
    lead = held.seat_id if held else meeting.called_by_id
    seats = Seat.objects.filter(pk__in={lead, meeting.secretary_id} - {None}, state=Seat.State.MEMBER)
    return [
        (seat, _("mandataire") if held and held.seat_id == seat.pk else _("secrétaire de séance"))
        for seat in seats.select_related("company", "holder")
    ]
