"""Writing one company's answer as XML of the ESPD data model 4.1.0."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from lxml import etree

from cordee.engines.espd.labels import criterion_label, property_label
from cordee.engines.espd.model import Operator, Response, YearFigure
from cordee.engines.espd.taxonomy import EXCLUSION, Criterion, Group, by_code
from cordee.engines.espd.tree import CAC, CBC, Node

VERSION = "4.1.0"
ROOT = "urn:oasis:names:specification:ubl:schema:xsd:QualificationApplicationResponse-2"
_BASE = "http://publications.europa.eu/resource/authority/"
LISTS = {
    "country": (f"{_BASE}country", "OP", "20250924-0"),
    "role": (f"{_BASE}eo-role-type", "OP", "20211208-0"),
    "size": (f"{_BASE}economic-operator-size", "OP", "20250924-0"),
    "criterion": (f"{_BASE}criterion", "OP", "20240612-0"),
    "group": ("property-group-type", "OP", VERSION),
    "type": ("criterion-element-type", "OP", VERSION),
    "answer": ("response-data-type", "OP", VERSION),
}
_PERFORMED = {"works": "work-perform", "supplies": "supply-perform", "services": "service-perform"}
_EXCLUDED = [*EXCLUSION[:-2], "misrepresent"]
Value = tuple[str, str, dict[str, str]]  # the element, its text, its attributes


def response(of: Response) -> bytes:
    """Write the answer of one company for one lot.

    Holds   `check` finds nothing wrong in it; the same answer gives the same bytes.
    Errors  ValueError when the company has not stated its honour, or its name or number is missing.
    """
    if not of.declared:
        raise ValueError("the company has not declared that no ground for exclusion applies to it")
    if not of.operator.name.strip() or not of.operator.siren.strip():
        raise ValueError("an operator has a name and a number")
    return _Writer(of).write()


class _Writer:
    def __init__(self, of: Response) -> None:
        self.of, self.count = of, 0
        self.seed = "|".join((of.buyer.reference, of.operator.siren, of.lot, of.role, of.issued.isoformat()))
        self.root = etree.Element(f"{{{ROOT}}}QualificationApplicationResponse", nsmap=_NAMESPACES)

    def write(self) -> bytes:
        self._head()
        answers = dict(self._answers())
        for code in answers:
            self._criterion(by_code()[code])
        for values in answers.values():
            for ident, value in values:
                self._answer(ident, value)
        text: bytes = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
        return text

    # --- The elements ---

    def _add(self, parent: Node, name: str, text: str = "", **attributes: str) -> Node:
        node = etree.SubElement(parent, CBC + name, attributes)
        node.text = "".join(sign for sign in text if sign.isprintable() or sign == "\n") or None
        return node

    def _in(self, parent: Node, *names: str) -> Node:
        for name in names:
            parent = etree.SubElement(parent, CAC + name)
        return parent

    def _code(self, parent: Node, name: str, text: str, which: str) -> None:
        list_id, agency, version = LISTS[which]
        self._add(parent, name, text, listID=list_id, listAgencyID=agency, listVersionID=version)

    def _id(self, parent: Node, text: str, name: str = "ID") -> None:
        self._add(parent, name, text, schemeID="Criterion", schemeAgencyID="OP", schemeVersionID=VERSION)

    def _unique(self) -> str:
        """An identifier like a random one, yet the same each time that this very answer is written."""
        self.count += 1
        raw = hashlib.sha256(f"{self.seed}|{self.count}".encode()).hexdigest()
        return f"{raw[:8]}-{raw[8:12]}-4{raw[13:16]}-a{raw[17:20]}-{raw[20:32]}"

    # --- Who, to whom, for which lot ---

    def _head(self) -> None:
        of, root = self.of, self.root
        self._add(root, "UBLVersionID", "2.3", schemeAgencyID="OASIS-UBL-TC")
        self._add(root, "ProfileExecutionID", f"ESPD-EDMv{VERSION}", schemeAgencyID="OP", schemeVersionID=VERSION)
        unique = self._unique()
        self._add(root, "ID", f"ESPD-{unique[:8]}", schemeAgencyID="CORDEE")
        self._add(root, "CopyIndicator", "false")
        scheme = "ISO/IEC 9834-8:2008 - 4UUID"
        self._add(root, "UUID", unique, schemeID=scheme, schemeAgencyID="CORDEE", schemeVersionID=VERSION)
        self._add(root, "ContractFolderID", of.buyer.reference or "-", schemeAgencyID="CORDEE")
        self._add(root, "IssueDate", of.issued.isoformat())
        if of.role == "group-lead" or of.group:
            self._add(root, "EconomicOperatorGroupName", of.group or of.operator.name)
        self._add(root, "VersionID", VERSION, schemeAgencyID="OP", schemeVersionID=VERSION)
        party = self._in(root, "ContractingParty", "Party")
        self._add(self._in(party, "PartyName"), "Name", of.buyer.name or "-")
        self._code(self._in(party, "PostalAddress", "Country"), "IdentificationCode", of.buyer.country, "country")
        operator = self._in(root, "EconomicOperatorParty")
        self._code(self._in(operator, "EconomicOperatorRole"), "RoleCode", of.role, "role")
        self._party(self._in(operator, "Party"), of.operator)
        self._add(self._in(root, "ProcurementProject"), "Description", of.buyer.title or "-")
        self._id(self._in(root, "ProcurementProjectLot"), of.lot)

    def _party(self, party: Node, one: Operator) -> None:
        self._code(party, "IndustryClassificationCode", one.size, "size")
        self._add(self._in(party, "PartyIdentification"), "ID", one.siren, schemeID="NATIONAL", schemeAgencyID="INSEE")
        self._add(self._in(party, "PartyName"), "Name", one.name)
        address = self._in(party, "PostalAddress")
        for name, text in (("StreetName", one.street), ("CityName", one.city), ("PostalZone", one.postcode)):
            if text:
                self._add(address, name, text)
        self._code(self._in(address, "Country"), "IdentificationCode", one.country, "country")
        if one.contact or one.email or one.phone:
            contact = self._in(party, "Contact")
            for name, text in (("Name", one.contact), ("Telephone", one.phone), ("ElectronicMail", one.email)):
                if text:
                    self._add(contact, name, text)
        first, _space, family = one.representative.strip().rpartition(" ")
        if first:
            person = self._in(self._in(party, "PowerOfAttorney"), "AgentParty", "Person")
            self._add(person, "FirstName", first)
            self._add(person, "FamilyName", family)
            country = self._in(person, "ResidenceAddress", "Country")
            self._code(country, "IdentificationCode", one.country, "country")

    # --- What is asked, and answered ---

    def _criterion(self, criterion: Criterion) -> None:
        node = self._in(self.root, "TenderingCriterion")
        self._id(node, criterion.id)
        self._code(node, "CriterionTypeCode", criterion.code, "criterion")
        name, description = criterion_label(criterion.code)
        self._add(node, "Name", name)
        self._add(node, "Description", description)
        if "_SC_" in (criterion.groups[0].id if criterion.groups else ""):
            self._id(self._in(node, "ProcurementProjectLotReference"), self.of.lot)
        for group in criterion.groups:
            self._group(self._in(node, "TenderingCriterionPropertyGroup"), group, criterion.code)

    def _group(self, node: Node, group: Group, code: str) -> None:
        self._id(node, group.id)
        self._code(node, "PropertyGroupTypeCode", group.kind, "group")
        for one in group.properties:
            asked = self._in(node, "TenderingCriterionProperty")
            self._id(asked, one.id)
            self._add(asked, "Description", property_label(code, one))
            self._code(asked, "TypeCode", one.type, "type")
            self._code(asked, "ValueDataTypeCode", one.answer, "answer")
        for each in group.groups:
            self._group(self._in(node, "SubsidiaryTenderingCriterionPropertyGroup"), each, code)

    def _answer(self, ident: str, value: Value) -> None:
        name, text, attributes = value
        node = self._in(self.root, "TenderingCriterionResponse")
        self._id(node, self._unique())
        self._id(node, ident, "ValidatedCriterionPropertyID")
        if name == "ApplicablePeriod":
            period = self._in(node, "ApplicablePeriod")
            start, _slash, end = text.partition("/")
            self._add(period, "StartDate", start)
            self._add(period, "EndDate", end)
            return
        holder = self._in(node, "ResponseValue")
        self._id(holder, self._unique())
        self._add(holder, name, text, **attributes)

    def _answers(self) -> Iterator[tuple[str, list[tuple[str, Value]]]]:
        of, one = self.of, self.of.operator
        for code in _EXCLUDED:
            yield code, list(_noes(by_code()[code].groups))
        yield "trade-regist", _registered(one)
        if one.turnover:
            yield "gen-year-to", _turnover(one.turnover)
        if one.insured is not None:
            yield "indem-insu", _insured(one.insured)
        code = _PERFORMED[of.nature]
        if one.references:
            yield code, _performed(code, of)
        if one.staff:
            yield "year-manpower", _staff(one.staff)
        if one.certificates:
            yield "qu-certif-indep", _certified()
        yield from self._together()
        if one.staff and one.turnover:
            small = _yes_no(by_code()["sme"], one.size != "large")
            if one.size != "large":
                top = by_code()["sme"].groups[0].groups[0].id
                quantity = ("ResponseQuantity", str(one.staff[-1].value), {"unitCode": "C62"})
                small[1:1] = [(f"{top}/Q1", quantity), (f"{top}/Q2", _money(one.turnover[-1].value))]
            yield "sme", small

    def _together(self) -> Iterator[tuple[str, list[tuple[str, Value]]]]:
        """With whom one answers, on whom one relies, to whom one subcontracts."""
        of = self.of
        grouped = _yes_no(by_code()["eo-group"], of.role != "sole-tenderer")
        if of.role != "sole-tenderer":
            top = by_code()["eo-group"].groups[0].groups[0].id
            list_id, agency, version = LISTS["role"]
            marks = {"listID": list_id, "listAgencyID": agency, "listVersionID": version}
            told: list[tuple[str, Value]] = [(f"{top}/Q1", ("ResponseCode", of.role, marks))]
            told += [(f"{top}/Q2", _words(other)) for other in of.others or ("-",)]
            told += [(f"{top}/Q3", _words(of.group or "-"))]
            grouped[1:1] = told
        yield "eo-group", grouped
        yield "relied", _yes_no(by_code()["relied"], False)
        below = _yes_no(by_code()["subco-ent"], bool(of.subcontractors))
        top = by_code()["subco-ent"].groups[0].groups[0].id
        below[1:1] = [
            pair
            for name, siren in of.subcontractors
            for pair in (
                (f"{top}/Q1", _words(name)),
                (f"{top}/Q2", ("ResponseID", siren or "-", {"schemeAgencyID": "INSEE"})),
            )
        ]
        yield "subco-ent", below


_NAMESPACES: Any = {None: ROOT, "cac": CAC[1:-1], "cbc": CBC[1:-1]}


def _indicator(value: bool) -> Value:
    return "ResponseIndicator", "true" if value else "false", {}


def _words(text: str) -> Value:
    return "Description", text or "-", {}


def _money(cents: int) -> Value:
    return "ResponseAmount", f"{cents // 100}.{cents % 100:02d}", {"currencyID": "EUR"}


def _period(start: date, end: date) -> Value:
    return "ApplicablePeriod", f"{start.isoformat()}/{end.isoformat()}", {}


def _noes(found: Sequence[Group]) -> Iterator[tuple[str, Value]]:
    """« No » to every question that is asked whatever the answers, and to those that a no leads to."""
    for group in found:
        for one in group.properties:
            if one.answer == "INDICATOR" and one.type == "QUESTION":
                yield one.id, _indicator(False)
        yield from _noes([each for each in group.groups if each.kind == "ON*"])


def _yes_no(criterion: Criterion, answer: bool) -> list[tuple[str, Value]]:
    """The first question answered, and « no » to whether the proof is found online."""
    first, second = (group.properties[0].id for group in criterion.groups)
    return [(first, _indicator(answer)), (second, _indicator(False))]


def _top(code: str) -> str:
    return by_code()[code].groups[0].groups[0].id


def _alone(code: str) -> tuple[str, Value]:
    """The company meets it by itself."""
    return f"{_top(code)}/QSG1/Q1", _indicator(True)


def _registered(one: Operator) -> list[tuple[str, Value]]:
    top = _top("trade-regist")
    return [
        _alone("trade-regist"),
        (f"{top}/QSG2/Q1", _indicator(True)),
        (f"{top}/QSG2/QSG1/Q1", _words(f"SIREN {one.siren}")),
        (f"{top}/QSG3/Q1", _indicator(False)),
    ]


def _turnover(years: Sequence[YearFigure]) -> list[tuple[str, Value]]:
    top, found = _top("gen-year-to"), [_alone("gen-year-to")]
    for each in years[-3:]:
        found.append((f"{top}/QSG2/Q1", _period(date(each.year, 1, 1), date(each.year, 12, 31))))
        found.append((f"{top}/QSG2/Q2", _money(each.value)))
    return [*found, (f"{top}/QSG4/Q1", _indicator(False))]


def _insured(cents: int) -> list[tuple[str, Value]]:
    top = _top("indem-insu")
    return [_alone("indem-insu"), (f"{top}/QSG2/Q1", _money(cents)), (f"{top}/QSG3/Q1", _indicator(False))]


def _staff(years: Sequence[YearFigure]) -> list[tuple[str, Value]]:
    top, found = _top("year-manpower"), [_alone("year-manpower")]
    for each in years[-3:]:
        found.append((f"{top}/QSG2/Q1", ("ResponseQuantity", str(each.year), {"unitCode": "YEAR"})))
        found.append((f"{top}/QSG2/Q2", ("ResponseQuantity", str(each.value), {"unitCode": "C62"})))
    return [*found, (f"{top}/QSG3/Q1", _indicator(False))]


def _certified() -> list[tuple[str, Value]]:
    top = _top("qu-certif-indep")
    return [_alone("qu-certif-indep"), (f"{top}/QSG2/Q1", _indicator(True)), (f"{top}/QSG3/Q1", _indicator(False))]


def _performed(code: str, of: Response) -> list[tuple[str, Value]]:
    top, found = _top(code), [_alone(code)]
    for each in of.operator.references:
        one = f"{top}/QSG2/QSG1"
        found.append((f"{one}/Q1", _words(each.what)))
        if each.amount is not None:
            found.append((f"{one}/Q2", _money(each.amount)))
        if each.start and each.end:
            found.append((f"{one}/Q5", _period(each.start, each.end)))
        found.append((f"{one}/QSG1/Q1", _words(each.client)))
    return [*found, (f"{top}/QSG3/Q1", _indicator(False))]
