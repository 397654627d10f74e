"""The brand itself: what it is, its calendar, the rules of use with their checklist, the library of files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from cordee.engines.brand import brand_dates
from cordee.ground.files.acts import keep
from cordee.ground.kit.ids import new_public_id
from cordee.ground.kit.refusals import NotYours, Refusal
from cordee.ground.kit.words import for_the_papers
from cordee.ground.people.models import Actor, Clockwork
from cordee.ground.register.acts import act, address
from cordee.projects.acts.inside import KnowWhat, living_project, my_tool, same_version
from cordee.projects.acts.votes import ask_members
from cordee.projects.models import Brand, BrandAsset, BrandCriterion, BrandDate, BrandFile, BrandRules, Project
from cordee.projects.reads import last_calls, outcome

MOST_CRITERIA = 60
OFFICE = {"filed": "filed_on", "published": "published_on", "registered": "registered_on"}


class BeingVoted(Refusal):
    """The same question is before the members."""


@dataclass(frozen=True, slots=True)
class NewCriterion:
    """One point of the checklist, as it is proposed."""

    label: str
    weight: int = 1
    essential: bool = False
    photo: bool = False


def describe_brand(project: Project, *, values: Mapping[str, Any], version: int, by: Actor, at: datetime) -> Brand:
    """Say what the brand is and what the trade mark office knows; its calendar is counted again from there.

    Dates that somebody corrected or ticked off stay as they are.

    Allowed       any participant.
    Refused when  the tool is put away; it has no name; somebody changed it in between (both values are shown).
    Tells         projects.brand.described: which days are known, how many dates follow.
    """
    with act("projects.brand.described", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, _seat = my_tool(project, by, "brand")
        brand = Brand.objects.select_for_update().filter(project=fresh).first() or Brand(project=fresh, version=0)
        shown = {_("Nom"): str(values.get("name", "")), _("Propriétaire"): str(values.get("owner", ""))}
        same_version(brand.version, version, now={_("Nom"): brand.name, _("Propriétaire"): brand.owner}, wanted=shown)
        if not str(values.get("name", "")).strip():
            raise KnowWhat(_("Une marque a un nom."))
        for name in ("name", "owner", "classes", "number", "kind", *OFFICE.values()):
            if name in values:
                value = values[name]
                setattr(brand, name, value.strip() if isinstance(value, str) else value)
        brand.version += 1
        brand.save()
        facts |= {
            "known": " ".join(key for key, name in OFFICE.items() if getattr(brand, name)),
            "dates": _count(brand),
        }
    return brand


def _count(brand: Brand) -> int:
    """Count the calendar again from the days that are known; how many dates there are."""
    project = brand.project
    known = {key: day for key, name in OFFICE.items() if (day := getattr(brand, name))}
    found = {one.code: one for one in brand_dates(known)}
    there = {one.code: one for one in BrandDate.objects.filter(project=project).exclude(code="")}
    for code, row in there.items():
        if code not in found and not row.by_hand and row.done_at is None:
            row.delete()
        elif code in found and not row.by_hand and row.done_at is None and row.due != found[code].on:
            row.due = found[code].on
            row.save(update_fields=["due"])
    BrandDate.objects.bulk_create(
        [
            BrandDate(
                public_id=new_public_id(), project=project, code=code, label=one.words[0], due=one.on, basis=one.basis
            )
            for code, one in found.items()
            if code not in there
        ]
    )
    return BrandDate.objects.filter(project=project).count()


def add_brand_date(project: Project, *, label: str, due: date, by: Actor, at: datetime) -> BrandDate:
    """Add something to do for the mark by a day.

    Allowed       any participant.
    Refused when  the tool is put away, or nothing says what it is.
    Tells         projects.brand_date.added: the day.
    """
    with act("projects.brand_date.added", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, _seat = my_tool(project, by, "brand")
        if not label.strip():
            raise KnowWhat(_("Écrivez ce qu’il y a à faire."))
        row = BrandDate.objects.create(project=fresh, label=label.strip()[:160], due=due, by_hand=True)
        facts["due"] = due.isoformat()
    return row


def change_brand_date(
    day: BrandDate, *, due: date, done: bool | None = None, version: int, by: Actor, at: datetime
) -> BrandDate:
    """Correct a date of the mark, or say that it is done; a corrected date is not counted again.

    Allowed       any participant.
    Refused when  the tool is put away; somebody changed it in between.
    Tells         projects.brand_date.changed: the day, done or not.
    """
    with act("projects.brand_date.changed", book=day.project.grouping.book, by=by, at=at, on=day) as facts:
        _fresh, seat = my_tool(day.project, by, "brand")
        row = BrandDate.objects.select_for_update(of=("self",)).select_related("project").get(pk=day.pk)
        shown = {_("Date"): due.isoformat()}
        same_version(row.version, version, now={_("Date"): row.due.isoformat()}, wanted=shown)
        row.by_hand = row.by_hand or row.due != due
        row.due, row.version = due, row.version + 1
        if done is not None:
            row.done_at, row.done_by = (at, seat) if done else (None, None)
        row.save()
        facts |= {"due": due.isoformat(), "done": row.done_at is not None}
    return row


def propose_brand_rules(
    project: Project,
    *,
    text: str,
    criteria: Sequence[NewCriterion],
    wanted: int = 80,
    every: int = 12,
    appeal_days: int = 30,
    removal_days: int = 60,
    by: Actor,
    at: datetime,
) -> BrandRules:
    """Put the rules of use and their checklist to the vote, in the very words that will hold.

    Allowed       any participant.
    Refused when  the tool is put away; there is no text or no point to check; other rules are being voted.
    Tells         projects.brand_rules.proposed: the version, how many points; governance.ballot.opened.
    """
    with act("projects.brand_rules.proposed", book=project.grouping.book, by=by, at=at) as facts:
        fresh, seat = my_tool(project, by, "brand")
        rows = [one for one in criteria if one.label.strip()][:MOST_CRITERIA]
        if not text.strip() or not rows:
            raise KnowWhat(_("Un règlement a un texte et au moins un point à contrôler."))
        if not 1 <= wanted <= 100 or not 1 <= every <= 60 or any(not 1 <= one.weight <= 3 for one in rows):
            raise KnowWhat(_("La note à atteindre va de 1 à 100, un point compte de 1 à 3."))
        if fresh.brand_rules.filter(state=BrandRules.State.VOTING).exists():
            raise BeingVoted(_("Un règlement est déjà au vote."), do=_("Attendez le résultat."))
        number = fresh.brand_rules.count() + 1
        rules = BrandRules(
            project=fresh, number=number, text=text.strip(), wanted=wanted, every=every, appeal_days=appeal_days,
            removal_days=removal_days, written_by=seat, written_at=at,
        )  # fmt: skip
        with for_the_papers():
            title = _("%(project)s : règlement d’usage, version %(number)s") % {"project": fresh.name, "number": number}
            words = "\n".join([rules.text, "", _("Ce qui est contrôlé :"), *map(_line, rows), *_terms(rules)])
        ballot = ask_members(fresh, title=title, text=words, decision_type="rules_amendment", by=by, at=at)
        rules.ballot = address(ballot)
        rules.save()
        BrandCriterion.objects.bulk_create(
            [
                BrandCriterion(
                    rules=rules, label=one.label.strip()[:160], weight=one.weight, essential=one.essential,
                    photo=one.photo,
                )
                for one in rows
            ]
        )  # fmt: skip
        facts.on = address(rules)
        facts |= {"version": number, "points": len(rows), "ballot": ballot.public_id}
    return rules


def _line(one: NewCriterion) -> str:
    said = [_("compte %(weight)s") % {"weight": one.weight}]
    said += [_("essentiel")] if one.essential else []
    said += [_("avec photo")] if one.photo else []
    return f"– {one.label.strip()} ({', '.join(said)})"


def _terms(rules: BrandRules) -> list[str]:
    return [
        _("Un audit est réussi à partir de %(wanted)s points sur 100, tous les points essentiels tenus.")
        % {"wanted": rules.wanted},
        _("Chacun est contrôlé tous les %(every)s mois.") % {"every": rules.every},
        _("Sanctions : avertir, suspendre, retirer, dans cet ordre, après avoir entendu. Recours : %(days)s jours.")
        % {"days": rules.appeal_days},
        _("Marque retirée : le signe disparaît partout en %(days)s jours.") % {"days": rules.removal_days},
    ]


def settle_brand_rules(rules: BrandRules, *, at: datetime) -> BrandRules:
    """Put the rules in force, or note that the members refused them; those before them are replaced.

    Allowed       Cordée itself, once the vote is closed.
    Refused when  they are no longer being voted.
    Tells         projects.brand_rules.settled: the version, adopted or not.
    """
    project = rules.project
    with act("projects.brand_rules.settled", book=project.grouping.book, by=Clockwork(), at=at, on=rules) as facts:
        living_project(project)
        fresh = BrandRules.objects.select_for_update(of=("self",)).select_related("project").get(pk=rules.pk)
        adopted = outcome(last_calls([fresh.ballot]).get(fresh.ballot))
        if fresh.state != BrandRules.State.VOTING or adopted is None:
            raise NotYours
        if adopted:
            project.brand_rules.filter(state=BrandRules.State.IN_FORCE).update(state=BrandRules.State.REPLACED)
            fresh.since = at
        fresh.state = BrandRules.State.IN_FORCE if adopted else BrandRules.State.REFUSED
        fresh.save(update_fields=["state", "since"])
        facts |= {"version": fresh.number, "adopted": adopted}
    return fresh


def add_brand_file(
    project: Project, *, title: str, kind: str, upload: UploadedFile, note: str = "", by: Actor, at: datetime
) -> BrandFile:
    """Put a file in the library; under a title that is there already, it becomes its next version.

    Allowed       any participant.
    Refused when  the tool is put away; it has no title; the file is not one that we take.
    Tells         projects.brand_file.added: the version, the digest of the file.
    """
    with act("projects.brand_file.added", book=project.grouping.book, by=by, at=at) as facts:
        fresh, seat = my_tool(project, by, "brand")
        if not title.strip():
            raise KnowWhat(_("Donnez un titre à ce fichier."))
        if kind not in BrandAsset.Kind.values:
            raise NotYours
        asset, _made = BrandAsset.objects.get_or_create(
            project=fresh, title=title.strip()[:120], defaults={"kind": kind}
        )
        document = keep(upload, book=fresh.grouping.book, by=by.person, at=at)
        number = asset.versions.count() + 1
        row = BrandFile.objects.create(
            asset=asset, number=number, document=document, note=note.strip()[:200], added_by=seat, added_at=at
        )
        facts.on = address(row)
        facts |= {"version": number, "digest": document.digest}
    return row
