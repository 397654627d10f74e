"""How French texts, dates, amounts and shares are written in a document."""

import re
from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

NARROW, NO_BREAK = "\u202f", "\u00a0"
_MONTHS = {
    "fr": " janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": " January February March April May June July August September October November December",
}


def typeset(text: str) -> str:
    """Give a French text its curly apostrophes and its no-break spaces.

    >>> typeset("L'objet : « 5 % » ; fin")
    'L’objet\\xa0: «\\xa05\\u202f%\\xa0»\\u202f; fin'
    """
    text = text.replace("'", "’")
    text = re.sub(r"[ \u00a0]+([;!?%])", NARROW + r"\1", text)
    text = re.sub(r"[ \u00a0]+([:€])", NO_BREAK + r"\1", text)
    text = re.sub(r"«[ \u00a0]*", "«" + NO_BREAK, text)
    text = re.sub(r"[ \u00a0]*»", NO_BREAK + "»", text)
    return re.sub(r"\b(n°|art\.|articles?|p\.) (?=[\dA-Z])", r"\1" + NO_BREAK, text)


def money(cents: int, *, short: bool = False) -> str:
    """Write an amount of cents as one reads it in France; `short` leaves out cents that are nought.

    >>> money(-123456789), money(1000000, short=True)
    ('-1\\u202f234\\u202f567,89\\xa0€', '10\\u202f000\\xa0€')
    """
    euros, rest = divmod(abs(cents), 100)
    decimals = "" if short and not rest else f",{rest:02d}"
    return f"{'-' if cents < 0 else ''}{euros:,}".replace(",", NARROW) + f"{decimals}{NO_BREAK}€"


def day(when: date, lang: str = "fr") -> str:
    """Write a date in full.

    >>> day(date(2026, 11, 1)), day(date(2026, 11, 23), "en")
    ('1er\\xa0novembre\\xa02026', '23\\xa0November\\xa02026')
    """
    number = "1er" if when.day == 1 and lang == "fr" else str(when.day)
    return NO_BREAK.join((number, _MONTHS[lang].split(" ")[when.month], str(when.year)))


def in_paris(when: datetime) -> datetime:
    """Give a moment as the clocks of Paris show it: delays and signatures are counted there."""
    return when.astimezone(ZoneInfo("Europe/Paris"))


def moment(when: datetime, lang: str = "fr") -> str:
    """Write a moment in full, in the time of Paris.

    >>> moment(datetime.fromisoformat("2026-11-23T23:30:00+00:00"))
    '24\\xa0novembre\\xa02026 à 0\\xa0h\\xa030'
    """
    there = in_paris(when)
    if lang == "fr":
        return f"{day(there)} à {there.hour}{NO_BREAK}h{NO_BREAK}{there:%M}"
    return f"{day(there, lang)} at {there:%H:%M}"


def percent(share: Fraction) -> str:
    """Write a share out of one hundred, with at most two decimals and a mark when it is rounded.

    >>> percent(Fraction(3)), percent(Fraction(5, 2)), percent(Fraction(100, 3))
    ('3\\u202f%', '2,5\\u202f%', '≈\\u202f33,33\\u202f%')
    """
    hundredths = round(share * 100)
    exact = hundredths == share * 100
    text = f"{hundredths // 100},{hundredths % 100:02d}".rstrip("0").rstrip(",")
    return f"{'' if exact else '≈' + NARROW}{text}{NARROW}%"


def as_date(value: object) -> date | None:
    """Read a date, or None when this is not one.

    >>> as_date("2026-11-23"), as_date("soon")
    (datetime.date(2026, 11, 23), None)
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
