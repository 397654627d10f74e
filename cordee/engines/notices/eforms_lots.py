"""Lots of an eForms notice.

The parts of a planning notice, which may become lots, stand apart; groups of lots are not lots.
"""

from cordee.engines.notices import values, xml
from cordee.engines.notices.eforms_parts import EXTENSION, Tongue, amount, cpv_of, places_of, site_of
from cordee.engines.notices.lots import with_unique_ids
from cordee.engines.notices.model import Criterion, CriterionKind, Duration, Lot, Moment, Requirement, Reserve
from cordee.engines.notices.requirements import area_of, requirement
from cordee.engines.notices.xml import Element

_QUALIFICATION = "TendererQualificationRequest/SpecificTendererRequirement"
_CRITERIA: dict[str, CriterionKind] = {"price": "price", "cost": "cost", "quality": "quality"}
_PERIODS = (
    "ParticipationRequestReceptionPeriod",
    "TenderSubmissionDeadlinePeriod",
    f"{EXTENSION}/InterestExpressionReceptionPeriod",
)


def lots_of(root: Element, tongue: Tongue) -> tuple[tuple[Lot, ...], tuple[Lot, ...]]:
    """The lots, and the parts of a planning notice."""
    lots: list[Lot] = []
    parts: list[Lot] = []
    planning = xml.local(root) == "PriorInformationNotice"
    for block in xml.few(xml.each(root, "ProcurementProjectLot")):
        stated, scheme = xml.line(block, "ID"), xml.attribute(block, "schemeName", "ID")
        if scheme == "LotsGroup" or (stated or "").startswith("GLO-"):
            continue
        is_part = scheme == "Part" or (stated or "").startswith("PAR-") or (stated is None and planning)
        place = parts if is_part else lots
        place.append(_lot(block, stated or f"{len(place) + 1}", tongue))
    return with_unique_ids(lots), with_unique_ids(parts)


def _lot(block: Element, lot_id: str, tongue: Tongue) -> Lot:
    project, terms = xml.first(block, "ProcurementProject"), xml.first(block, "TenderingTerms")
    process = xml.first(block, "TenderingProcess")
    return Lot(
        id=lot_id,
        number=values.number_of(lot_id),
        title=tongue.line(project, "Name"),
        description=tongue.text(project, "Description"),
        cpv=cpv_of(project),
        nature=xml.line(project, "ProcurementTypeCode"),
        nuts=places_of(project),
        place=site_of(project, tongue),
        value=amount(project, "RequestedTenderTotal/EstimatedOverallContractAmount"),
        maximum=amount(project, f"RequestedTenderTotal/{EXTENSION}/FrameworkMaximumAmount"),
        duration=_duration(project),
        deadline=_deadline(process),
        criteria=_criteria(terms, tongue),
        requirements=_requirements(terms, tongue),
        reserved=_reserved(terms),
    )


def _duration(project: Element | None) -> Duration | None:
    period = xml.first(project, "PlannedPeriod")
    return values.duration(
        xml.text(period, "DurationMeasure"),
        xml.attribute(period, "unitCode", "DurationMeasure"),
        values.day(xml.text(period, "StartDate")),
        values.day(xml.text(period, "EndDate")),
        unlimited=xml.text(period, "DescriptionCode") == "UNLIMITED",
    )


def _deadline(process: Element | None) -> Moment | None:
    """What candidates must hand in next: their request to participate where there is one, else their tender."""
    for path in _PERIODS:
        for period in xml.each(process, path):
            found = values.moment(xml.text(period, "EndDate"), xml.text(period, "EndTime"))
            if found is not None:
                return found
    return None


def _criteria(terms: Element | None, tongue: Tongue) -> tuple[Criterion, ...]:
    found: list[Criterion] = []
    for criterion in xml.each(terms, "AwardingTerms/AwardingCriterion/SubordinateAwardingCriterion"):
        code = xml.line(criterion, "AwardingCriterionTypeCode")
        name = tongue.line(criterion, "Name") or tongue.line(criterion, "Description")
        parameter = xml.first(
            criterion, f"{EXTENSION}/AwardCriterionParameter/ParameterNumeric", "WeightNumeric", "Weight"
        )
        weight = values.weight(xml.line(parameter))
        if code is None and name is None and weight is None:
            continue
        found.append(Criterion(_CRITERIA.get(code or "", "unknown"), name, weight))
    return tuple(found)


def _requirements(terms: Element | None, tongue: Tongue) -> tuple[Requirement, ...]:
    found: dict[Requirement, None] = {}
    for block in xml.each(terms, f"{EXTENSION}/SelectionCriteria"):
        _note(found, block, xml.line(block, "CriterionTypeCode"), tongue)
    for block in xml.each(terms, _QUALIFICATION):
        # From SDK 1.11 on, selection criteria stand among the tenderer's requirements.
        code = xml.first(block, "TendererRequirementTypeCode")
        if xml.attribute(code, "listName") == "selection-criterion":
            _note(found, block, xml.line(code), tongue)
    return tuple(found)


def _note(found: dict[Requirement, None], block: Element, code: str | None, tongue: Tongue) -> None:
    if xml.line(block, "CalculationExpressionCode") in ("not-used", "not-known"):
        return
    code = code or xml.line(block, "TendererRequirementTypeCode")
    said = [words for words in (tongue.text(block, "Name"), tongue.text(block, "Description")) if words]
    one = requirement(area_of(code), "\n".join(said), code=code)
    if one is not None:
        found[one] = None


def _reserved(terms: Element | None) -> tuple[Reserve, ...]:
    asked = {
        xml.line(code)
        for code in xml.each(terms, f"{_QUALIFICATION}/TendererRequirementTypeCode")
        if code.get("listName") == "reserved-procurement"
    }
    program = any(
        code.get("listName") == "reserved-execution" and xml.line(code) == "yes"
        for code in xml.each(terms, "ContractExecutionRequirement/ExecutionRequirementCode")
    )
    found: tuple[tuple[bool, Reserve], ...] = (
        ("res-ws" in asked, "sheltered-workshop"),
        (program, "sheltered-program"),
        ("res-pub-ser" in asked, "public-service-mission"),
    )
    return tuple(reserve for said, reserve in found if said)
