"""What became of the bids of a grouping, or of one of its projects: how often they are won, by client, over time."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.engines.winning import Offered, Won, by_client, count, over_time, pictured
from cordee.groupings.models import Grouping
from cordee.groupings.reads import Membership
from cordee.offers.models import Bid, ProjectBid
from cordee.projects.models import Project

ENDED: dict[str, Literal["won", "lost", "abandoned"]] = {"won": "won", "lost": "lost", "abandoned": "abandoned"}


@dataclass(frozen=True, slots=True)
class WinLine:
    """One line of the table: under which name, and the counts."""

    name: str
    counts: Won

    @property
    def percent(self) -> int | None:
        return None if self.counts.rate is None else round(100 * self.counts.rate)


@dataclass(frozen=True, slots=True)
class WinPage:
    """The win rate: of all, by kind of client, over time; drawn only where there is enough to draw."""

    whole: WinLine
    clients: tuple[WinLine, ...]
    quarters: tuple[WinLine, ...]
    drawn: bool

    @property
    def any(self) -> bool:
        found = self.whole.counts
        return bool(found.decided + found.open + found.abandoned)


def wins_of(bids: Iterable[Bid]) -> WinPage:
    """Count bids that were read already."""
    rows = [_offered(bid) for bid in bids]
    kinds = {"tender": _("Acheteurs publics"), "offer": _("Clients privés")}
    return WinPage(
        WinLine(_("Toutes"), count("", rows)),
        tuple(WinLine(kinds[one.name], one) for one in by_client(rows)),
        tuple(WinLine(_quarter(one.name), one) for one in over_time(rows)),
        pictured(rows),
    )


def _offered(bid: Bid) -> Offered:
    """An offer that is still prepared or at the client's is open; it is decided on the day it was closed."""
    day = localtime(bid.closed_at).date() if bid.closed_at else None
    return Offered(bid.kind, ENDED.get(bid.state, "open"), day)


def _quarter(mark: str) -> str:
    year, _sep, number = mark.partition("-")
    return (
        _("%(quarter)sᵉ trimestre %(year)s") % {"quarter": number, "year": year}
        if number != "1"
        else _("1ᵉʳ trimestre %(year)s") % {"year": year}
    )


def wins_of_grouping(grouping: Grouping) -> WinPage:
    """The win rate of all that a grouping offered."""
    return wins_of(Bid.objects.filter(grouping=grouping).only("kind", "state", "closed_at"))


@dataclass(frozen=True, slots=True)
class ProjectBidsPage:
    """The bids of a project, those that may come in, and how often they are won."""

    project: Project
    me: Membership
    bids: tuple[Bid, ...]
    free: tuple[Bid, ...]
    wins: WinPage

    @property
    def open(self) -> bool:
        return self.project.ended_at is None and "bids" in self.project.tools


def bids_page(project: Project, me: Membership) -> ProjectBidsPage:
    """The page of the bids of a project: two queries."""
    bids = tuple(Bid.objects.filter(within__project=project).select_related("lead__company"))
    free = Bid.objects.filter(grouping=project.grouping_id).exclude(pk__in=ProjectBid.objects.values("bid"))
    return ProjectBidsPage(project, me, bids, tuple(free.order_by("-opened_at", "-id")[:100]), wins_of(bids))
