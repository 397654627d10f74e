"""The mail server, from one address: `submission://user:password@host:587`."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PORTS = {"smtp": 25, "submission": 587, "submissions": 465}
"""Without encryption (a server on this machine), STARTTLS, TLS from the first byte."""


def mail_settings(url: str) -> dict[str, Any]:
    """Django's settings for this server. User and password are written as in any URL: « @ » is %40.

    >>> mail_settings("submission://a%40b.fr:s@smtp.b.fr")["EMAIL_HOST_USER"]
    'a@b.fr'
    """
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in PORTS or not parts.hostname or port == -1:
        raise ImproperlyConfigured("CORDEE_SMTP_URL must be like submission://user:password@smtp.example.fr:587")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "submission",
        "EMAIL_USE_SSL": parts.scheme == "submissions",
    }
