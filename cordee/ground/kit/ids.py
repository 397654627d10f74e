"""Public identifiers: short, random, easy to read aloud; integer keys stay inside."""

import secrets

from django.db import models

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # no i, l, o, 0, 1: they are misread


def new_public_id() -> str:
    """Ten letters: about 49 bits, unguessable enough for an address that is checked anyway."""
    return "".join(secrets.choice(_LETTERS) for _ in range(10))


def new_key() -> str:
    """What tells one filling of a form from another: sent twice, it is done once."""
    return secrets.token_hex(16)


class PublicId(models.Model):
    """A row that has an address of its own."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)

    class Meta:
        abstract = True
