"""Check that a book of acts is whole: nothing altered, removed, reordered, doubled, inserted or cut off.

This one file needs Python 3.11 and nothing else. Copy it anywhere and run:

    python chain.py book.jsonl                     does the book hold? (0 yes, 1 no, 2 this is not a book)
    python chain.py book.jsonl --head head.json    and does it go as far as the signed head received that day?
    python chain.py book.jsonl --key ID=HEX        trust this public key only, whatever the book says of itself
    python chain.py archive.zip                    is an archive whole, every file and its book?

A book is JSON Lines: a header, entries one a line, signed heads. Each entry carries a seal, the SHA-256 of the seal
before it and of its own content, so one changed letter breaks the line where it stands. The last seal is signed
(Ed25519, RFC 8032), so a cut or a rewritten book does not fit the heads that the members have received.
The format is told in docs/register.md.
"""

import argparse
import hashlib
import json
import re
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

SCHEMA = "cordee.book/1"
HEAD_SCHEMA = "cordee.head/1"
GENESIS = "0" * 64
ENTRY_FIELDS = ("book", "number", "act", "at", "by", "subject", "facts", "previous", "seal")
HEAD_FIELDS = ("book", "number", "seal", "at", "key_id")
HOW = {
    "fr": "Pour vérifier : python chain.py ce_fichier.jsonl ; chaque sceau est le SHA-256 du sceau précédent et de "
    "l’entrée, la tête est signée (Ed25519).",
    "en": "To verify: python chain.py this_file.jsonl; each seal is the SHA-256 of the seal before it and of the "
    "entry, the head is signed (Ed25519).",
}
MOST_PROBLEMS = 100
_LARGEST_INTEGER = 2**53 - 1  # what every JSON reader keeps exactly
_LONGEST_LINE = 4_000_000
_DEEPEST = 64
_HEX64 = re.compile(r"[0-9a-f]{64}")
_HEX128 = re.compile(r"[0-9a-f]{128}")
_UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|\+00:00)")


# --- Seals ------------------------------------------------------------------------------------------------------------


def canonical(value: object) -> bytes:
    """Write a value in the one way that is sealed: sorted keys, no spaces, UTF-8, text left as it is.

    Shape   text, whole numbers up to 2**53 - 1, booleans, None, lists, and dicts whose keys are text.
    Errors  ValueError for floats, other types, too large numbers, broken text, more than 64 levels.

    >>> canonical({"b": [1, True, None], "a": "é"}).decode()
    '{"a":"é","b":[1,true,null]}'
    """
    _check(value, 0)
    return _ENCODE(value).encode()  # a lone surrogate is a UnicodeEncodeError, which is a ValueError


_ENCODE = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


def _check(value: object, depth: int) -> None:
    if isinstance(value, str) or value is None or value is True or value is False:
        return
    if depth > _DEEPEST:
        raise ValueError("too many levels")
    if isinstance(value, int):
        if not -_LARGEST_INTEGER <= value <= _LARGEST_INTEGER:
            raise ValueError("a whole number too large to be kept exactly")
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise ValueError("a key that is not text")
            _check(item, depth + 1)
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item, depth + 1)
    else:
        raise ValueError(f"a value that can’t be sealed: {type(value).__name__}")


def seal(previous: str, entry: Mapping[str, Any]) -> str:
    """Seal an entry onto the one before it.

    Shape   previous: 64 hexadecimal digits, GENESIS for the first entry. entry: the fields of ENTRY_FIELDS;
            "previous" and "seal" may be absent and do not count in the content.
    Holds   another entry, or the same one after another seal, has another seal.
    Errors  ValueError when a field is missing, unknown or of the wrong type.
    Source  SHA-256 over the 32 bytes of the previous seal, then the canonical JSON of the entry.

    >>> act = {"book": "b", "number": 1, "act": "room.noun.done", "at": "2026-11-23T10:00:00Z",
    ...        "by": "p1", "subject": "room/noun/1", "facts": {}}
    >>> seal(GENESIS, act)[:16]
    '38d839d30edf281f'
    """
    wrong = _wrong_field({**entry, "previous": previous, "seal": GENESIS})
    if wrong:
        raise ValueError(f"the field “{wrong}” of the entry is missing, unknown or of the wrong type")
    return _seal(previous, entry)


