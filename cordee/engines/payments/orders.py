"""A payment file that a company gives to its own bank: ISO 20022 pain.001.001.09, SEPA credit transfers in euros."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lxml import etree

from cordee.engines.payments.words import Unreadable
from cordee.engines.units import Cents

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
_MOST = 99_999_999_999


@dataclass(frozen=True, slots=True)
class Account:
    """Where money leaves from or goes to.

    Shape   iban: without spaces, as `iban_of` gives it; bic may be empty.
    """

    holder: str
    iban: str
    bic: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """One transfer to make.

    Units   cents, above zero. reference: at most 35 signs, comes back on the statement.
    """

    to: Account
    cents: Cents
    reference: str
    text: str


def iban_of(text: str) -> str:
    """An account number as files want it, when its check digits hold.

    Errors  ValueError when they do not.
    Source  ISO 13616: the remainder by 97 is 1.

    >>> iban_of("fr76 3000 6000 0112 3456 7890 189")
    'FR7630006000011234567890189'
    """
    clean = re.sub(r"[\s\u00a0\u202f.-]", "", text).upper()
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", clean):
        raise Unreadable("iban")
    if clean.startswith("FR") and len(clean) != 27:
        raise Unreadable("iban")
    digits = "".join(str(int(sign, 36)) for sign in clean[4:] + clean[:4])
    if int(digits) % 97 != 1:
        raise Unreadable("iban")
    return clean


def pain001(payer: Account, orders: Sequence[Order], *, at: datetime, on: date, number: str) -> bytes:
    """The file of one company's transfers: one batch, executed on the day asked.

    Shape   at: with its time zone; number: at most 35 signs, never used twice.
    Holds   valid against pain.001.001.09; the control sum is the sum of the orders; the same input, the same bytes;
            only the signs that every bank takes.
    Errors  ValueError without orders, or for an amount that cannot be paid.
    """
    if not orders:
        raise Unreadable("no_order")
    if any(not 0 < order.cents <= _MOST for order in orders):
        raise Unreadable("amount")
    total = _euros(sum(order.cents for order in orders))
    root = etree.fromstring(f"<Document xmlns='{NAMESPACE}'/>".encode())
    top = _in(root, "CstmrCdtTrfInitn")
    head = _in(top, "GrpHdr")
    _say(head, "MsgId", plain(number, 35))
    _say(head, "CreDtTm", at.replace(microsecond=0).isoformat())
    _say(head, "NbOfTxs", str(len(orders)))
    _say(head, "CtrlSum", total)
    _say(_in(head, "InitgPty"), "Nm", plain(payer.holder, 70))
    batch = _in(top, "PmtInf")
    _say(batch, "PmtInfId", plain(number, 35))
    _say(batch, "PmtMtd", "TRF")
    _say(batch, "NbOfTxs", str(len(orders)))
    _say(batch, "CtrlSum", total)
    _say(_in(_in(batch, "PmtTpInf"), "SvcLvl"), "Cd", "SEPA")
    _say(_in(batch, "ReqdExctnDt"), "Dt", on.isoformat())
    _say(_in(batch, "Dbtr"), "Nm", plain(payer.holder, 70))
    _account(batch, "DbtrAcct", payer)
    _bank(batch, "DbtrAgt", payer)
    _say(batch, "ChrgBr", "SLEV")
    for order in orders:
        each = _in(batch, "CdtTrfTxInf")
        ids = _in(each, "PmtId")
        _say(ids, "InstrId", plain(order.reference, 35))
        _say(ids, "EndToEndId", plain(order.reference, 35))
        amount = _in(_in(each, "Amt"), "InstdAmt", Ccy="EUR")
        amount.text = _euros(order.cents)
        if order.to.bic:
            _bank(each, "CdtrAgt", order.to)
        _say(_in(each, "Cdtr"), "Nm", plain(order.to.holder, 70))
        _account(each, "CdtrAcct", order.to)
        _say(_in(each, "RmtInf"), "Ustrd", plain(order.text, 140))
    found: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return found


def plain(text: str, most: int) -> str:
    """Text in the signs that every bank takes, cut to length.

    >>> plain("Menuiserie Fabrègues & Fils", 70)
    'Menuiserie Fabregues   Fils'
    """
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return re.sub(r"[^A-Za-z0-9/?:().,'+ -]", " ", bare.replace("’", "'"))[:most].strip() or "-"


def _in(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)


def _say(parent: etree._Element, name: str, text: str) -> None:
    _in(parent, name).text = text


def _account(parent: etree._Element, name: str, account: Account) -> None:
    _say(_in(_in(parent, name), "Id"), "IBAN", account.iban)


def _bank(parent: etree._Element, name: str, account: Account) -> None:
    bank = _in(_in(parent, name), "FinInstnId")
    if account.bic:
        _say(bank, "BICFI", account.bic)
    else:
        _say(_in(bank, "Othr"), "Id", "NOTPROVIDED")


def _euros(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"
