"""The rules that only an answer must hold: who answers, in which role, what was asked and how it is answered."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from cordee.engines.espd.taxonomy import SELECTION
from cordee.engines.espd.tree import CAC, CBC, Node, among, codes, local, text, texts

Say = Callable[..., None]

# What each kind of question must be answered with: the element, and the attribute it must bear.
_VALUES: dict[str, tuple[str, str, tuple[str, str] | None]] = {
    "AMOUNT": ("01", "cac:ResponseValue/cbc:ResponseAmount", None),
    "CODE": ("02", "cac:ResponseValue/cbc:ResponseCode", None),
    "CODE_COUNTRY": ("03", "cac:ResponseValue/cbc:ResponseCode", None),
    "CODE_BOOLEAN": ("26", "cac:ResponseValue/cbc:ResponseCode", None),
    "DATE": ("04", "cac:ResponseValue/cbc:ResponseDate", None),
    "DESCRIPTION": ("05", "cac:ResponseValue/cbc:Description", None),
    "EVIDENCE_IDENTIFIER": ("06", "cac:EvidenceSupplied/cbc:ID", None),
    "INDICATOR": ("07", "cac:ResponseValue/cbc:ResponseIndicator", None),
    "PERCENTAGE": ("08", "cac:ResponseValue/cbc:ResponseNumeric", ("format", "PERCENTAGE")),
    "PERIOD": ("09", "cac:ApplicablePeriod", None),
    "QUANTITY_INTEGER": ("10", "cac:ResponseValue/cbc:ResponseQuantity", None),
    "QUANTITY_YEAR": ("11", "cac:ResponseValue/cbc:ResponseQuantity", ("unitCode", "YEAR")),
    "QUANTITY": ("12", "cac:ResponseValue/cbc:ResponseQuantity", None),
    "IDENTIFIER": ("13", "cac:ResponseValue/cbc:ResponseID", None),
    "QUAL_IDENTIFIER": ("25", "cac:ResponseValue/cbc:ResponseID", None),
    "URL": ("14", "cac:ResponseValue/cbc:ResponseURI", None),
    "MAXIMUM_AMOUNT": ("15", "cac:ResponseValue/cbc:ResponseAmount", None),
    "MINIMUM_AMOUNT": ("16", "cac:ResponseValue/cbc:ResponseAmount", None),
    "MAXIMUM_VALUE_NUMERIC": ("17", "cac:ResponseValue/cbc:ResponseNumeric", None),
    "TRANSLATION_TYPE_CODE": ("18", "cac:ResponseValue/cbc:ResponseCode", None),
    "CERTIFICATION_LEVEL_DESCRIPTION": ("19", "cac:ResponseValue/cbc:Description", None),
    "COPY_QUALITY_TYPE_CODE": ("20", "cac:ResponseValue/cbc:ResponseCode", None),
    "TIME": ("21", "cac:ResponseValue/cbc:ResponseTime", None),
    "ECONOMIC_OPERATOR_IDENTIFIER": ("22", "cac:ResponseValue/cbc:ResponseID", None),
}


def answers_rules(root: Node, say: Say) -> None:
    """Every answer belongs to a question, has one value, of the kind that the question waits for."""
    waited: dict[str, list[str]] = defaultdict(list)
    for each in root.iter(f"{CAC}TenderingCriterionProperty"):
        for ident in texts(each, "ID"):
            waited[ident] += texts(each, "ValueDataTypeCode") or [""]
    evidence: dict[str, int] = defaultdict(int)
    for proof in root.iter(f"{CAC}Evidence"):
        for ident in texts(proof, "ID"):
            evidence[ident] += 1
    answers: dict[str, list[Node]] = defaultdict(list)
    for answer in root.iter(f"{CAC}TenderingCriterionResponse"):
        asked = texts(answer, "ValidatedCriterionPropertyID")
        for ident in asked:
            answers[ident].append(answer)
        _one_answer(answer, asked[0] if asked else None, waited, evidence, say)
    _conditions(root, answers, say)
    _selection(root, set(answers), say)


def _one_answer(
    answer: Node, asked: str | None, waited: dict[str, list[str]], evidence: dict[str, int], say: Say
) -> None:
    values = len(answer.findall(f"{CAC}ResponseValue"))
    others = len(answer.findall(f"{CAC}ApplicablePeriod")) + len(answer.findall(f"{CAC}EvidenceSupplied"))
    facts = {"id": asked or ""}
    if asked is None:
        say("BR-TCR-01-01", answer)
    if not ((values == 0 and others == 1) or (others == 0 and values > 0)):
        say("BR-TCR-03", answer, **facts)
    if values > 1:
        say("BR-TCR-04", answer, **facts)
    if asked is not None and len(waited.get(asked, ())) != 1:
        say("BR-TCR-01-02", answer, **facts)
    supplied = answer.findall(f"{CAC}EvidenceSupplied/{CBC}ID")
    if (
        answer.find(f"{CAC}EvidenceSupplied") is not None
        and sum(evidence[one] for one in {each.text or "" for each in supplied}) != 1
    ):
        say("BR-TCR-09", answer, **facts)
    for kind in dict.fromkeys(waited.get(asked or "", ())):
        if kind not in _VALUES:
            continue
        number, where, mark = _VALUES[kind]
        given = answer.findall(among(where))
        if not given or (mark is not None and all(one.get(mark[0]) != mark[1] for one in given)):
            say(f"BR-TCR-08-{number}", answer, wanted=kind, **facts)


def _said(answers: dict[str, list[Node]], idents: list[str]) -> set[bool]:
    found = set()
    for ident in idents:
        for answer in answers.get(ident, ()):
            for value in answer.findall(among("cac:ResponseValue/cbc:ResponseIndicator")):
                found.add((value.text or "").strip() in ("true", "1"))
    return found


def _conditions(root: Node, answers: dict[str, list[Node]], say: Say) -> None:
    """A question that follows from a yes (or a no) is answered then, and only then."""
    for group in root.iter(f"{CAC}SubsidiaryTenderingCriterionPropertyGroup"):
        kinds = texts(group, "PropertyGroupTypeCode")
        kind = "ONTRUE" if "ONTRUE" in kinds else "ONFALSE" if "ONFALSE" in kinds else ""
        parent = group.getparent()
        if not kind or parent is None:
            continue
        above = [text(one, "ID") for one in parent.findall(f"{CAC}TenderingCriterionProperty")]
        said = _said(answers, above)
        rule, when = ("BR-TCR-06", True) if kind == "ONTRUE" else ("BR-TCR-07", False)
        for one in group.findall(f"{CAC}TenderingCriterionProperty"):
            count = len(answers.get(text(one, "ID"), ()))
            if when in said and not (count >= 1 if when else count == 1):
                say(f"{rule}-01", one, id=text(one, "ID"))
            if (not when) in said and count:
                say(f"{rule}-02", one, id=text(one, "ID"))


def _selection(root: Node, answered: set[str], say: Say) -> None:
    """Every selection criterion that is there has an answer, unless a pre-qualification covers it."""
    asked = [
        each
        for each in root.findall(f"{CAC}TenderingCriterion")
        if (code := text(each, "CriterionTypeCode").lower()) in SELECTION or not code
    ]
    direct = [each for each in asked if _has_answer(each, answered)]
    below = [each for each in asked if _has_answer_below(each, answered)]
    count = sum(len(texts(each, "CriterionTypeCode")) for each in (*direct, *below))
    listed = root.find(among("cac:EconomicOperatorParty/cac:QualifyingParty/cac:Party/cac:PartyIdentification/cbc:ID"))
    subcontractor = codes(root, "RoleCode").count("subcont") == 1
    covered = listed is not None and not subcontractor
    provider = root.find(among("cac:ContractingParty/cac:Party/cac:ServiceProviderParty")) is not None
    silent = ", ".join(text(each, "CriterionTypeCode") for each in asked if each not in direct and each not in below)
    if not covered and len(asked) != count:
        say("BR-RESP-40", root, "warning", codes=silent)
    if covered and provider and len(asked) != count:
        say("BR-RESP-80-S10", root, "warning", codes=silent)
    if covered and not provider and any(texts(each, "CriterionTypeCode") for each in direct):
        say("BR-RESP-80-S20", root, "warning")


def _questions(nodes: list[Node], answered: set[str]) -> bool:
    return any(
        "QUESTION" in texts(one, "TypeCode") and any(ident in answered for ident in texts(one, "ID")) for one in nodes
    )


def _has_answer(criterion: Node, answered: set[str]) -> bool:
    found = criterion.findall(among("cac:TenderingCriterionPropertyGroup/cac:TenderingCriterionProperty"))
    return _questions(found, answered)


def _has_answer_below(criterion: Node, answered: set[str]) -> bool:
    for group in criterion.findall(f"{CAC}TenderingCriterionPropertyGroup"):
        own = group.findall(f"{CAC}TenderingCriterionProperty")
        if not any(kind != "QUESTION" for one in own for kind in texts(one, "TypeCode")):
            continue
        below = [
            one
            for sub in group.findall(f"{CAC}SubsidiaryTenderingCriterionPropertyGroup")
            for one in sub.iter(f"{CAC}TenderingCriterionProperty")
        ]
        if _questions(below, answered):
            return True
    return False


def roles_rules(root: Node, say: Say) -> None:
    """One lot; a lead names its group and says with whom, on whom and with which subcontractors it answers."""
    if len(root.findall(f"{CAC}ProcurementProjectLot/{CBC}ID")) != 1:
        say("BR-LOT-10", root)
    lead = codes(root, "RoleCode").count("group-lead") == 1
    if lead and root.find(f"{CBC}EconomicOperatorGroupName") is None:
        say("BR-LEAD-10-S10", root, "warning")
    if not lead:
        return
    answered = {
        ident
        for each in root.findall(f"{CAC}TenderingCriterionResponse")
        for ident in texts(each, "ValidatedCriterionPropertyID")
    }
    told = (("eo-group", "BR-LAED-10"), ("relied", "BR-LEAD-10-S20"), ("subco-ent", "BR-LEAD-10-S30"))
    for criterion in root.iter(f"{CAC}TenderingCriterion"):
        code = text(criterion, "CriterionTypeCode")
        for start, rule in told:
            if code.startswith(start):
                own = criterion.findall(among("cac:TenderingCriterionPropertyGroup/cac:TenderingCriterionProperty"))
                if not any(ident in answered for one in own for ident in texts(one, "ID")):
                    say(rule, criterion)
                break


def _operator(node: Node, say: Say) -> None:
    role = node.find(f"{CAC}EconomicOperatorRole")
    if role is None:
        say("BR-RESP-10-02", node)
    if node.find(among("cac:EconomicOperatorRole/cbc:RoleCode")) is None:
        say("BR-RESP-10-03", node)


_PARTIES = {
    "EconomicOperatorParty": (
        ("BR-RESP-10-04", "cac:PartyIdentification/cbc:ID"),
        ("BR-RESP-10-05", "cac:PartyName/cbc:Name"),
        ("BR-RESP-10-06", "cbc:IndustryClassificationCode"),
        ("BR-RESP-10-07", "cac:PostalAddress/cac:Country/cbc:IdentificationCode"),
    ),
    "ServiceProviderParty": (
        ("BR-RESP-10-09", "cac:PartyName/cbc:Name"),
        ("BR-RESP-10-10", "cac:PostalAddress/cac:Country/cbc:IdentificationCode"),
        ("BR-RESP-10-11", "cac:PartyIdentification/cbc:ID"),
    ),
}


def _party(node: Node, say: Say) -> None:
    parent = node.getparent()
    for rule, where in _PARTIES.get(local(parent) if parent is not None else "", ()):
        if node.find(among(where)) is None:
            say(rule, node, name=where.rpartition("/")[2])


def _power(node: Node, say: Say) -> None:
    person = "cac:AgentParty/cac:Person/"
    for rule, where in (
        ("BR-RESP-20-01", "cbc:FirstName"),
        ("BR-RESP-20-02", "cbc:FamilyName"),
        ("BR-RESP-20-03", "cac:ResidenceAddress/cac:Country/cbc:IdentificationCode"),
    ):
        if node.find(among(person + where)) is None:
            say(rule, node)


def _root(node: Node, say: Say) -> None:
    answers_rules(node, say)
    roles_rules(node, say)


RESPONSE_RULES: dict[str, tuple[Any, ...]] = {
    "{urn:oasis:names:specification:ubl:schema:xsd:QualificationApplicationResponse-2}"
    "QualificationApplicationResponse": (_root,),
    f"{CAC}EconomicOperatorParty": (_operator,),
    f"{CAC}Party": (_party,),
    f"{CAC}PowerOfAttorney": (_power,),
}
