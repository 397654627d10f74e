"""What one sees of a grouping: through one's seat, and never without one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import models
from django.db.models.functions import Concat
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.directory.models import Company, Place, Representative
from cordee.ground.kit.refusals import NotYours
from cordee.ground.messages.models import Message
from cordee.ground.people.models import Actor, Link, Person
from cordee.ground.people.reads import token
from cordee.ground.register.acts import address
from cordee.groupings.models import Grouping, Invitation, Motive, Office, Seat
from cordee.groupings.permissions import (
    LEADING,
    bound_by,
    by_law,
    by_writing,
    may_invite,
    may_send,
    preparing,
    seats_open_to,
)


def my_seats(person: Person) -> models.QuerySet[Seat]:
    """Every seat this person holds or may replace, in a grouping that is theirs today."""
    return (
        Seat.objects.filter(models.Q(holder=person) | models.Q(substitute=person), state=Seat.State.MEMBER)
        .select_related("grouping", "company", "holder", "substitute")
        .annotate(bound=bound_by(person))
        .order_by("grouping__name", "id")
    )


def seat_of(person: Person, grouping: str, *, voice: str = "") -> Seat:
    """The seat this person acts for in a grouping; `voice` names it when they act for two companies there."""
    seats = list(my_seats(person).filter(grouping__public_id=grouping))
    chosen = [seat for seat in seats if seat.public_id == voice] if voice else seats
    if not chosen:
        raise NotYours
    return chosen[0]


def actor_for(person: Person, seat: Seat) -> Actor:
    """This person, acting for this seat."""
    return Actor(person, address(seat))


@dataclass(frozen=True, slots=True)
class Membership:
    """One person in one grouping: the seat they speak for on this page, and the others they could."""

    person: Person
    grouping: Grouping
    seat: Seat
    seats: tuple[Seat, ...]

    @property
    def actor(self) -> Actor:
        return actor_for(self.person, self.seat)

    @property
    def role(self) -> str:
        """ "holder", "substitute", or "assistant": prepares, without committing the company."""
        if self.person.pk == self.seat.holder_id:
            return "holder"
        return "substitute" if self.person.pk == self.seat.substitute_id else "assistant"

    @property
    def binds(self) -> bool:
        return self.role != "assistant" and not self.unwritten

    @property
    def unwritten(self) -> bool:
        """Whether one sits here without being the legal representative, and its written delegation is not there."""
        return self.role != "assistant" and not getattr(self.seat, "bound", True)

    @property
    def voice(self) -> str:
        """What addresses carry so that the seat stays the same from page to page; nothing where there is only one."""
        return f"?voix={self.seat.public_id}" if len(self.seats) > 1 else ""


def membership(person: Person, public_id: str, *, voice: str = "") -> Membership:
    """The seat through which somebody sees a grouping. NotYours for a stranger, or for somebody else's voice."""
    mine = seats_open_to(person).filter(grouping__public_id=public_id).annotate(bound=bound_by(person))
    return _speaking(person, mine.select_related("grouping", "company", "holder", "substitute").distinct(), voice)


def _speaking(person: Person, mine: Iterable[Seat], voice: str) -> Membership:
    seats = tuple(sorted(mine, key=lambda seat: seat.pk))
    own = [seat for seat in seats if person.pk in (seat.holder_id, seat.substitute_id)]
    wanted = [seat for seat in seats if seat.public_id == voice] if voice else own or list(seats)
    if not wanted:
        raise NotYours
    return Membership(person, wanted[0].grouping, wanted[0], seats)


def seats_with_offices(grouping: Grouping) -> list[Seat]:
    """Every seat of a grouping, past ones too, with its company, its people and its present offices: read once."""
    if "seats" not in getattr(grouping, "_prefetched_objects_cache", {}):
        know_seats([grouping])
    return list(grouping.seats.all())


def know_seats(found: list[Grouping]) -> None:
    """Read the seats of several groupings at once: two queries."""
    models.prefetch_related_objects(found, models.Prefetch("seats", queryset=_seats()))


def _seats() -> models.QuerySet[Seat]:
    offices = models.Prefetch("offices", queryset=Office.objects.filter(until=None).order_by("id"))
    return Seat.objects.select_related("company", "holder", "substitute").prefetch_related(offices).order_by("id")


@dataclass(frozen=True, slots=True)
class Step:
    """One knot: "done", "now", or nothing when it is ahead; the note is a short date."""

    label: str
    state: str = ""
    note: str = ""


