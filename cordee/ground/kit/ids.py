"""Public identifiers: short, random, easy to read aloud; integer keys stay inside."""

import secrets

from django.db import models

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # no i, l, o, 0, 1: they are misread
_LONG = 10
_ALL = len(_LETTERS) ** _LONG


def new_public_id() -> str:
    """Ten letters: about 49 bits, unguessable enough for an address that is checked anyway."""
    left, letters = secrets.randbelow(_ALL), []  # drawn at once: a sweep makes tens of thousands of them
    for _ in range(_LONG):
        left, letter = divmod(left, len(_LETTERS))
        letters.append(_LETTERS[letter])
    return "".join(letters)


def new_key() -> str:
    """What tells one filling of a form from another: sent twice, it is done once."""
    return secrets.token_hex(16)


class PublicId(models.Model):
    """A row that has an address of its own."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)

    class Meta:
        abstract = True
