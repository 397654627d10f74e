"""Taking companies of a file in, some hundreds at a time: what is new is added, what changed is changed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cordee.directory.models import Certificate, Company, CompanyTrade, Place, Tie, note_words
from cordee.engines.companies import CompanyRow, Establishment
from cordee.engines.places import department_of_insee, department_of_postcode, point_of_postcode
from cordee.engines.places.communes import commune, fold_name
from cordee.engines.trades import Strength, trades_for_naf

FIELDS: tuple[str, ...] = (
    "name",
    "brand_name",
    "legal_form",
    "naf",
    "headcount_low",
    "headcount_high",
    "turnover_cents",
)
FIELDS += ("capital_group", "capacity_cents", "leaders")
_CHANGING = [*FIELDS, "certificates_known", "search_text", "version"]
_PLACE = ["siret", "postcode", "city", "insee", "department", "lon", "lat", "is_head"]
FILE_TRUST = 50
"""The trust of a tie that a file only names."""


@dataclass
class _Batch:
    """What there is to write for one batch, and which companies it touches."""

    touched: set[int] = field(default_factory=set)
    new_places: list[Place] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    new_trades: list[CompanyTrade] = field(default_factory=list)
    trades: list[CompanyTrade] = field(default_factory=list)
    gone_trades: list[int] = field(default_factory=list)
    new_certificates: list[Certificate] = field(default_factory=list)


def take_in(rows: Sequence[CompanyRow], *, at: datetime) -> Counter[str]:
    """Write one batch and count « added », « updated », « unchanged ». To be called inside a transaction.

    Holds   the same rows twice: the second time all are unchanged; what a leader wrote by hand stays.
    """
    sirens = [row.siren for row in rows]
    known = {one.siren: one for one in Company.objects.select_for_update().filter(siren__in=sirens)}
    fresh = {row.siren: _new(row, at) for row in rows if row.siren not in known}
    Company.objects.bulk_create(fresh.values())
    old = list(known.values())
    places, trades, certificates = _kept(Place, old), _kept(CompanyTrade, old), _kept(Certificate, old)
    batch, changed = _Batch(), []
    for row in rows:
        company = known.get(row.siren) or fresh[row.siren]
        if row.siren in known and _change(company, row):
            changed.append(company)
            batch.touched.add(company.pk)
        _places(batch, company, row, places.get(company.pk, []))
        if "trades" not in company.by_hand:
            _trades(batch, company, row, {one.trade: one for one in trades.get(company.pk, [])})
        if "certificates" not in company.by_hand:
            _certificates(batch, company, row, {one.code for one in certificates.get(company.pk, [])})
    Company.objects.bulk_update(changed, _CHANGING, batch_size=100)
    Place.objects.bulk_create(batch.new_places)
    Place.objects.bulk_update(batch.places, _PLACE, batch_size=100)
    CompanyTrade.objects.filter(pk__in=batch.gone_trades).delete()
    CompanyTrade.objects.bulk_create(batch.new_trades)
    CompanyTrade.objects.bulk_update(batch.trades, ["declared", "naf", "strength"], batch_size=100)
    Certificate.objects.bulk_create(batch.new_certificates)
    note_words([company.search_text for company in [*fresh.values(), *changed]])
    updated = len(batch.touched & {company.pk for company in old})
    return Counter(added=len(fresh), updated=updated, unchanged=len(rows) - len(fresh) - updated)


def take_in_ties(rows: Sequence[CompanyRow]) -> int:
    """Write the ties that a file names, once every company of it is known; a tie that is known stays as it is."""
    wanted = {(row.siren, other) for row in rows for other in row.ties if other != row.siren}
    sirens = sorted({siren for pair in wanted for siren in pair})
    by_siren: dict[str, int] = {}
    for start in range(0, len(sirens), 500):
        found = Company.objects.filter(siren__in=sirens[start : start + 500]).values_list("siren", "pk")
        by_siren |= {str(siren): pk for siren, pk in found}
    pairs = {(by_siren[one], by_siren[two]) for one, two in wanted if one in by_siren and two in by_siren}
    ones = sorted({one for one, _two in pairs})
    for start in range(0, len(ones), 500):
        pairs -= set(Tie.objects.filter(company__in=ones[start : start + 500]).values_list("company_id", "other_id"))
    Tie.objects.bulk_create(
        [Tie(company_id=one, other_id=two, kind=Tie.Kind.OTHER, trust=FILE_TRUST) for one, two in sorted(pairs)]
    )
    return len(pairs)


def _kept(model: Any, companies: Sequence[Company]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for one in model.objects.filter(company__in=[company.pk for company in companies]):
        found.setdefault(one.company_id, []).append(one)
    return found


def _said(row: CompanyRow) -> dict[str, Any]:
    """What the file says of a company; what it does not say is absent."""
    said: dict[str, Any] = {
        "name": row.name and row.name[:200],
        "brand_name": row.brand and row.brand[:200],
        "legal_form": row.legal_form and row.legal_form[:80],
        "naf": row.naf,
        "turnover_cents": row.turnover_cents,
        "capital_group": row.group and row.group[:80],
        "capacity_cents": row.capacity_cents,
        "leaders": ", ".join(row.leaders)[:200] or None,
    }
    said = {name: value for name, value in said.items() if value is not None}
    if row.headcount is not None:
        said["headcount_low"], said["headcount_high"] = row.headcount
    return said


def _new(row: CompanyRow, at: datetime) -> Company:
    said = _said(row)
    number = row.siren
    said.setdefault("name", said.get("brand_name") or f"SIREN {number[:3]} {number[3:6]} {number[6:]}")
    company = Company(siren=number, source="import", created_at=at, **said)
    company.certificates_known = row.certificates is not None
    company.search_text = company.words()
    return company


def _change(company: Company, row: CompanyRow) -> bool:
    said = {name: value for name, value in _said(row).items() if name not in company.by_hand}
    if row.certificates is not None and "certificates" not in company.by_hand:
        said["certificates_known"] = True
    different = [name for name, value in said.items() if getattr(company, name) != value]
    for name in different:
        setattr(company, name, said[name])
    if different:
        company.version += 1
        company.search_text = company.words()
    return bool(different)


def _where(site: Establishment) -> dict[str, Any]:
    """Where an establishment is; its point is that of its commune when the file gives none."""
    insee, postcode, city = site.insee or "", site.postcode or "", site.city or ""
    where = (department_of_insee(insee) if insee else None) or (department_of_postcode(postcode) if postcode else None)
    lon, lat = site.lon, site.lat
    if lon is None or lat is None:
        here = commune(insee) if insee else None
        point = (here.point if here else None) or (point_of_postcode(postcode, city) if postcode else None)
        lon, lat = point if point else (None, None)
    code = where.code if where else ""
    return {"postcode": postcode, "city": city[:120], "insee": insee, "department": code, "lon": lon, "lat": lat}


def _places(batch: _Batch, company: Company, row: CompanyRow, kept: list[Place]) -> None:
    if "places" in company.by_hand:
        return
    for number, site in enumerate(row.establishments):
        said = _where(site)
        found = next((one for one in kept if site.siret and one.siret == site.siret), None) or next(
            (one for one in kept if not (one.siret and site.siret) and one.postcode == said["postcode"]), None
        )
        if found is None:
            head = site.head_office if site.head_office is not None else number == 0 and not kept
            batch.new_places.append(Place(company=company, siret=site.siret or "", is_head=head, **said))
            batch.touched.add(company.pk)
            continue
        said |= {"siret": site.siret or found.siret}
        if site.head_office is not None:
            said["is_head"] = site.head_office
        said = {name: value for name, value in said.items() if value not in (None, "")}
        if any(getattr(found, name) != value for name, value in said.items()):
            for name, value in said.items():
                setattr(found, name, value)
            batch.places.append(found)
            batch.touched.add(company.pk)


def _trades(batch: _Batch, company: Company, row: CompanyRow, kept: dict[str, CompanyTrade]) -> None:
    wanted = dict(wanted_trades(row.nafs))
    for slug in row.trades:
        wanted[slug] = (Strength.EXACT, "")
    for slug, (strength, naf) in wanted.items():
        said = {"declared": not naf, "naf": naf, "strength": int(strength)}
        one = kept.get(slug)
        if one is None:
            batch.new_trades.append(CompanyTrade(company=company, trade=slug, **said))
            batch.touched.add(company.pk)
        elif not one.declared and any(getattr(one, name) != value for name, value in said.items()):
            for name, value in said.items():
                setattr(one, name, value)
            batch.trades.append(one)
            batch.touched.add(company.pk)
    gone = [one.pk for one in kept.values() if not one.declared and one.trade not in wanted and row.nafs]
    batch.gone_trades += gone
    if gone:
        batch.touched.add(company.pk)


def wanted_trades(nafs: Sequence[str]) -> dict[str, tuple[Strength, str]]:
    """The trades that NAF codes name, with how surely, and the code that says it best."""
    found: dict[str, tuple[Strength, str]] = {}
    for naf in nafs:
        try:
            matches = trades_for_naf(naf)
        except ValueError:  # an older list of codes
            continue
        for match in matches:
            if match.trade.slug not in found or match.strength > found[match.trade.slug][0]:
                found[match.trade.slug] = (match.strength, match.code)
    return found


def _certificates(batch: _Batch, company: Company, row: CompanyRow, kept: set[str]) -> None:
    for label in row.certificates or ():
        code = certificate_code(label)
        if code and code not in kept:
            kept.add(code)
            batch.new_certificates.append(Certificate(company=company, code=code, label=label[:160]))
            batch.touched.add(company.pk)


def certificate_code(label: str) -> str:
    """« Qualibat 2111 » as « qualibat-2111 »."""
    return fold_name(label).replace(" ", "-")[:60]
