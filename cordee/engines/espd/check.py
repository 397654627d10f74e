"""Checking an ESPD file, request or answer: what is wrong, where, under the name of the official rule.

Source  the business rules of ESPD-EDM 4.1.0 and its code lists (Publications Office of the European Union).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Literal

from lxml import etree

from cordee.engines.espd.problems import MAX_BYTES as MAX_BYTES
from cordee.engines.espd.problems import NotAnEspd as NotAnEspd
from cordee.engines.espd.problems import parse
from cordee.engines.espd.responses import RESPONSE_RULES
from cordee.engines.espd.taxonomy import COMPULSORY, EXCLUSION, SELECTION, by_id, code_lists, group_by_id, groups
from cordee.engines.espd.tree import CAC, CBC, EXT, Node, among, codes, local, path, text, texts

Level = Literal["fatal", "warning"]
Say = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that the file breaks: its official name, how grave, the element, and what fills the sentence."""

    rule: str
    level: Level
    path: str
    line: int
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What was found. `kind`: request or response; `version`: of the data model, as the file states it."""

    kind: Literal["request", "response"]
    version: str
    role: str
    operator: str
    findings: tuple[Finding, ...] = field(default=())

    @property
    def valid(self) -> bool:
        """Nothing grave: warnings do not count."""
        return not any(each.level == "fatal" for each in self.findings)


def check(data: bytes) -> Report:
    """Check one file against the rules of the ESPD.

    Holds   the file is valid exactly when the official rules find nothing grave in it.
    Errors  NotAnEspd when it is no ESPD, or not safe to read.
    """
    root = parse(data)
    kind = local(root)
    if kind not in ("QualificationApplicationRequest", "QualificationApplicationResponse"):
        raise NotAnEspd("other", name=kind[:60])
    found: list[Finding] = []

    def say(rule: str, node: Node, level: Level = "fatal", **facts: str) -> None:
        line: Any = node.sourceline
        found.append(Finding(rule, level, path(node), line or 0, tuple(facts.items())))

    answered = kind.endswith("Response")
    _whole(root, say, answered=answered)
    for node in root.iter(etree.Element):
        for rules in (*RULES.get(node.tag, ()), *((RESPONSE_RULES if answered else REQUEST_RULES).get(node.tag, ()))):
            rules(node, say)
        _codes(node, say)
    profile = text(root, "ProfileExecutionID")
    version = re.search(r"v(\d+\.\d+\.\d+)", profile)
    party = root.find(f"{CAC}EconomicOperatorParty")
    role = next(iter(codes(root, "RoleCode")), "")
    name = party.findtext(f"{CAC}Party/{CAC}PartyName/{CBC}Name") if party is not None else ""
    return Report(
        "response" if answered else "request", version[1] if version else "", role, (name or "").strip(), tuple(found)
    )


def _whole(root: Node, say: Say, *, answered: bool) -> None:
    must = [("01", "cbc:UBLVersionID"), ("03", "cbc:ID"), ("04", "cbc:UUID"), ("06", "cac:TenderingCriterion")]
    for number, name in [*must, *([("07", "cac:TenderingCriterionResponse")] if answered else [])]:
        if root.find(among(name)) is None:
            say(f"BR-OTH-04-{number}", root, name=name)


def _criterion(node: Node, say: Say) -> None:
    ident = text(node, "ID")
    known = by_id().get(ident)
    if not ident.strip():
        say("BR-TC-02-01", node)
    for rule, name in (("BR-TC-03", "CriterionTypeCode"), ("BR-TC-05", "Name"), ("BR-TC-06", "Description")):
        if node.find(CBC + name) is None:
            say(rule, node, id=ident)
    if known is None:
        if ident.strip():
            say("BR-TC-02-02", node, id=ident)
        return
    missing = len(known.groups) - len(node.findall(f"{CAC}TenderingCriterionPropertyGroup"))
    if missing > 0:
        say("BR-TC-07", node, id=ident, missing=str(missing))
    if known.code not in texts(node, "CriterionTypeCode"):
        say("BR-TC-04", node, id=ident, code=text(node, "CriterionTypeCode"))


def _legislation(node: Node, say: Say) -> None:
    if node.find(f"{CBC}Title") is None:
        say("BR-TC-09", node)
    for rule, name in (("BR-TC-10", "Description"), ("BR-TC-11", "Article")):
        if node.find(CBC + name) is None:
            say(rule, node, "warning")


def _group(node: Node, say: Say) -> None:
    ident, kind, parent = text(node, "ID"), texts(node, "PropertyGroupTypeCode"), node.getparent()
    if node.find(f"{CBC}ID") is None:
        say("BR-TC-12", node)
    if not kind:
        say("BR-TC-14", node, id=ident)
    known = groups().get((text(parent, "ID") if parent is not None else "", ident))
    sub = any(local(each) == "SubTenderingCriterion" for each in node.iterancestors())
    if known is None:
        if ident.strip() and not sub:
            say("BR-TC-13", node, id=ident)
        return
    group, top = known
    number = "01" if top else "02"
    for rule, name, wanted in (
        ("BR-TC-16", "TenderingCriterionProperty", len(group.properties)),
        ("BR-TC-17", "SubsidiaryTenderingCriterionPropertyGroup", len(group.groups)),
    ):
        missing = wanted - len(node.findall(CAC + name))
        if missing > 0:
            say(f"{rule}-{number}", node, id=ident, missing=str(missing))
    if group.kind not in kind:
        say(f"BR-TC-15-{number}", node, id=ident, code=" ".join(kind), wanted=group.kind)


def _property(node: Node, say: Say) -> None:
    ident, parent = text(node, "ID"), node.getparent()
    for rule, name in (
        ("BR-TC-18", "ID"),
        ("BR-TC-19", "Description"),
        ("BR-TC-20", "TypeCode"),
        ("BR-TC-21-01", "ValueDataTypeCode"),
    ):
        if node.find(CBC + name) is None:
            say(rule, node, id=ident)
    known = group_by_id().get(text(parent, "ID") if parent is not None else "")
    if known is None or not known.properties:
        return
    for rule, name, ours in (
        ("BR-TC-20-02", "TypeCode", {each.type for each in known.properties}),
        ("BR-TC-21-03", "ValueDataTypeCode", {each.answer for each in known.properties}),
    ):
        given = texts(node, name)
        if given and given[0].strip() and not ours & set(given):
            say(rule, node, id=ident, code=given[0])


def _reference(node: Node, say: Say) -> None:
    ids, kinds = texts(node, "ID"), texts(node, "DocumentTypeCode")
    ted = "TED_CN" in kinds
    if ids and ted and not (len(ids) == 1 and re.fullmatch(r"[0-9]{4}/S [0-9]{3}-[0-9]{6}", " ".join(ids[0].split()))):
        say("BR-COM-10-01", node, id=ids[0])
    if ted and len(node.findall(f"{CAC}Attachment/{CAC}ExternalReference/{CBC}Description")) != 2:
        say("BR-COM-10-02", node, "warning")
    if not kinds:
        say("BR-COM-10-03", node)


def _ubl(node: Node, say: Say) -> None:
    if (node.text or "") != "2.3":
        say("BR-OTH-05-01", node, value=(node.text or "")[:20])
    if node.get("schemeAgencyID") != "OASIS-UBL-TC":
        say("BR-OTH-05-02", node)


def _list_named(numbers: tuple[str, str, str], *, version: bool = False) -> Callable[[Node, Say], None]:
    def rules(node: Node, say: Say) -> None:
        for number, name in zip(numbers, ("listID", "listAgencyID", "listVersionID"), strict=True):
            if node.get(name) is None:
                say(f"BR-OTH-01-{number}", node, name=name)
        if version and not (node.get("listVersionID") or "").startswith("4."):
            say("BR-OTH-01-40", node, value=node.get("listVersionID") or "")

    return rules


def _identified(node: Node, say: Say) -> None:
    if not (node.get("schemeAgencyID") or "").strip():
        say("BR-OTH-02", node)


def _endpoint(node: Node, say: Say) -> None:
    if node.get("schemeID") is None:
        say("BR-OTH-08", node)
    if not (node.get("schemeAgencyID") or "").strip():
        say("BR-OTH-02.", node)


def _codes(node: Node, say: Say) -> None:
    """Values and names of the code lists. An attribute of money or language counts wherever it stands."""
    values, names = code_lists()
    for attribute in ("currencyID", "languageID"):
        given = node.get(attribute)
        if given is not None and given.lower() not in values[f"@{attribute}"]:
            say("CL-VALUE", node, value=given[:40], list=attribute)
    tag = node.tag
    if not tag.startswith(CBC):
        return
    own = "cbc:" + tag.removeprefix(CBC)
    parent = node.getparent()
    above = "cac:" + parent.tag.removeprefix(CAC) if parent is not None and parent.tag.startswith(CAC) else ""
    grand = parent.getparent() if parent is not None else None
    higher = "cac:" + grand.tag.removeprefix(CAC) if grand is not None and grand.tag.startswith(CAC) else ""
    places = (own, f"{above}/{own}", f"{higher}/{above}/{own}")
    for where in places:
        if where in values and (node.text or "").lower() not in values[where]:
            say("CL-VALUE", node, value=(node.text or "")[:40], list=where)
        for attribute, wanted in names.get(where, ()):
            given = node.get(attribute)
            if given is not None and given != wanted:
                say("CL-NAME", node, value=given[:60], name=attribute, wanted=wanted)
    _numbers(node, own, (higher, above), values, say)


def _numbers(node: Node, own: str, above: tuple[str, str], values: Mapping[str, frozenset[str]], say: Say) -> None:
    """The scheme of a company's number, and the occupations that one criterion may ask for."""
    scheme, where = node.get("schemeID"), "cac:PartyIdentification/cbc:ID/@schemeID"
    if (above[1], own) == ("cac:PartyIdentification", "cbc:ID") and scheme is not None:
        if scheme.lower() not in values[where]:
            say("CL-VALUE", node, value=scheme[:40], list="schemeID")
        return
    inside = (*above, own)
    if inside == ("cac:TenderingCriterionPropertyGroup", "cac:TenderingCriterionProperty", "cbc:ExpectedCode"):
        where = next(name for name in values if name.endswith("cbc:ExpectedCode"))
        group = next(islice(node.iterancestors(), 1, 2))
        if text(group, "ID") in where.split("'") and (node.text or "").lower() not in values[where]:
            say("CL-VALUE", node, value=(node.text or "")[:40], list="occupation")


