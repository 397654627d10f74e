"""The archive of a backup: a tar.gz whose last member, the manifest, says what every other one must be.

A cut archive has no manifest, an altered one has a member that is not what the manifest says, and nothing in it is
ever written outside the folder that it is taken out to.
"""

import gzip
import hashlib
import io
import json
import os
import re
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

SCHEMA = "cordee.backup/1"
MANIFEST = "manifest.json"
SECRET = "secret-key"  # noqa: S105 (the name of a file)
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
_NAME = re.compile(r"(manifest\.json|secret-key|database\.(sqlite3|dump)|(files|keys)(/[^/\\\x00]+)+)")
_LARGEST_MANIFEST = 50_000_000
_PIECE = 1 << 20


class BadArchive(Exception):
    """Not a backup, or no longer what it was: `code` and the member concerned."""

    def __init__(self, code: str, name: str = "") -> None:
        super().__init__(code, name)
        self.code, self.name = code, name

    def sentence(self, lang: str) -> str:
        """What is wrong, for a person."""
        return _SENTENCES[lang][self.code].format(self.name)


_SENTENCES = {
    "fr": {
        "not an archive": "ce n’est pas une sauvegarde de Cordée, ou elle est abîmée",
        "no manifest": "il y manque le sommaire : l’archive est coupée, ou ce n’est pas une sauvegarde de Cordée",
        "newer": "son sommaire est d’une version que ce programme ne connaît pas",
        "refused": "« {} » n’a rien à faire dans une sauvegarde",
        "altered": "« {} » n’est plus ce qu’il était quand la sauvegarde a été faite",
        "missing": "« {} » manque",
    },
    "en": {
        "not an archive": "it is not a backup made by Cordée, or it is damaged",
        "no manifest": "its manifest is missing: the archive is cut short, or is not a backup made by Cordée",
        "newer": "its manifest is of a version that this program does not know",
        "refused": "“{}” has no place in a backup",
        "altered": "“{}” is no longer what it was when the backup was made",
        "missing": "“{}” is missing",
    },
}


@dataclass
class Writer:
    """An archive being written: members one by one, then the manifest."""

    tar: tarfile.TarFile
    members: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, name: str, path: Path) -> None:
        """Put a file in, and remember its size and digest as they were put in."""
        with path.open("rb") as file:
            self._add(name, file, os.fstat(file.fileno()).st_size)

    def close(self, manifest: dict[str, Any]) -> None:
        """Write the manifest: the archive is whole."""
        whole = {"schema": SCHEMA, **manifest, "members": dict(self.members)}
        content = json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True).encode()
        self._add(MANIFEST, io.BytesIO(content), len(content))

    def _add(self, name: str, file: BinaryIO, size: int) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        read = _Digesting(file)
        self.tar.addfile(info, read)  # type: ignore[arg-type]
        self.members[name] = {"size": size, "sha256": read.digest.hexdigest()}


class _Digesting:
    """A file that is digested while it is read."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size: int) -> bytes:
        piece = self.file.read(size)
        self.digest.update(piece)
        return piece


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """Write an archive that only its owner may read; nothing stands under its name until it is whole."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as tar:
                yield Writer(tar)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)


def read(path: Path, into: Path | None = None) -> dict[str, Any]:
    """Verify a whole archive and give its manifest; with `into`, take its members out to that folder.

    Errors  BadArchive. What was taken out until then is in `into`: the caller throws the folder away.
    """
    found: dict[str, dict[str, Any]] = {}
    manifest: dict[str, Any] | None = None
    try:
        with gzip.open(path) as whole, tarfile.open(fileobj=whole, mode="r|") as tar:
            for member in tar:
                name = member.name
                if not member.isreg() or not _allowed(name) or name in found or manifest is not None:
                    raise BadArchive("refused", name)
                file = tar.extractfile(member)
                assert file is not None  # a regular member always has a content
                if name == MANIFEST:
                    manifest = _manifest(file.read(_LARGEST_MANIFEST))
                else:
                    found[name] = _take(_pieces(file), None if into is None else into / name)
            while whole.read(_PIECE):  # to the end: the check sum of the compression stands there
                pass
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile, UnicodeDecodeError):
        raise BadArchive("not an archive") from None
    if manifest is None:
        raise BadArchive("no manifest")
    for name, member_facts in manifest["members"].items():
        if name not in found:
            raise BadArchive("missing", name)
        if found[name] != member_facts:
            raise BadArchive("altered", name)
    for name in found:
        if name not in manifest["members"]:
            raise BadArchive("refused", name)
    return manifest


def _allowed(name: str) -> bool:
    return bool(_NAME.fullmatch(name)) and not {".", ".."} & set(name.split("/"))


def _manifest(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
        if not str(found["schema"]).startswith("cordee.backup/"):
            raise BadArchive("no manifest")
        if found["schema"] != SCHEMA:
            raise BadArchive("newer")
        shapes = {"engine": str, "migrations": list, "counts": dict, "heads": dict, "members": dict}
        if found["engine"] not in DATABASES or not all(isinstance(found[key], kind) for key, kind in shapes.items()):
            raise BadArchive("no manifest")
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BadArchive("no manifest") from None
    return dict(found)


def _pieces(file: Any) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece


def _take(pieces: Iterable[bytes], to: Path | None) -> dict[str, Any]:
    """Digest a member and, asked for, write it: in a new file, for its owner only."""
    digest, size = hashlib.sha256(), 0
    out: BinaryIO | None = None
    if to is not None:
        to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        out = os.fdopen(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")
    try:
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            if out is not None:
                out.write(piece)
    finally:
        if out is not None:
            out.close()
    return {"size": size, "sha256": digest.hexdigest()}
