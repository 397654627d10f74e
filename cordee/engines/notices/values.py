"""Codes, amounts and dates as notices write them, brought to one form; what does not hold is None."""

import re
from collections.abc import Iterable
from datetime import date, time
from functools import lru_cache

from cordee.engines.notices.model import Duration, Moment, Money

_LANGUAGES = {
    "bul": "bg", "ces": "cs", "dan": "da", "deu": "de", "ell": "el", "eng": "en", "est": "et", "fin": "fi",
    "fra": "fr", "gle": "ga", "hrv": "hr", "hun": "hu", "ita": "it", "lav": "lv", "lit": "lt", "mlt": "mt",
    "nld": "nl", "pol": "pl", "por": "pt", "ron": "ro", "slk": "sk", "slv": "sl", "spa": "es", "swe": "sv",
    "nor": "no", "isl": "is",
}  # fmt: skip
_COUNTRIES = {
    "AUT": "AT", "BEL": "BE", "BGR": "BG", "CHE": "CH", "CYP": "CY", "CZE": "CZ", "DEU": "DE", "DNK": "DK",
    "ESP": "ES", "EST": "EE", "FIN": "FI", "FRA": "FR", "GBR": "UK", "GRC": "EL", "HRV": "HR", "HUN": "HU",
    "IRL": "IE", "ISL": "IS", "ITA": "IT", "LIE": "LI", "LTU": "LT", "LUX": "LU", "LVA": "LV", "MLT": "MT",
    "NLD": "NL", "NOR": "NO", "POL": "PL", "PRT": "PT", "ROU": "RO", "SVK": "SK", "SVN": "SI", "SWE": "SE",
    "GB": "UK", "GR": "EL", "USA": "US", "CAN": "CA", "BRA": "BR", "MEX": "MX", "AUS": "AU", "NZL": "NZ",
    "CHN": "CN", "HKG": "HK", "JPN": "JP", "KOR": "KR", "IND": "IN", "ISR": "IL", "ARE": "AE", "SGP": "SG",
    "TUR": "TR", "UKR": "UA", "SRB": "RS", "MKD": "MK", "ALB": "AL", "BIH": "BA", "MNE": "ME", "MDA": "MD",
    "MAR": "MA", "TUN": "TN", "DZA": "DZ", "EGY": "EG", "SEN": "SN", "CIV": "CI", "CMR": "CM", "MLI": "ML",
    "MDG": "MG", "MUS": "MU", "UGA": "UG", "KEN": "KE", "NGA": "NG", "GHA": "GH", "ZAF": "ZA", "MCO": "MC",
    "AND": "AD", "SMR": "SM", "GLP": "GP", "MTQ": "MQ", "GUF": "GF", "REU": "RE", "MYT": "YT", "NCL": "NC",
}  # fmt: skip


@lru_cache(maxsize=256)
def language(code: str | None) -> str | None:
    """Two small letters for a language: FRA, fra, FR and fr are all "fr"."""
    if not code or not code.isascii() or not code.isalpha() or len(code) not in (2, 3):
        return None
    return _LANGUAGES.get(code.lower(), code.lower()[:2] if len(code) == 2 else code.lower())


def country(code: str | None) -> str | None:
    """Two letters for a country, as NUTS writes it (EL for Greece, UK for the United Kingdom)."""
    if not code or not re.fullmatch(r"[A-Za-z]{2,3}", code):
        return None
    return _COUNTRIES.get(code.upper(), code.upper())


def cpv(code: str | None) -> str | None:
    """The eight digits of a CPV code, without check digit.

    >>> cpv("79620000-6"), cpv("building")
    ('79620000', None)
    """
    found = re.match(r"\s*([0-9]{8})(?![0-9])", code) if code else None
    return found[1] if found else None


def nuts(code: str | None) -> str | None:
    """A place code: two letters and up to three signs.

    >>> nuts("FRJ13"), nuts("anyw"), nuts("FR")
    ('FRJ13', None, 'FR')
    """
    trimmed = code.strip() if code else ""
    return trimmed if re.fullmatch(r"[A-Z]{2}[0-9A-Z]{0,3}", trimmed) else None


def once(codes: Iterable[str | None]) -> tuple[str, ...]:
    """Each code once, in order, without the missing ones."""
    return tuple(dict.fromkeys(code for code in codes if code))


def money(amount: str | None, currency: str | None) -> Money | None:
    """An amount of money, rounded half up to hundredths; None when it is not one number.

    >>> money("1 234,5", "EUR"), money("1,234.50", "EUR"), money("free", "EUR")
    (Money(cents=123450, currency='EUR'), Money(cents=123450, currency='EUR'), None)
    """
    digits = re.sub(r"[\s’']", "", amount or "")
    if "," in digits and "." in digits:
        digits = digits.replace("," if digits.rfind(",") < digits.rfind(".") else ".", "")
    found = re.fullmatch(r"([0-9]{1,16})(?:[.,]([0-9]{0,12}))?", digits)
    if not found:
        return None
    fraction = ((found[2] or "") + "000")[:3]
    cents = int(found[1]) * 100 + (int(fraction) + 5) // 10
    unit = (currency or "").strip().upper()
    return Money(cents, unit if re.fullmatch(r"[A-Z]{3}", unit) else None)


