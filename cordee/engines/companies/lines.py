"""One line of a file of companies: what it says, or why it is refused."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeVar

from cordee.engines.sentences import Fact
from cordee.engines.trades import all_trades, clean_naf, search
from cordee.engines.trades.search import fold

from . import values
from .columns import OWN, SITES
from .headcount import headcount_of_code, headcount_of_text
from .identifiers import is_siren, is_siret
from .model import Band, CompanyLine, Establishment, Remark

T = TypeVar("T")
_GAPS = re.compile(r"[\s.\u00a0\u202f-]")


class Refused(Exception):
    """Inside this engine only: the line is refused, for that remark."""

    def __init__(self, remark: Remark) -> None:
        self.remark = remark


@lru_cache(maxsize=2048)
def _slug(text: str) -> str | None:
    wanted = fold(text)
    for one in all_trades():
        if text == one.slug or (wanted and wanted in (fold(one.label_fr), fold(one.label_en))):
            return one.slug
    return None


class LineReader:
    """Reads lines of one kind, and gathers remarks on values that are left aside."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self.titles = titles
        self.remarks: list[Remark] = []

    def read(self, number: int, kind: str, raw: Mapping[str, str]) -> CompanyLine:
        """What the line says; `raw` holds the cells that say something, without spaces around.

        Errors  Refused, with the remark to show.
        """
        siren, siret = self._numbers(number, raw)
        self._public(number, siret or siren, raw)
        own = kind == OWN
        naf = self._naf(number, "naf", raw)
        site = None
        if own or kind == SITES:
            site = Establishment(
                siret=siret,
                brand=raw.get("brand") if own else raw.get("site_brand") or raw.get("site_usual"),
                naf=naf if own else self._naf(number, "site_naf", raw),
                postcode=self._value(number, "postcode", raw, values.postcode),
                city=raw.get("city"),
                insee=raw.get("insee"),
                lon=self._degrees(number, "lon", raw, 180),
                lat=self._degrees(number, "lat", raw, 90),
                headcount=headcount_of_code(raw.get("site_band", "")),
                head_office=self._value(number, "head_office", raw, values.yes),
                line=number,
            )
            if own and not any((siret, site.postcode, site.city, site.insee, site.lon)):
                site = None
        return CompanyLine(
            line=number,
            siren=siren,
            site=site,
            name=_name(raw),
            brand=raw.get("brand"),
            legal_form=raw.get("legal_form"),
            naf=naf,
            trades=self._trades(number, raw),
            headcount=self._headcount(number, raw),
            certificates=values.pieces(raw["certificates"]) if "certificates" in raw else None,
            turnover_cents=self._value(number, "turnover", raw, values.money),
            capacity_cents=self._value(number, "capacity", raw, values.money),
            group=raw.get("group"),
            ties=self._ties(number, raw),
            leaders=values.pieces(raw["leaders"]) if "leaders" in raw else (),
        )

    def _refuse(self, number: int, field: str, code: str, **facts: Fact) -> Refused:
        return Refused(Remark(number, self.titles.get(field, field), code, tuple(facts.items())))

    def _numbers(self, number: int, raw: Mapping[str, str]) -> tuple[str, str | None]:
        found: dict[str, str] = {}
        for field, length, right in (("siret", 14, is_siret), ("siren", 9, is_siren)):
            text = raw.get(field, "")
            if not text.isdigit():
                text = _GAPS.sub("", text)
                if not text:
                    continue
            if "E+" in text.upper():
                raise self._refuse(number, field, "siren_rounded", value=raw[field].strip()[:30])
            # Spreadsheets drop leading zeros: put back, the check digit tells whether that was it.
            text = text.zfill(length) if length - 4 < len(text) < length and text.isdigit() else text
            if not right(text):
                raise self._refuse(number, field, "siren_wrong", value=raw[field].strip()[:30])
            found[field] = text
        siret = found.get("siret")
        siren = found.get("siren") or (siret or "")[:9]
        if not siren:
            raise self._refuse(number, "siren", "siren_missing")
        if siret and siret[:9] != siren:
            raise self._refuse(number, "siret", "siren_siret", siret=siret, siren=siren)
        return siren, siret

    def _public(self, number: int, shown: str, raw: Mapping[str, str]) -> None:
        if raw.get("diffusion", "O") in {"N", "P"}:
            raise self._refuse(number, "diffusion", "withheld", siren=shown)
        if raw.get("state", "A") in {"F", "C"}:
            raise self._refuse(number, "state", "closed", siren=shown)

    def _left_aside(self, number: int, field: str, text: str) -> None:
        self.remarks.append(Remark(number, self.titles.get(field, field), "value", (("value", text[:60]),)))

    def _value(self, number: int, field: str, raw: Mapping[str, str], read: Callable[[str], T | None]) -> T | None:
        text = raw.get(field)
        if text is None:
            return None
        value = read(text)
        if value is None:
            self._left_aside(number, field, text)
        return value

    def _degrees(self, number: int, field: str, raw: Mapping[str, str], limit: int) -> float | None:
        return self._value(number, field, raw, lambda text: values.degrees(text, limit))

    def _naf(self, number: int, field: str, raw: Mapping[str, str]) -> str | None:
        # Companies closed to change since before 2008 keep a code of an older list: it is no NAF code of today.
        if raw.get("nomenclature", "NAFRev2") != "NAFRev2":
            return None
        return self._value(number, field, raw, _naf)

    def _headcount(self, number: int, raw: Mapping[str, str]) -> Band | None:
        stated = self._value(number, "headcount", raw, headcount_of_text)
        return stated or headcount_of_code(raw.get("band", ""))

    def _trades(self, number: int, raw: Mapping[str, str]) -> tuple[str, ...]:
        found = []
        for text in values.pieces(raw["trades"]) if "trades" in raw else ():
            slug = _slug(text)
            if slug:
                found.append(slug)
                continue
            near = search(text, limit=1)
            facts: tuple[tuple[str, Fact], ...] = (("value", text[:60]),)
            if near:
                facts += (("near", near[0].label_fr),)
            title = self.titles.get("trades", "trades")
            self.remarks.append(Remark(number, title, "trade" if near else "trade_unknown", facts))
        return tuple(dict.fromkeys(found))

    def _ties(self, number: int, raw: Mapping[str, str]) -> tuple[str, ...]:
        found = []
        for text in values.pieces(raw["ties"]) if "ties" in raw else ():
            siren = _GAPS.sub("", text)[:9]
            if is_siren(siren):
                found.append(siren)
            else:
                self._left_aside(number, "ties", text)
        return tuple(dict.fromkeys(found))


@lru_cache(maxsize=2048)
def _naf(text: str) -> str | None:
    try:
        return clean_naf(text)
    except ValueError:
        return None


def _name(raw: Mapping[str, str]) -> str | None:
    if name := raw.get("name"):
        return name
    person = (raw.get("first_name"), raw.get("used_name") or raw.get("family_name"))
    return " ".join(part for part in person if part) or raw.get("acronym")