def rope(grouping: Grouping) -> list[Step]:
    """The four knots of a grouping's life; the last one says « En clôture » while it winds up."""
    stages = Grouping.Stage
    order = [stages.EXCHANGE, stages.COLLECTIVE, stages.COMMITTED, stages.CLOSED]
    last = stages.WINDING_UP if grouping.stage == stages.WINDING_UP else stages.CLOSED
    here = 3 if grouping.stage == stages.WINDING_UP else order.index(stages(grouping.stage))
    steps = []
    for place, stage in enumerate(order):
        state = "now" if place == here else "done" if place < here else ""
        when = grouping.stage_since if place == here else grouping.created_at if place == 0 else None
        note = date_format(localtime(when), "j F") if when else ""
        steps.append(Step(str((last if place == 3 else stage).label), state, note))
    return steps


def kind_word(grouping: Grouping, companies: int) -> str:
    """« Échange », « Partenariat » (two companies) or « Groupement » (three and more)."""
    if grouping.stage == Grouping.Stage.EXCHANGE:
        return _("Échange")
    return _("Partenariat") if companies < 3 else _("Groupement")


@dataclass(frozen=True, slots=True)
class Line:
    """One of my groupings in the list."""

    grouping: Grouping
    companies: int
    waiting: int
    steps: list[Step]
    kind: str
    next: str = ""  # what is missing for the next step


@dataclass(frozen=True, slots=True)
class Received:
    """An invitation that I have not answered, and the token of its page; none until the mail is written."""

    invitation: Invitation
    token: str


@dataclass(frozen=True, slots=True)
class MyGroupings:
    """My groupings, those under way first, and what I am invited to."""

    living: list[Line]
    closed: list[Line]
    received: list[Received]


def my_groupings(person: Person, *, at: datetime) -> MyGroupings:
    """Every grouping in which somebody has a seat."""
    members = models.Count("seats", filter=models.Q(seats__state=Seat.State.MEMBER), distinct=True)
    asked = models.Q(invitations__state=Invitation.State.SENT, invitations__expires_at__gt=at)
    found = (
        Grouping.objects.filter(pk__in=seats_open_to(person).values("grouping"))
        .annotate(companies=members, waiting=models.Count("invitations", filter=asked, distinct=True))
        .order_by("-stage_since", "-id")
    )
    lines = [Line(each, each.companies, each.waiting, rope(each), kind_word(each, each.companies)) for each in found]
    over = [line for line in lines if line.grouping.stage == Grouping.Stage.CLOSED]
    return MyGroupings(
        [line for line in lines if line not in over], over, [each for each in received(person, at=at) if each.token]
    )


def unanswered(person: Person, *, at: datetime) -> models.QuerySet[Invitation]:
    """The invitations this person has received and not answered."""
    return Invitation.objects.filter(person=person, state=Invitation.State.SENT, expires_at__gt=at)


def received(person: Person, *, at: datetime) -> list[Received]:
    """The invitations to answer, with their page: one query."""
    subject = Concat(models.Value("groupings/invitation/"), models.OuterRef("public_id"))
    link = Link.objects.filter(
        person=person, purpose="invitation", subject=subject, used_at=None, revoked_at=None, expires_at__gt=at
    )
    found = (
        unanswered(person, at=at)
        .select_related("grouping", "invited_by__company", "company")
        .annotate(link=models.Subquery(link.values("public_id")[:1]))
        .order_by("-sent_at")
    )
    return [Received(each, token(Link(public_id=each.link)) if each.link else "") for each in found]


def my_companies(person: Person) -> list[Company]:
    """The companies that somebody may commit."""
    speaking = Representative.objects.filter(person=person, until=None).exclude(
        capacity=Representative.Capacity.ASSISTANT
    )
    return list(Company.objects.filter(pk__in=speaking.values("company")))


@dataclass(frozen=True, slots=True)
class Member:
    """One knot of the members' rope."""

    seat: Seat
    offices: list[Office]
    mine: bool
    city: str
    power: str = ""  # by what right its holder sits, where it is not by law: "written", or "awaited"

    @property
    def roles(self) -> str:
        """« animation, mandataire »."""
        return ", ".join(str(office.get_role_display()) for office in self.offices)

    @property
    def name(self) -> str:
        return str(self.seat.company)

    @property
    def key(self) -> int:
        return self.seat.company_id

    @property
    def me(self) -> bool:
        return self.mine

    @property
    def note(self) -> str:
        """What stands under the monogram: « Vous, animation », or the town."""
        if self.mine:
            return ", ".join(part for part in (_("Vous"), self.roles) if part)
        return self.roles or self.city