def day(written: str | None) -> date | None:
    """A date from 2023-08-08, 2023-08-08+02:00, 20230808 or 2023-08-08T16:00:00."""
    found = re.match(r"\s*([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?![0-9])", written) if written else None
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def clock(written: str | None) -> time | None:
    """An hour from 12:00:00+01:00, 16:15 or 9:00."""
    found = re.match(r"\s*([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?", written) if written else None
    if not found:
        return None
    try:
        return time(int(found[1]), int(found[2]), int(found[3] or 0))
    except ValueError:
        return None


def offset(written: str | None) -> int | None:
    """Minutes from UTC at the end of a date or an hour: 0 for Z, 120 for +02:00."""
    found = re.search(r"(Z|([+-])([0-9]{2}):([0-9]{2}))\s*$", written) if written else None
    if not found:
        return None
    if found[1] == "Z":
        return 0
    minutes = int(found[3]) * 60 + int(found[4])
    return (-minutes if found[2] == "-" else minutes) if minutes <= 14 * 60 else None


def moment(date_written: str | None, time_written: str | None = None) -> Moment | None:
    """A limit date, from a date and an hour, or from one stamp that holds both ("2017-04-26T12:00:00+01:00")."""
    when = day(date_written)
    if when is None or date_written is None:
        return None
    if time_written is None:
        both = re.match(r"\s*[0-9]{4}-?[0-9]{2}-?[0-9]{2}[T ]\s*(.+)", date_written)
        time_written = both[1] if both else None
    hour = clock(time_written)
    return Moment(when, hour, offset(time_written) if hour else None)


def duration(
    amount: str | None, unit: str | None, start: date | None = None, end: date | None = None, unlimited: bool = False
) -> Duration | None:
    """A duration; None when nothing is stated.

    >>> duration("4", "YEAR")
    Duration(months=48, days=None, start=None, end=None, unlimited=False)
    """
    found = re.fullmatch(r"\s*([0-9]{1,5})(?:\.0*)?\s*", amount or "")
    count = int(found[1]) if found else None
    name = (unit or "").upper()
    months = days = None
    if count is not None and name.startswith(("MONTH", "MON")):
        months = count
    elif count is not None and name.startswith(("YEAR", "ANN")):
        months = count * 12
    elif count is not None and name.startswith("WEEK"):
        days = count * 7
    elif count is not None and (name.startswith("DAY") or name.endswith("_DAY")):
        days = count
    if months is None and days is None and start is None and end is None and not unlimited:
        return None
    return Duration(months, days, start, end, unlimited)


def siren(written: str | None, country_code: str | None = None) -> str | None:
    """The SIREN that a stated number gives: itself a SIREN, or a SIRET, or a French VAT number.

    Holds   a number that fails the Luhn check gives None, and so does a number of another country.

    >>> siren("SIRET 337 683 544 00023", "FR"), siren("337683545"), siren("337683544", "PL")
    ('337683544', None, None)
    """
    if not written or country_code not in (None, "FR"):
        return None
    joined = re.sub(r"(?<=[0-9])[\s.\-]+(?=[0-9])", "", written[:100])
    for run in re.findall(r"[0-9]+", joined):
        vat = len(run) == 11 and re.search(rf"FR\s*{run}", joined, re.IGNORECASE)
        candidate = run[2:] if vat else run[:9] if len(run) in (9, 14) else ""
        if candidate and candidate != "0" * 9 and _luhn(candidate) and (len(run) != 14 or _siret(run)):
            return str(candidate)
    return None


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        number = int(digit) * (1 + place % 2)
        total += number - 9 if number > 9 else number
    return total % 10 == 0


def _siret(digits: str) -> bool:
    # The establishments of La Poste follow another rule: the sum of their digits is a multiple of five.
    return _luhn(digits) or (digits.startswith("356000000") and sum(map(int, digits)) % 5 == 0)


def number_of(lot_id: str | None) -> str | None:
    """The bare number of a lot: "1" for LOT-0001, 01, Lot 1 or PAR-0001; None for LOT-0000.

    >>> number_of("LOT-0012"), number_of("2A"), number_of("LOT-0000")
    ('12', '2A', None)
    """
    if not lot_id:
        return None
    trimmed = re.sub(r"^\s*(LOT|PAR|LOTTO|LOS)?[\s\-_:.n°º]*0*", "", lot_id, flags=re.IGNORECASE).strip()
    return trimmed or None


def weight(written: str | None) -> str | None:
    """The weight of a criterion as one number without blanks or %, else the words.

    >>> weight("40 %"), weight("60.00"), weight("0,4"), weight("de 1 à 5")
    ('40', '60', '0.4', 'de 1 à 5')
    """
    if not written:
        return None
    found = re.fullmatch(r"\s*([0-9]{1,9})(?:[.,]([0-9]{1,9}))?\s*(%|points?|pts?)?\s*", written, re.IGNORECASE)
    if not found:
        return " ".join(written.split()) or None
    fraction = (found[2] or "").rstrip("0")
    return (found[1].lstrip("0") or "0") + (f".{fraction}" if fraction else "")
