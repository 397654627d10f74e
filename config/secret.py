"""The secret key of an installation: made once, kept in the data folder, readable by its owner only."""

import secrets
from pathlib import Path


def secret_key(path: Path) -> str:
    """Read the key, or make it: two processes that start together end up with the same one."""
    try:
        with path.open("x", encoding="ascii") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii")
