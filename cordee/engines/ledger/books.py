"""Double entry: lines that balance, reversal, trial balance, the statement of one member, the opening of a year.

A line is one signed amount: positive is a debit, negative a credit. Whole cents, never zero.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cordee.engines.amounts import say_cents
from cordee.engines.sentences import Fact, Lang, Reason, Table, reason, say

WORDS: Table = {
    "few": ("Une écriture a au moins deux lignes.", "An entry has two lines at least."),
    "zero": ("Une ligne de zéro n’a pas lieu d’être.", "A line of zero has no place here."),
    "unbalanced": (
        "L’écriture ne s’équilibre pas : débit {debit}, crédit {credit}.",
        "The entry does not balance: debit {debit}, credit {credit}.",
    ),
    "account": (
        "« {account} » n’est pas un compte : 3 à 12 caractères, dont d’abord trois chiffres du plan comptable.",
        "“{account}” is no account: 3 to 12 characters, the first three figures of the chart of accounts.",
    ),
}


class Unbooked(ValueError):
    """An entry that cannot be: `say` tells why in one sentence."""

    def __init__(self, code: str, **facts: Fact) -> None:
        super().__init__(code)
        self.reason: Reason = reason(code, **facts)

    def say(self, lang: Lang = "fr") -> str:
        return say(self.reason, WORDS, lang)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an entry: an account, a signed amount in cents, and the member it concerns, if any."""

    account: str
    cents: int
    member: str = ""
    label: str = ""


def balanced(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of an entry, checked: at least two, none of zero, adding up to zero.

    Holds   sum(line.cents for line in result) == 0.
    Errors  Unbooked (a ValueError) when they do not balance or an account is none.

    >>> balanced([Line("411", 12000), Line("706", -12000)])[1].cents
    -12000
    """
    if len(lines) < 2:
        raise Unbooked("few")
    for line in lines:
        if line.cents == 0:
            raise Unbooked("zero")
        if not is_account(line.account):
            raise Unbooked("account", account=line.account[:20])
    debit = sum(line.cents for line in lines if line.cents > 0)
    credit = -sum(line.cents for line in lines if line.cents < 0)
    if debit != credit:
        raise Unbooked("unbalanced", debit=say_cents(debit), credit=say_cents(credit))
    return tuple(lines)


def is_account(number: str) -> bool:
    """Whether a number can be an account of the French chart: class 1 to 8, three figures first."""
    return re.fullmatch(r"[1-8]\d\d[0-9A-Z]{0,9}", number) is not None


def reverse(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines that undo an entry.

    Holds  an entry and its reversal leave every account as it was; reversing twice gives the entry back.

    >>> reverse([Line("411", 5), Line("706", -5)])[0].cents
    -5
    """
    return tuple(Line(line.account, -line.cents, line.member, line.label) for line in lines)


@dataclass(frozen=True, slots=True)
class Balance:
    """One account in a trial balance: what was debited and credited, in cents."""

    account: str
    debit: int
    credit: int

    @property
    def cents(self) -> int:
        """The balance: positive on the debit side."""
        return self.debit - self.credit


def trial_balance(lines: Iterable[Line]) -> tuple[Balance, ...]:
    """Every account with its totals, in the order of the chart.

    Holds  the sum of the debits equals the sum of the credits when every entry balances.
    """
    totals: dict[str, list[int]] = {}
    for line in lines:
        totals.setdefault(line.account, [0, 0])[line.cents < 0] += abs(line.cents)
    return tuple(Balance(account, *totals[account]) for account in sorted(totals))


def statement(lines: Iterable[Line], member: str, opening: int = 0) -> tuple[tuple[Line, int], ...]:
    """The lines of one member, each with the balance after it.

    Holds  the last balance is the opening one plus all the member's lines.
    """
    running, told = opening, []
    for line in lines:
        if line.member == member:
            running += line.cents
            told.append((line, running))
    return tuple(told)


def opening_lines(balances: Iterable[Balance], *, profit: str = "120", loss: str = "129") -> tuple[Line, ...]:
    """The opening entry of a year, from the closing balances of the year before.

    Accounts of classes 1 to 5 go on; those of classes 6 and 7 are summed into the result of the year.

    Holds  the lines balance when the balances do.
    """
    kept: list[Line] = []
    result = 0
    for one in balances:
        if one.account[0] in "12345" and one.cents:
            kept.append(Line(one.account, one.cents))
        elif one.account[0] in "67":
            result += one.cents
    if result:
        kept.append(Line(profit if result < 0 else loss, result))
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class Entry:
    """A posted entry, as it is exported."""

    journal: str
    journal_label: str
    number: int
    on: date
    piece: str
    piece_on: date
    label: str
    posted_on: date
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What accounts and members are called."""

    accounts: Mapping[str, str]
    members: Mapping[str, str]
