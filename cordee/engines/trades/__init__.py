"""Trades of small companies, and the facts that tie them to NAF and CPV codes."""

from .codes import clean_cpv, clean_naf
from .lots import LotReading, read_lot
from .matches import (
    Answer,
    CpvReading,
    Match,
    Strength,
    answers,
    company_trades,
    read_cpv,
    trades_for_cpv,
    trades_for_naf,
)
from .search import search, trades_named
from .table import FAMILIES, Link, Trade, all_trades, trade

__all__ = [
    "FAMILIES",
    "Answer",
    "CpvReading",
    "Link",
    "LotReading",
    "Match",
    "Strength",
    "Trade",
    "all_trades",
    "answers",
    "clean_cpv",
    "clean_naf",
    "company_trades",
    "read_cpv",
    "read_lot",
    "search",
    "trade",
    "trades_for_cpv",
    "trades_for_naf",
    "trades_named",
]
