"""What the projects show of their bids: the tools of this room, and how each stage of the playbook stands."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Literal

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cordee.governance.models import Ballot
from cordee.ground.kit.templatetags.cordee import day
from cordee.groupings.reads import Membership
from cordee.offers.models import Bid, BidMember, BidPart, BidStep, BookLine, Package, PriceLine
from cordee.offers.reads.results import wins_of
from cordee.projects.kinds.tools import Tool
from cordee.projects.models import Project
from cordee.projects.reads.stages import Fact

OFFER_TOOLS = (
    Tool(
        "price_book",
        gettext_lazy("Carnet de prix"),
        gettext_lazy("Vos prix, lus de vous seul ; des lots de trois entreprises au moins, vendus à un seul prix."),
        "offers:book",
        "notes",
    ),
    Tool(
        "bids",
        gettext_lazy("Offres et réussite"),
        gettext_lazy("Les offres de ce projet, où elles en sont, et combien sont gagnées."),
        "offers:project_bids",
        "gavel",
    ),
)
State = Literal["done", "todo", "bad"]
OF_A_BID = frozenset(
    ("notice", "go", "competition", "form", "lead", "papers", "parts", "planning", "prices", "frozen", "submitted",
     "result", "sent", "win_rate")
)  # fmt: skip


def facts_of_bids(project: Project, me: Membership, codes: frozenset[str]) -> Iterable[Fact]:
    """The points of a playbook that the bids of the project settle: two queries, and two more for the price book."""
    if "book" in codes and "price_book" in project.tools:
        yield _of_the_book(project, me)
    if not codes & OF_A_BID or "bids" not in project.tools:
        return
    bids = list(_with_counts(Bid.objects.filter(within__project=project)))
    here = reverse("offers:project_bids", args=[project.public_id]) + me.voice
    if not bids:
        for code in ("notice", "sent"):
            if code in codes:
                yield Fact(code, _("Aucune offre dans ce projet"), _("mettez-y celle que vous préparez"), "todo", here)
        return
    for bid in bids:
        where = reverse("offers:bid", args=[bid.public_id])
        for code, teller in POINTS.items():
            if code in codes:
                label, said, state, part = teller(bid)
                name = f"{bid.title[:60]} – {label}" if len(bids) > 1 else label
                yield Fact(code, name, said, state, where + (part if part.startswith("/") else "") + me.voice
                           + ("" if part.startswith("/") else part))  # fmt: skip
    if "win_rate" in codes:
        line = wins_of(bids).whole
        said = _("rien de décidé encore") if line.percent is None else _("%(percent)s %% (%(won)s sur %(all)s)") % {
            "percent": line.percent, "won": line.counts.won, "all": line.counts.decided,
        }  # fmt: skip
        yield Fact("win_rate", _("Offres gagnées"), said, "done" if line.percent is not None else "todo", here)


def _of_the_book(project: Project, me: Membership) -> Fact:
    lines = BookLine.objects.filter(project=project, dropped_at=None)
    companies = set(lines.values_list("seat", flat=True))
    sold = Package.objects.filter(project=project, state=Package.State.SOLD).count()
    said = _("vide encore")
    if companies:
        said = ngettext(
            "%(count)s entreprise y a ses prix", "%(count)s entreprises y ont leurs prix", len(companies)
        ) % {"count": len(companies)}
    said += _(", %(sold)s lots en vente") % {"sold": sold} if sold else ""
    where = reverse("offers:book", args=[project.public_id]) + me.voice
    return Fact("book", _("Le carnet de prix"), said, "done" if sold else "todo", where)


def _with_counts(bids: QuerySet[Bid]) -> QuerySet[Bid]:
    """Bids with all that their points say of them, in one query."""
    ballot = Ballot.objects.filter(public_id=Substr(OuterRef("go_ballot"), len("governance/ballot/") + 1))
    members = BidMember.objects.filter(bid=OuterRef("pk"), left_at=None).order_by().values("bid")
    parts = BidPart.objects.filter(bid=OuterRef("pk")).order_by().values("bid")
    priced = BidPart.objects.filter(bid=OuterRef("pk")).filter(Exists(PriceLine.objects.filter(part=OuterRef("pk"))))
    steps = BidStep.objects.filter(bid=OuterRef("pk")).order_by().values("bid")
    signed = Q(note_version=F("bid__note__version"), note_signed_at__isnull=False)
    return bids.select_related("need", "lead__company").annotate(
        vote=Subquery(ballot.values("outcome")[:1]),
        ballot=Subquery(ballot.values("closed_at")[:1]),
        in_it=Subquery(members.annotate(found=Count("pk")).values("found")),
        signed=Subquery(members.filter(signed).annotate(found=Count("pk")).values("found")),
        declared=Subquery(members.filter(declared_at__isnull=False).annotate(found=Count("pk")).values("found")),
        shares=Subquery(parts.annotate(found=Count("pk")).values("found")),
        priced=Subquery(priced.order_by().values("bid").annotate(found=Count("pk")).values("found")),
        steps_all=Subquery(steps.annotate(found=Count("pk")).values("found")),
        steps_done=Subquery(steps.filter(done_at__isnull=False).annotate(found=Count("pk")).values("found")),
    )


Point = tuple[str, str, State, str]
"""What, how it stands, in which state, and where on the page of the bid (or which page under it)."""


def _known(bid: Bid, name: str) -> int:
    return bid.__dict__.get(name) or 0


def _of(some: int, every: int) -> str:
    return _("%(some)s sur %(every)s") % {"some": some, "every": every}


def _whole(some: int, every: int) -> State:
    return "done" if every and some >= every else "todo"


def _notice(bid: Bid) -> Point:
    said = bid.reference or (bid.need.notice_id if bid.need else "") or bid.client
    if bid.deadline:
        said += (", " if said else "") + _("à remettre le %(day)s") % {"day": day(localtime(bid.deadline).date())}
    return _("L’avis"), said or bid.title[:80], "done", ""


def _go(bid: Bid) -> Point:
    if not bid.go_ballot:
        return _("Vote « on y va ? »"), _("à ouvrir"), "todo", ""
    if bid.__dict__.get("ballot") is None:
        return _("Vote « on y va ? »"), _("en cours"), "todo", ""
    outcome = bid.__dict__.get("vote") or ""
    said = str(dict(Ballot.Outcome.choices).get(outcome, outcome))
    return _("Vote « on y va ? »"), said, "done" if outcome == Ballot.Outcome.ADOPTED else "bad", ""


def _competition(bid: Bid) -> Point:
    signed, every = _known(bid, "signed"), _known(bid, "in_it")
    said = _("signée par %(some)s sur %(every)s") % {"some": signed, "every": every} if every else _("à écrire")
    return _("Note de concurrence"), said, _whole(signed, every), "/note"


def _form(bid: Bid) -> Point:
    chosen = bid.liability != Bid.Liability.UNSAID
    return _("Forme du groupement"), str(bid.get_liability_display()), "done" if chosen else "todo", "#terms"


def _lead(bid: Bid) -> Point:
    return _("Mandataire"), str(bid.lead.company) if bid.lead else _("à nommer"), "done" if bid.lead else "todo", "#who"


def _papers(bid: Bid) -> Point:
    some, every = _known(bid, "declared"), _known(bid, "in_it")
    return _("Déclarations et pièces"), _of(some, every), _whole(some, every), "#papers"


def _parts(bid: Bid) -> Point:
    count = _known(bid, "shares")
    said = _("%(count)s parts prises") % {"count": count} if count else _("à prendre")
    return _("Qui fait quoi"), said, "done" if count else "todo", "#parts"


def _planning(bid: Bid) -> Point:
    some, every = _known(bid, "steps_done"), _known(bid, "steps_all")
    return _("Planning à rebours"), _of(some, every), _whole(some, every), "#steps"


def _prices(bid: Bid) -> Point:
    some, every = _known(bid, "priced"), _known(bid, "shares")
    said = _("%(some)s parts chiffrées sur %(every)s") % {"some": some, "every": every}
    return _("Prix de chacun"), said, _whole(some, every), "#parts"


def _moment(label: str, at: datetime | None, waiting: str) -> Point:
    said = _("le %(day)s") % {"day": day(localtime(at).date())} if at else waiting
    return label, said, "done" if at else "todo", ""


def _result(bid: Bid) -> Point:
    states: Mapping[str, State] = {Bid.State.WON: "done", Bid.State.LOST: "bad", Bid.State.ABANDONED: "bad"}
    said = str(bid.state_label) if bid.state in states else _("attendu")
    return _("Résultat"), said, states.get(bid.state, "todo"), ""


POINTS: Mapping[str, Callable[[Bid], Point]] = {
    "notice": _notice,
    "go": _go,
    "competition": _competition,
    "form": _form,
    "lead": _lead,
    "papers": _papers,
    "parts": _parts,
    "planning": _planning,
    "prices": _prices,
    "frozen": lambda bid: _moment(_("Équipe et prix figés"), bid.frozen_at, _("pas encore")),
    "submitted": lambda bid: _moment(_("Dossier remis"), bid.submitted_at, _("pas encore")),
    "sent": lambda bid: _moment(_("Envoyée au client"), bid.submitted_at, _("pas encore")),
    "result": _result,
}
