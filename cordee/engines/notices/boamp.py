"""BOAMP notices in the schema of the Journal officiel (ANNONCE, Boamp_v230 and near it)."""

import html

from cordee.engines.notices import groupings as rules
from cordee.engines.notices import values, xml
from cordee.engines.notices.awards import award_of, without_winner
from cordee.engines.notices.boamp_lots import lots_of
from cordee.engines.notices.lots import lot_named
from cordee.engines.notices.model import Award, Kind, Lot, Money, Notice, Organisation
from cordee.engines.notices.xml import Element

_KINDS: tuple[tuple[str, Kind], ...] = (
    ("ATTRIBUTION", "result"),
    ("RESULTAT_MARCHE", "result"),
    ("INTENTION_CONCLURE", "direct-award"),
    ("EX_ANTE_VOLONTAIRE", "direct-award"),
    ("MODIFICATION", "change"),
    ("RECTIFICATIF", "change"),
    ("ANNULATION", "change"),
    ("PRE_INFORMATION", "planning"),
    ("PREINFORMATION", "planning"),
    ("PERIODIQUE", "planning"),
    ("APPEL_OFFRE", "competition"),
)
_PROCEDURES = {
    "OUVERT": "open",
    "OUVERT_ACCELERE": "open",
    "RESTREINT": "restricted",
    "RESTREINT_ACCELERE": "restricted",
    "NEGOCIE": "negotiated",
    "NEGOCIE_ACCELERE": "negotiated",
    "CONCURRENTIELLE_NEGOCIATION": "negotiated",
    "DIALOGUE_COMPETITIF": "dialogue",
    "PARTENARIAT_INNOVATION": "innovation",
    "PROCEDURE_ADAPTE": "adapted",
    "PROCEDURE_ADAPTEE": "adapted",
}
_AFTER_SELECTION = ("restricted", "negotiated", "dialogue", "innovation")
_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}


