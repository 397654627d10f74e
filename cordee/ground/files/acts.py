"""Taking a file in: is it one that we take, what is its digest, keep its content once."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import PurePath

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext as _

from cordee.engines import photos
from cordee.ground.files.models import Document, content_path
from cordee.ground.kit.refusals import Refusal
from cordee.ground.people.models import Person


class FileTooLarge(Refusal):
    """More than the server takes."""


class FileNotTaken(Refusal):
    """Empty, of a kind that is not taken, or not what its name says."""


def _starts(*heads: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(heads)


def _is_text(content: bytes) -> bool:
    return b"\x00" not in content


_ZIP, _OLE = _starts(b"PK\x03\x04"), _starts(b"\xd0\xcf\x11\xe0")
KINDS: dict[str, Callable[[bytes], bool]] = {
    "pdf": lambda content: b"%PDF-" in content[:1024],
    "png": _starts(b"\x89PNG\r\n"),
    "jpg": _starts(b"\xff\xd8\xff"),
    "jpeg": _starts(b"\xff\xd8\xff"),
    "webp": lambda content: content[:4] == b"RIFF" and content[8:12] == b"WEBP",
    "heic": lambda content: content[4:8] == b"ftyp",
    "docx": _ZIP,
    "xlsx": _ZIP,
    "pptx": _ZIP,
    "odt": _ZIP,
    "ods": _ZIP,
    "odp": _ZIP,
    "zip": _ZIP,
    "doc": _OLE,
    "xls": _OLE,
    "dwg": _starts(b"AC10"),
    "txt": _is_text,
    "csv": _is_text,
    "xml": _is_text,
    "json": _is_text,
}
"""The kinds of files that are taken, and how each begins: a page or a program under another name is refused.

No HTML, no SVG: a browser would run what they carry. What is taken is only ever handed over to be saved.
"""


def keep(upload: UploadedFile, *, book: str, by: Person, at: datetime) -> Document:
    """Take one file in. To be called inside the act that brings it, which tells its digest in the book.

    Refused when  it is too large, empty, of a kind that is not taken, or not what its name says.
    """
    name, content = _name(upload), check_upload(upload)
    digest, kind = keep_content(content), name.rpartition(".")[2].lower()
    return Document.objects.create(digest=digest, size=len(content), name=name, kind=kind, book=book, by=by, at=at)


def check_upload(upload: UploadedFile) -> bytes:
    """The content of a file that somebody sent, once it is one that we take.

    Refused when  it is too large, empty, of a kind that is not taken, or not what its name says.
    """
    name = _name(upload)
    most = settings.UPLOAD_MAX_BYTES
    if (upload.size or 0) > most:
        raise FileTooLarge(
            _("« %(name)s » est trop lourd.") % {"name": name},
            why=_("Un fichier peut peser %(most)s Mo au plus.") % {"most": most // 1024**2},
            do=_("Réduisez-le, ou coupez-le en plusieurs."),
        )
    content: bytes = upload.read()
    kind = name.rpartition(".")[2].lower()
    if not content:
        raise FileNotTaken(_("« %(name)s » est vide.") % {"name": name}, do=_("Choisissez un autre fichier."))
    if kind not in KINDS:
        raise FileNotTaken(
            _("Nous ne prenons pas « %(name)s ».") % {"name": name},
            why=_("Ce type de fichier peut cacher un programme."),
            do=_("Envoyez plutôt un PDF, une photo, un document de bureautique ou une archive ZIP."),
        )
    if not KINDS[kind](content):
        raise FileNotTaken(
            _("« %(name)s » n’est pas un fichier %(kind)s.") % {"name": name, "kind": kind.upper()},
            do=_("Enregistrez-le de nouveau depuis le logiciel où il a été fait."),
        )
    return content


def _name(upload: UploadedFile) -> str:
    return PurePath((upload.name or "").replace("\\", "/")).name.strip()[-160:] or "document"


def keep_content(content: bytes) -> str:
    """Keep a content under its digest, once, and give the digest."""
    digest = hashlib.sha256(content).hexdigest()
    path = content_path(digest)
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(content))
    return digest


def clean_photo(upload: UploadedFile) -> UploadedFile:
    """A photo without what it says of the place, the day and the telephone; a PDF as it is."""
    name = upload.name or ""
    kind = name.rpartition(".")[2].lower()
    if kind == "heic":
        raise FileNotTaken(
            _("« %(name)s » est au format HEIC.") % {"name": name}, do=_("Enregistrez la photo en JPEG, ou en PDF.")
        )
    if kind not in photos.KINDS or (upload.size or 0) > settings.UPLOAD_MAX_BYTES:
        return upload
    try:
        return SimpleUploadedFile(name, photos.without_metadata(upload.read(), kind))
    except ValueError:
        raise FileNotTaken(
            _("« %(name)s » ne s’ouvre pas comme une photo.") % {"name": name}, do=_("Refaites-la, ou joignez un PDF.")
        ) from None
