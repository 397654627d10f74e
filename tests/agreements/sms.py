"""What sends SMS in the tests."""

SENT: list[tuple[str, str]] = []


def send(number: str, text: str) -> None:
    SENT.append((number, text))


def broken(number: str, text: str) -> None:
    raise OSError("no network")
