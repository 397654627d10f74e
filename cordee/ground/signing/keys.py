"""The seal of this installation, made once and kept outside the database; its clock, or one that others keep."""

import json
import secrets
import urllib.request
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings

from cordee.engines.sealing import Authority, Identity, make_authority

NAME = "Cordée"


def authority(*, at: datetime) -> Authority:
    """The authority whose seal and clock this installation uses; the first call makes it."""
    path: Path = settings.DATA_DIR / "keys" / "seal-0001.json"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with path.open("x", encoding="ascii") as file:
            path.chmod(0o600)
            json.dump({"entropy": secrets.token_hex(32), "made_at": at.isoformat()}, file)
    except FileExistsError:
        pass
    kept = json.loads(path.read_text(encoding="ascii"))
    made_at = datetime.fromisoformat(kept["made_at"])
    return make_authority(NAME, entropy=bytes.fromhex(kept["entropy"]), at=made_at)


def clock(*, at: datetime) -> Identity | Callable[[bytes], bytes]:
    """Whose time is stamped: the outside clock of the settings, else the test clock of this installation."""
    return ask_clock if settings.TIME_STAMP_URL else authority(at=at).clock


def ask_clock(request: bytes) -> bytes:
    """Ask the outside clock for a stamp (RFC 3161 over HTTP). Raises OSError when it does not answer."""
    asked = urllib.request.Request(  # noqa: S310 - the address is the operator's own setting
        settings.TIME_STAMP_URL, data=request, headers={"Content-Type": "application/timestamp-query"}
    )
    with urllib.request.urlopen(asked, timeout=settings.TIME_STAMP_TIMEOUT) as answer:  # noqa: S310
        stamp: bytes = answer.read(200_000)
    return stamp


def trusted(*, at: datetime) -> list[bytes]:
    """The roots (PEM) in which this installation trusts: its own, and that of the outside clock."""
    roots = [authority(at=at).root]
    if settings.TIME_STAMP_ROOT:
        roots.append(Path(settings.TIME_STAMP_ROOT).read_bytes())
    return roots