@dataclass(frozen=True, slots=True)
class GroupingPage:
    """A grouping as its members see it, before the other rooms add their sections."""

    me: Membership
    grouping: Grouping
    members: list[Member]
    invitations: list[Invitation]
    steps: list[Step]
    kind: str
    motives: list[str] = field(default_factory=list)
    leads: bool = False
    may_invite: bool = False
    sendable: frozenset[int] = frozenset()  # the invitations that may leave now

    @property
    def waiting(self) -> list[Invitation]:
        """Those who have been asked, or will be."""
        return [each for each in self.invitations if each.state in (Invitation.State.SENT, Invitation.State.WAITING)]

    @property
    def answered(self) -> list[Invitation]:
        """Those who said no, with their reason when they gave one."""
        return [each for each in self.invitations if each.state == Invitation.State.DECLINED]


def grouping_page(person: Person, public_id: str, *, at: datetime, voice: str = "") -> GroupingPage:
    """The page of one grouping: three queries, however many members."""
    prepared = Representative.objects.filter(person=person, company=models.OuterRef("company"), until=None)
    helped = preparing(person).filter(seat=models.OuterRef("pk"))
    city = Place.objects.filter(company=models.OuterRef("company")).exclude(city="").order_by("-is_head", "pk")
    found = list(
        _seats()
        .filter(grouping__public_id=public_id, grouping__in=seats_open_to(person).values("grouping"))
        .select_related("grouping")
        .annotate(
            prepared=models.Exists(prepared) | models.Exists(helped),
            city=models.Subquery(city.values("city")[:1]),
            bound=bound_by(person),
            led=by_law(models.OuterRef("holder")),
            written=by_writing(models.OuterRef("holder")),
        )
    )
    seats = [seat for seat in found if seat.state == Seat.State.MEMBER]
    own = [seat for seat in seats if seat.prepared or person.pk in (seat.holder_id, seat.substitute_id)]
    me = _speaking(person, own, voice)
    grouping = me.grouping
    grouping.__dict__.setdefault("_prefetched_objects_cache", {})["seats"] = found
    mine = {seat.pk for seat in me.seats}
    members = [Member(seat, list(seat.offices.all()), seat.pk in mine, seat.city or "", _power(seat)) for seat in seats]
    leaders = {office.seat_id for each in members for office in each.offices if office.role in LEADING}
    invitations = list(
        Invitation.objects.filter(grouping=grouping).select_related("company", "person", "invited_by__company")
    )
    return GroupingPage(
        me,
        grouping,
        members,
        invitations,
        rope(grouping),
        kind_word(grouping, len(members)),
        [str(Motive(each).label) for each in grouping.motives if each in Motive.values],
        me.binds and (not leaders or me.seat.pk in leaders),
        me.binds and may_invite(me.seat),
        frozenset(each.pk for each in invitations if may_send(each, at)),
    )


def _power(seat: Seat) -> str:
    known = seat.__dict__
    return "" if known["led"] else "written" if known["written"] else "awaited"


def invitation_of(grouping: Grouping, public_id: str) -> Invitation:
    """One invitation of a grouping. NotYours for another's."""
    found = Invitation.objects.filter(grouping=grouping, public_id=public_id).select_related("grouping").first()
    if found is None:
        raise NotYours
    return found


def voices_of(messages: Iterable[Message]) -> dict[str, Company]:
    """The company for which each message was written, by the address of its seat."""
    ids = {message.seat.rpartition("/")[2] for message in messages}
    return {address(seat): seat.company for seat in Seat.objects.filter(public_id__in=ids).select_related("company")}


def substitutes(seat: Seat) -> list[Person]:
    """Those who may commit a seat's company, besides its representative."""
    speaking = Representative.objects.filter(company=seat.company, until=None).exclude(
        capacity=Representative.Capacity.ASSISTANT
    )
    return list(Person.objects.filter(pk__in=speaking.values("person")).exclude(pk=seat.holder_id).order_by("name"))


def city_of(company: Company) -> str:
    return next((place.city for place in company.places.all() if place.city), "")
