"""TED notices in the R2.0.9 schema (2014 to 2023): TED_EXPORT, forms F01 to F25.

Older or unknown forms are read as far as the coded data section goes.
"""

from cordee.engines.notices import groupings as rules
from cordee.engines.notices import values, xml
from cordee.engines.notices.model import Groupings, Kind, Money, Notice, Organisation
from cordee.engines.notices.ted_awards import awards_of
from cordee.engines.notices.ted_companies import organisation
from cordee.engines.notices.ted_lots import lots_of
from cordee.engines.notices.xml import Element

_KINDS: dict[str, Kind] = {
    "F01": "planning", "F02": "competition", "F03": "result", "F04": "planning", "F05": "competition", "F06": "result",
    "F07": "competition", "F08": "planning", "F12": "competition", "F13": "result", "F14": "change",
    "F15": "direct-award", "F16": "planning", "F17": "competition", "F18": "result", "F20": "change",
    "F21": "competition", "F22": "competition", "F23": "competition", "F24": "competition", "F25": "result",
}  # fmt: skip
_PROCEDURES = {
    "PT_OPEN": "open",
    "PT_RESTRICTED": "restricted",
    "PT_COMPETITIVE_NEGOTIATION": "negotiated",
    "PT_INVOLVING_NEGOTIATION": "negotiated",
    "PT_NEGOTIATED_WITH_PRIOR_CALL": "negotiated",
    "PT_COMPETITIVE_DIALOGUE": "dialogue",
    "PT_INNOVATION_PARTNERSHIP": "innovation",
    "PT_AWARD_CONTRACT_WITHOUT_CALL": "without-call",
    "PT_AWARD_CONTRACT_WITHOUT_PUBLICATION": "without-call",
    "PT_NEGOTIATED_WITHOUT_PUBLICATION": "without-call",
    "PT_AWARD_CONTRACT_WITH_PRIOR_PUBLICATION": "other",
}
_AFTER_SELECTION = ("restricted", "negotiated", "dialogue", "innovation")


def read_ted(root: Element) -> Notice:
    """Read a TED_EXPORT document; of several languages, French first, else the original one."""
    coded = xml.first(root, "CODED_DATA_SECTION")
    data = xml.first(coded, "NOTICE_DATA")
    form = _form(root, xml.text(data, "LG_ORIG"))
    objects = xml.few(xml.each(form, "OBJECT_CONTRACT"))
    about = objects[0] if objects else None
    procedure = _procedure(form)
    deadline = values.moment(
        xml.text(form, "PROCEDURE/DATE_RECEIPT_TENDERS"), xml.text(form, "PROCEDURE/TIME_RECEIPT_TENDERS")
    ) or values.moment(xml.text(coded, "CODIF_DATA/DT_DATE_FOR_SUBMISSION"))
    lots = lots_of(form, objects, deadline)
    awards, not_awarded = awards_of(form, lots)
    selected = procedure in _AFTER_SELECTION
    codes = [xml.attribute(code, "CODE") for code in xml.each(data, "ORIGINAL_CPV")]
    if objects:
        codes = [xml.attribute(o, "CODE", "CPV_MAIN/CPV_CODE") for o in objects]
    places: list[str | None] = [place for lot in lots for place in lot.nuts]
    if not places:
        places = [values.nuts(xml.attribute(place, "CODE")) for place in xml.each(data, "PERFORMANCE_NUTS")]
    return Notice(
        source="ted",
        id=_number(xml.attribute(root, "DOC_ID")),
        kind=_kind(form),
        form=xml.local(form)[:3] if form is not None and xml.local(form)[:1] == "F" else None,
        version=xml.attribute(root, "VERSION"),
        language=values.language(xml.attribute(form, "LG") or xml.text(data, "LG_ORIG")),
        reference=xml.line(about, "REFERENCE_NUMBER"),
        published=values.day(xml.text(coded, "REF_OJS/DATE_PUB")),
        buyers=_buyers(form, root),
        title=xml.line(about, "TITLE") or _fallback_title(root),
        description=xml.text(about, "SHORT_DESCR"),
        nature=_nature(xml.attribute(about, "CTYPE", "TYPE_CONTRACT")),
        procedure=procedure,
        cpv=values.once(values.cpv(code) for code in codes),
        nuts=values.once(places),
        value=_money(xml.first(about, "VAL_ESTIMATED_TOTAL")),
        awarded=_money(xml.first(about, "VAL_TOTAL")),
        lots=lots,
        deadline=deadline,
        deadline_for=None if deadline is None else "requests" if selected else "tenders",
        max_lots=_max_lots(xml.first(about, "LOT_DIVISION"), len(lots)),
        groupings=_groupings(form),
        awards=awards,
        not_awarded=not_awarded,
        documents=xml.line(form, "CONTRACTING_BODY/URL_DOCUMENT"),
    )


