"""The radar: what one wants to hear of, notices taken in and cut in slices, answers that teach."""

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlparse
from urllib.request import urlopen

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _

from cordee.directory.models import Company
from cordee.engines import notices
from cordee.engines.procurement.radar import lesson
from cordee.engines.teaming.from_notice import asked_trades, lot_place
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.people.models import Actor, Clockwork
from cordee.ground.register.acts import INSTANCE, By, act, address
from cordee.groupings.permissions import speaks_for
from cordee.offers.acts.awards import awards_of, keep_awards
from cordee.offers.acts.needs import bring_notice, instant_of
from cordee.offers.models import Award, RadarHit, RadarNotice, RadarProfile, RadarSweep, SweepSlice
from cordee.offers.permissions import companies_of
from cordee.offers.reads.radar import asked_of, departments_of_lot

CLOCK = Clockwork()
SLICE = 40
MOST_BYTES = 200_000_000


class SourceUnread(Refusal):
    """The folder, file or address of the notices cannot be read."""


def set_profile(company: Company, *, values: dict[str, Any], by: Actor, at: datetime) -> RadarProfile:
    """Say what one's company wants to hear of: trades, places, values, by mail or on the page only.

    Allowed       whoever acts for the company.
    Tells         offers.profile.set: how many trades and departments.
    """
    with act("offers.profile.set", book=company.book, by=by, at=at, on=company) as facts:
        if not companies_of(by.person).filter(pk=company.pk).exists():
            raise NotAllowed(_("Vous n’agissez pas pour %(company)s.") % {"company": company})
        profile, _new = RadarProfile.objects.update_or_create(company=company, defaults={**values, "changed_at": at})
        facts |= {"trades": len(profile.trades), "departments": len(profile.departments)}
    return profile


def start_sweep(source: str, *, by: By = CLOCK, at: datetime) -> RadarSweep:
    """Take in the notices of a folder, a feed file or an address, and cut the sweep in slices; awards are kept.

    Allowed       Cordée itself.
    Refused when  the source cannot be read.
    Tells         offers.sweep.started: how many notices, how many refused, how many awards.
    """
    keys, refused, awarded = _take_in(source, at)
    with act("offers.sweep.started", book=INSTANCE, by=by, at=at) as facts:
        sweep = RadarSweep.objects.create(source=source[-300:], total=len(keys), refused=refused[:200], started_at=at)
        SweepSlice.objects.bulk_create(
            SweepSlice(sweep=sweep, notices=keys[first : first + SLICE]) for first in range(0, len(keys), SLICE)
        )
        facts.on = address(sweep)
        facts |= {"notices": len(keys), "refused": len(refused), "awards": keep_awards(awarded)}
    return sweep


def miss_sweep(source: str, why: str, *, by: By = CLOCK, at: datetime) -> RadarSweep:
    """Note that the source of the day could not be read: it is tried again the next day.

    Allowed       Cordée itself.
    Refused when  never.
    Tells         offers.sweep.missed.
    """
    with act("offers.sweep.missed", book=INSTANCE, by=by, at=at) as facts:
        sweep = RadarSweep.objects.create(
            source=source[-300:], refused=[[source[-300:], why[:300]]], started_at=at, finished_at=at,
            state=RadarSweep.State.DONE,
        )  # fmt: skip
        facts.on = address(sweep)
    return sweep


def _take_in(source: str, at: datetime) -> tuple[list[int], list[list[str]], list[Award]]:
    rows: dict[str, RadarNotice] = {}
    awarded: list[Award] = []
    refused: list[list[str]] = []
    for name, data in _contents(source):
        try:
            notice = notices.read_notice(data)
        except notices.NotANotice as wrong:
            refused.append([name, wrong.sentence("fr")])
            continue
        if notice.kind in ("result", "direct-award"):
            awarded += awards_of(notice)
        if notice.kind in ("result", "direct-award", "change") or not notice.lots:
            continue
        digest = hashlib.sha256(data).hexdigest()
        rows[digest] = RadarNotice(
            digest=digest,
            notice_id=(notice.id or "")[:80],
            title=(notice.title or notice.lots[0].title or "")[:300],
            buyer=(notice.buyers[0].name if notice.buyers else "")[:300],
            deadline=instant_of(notice.deadline)[0],
            lots=[
                {
                    "title": (lot.title or "")[:200],
                    "trades": asked_trades(lot, notice),
                    "departments": departments_of_lot(lot, lot_place(lot, notice)),
                    "value": lot.value.cents if lot.value else None,
                }
                for lot in notice.lots
            ],
            file=name[-300:],
            packed=zlib.compress(data),
            taken_at=at,
        )
    RadarNotice.objects.bulk_create(rows.values(), ignore_conflicts=True, batch_size=200)
    return (
        list(RadarNotice.objects.filter(digest__in=rows).order_by("id").values_list("pk", flat=True)),
        refused,
        awarded,
    )


