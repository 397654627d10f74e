"""The test authority: made again from the same secret, refused when the secret is short."""

from datetime import datetime

import pytest
from cryptography import x509

from cordee.engines.sealing import key_id, make_authority
from tests.engines.sealing.papers import MADE, authority


def test_same_secret_same_authority() -> None:
    again = make_authority("Cordée", entropy=("Cordée" * 32).encode(), at=MADE)
    assert again == authority()
    other = make_authority("Cordée", entropy=b"another secret, long enough for it", at=MADE)
    assert key_id(other.seal.certificate) != key_id(again.seal.certificate)


def test_the_root_vouches_for_the_seal_and_the_clock() -> None:
    root = x509.load_pem_x509_certificate(authority().root)
    for identity in (authority().seal, authority().clock):
        x509.load_pem_x509_certificate(identity.certificate).verify_directly_issued_by(root)


def test_a_secret_key_is_not_shown() -> None:
    assert "PRIVATE" not in repr(authority())


def test_wrong_calls() -> None:
    with pytest.raises(ValueError, match="32 secret bytes"):
        make_authority("x", entropy=b"short", at=MADE)
    with pytest.raises(ValueError, match="time zone"):
        make_authority("x", entropy=bytes(32), at=datetime(2026, 1, 1))  # noqa: DTZ001
