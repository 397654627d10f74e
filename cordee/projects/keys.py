"""Capacities at rest: encrypted for one pool, all of the same length."""

from cordee.ground.kit.vault import close_words, open_words


def seal_capacity(pool: str, quantity: int) -> str:
    """Encrypt what one company can do."""
    return close_words(f"cordee.projects.capacity {pool}", f"{quantity:012d}")


def open_capacity(pool: str, sealed: str) -> int:
    """Decrypt it again; ValueError when it was made for another pool, or by another server."""
    return int(open_words(f"cordee.projects.capacity {pool}", sealed))
