"""Text messages: whoever runs a server plugs its own provider in; here, the console.

A provider is a class with `send(to, text)`, named in CORDEE_SMS_BACKEND. It raises OSError when it could not hand the
message over: it is tried again later, as a letter is.
"""

import sys
from typing import Protocol


class SmsBackend(Protocol):
    """What a provider of text messages does."""

    def send(self, *, to: str, text: str) -> None: ...


class ConsoleSms:
    """Write text messages where the server writes its log: for development and the demo."""

    def send(self, *, to: str, text: str) -> None:
        sys.stdout.write(f"SMS {to}: {text}\n")
