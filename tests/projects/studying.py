"""Studies and shared sales people with what their tests need."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from cordee.governance import acts as governance
from cordee.governance.models import Ballot
from cordee.ground.kit.clock import now
from cordee.ground.people.models import Actor, Clockwork
from cordee.ground.register.acts import address
from cordee.projects import acts
from cordee.projects.models import Opportunity, Project, ProviderCall, SalesTerms, StudyFund, Tranche
from tests.people import World

_keys = count(1)
DAY = timedelta(days=1)
THREE = ("aude", "bruno", "denis")


def actor(world: World, name: str) -> Actor:
    """Somebody acting for their seat, whoever holds it."""
    return Actor(world.seats[name].holder, address(world.seats[name]))


def pdf(name: str = "offre.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")


def voted(world: World, ballot: Ballot, choice: str = "for", *, at: datetime, **answer: Any) -> None:
    """Everybody of the grouping votes the same; the vote is closed."""
    for name in ("aude", "bruno", "denis", "emma"):
        by = actor(world, name)
        governance.cast_vote(ballot, seat=world.seats[name], choice=choice, answer=answer, by=by, at=at)
    governance.close_ballot(ballot, by=Clockwork(), at=at + 10 * DAY)


def opened(world: World, kind: str, *, at: datetime | None = None) -> Project:
    """A project that Aude opened and leads, with Bruno and Denis; Emma is a member and stays outside."""
    seats = [world.seats[name] for name in THREE]
    words = {"name": "Four à basse température", "purpose": "Savoir si le procédé tient."}
    return acts.open_project(world.grouping, kind=kind, seats=seats, **words, by=world.actor("aude"), at=at or now())


def a_study(world: World, *, at: datetime | None = None) -> Project:
    return opened(world, "shared_study", at=at)


def a_call(world: World, project: Project | None = None, *, at: datetime | None = None) -> ProviderCall:
    made, at = project or a_study(world), at or now()
    by = world.actor("aude")
    return acts.open_call(made, brief="Essais de collage à froid.", closes_on=(at + 20 * DAY).date(), by=by, at=at)


def a_fund(
    world: World, pledges: dict[str, int] | None = None, *, threshold: int = 3_000_000, at: datetime | None = None
) -> StudyFund:
    """Promises opened by Aude, who signs; `pledges` in cents."""
    at = at or now()
    closes = (at + 30 * DAY).date()
    words = {"threshold_cents": threshold, "closes_on": closes, "buyer": world.seats["aude"]}
    fund = acts.open_pledges(a_study(world, at=at), **words, by=world.actor("aude"), at=at)  # type: ignore[arg-type]
    for name, cents in (pledges or {}).items():
        acts.make_pledge(fund, cents=cents, by=actor(world, name), at=at)
    return StudyFund.objects.select_related("project__grouping").get(pk=fund.pk)


PLEDGED = {"aude": 1_500_001, "bruno": 1_000_000, "denis": 500_001}


def a_tranche(
    world: World, fund: StudyFund | None = None, cents: int = 1_000_000, *, at: datetime | None = None
) -> Tranche:
    at = at or now()
    found = fund or a_fund(world, PLEDGED, at=at)
    words = {"label": "Essais", "deliverable": "Rapport d’essais", "due_on": (at + 60 * DAY).date()}
    made = acts.add_tranche(found, cents=cents, **words, by=world.actor("aude"), at=at)  # type: ignore[arg-type]
    return Tranche.objects.select_related("fund__project__grouping").get(pk=made.pk)


def released(world: World, tranche: Tranche, *, at: datetime, choice: str = "for") -> Tranche:
    """Voted by all, and taken in."""
    voted(world, acts.ask_tranche(tranche, by=world.actor("aude"), at=at), choice, at=at)
    done = acts.decide_tranche(tranche, by=Clockwork(), at=at + 10 * DAY)
    return Tranche.objects.select_related("fund__project__grouping").get(pk=done.pk)


def a_sale(world: World, *, at: datetime | None = None, **terms: Any) -> Project:
    """A shared sales person: Aude employs; territory, then in turn; half equally, half by orders."""
    at = at or now()
    made = opened(world, "shared_sales", at=at)
    words = {
        "order": ["zone", "turn"], "by_equal": 50, "by_time": 0, "by_orders": 50, "commission": 300,
        "month_cents": 600_001, "payer": world.seats["aude"], "sight": SalesTerms.Sight.OWN,
        "joint": SalesTerms.Joint.EACH, **terms,
    }  # fmt: skip
    acts.set_sales_terms(made, **words, by=world.actor("aude"), at=at)
    return Project.objects.select_related("grouping").get(pk=made.pk)


def a_prospect(
    world: World, project: Project, *, by: str = "aude", at: datetime | None = None, **words: Any
) -> Opportunity:
    row = acts.NewOpportunity(**{"key": f"{next(_keys):032x}", "client": "Mairie de Soubès", **words})
    made = acts.note_opportunity(project, row, by=actor(world, by), at=at or now())
    return Opportunity.objects.select_related("project__grouping").get(pk=made.pk)


def last_month(at: datetime) -> date:
    return (at.date().replace(day=1) - DAY).replace(day=1)
