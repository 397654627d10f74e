"""From the bytes of a file to a Notice, whatever the format."""

import json
from typing import Any

from cordee.engines.notices import xml
from cordee.engines.notices.boamp import read_boamp
from cordee.engines.notices.eforms import ROOTS, read_eforms
from cordee.engines.notices.model import Notice
from cordee.engines.notices.ocds import read_ocds
from cordee.engines.notices.problems import MAX_BYTES, NotANotice
from cordee.engines.notices.ted import read_ted
from cordee.engines.notices.xml import Element

_ARCHIVES = (
    (b"PK\x03\x04", "ZIP"),
    (b"PK\x05\x06", "ZIP"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
)
_INVOICES = ("Invoice", "CreditNote", "CrossIndustryInvoice", "CrossIndustryDocument")


def read_notice(data: bytes) -> Notice:
    """Read a tender notice: eForms, TED R2.0.9, BOAMP (XML) or OCDS (JSON).

    Shape   data: the whole file, at most MAX_BYTES.
    Holds   any bytes at all give a Notice or raise NotANotice; never another exception.
    Errors  NotANotice (a ValueError) with a code and a sentence in French and English.
    """
    if len(data) > MAX_BYTES:
        raise NotANotice("too-big", limit=MAX_BYTES // 1_000_000)
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start and not data.strip():
        raise NotANotice("empty")
    for signature, name in _ARCHIVES:
        if data.startswith(signature):
            raise NotANotice("archive", what=name)
    if start.startswith(b"%PDF"):
        raise NotANotice("pdf")
    if start.startswith((b"{", b"[")):
        return read_ocds(_json(data))
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<"))
    if not wide and not data[:65536].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise NotANotice("unknown")
    return _read_xml(xml.parse(data if wide else data.lstrip(b" \t\r\n")))


def _read_xml(root: Element) -> Notice:
    name = xml.local(root)
    if name in ROOTS:
        return read_eforms(root)
    if name == "TED_EXPORT":
        return read_ted(root)
    if name == "ANNONCE":
        return read_boamp(root)
    if name in _INVOICES:
        raise NotANotice("invoice")
    for wrapped in root.iterchildren():
        # Some downloads wrap the notice: a search result of TED, a daily BOAMP file. The first notice is read.
        if xml.local(wrapped) in (*ROOTS, "TED_EXPORT", "ANNONCE"):
            return _read_xml(wrapped)
    raise NotANotice("other-xml", root=name[:60])


def _json(data: bytes) -> Any:
    try:
        # Numbers stay as they are written: an amount is never a float.
        return json.loads(data, parse_float=str, parse_int=str, parse_constant=str)
    except json.JSONDecodeError as wrong:
        raise NotANotice("broken-json", line=wrong.lineno) from None
    except (UnicodeDecodeError, RecursionError, ValueError):
        raise NotANotice("broken-json", line=1) from None
