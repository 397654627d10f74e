"""Audits of those who use the brand: point by point with photos, put right by a day, looked at again."""

from datetime import date, datetime
from fractions import Fraction

from django.core.files.uploadedfile import UploadedFile
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.engines.brand import Point, Verdict, score
from cordee.ground.files.acts import clean_photo, keep
from cordee.ground.files.models import Document
from cordee.ground.kit.ids import new_public_id
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.groupings.acts.at_the_table import acting_seat
from cordee.projects.acts.inside import KnowWhat, living_project, my_tool
from cordee.projects.acts.licences import NoRules
from cordee.projects.models import AuditPoint, BrandAudit, BrandLicence, BrandRules

AUDITED = (BrandLicence.State.ASKED, BrandLicence.State.HELD, BrandLicence.State.SUSPENDED)


class AuditClosed(Refusal):
    """The audit is closed: it is read, it changes no more."""


class NotComplete(Refusal):
    """Points are still to be looked at, or nothing says by when what is wrong is put right."""


def open_audit(licence: BrandLicence, *, after: BrandAudit | None = None, by: Actor, at: datetime) -> BrandAudit:
    """Begin an audit with the checklist in force; after another one, what held there is taken over.

    Allowed       any participant, of another company than the one that is looked at.
    Refused when  there are no rules in force; the licence is over; an audit of it is open; it is one's own company.
    Tells         projects.audit.opened: which seat is looked at, how many points, whether it is looked at again.
    """
    project = licence.project
    with act("projects.audit.opened", book=project.grouping.book, by=by, at=at) as facts:
        fresh, seat = my_tool(project, by, "brand")
        mine = BrandLicence.objects.select_for_update(of=("self",)).get(pk=licence.pk)
        rules = fresh.brand_rules.filter(state=BrandRules.State.IN_FORCE).first()
        if rules is None:
            raise NoRules(_("Le règlement d’usage n’est pas encore voté."), do=_("Mettez-le au vote d’abord."))
        if mine.seat_id == seat.pk:
            raise NotAllowed(_("On ne s’audite pas soi-même."), do=_("Une autre entreprise fait cet audit."))
        if mine.state not in AUDITED or mine.audits.filter(closed_at=None).exists():
            raise Refusal(_("Un audit est déjà ouvert, ou cette licence est terminée."))
        audit = BrandAudit.objects.create(licence=mine, rules=rules, auditor=seat, after=after, opened_at=at)
        before = {point.criterion_id: point for point in after.points.all()} if after else {}
        held = ("ok", "out")
        rows = []
        for criterion in rules.criteria.all():
            old = before.get(criterion.pk)
            kept = old is not None and old.verdict in held
            rows.append(
                AuditPoint(
                    public_id=new_public_id(), audit=audit, criterion=criterion, kept=kept,
                    verdict=old.verdict if old and kept else "", photo=old.photo if old and kept else None,
                )
            )  # fmt: skip
        AuditPoint.objects.bulk_create(rows)
        facts.on = address(audit)
        facts |= {"seat": mine.seat.public_id, "points": len(rows), "again": after is not None}
    return audit


def note_point(
    point: AuditPoint,
    *,
    verdict: str,
    note: str = "",
    photo: UploadedFile | None = None,
    fix: str = "",
    fix_by: date | None = None,
    by: Actor,
    at: datetime,
) -> AuditPoint:
    """Note what one sees on a point, with a photo; where it does not hold, what is put right and by when.

    Allowed       the company that makes the audit.
    Refused when  the audit is closed; the verdict is not one; a photo is asked for and there is none; it does not hold
                  and nothing says what is put right by which day.
    Tells         projects.audit_point.noted: the verdict, the digest of the photo.
    """
    audit = point.audit
    with act("projects.audit_point.noted", book=audit.licence.project.grouping.book, by=by, at=at, on=point) as facts:
        _at_the_audit(audit, by)
        fresh = AuditPoint.objects.select_for_update(of=("self",)).select_related("criterion", "photo").get(pk=point.pk)
        if verdict not in AuditPoint.Verdict.values:
            raise KnowWhat(_("Dites ce que vous voyez : tenu, en partie, pas tenu, sans objet."))
        wrong = verdict in ("partly", "no")
        if wrong and not (fix.strip() and fix_by):
            raise KnowWhat(_("Dites ce qui est à corriger, et pour quel jour."))
        if fresh.criterion.photo and verdict != "out" and photo is None and fresh.photo is None:
            raise KnowWhat(_("Ce point demande une photo."))
        if photo is not None:
            fresh.photo = _photo(photo, audit, by, at)
        fresh.verdict, fresh.note, fresh.kept = verdict, note.strip()[:300], False
        fresh.fix, fresh.fix_by = (fix.strip()[:300], fix_by) if wrong else ("", None)
        fresh.save()
        facts |= {"verdict": verdict, "digest": fresh.photo.digest if photo is not None and fresh.photo else ""}
    return fresh


