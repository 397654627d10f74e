"""The written delegation: its words, its printed form, and the page by which the legal representative gives it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.directory.models import Representative
from cordee.engines.assembly.minutes import Minutes, render_minutes
from cordee.ground.kit.money import euros
from cordee.ground.kit.refusals import NotYours
from cordee.ground.kit.templatetags.cordee import day, moment
from cordee.ground.kit.words import for_the_papers
from cordee.ground.people.models import Person
from cordee.ground.people.reads import OpenedLink
from cordee.groupings.models import Mandate, Seat, WritingAsked
from cordee.groupings.permissions import BINDING, bound_by, by_law


@dataclass(frozen=True, slots=True)
class Writing:
    """What a written delegation says: who gives it to whom, for which seat, until when, up to how much."""

    seat: Seat
    giver: Person
    person: Person
    role: str
    since: date
    until: date | None = None
    limit_cents: int | None = None

    @property
    def lines(self) -> list[str]:
        """Its text, in the language of the papers."""
        company = self.seat.company
        words = {
            "giver": self.giver.name or self.giver.email,
            "person": self.person.name or self.person.email,
            "role": f", {self.role}," if self.role else "",
            "company": f"{company.name} (SIREN {company.siren})" if company.siren else company.name,
            "grouping": self.seat.grouping.name,
            "since": day(self.since),
            "until": day(self.until) if self.until else "",
            "limit": euros(self.limit_cents) if self.limit_cents else "",
        }
        with for_the_papers():
            lines = [
                _("Je, %(giver)s, représentant légal de %(company)s, donne délégation à %(person)s%(role)s pour")
                + " "
                + _("représenter l’entreprise dans le groupement « %(grouping)s »."),
                _("Cette personne peut y voter, donner un pouvoir à un autre membre, et engager l’entreprise."),
                _("Elle n’engage pas plus de %(limit)s par décision.")
                if self.limit_cents
                else _("Aucune limite de montant n’est fixée."),
                _("La délégation vaut du %(since)s au %(until)s inclus. Je peux la retirer à tout moment.")
                if self.until
                else _("La délégation vaut à partir du %(since)s. Je peux la retirer à tout moment."),
                _("Signer une convention demande en plus une délégation de signature."),
            ]
        return [line % words for line in lines]

    def printed(self, *, at: datetime) -> SimpleUploadedFile:
        """The paper that is kept with the mandate: what was given, by whom, when."""
        with for_the_papers():
            given = _("Donnée en ligne par %(giver)s le %(moment)s ; le registre du groupement en garde la trace.") % {
                "giver": self.giver.name or self.giver.email,
                "moment": moment(at),
            }
            paper = Minutes(
                title=_("Délégation écrite"),
                grouping=self.seat.grouping.name,
                moment=day(localtime(at).date()),
                place=str(self.seat.company),
                sheet=(),
                text="\n".join([*self.lines, given]),
            )
        verify = settings.SITE_URL + reverse("groupings:members", args=[self.seat.grouping.public_id])
        content = render_minutes(paper, at=at, verify_at=verify)
        return SimpleUploadedFile("delegation.pdf", content, content_type="application/pdf")


def legal_leaders(seat: Seat) -> list[Person]:
    """The legal representatives of the company of a seat, as Cordée knows them."""
    legal = Representative.objects.filter(
        company=seat.company_id, until=None, capacity=Representative.Capacity.LEGAL, person__is_active=True
    )
    return [each.person for each in legal.select_related("person").order_by("pk")]


@dataclass(frozen=True, slots=True)
class MyPower:
    """By what right somebody acts for a seat: as legal representative, by a writing; or what is still missing."""

    seat: Seat
    by_law: bool
    mandate: Mandate | None
    asked: WritingAsked | None
    leader: Person | None  # the legal representative whom one would ask, where one is known

    @property
    def missing(self) -> bool:
        """Whether one sits here without being able to bind the company yet."""
        return not self.by_law and self.mandate is None


def my_power(seat: Seat, person: Person) -> MyPower:
    """By what right this person sits or substitutes: three queries at most."""
    found = Seat.objects.filter(pk=seat.pk).values_list(by_law(person), flat=True).first()
    if found:
        return MyPower(seat, True, None, None, None)
    given = seat.mandates.filter(person=person, kind__in=BINDING, begun_at__isnull=False, ended_at=None)
    asked = WritingAsked.objects.filter(seat=seat, person=person, answered_at=None).select_related("leader").first()
    leaders = [] if asked else legal_leaders(seat)
    return MyPower(seat, False, given.first(), asked, leaders[0] if leaders else None)


def unwritten(person: Person, seats: list[Seat]) -> set[int]:
    """Of these seats, those for which this person sits without law nor writing: one query."""
    lacking = Seat.objects.filter(pk__in=[seat.pk for seat in seats]).exclude(bound_by(person))
    return set(lacking.values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class WritingPage:
    """What the legal representative reads from the link of the mail, and may give."""

    opened: OpenedLink
    asked: WritingAsked
    writing: Writing
    state: str  # "open", "given", "declined", or "over"


def writing_page(opened: OpenedLink, *, at: datetime) -> WritingPage:
    """The page of one demand, from its link."""
    asked = asked_by_link(opened)
    state = "open" if opened.state == "open" else "over"
    if asked.answered_at:
        state = "given" if asked.mandate_id else "declined"
    elif asked.seat.state != Seat.State.MEMBER:
        state = "over"
    mine = asked.mandate
    words = Writing(
        asked.seat, asked.leader, asked.person, asked.role, mine.since if mine else localtime(at).date(),
        mine.until if mine else None, mine.limit_cents if mine else None,
    )  # fmt: skip
    return WritingPage(opened, asked, words, state)


def asked_by_link(opened: OpenedLink) -> WritingAsked:
    """The demand a link is for."""
    found = WritingAsked.objects.filter(public_id=opened.link.subject.rpartition("/")[2]).select_related(
        "seat__grouping", "seat__company", "person", "leader", "mandate"
    )
    one = found.first()
    if one is None:
        raise NotYours
    return one
