"""Two versions of a document side by side: while it is prepared, and from what was signed to what amends it."""

from copy import copy
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.agreements.models import Agreement
from cordee.agreements.reads.knowing import current_document, document_of, values_of, whole_document
from cordee.engines import assembly
from cordee.ground.kit.templatetags.cordee import moment
from cordee.ground.kit.words import language


@dataclass(frozen=True, slots=True)
class Version:
    """One version that can be compared."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class VersionsPage:
    """Two versions chosen among all, and what changed from the one to the other."""

    versions: tuple[Version, ...]
    before: str
    after: str
    summary: str
    parts: tuple[tuple[str, assembly.Part], ...]  # (title, what became of it), only what changed


def versions_of(agreement: Agreement) -> tuple[Version, ...]:
    """Every version of a document, the oldest first."""
    found = []
    if agreement.amends:
        found.append(Version("signed", _("Le texte signé, avant ce changement")))
    for one in reversed(list(agreement.revisions.select_related("by__company"))):
        words = {"number": one.version, "who": one.by.company, "when": moment(one.at)}
        found.append(Version(f"v{one.version}", _("Version %(number)s, %(who)s, %(when)s") % words))
    if agreement.kept:
        found.append(Version("kept", _("Le texte envoyé à signer")))
    if agreement.in_force and not agreement.change:
        amended = agreement.changes.filter(change=Agreement.Change.AMENDMENT).exclude(whole=None).order_by("number")
        found += [
            Version(f"a{one.number}", _("Après l’avenant n° %(number)s") % {"number": one.number})
            for one in amended
            if one.in_force
        ]
    return tuple(found)


def version_text(agreement: Agreement, key: str) -> assembly.Document | None:
    """The whole text of one version; None when there is no such version."""
    if key == "signed" and agreement.amends:
        return current_document(agreement.amends)
    if key == "kept" and agreement.kept:
        return assembly.from_kept(agreement.whole or agreement.kept)
    number = int(key[1:]) if key[1:].isdecimal() and len(key) < 9 else -1
    if key[:1] == "v" and (revision := agreement.revisions.filter(version=number).first()):
        then = copy(agreement)
        then.answers, then.state = revision.answers, Agreement.State.DRAFT
        return whole_document(then, values_of(then))
    if key[:1] == "a":
        amended = agreement.changes.filter(change=Agreement.Change.AMENDMENT, number=number).exclude(whole=None).first()
        return assembly.from_kept(amended.whole) if amended and amended.whole else None
    return None


def versions_page(agreement: Agreement, before: str, after: str) -> VersionsPage:
    """What changed between two versions; by default the last two."""
    versions = versions_of(agreement)
    keys = [one.key for one in versions]
    after = after if after in keys else keys[-1] if keys else ""
    if before not in keys:
        before = "signed" if "signed" in keys else keys[max(keys.index(after) - 1, 0)] if keys else ""
    texts = [version_text(agreement, key) for key in (before, after)]
    lang = language()
    if texts[0] is None or texts[1] is None:
        return VersionsPage(versions, before, after, "", ())
    found = assembly.redline(texts[0], texts[1])
    parts = tuple((part.title_en if lang == "en" else part.title, part) for part in found.changes)
    return VersionsPage(versions, before, after, found.summary(lang), parts)


def docx_of(agreement: Agreement, *, at: datetime) -> bytes:
    """The document as a file that a lawyer can edit."""
    return assembly.render_docx(document_of(agreement, at=at), at=localtime(at))
