"""Lots of a TED R2.0.9 form: OBJECT_DESCR, one per lot. Requirements (LEFTI) stand once and hold for every lot."""

from collections.abc import Sequence
from dataclasses import replace

from cordee.engines.notices import values, xml
from cordee.engines.notices.lots import UNDIVIDED, with_unique_ids
from cordee.engines.notices.model import Area, Criterion, CriterionKind, Duration, Lot, Moment, Reserve
from cordee.engines.notices.requirements import stated
from cordee.engines.notices.xml import Element

_NATURES = {"WORKS": "works", "SUPPLIES": "supplies", "SERVICES": "services"}
_REQUIREMENTS: tuple[tuple[str, Area, bool], ...] = (
    ("SUITABILITY", "suitability", False),
    ("ECONOMIC_FINANCIAL_INFO", "economic", False),
    ("ECONOMIC_FINANCIAL_MIN_LEVEL", "economic", True),
    ("TECHNICAL_PROFESSIONAL_INFO", "technical", False),
    ("TECHNICAL_PROFESSIONAL_MIN_LEVEL", "technical", True),
    ("RULES_CRITERIA", "other", False),
    ("CRITERIA_SELECTION", "other", False),
    ("QUALIFICATION/CONDITIONS", "other", False),
)
_RESERVED: tuple[tuple[str, Reserve], ...] = (
    ("RESTRICTED_SHELTERED_WORKSHOP", "sheltered-workshop"),
    ("RESTRICTED_SHELTERED_PROGRAM", "sheltered-program"),
    ("RESERVED_ORGANISATIONS_SERVICE_MISSION", "public-service-mission"),
    ("PARTICULAR_PROFESSION", "profession"),
)


def lots_of(form: Element | None, objects: Sequence[Element], deadline: Moment | None) -> tuple[Lot, ...]:
    """Every lot of a form, in its order."""
    lefti = xml.first(form, "LEFTI")
    asked = [stated(area, xml.text(lefti, name), minimum=least) for name, area, least in _REQUIREMENTS]
    requirements = tuple(one for one in asked if one is not None)
    reserved = tuple(reserve for name, reserve in _RESERVED if xml.has(lefti, name))
    found: list[Lot] = []
    for about in objects:
        blocks = xml.few(xml.each(about, "OBJECT_DESCR"))
        alone = len(objects) == 1 and len(blocks) == 1
        for block in blocks:
            lot = _lot(block, about, alone, undivided=alone and not xml.has(about, "LOT_DIVISION"))
            if not lot.criteria:
                # Design contests state theirs once, in the procedure; other forms do so in the lot.
                words = xml.text(form, "PROCEDURE/CRITERIA_EVALUATION")
                lot = replace(lot, criteria=(Criterion("unknown", words, None),) if words else ())
            found.append(replace(lot, deadline=deadline, requirements=requirements, reserved=reserved))
    return with_unique_ids(found)


def _lot(block: Element, about: Element, alone: bool, *, undivided: bool) -> Lot:
    number = xml.line(block, "LOT_NO")
    position = xml.attribute(block, "ITEM")
    lot_id = number or (UNDIVIDED if undivided or alone else position or "?")
    main = values.cpv(xml.attribute(about, "CODE", "CPV_MAIN/CPV_CODE"))
    others = [values.cpv(xml.attribute(code, "CODE")) for code in xml.each(block, "CPV_ADDITIONAL/CPV_CODE")]
    return Lot(
        id=lot_id,
        number=values.number_of(lot_id),
        title=xml.line(block, "TITLE") or xml.line(about, "TITLE"),
        description=xml.text(block, "SHORT_DESCR"),
        cpv=values.once([main, *others]),
        cpv_inherited=main is not None and not alone,
        nature=_NATURES.get(xml.attribute(about, "CTYPE", "TYPE_CONTRACT") or ""),
        nuts=values.once(values.nuts(xml.attribute(place, "CODE")) for place in xml.each(block, "NUTS")),
        place=xml.text(block, "MAIN_SITE"),
        value=values.money(xml.text(block, "VAL_OBJECT"), xml.attribute(block, "CURRENCY", "VAL_OBJECT")),
        duration=_duration(block),
        criteria=_criteria(block),
    )


def _duration(block: Element) -> Duration | None:
    return values.duration(
        xml.text(block, "DURATION"),
        xml.attribute(block, "TYPE", "DURATION"),
        values.day(xml.text(block, "DATE_START")),
        values.day(xml.text(block, "DATE_END")),
        unlimited=xml.has(block, "INDEFINITE_DURATION"),
    )


def _criteria(block: Element) -> tuple[Criterion, ...]:
    """Criteria stand under AC, directly under the lot, or under the directive that applies."""
    inside = [block, *xml.each(block, "AC")]
    for child in block.iterchildren():
        if xml.local(child).startswith("DIRECTIVE"):
            inside += [child, *xml.each(child, "AC"), *xml.each(child, "AC/AC_CRITERIA")]
    found: list[Criterion] = []
    for parent in inside:
        found += [_weighted("quality", e) for e in xml.each(parent, "AC_QUALITY")]
        found += [_weighted("cost", e) for e in xml.each(parent, "AC_COST")]
        found += [_weighted("price", e) for e in xml.each(parent, "AC_PRICE")]
        if xml.local(parent) == "AC_CRITERIA":
            found.append(_weighted("unknown", parent))
        else:
            found += [Criterion("unknown", xml.text(e), None) for e in xml.each(parent, "AC_CRITERION")]
    return tuple(found)


def _weighted(kind: CriterionKind, element: Element) -> Criterion:
    weight = values.weight(xml.line(element, "AC_WEIGHTING"))
    name = xml.line(element, "AC_CRITERION")
    return Criterion(kind, name, weight)
