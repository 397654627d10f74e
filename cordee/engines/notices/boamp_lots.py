"""Lots, criteria and requirements of a BOAMP notice; a notice that is not divided has its object as its only lot."""

from cordee.engines.notices import values, xml
from cordee.engines.notices.lots import UNDIVIDED, with_unique_ids
from cordee.engines.notices.model import Area, Criterion, Duration, Lot, Moment, Reserve
from cordee.engines.notices.requirements import stated
from cordee.engines.notices.xml import Element

_NATURES = {"TRAVAUX": "works", "FOURNITURE": "supplies", "FOURNITURES": "supplies", "SERVICE": "services"}
_REQUIREMENTS: tuple[tuple[str, Area, bool], ...] = (
    ("SITUATION_JURIDIQUE", "suitability", False),
    ("CAP_ECO", "economic", False),
    ("CAP_ECO_NIVEAU_MINI", "economic", True),
    ("CAP_TECH", "technical", False),
    ("CAP_TECH_NIVEAU_MINI", "technical", True),
    ("CRITERE_SELECTION", "other", False),
    ("CONDITION_PARTICULIERE_EXECUTION", "other", False),
)
_RESERVED: tuple[tuple[str, Reserve], ...] = (
    ("MARCHE_RESERVE_OUI", "sheltered-workshop"),
    ("MARCHE_RESERVE_ATELIER", "sheltered-workshop"),
    ("MARCHE_RESERVE_EMPLOI", "sheltered-program"),
    ("PRESTATION_RESERVEE_OUI", "profession"),
)


def lots_of(donnees: Element | None, deadline: Moment | None) -> tuple[Lot, ...]:
    """Every lot of an announcement, in its order; the object as a whole when it is not divided."""
    about = xml.first(donnees, "OBJET")
    if about is None:
        return ()
    terms = xml.first(donnees, "CONDITION_PARTICIPATION")
    asked = (stated(area, xml.text(terms, name), minimum=least) for name, area, least in _REQUIREMENTS)
    requirements = tuple(one for one in asked if one is not None)
    reserved = values.once(code for name, code in _RESERVED if xml.has(terms, name))
    shared = _criteria(xml.first(donnees, "PROCEDURE/CRITERES_ATTRIBUTION"))
    blocks = xml.few(xml.each(about, "LOTS/LOT"))
    if xml.has(about, "DIV_EN_LOTS/NON") and len({xml.text(block) for block in blocks}) == 1:
        blocks = blocks[:1]  # some buyers state their only lot twice
    divided = len(blocks) > 1 or xml.has(about, "DIV_EN_LOTS/OUI")
    found: list[Lot] = []
    for place, block in enumerate(blocks or [about], start=1):
        number = xml.line(block, "NUM") if blocks else None
        lot_id = number or (str(place) if divided else UNDIVIDED)
        codes = [
            values.cpv(xml.text(e))
            for name in ("PRINCIPAL", "SUPPLEMENTAIRE", "*")
            for e in xml.each(block, f"CPV/{name}")
        ]
        general = [values.cpv(xml.text(e)) for e in xml.each(about, "CPV/PRINCIPAL")]
        own = any(codes)
        found.append(
            Lot(
                id=lot_id,
                number=values.number_of(lot_id),
                title=_title(block, about, alone=not divided),
                description=xml.text(block, "DESCRIPTION")
                or (xml.text(about, "OBJET_COMPLET") if not blocks else None),
                cpv=values.once(codes if own else general),
                cpv_inherited=not own and any(general) and divided,
                nature=_NATURES.get(next((xml.local(e) for e in xml.each(about, "TYPE_MARCHE/*")), "")),
                nuts=values.once(
                    values.nuts(xml.text(e))
                    for path in ("CODE_NUTS", "LIEU_EXEC_LIVR/CODE_NUTS")
                    for e in xml.each(block, path)
                ),
                place=_place(block),
                value=values.money(xml.text(block, "VALEUR"), xml.attribute(block, "DEVISE", "VALEUR") or "EUR"),
                duration=_duration(block, donnees),
                deadline=deadline,
                criteria=_criteria(xml.first(block, "CRITERES_ATTRIBUTION")) or shared,
                requirements=requirements,
                reserved=tuple(code for _, code in _RESERVED if code in reserved),
            )
        )
    return with_unique_ids(found)


def _title(block: Element, about: Element, *, alone: bool) -> str | None:
    own = xml.line(block, "INTITULE")
    if own or not alone:
        return own
    return xml.line(about, "TITRE_MARCHE") or xml.line(about, "OBJET_COMPLET")


def _place(block: Element) -> str | None:
    site = xml.first(block, "LIEU_EXEC_LIVR")
    words = [xml.line(site, name) for name in ("ADRESSE", "CP", "VILLE")]
    return xml.line(block, "LIEU_PRINCIPAL") or ", ".join(word for word in words if word) or None


def _duration(block: Element, donnees: Element | None) -> Duration | None:
    for parent in (block, xml.first(donnees, "DUREE_DELAI")):
        months, days = xml.text(parent, "DUREE_MOIS"), xml.text(parent, "DUREE_JOURS")
        start, end = values.day(xml.text(parent, "DATE_DEBUT")), values.day(xml.text(parent, "DATE_FIN"))
        found = values.duration(months or days, "MONTH" if months else "DAY", start, end)
        if found is not None:
            return found
    return None


def _criteria(block: Element | None) -> tuple[Criterion, ...]:
    found: list[Criterion] = []
    for group in xml.each(block, "*"):
        name = xml.local(group)
        kind = {"CRITERES_QUALITE": "quality", "CRITERES_COUT": "cost", "CRITERES_PRIX": "price"}.get(name, "unknown")
        if name == "CRITERES_PRIX":
            found.append(
                Criterion("price", None, values.weight(xml.line(group, "POIDS") or xml.attribute(group, "POIDS")))
            )
        elif name == "CRITERES_LIBRE":
            found.append(Criterion("unknown", xml.text(group), None))
        for each in xml.each(group, "CRITERE"):
            weight = values.weight(xml.attribute(each, "POIDS"))
            found.append(
                Criterion(
                    "quality" if kind == "quality" else "cost" if kind == "cost" else "unknown", xml.line(each), weight
                )
            )
    return tuple(found)
