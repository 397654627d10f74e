"""Words kept encrypted at rest, with a key that follows from the server's secret, which is not in the database."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def _fernet(place: str) -> Fernet:
    derived = HKDF(hashes.SHA256(), 32, salt=None, info=place.encode())
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))


def close_words(place: str, text: str) -> str:
    """Encrypt a text for one place: what is closed for one does not open in another."""
    return _fernet(place).encrypt(text.encode()).decode()


def open_words(place: str, closed: str) -> str:
    """Read it again; ValueError when it was closed for another place, or by another server."""
    try:
        return _fernet(place).decrypt(closed.encode()).decode()
    except InvalidToken:
        raise ValueError("this text was not closed here") from None
