"""Importing lists of companies: asked, read, taken in batch by batch, told in the book of the instance."""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, BinaryIO, cast

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from cordee.directory.acts.take_in import take_in, take_in_ties
from cordee.directory.models import ImportRun
from cordee.directory.permissions import may_import
from cordee.engines.companies import CompanyFile, CompanyRow, FileRefused, Remark, join, read_companies
from cordee.ground.files.acts import keep_content
from cordee.ground.files.models import content_path
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.people.models import Actor, Person
from cordee.ground.register.acts import INSTANCE, By, act

BATCH = 500
MOST_LINES = 10_000
"""How many refusals and remarks are kept for the report; beyond, they are only counted."""


class NothingToImport(Refusal):
    """No file, or an empty one."""


class ImportOver(Refusal):
    """This import is finished already."""


def digest_of(streams: Sequence[BinaryIO]) -> str:
    """The digest of one file; of several, the digest of their digests."""
    each = []
    for stream in streams:
        digest = hashlib.sha256()
        while piece := stream.read(1 << 20):
            digest.update(piece)
        each.append(digest.hexdigest())
        stream.seek(0)
    return each[0] if len(each) == 1 else hashlib.sha256(" ".join(each).encode()).hexdigest()


def open_run(names: Sequence[str], digest: str, *, asked_by: Person | None = None, at: datetime) -> ImportRun:
    """The import of these files: a new one, or the one of the same content that was stopped half-way.

    It changes nothing in the directory; the line in the book is written when the import ends.
    """
    with transaction.atomic():
        unfinished = ImportRun.objects.select_for_update().filter(
            digest=digest, state__in=[ImportRun.State.WAITING, ImportRun.State.RUNNING]
        )
        if run := unfinished.order_by("-id").first():
            return run
        return ImportRun.objects.create(filename=", ".join(names)[:200], digest=digest, asked_by=asked_by, asked_at=at)


def ask_import(uploads: Sequence[tuple[str, bytes]], *, by: Actor, at: datetime) -> ImportRun:
    """Keep the files and note that they are to be imported; the work itself is done behind.

    Allowed       who runs this server.
    Refused when  there is no file, or it is empty.
    """
    if not may_import(by.person):
        raise NotAllowed(_("Seule la personne qui tient ce serveur importe des listes d’entreprises."))
    if not uploads or not all(content for _name, content in uploads):
        raise NothingToImport(_("Ce fichier est vide."), do=_("Choisissez un autre fichier."))
    kept = [[name[:160], keep_content(content)] for name, content in uploads]
    digest = kept[0][1] if len(kept) == 1 else hashlib.sha256(" ".join(each for _n, each in kept).encode()).hexdigest()
    run = open_run([name for name, _digest in kept], digest, asked_by=by.person, at=at)
    if not run.contents:
        run.contents = kept
        run.save(update_fields=["contents"])
    return run


def kept_files(run: ImportRun) -> list[BinaryIO]:
    """The files that were kept for an import, open."""
    return [cast(BinaryIO, default_storage.open(content_path(digest))) for _name, digest in run.contents]


def import_companies(
    run: ImportRun,
    streams: Sequence[BinaryIO],
    *,
    by: By,
    at: datetime,
    clock: Callable[[], datetime] | None = None,
    tell: Callable[[int, int], None] | None = None,
) -> ImportRun:
    """Take a list of companies in, batch after batch; stopped half-way, it goes on where it was.

    Allowed       who runs this server, or the command line on it.
    Refused when  the file is no list of companies: the import ends as « refusé » and says why.
    Tells         directory.import.finished: the digest of the file, how many were added, updated, unchanged, refused.
    """
    try:
        read = join([read_companies(stream) for stream in streams])
    except FileRefused as wrong:
        with suppress(ImportOver):
            _refuse_file(run, wrong, by=by, at=at)
        return ImportRun.objects.get(pk=run.pk)
    total = len(read.rows)
    while True:
        with transaction.atomic():
            now = ImportRun.objects.select_for_update().get(pk=run.pk)
            if now.over:
                return now
            _begin(now, read, total, clock() if clock else at)
            rows = read.rows[now.done : now.done + BATCH]
            if rows:
                for name, count in take_in(rows, at=at).items():
                    setattr(now, name, getattr(now, name) + count)
                now.done += len(rows)
            now.save()
        if tell:
            tell(now.done, total)
        if now.done >= total:
            break
    with suppress(ImportOver):
        _finish(now, read.rows, by=by, at=at)
    return ImportRun.objects.get(pk=run.pk)


def note_resumed(run: ImportRun, *, at: datetime) -> ImportRun:
    """Say that an import which had stopped is taken up again. It only notes; nothing of the directory changes."""
    with transaction.atomic():
        now = ImportRun.objects.select_for_update().get(pk=run.pk)
        if now.state == ImportRun.State.RUNNING:
            now.resumed += 1
            now.touched_at = at
            now.save(update_fields=["resumed", "touched_at"])
    return now


def _begin(run: ImportRun, read: CompanyFile, total: int, at: datetime) -> None:
    run.state, run.total, run.touched_at = ImportRun.State.RUNNING, total, at
    if run.done == 0:
        run.refused = [_noted(one) for one in read.refused[:MOST_LINES]]
        run.remarks = [_noted(one) for one in read.remarks[:MOST_LINES]]
        run.refused_count = len(read.refused)


def _noted(remark: Remark) -> dict[str, Any]:
    facts = [list(fact) for fact in remark.facts]
    return {"line": remark.line, "field": remark.field, "code": remark.code, "facts": facts}


def _finish(run: ImportRun, rows: Sequence[CompanyRow], *, by: By, at: datetime) -> None:
    """Write the ties that the file names, and end the import.

    Tells   directory.import.finished.
    """
    with act("directory.import.finished", book=INSTANCE, by=by, at=at, on=run) as facts:
        now = ImportRun.objects.select_for_update().get(pk=run.pk)
        if now.over:  # another worker was faster
            raise ImportOver(_("Cet import est déjà terminé."))
        take_in_ties(rows)
        now.state = ImportRun.State.DONE
        now.save(update_fields=["state"])
        facts["digest"] = now.digest
        facts |= {"added": now.added, "updated": now.updated, "unchanged": now.unchanged, "refused": now.refused_count}


def _refuse_file(run: ImportRun, wrong: FileRefused, *, by: By, at: datetime) -> None:
    """End an import whose file is no list of companies.

    Tells   directory.import.refused: the digest of the file, the code of the reason.
    """
    with act("directory.import.refused", book=INSTANCE, by=by, at=at, on=run) as facts:
        now = ImportRun.objects.select_for_update().get(pk=run.pk)
        if now.over:
            raise ImportOver(_("Cet import est déjà terminé."))
        now.state = ImportRun.State.FAILED
        now.problem = {"code": wrong.code, "facts": [list(one) for one in wrong.facts]}
        now.save(update_fields=["state", "problem"])
        facts |= {"digest": now.digest, "reason": wrong.code}