def _seal(previous: str, entry: Mapping[str, Any]) -> str:
    body = {name: item for name, item in entry.items() if name != "previous" and name != "seal"}
    return hashlib.sha256(bytes.fromhex(previous) + canonical(body)).hexdigest()


def _wrong_field(entry: Mapping[str, Any]) -> str | None:
    """Name the first field that is missing, unknown or of the wrong type."""
    for name in ("book", "act", "by", "subject"):
        if not isinstance(entry.get(name), str):
            return name
    number = entry.get("number")
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= _LARGEST_INTEGER:
        return "number"
    if not isinstance(entry.get("facts"), dict):
        return "facts"
    for name, shape in (("at", _UTC), ("previous", _HEX64), ("seal", _HEX64)):
        item = entry.get(name)
        if not isinstance(item, str) or not shape.fullmatch(item):
            return name
    return next((name for name in entry if name not in ENTRY_FIELDS), None)


# --- Signatures: Ed25519 as RFC 8032 writes it ------------------------------------------------------------------------

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)  # a square root of -1
_Point = tuple[int, int, int, int]


def _add(a: _Point, b: _Point) -> _Point:
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % _P, (a[1] + a[0]) * (b[1] + b[0]) % _P
    g, h = 2 * a[3] * b[3] * _D % _P, 2 * a[2] * b[2] % _P
    x, z, t, y = f - e, h - g, h + g, f + e
    return (x * z % _P, t * y % _P, z * t % _P, x * y % _P)


def _times(n: int, point: _Point) -> _Point:
    total: _Point = (0, 1, 1, 0)
    while n:
        if n & 1:
            total = _add(total, point)
        point, n = _add(point, point), n >> 1
    return total


def _same(a: _Point, b: _Point) -> bool:
    return (a[0] * b[2] - b[0] * a[2]) % _P == 0 and (a[1] * b[2] - b[1] * a[2]) % _P == 0


def _pack(point: _Point) -> bytes:
    z = pow(point[2], -1, _P)
    return ((point[1] * z % _P) | (point[0] * z % _P & 1) << 255).to_bytes(32, "little")


def _unpack(data: bytes) -> _Point:
    y = int.from_bytes(data, "little")
    odd, y = y >> 255, y & (1 << 255) - 1
    if y >= _P:
        raise ValueError("not a point of the curve")
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT % _P
    if (x * x - square) % _P or (x == 0 and odd):
        raise ValueError("not a point of the curve")
    x = _P - x if x & 1 != odd else x
    return (x, y, 1, x * y % _P)


_BASE = _unpack((4 * pow(5, -1, _P) % _P).to_bytes(32, "little"))


def _number(*parts: bytes) -> int:
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little")


def _expand(secret: bytes) -> tuple[int, bytes]:
    if len(secret) != 32:
        raise ValueError("a secret key is 32 bytes")
    digest = hashlib.sha512(secret).digest()
    return int.from_bytes(digest[:32], "little") & (1 << 254) - 8 | 1 << 254, digest[32:]


def public_key(secret: bytes) -> bytes:
    """Give the public key (32 bytes) of a secret key (32 bytes)."""
    return _pack(_times(_expand(secret)[0], _BASE))


def sign(secret: bytes, message: bytes) -> bytes:
    """Sign a message: 64 bytes that only the holder of the secret key can make.

    Holds   verify_signature(public_key(secret), message, sign(secret, message)).
    Source  RFC 8032, Ed25519. Not written against somebody who can time it: sign where only you can listen.
    """
    a, prefix = _expand(secret)
    public = _pack(_times(a, _BASE))
    r = _number(prefix, message) % _L
    point = _pack(_times(r, _BASE))
    return point + ((r + _number(point, public, message) * a) % _L).to_bytes(32, "little")


