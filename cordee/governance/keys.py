"""The keys of secret votes: one a vote, in a file outside the database, destroyed when the vote closes."""

import json
import secrets
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_BLOCK = 512
"""Papers are filled up to a multiple of this: their length says nothing of what is on them."""


class KeyLost(ValueError):
    """The key of a vote is not where it should be: what is in the urn cannot be read."""


def _path(vote: str) -> Path:
    return Path(settings.DATA_DIR) / "keys" / "votes" / f"{vote}.key"


def make_key(vote: str) -> None:
    """Make the key of a vote that opens; making it again changes nothing."""
    path = _path(vote)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with path.open("xb") as file:
            path.chmod(0o600)
            file.write(AESGCM.generate_key(256))
    except FileExistsError:
        pass


def close_paper(vote: str, paper: dict[str, Any]) -> str:
    """Encrypt what somebody chose."""
    plain = json.dumps(paper, ensure_ascii=False, sort_keys=True).encode()
    plain = plain.ljust(-(-len(plain) // _BLOCK) * _BLOCK)
    nonce = secrets.token_bytes(12)
    return (nonce + AESGCM(_key(vote)).encrypt(nonce, plain, vote.encode())).hex()


def open_paper(vote: str, box: str) -> dict[str, Any]:
    """Read a paper, to count it.

    Errors  KeyLost when the key is gone, or the paper is not of this vote.
    """
    raw = bytes.fromhex(box)
    try:
        found: dict[str, Any] = json.loads(AESGCM(_key(vote)).decrypt(raw[:12], raw[12:], vote.encode()))
    except InvalidTag:
        raise KeyLost(vote) from None
    return found


def destroy_key(vote: str) -> None:
    """Forget the key: from then on nobody reads an old copy of the urn."""
    path = _path(vote)
    if path.exists():
        path.write_bytes(bytes(32))
        path.unlink()


def shuffled(papers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same papers in an order that nobody can foresee or redo."""
    mixed = list(papers)
    secrets.SystemRandom().shuffle(mixed)
    return mixed


def new_receipt() -> str:
    """What a voter keeps to find the paper again once the vote is closed: eight letters easy to read."""
    return "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(8))


def _key(vote: str) -> bytes:
    try:
        return _path(vote).read_bytes()
    except FileNotFoundError:
        raise KeyLost(vote) from None
