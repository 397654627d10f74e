"""Books to tamper with."""

from typing import Any

from cordee.engines import chain

SECRET = bytes(range(32))
KEYS = {"k1": chain.public_key(SECRET).hex()}
AT = "2026-11-23T10:00:00Z"


def entry(number: int, book: str = "grouping/1", **facts: Any) -> dict[str, Any]:
    return {
        "book": book,
        "number": number,
        "act": "governance.ballot.closed",
        "at": AT,
        "by": "p7@c2",
        "subject": f"governance/ballot/{number}",
        "facts": facts or {"pour": number, "mention": "adopté « à l’unanimité »", "quorum": True, "reste": None},
    }


def sealed(count: int, book: str = "grouping/1") -> list[dict[str, Any]]:
    entries, previous = [], chain.GENESIS
    for number in range(1, count + 1):
        body = entry(number, book)
        entries.append({**body, "previous": previous, "seal": chain.seal(previous, body)})
        previous = entries[-1]["seal"]
    return entries


def head(entries: list[dict[str, Any]], book: str = "grouping/1", secret: bytes = SECRET, key_id: str = "k1") -> Any:
    number, seal = (entries[-1]["number"], entries[-1]["seal"]) if entries else (0, chain.GENESIS)
    return chain.signed_head(secret, book=book, number=number, seal=seal, at=AT, key_id=key_id)


def export(count: int, book: str = "grouping/1") -> list[str]:
    entries = sealed(count, book)
    lines = [chain.header_line(book, KEYS), *map(chain.entry_line, entries), chain.head_line(head(entries, book))]
    return lines


def codes(lines: list[Any], **given: Any) -> list[tuple[int, str]]:
    return [(problem.line, problem.code) for problem in chain.verify(lines, **given).problems]
