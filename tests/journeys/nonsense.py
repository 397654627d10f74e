"""What people, scanners and clumsy programs send: values, files and addresses that make no sense."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

VALUES: dict[str, str] = {
    "empty": "",
    "blank": " \t\n ",
    "very long": "é" * 20_000,
    "emoji": "👩🏽‍🔧🏗️🇫🇷",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "template": "{{ request }}{% url 'x' %}%(name)s {0} %s",
    "sql": "'; DROP TABLE people_person; -- \"",
    "nul": "a\x00b",
    "controls": "\x01\x1b[31m\u202e\ufeff\r\n",
    "negative": "-1",
    "huge": "9" * 400,
    "beyond int": "9" * 5000,
    "beyond 64 bits": "9223372036854775808",
    "superscript": "²",
    "arabic digits": "١٢٣",
    "float": "1e309",
    "not a number": "NaN",
    "fraction": "1/0",
    "bad date": "2026-02-31",
    "year 0": "0000-00-00T00:00",
    "far date": "9999-12-31T23:59",
    "json": '{"$gt": ""}',
    "path": "../../../../etc/passwd",
    "unknown id": "zzzzzzzzzz",
}

_BOMB = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(8))
    + "]><ContractNotice>&i;</ContractNotice>"
)


def _zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("zeros", bytes(2_000_000))
    return buffer.getvalue()


FILES: dict[str, tuple[str, bytes]] = {
    "0 byte": ("avis.xml", b""),
    "a pdf": ("avis.pdf", b"%PDF-1.7\n1 0 obj << >> endobj\n%%EOF"),
    "a pdf called xml": ("avis.xml", b"%PDF-1.7\n%%EOF"),
    "an xml bomb": ("avis.xml", _BOMB.encode()),
    "an outside entity": (
        "avis.xml",
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><ContractNotice>&x;</ContractNotice>',
    ),
    "a deep xml": ("avis.xml", b"<a>" * 20_000),
    "another xml": ("avis.xml", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
    "an exe": ("facture.exe", b"MZ\x90\x00" + bytes(512)),
    "a zip": ("avis.zip", _zip()),
    "not text": ("avis.csv", bytes(range(256)) * 20),
    "utf-16": ("avis.csv", "siren;nom\n1;é".encode("utf-16")),
    "a strange name": ("../../" + "é" * 300 + "\u202ecsv.exe", b"siren;nom\n123;A\n"),
    "quotes": ("a\"'<b>.csv", b'siren;nom\n"1;"2"";\n'),
    "one long line": ("a.csv", b"x" * 300_000),
}

TEXTS_IN_ADDRESSES = ("0", "9" * 30, "zzzzzzzzzz", "é", "\x00", "..", "²")
QUERIES = dict.fromkeys(
    ("voix", "page", "avant", "before", "lines", "effet", "next", "q", "metier", "tri", "km"),
    ("", "-1", "9" * 400, "9" * 5000, "²", "\x00", "'; <b>👩"),
)


def upload(name: str) -> SimpleUploadedFile:
    """One of the files, fresh."""
    filename, content = FILES[name]
    return SimpleUploadedFile(filename, content)