def verify_signature(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether this signature of this message was made with the secret key of this public key."""
    if len(public) != 32 or len(signature) != 64:
        return False
    s = int.from_bytes(signature[32:], "little")
    try:
        key, point = _unpack(public), _unpack(signature[:32])
    except ValueError:
        return False
    n = _number(signature[:32], public, message) % _L
    return s < _L and _same(_times(s, _BASE), _add(point, _times(n, key)))


# --- Writing a book ---------------------------------------------------------------------------------------------------


def header_line(book: str, keys: Mapping[str, str]) -> str:
    """Write the first line of an export; keys: public keys (64 hexadecimal digits) by their identifier."""
    pinned = [{"key_id": name, "public": public} for name, public in sorted(keys.items())]
    return canonical({"schema": SCHEMA, "book": book, "keys": pinned, "how": HOW}).decode()


def entry_line(entry: Mapping[str, Any]) -> str:
    """Write one entry as a line of an export."""
    return canonical({name: entry[name] for name in ENTRY_FIELDS}).decode()


def signed_head(secret: bytes, *, book: str, number: int, seal: str, at: str, key_id: str) -> dict[str, Any]:
    """Sign how far a book goes: its last number and seal (0 and GENESIS for an empty book).

    The answer is both the last line of an export and, written to a file, what `--head` takes.
    """
    head = {"book": book, "number": number, "seal": seal, "at": at, "key_id": key_id}
    signature = sign(secret, canonical(head)).hex()
    return {"schema": HEAD_SCHEMA, "head": head, "public": public_key(secret).hex(), "signature": signature}


def head_line(head: Mapping[str, Any]) -> str:
    """Write a signed head as a line of an export."""
    return canonical(dict(head)).decode()


# --- Verifying a book -------------------------------------------------------------------------------------------------

_SAYS = {
    "fr": {
        "not_a_book": "ce fichier n’est pas un livre de Cordée : sa première ligne doit porter le schéma « {schema} ».",
        "malformed": "la ligne ne se lit pas (colonne {column}).",
        "shape": "le champ « {field} » manque, est de trop ou n’a pas la bonne forme.",
        "altered": "l’entrée n° {number} a été modifiée : son contenu ne correspond plus à son sceau.",
        "removed": "il manque des entrées : du n° {first} au n° {last}.",
        "reordered": "l’ordre a été changé : l’entrée n° {number} ne vient qu’à la ligne {found}.",
        "duplicated": "l’entrée n° {number} figure déjà plus haut.",
        "broken_link": "l’entrée n° {number} ne suit pas celle d’avant : ce qui précède a été réécrit.",
        "foreign": "cette entrée vient d’un autre livre : « {book} » et non « {expected} ».",
        "cut": "le livre est coupé : la tête signée va jusqu’au n° {number}, le livre s’arrête au n° {last}.",
        "rewritten": "au n° {number}, le livre ne porte pas le sceau de la tête signée : l’histoire a été réécrite.",
        "no_head": "le livre ne finit pas par une tête signée : on ne peut pas savoir s’il a été coupé "
        "après le n° {last}.",
        "misplaced": "cette tête signe le n° {number} mais se trouve après le n° {last}.",
        "wrong_key": "la clé « {key_id} » n’est pas celle qui est attendue.",
        "bad_signature": "la signature de la tête n’est pas bonne : la tête a été modifiée ou signée d’une autre clé.",
        "too_many": "trop de défauts : la lecture s’arrête ici.",
        "_line": "ligne {line} : ",
        "_ok": "Le livre « {book} » tient : {entries} entrées, aucune modifiée, retirée ni déplacée. "
        "Tête signée au n° {number} le {at} par la clé « {key_id} » ({public}).",
        "_bad": "Le livre ne tient pas. Ce qu’il faut savoir :",
        "_unpinned": "Cette clé, le livre l’annonce lui-même : comparez-la à celle reçue (--key ou --head).",
    },
    "en": {
        "not_a_book": "this file is not a book of Cordée: its first line must carry the schema “{schema}”.",
        "malformed": "the line can’t be read (column {column}).",
        "shape": "the field “{field}” is missing, unknown or of the wrong shape.",
        "altered": "entry no. {number} was altered: its content no longer fits its seal.",
        "removed": "entries are missing: no. {first} to no. {last}.",
        "reordered": "the order was changed: entry no. {number} only comes at line {found}.",
        "duplicated": "entry no. {number} already stands above.",
        "broken_link": "entry no. {number} does not follow the one before it: what stands above was rewritten.",
        "foreign": "this entry comes from another book: “{book}”, not “{expected}”.",
        "cut": "the book is cut: the signed head goes up to no. {number}, the book stops at no. {last}.",
        "rewritten": "at no. {number} the book does not carry the seal of the signed head: history was rewritten.",
        "no_head": "the book does not end with a signed head: nobody can tell whether it was cut after no. {last}.",
        "misplaced": "this head signs no. {number} but stands after no. {last}.",
        "wrong_key": "the key “{key_id}” is not the expected one.",
        "bad_signature": "the signature of the head is wrong: the head was altered or signed with another key.",
        "too_many": "too many faults: reading stops here.",
        "_line": "line {line}: ",
        "_ok": "The book “{book}” holds: {entries} entries, none altered, removed or moved. "
        "Head signed at no. {number} on {at} by the key “{key_id}” ({public}).",
        "_bad": "The book does not hold. What to know:",
        "_unpinned": "The key is the one the book announces: compare it with the one you received (--key or --head).",
    },
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One place where a book breaks, and how. Line 0 is the head given apart."""

    line: int
    code: str
    params: dict[str, Any]

    def sentence(self, lang: str = "fr") -> str:
        """Say it in plain words."""
        where = _SAYS[lang]["_line"].format(line=self.line) if self.line else ""
        return where + _SAYS[lang][self.code].format(**self.params)


@dataclass(frozen=True, slots=True)
class Report:
    """What a reading of a whole book found. `ok` when there is no problem; `head` is the last good signed head."""

    ok: bool
    problems: tuple[Problem, ...]
    entries: int
    head: dict[str, Any] | None
    book: str
    keys: dict[str, str]
    pinned: bool

    def sentences(self, lang: str = "fr") -> list[str]:
        """Say in plain words what holds and what does not."""
        says = _SAYS[lang]
        if not self.ok or not self.head:
            return [says["_bad"], *(problem.sentence(lang) for problem in self.problems)]
        public = self.keys[self.head["key_id"]]
        good = says["_ok"].format(**{**self.head, "book": self.book, "entries": self.entries, "public": public})
        return [good] if self.pinned else [good, says["_unpinned"]]


@dataclass(slots=True)
class _Reading:
    """What must be remembered between two lines: a few values, however long the book."""

    trusted: Mapping[str, str] | None
    apart: list[dict[str, Any]] = field(default_factory=list)  # good heads given apart, not yet reached
    book: str = ""
    keys: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    gaps: list[tuple[int, int, int]] = field(default_factory=list)  # first and last missing number, line where noticed
    last: int = 0
    seals: tuple[str, ...] = (GENESIS,)  # what the next entry may follow
    entries: int = 0
    unread: int = 0  # unreadable lines that may have been the entries now missing
    head: dict[str, Any] | None = None
    head_at: int = -1

    def tell(self, line: int, code: str, **params: Any) -> None:
        self.problems.append(Problem(line, code, params))

    def header(self, item: Mapping[str, Any] | None) -> bool:
        if not item or item.get("schema") != SCHEMA or not isinstance(item.get("book"), str):
            self.tell(1, "not_a_book", schema=SCHEMA)
            return False
        self.book = item["book"]
        pinned = item.get("keys")
        for key in pinned if isinstance(pinned, list) else [None]:
            name, public = (key.get("key_id"), key.get("public")) if isinstance(key, dict) else (None, None)
            if not isinstance(name, str) or not isinstance(public, str) or not _HEX64.fullmatch(public):
                self.tell(1, "shape", field="keys")
            elif self.trusted is None:
                self.keys[name] = public
            elif self.trusted.get(name, public) != public:
                self.tell(1, "wrong_key", key_id=name)
        self.keys |= self.trusted or {}
        return True

    def entry(self, line: int, item: dict[str, Any]) -> None:
        wrong = _wrong_field(item)
        if wrong:
            self.unread += 1
            return self.tell(line, "shape", field=wrong)
        number, previous, stated = item["number"], item["previous"], item["seal"]
        if item["book"] != self.book:
            return self.tell(line, "foreign", book=item["book"], expected=self.book)
        self.entries += 1
        try:
            true = _seal(previous, item)
        except ValueError:  # a number or a depth that no seal covers
            true = ""
        if true != stated:
            self.tell(line, "altered", number=number)
            if previous in self.seals or number == self.last + 1:
                self.last, self.seals = self.last + 1, (stated, true)
        elif number <= self.last:
            self._late(line, number)
        else:
            if number - self.last - 1 > self.unread:
                self.gaps.append((self.last + 1, number - 1, line))
            elif number == self.last + 1 and previous not in self.seals:
                self.tell(line, "broken_link", number=number)
            self.last, self.seals, self.unread = number, (stated,), 0
        self.compare_apart()

    def _late(self, line: int, number: int) -> None:
        for place, (first, last, noticed) in enumerate(self.gaps):
            if first <= number <= last:
                self.tell(noticed, "reordered", number=number, found=line)
                rest = [(first, number - 1, noticed), (number + 1, last, noticed)]
                self.gaps[place : place + 1] = [gap for gap in rest if gap[0] <= gap[1]]
                return
        self.tell(line, "duplicated", number=number)

    def good_head(self, line: int, item: Mapping[str, Any]) -> dict[str, Any] | None:
        fault = self._fault(item, apart=not line)
        if fault:
            self.tell(line, fault[0], **fault[1])
            return None
        head: dict[str, Any] = item["head"]
        return head

    def _fault(self, item: Mapping[str, Any], apart: bool) -> tuple[str, dict[str, Any]] | None:
        head, signature, public = item.get("head"), item.get("signature"), item.get("public")
        if not isinstance(head, dict) or not set(item) <= {"schema", "head", "public", "signature"}:
            return "shape", {"field": "head"}
        for name in (*HEAD_FIELDS, *head):
            right = name in HEAD_FIELDS and type(head.get(name)) is (int if name == "number" else str)
            if not right or (name == "seal" and not _HEX64.fullmatch(head["seal"])):
                return "shape", {"field": name}
        if not isinstance(signature, str) or not _HEX128.fullmatch(signature):
            return "shape", {"field": "signature"}
        if head["book"] != self.book:
            return "foreign", {"book": head["book"], "expected": self.book}
        known, key_id = self.keys.get(head["key_id"]), head["key_id"]
        if known is None and apart and self.trusted is None and isinstance(public, str) and _HEX64.fullmatch(public):
            known = self.keys[key_id] = public
        if known is None or public not in (None, known):
            return "wrong_key", {"key_id": key_id}
        try:
            good = verify_signature(bytes.fromhex(known), canonical(head), bytes.fromhex(signature))
        except ValueError:
            good = False
        return None if good else ("bad_signature", {})

    def head_line(self, line: int, item: Mapping[str, Any]) -> None:
        head = self.good_head(line, item)
        if head is None:
            return
        if head["number"] < self.last:
            self.tell(line, "misplaced", number=head["number"], last=self.last)
        elif head["number"] > self.last:
            self.tell(line, "cut", number=head["number"], last=self.last)
        elif head["seal"] not in self.seals:
            self.tell(line, "rewritten", number=self.last)
        else:
            self.head, self.head_at = head, self.last

    def compare_apart(self) -> None:
        if not self.apart:
            return
        for head in [head for head in self.apart if head["number"] <= self.last]:
            self.apart.remove(head)
            if head["number"] != self.last or head["seal"] not in self.seals:
                self.tell(0, "rewritten", number=head["number"])
            else:
                self.head, self.head_at = head, self.last

    def end(self) -> None:
        for first, last, line in self.gaps:
            self.tell(line, "removed", first=first, last=last)
        for head in self.apart:
            self.tell(0, "cut", number=head["number"], last=self.last)
        told = {problem.code for problem in self.problems} & {"cut", "rewritten", "bad_signature", "wrong_key"}
        if self.head_at < self.last and not told:
            self.tell(0, "no_head", last=self.last)
        self.problems.sort(key=lambda problem: problem.line or sys.maxsize)


def _read(lines: Iterable[bytes | str]) -> Iterator[tuple[int, dict[str, Any] | None, int]]:
    """Give each line with its number: its object, or None and the column where reading failed."""
    blank = 0
    for number, line in enumerate(lines, 1):
        text, column = line, 1
        try:
            text = line.decode() if isinstance(line, bytes) else line
            if not text.strip():
                blank = blank or number
                continue
            if blank:
                yield blank, None, 1
                blank = 0
            item = _DECODE(text)
        except json.JSONDecodeError as wrong:
            item, column = None, wrong.colno
        except UnicodeDecodeError as wrong:
            item, column = None, wrong.start + 1
        except (ValueError, RecursionError):
            item = None
        yield number, item if isinstance(item, dict) else None, column


def lines_of(file: BinaryIO) -> Iterator[bytes]:
    """Give the lines of a file, one at a time; an endless line comes in pieces, which are no entries."""
    return iter(lambda: file.readline(_LONGEST_LINE), b"")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    item = dict(pairs)
    if len(item) < len(pairs):
        raise ValueError("the same name twice")
    return item


def _refuse(text: str) -> None:
    raise ValueError(f"not a whole number: {text}")


_DECODE = json.JSONDecoder(object_pairs_hook=_once, parse_float=_refuse, parse_constant=_refuse).decode


def verify(
    lines: Iterable[bytes | str], *, heads: Sequence[Mapping[str, Any]] = (), keys: Mapping[str, str] | None = None
) -> Report:
    """Read a whole book, line by line, and tell where and how it breaks.

    Shape   lines: of an export. heads: signed heads received apart, as `signed_head` makes them. keys: the only
            public keys to trust, by identifier; without them, those of the header and of the heads given apart.
    Holds   an export as written is ok; any entry altered, removed, moved, doubled or inserted, any cut behind a
            signed head and any head signed by another key is a problem at its line. Memory does not grow with the book.
    """
    reading = _Reading(keys)
    for line, item, column in _read(lines):
        if line == 1:
            if not reading.header(item):
                break
            reading.apart = [head for given in heads if (head := reading.good_head(0, given)) is not None]
            reading.compare_apart()
        elif item is None:
            reading.unread += 1
            reading.tell(line, "malformed", column=column)
        elif "head" in item:
            reading.head_line(line, item)
        else:
            reading.entry(line, item)
        if len(reading.problems) + len(reading.gaps) >= MOST_PROBLEMS:
            reading.tell(line, "too_many")
            break
    else:
        if not reading.book and not reading.problems:
            reading.tell(1, "not_a_book", schema=SCHEMA)
    if reading.book:
        reading.end()
    found = reading.problems
    return Report(
        not found,
        tuple(found),
        reading.entries,
        reading.head,
        reading.book,
        reading.keys,
        keys is not None or bool(heads),
    )


# --- Archives: a book, and the files that go with it ------------------------------------------------------------------

ARCHIVE_SCHEMA = "cordee.archive/1"
MANIFEST, BOOK = "manifest.json", "registre.jsonl"
_MOST_FILES, _LARGEST_ARCHIVE = 20_000, 4_000_000_000
_ARCHIVE_SAYS = {
    "fr": {
        "not_an_archive": "ce fichier n’est pas une archive de Cordée, ou il est abîmé.",
        "manifest": "« manifest.json » manque ou ne se lit pas : la liste des pièces est perdue.",
        "missing": "« {name} » manque.",
        "added": "« {name} » a été ajouté : il ne figure pas dans la liste signée.",
        "altered": "« {name} » n’est plus ce qu’il était.",
        "bad_signature": "la liste des pièces n’est pas celle qui a été signée.",
        "wrong_key": "la clé « {key_id} » n’est pas celle qui est attendue.",
        "other_book": "le registre n’est pas celui que la liste annonce.",
        "_ok": "L’archive tient : {files} pièces, aucune modifiée, retirée ni ajoutée. Liste signée le {at}.",
        "_bad": "L’archive ne tient pas. Ce qu’il faut savoir :",
    },
    "en": {
        "not_an_archive": "this file is not an archive of Cordée, or it is damaged.",
        "manifest": "“manifest.json” is missing or can’t be read: the list of files is lost.",
        "missing": "“{name}” is missing.",
        "added": "“{name}” was added: it is not in the signed list.",
        "altered": "“{name}” is no longer what it was.",
        "bad_signature": "the list of files is not the one that was signed.",
        "wrong_key": "the key “{key_id}” is not the expected one.",
        "other_book": "the book is not the one that the list names.",
        "_ok": "The archive holds: {files} files, none altered, removed or added. List signed on {at}.",
        "_bad": "The archive does not hold. What to know:",
    },
}


def signed_manifest(
    secret: bytes, *, book: str, name: str, at: str, key_id: str, files: Mapping[str, bytes]
) -> dict[str, Any]:
    """List the files of an archive with their digests, and sign the list."""
    listed: dict[str, Any] = {"schema": ARCHIVE_SCHEMA, "book": book, "name": name, "at": at, "key_id": key_id}
    listed["files"] = {
        path: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for path, content in sorted(files.items())
    }
    return {**listed, "public": public_key(secret).hex(), "signature": sign(secret, canonical(listed)).hex()}


@dataclass(frozen=True, slots=True)
class ArchiveReport:
    """What was found in an archive: its own faults, and the report of its book."""

    problems: tuple[tuple[str, dict[str, str]], ...]
    book: Report | None = None
    files: int = 0
    at: str = ""

    @property
    def ok(self) -> bool:
        return not self.problems and self.book is not None and self.book.ok

    def sentences(self, lang: str = "fr") -> list[str]:
        """What was found, for a person."""
        says = _ARCHIVE_SAYS[lang]
        told = [says[code].format(**params) for code, params in self.problems]
        head = [says["_bad"], *told] if told else [says["_ok"].format(files=self.files, at=self.at)]
        return head + (self.book.sentences(lang) if self.book else [])


def verify_archive(
    file: str | BinaryIO, *, heads: Sequence[Mapping[str, Any]] = (), keys: Mapping[str, str] | None = None
) -> ArchiveReport:
    """Read a whole archive: is every file the one that was put in, is none missing or added, does its book hold?

    Holds   an archive as written is ok; any file altered, removed or added is a problem, and so is a list of files
            that was not signed by a key that the book announces (or, given apart, by one of `keys`).
    """
    try:
        with zipfile.ZipFile(file) as archive:
            return _read_archive(archive, heads, keys)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError):
        return ArchiveReport((("not_an_archive", {}),))


