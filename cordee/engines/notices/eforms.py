"""eForms notices (UBL 2.3 documents with the eForms extension), any SDK version."""

from cordee.engines.notices import groupings as rules
from cordee.engines.notices import values, xml
from cordee.engines.notices.eforms_awards import awards_of
from cordee.engines.notices.eforms_lots import lots_of
from cordee.engines.notices.eforms_parts import (
    EXTENSION,
    Companies,
    Tongue,
    amount,
    companies_of,
    cpv_of,
    places_of,
    unwrap,
)
from cordee.engines.notices.model import DeadlineFor, Groupings, Kind, Lot, Moment, Money, Notice, Organisation, Said
from cordee.engines.notices.xml import Element

ROOTS = (
    "ContractNotice",
    "PriorInformationNotice",
    "ContractAwardNotice",
    "BusinessRegistrationInformationNotice",
)
_KINDS: dict[str, Kind] = {
    "planning": "planning",
    "competition": "competition",
    "result": "result",
    "dir-awa-pre": "direct-award",
    "cont-modif": "change",
    "change": "change",
    "bri": "registration",
    "consultation": "planning",
    "compl": "change",
    "completion": "change",
}
_ROOT_KINDS: dict[str, Kind] = {
    "ContractNotice": "competition",
    "PriorInformationNotice": "planning",
    "ContractAwardNotice": "result",
    "BusinessRegistrationInformationNotice": "registration",
}
_PROCEDURES = {
    "open": "open",
    "restricted": "restricted",
    "neg-w-call": "negotiated",
    "comp-dial": "dialogue",
    "innovation": "innovation",
    "neg-wo-call": "without-call",
    "oth-single": "other",
    "oth-mult": "other",
}
_AFTER_SELECTION = ("restricted", "negotiated", "dialogue", "innovation")


def read_eforms(root: Element) -> Notice:
    """Read an eForms document; where a text exists in several languages, French first, else the notice's own."""
    unwrap(root)
    tongue = Tongue(xml.text(root, "NoticeLanguageCode"))
    extension = xml.first(root, EXTENSION)
    companies = companies_of(extension, tongue)
    project = xml.first(root, "ProcurementProject")
    lots, parts = lots_of(root, tongue)
    awards, not_awarded = awards_of(extension, lots, companies)
    procedure = _PROCEDURES.get(xml.text(root, "TenderingProcess/ProcedureCode") or "")
    deadline = _earliest((*lots, *parts))
    title = tongue.line(project, "Name")
    own_codes = cpv_of(project)
    places = places_of(project)
    return Notice(
        source="eforms",
        id=_number(xml.text(extension, "Publication/NoticePublicationID")) or xml.line(root, "ID"),
        kind=_kind(root),
        form=xml.line(extension, "NoticeSubType/SubTypeCode"),
        version=xml.line(root, "CustomizationID"),
        language=tongue.spoken(project),
        reference=xml.line(project, "ID"),
        published=values.day(xml.text(extension, "Publication/PublicationDate"))
        or values.day(xml.text(root, "RequestedPublicationDate"))
        or values.day(xml.text(root, "IssueDate")),
        buyers=_buyers(root, companies),
        title=title or (lots[0].title if len(lots) == 1 else None) or _registered(root),
        description=tongue.text(project, "Description"),
        nature=xml.line(project, "ProcurementTypeCode"),
        procedure=procedure,
        cpv=own_codes,
        nuts=values.once([*places, *(place for lot in (*lots, *parts) for place in lot.nuts)]),
        value=amount(project, "RequestedTenderTotal/EstimatedOverallContractAmount"),
        maximum=amount(project, f"RequestedTenderTotal/{EXTENSION}/FrameworkMaximumAmount"),
        awarded=_awarded(extension),
        lots=lots,
        parts=parts,
        deadline=deadline,
        deadline_for=_deadline_for(root, procedure) if deadline else None,
        max_lots=_count(xml.text(root, "TenderingTerms/LotDistribution/MaximumLotsSubmittedNumeric")),
        groupings=_groupings(root, (*lots, *parts), tongue),
        awards=awards,
        not_awarded=not_awarded,
        documents=xml.line(
            root,
            "ProcurementProjectLot/TenderingTerms/CallForTendersDocumentReference/Attachment/ExternalReference/URI",
        ),
    )


