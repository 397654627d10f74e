# ruff: noqa: E501 — one check a line
"""What still lacks before the team is frozen, and before the answer leaves; who is late with which paper."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.engines.procurement import Held, Line, Requirement, consolidated
from cordee.ground.kit.templatetags.cordee import day
from cordee.offers.models import (
    Bid,
    BidMember,
    BidRequirement,
    Paper,
    Reference,
    YearFigure,
)
from cordee.offers.reads.competition import Team, members_in, team_of, verdict_of


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper of one member: there, over, to come."""

    company: str
    kind: str
    label: str
    state: str  # ok, soon, over, missing
    until: date | None
    paper: Paper | None


def needed_papers(bid: Bid) -> tuple[str, ...]:
    """Which papers each member must have: insurance; for works its ten-year insurance too."""
    first = (Paper.Kind.INSURANCE,)
    return (*first, Paper.Kind.TEN_YEAR) if bid.nature == Bid.Nature.WORKS else first


def papers_of(members: Iterable[BidMember]) -> list[Paper]:
    """What these companies have brought, the one that runs longest last."""
    companies = [one.seat.company_id for one in members]
    return list(Paper.objects.filter(company__in=companies).select_related("file").order_by("valid_to", "id"))


def paper_lines(
    bid: Bid, *, on: date, members: Sequence[BidMember] | None = None, papers: Sequence[Paper] | None = None
) -> list[PaperLine]:
    """For each member, each paper that is needed or was brought, the latest of its kind."""
    last = max(on, localtime(bid.deadline).date()) if bid.deadline else on
    members = members_in(bid) if members is None else members
    brought: dict[tuple[int, str], Paper] = {}
    for paper in papers_of(members) if papers is None else papers:
        brought[paper.company_id, paper.kind] = paper
    lines = []
    for one in members:
        kinds = [*needed_papers(bid), *(kind for who, kind in brought if who == one.seat.company_id)]
        for kind in dict.fromkeys(kinds):
            found = brought.get((one.seat.company_id, kind))
            lines.append(
                PaperLine(
                    str(one.seat.company),
                    kind,
                    str(found or Paper.Kind(kind).label),
                    _state(found, on, last),
                    found.valid_to if found else None,
                    found,
                )
            )
    return lines


def _state(paper: Paper | None, on: date, last: date) -> str:
    if paper is None or paper.file_id is None:
        return "missing"
    if paper.valid_to is not None and paper.valid_to < last:
        return "over" if paper.valid_to < on else "soon"
    return "ok"


def with_figures(bid: Bid) -> list[BidMember]:
    """The members with their latest figures and how many references they have."""
    year = YearFigure.objects.filter(company=OuterRef("seat__company")).order_by("-year")
    done = Reference.objects.filter(company=OuterRef("seat__company")).order_by().values("company")
    found = (
        bid.members.filter(left_at=None)
        .select_related("seat__company", "seat__holder")
        .annotate(
            turnover=Coalesce(Subquery(year.values("turnover_cents")[:1]), F("seat__company__turnover_cents")),
            staff=Coalesce(Subquery(year.values("staff")[:1]), F("seat__company__headcount_low")),
            references=Subquery(done.annotate(count=Count("pk")).values("count")),
        )
        .prefetch_related("seat__company__certificates")
    )
    return list(found.order_by("id"))