def _read_archive(
    archive: zipfile.ZipFile, heads: Sequence[Mapping[str, Any]], keys: Mapping[str, str] | None
) -> ArchiveReport:
    parts = [info for info in archive.infolist() if not info.is_dir()]
    names = {info.filename for info in parts}
    if len(names) < len(parts) or len(parts) > _MOST_FILES or sum(i.file_size for i in parts) > _LARGEST_ARCHIVE:
        return ArchiveReport((("not_an_archive", {}),))
    try:
        manifest = _DECODE(archive.read(MANIFEST).decode())
        listed = {key: manifest[key] for key in ("schema", "book", "name", "at", "key_id", "files")}
        public, signature = bytes.fromhex(manifest["public"]), bytes.fromhex(manifest["signature"])
        wanted = {path: (facts["size"], facts["sha256"]) for path, facts in listed["files"].items()}
        message = canonical(listed)
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError):
        return ArchiveReport((("manifest", {}),))
    found: list[tuple[str, dict[str, str]]] = []
    if listed["schema"] != ARCHIVE_SCHEMA or not verify_signature(public, message, signature):
        found.append(("bad_signature", {}))
    for path, facts in wanted.items():
        if path not in names:
            found.append(("missing", {"name": path}))
        elif _digest(archive, path) != facts:
            found.append(("altered", {"name": path}))
    found += [("added", {"name": path}) for path in sorted(names - set(wanted) - {MANIFEST})]
    report = None
    if BOOK in names:
        with archive.open(BOOK) as file:
            report = verify(iter(lambda: file.readline(_LONGEST_LINE), b""), heads=heads, keys=keys)
        if report.book != listed["book"]:
            found.append(("other_book", {}))
        trusted = keys if keys is not None else report.keys
        if trusted.get(str(listed["key_id"])) != public.hex():
            found.append(("wrong_key", {"key_id": str(listed["key_id"])}))
    else:
        found.append(("missing", {"name": BOOK}))
    return ArchiveReport(tuple(found[:MOST_PROBLEMS]), report, len(wanted), str(listed["at"]))


