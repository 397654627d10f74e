"""What a grouping shows to everybody once its members voted it, and the testimonies under it."""

from dataclasses import dataclass

from django.db.models import Q

from cordee.directory.models import Company
from cordee.engines.learning import as_card
from cordee.governance.models import Ballot
from cordee.ground.kit.refusals import NotYours
from cordee.ground.people.models import Person
from cordee.groupings.models import Seat
from cordee.groupings.reads import Membership
from cordee.learning.models import PublicPage, Testimony


def voted(page: PublicPage) -> bool:
    """Whether the members adopted this page."""
    ballot = Ballot.objects.filter(public_id=page.decision.rpartition("/")[2]).first()
    return ballot is not None and ballot.closed_at is not None and ballot.went_through


@dataclass(frozen=True, slots=True)
class Shown:
    """A public page, as everybody reads it."""

    page: PublicPage
    companies: list[Company]
    testimonies: list[Testimony]


def public_page(public_id: str) -> Shown:
    """An open page; NotYours for one that was never voted, or is closed. Only public cards are named."""
    page = PublicPage.objects.select_related("grouping").filter(public_id=public_id, closed_at=None).first()
    if page is None or page.opened_at is None:
        raise NotYours
    seats = Seat.objects.filter(grouping=page.grouping, state=Seat.State.MEMBER).select_related("company")
    said = Testimony.objects.filter(grouping=page.grouping, public=True, withdrawn_at=None).exclude(words="")
    return Shown(page, [seat.company for seat in seats], list(said.select_related("seat__company", "photo")))


def card_of(public_id: str) -> bytes:
    """The picture that stands for a page where its link is shared."""
    shown = public_page(public_id)
    names = ", ".join(str(company) for company in shown.companies[:4])
    return as_card(shown.page.name, shown.page.line, names)


def shown_testimony(public_id: str) -> Testimony:
    """A public testimony; NotYours for any other."""
    found = Testimony.objects.filter(public_id=public_id).select_related("photo").first()
    if found is None or not found.shown:
        raise NotYours
    return found


def testimony_of(person: Person, public_id: str) -> Testimony:
    """A testimony asked of a company for which this person sits; NotYours for any other."""
    mine = Q(seat__holder=person) | Q(seat__substitute=person)
    found = Testimony.objects.filter(mine, public_id=public_id).select_related("grouping", "seat__company").first()
    if found is None:
        raise NotYours
    return found


@dataclass(frozen=True, slots=True)
class PagesPage:
    """What members see of their public page: the open one, the ones under vote, the testimonies."""

    me: Membership
    open: PublicPage | None
    proposed: list[tuple[PublicPage, Ballot]]
    testimonies: list[Testimony]
    mine: list[Testimony]


def pages_page(me: Membership) -> PagesPage:
    """The public side of a grouping, for a member."""
    pages = list(PublicPage.objects.filter(grouping=me.grouping, closed_at=None))
    ids = [page.decision.rpartition("/")[2] for page in pages]
    ballots = {ballot.public_id: ballot for ballot in Ballot.objects.filter(public_id__in=ids)}
    waiting = [
        (page, ballots[page.decision.rpartition("/")[2]])
        for page in pages
        if page.opened_at is None and page.decision.rpartition("/")[2] in ballots
    ]
    said = list(Testimony.objects.filter(grouping=me.grouping).select_related("seat__company"))
    return PagesPage(
        me,
        next((page for page in pages if page.opened_at), None),
        [(page, ballot) for page, ballot in waiting if ballot.is_open or ballot.went_through],
        [one for one in said if one.shown],
        [one for one in said if one.seat_id == me.seat.pk],
    )
