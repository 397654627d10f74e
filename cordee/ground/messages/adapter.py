"""Text messages: whoever runs a server plugs its own provider in; here, the console.

A provider is a function `send(number, text)`, named in CORDEE_SMS_BACKEND. It raises OSError when it could not hand the
message over: it is tried again later, as a letter is.
"""

import sys


def send(number: str, text: str) -> None:
    """Write a text message where the server writes its log: for development and trials."""
    sys.stdout.write(f"SMS {number}: {text}\n")
