"""Handing a document over, once the room has checked that this person may have it."""

import mimetypes

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from cordee.ground.files.models import Document


def hand_over(document: Document) -> HttpResponse:
    """The answer that gives a document: always to be saved, never shown inside a page of ours.

    The type comes from our own list of endings, never from the person who sent the file; the browser is told not to
    guess another one and, were it shown all the same, to run nothing.
    """
    kind = mimetypes.types_map.get(f".{document.kind}", "application/octet-stream")
    if kind.startswith("text/") or kind.endswith("xml"):
        kind = "application/octet-stream"
    answer = HttpResponse(document.read(), content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(True, document.name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer
