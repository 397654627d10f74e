"""Vérifier un fichier de Cordée : registre exporté, PDF scellé, dossier de preuve, ou archive qui en contient.

La commande reconnaît le fichier à son contenu, dit en clair ce qui tient et ce qui ne tient pas, et où.

  cordee verify registre.jsonl                     le registre est-il entier, sans modification ?
  cordee verify registre.jsonl --head tete.json    va-t-il au moins jusqu'à la tête signée reçue ce jour-là ?
  cordee verify registre.jsonl --key ID=HEX        ne croire que cette clé publique
  cordee verify convention.pdf                     le PDF est-il tel qu'il a été scellé ?
  cordee verify convention.pdf --trust racine.pem  et l'a-t-il été par une autorité de confiance ?
  cordee verify preuve.json                        le dossier de preuve est-il intact ?
  cordee verify archive.zip                        chaque pièce de l'archive tient-elle ? aucune n'est-elle de trop ?

Le registre se vérifie aussi sans Cordée : « python chain.py registre.jsonl », un seul fichier, Python suffit.

Sortie : 0 tout tient ; 1 non, avec la raison ; 2 ce n'est pas un fichier qui se vérifie, ou l'appel est faux.
"""

import argparse
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cordee.cli.tools import BadInput, Lang, print_json, read_bytes
from cordee.engines import chain

HELP = "vérifier un registre exporté, un PDF scellé, un dossier de preuve ou une archive"
SCHEMA = "cordee.verify/1"
_MOST_PARTS, _LARGEST = 2_000, 500_000_000


@dataclass(frozen=True, slots=True)
class _Result:
    kind: str  # "book", "pdf", "evidence", "other"
    ok: bool
    sentences: list[str]
    answer: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the person holds already: signed heads, public keys, certificates of authorities."""

    heads: list[dict[str, Any]]
    keys: dict[str, str] | None
    trusted: list[bytes]
    lang: Lang


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", metavar="FICHIER", help="le fichier à vérifier")
    parser.add_argument("--head", action="append", default=[], metavar="TETE.json", help="une tête signée reçue à part")
    parser.add_argument("--key", action="append", default=[], metavar="ID=HEX", help="la seule clé publique à croire")
    parser.add_argument("--trust", action="append", default=[], metavar="RACINE.pem", help="une autorité de confiance")
    parser.add_argument("--json", action="store_true", help="répondre en JSON")


def run(args: argparse.Namespace) -> int:
    """Verify one file and say what was found."""
    lang: Lang = args.lang
    known = _Known(
        heads=[_head(path, lang) for path in args.head],
        keys=dict(_key(text, lang) for text in args.key) if args.key else None,
        trusted=[_certificate(path, lang) for path in args.trust],
        lang=lang,
    )
    if _is_book(args.file):
        with open(args.file, "rb") as file:  # a long book is read line by line
            return _answer(args, "book", {"": _book(chain.lines_of(file), known)})
    data = read_bytes(args.file, lang)
    if zipfile.is_zipfile(io.BytesIO(data)) and data[:2] == b"PK":
        parts = _archive(data, known)
        if chain.MANIFEST in parts:  # the archive of a grouping says itself what must be in it
            whole = chain.verify_archive(io.BytesIO(data), heads=known.heads, keys=known.keys)
            answer = chain.archive_as_json(whole, lang)
            brought = [name for name in parts if name.startswith("documents/")]  # unsealed: the signed list covers them
            parts |= {name: _Result("other", False, [], {}) for name in brought}
            parts[chain.MANIFEST] = _Result("archive", whole.ok, whole.sentences(lang), answer)
        return _answer(args, "archive", parts)
    found = _verify(data, known)
    return _answer(args, found.kind, {"": found})


def _is_book(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return _schema(file.readline(100_000)) == chain.SCHEMA
    except OSError:
        return False  # said in a sentence when the file is read


def _answer(args: argparse.Namespace, kind: str, parts: Mapping[str, _Result]) -> int:
    lang: Lang = args.lang
    judged = [part for part in parts.values() if part.kind != "other"]
    if not judged:
        raise BadInput(_nothing(Path(args.file).name, lang))
    ok = all(part.ok for part in judged)
    if args.json:
        _print_json(args.file, kind, ok, parts)
    else:
        _print(parts, ok, lang)
    return 0 if ok else 1


def _verify(data: bytes, known: _Known) -> _Result:
    if b"%PDF-" in data[:1024]:
        return _pdf(data, known)
    schema = _schema(data)
    if schema == chain.SCHEMA:
        return _book(io.BytesIO(data), known)
    if schema == "cordee.evidence/1":
        return _evidence(data, known)
    return _Result("other", False, [], {})


def _book(lines: Iterable[bytes], known: _Known) -> _Result:
    report = chain.verify(lines, heads=known.heads, keys=known.keys)
    return _Result("book", report.ok, report.sentences(known.lang), chain.as_json(report, known.lang))


def _pdf(data: bytes, known: _Known) -> _Result:
    from cordee.engines.sealing import verify_pdf

    report = verify_pdf(data, trusted=known.trusted)
    return _Result("pdf", report.ok, report.sentences(known.lang), report.as_json(known.lang))


def _evidence(data: bytes, known: _Known) -> _Result:
    from cordee.engines.sealing import Finding, PdfReport, verify_evidence

    report = PdfReport((*verify_evidence(data), Finding(None, "evidence_alone", {})))
    return _Result("evidence", report.ok, report.sentences(known.lang), report.as_json(known.lang))


def _archive(data: bytes, known: _Known) -> dict[str, _Result]:
    """Verify every part of an archive. The signed heads found inside are asked of its books too."""
    found: dict[str, _Result] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [info for info in archive.infolist() if not info.is_dir()]
            names = {info.filename for info in parts}
            if len(parts) > _MOST_PARTS or sum(info.file_size for info in parts) > _LARGEST or len(names) < len(parts):
                raise BadInput(_TOO_MUCH[known.lang])
            contents = {info.filename: archive.read(info) for info in parts}
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError):
        text = _BROKEN_ARCHIVE[known.lang]
        return {
            "": _Result("archive", False, [text], {"ok": False, "problems": [{"code": "broken", "sentence": text}]})
        }
    heads = [head for content in contents.values() if (head := _as_head(content)) is not None]
    for name, content in contents.items():
        mine = [head for head in heads if head["head"].get("book") == _book_name(content)]
        found[name] = _verify(content, _Known(known.heads + mine, known.keys, known.trusted, known.lang))
    return found


def _first(data: bytes) -> Mapping[str, Any]:
    """The first line, or the whole file, as a JSON object; empty when it is not one."""
    for text in (data.split(b"\n", 1)[0], data):
        if not text.lstrip().startswith(b"{"):
            continue
        try:
            item = json.loads(text)
        except (ValueError, RecursionError):
            continue
        if isinstance(item, dict):
            return item
    return {}


def _schema(data: bytes) -> str:
    found = _first(data).get("schema")
    if isinstance(found, str):
        return found
    named = re.match(rb'\s*\{[^\n]{0,4000}?"schema"\s*:\s*"(cordee\.[a-z]+/1)"', data[:8192], re.DOTALL)
    return named[1].decode() if named else ""  # a damaged file still says what it wanted to be


def _book_name(data: bytes) -> object:
    return _first(data).get("book") if _schema(data) == chain.SCHEMA else None


def _as_head(data: bytes) -> dict[str, Any] | None:
    item = dict(_first(data)) if len(data) < 100_000 else {}
    return item if item.get("schema") == chain.HEAD_SCHEMA and isinstance(item.get("head"), dict) else None


def _head(path: str, lang: Lang) -> dict[str, Any]:
    found = _as_head(read_bytes(path, lang))
    if found is None:
        raise BadInput({"fr": f"« {path} » n’est pas une tête signée.", "en": f"“{path}” is not a signed head."}[lang])
    return found


def _key(text: str, lang: Lang) -> tuple[str, str]:
    name, _, public = text.partition("=")
    if not name or not re.fullmatch(r"[0-9a-f]{64}", public):
        raise BadInput(
            {
                "fr": f"--key {text} : écrivez l’identifiant de la clé, « = », puis ses 64 chiffres hexadécimaux.",
                "en": f"--key {text}: write the key's identifier, “=”, then its 64 hexadecimal digits.",
            }[lang]
        )
    return name, public


def _certificate(path: str, lang: Lang) -> bytes:
    from cordee.engines.sealing import key_id

    data = read_bytes(path, lang)
    try:
        key_id(data)
    except ValueError:
        raise BadInput(
            {"fr": f"« {path} » n’est pas un certificat (PEM).", "en": f"“{path}” is not a certificate (PEM)."}[lang]
        ) from None
    return data


def _print(parts: Mapping[str, _Result], ok: bool, lang: Lang) -> None:
    for name, part in parts.items():
        if name:
            print(f"{name} : {_STATE[lang][part.ok if part.kind != 'other' else None]}")
        for sentence in part.sentences:
            print(f"  {sentence}" if name else sentence)
    if len(parts) > 1:
        print(_WHOLE[lang][ok])


def _print_json(path: str, kind: str, ok: bool, parts: Mapping[str, _Result]) -> None:
    listed: Sequence[dict[str, Any]] = [
        {"name": name, "kind": part.kind, **part.answer} for name, part in parts.items()
    ]
    print_json(SCHEMA, {"file": Path(path).name, "kind": kind, "ok": ok, "parts": listed})


_STATE: dict[Lang, dict[bool | None, str]] = {
    "fr": {True: "tient", False: "ne tient pas", None: "ne se vérifie pas (ni registre, ni PDF, ni dossier de preuve)"},
    "en": {True: "holds", False: "does not hold", None: "not verifiable (no book, PDF or evidence file)"},
}
_WHOLE: dict[Lang, dict[bool, str]] = {
    "fr": {True: "Tout ce qui se vérifie dans l’archive tient.", False: "L’archive ne tient pas."},
    "en": {True: "All that can be verified in the archive holds.", False: "The archive does not hold."},
}
_BROKEN_ARCHIVE: dict[Lang, str] = {
    "fr": "L’archive est abîmée ou a été modifiée : une pièce ne se lit pas.",
    "en": "The archive is damaged or was changed: a part can't be read.",
}
_TOO_MUCH: dict[Lang, str] = {
    "fr": "l’archive contient trop de pièces, des pièces trop grandes ou deux pièces du même nom.",
    "en": "the archive holds too many parts, too large parts or two parts of the same name.",
}


def _nothing(name: str, lang: Lang) -> str:
    return {
        "fr": f"« {name} » ne se vérifie pas : donnez un registre exporté (.jsonl), un PDF scellé, un dossier de "
        "preuve (.json) ou une archive (.zip) qui en contient.",
        "en": f"“{name}” can't be verified: give an exported book (.jsonl), a sealed PDF, an evidence file (.json) "
        "or an archive (.zip) holding some.",
    }[lang]
