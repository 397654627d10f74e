"""Handing a document over, once the room has checked that this person may have it."""

import mimetypes

from django.core.files.storage import default_storage
from django.http import FileResponse

from cordee.ground.files.models import Document


def hand_over(document: Document) -> FileResponse:
    """The answer that gives a document: always to be saved, never shown inside a page of ours.

    The type comes from our own list of endings, never from the person who sent the file; the browser is told not to
    guess another one and, were it shown all the same, to run nothing.
    """
    kind = mimetypes.types_map.get(f".{document.kind}", "application/octet-stream")
    if kind.startswith("text/") or kind.endswith("xml"):
        kind = "application/octet-stream"
    answer = FileResponse(
        default_storage.open(document.path), as_attachment=True, filename=document.name, content_type=kind
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer
