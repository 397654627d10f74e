"""Sending something to an address that somebody gave us: never to a machine of our own network.

The name is resolved once, every address it gives must be a public one, and the connection goes to that very address:
a name that answers differently a moment later leads nowhere else. No redirection is followed, little is read.
"""

import http.client
import ipaddress
import socket
import ssl
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

TIMEOUT = 5.0
"""Seconds for which one waits for the other side."""
PORTS = (443, 8443)


class NotOutside(ValueError):
    """An address to which nothing is sent."""


def host_of(address: str) -> tuple[str, int, str]:
    """The name, the port and the path of an address; NotOutside when it is not a public https one, as it is written."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port or 443
    except ValueError:
        raise NotOutside("unreadable") from None
    host = parts.hostname or ""
    if parts.scheme != "https" or not host or parts.username or parts.password or not address.isascii():
        raise NotOutside("scheme")
    if port not in PORTS and not settings.HOOKS_ANYWHERE:
        raise NotOutside("port")
    path = parts.path or "/"
    return host, port, f"{path}?{parts.query}" if parts.query else path


def public_addresses(host: str, port: int) -> list[str]:
    """Where a name leads; NotOutside when any of it is not on the public internet, OSError when it leads nowhere."""
    found = sorted({str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)})
    for each in found:
        address = ipaddress.ip_address(each.partition("%")[0])
        inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None) or address
        if not settings.HOOKS_ANYWHERE and (not inner.is_global or not address.is_global or address.is_multicast):
            raise NotOutside("private")
    return found


class _Pinned(http.client.HTTPSConnection):
    """A connection to one address that was checked, in the name of the host that was asked for."""

    def __init__(self, host: str, port: int, address: str, context: ssl.SSLContext) -> None:
        super().__init__(host, port, timeout=TIMEOUT, context=context)
        self._address, self._given = address, context

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = self._given.wrap_socket(plain, server_hostname=self.host)


def post(address: str, body: bytes, headers: dict[str, str], *, context: ssl.SSLContext | None = None) -> int:
    """Send a body and say which status came back.

    Errors  NotOutside for an address to which nothing is sent; OSError when nobody answers in time.
    """
    host, port, path = host_of(address)
    where = public_addresses(host, port)
    connection = _Pinned(host, port, where[0], context or ssl.create_default_context())
    try:
        connection.request("POST", path, body, headers)
        answer: Any = connection.getresponse()
        answer.read(1024)
        return int(answer.status)
    except http.client.HTTPException as wrong:
        raise OSError(str(wrong) or type(wrong).__name__) from wrong
    finally:
        connection.close()
