"""What works bring: progress claims that add up, the retention, late-payment interest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from cordee.engines.amounts import say_cents
from cordee.engines.invoicing.model import Line, Vat
from cordee.engines.invoicing.totals import cents_of


@dataclass(frozen=True, slots=True)
class Post:
    """One post of a contract: its price, how far it is done (cumulative), what was claimed before, in cents."""

    label: str
    cents: int
    done: Fraction  # 0 to 1, since the beginning
    claimed: int = 0
    vat: Vat = Vat.DUE
    rate: Fraction = Fraction(20)


def claim(posts: Sequence[Post], number: int) -> tuple[Line, ...]:
    """The lines of a progress claim (situation de travaux): what is done to date, minus what was claimed before.

    Holds   over the claims of a contract, each post adds up to its price once it is wholly done.
    Errors  ValueError when a post is done below 0 or beyond 1.

    >>> claim([Post("Lot 3", 1_000_00, Fraction(1, 3))], 1)[0].price
    Fraction(33333, 100)
    """
    lines = []
    for post in posts:
        if not 0 <= post.done <= 1:
            raise ValueError("a post is done between 0 and 1")
        to_date = cents_of(Fraction(post.cents, 100) * post.done)
        now = to_date - post.claimed
        if not now:
            continue
        sign = 1 if now > 0 else -1
        detail = (
            f"Situation n° {number} : {_percent(post.done)} du marché de {say_cents(post.cents)}, "
            f"soit {say_cents(to_date)} cumulés, dont {say_cents(post.claimed)} déjà facturés."
        )
        lines.append(
            Line(post.label, Fraction(sign), Fraction(abs(now), 100), vat=post.vat, rate=post.rate, detail=detail)
        )
    return tuple(lines)


def retention(gross: int, percent: Fraction = Fraction(5)) -> int:
    """The retention on an invoice, in cents; the law allows five percent at most.

    Errors  ValueError beyond five percent.
    Source  loi n° 71-584 du 16 juillet 1971, art. 1; code de la commande publique R2191-33.

    >>> retention(12_000_00)
    60000
    """
    if not 0 <= percent <= 5:
        raise ValueError("the retention is five percent at most")
    return cents_of(Fraction(gross, 100) * percent / 100)


@dataclass(frozen=True, slots=True)
class Rate:
    """A yearly rate from a day on, in percent."""

    since: date
    percent: Fraction


def late_interest(cents: int, due: date, paid: date, rates: Sequence[Rate]) -> int:
    """Penalties for paying late: each day at the rate of that day, over 365 days, rounded once to the cent.

    Holds   zero when paid in time; paying in two halves of time costs the same, before rounding.
    Errors  ValueError when no rate is known for the first late day.

    >>> late_interest(1_000_00, date(2026, 1, 31), date(2026, 3, 2), [Rate(date(2026, 1, 1), Fraction("7.86"))])
    646
    """
    return cents_of(sum((span.exact for span in late_spans(cents, due, paid, rates)), start=Fraction(0)) / 100)


@dataclass(frozen=True, slots=True)
class Span:
    """Late days at one rate. Units: `exact` in cents, not rounded."""

    since: date
    until: date
    days: int
    percent: Fraction
    exact: Fraction


def late_spans(cents: int, due: date, paid: date, rates: Sequence[Rate]) -> tuple[Span, ...]:
    """The late days, rate by rate: what late_interest adds up, to be shown.

    Holds   the days add up to the days late; the exact amounts to the interest before rounding.
    Errors  ValueError when no rate is known for the first late day.
    """
    if paid <= due:
        return ()
    ordered = sorted(rates, key=lambda rate: rate.since)
    first = date.fromordinal(due.toordinal() + 1)
    if not ordered or ordered[0].since > first:
        raise ValueError("no rate is known for that time")
    found = []
    for place, rate in enumerate(ordered):
        end = ordered[place + 1].since.toordinal() if place + 1 < len(ordered) else paid.toordinal() + 1
        start, stop = max(rate.since.toordinal(), first.toordinal()), min(end, paid.toordinal() + 1)
        if stop > start:
            exact = Fraction(cents * (stop - start)) * rate.percent / 100 / 365
            found.append(Span(date.fromordinal(start), date.fromordinal(stop - 1), stop - start, rate.percent, exact))
    return tuple(found)


def _percent(part: Fraction) -> str:
    value = round(part * 10000)
    return f"{value // 100},{value % 100:02d} %".replace(",00", "")