def _digest(archive: zipfile.ZipFile, path: str) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with archive.open(path) as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
            size += len(piece)
    return size, digest.hexdigest()


# --- Command ----------------------------------------------------------------------------------------------------------


def main(argv: Sequence[str] | None = None) -> int:
    """Verify one exported book, or one archive, and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", metavar="book.jsonl")
    parser.add_argument("--head", action="append", default=[], metavar="HEAD.json", help="a signed head received apart")
    parser.add_argument("--key", action="append", default=[], metavar="ID=HEX", help="the only public keys to trust")
    parser.add_argument("--lang", choices=("fr", "en"), default="fr")
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    args = parser.parse_args(argv)
    try:
        heads = [json.loads(open(name, "rb").read()) for name in args.head]  # noqa: SIM115
        keys = dict(pair.split("=", 1) for pair in args.key) if args.key else None
        if zipfile.is_zipfile(args.file):
            whole = verify_archive(args.file, heads=heads, keys=keys)
            print(json.dumps(archive_as_json(whole, args.lang)) if args.json else "\n".join(whole.sentences(args.lang)))
            return 0 if whole.ok else 1
        with open(args.file, "rb") as file:
            report = verify(lines_of(file), heads=heads, keys=keys)
    except (OSError, ValueError, AttributeError, TypeError) as wrong:
        print(f"{args.file}: {wrong}", file=sys.stderr)
        return 2
    if any(problem.code == "not_a_book" for problem in report.problems):
        print(f"{args.file}: {report.problems[0].sentence(args.lang)}", file=sys.stderr)
        return 2
    if args.json:
        print(
            json.dumps({"schema": "cordee.verify-book/1", **as_json(report, args.lang)}, ensure_ascii=False, indent=2)
        )
    else:
        print("\n".join(report.sentences(args.lang)))
    return 0 if report.ok else 1


def as_json(report: Report, lang: str = "fr") -> dict[str, Any]:
    """Give a report as plain values for a JSON answer."""
    told = [{"line": p.line, "code": p.code, "params": p.params, "sentence": p.sentence(lang)} for p in report.problems]
    return {"ok": report.ok, "book": report.book, "entries": report.entries, "head": report.head, "problems": told}


def archive_as_json(report: ArchiveReport, lang: str = "fr") -> dict[str, Any]:
    """Give the report of an archive as plain values."""
    told = [{"code": code, **params, "sentence": _ARCHIVE_SAYS[lang][code].format(**params)}
            for code, params in report.problems]  # fmt: skip
    book = as_json(report.book, lang) if report.book else None
    return {"schema": "cordee.verify-archive/1", "ok": report.ok, "files": report.files, "problems": told, "book": book}


if __name__ == "__main__":
    sys.exit(main())
