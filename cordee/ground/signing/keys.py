"""The seal of this installation: made once, kept outside the database."""

import json
import secrets
from datetime import datetime
from pathlib import Path

from django.conf import settings

from cordee.engines.sealing import Authority, make_authority

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
