"""The question asked twice a year: whose card nobody has confirmed for half a year, and its one-button page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest

from cordee.directory.models import Company, Representative
from cordee.ground.kit.refusals import NotYours
from cordee.ground.people.reads import OpenedLink, open_link

PURPOSE = "card"
HALF_A_YEAR = timedelta(days=182)


def cards_to_ask(*, at: datetime) -> QuerySet[Company]:
    """The cards that somebody keeps, and of which nobody was asked nor said anything for half a year."""
    before = at - HALF_A_YEAR
    people = Representative.objects.filter(company=OuterRef("pk"), until=None)
    since = Greatest(Coalesce(F("confirmed_at"), F("created_at")), Coalesce(F("asked_at"), F("created_at")))
    kept_long = Exists(people.filter(since__lt=before))
    return Company.objects.annotate(last=since).filter(Q(last__lt=before), kept_long).order_by("pk")


@dataclass(frozen=True, slots=True)
class CardQuestion:
    """The page of the question: the card as it stands, for one of its people."""

    company: Company
    opened: OpenedLink
    state: str  # "open", "done", or that of the link

    @property
    def answers(self) -> tuple[tuple[str, str], ...]:
        one = self.company
        names = ("brings", "looks_for", "capacity_left", "area", "proofs")
        return tuple((name, getattr(one, name)) for name in names)


def card_question(token: str, *, at: datetime) -> CardQuestion:
    """What the link of the letter opens; reading uses nothing up."""
    opened = open_link(token, purpose=PURPOSE, at=at)
    company = Company.objects.filter(public_id=opened.link.subject.rpartition("/")[2]).first()
    mine = Representative.objects.filter(person=opened.person, company=company, until=None)
    if company is None or not mine.exists():
        raise NotYours
    done = bool(company.confirmed_at and company.confirmed_at >= opened.link.created_at)
    return CardQuestion(company, opened, "done" if done else opened.state)
