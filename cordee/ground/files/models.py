"""Documents: the content is kept once, under the digest of what it is; each deposit is a row of its own."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models

from cordee.ground.kit.ids import PublicId


class Document(PublicId):
    """One file that somebody brought. Who may open it is decided by the room in which it was left."""

    digest = models.CharField(max_length=64)  # SHA-256 of the content, in hexadecimal
    size = models.PositiveBigIntegerField()
    name = models.CharField(max_length=160)  # as its owner called it
    kind = models.CharField(max_length=8)  # its ending, one of those that are taken: "pdf"
    book = models.CharField(max_length=80)  # the book of the grouping or the company it belongs to
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["digest"], name="files_document_digest")]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Where the content lies in the storage."""
        return content_path(self.digest)

    def read(self) -> bytes:
        """The whole content."""
        with default_storage.open(self.path) as file:
            content: bytes = file.read()
        return content


def content_path(digest: str) -> str:
    """Where a content lies: folders of two letters, so that none grows too large."""
    return f"documents/{digest[:2]}/{digest}"