# --- What only a request must hold ---


def _request(root: Node, say: Say) -> None:
    asked = [text(each, "CriterionTypeCode") for each in root.findall(f"{CAC}TenderingCriterion")]
    if missing := [code for code in COMPULSORY if code not in asked]:
        say("BR-REQ-30", root, codes=", ".join(missing))
    if not any(code.lower() in SELECTION or not code for code in asked):
        say("BR-REQ-40", root, "warning")
    if len(root.findall(f"{CAC}ContractingParty")) != 1:
        say("BR-REQ-20-01", root, "warning")
    if root.find(f"{CBC}ProcedureCode") is None:
        say("BR-SC-10", root)


def _lots(node: Node, say: Say) -> None:
    given = texts(node, "CriterionTypeCode")
    code = given[0].lower() if given else ""
    linked = node.find(f"{CAC}ProcurementProjectLotReference/{CBC}ID") is not None
    if code in EXCLUSION or not code:
        if linked:
            say("BR-LOT-40", node, code=code)
    elif code in SELECTION and not linked:
        say("BR-LOT-41", node, code=code)


def party(kind: str, rules: Iterable[tuple[str, str, Level]]) -> Callable[[Node, Say], None]:
    """Rules for a cac:Party inside `kind`: what must be there, under which name."""
    wanted = tuple(rules)

    def check_party(node: Node, say: Say) -> None:
        parent = node.getparent()
        if parent is None or local(parent) != kind:
            return
        for rule, where, level in wanted:
            if node.find(among(where)) is None:
                say(rule, node, level, name=where.rpartition("/")[2])

    return check_party


