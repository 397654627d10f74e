"""The address of the mail server, as an administrator writes it."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.mail import mail_settings


@pytest.mark.parametrize(
    ("url", "port", "starttls", "tls"),
    [
        ("smtp://localhost", 25, False, False),
        ("submission://u:p@smtp.example.fr", 587, True, False),
        ("submissions://u:p@smtp.example.fr", 465, False, True),
        ("submissions://u:p@smtp.example.fr:4650", 4650, False, True),
    ],
)
def test_each_kind_of_encryption_has_its_scheme_and_port(url: str, port: int, starttls: bool, tls: bool) -> None:
    found = mail_settings(url)
    assert (found["EMAIL_PORT"], found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (port, starttls, tls)


def test_signs_in_a_password_are_written_as_in_any_address() -> None:
    found = mail_settings("submission://me%40example.fr:p%3A%2Fss@smtp.example.fr")
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("me@example.fr", "p:/ss")


@pytest.mark.parametrize("url", ["http://x", "smtp.example.fr:25", "submission://", "smtp://host:port", "smtp+tls://h"])
def test_any_other_is_refused_in_a_sentence(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="CORDEE_SMTP_URL"):
        mail_settings(url)