def _contents(source: str) -> Iterator[tuple[str, bytes]]:
    """Each notice of a folder, of an archive, of one file; an address is read once, within limits."""
    if urlparse(source).scheme in ("http", "https"):
        try:
            with urlopen(source, timeout=60) as answer:  # noqa: S310 — http or https only, from the settings
                yield from _unpacked(source, answer.read(MOST_BYTES))
        except OSError as wrong:
            raise SourceUnread(_("Cette adresse ne répond pas."), why=str(wrong)[:200]) from None
        return
    path = Path(source)
    if path.is_dir():
        for each in sorted(path.rglob("*")):
            if each.is_file() and each.suffix.lower() in (".xml", ".json") and each.stat().st_size <= notices.MAX_BYTES:
                yield each.name, each.read_bytes()
    elif path.is_file():
        yield from _unpacked(path.name, path.read_bytes())
    else:
        raise SourceUnread(_("Il n’y a rien à lire ici : %(source)s") % {"source": source[:200]})


def _unpacked(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    if data[:2] != b"PK":
        yield name, data
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist()[:20_000]:
                if info.filename.lower().endswith((".xml", ".json")) and info.file_size <= notices.MAX_BYTES:
                    yield info.filename, archive.read(info)
    except zipfile.BadZipFile:
        raise SourceUnread(_("Cette archive est abîmée.")) from None


def answer_hit(hit: RadarHit, *, yes: bool, by: Actor, at: datetime) -> RadarHit:
    """« Interested » or « not for us »: the next day’s list learns from it; a yes brings the notice as an occasion.

    Allowed       whoever commits the company.
    Refused when  somebody else answers for it.
    Tells         offers.hit.answered: yes or no; offers.need.brought.
    """
    company = hit.profile.company
    with act("offers.hit.answered", book=company.book, by=by, at=at, on=hit) as facts:
        if not speaks_for(by.person, company):
            raise NotAllowed(_("Vous n’agissez pas pour %(company)s.") % {"company": company})
        fresh = RadarHit.objects.select_for_update(of=("self",)).select_related("notice").get(pk=hit.pk)
        profile = RadarProfile.objects.select_for_update().get(pk=fresh.profile_id)
        said = RadarHit.Answer.YES if yes else RadarHit.Answer.NO
        if fresh.answer != said:
            taught = lesson(asked_of(fresh.notice), fresh.lots, fresh.notice.buyer, yes=yes)
            steps = 2 if fresh.answer else 1  # a change of mind takes the first answer back too
            learnt = dict(profile.learnt)
            for name, step in taught.items():
                learnt[name] = learnt.get(name, 0) + step * steps
            profile.learnt = learnt
            profile.save(update_fields=["learnt"])
        fresh.answer, fresh.answered_at = said, at
        if yes and fresh.need_id is None and fresh.notice.packed is not None:
            fresh.need = bring_notice(_unpacked_notice(fresh.notice), company=company, by=by, at=at)
        fresh.save(update_fields=["answer", "answered_at", "need"])
        facts["yes"] = yes
    return fresh


def _unpacked_notice(notice: RadarNotice) -> SimpleUploadedFile:
    """The notice as a file, as if it were brought by hand."""
    data = zlib.decompress(bytes(notice.packed or b""))
    kind = "json" if data.lstrip()[:1] in (b"{", b"[") else "xml"
    return SimpleUploadedFile(f"avis-{notice.public_id}.{kind}", data)
