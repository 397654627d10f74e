"""Write a FEC: 18 columns, tabs, UTF-8, in the order of the numbers; opening entries come first by their number."""

import re
from collections.abc import Iterable
from datetime import date

from cordee.engines.ledger.books import Chart, Entry
from cordee.engines.ledger.fec_reading import COLUMNS


def fec_name(siren: str, closing: date) -> str:
    """The name that the law gives the file.

    >>> fec_name("123456782", date(2026, 12, 31))
    '123456782FEC20261231.txt'
    """
    return f"{siren}FEC{closing:%Y%m%d}.txt"


def write_fec(entries: Iterable[Entry], chart: Chart) -> bytes:
    """The ledger as the tax office reads it.

    Holds   what it writes passes `check_fec`, when the entries balance and their numbers follow each other.
    Errors  KeyError never: an account without a label shows its number.
    """
    rows = ["\t".join(COLUMNS)]
    for entry in entries:
        for line in entry.lines:
            rows.append(
                "\t".join(
                    (
                        _plain(entry.journal),
                        _plain(entry.journal_label),
                        str(entry.number),
                        f"{entry.on:%Y%m%d}",
                        line.account,
                        _plain(chart.accounts.get(line.account, "")) or line.account,
                        _plain(line.member),
                        _plain(chart.members.get(line.member, line.member)),
                        _plain(entry.piece),
                        f"{entry.piece_on:%Y%m%d}",
                        _plain(line.label or entry.label),
                        _amount(max(line.cents, 0)),
                        _amount(max(-line.cents, 0)),
                        "",
                        "",
                        f"{entry.posted_on:%Y%m%d}",
                        "",
                        "",
                    )
                )
            )
    return ("\r\n".join(rows) + "\r\n").encode()


def _plain(text: str) -> str:
    return re.sub(r"[\s|\x00-\x1f\x7f]+", " ", text).strip()


def _amount(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02d}"
