"""One audit: its points, its score in words, its photos."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from cordee.engines.brand import Point, Score, Verdict, explain_score, score
from cordee.ground.files.models import Document
from cordee.ground.kit.refusals import NotYours
from cordee.ground.kit.words import language
from cordee.ground.people.models import Person
from cordee.groupings.reads import Membership
from cordee.projects.models import AuditPoint, BrandAudit, BrandRules
from cordee.projects.reads.brand import nothing, seen_by


@dataclass(frozen=True, slots=True)
class AuditPage:
    """An audit, for the company that makes it, the one that is looked at, and the participants."""

    audit: BrandAudit
    me: Membership
    points: tuple[AuditPoint, ...]
    said: tuple[str, ...]
    passed: bool | None
    makes: bool
    mine: bool

    @property
    def waiting(self) -> int:
        return sum(not one.verdict for one in self.points)

    @property
    def next(self) -> AuditPoint | None:
        """The first point that is still to be looked at."""
        return next((one for one in self.points if not one.verdict), None)


def audit_of(person: Person, public_id: str, *, voice: str = "") -> tuple[BrandAudit, Membership]:
    """An audit, to whoever sees its licence."""
    known = BrandAudit.objects.select_related(
        "licence__project__grouping", "licence__seat__company", "rules", "auditor__company", "after"
    )
    audit = known.filter(public_id=public_id).first()
    if audit is None:
        raise NotYours
    return audit, seen_by(person, audit.licence, voice)


def audit_page(audit: BrandAudit, me: Membership) -> AuditPage:
    """The page of an audit."""
    points = tuple(audit.points.select_related("criterion", "photo", "fixed_photo"))
    found = _score(points, audit.rules)
    return AuditPage(
        audit,
        me,
        points,
        explain_score(found, language()),
        found.passed,
        audit.auditor_id == me.seat.pk,
        audit.licence.seat_id == me.seat.pk,
    )


def _score(points: Sequence[AuditPoint], rules: BrandRules) -> Score:
    known: dict[str, Verdict] = {"ok": "ok", "partly": "partly", "no": "no", "out": "out"}
    rows = [
        Point(str(one.criterion), known.get(one.verdict, ""), one.criterion.weight, one.criterion.essential)
        for one in points
    ]
    return score(rows, Fraction(rules.wanted, 100))


def point_of(audit: BrandAudit, public_id: str) -> AuditPoint:
    """A point of this very audit."""
    found = audit.points.select_related("criterion", "photo", "audit__licence__project__grouping", "audit__rules")
    return found.filter(public_id=public_id).first() or nothing()


def audit_photo(audit: BrandAudit, public_id: str, *, fixed: bool = False) -> Document:
    """A photo of a point of this very audit."""
    point = audit.points.select_related("photo", "fixed_photo").filter(public_id=public_id).first()
    found = (point.fixed_photo if fixed else point.photo) if point else None
    return found or nothing()