def capacity_lines(
    bid: Bid, members: Sequence[BidMember] | None = None, papers: Sequence[Paper] | None = None
) -> tuple[Line, ...]:
    """What the buyer asks against what all have together."""
    found = with_figures(bid) if members is None else members
    marks: dict[int, set[str]] = {}
    insured: dict[int, int] = {}
    for paper in papers_of(found) if papers is None else papers:
        if paper.kind == Paper.Kind.CERTIFICATE:
            marks.setdefault(paper.company_id, set()).add(paper.label)
        if paper.kind == Paper.Kind.INSURANCE and paper.amount_cents:
            insured[paper.company_id] = max(insured.get(paper.company_id, 0), paper.amount_cents)
    held = []
    for one in found:
        company = one.seat.company
        own = marks.get(company.pk, set()) | {each.label for each in company.certificates.all()}
        held.append(
            Held(
                one.seat.public_id,
                str(company),
                one.turnover,  # type: ignore[attr-defined]
                one.staff,  # type: ignore[attr-defined]
                one.references,  # type: ignore[attr-defined]
                frozenset(own) if own or company.certificates_known else None,
                insured.get(company.pk),
            )
        )
    asked = [
        Requirement(each.public_id, each.kind, each.label, each.minimum, each.each)  # type: ignore[arg-type]
        for each in BidRequirement.objects.filter(bid=bid)
    ]
    return consolidated(asked, held)


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist: done or not, what lacks."""

    label: str
    done: bool
    missing: str = ""
    where: str = ""  # what settles it: part, terms, roles, note, price, honour, freeze, papers


def checklist(
    bid: Bid, *, on: date, team: Team | None = None, papers: Sequence[PaperLine] | None = None
) -> list[Check]:
    """Everything that a complete answer has, what is done and what is not."""
    team = team_of(bid) if team is None else team
    members, unpriced = team.members, team.unpriced
    tender = bid.kind == Bid.Kind.TENDER
    silent = [str(one.seat.company) for one in members if one.declared_at is None]
    found = [
        Check(_("Trois entreprises au moins ont une part"), len(members) >= 3 or bid.grouping.partnership, _("Chaque entreprise prend sa part."), "part"),
        Check(_("Forme du groupement choisie"), bid.liability != Bid.Liability.UNSAID, _("Choisissez : conjoint ou solidaire."), "terms"),
        Check(_("Mandataire nommé"), bid.lead_id is not None, _("Nommez le mandataire."), "roles"),
        Check(_("Assembleur des prix nommé"), bid.assembler_id is not None, _("Nommez qui assemble les prix."), "roles"),
        Check(_("Note de concurrence complète et signée"), verdict_of(team).open, _("La note de concurrence n’est pas complète, ou pas signée par tous."), "note"),
        Check(_("Chaque part a son prix"), not unpriced and bool(members), _("Sans prix : %(who)s.") % {"who": ", ".join(unpriced)}, "price"),
    ]  # fmt: skip
    if tender:
        found.append(
            Check(
                _("Déclarations sur l’honneur"),
                not silent and bool(members),
                _("N’ont pas encore déclaré : %(who)s.") % {"who": ", ".join(silent)},
                "honour",
            )
        )
        found.append(
            Check(
                _("Équipe et prix figés"),
                bid.state != Bid.State.PREPARING,
                _("Figez l’équipe avant la date limite."),
                "freeze",
            )
        )
        late = late_papers(bid, paper_lines(bid, on=on, members=members) if papers is None else papers)
        found.append(Check(_("Pièces de chaque membre"), not late and bool(members), " ".join(late), "papers"))
    return found


def late_papers(bid: Bid, lines: Iterable[PaperLine]) -> list[str]:
    """One sentence per paper that a member must still bring, or renew."""
    said = {
        "missing": _("%(company)s : %(paper)s à fournir."),
        "over": _("%(company)s : %(paper)s périmée depuis le %(day)s."),
        "soon": _("%(company)s : %(paper)s s’arrête le %(day)s, avant la date limite."),
    }
    needed = needed_papers(bid)
    return [
        said[line.state] % {"company": line.company, "paper": line.label, "day": day(line.until)}
        for line in lines
        if line.kind in needed and line.state in said
    ]


def missing_to_freeze(bid: Bid) -> list[str]:
    """What keeps the team from being frozen, one sentence each."""
    on = localtime(bid.opened_at).date()
    before = {_("Équipe et prix figés"), _("Pièces de chaque membre")}
    return [check.missing for check in checklist(bid, on=on) if not check.done and check.label not in before]


def missing_to_submit(bid: Bid, *, on: date) -> list[str]:
    """What keeps the answer from leaving, one sentence each."""
    return [check.missing for check in checklist(bid, on=on) if not check.done]