def _photo(upload: UploadedFile, audit: BrandAudit, by: Actor, at: datetime) -> Document:
    """Keep a photo without the place and the day that it carries."""
    return keep(clean_photo(upload), book=audit.licence.project.grouping.book, by=by.person, at=at)


def close_audit(
    audit: BrandAudit, *, summary: str = "", again_on: date | None = None, by: Actor, at: datetime
) -> BrandAudit:
    """Close the audit: its score by the rules, and the day on which one looks again where it is not passed.

    Allowed       the company that makes the audit.
    Refused when  a point is still to be looked at; it is not passed and nothing says when one looks again.
    Tells         projects.audit.closed: which seat, the part of the points in hundredths of a percent, passed or not.
    """
    with act("projects.audit.closed", book=audit.licence.project.grouping.book, by=by, at=at, on=audit) as facts:
        fresh = _at_the_audit(audit, by)
        found = score(
            [
                Point(str(one.criterion), _verdict(one.verdict), one.criterion.weight, one.criterion.essential)
                for one in fresh.points.select_related("criterion")
            ],
            Fraction(fresh.rules.wanted, 100),
        )
        if found.passed is None:
            raise NotComplete(_("Il reste des points à voir."), do=_("Chaque point reçoit un avis, fût-ce sans objet."))
        if not found.passed and (again_on is None or again_on <= localtime(at).date()):
            raise NotComplete(_("L’audit n’est pas réussi : dites quand l’on revient voir."))
        fresh.closed_at, fresh.passed, fresh.got = at, found.passed, str(found.part)
        fresh.again_on, fresh.summary = (None if found.passed else again_on), summary.strip()[:500]
        fresh.save()
        facts |= {
            "seat": fresh.licence.seat.public_id,
            "part": int(found.part * 10_000),
            "passed": found.passed,
            "again_on": str(fresh.again_on or ""),
        }
    return fresh


def say_fixed(
    point: AuditPoint, *, said: str, photo: UploadedFile | None = None, by: Actor, at: datetime
) -> AuditPoint:
    """Say that what an audit found wrong is put right, with a photo; the next audit looks at it.

    Allowed       the company that was looked at.
    Refused when  there is nothing to put right; the audit is still open; nothing is said.
    Tells         projects.audit_point.fixed: the digest of the photo.
    """
    audit = point.audit
    project = audit.licence.project
    with act("projects.audit_point.fixed", book=project.grouping.book, by=by, at=at, on=point) as facts:
        living_project(project)
        if acting_seat(project.grouping, by).pk != audit.licence.seat_id:
            raise NotYours
        fresh = AuditPoint.objects.select_for_update(of=("self",)).select_related("audit").get(pk=point.pk)
        if not fresh.fix or fresh.audit.closed_at is None:
            raise Refusal(_("Il n’y a rien à corriger ici pour l’instant."))
        if not said.strip():
            raise KnowWhat(_("Dites en une phrase ce qui est corrigé."))
        if photo is not None:
            fresh.fixed_photo = _photo(photo, audit, by, at)
        fresh.fixed, fresh.fixed_at = said.strip()[:300], at
        fresh.save()
        facts["digest"] = fresh.fixed_photo.digest if photo is not None and fresh.fixed_photo else ""
    return fresh


def _verdict(text: str) -> Verdict:
    known: dict[str, Verdict] = {"ok": "ok", "partly": "partly", "no": "no", "out": "out"}
    return known.get(text, "")


def _at_the_audit(audit: BrandAudit, by: Actor) -> BrandAudit:
    """The audit re-read, where the seat that acts makes it."""
    _project, seat = my_tool(audit.licence.project, by, "brand")
    known = BrandAudit.objects.select_for_update(of=("self",)).select_related("rules", "licence__seat")
    fresh = known.get(pk=audit.pk)
    if fresh.auditor_id != seat.pk:
        raise NotAllowed(_("L’entreprise qui fait l’audit le remplit."))
    if fresh.closed_at is not None:
        raise AuditClosed(_("Cet audit est clos : il se lit, il ne change plus."))
    return fresh
