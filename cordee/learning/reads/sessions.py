"""Peer sessions as those who are in them see them: the step, its time, whose turn, the plan to follow up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.refusals import NotYours
from cordee.ground.people.models import Person
from cordee.groupings.models import Grouping, Seat
from cordee.groupings.reads import Membership, membership, my_seats
from cordee.learning import permissions
from cordee.learning.models import PeerAction, PeerSession


@dataclass(frozen=True, slots=True)
class Step:
    """One of the six steps: how long, who speaks, what one does."""

    number: int
    label: str | Promise
    minutes: int
    who: str | Promise
    how: str | Promise


STEPS = (
    Step(1, _("Exposer"), 10, _("Le client parle"), _("Il raconte sa situation. Personne n’interrompt.")),
    Step(2, _("Clarifier"), 10, _("Chacun questionne"),
         _("Des questions de fait, pas d’avis. Le client répond court.")),
    Step(3, _("S’accorder"), 5, _("Le client dit ce qu’il attend"),
         _("« J’aimerais que vous m’aidiez à… » : en une phrase, que tous comprennent.")),
    Step(4, _("Consulter"), 20, _("Chacun propose, le client se tait"),
         _("Idées, expériences, ressentis. Le client note sans discuter.")),
    Step(5, _("Décider"), 10, _("Le client choisit"),
         _("Ce qu’il retient, et son plan d’action : quoi, pour quand.")),
    Step(6, _("Apprendre"), 10, _("Tour de table"), _("Chacun dit ce qu’il emporte, le client en dernier.")),
)  # fmt: skip
"""After Payette and Champagne’s co-development; the wording is ours."""


@dataclass(frozen=True, slots=True)
class SessionPage:
    """A session, for one company of its grouping."""

    session: PeerSession
    me: Membership
    inside: bool  # in it, having promised
    promised: tuple[Seat, ...]
    steps: tuple[tuple[Step, str], ...]  # "done", "now", ""
    now: Step | None
    ends_at: datetime | None
    left: int  # minutes left of this step; below zero, how many too many
    previous: tuple[PeerAction, ...]  # the plan of the client's session before
    actions: tuple[PeerAction, ...]

    @property
    def is_client(self) -> bool:
        return self.me.seat.pk == self.session.client_id

    @property
    def runs(self) -> bool:
        return permissions.may_run(self.session, self.me.seat)

    @property
    def open(self) -> bool:
        return self.session.state in (PeerSession.State.PLANNED, PeerSession.State.RUNNING)

    @property
    def next(self) -> int:
        return min(self.session.step + 1, len(STEPS))


def session_of(person: Person, public_id: str, *, voice: str = "") -> tuple[PeerSession, Membership]:
    """A session, reached through a seat of its grouping; a stranger finds nothing."""
    found = PeerSession.objects.select_related("grouping", "client__company", "facilitator__company")
    session = found.filter(public_id=public_id).first()
    if session is None:
        raise NotYours
    return session, membership(person, session.grouping.public_id, voice=voice)


def session_page(session: PeerSession, me: Membership, *, at: datetime) -> SessionPage:
    """What one company sees of a session: its question and its plan only from inside."""
    promised = tuple(one.seat for one in session.seats.select_related("seat__company"))
    inside = me.seat.pk in {seat.pk for seat in promised}
    now = STEPS[session.step - 1] if session.step and session.state == PeerSession.State.RUNNING else None
    ends = session.step_since + timedelta(minutes=now.minutes) if now and session.step_since else None
    states = ["done" if step.number < session.step else "now" if step is now else "" for step in STEPS]
    before = (
        PeerSession.objects.filter(grouping=session.grouping_id, client=session.client_id, state="closed")
        .exclude(pk=session.pk)
        .filter(starts_at__lt=session.starts_at)
        .order_by("-starts_at")
        .first()
    )
    known = (
        inside and before is not None and (me.seat.pk == session.client_id or permissions.in_session(before, me.seat))
    )
    return SessionPage(
        session,
        me,
        inside,
        promised,
        tuple(zip(STEPS, states, strict=True)),
        now,
        ends,
        int((ends - at).total_seconds() // 60) if ends else 0,
        tuple(before.actions.all()) if known and before else (),
        tuple(session.actions.all()) if inside or me.seat.pk == session.client_id else (),
    )


def sessions_of(me: Membership) -> list[PeerSession]:
    """The sessions of a grouping, the latest first."""
    found = PeerSession.objects.filter(grouping=me.grouping).select_related("client__company", "facilitator__company")
    return list(found[:50])


def my_actions(seats: Any) -> list[PeerAction]:
    """What one's own plans still ask for, in these seats."""
    open_ones = PeerAction.objects.filter(session__client__in=seats, done_at=None)
    return list(open_ones.select_related("session__grouping").order_by("due_on", "id"))


@dataclass(frozen=True, slots=True)
class LearningLine:
    """One of my groupings: its next session, and how many of my own actions are open."""

    grouping: Grouping
    next: PeerSession | None
    actions: tuple[PeerAction, ...]


def my_learning(person: Person) -> list[LearningLine]:
    """My groupings with their sessions to come and my own plans: three queries."""
    seats = list(my_seats(person))
    coming = PeerSession.objects.filter(grouping__in=[seat.grouping_id for seat in seats])
    sessions = list(coming.filter(state__in=["planned", "running"]).order_by("starts_at"))
    actions = my_actions(seats)
    return [
        LearningLine(
            seat.grouping,
            next((one for one in sessions if one.grouping_id == seat.grouping_id), None),
            tuple(one for one in actions if one.session.client_id == seat.pk),
        )
        for seat in seats
        if seat.grouping.stage != Grouping.Stage.CLOSED
    ]
