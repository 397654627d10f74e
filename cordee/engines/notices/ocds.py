"""OCDS 1.1 releases and records (JSON). Numbers arrive here as text, as they were written."""

from collections.abc import Iterator
from typing import Any

from cordee.engines.notices import groupings as rules
from cordee.engines.notices import values
from cordee.engines.notices.awards import award_of
from cordee.engines.notices.lots import UNDIVIDED, lot_named, with_unique_ids
from cordee.engines.notices.model import Award, Criterion, Duration, Kind, Lot, Moment, Money, Notice, Organisation
from cordee.engines.notices.problems import NotANotice
from cordee.engines.notices.xml import MOST, tidy

_KINDS: tuple[tuple[str, Kind], ...] = (
    ("contract", "result"),
    ("award", "result"),
    ("implementation", "result"),
    ("tenderAmendment", "change"),
    ("tenderUpdate", "change"),
    ("tender", "competition"),
    ("planning", "planning"),
    ("compiled", "unknown"),
)
_NATURES = {"goods": "supplies", "works": "works", "services": "services"}
_PROCEDURES = {"open": "open", "selective": "restricted", "limited": "other", "direct": "without-call"}


def read_ocds(document: Any) -> Notice:
    """Read a release, a release package (what its releases say together) or a record package (its first record)."""
    release = _release(document)
    if release is None:
        raise NotANotice("other-json")
    tender = _dict(release, "tender")
    parties = {_text(p, "id"): p for p in _dicts(release, "parties") if _text(p, "id")}
    deadline = values.moment(_text(_dict(tender, "tenderPeriod"), "endDate"))
    lots = _lots(tender, deadline)
    procedure = _PROCEDURES.get(_text(tender, "procurementMethod") or "")
    buyer = _organisation(_dict(release, "buyer") or _dict(tender, "procuringEntity"), parties)
    awards = tuple(_awards(release, lots, parties))
    kind = _kind(release)
    return Notice(
        source="ocds",
        id=_text(release, "id") or _text(release, "ocid"),
        kind=("result" if awards else "competition" if tender else "planning") if kind == "unknown" else kind,
        version=None,
        language=values.language(_text(release, "language")),
        reference=_text(tender, "id"),
        published=values.day(_text(release, "date")),
        buyers=(buyer,) if buyer else (),
        title=_line(tender, "title") or _line(_dict(_dict(release, "planning"), "budget"), "description"),
        description=_text(tender, "description"),
        nature=_NATURES.get(_text(tender, "mainProcurementCategory") or ""),
        procedure=procedure,
        cpv=values.once(code for lot in lots for code in lot.cpv),
        nuts=values.once(code for lot in lots for code in lot.nuts),
        value=_money(_dict(tender, "value")),
        lots=lots,
        deadline=deadline,
        deadline_for=None if deadline is None else "requests" if procedure == "restricted" else "tenders",
        groupings=rules.groupings([], [_text(tender, "eligibilityCriteria"), _text(tender, "description")]),
        awards=awards,
    )


def _release(document: Any) -> dict[str, Any] | None:
    if isinstance(document, list):
        document = next((d for d in document if isinstance(d, dict)), None)
    if not isinstance(document, dict):
        return None
    if "ocid" in document and ("tender" in document or "tag" in document or "awards" in document):
        return document
    for record in _dicts(document, "records"):
        found = _dict(record, "compiledRelease") or next(iter(_dicts(record, "releases")), None)
        if found:
            return found
    releases = [r for r in _dicts(document, "releases") if "ocid" in r or "tender" in r]
    return _merged(releases) if releases else None


def _merged(releases: list[dict[str, Any]]) -> dict[str, Any]:
    """The state after all releases: a later one replaces what it states again and keeps the rest."""
    state: dict[str, Any] = {}
    for release in releases:
        for key, value in release.items():
            known = state.get(key)
            state[key] = {**known, **value} if isinstance(known, dict) and isinstance(value, dict) else value
    return state


def _dict(parent: dict[str, Any] | None, key: str) -> dict[str, Any] | None:
    found = parent.get(key) if parent else None
    return found if isinstance(found, dict) else None


def _dicts(parent: dict[str, Any] | None, key: str) -> Iterator[dict[str, Any]]:
    found = parent.get(key) if parent else None
    if isinstance(found, list) and len(found) > MOST:
        raise NotANotice("too-many", limit=MOST)
    return iter([one for one in found if isinstance(one, dict)] if isinstance(found, list) else [])