def repair(root: Element) -> None:
    """Mend the texts in place: BOAMP carries apostrophes of Windows and characters escaped two or three times."""
    for element in root.iter():
        words = element.text
        if not words or not isinstance(element.tag, str):
            continue
        for _ in range(3):
            if "&" not in words or html.unescape(words) == words:
                break
            words = html.unescape(words)
        mended = "".join(c for c in words.translate(_WINDOWS) if c in "\t\n\r" or c >= " ")
        if mended != element.text:
            element.text = "".join(c for c in mended if not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")


def read_boamp(root: Element) -> Notice:
    """Read one ANNONCE."""
    repair(root)
    gestion, donnees = xml.first(root, "GESTION"), xml.first(root, "DONNEES")
    about = xml.first(donnees, "OBJET")
    limits = xml.first(donnees, "CONDITION_DELAI")
    procedure = next(
        (
            _PROCEDURES[xml.local(e)]
            for e in xml.each(donnees, "PROCEDURE/TYPE_PROCEDURE/*")
            if xml.local(e) in _PROCEDURES
        ),
        None,
    )
    candidates = values.moment(xml.text(limits, "RECEPT_CANDIDATURES") or xml.text(limits, "RECEPT_CANDIDATURE"))
    deadline = candidates or values.moment(xml.text(limits, "RECEPT_OFFRES"))
    lots = lots_of(donnees, deadline)
    main = [values.cpv(xml.text(e)) for e in xml.each(about, "CPV/PRINCIPAL")]
    # A framework agreement has no total: MONTANT_MAXI is what it may not exceed.
    value = _money(about, "CARACTERISTIQUES/VALEUR_TOTALE", "CARACTERISTIQUES/VALEUR", "VALEUR_TOTALE")
    awards, not_awarded = _awards(donnees, lots)
    return Notice(
        source="boamp",
        id=xml.line(gestion, "REFERENCE/IDWEB"),
        kind=_kind(gestion),
        form=_first_name(gestion, "REFERENCE/TYPE_AVIS/FAMILLE/*"),
        version=None,
        language="fr",
        reference=xml.line(about, "REF_MARCHE"),
        published=values.day(xml.text(gestion, "INDEXATION/DATE_PUBLICATION")),
        buyers=_buyers(donnees),
        title=xml.line(about, "TITRE_MARCHE")
        or xml.line(gestion, "INDEXATION/RESUME_OBJET")
        or xml.line(about, "OBJET_COMPLET"),
        description=xml.text(about, "OBJET_COMPLET"),
        nature=_nature(about),
        procedure=procedure,
        cpv=values.once([*main, *(lot.cpv[0] for lot in lots if lot.cpv)]) if not any(main) else values.once(main),
        nuts=values.once(
            [values.nuts(xml.text(about, "LIEU_EXEC_LIVR/CODE_NUTS")), *(p for lot in lots for p in lot.nuts)]
        ),
        value=value,
        lots=lots,
        deadline=deadline,
        deadline_for=None
        if deadline is None
        else "requests"
        if candidates or procedure in _AFTER_SELECTION
        else "tenders",
        groupings=rules.groupings(
            [xml.text(e) for e in xml.each(donnees, "CONDITION_RELATIVE_MARCHE/FORME_JURIDIQUE")],
            [
                xml.text(e)
                for part in ("CONDITION_PARTICIPATION", "CONDITION_RELATIVE_MARCHE", "RENSEIGNEMENTS_COMPLEMENTAIRES")
                for e in xml.each(donnees, f"{part}/*")
                if xml.local(e) not in ("FORME_JURIDIQUE", "ADRESSES_COMPLEMENTAIRES")
            ],
        ),
        awards=awards,
        not_awarded=not_awarded,
        documents=xml.line(donnees, "IDENTITE/URL_DOCUMENT") or xml.line(donnees, "IDENTITE/URL_PROFIL_ACHETEUR"),
    )


def _first_name(parent: Element | None, path: str) -> str | None:
    found = xml.first(parent, path)
    return xml.local(found) if found is not None else None


def _kind(gestion: Element | None) -> Kind:
    names = [xml.local(e) for part in ("STATUT", "NATURE") for e in xml.each(gestion, f"REFERENCE/TYPE_AVIS/{part}/*")]
    for code, kind in _KINDS:
        if code in names:
            return kind
    return "unknown"


def _nature(about: Element | None) -> str | None:
    codes = {
        "TRAVAUX": "works",
        "FOURNITURE": "supplies",
        "FOURNITURES": "supplies",
        "SERVICE": "services",
        "SERVICES": "services",
    }
    return codes.get(_first_name(about, "TYPE_MARCHE/*") or "")


def _money(parent: Element | None, *paths: str) -> Money | None:
    found = xml.first(parent, *paths)
    return values.money(xml.text(found), xml.attribute(found, "DEVISE") or "EUR")


def _company(block: Element) -> Organisation | None:
    name = xml.line(block, "DENOMINATION")
    if name is None:
        return None
    stated = xml.line(block, "CODE_IDENT_NATIONAL") or xml.line(block, "SIRET")
    return Organisation(
        name=name,
        national_id=stated,
        siren=values.siren(stated),
        postcode=xml.line(block, "CP"),
        town=xml.line(block, "VILLE"),
        nuts=values.nuts(xml.text(block, "CODE_NUTS") or xml.text(block, "ADJUDICATEUR_NUTS")),
        country=values.country(xml.text(block, "PAYS")),
        email=xml.line(block, "MEL"),
        url=xml.line(block, "URL"),
    )


def _buyers(donnees: Element | None) -> tuple[Organisation, ...]:
    return tuple(o for o in map(_company, xml.each(donnees, "IDENTITE")) if o is not None)


def _awards(donnees: Element | None, lots: tuple[Lot, ...]) -> tuple[tuple[Award, ...], tuple[str, ...]]:
    """Each TITULAIRE is a winner of its own, told by the RENSEIGNEMENT after it; BOAMP marks no groupings."""
    found: list[Award] = []
    empty: list[str] = []
    for decision in xml.few(xml.each(donnees, "ATTRIBUTION/DECISION")):
        stated = xml.line(decision, "NUM_LOT") or xml.line(decision, "NUM_MARCHE_LOT")
        lot = lot_named(stated, lots, xml.line(decision, "INTITULE"))
        if (xml.has(decision, "INFRUCTUEUX") or xml.has(decision, "SANS_SUITE")) and lot is not None:
            empty.append(lot)
        winner: Organisation | None = None
        for block in decision.iterchildren():
            if xml.local(block) == "TITULAIRE":
                found += [award_of(lot, [winner], grouping=False)] if winner else []
                winner = _company(block)
            elif xml.local(block) == "RENSEIGNEMENT" and winner is not None:
                day = values.day(xml.text(block, "DATE_ATTRIBUTION"))
                found.append(award_of(lot, [winner], grouping=False, value=_money(block, "MONTANT"), day=day))
                winner = None
        found += [award_of(lot, [winner], grouping=False)] if winner else []
    return tuple(found), without_winner(empty, found)