_NAME, _COUNTRY = "cac:PartyName/cbc:Name", "cac:PostalAddress/cac:Country/cbc:IdentificationCode"
_IDENT = "cac:PartyIdentification/cbc:ID"
Rules = dict[str, tuple[Callable[[Node, Say], None], ...]]
REQUEST_RULES: Rules = {
    "{urn:oasis:names:specification:ubl:schema:xsd:QualificationApplicationRequest-2}QualificationApplicationRequest": (
        _request,
    ),
    f"{CAC}TenderingCriterion": (_lots,),
    f"{CAC}Party": (
        party(
            "ContractingParty",
            [
                ("BR-REQ-20-02", _NAME, "fatal"),
                ("BR-REQ-20-03", _COUNTRY, "fatal"),
                ("BR-REQ-20-04", _IDENT, "warning"),
            ],
        ),
        party(
            "ServiceProviderParty",
            [("BR-REQ-20-05", _IDENT, "fatal"), ("BR-REQ-20-06", _NAME, "fatal"), ("BR-REQ-20-07", _COUNTRY, "fatal")],
        ),
    ),
}
_FIRST, _SECOND = _list_named(("10", "20", "30")), _list_named(("11", "21", "31"), version=True)
_NAMED = (
    "ExpectedCode",
    "IdentificationCode",
    "DocumentTypeCode",
    "ValueCurrencyCode",
    "ProcedureCode",
    "ProcurementTypeCode",
    "ProcurementSubTypeCode",
)
RULES: Rules = {
    f"{CAC}TenderingCriterion": (_criterion,),
    f"{CAC}Legislation": (_legislation,),
    f"{CAC}TenderingCriterionPropertyGroup": (_group,),
    f"{CAC}SubsidiaryTenderingCriterionPropertyGroup": (_group,),
    f"{CAC}TenderingCriterionProperty": (_property,),
    f"{CAC}AdditionalDocumentReference": (_reference,),
    f"{CBC}UBLVersionID": (_ubl,),
    f"{CBC}EndpointID": (_endpoint,),
    **{f"{CBC}{name}": (_FIRST,) for name in _NAMED},
    **{f"{CBC}{name}": (_SECOND,) for name in ("TypeCode", "PropertyGroupTypeCode", "ValueDataTypeCode")},
    **{
        name.replace("cbc:", CBC).replace("ext:", EXT): (_identified,)
        for name in code_lists()[0]["#"]
        if name not in ("cbc:UBLVersionID", "cbc:EndpointID")
    },
}
