"""Pieces of eForms that stand in several places: texts in languages, companies, amounts, codes, places."""

from cordee.engines.notices import values, xml
from cordee.engines.notices.model import Money, Organisation
from cordee.engines.notices.xml import Element

EXTENSION = "EformsExtension"
_WRAPPERS = ("ExtensionContent", "UBLExtension", "UBLExtensions")

Companies = dict[str, Organisation]
"""The companies of a notice by their technical id (ORG-0001, and TPO-0001 for their contact points)."""


def unwrap(root: Element) -> None:
    """Move every eForms extension out of its three UBL wrappers, straight under the element that it extends."""
    for extension in list(root.iter("{*}EformsExtension")):
        owner = extension.getparent()
        while owner is not None and xml.local(owner) in _WRAPPERS:
            owner = owner.getparent()
        if owner is not None:
            owner.append(extension)


class Tongue:
    """Chooses among the same text in several languages: French, else the language of the notice, else the first."""

    def __init__(self, original: str | None) -> None:
        self.original = values.language(original)

    def choose(self, parent: Element | None, name: str) -> Element | None:
        best: Element | None = None
        for found in xml.each(parent, name):
            spoken = values.language(found.get("languageID"))
            if spoken == "fr":
                return found
            if best is None or (spoken == self.original and values.language(best.get("languageID")) != self.original):
                best = found
        return best

    def text(self, parent: Element | None, name: str) -> str | None:
        return xml.text(self.choose(parent, name))

    def line(self, parent: Element | None, name: str) -> str | None:
        return xml.line(self.choose(parent, name))

    def spoken(self, project: Element | None) -> str | None:
        """The language in which the notice is read."""
        chosen = self.choose(project, "Name")
        return (values.language(chosen.get("languageID")) if chosen is not None else None) or self.original


def companies_of(extension: Element | None, tongue: Tongue) -> Companies:
    """Every company and contact point of a notice, by the id that the rest of it refers to."""
    found: Companies = {}
    for organisation in xml.each(extension, "Organizations/Organization"):
        owner: Organisation | None = None
        for part in (*xml.each(organisation, "Company"), *xml.each(organisation, "TouchPoint")):
            company = _company(part, tongue, owner)
            identifier = xml.line(part, "PartyIdentification/ID")
            if company is not None and identifier is not None:
                found.setdefault(identifier, company)
            owner = owner or company
    return found


def _company(part: Element, tongue: Tongue, owner: Organisation | None) -> Organisation | None:
    name = tongue.line(xml.first(part, "PartyName"), "Name")
    if name is None:
        for block in xml.each(part, "PartyName"):
            name = name or tongue.line(block, "Name")
    for block in xml.each(part, "PartyName"):
        spoken = tongue.choose(block, "Name")
        if spoken is not None and values.language(spoken.get("languageID")) == "fr":
            name = xml.line(spoken) or name
            break
    if name is None:
        return None
    address = xml.first(part, "PostalAddress")
    land = values.country(xml.text(address, "Country/IdentificationCode"))
    # A contact point (TouchPoint) has no number of its own: it is its company's.
    stated = xml.line(part, "PartyLegalEntity/CompanyID") or (owner.national_id if owner else None)
    return Organisation(
        name=name,
        national_id=stated,
        siren=values.siren(stated, land) or (owner.siren if owner else None),
        postcode=xml.line(address, "PostalZone"),
        town=xml.line(address, "CityName"),
        nuts=values.nuts(xml.text(address, "CountrySubentityCode")),
        country=land,
        email=xml.line(part, "Contact/ElectronicMail"),
        url=xml.line(part, "WebsiteURI"),
    )


def amount(parent: Element | None, path: str) -> Money | None:
    """The first amount at `path`, with its currency."""
    found = xml.first(parent, path)
    return values.money(xml.text(found), xml.attribute(found, "currencyID"))


def cpv_of(project: Element | None) -> tuple[str, ...]:
    """The main code first, then the additional ones."""
    paths = ("MainCommodityClassification", "AdditionalCommodityClassification")
    codes = (e for path in paths for e in xml.each(project, f"{path}/ItemClassificationCode"))
    return values.once(values.cpv(xml.text(code)) for code in codes if code.get("listName", "cpv") == "cpv")


def places_of(project: Element | None) -> tuple[str, ...]:
    """The NUTS code of each place; its country where no finer code is given."""
    found: list[str | None] = []
    for address in xml.each(project, "RealizedLocation/Address"):
        fine = values.nuts(xml.text(address, "CountrySubentityCode"))
        found.append(fine or values.country(xml.text(address, "Country/IdentificationCode")))
    return values.once(values.nuts(code) for code in found)


def site_of(project: Element | None, tongue: Tongue) -> str | None:
    """The place in words: its description, else street and town."""
    found: dict[str, None] = {}
    for location in xml.each(project, "RealizedLocation"):
        address = xml.first(location, "Address")
        written = [xml.line(e) for name in ("StreetName", "CityName") for e in xml.each(address, name)]
        described = tongue.text(location, "Description")
        words = described or ", ".join(word for word in written if word)
        if words:
            found[words] = None
    return "\n".join(found) or None
