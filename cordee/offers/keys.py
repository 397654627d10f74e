"""Prices at rest: encrypted for one bid, with the vault of the house."""

from cordee.ground.kit.vault import close_words, open_words


def _place(room: str) -> str:
    return f"cordee.offers.prices {room}"


def seal_text(room: str, text: str) -> str:
    """Encrypt what was put in the restricted room of one bid."""
    return close_words(_place(f"room {room}"), text)


def open_text(room: str, sealed: str) -> str:
    """Read it again; ValueError when it was made for another bid, or by another server."""
    return open_words(_place(f"room {room}"), sealed)


def seal_price(room: str, cents: int) -> str:
    """Encrypt one unit price for one bid."""
    return close_words(_place(room), str(cents))


def open_price(room: str, sealed: str) -> int:
    """Decrypt it again; ValueError when it was made for another bid, or by another server."""
    return int(open_words(_place(room), sealed))
