"""Buyers and companies in TED R2.0.9."""

from cordee.engines.notices import values, xml
from cordee.engines.notices.model import Organisation
from cordee.engines.notices.xml import Element


def organisation(address: Element | None) -> Organisation | None:
    """A buyer or a company from its address block; None without a name."""
    name = xml.line(address, "OFFICIALNAME")
    if name is None:
        return None
    land = xml.attribute(address, "VALUE", "COUNTRY")
    stated = xml.line(address, "NATIONALID")
    return Organisation(
        name=name,
        national_id=stated,
        siren=values.siren(stated, land),
        postcode=xml.line(address, "POSTAL_CODE"),
        town=xml.line(address, "TOWN"),
        nuts=values.nuts(xml.attribute(address, "CODE", "NUTS")),
        country=values.country(land),
        email=xml.line(address, "E_MAIL"),
        url=xml.line(address, "URL") or xml.line(address, "URL_GENERAL"),
    )
