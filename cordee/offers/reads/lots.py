"""A lot in words: its trades with the reason, place, value, duration, what is asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from cordee.engines import notices, places, trades
from cordee.engines.notices.words import duration_words, moment_words, money_words, word
from cordee.ground.kit.words import language
from cordee.offers.models import Need, NeedLot

CRITERIA_SHOWN = 8


def trade_label(slug: str) -> str:
    """The name of a trade; a slug that the table no longer has is shown as it is."""
    try:
        return trades.trade(slug).label(language())
    except ValueError:
        return slug.replace("-", " ")


def trade_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every trade, by family, as a list to choose from."""
    lang = language()
    families: dict[str, list[tuple[str, str]]] = {}
    for one in trades.all_trades():
        family = trades.FAMILIES[one.family][lang == "en"]
        families.setdefault(family, []).append((one.slug, one.label(lang)))
    return [(family, sorted(rows, key=lambda row: row[1].casefold())) for family, rows in families.items()]


def find_place(text: str) -> places.Place | None:
    """A place from a postcode or the name of a commune; nothing when we do not know it."""
    clean = " ".join(text.split())
    digits = clean.replace(" ", "")
    if digits.isdigit():
        return places.place_of(postcode=digits) if len(digits) == 5 else None
    found = places.search_communes(clean, 1)
    return places.place_of(insee=found[0].insee) if found else None


def money(cents: int | None, currency: str = "EUR") -> str:
    """« 186 400 € »; nothing when it is not known."""
    return "" if cents is None else money_words(notices.Money(cents, currency or None), language())


def lot_words(lot: NeedLot) -> dict[str, str]:
    """What can be corrected in a lot, label by label, as two people compare it."""
    unknown = _("à confirmer")
    return {
        _("Intitulé"): lot.title,
        _("Métiers"): ", ".join(trade_label(slug) for slug in lot.trades) or _("à préciser"),
        _("Lieu"): lot.place or unknown,
        _("Venir de"): f"{lot.radius_km}\u00a0km" if lot.radius_km is not None else unknown,
        _("Valeur"): money(lot.value_cents, lot.currency) or unknown,
        _("Durée"): _months(lot.months) if lot.months is not None else unknown,
        _("Certificats"): ", ".join(lot.certificates) or _("aucun"),
        _("Chiffre d’affaires exigé"): money(lot.turnover_cents) or _("aucun"),
        _("Indispensable"): _("oui") if lot.essential else _("non"),
    }


def _months(count: int) -> str:
    return duration_words(notices.Duration(months=count), language())


@dataclass(frozen=True, slots=True)
class TradeRead:
    """A trade that a lot asks for, and why we think so."""

    label: str
    strength: int
    reason: str


@dataclass(frozen=True, slots=True)
class LotCard:
    """One lot as its page shows it. `asked`: (area, text) for what only this lot requires."""

    lot: NeedLot
    trades: list[TradeRead]
    to_specify: str  # why the trade must be chosen by hand; empty when it is known
    facts: list[tuple[str, str]]
    criteria: list[tuple[str, str]]
    reserved: list[str]
    requirements: list[tuple[str, str]]
    mine: bool  # the trades of the reader's company answer it


def lot_card(
    lot: NeedLot, reading: dict[str, Any], *, held: Iterable[str], shared: Iterable[str] = (), codes: Mapping[str, str]
) -> LotCard:
    """Everything about one lot.

    Shape   reading: the lot as the notice had it; shared: texts asked of every lot alike; codes: labels of CPV codes.
    """
    lang = language()
    shared_code = bool(reading.get("cpv_inherited"))  # the first code is then that of the whole procurement
    read = trades.read_lot(lot.cpv[shared_code:], lot.title, lot.cpv[:shared_code])
    why = {match.trade.slug: match.text(lang) for match in read.matches}
    by_hand = lot.trades_by == Need.Source.HAND
    shown = sorted(lot.trades.items(), key=lambda pair: (-pair[1], pair[0]))
    alike = set(shared)
    return LotCard(
        lot,
        [
            TradeRead(trade_label(slug), strength, _("Choisi par votre entreprise.") if by_hand else why.get(slug, ""))
            for slug, strength in shown
        ],
        "" if lot.trades and (by_hand or not read.to_specify) else _unclear(read),
        [(label, value) for label, value in _facts(lot, reading, codes) if value],
        criteria(reading)[:CRITERIA_SHOWN],
        [word(f"reserved.{code}", lang) for code in reading.get("reserved", [])],
        requirements(reading, leave_out=alike),
        bool(set(lot.trades) & set(held)),
    )


def _unclear(read: trades.LotReading) -> str:
    if not read.cpvs:
        return _("Le métier n’est pas dit : choisissez-le.")
    return read.text(language()) if not read.matches else _("Le métier n’est pas sûr : confirmez-le.")


def _facts(lot: NeedLot, reading: dict[str, Any], codes: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    lang = language()
    named = [code if codes.get(code, code) == code else f"{code} {codes[code]}" for code in lot.cpv[:6]]
    yield _("CPV"), ", ".join(named) + (" …" if len(lot.cpv) > 6 else "")
    yield _("Lieu"), lot.place or ", ".join(lot.nuts)
    yield _("Valeur estimée"), money(lot.value_cents, lot.currency)
    most = cents_of(reading.get("maximum"))
    yield _("Montant maximal"), money(most, reading.get("currency") or "EUR")
    yield _("Durée"), _duration(lot, reading)
    moment = moment_of(reading.get("deadline"))
    yield _("Date limite"), moment_words(moment, lang) if moment else ""
    yield _("Certificats cités"), ", ".join(lot.certificates)
    yield _("Chiffre d’affaires exigé"), money(lot.turnover_cents)


def _duration(lot: NeedLot, reading: dict[str, Any]) -> str:
    stated = reading.get("duration") or {}
    if stated.get("months") != lot.months or not stated:
        return _months(lot.months) if lot.months is not None else ""
    start, end = (moment_of(stated.get(name)) for name in ("start", "end"))
    return duration_words(
        notices.Duration(
            stated.get("months"),
            stated.get("days"),
            start.day if start else None,
            end.day if end else None,
            bool(stated.get("unlimited")),
        ),
        language(),
    )


def moment_of(text: str | None) -> notices.Moment | None:
    """A limit date as the reading kept it: « 2021-05-06T16:15:00 », or a day alone."""
    if not text:
        return None
    read = datetime.fromisoformat(text)
    return notices.Moment(read.date(), read.time() if "T" in text else None)


def cents_of(text: str | None) -> int | None:
    """« 610000.00 » as cents."""
    return None if text is None else int(Decimal(text) * 100)


def criteria(reading: dict[str, Any]) -> list[tuple[str, str]]:
    """Award criteria: weight, name."""
    lang = language()
    return [
        (one.get("weight") or "", one.get("name") or word(f"criterion.{one.get('kind')}", lang))
        for one in reading.get("criteria", [])
    ]


def requirements(reading: dict[str, Any], *, leave_out: Iterable[str] = ()) -> list[tuple[str, str]]:
    """What a candidate must be, have or show: area, text."""
    lang, left = language(), set(leave_out)
    return [
        (word(f"area.{one.get('area')}", lang), one.get("text") or "")
        for one in reading.get("requirements", [])
        if one.get("text") and one["text"] not in left
    ]