def _form(root: Element, original: str | None) -> Element | None:
    forms = [f for f in xml.each(root, "FORM_SECTION/*") if xml.local(f) != "NOTICE_UUID"]
    wanted = (
        lambda f: f.get("LG") == "FR",
        lambda f: f.get("CATEGORY") == "ORIGINAL" and f.get("LG") == original,
        lambda f: f.get("CATEGORY") == "ORIGINAL",
        lambda f: True,
    )
    for fits in wanted:
        for form in forms:
            if fits(form):
                return form
    return None


def _number(doc_id: str | None) -> str | None:
    return doc_id.lstrip("0") or None if doc_id else None


def _kind(form: Element | None) -> Kind:
    """The notice type refines the form: a prior information notice may be a call, a social notice may be a result."""
    kind = _KINDS.get(xml.local(form)[:3], "unknown") if form is not None else "unknown"
    detail = xml.attribute(form, "TYPE", "NOTICE") or ""
    if "AWARD" in detail or xml.has(form, "AWARD_CONTRACT"):
        return kind if kind in ("direct-award", "change") else "result"
    if "PRI_CALL" in detail or "PER_CALL" in detail or detail in ("CONTRACT", "QSU_CALL_COMPETITION"):
        return "competition"
    return "planning" if detail.startswith(("PRI_", "PER_")) else kind


def _procedure(form: Element | None) -> str | None:
    for element in xml.each(form, "PROCEDURE/*"):
        name = xml.local(element)
        if name in _PROCEDURES:
            return _PROCEDURES[name]
        for inner in element.iterchildren():
            if name.startswith("DIRECTIVE") and xml.local(inner) in _PROCEDURES:
                return _PROCEDURES[xml.local(inner)]
    return None


def _nature(ctype: str | None) -> str | None:
    return {"WORKS": "works", "SUPPLIES": "supplies", "SERVICES": "services"}.get(ctype or "")


def _money(element: Element | None) -> Money | None:
    return values.money(xml.text(element), xml.attribute(element, "CURRENCY"))


def _max_lots(division: Element | None, count: int) -> int | None:
    if xml.has(division, "LOT_ONE_ONLY"):
        return 1
    return count if xml.has(division, "LOT_ALL") else _count(xml.text(division, "LOT_MAX_NUMBER"))


def _count(written: str | None) -> int | None:
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 5 else None


def _buyers(form: Element | None, root: Element) -> tuple[Organisation, ...]:
    blocks = [
        *xml.each(form, "CONTRACTING_BODY/ADDRESS_CONTRACTING_BODY"),
        *xml.each(form, "CONTRACTING_BODY/ADDRESS_CONTRACTING_BODY_ADDITIONAL"),
    ]
    found = tuple(o for o in map(organisation, blocks) if o is not None)
    if found:
        return found
    names = list(xml.each(root, "TRANSLATION_SECTION/ML_AA_NAMES/AA_NAME"))
    chosen = [n for n in names if n.get("LG") == "FR"] or names[:1]
    return tuple(Organisation(name) for name in (xml.line(n) for n in chosen[:1]) if name)


def _fallback_title(root: Element) -> str | None:
    titles = list(xml.each(root, "TRANSLATION_SECTION/ML_TITLES/ML_TI_DOC"))
    chosen = [t for t in titles if t.get("LG") == "FR"] or [t for t in titles if t.get("LG") == "EN"] or titles
    return xml.line(chosen[0], "TI_TEXT") if chosen else None


def _groupings(form: Element | None) -> Groupings:
    where = ("LEFTI/*", "OBJECT_CONTRACT/OBJECT_DESCR/INFO_ADD", "COMPLEMENTARY_INFO/INFO_ADD", "PROCEDURE/*")
    others = [xml.text(e) for path in where for e in xml.each(form, path) if xml.local(e) != "LEGAL_FORM"]
    return rules.groupings([xml.text(form, "LEFTI/LEGAL_FORM")], others)
