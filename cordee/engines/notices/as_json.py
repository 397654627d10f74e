"""The notice as plain JSON values: the contract of `cordee notice --json`, described in docs/notices.md."""

from datetime import date
from typing import Any

from cordee.engines.notices.model import (
    Award,
    Criterion,
    Duration,
    Groupings,
    Lot,
    Moment,
    Money,
    Notice,
    Organisation,
    Requirement,
)

SCHEMA = "cordee.notice/1"


def notice_as_json(notice: Notice) -> dict[str, Any]:
    """Every field of a notice as text, integers, booleans, lists and dictionaries.

    Holds   no float anywhere; an amount is a text with two decimals ("610000.00") beside its currency; a date is
            YYYY-MM-DD; what the notice does not say is null (or an empty list, or "unknown" in `groupings`).
    """
    return {
        "source": notice.source,
        "id": notice.id,
        "kind": notice.kind,
        "form": notice.form,
        "version": notice.version,
        "language": notice.language,
        "reference": notice.reference,
        "published": _day(notice.published),
        "buyer": notice.buyers[0].name if notice.buyers else None,
        "buyers": [_organisation(buyer) for buyer in notice.buyers],
        "title": notice.title,
        "description": notice.description,
        "nature": notice.nature,
        "procedure": notice.procedure,
        "cpv": list(notice.cpv),
        "nuts": list(notice.nuts),
        **_amount("value", notice.value),
        "maximum": _decimal(notice.maximum),
        "awarded": _decimal(notice.awarded),
        "awarded_currency": notice.awarded.currency if notice.awarded else None,
        "deadline": notice.deadline.iso if notice.deadline else None,
        "deadline_offset": notice.deadline.offset_iso if notice.deadline else None,
        "deadline_for": notice.deadline_for,
        "max_lots": notice.max_lots,
        "divided": notice.divided,
        "lots": [_lot(lot) for lot in notice.lots],
        "parts": [_lot(part) for part in notice.parts],
        "groupings": _groupings(notice.groupings),
        "winners": [_award(award) for award in notice.awards],
        "not_awarded": list(notice.not_awarded),
        "documents": notice.documents,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _decimal(money: Money | None) -> str | None:
    return money.decimal if money else None


def _amount(name: str, money: Money | None) -> dict[str, str | None]:
    return {name: _decimal(money), "currency": money.currency if money else None}


def _lot(lot: Lot) -> dict[str, Any]:
    return {
        "id": lot.id,
        "number": lot.number,
        "title": lot.title,
        "description": lot.description,
        "cpv": list(lot.cpv),
        "cpv_inherited": lot.cpv_inherited,
        "nature": lot.nature,
        "nuts": list(lot.nuts),
        "place": lot.place,
        **_amount("value", lot.value),
        "maximum": _decimal(lot.maximum),
        "duration": _duration(lot.duration),
        "deadline": _moment(lot.deadline),
        "criteria": [_criterion(criterion) for criterion in lot.criteria],
        "requirements": [_requirement(one) for one in lot.requirements],
        "reserved": list(lot.reserved),
    }


def _moment(moment: Moment | None) -> str | None:
    return moment.iso if moment else None


def _duration(duration: Duration | None) -> dict[str, Any] | None:
    if duration is None:
        return None
    return {
        "months": duration.months,
        "days": duration.days,
        "start": _day(duration.start),
        "end": _day(duration.end),
        "unlimited": duration.unlimited,
    }


def _criterion(criterion: Criterion) -> dict[str, str | None]:
    return {"kind": criterion.kind, "name": criterion.name, "weight": criterion.weight}


def _requirement(one: Requirement) -> dict[str, Any]:
    return {
        "area": one.area,
        "code": one.code,
        "minimum": one.minimum,
        "topics": list(one.topics),
        "certificates": list(one.certificates),
        "text": one.text,
    }


def _organisation(company: Organisation) -> dict[str, str | None]:
    return {
        "name": company.name,
        "siren": company.siren,
        "national_id": company.national_id,
        "postcode": company.postcode,
        "town": company.town,
        "nuts": company.nuts,
        "country": company.country,
        "email": company.email,
        "url": company.url,
    }


def _groupings(groupings: Groupings) -> dict[str, str | None]:
    return {
        "allowed": groupings.allowed,
        "form_required": groupings.form_required,
        "form": groupings.form,
        "lead_liable": groupings.lead_liable,
        "several": groupings.several,
        "text": groupings.text,
    }


def _award(award: Award) -> dict[str, Any]:
    return {
        "lot": award.lot,
        "grouping": award.grouping,
        "lead_basis": award.lead_basis,
        **_amount("value", award.value),
        "date": _day(award.day),
        "members": [{**_organisation(member.company), "lead": member.lead} for member in award.members],
    }
