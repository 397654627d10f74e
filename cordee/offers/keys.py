"""Prices at rest: encrypted with a key that follows from the server's secret, which is not in the database."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def _fernet(room: str) -> Fernet:
    derived = HKDF(hashes.SHA256(), 32, salt=None, info=f"cordee.offers.prices {room}".encode())
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))


def seal_text(room: str, text: str) -> str:
    """Encrypt what was put in the restricted room of one bid."""
    return _fernet(f"room {room}").encrypt(text.encode()).decode()


def open_text(room: str, sealed: str) -> str:
    """Read it again; ValueError when it was made for another bid, or by another server."""
    try:
        return _fernet(f"room {room}").decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise ValueError("this text was not sealed here") from None


def seal_price(room: str, cents: int) -> str:
    """Encrypt one unit price for one bid."""
    return _fernet(room).encrypt(str(cents).encode()).decode()


def open_price(room: str, sealed: str) -> int:
    """Decrypt it again; ValueError when it was made for another bid, or by another server."""
    try:
        return int(_fernet(room).decrypt(sealed.encode()))
    except InvalidToken:
        raise ValueError("this price was not sealed here") from None