def _text(parent: dict[str, Any] | None, key: str) -> str | None:
    found = parent.get(key) if parent else None
    return tidy(found) if isinstance(found, str) else None


def _line(parent: dict[str, Any] | None, key: str) -> str | None:
    found = _text(parent, key)
    return found.replace("\n", " ") if found else None


def _kind(release: dict[str, Any]) -> Kind:
    tags = release.get("tag")
    for tag, kind in _KINDS:
        if isinstance(tags, list) and tag in tags:
            return kind
    return "unknown"


def _money(block: dict[str, Any] | None) -> Money | None:
    return values.money(_text(block, "amount"), _text(block, "currency"))


def _organisation(block: dict[str, Any] | None, parties: dict[str | None, dict[str, Any]]) -> Organisation | None:
    party = parties.get(_text(block, "id"), block)
    name = _line(party, "name") or _line(block, "name")
    if name is None:
        return None
    identifier, address = _dict(party, "identifier"), _dict(party, "address")
    french = (_text(identifier, "scheme") or "").startswith("FR-")
    return Organisation(
        name=name,
        national_id=_line(identifier, "id"),
        siren=values.siren(_line(identifier, "id"), "FR") if french else None,
        postcode=_line(address, "postalCode"),
        town=_line(address, "locality"),
        country=None,
        email=_line(_dict(party, "contactPoint"), "email"),
        url=_line(_dict(party, "contactPoint"), "url"),
    )


def _codes(items: list[dict[str, Any]]) -> tuple[str, ...]:
    found: list[str | None] = []
    for classified in (
        *(_dict(item, "classification") for item in items),
        *(more for item in items for more in _dicts(item, "additionalClassifications")),
    ):
        if (_text(classified, "scheme") or "").upper() == "CPV":
            found.append(values.cpv(_text(classified, "id")))
    return values.once(found)


def _duration(period: dict[str, Any] | None) -> Duration | None:
    start, end = values.day(_text(period, "startDate")), values.day(_text(period, "endDate"))
    return values.duration(_text(period, "durationInDays"), "DAY", start, end)


def _lots(tender: dict[str, Any] | None, deadline: Moment | None) -> tuple[Lot, ...]:
    if tender is None:
        return ()
    items = list(_dicts(tender, "items"))
    words = _line(tender, "awardCriteriaDetails")
    criteria = (Criterion("unknown", words, None),) if words else ()
    nature = _NATURES.get(_text(tender, "mainProcurementCategory") or "")
    by_lot: dict[str | None, list[dict[str, Any]]] = {}
    for item in items:
        by_lot.setdefault(_line(item, "relatedLot"), []).append(item)
    found: list[Lot] = []
    blocks = list(_dicts(tender, "lots"))
    for block in blocks or [tender]:
        lot_id = (_line(block, "id") or str(len(found) + 1)) if blocks else UNDIVIDED
        mine = by_lot.get(lot_id, []) if blocks else items
        found.append(
            Lot(
                id=lot_id,
                number=values.number_of(lot_id),
                title=_line(block, "title"),
                description=_text(block, "description"),
                cpv=_codes(mine),
                nature=nature,
                value=_money(_dict(block, "value")) if blocks else None,
                duration=_duration(_dict(block, "contractPeriod") or _dict(tender, "contractPeriod")),
                deadline=deadline,
                criteria=criteria,
            )
        )
    return with_unique_ids(found)


def _awards(
    release: dict[str, Any], lots: tuple[Lot, ...], parties: dict[str | None, dict[str, Any]]
) -> Iterator[Award]:
    """Several suppliers of one award are one grouping, as the standard has it."""
    for award in _dicts(release, "awards"):
        suppliers = [o for o in (_organisation(s, parties) for s in _dicts(award, "suppliers")) if o is not None]
        if not suppliers or _text(award, "status") in ("cancelled", "unsuccessful"):
            continue
        named = award.get("relatedLots")
        stated = next((n for n in named if isinstance(n, str)), None) if isinstance(named, list) else None
        yield award_of(
            lot_named(stated, lots),
            suppliers,
            grouping=len(suppliers) > 1,
            value=_money(_dict(award, "value")),
            day=values.day(_text(award, "date")),
        )