def _awarded(extension: Element | None) -> Money | None:
    """The total of the contracts; of framework agreements, what they are expected to come to, else their maximum."""
    for name in ("Total", "OverallApproximateFrameworkContracts", "OverallMaximumFrameworkContracts"):
        found = amount(extension, f"NoticeResult/{name}Amount")
        if found is not None:
            return found
    return None


def _number(published: str | None) -> str | None:
    return published.lstrip("0") or None if published else None


def _kind(root: Element) -> Kind:
    code = xml.first(root, "NoticeTypeCode")
    listed = _KINDS.get(xml.attribute(code, "listName") or "")
    if listed:
        return listed
    words = xml.line(code) or ""
    if words.startswith("cn-") or words in ("pin-cfc-standard", "pin-cfc-social", "qu-sy", "subco"):
        return "competition"
    if words.startswith("can-"):
        return "change" if words == "can-modif" else "result"
    return _ROOT_KINDS.get(xml.local(root), "unknown")


def _registered(root: Element) -> str | None:
    return xml.line(root, "BusinessParty/PartyLegalEntity/RegistrationName")


def _buyers(root: Element, companies: Companies) -> tuple[Organisation, ...]:
    ids = (xml.line(e) for e in xml.each(root, "ContractingParty/Party/PartyIdentification/ID"))
    found = [companies[i] for i in ids if i in companies]
    if not found:
        # Plain UBL, without the extension, names the buyer in place.
        names = (xml.line(e) for e in xml.each(root, "ContractingParty/Party/PartyName/Name"))
        found = [Organisation(name) for name in names if name]
    return tuple(found)


def _earliest(lots: tuple[Lot, ...]) -> Moment | None:
    known = [lot.deadline for lot in lots if lot.deadline]
    return min(known, key=lambda m: (m.day, m.clock.isoformat() if m.clock else ""), default=None)


def _deadline_for(root: Element, procedure: str | None) -> DeadlineFor | None:
    if procedure == "open":
        return "tenders"
    if procedure in _AFTER_SELECTION:
        return "requests"
    process = "ProcurementProjectLot/TenderingProcess"
    if xml.has(root, f"{process}/ParticipationRequestReceptionPeriod"):
        return "requests"
    return "tenders" if xml.has(root, f"{process}/TenderSubmissionDeadlinePeriod") else "interest"


def _count(written: str | None) -> int | None:
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 5 else None


def _groupings(root: Element, lots: tuple[Lot, ...], tongue: Tongue) -> Groupings:
    terms = "ProcurementProjectLot/TenderingTerms"
    asked = "TendererQualificationRequest/CompanyLegalForm"
    codes = {xml.line(e) for e in xml.each(root, f"{terms}/{asked}Code")}
    required: Said = "yes" if "true" in codes else "no" if "false" in codes else "unknown"
    where = (
        f"{terms}/TendererQualificationRequest/SpecificTendererRequirement",
        f"{terms}/ContractExecutionRequirement",
    )
    others = [tongue.text(e, "Description") for path in where for e in xml.each(root, path)]
    others += [one.text for lot in lots for one in lot.requirements]
    # Buyers also tuck the rule into the notes, and even into the description of the place.
    others += [lot.place for lot in lots]
    others += [
        tongue.text(project, "Note")
        for path in ("ProcurementProject", "ProcurementProjectLot/ProcurementProject")
        for project in xml.each(root, path)
    ]
    others += [tongue.text(place, "Description") for place in xml.each(root, "ProcurementProject/RealizedLocation")]
    stated = [tongue.text(e, "CompanyLegalForm") for e in xml.each(root, f"{terms}/TendererQualificationRequest")]
    return rules.groupings(stated, dict.fromkeys(others), required)
