# ruff: noqa: E501 — one check a line
"""What still lacks before the team is frozen, and before the answer leaves; who is late with which paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.engines.procurement import Held, Line, Requirement, consolidated
from cordee.ground.kit.templatetags.cordee import day
from cordee.offers.models import (
    Bid,
    BidMember,
    BidRequirement,
    CompetitionNote,
    Paper,
    PriceLine,
    Reference,
    YearFigure,
)
from cordee.offers.reads.competition import members_in, verdict_of


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


def paper_lines(bid: Bid, *, on: date) -> list[PaperLine]:
    """For each member, each paper that is needed or was brought, the latest of its kind."""
    last = max(on, localtime(bid.deadline).date()) if bid.deadline else on
    members = members_in(bid)
    brought: dict[tuple[int, str], Paper] = {}
    for paper in Paper.objects.filter(company__in=[one.seat.company_id for one in members]).order_by("valid_to", "id"):
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


def capacity_lines(bid: Bid, members: Iterable[BidMember] | None = None) -> tuple[Line, ...]:
    """What the buyer asks against what all have together."""
    found = list(members) if members is not None else members_in(bid)
    companies = [one.seat.company_id for one in found]
    figures: dict[int, YearFigure] = {
        each.company_id: each for each in YearFigure.objects.filter(company__in=companies)
    }
    done: dict[int, int] = {}
    for who in Reference.objects.filter(company__in=companies).values_list("company", flat=True):
        done[who] = done.get(who, 0) + 1
    marks: dict[int, set[str]] = {}
    insured: dict[int, int] = {}
    for paper in Paper.objects.filter(company__in=companies):
        if paper.kind == Paper.Kind.CERTIFICATE:
            marks.setdefault(paper.company_id, set()).add(paper.label)
        if paper.kind == Paper.Kind.INSURANCE and paper.amount_cents:
            insured[paper.company_id] = max(insured.get(paper.company_id, 0), paper.amount_cents)
    held = []
    for one in found:
        company, figure = one.seat.company, figures.get(one.seat.company_id)
        own = marks.get(company.pk, set()) | {each.label for each in company.certificates.all()}
        held.append(
            Held(
                one.seat.public_id,
                str(company),
                figure.turnover_cents if figure and figure.turnover_cents is not None else company.turnover_cents,
                figure.staff if figure and figure.staff is not None else company.headcount_low,
                done.get(company.pk),
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
    where: str = ""  # the page that settles it


def checklist(bid: Bid, *, on: date) -> list[Check]:
    """Everything that a complete answer has, what is done and what is not."""
    members = members_in(bid)
    tender = bid.kind == Bid.Kind.TENDER
    note = CompetitionNote.objects.filter(bid=bid).first()
    silent = [str(one.seat.company) for one in members if one.declared_at is None]
    unpriced = _unpriced(bid)
    found = [
        Check(_("Trois entreprises au moins ont une part"), len(members) >= 3 or bid.grouping.partnership, _("Chaque entreprise prend sa part."), "bid"),
        Check(_("Forme du groupement choisie"), bid.liability != Bid.Liability.UNSAID, _("Choisissez : conjoint ou solidaire."), "terms"),
        Check(_("Mandataire nommé"), bid.lead_id is not None, _("Nommez le mandataire."), "roles"),
        Check(_("Assembleur des prix nommé"), bid.assembler_id is not None, _("Nommez qui assemble les prix."), "roles"),
        Check(_("Note de concurrence complète et signée"), verdict_of(bid, note).open, _("La note de concurrence n’est pas complète, ou pas signée par tous."), "note"),
        Check(_("Chaque part a son prix"), not unpriced and bool(members), _("Sans prix : %(who)s.") % {"who": ", ".join(unpriced)}, "bid"),
    ]  # fmt: skip
    if tender:
        found.append(
            Check(
                _("Déclarations sur l’honneur"),
                not silent and bool(members),
                _("N’ont pas encore déclaré : %(who)s.") % {"who": ", ".join(silent)},
                "bid",
            )
        )
        found.append(
            Check(
                _("Équipe et prix figés"),
                bid.state != Bid.State.PREPARING,
                _("Figez l’équipe avant la date limite."),
                "bid",
            )
        )
        late = late_papers(bid, on=on)
        found.append(Check(_("Pièces de chaque membre"), not late and bool(members), " ".join(late), "papers"))
    return found


def _unpriced(bid: Bid) -> list[str]:
    priced = set(PriceLine.objects.filter(part__bid=bid).values_list("part", flat=True))
    parts = bid.parts.select_related("seat__company")
    return list(dict.fromkeys(str(part.seat.company) for part in parts if part.pk not in priced))


def late_papers(bid: Bid, *, on: date) -> list[str]:
    """One sentence per paper that a member must still bring, or renew."""
    said = {
        "missing": _("%(company)s : %(paper)s à fournir."),
        "over": _("%(company)s : %(paper)s périmée depuis le %(day)s."),
        "soon": _("%(company)s : %(paper)s s’arrête le %(day)s, avant la date limite."),
    }
    needed = needed_papers(bid)
    return [
        said[line.state] % {"company": line.company, "paper": line.label, "day": day(line.until)}
        for line in paper_lines(bid, on=on)
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
