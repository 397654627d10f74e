"""The keys that sign the heads of the books: outside the database, with identifiers, so that they can rotate."""

import json
import secrets
from pathlib import Path

from django.conf import settings

from cordee.engines import chain


def _folder() -> Path:
    folder: Path = settings.DATA_DIR / "keys"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def signing_key() -> tuple[str, bytes]:
    """The identifier and the secret of the key in use; the first call of an installation makes it."""
    current = sorted(_folder().glob("head-*.json"))
    if not current:
        return rotate()
    key = json.loads(current[-1].read_text(encoding="ascii"))
    return key["key_id"], bytes.fromhex(key["secret"])


def rotate() -> tuple[str, bytes]:
    """Make the next key. Earlier ones stay, for their public part is pinned in every export."""
    for number in range(len(list(_folder().glob("head-*.json"))) + 1, 10_000):
        path = _folder() / f"head-{number:04d}.json"
        secret = secrets.token_bytes(32)
        key = {"key_id": f"head-{number:04d}", "secret": secret.hex(), "public": chain.public_key(secret).hex()}
        try:
            with path.open("x", encoding="ascii") as file:
                path.chmod(0o600)
                json.dump(key, file)
        except FileExistsError:  # another process was faster: its key is the key
            continue
        return key["key_id"], secret
    raise RuntimeError("no room for another key")


def public_keys() -> dict[str, str]:
    """Every public key this installation has ever signed with, by identifier."""
    signing_key()
    keys = (json.loads(path.read_text(encoding="ascii")) for path in sorted(_folder().glob("head-*.json")))
    return {key["key_id"]: key["public"] for key in keys}
