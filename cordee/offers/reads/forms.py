# ruff: noqa: E501 — one block of a form a line
"""The forms of a tender filled from the cards: DC1, DC2, DC4, ATTRI1 as named blocks, ESPD answers."""

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cordee.directory.models import Company, Place
from cordee.engines import espd
from cordee.engines.procurement.paper import Block, Paper
from cordee.engines.units import Cents
from cordee.ground.kit.money import euros
from cordee.offers.keys import open_price
from cordee.offers.models import Bid, BidMember, BidPart, NeedLot, Reference, Subcontract, YearFigure
from cordee.offers.models import Paper as CompanyPaper
from cordee.offers.reads.competition import members_in
from cordee.offers.reads.prices import PricedPart

NOTICE = (
    "Modèle rempli par Cordée d’après les fiches : à relire avant dépôt. Les lettres suivent le formulaire en vigueur."
)


def _head(company: Company) -> Place | None:
    return Place.objects.filter(company=company).order_by("-is_head", "pk").first()


def address_of(company: Company) -> str:
    """Street, postcode and town of the head office."""
    place = _head(company)
    return ", ".join(part for part in (place.street, str(place)) if part) if place else ""


def _buyer(bid: Bid) -> Block:
    return Block(
        "buyer", _("Identification de l’acheteur"), ((_("Acheteur"), bid.client), (_("Référence"), bid.reference))
    )


def _subject(bid: Bid) -> Block:
    return Block("subject", _("Objet de la consultation"), ((_("Objet"), bid.title),))


def _identity(member: BidMember) -> tuple[tuple[str, str], ...]:
    company, place = member.seat.company, _head(member.seat.company)
    return (
        (_("Dénomination"), company.name),
        (_("Forme juridique"), company.legal_form),
        (_("Adresse"), address_of(company)),
        (_("SIRET"), (place.siret if place else "") or (company.siren or "")),
        (_("Représentant"), member.seat.holder.name),
        (_("Adresse électronique"), member.seat.holder.email),
        (_("Téléphone"), member.seat.holder.phone),
    )


def lots_in(bid: Bid) -> list[NeedLot]:
    """The lots that somebody answers."""
    return list(NeedLot.objects.filter(pk__in=BidPart.objects.filter(bid=bid).values("lot")).order_by("rank"))


def _parts(bid: Bid) -> dict[int, list[BidPart]]:
    found: dict[int, list[BidPart]] = {}
    for part in bid.parts.select_related("lot", "seat__company"):
        found.setdefault(part.seat_id, []).append(part)
    return found


def dc1(bid: Bid) -> Paper:
    """The letter of candidacy of the whole group, one for all."""
    members, parts, lots = members_in(bid), _parts(bid), lots_in(bid)
    rows = tuple(
        (
            str(one.seat.company),
            ", ".join(part.lot.mark for part in parts.get(one.seat_id, []) if part.lot) or "–",
            " ; ".join(part.tasks or part.title for part in parts.get(one.seat_id, [])),
        )
        for one in members
    )
    form = str(Bid.Liability(bid.liability).label)
    lead = next((one for one in members if one.seat_id == bid.lead_id), None)
    declared = tuple(
        _("%(company)s déclare sur l’honneur n’entrer dans aucun cas d’exclusion (CCP L2141-1 à L2141-5 et L2141-7 à L2141-10), le %(day)s.")
        % {"company": one.seat.company, "day": date_format(one.declared_at, "j F Y")}
        for one in members
        if one.declared_at
    )  # fmt: skip
    return Paper(
        "dc1",
        _("Lettre de candidature du groupement"),
        bid.brand or bid.grouping.name,
        "DC1",
        notice=NOTICE,
        blocks=(
            _buyer(bid),
            _subject(bid),
            Block("object", _("Objet de la candidature"), ((_("Lots"), ", ".join(lot.mark for lot in lots) or _("le marché")),)),
            Block("candidate", _("Présentation du candidat"), (
                (_("Groupement"), form),
                (_("Mandataire solidaire"), _("oui") if bid.lead_liable else _("non")),
            )),
            Block("members", _("Membres et répartition des prestations"), head=(_("Membre"), _("Lots"), _("Prestations")), table=rows),
            Block("commitments", _("Engagements de chaque membre"), text=declared),
            Block("lead", _("Mandataire"), _identity(lead) if lead else ()),
        ),
    )  # fmt: skip


def dc2(bid: Bid, member: BidMember) -> Paper:
    """The declaration of one member: who it is, what it can."""
    company = member.seat.company
    figures = list(YearFigure.objects.filter(company=company))[-3:]
    unknown = "–"
    money = tuple(
        (str(each.year), unknown if each.turnover_cents is None else euros(each.turnover_cents), unknown if each.staff is None else str(each.staff))
        for each in figures
    )  # fmt: skip
    references = tuple(
        (each.what, each.client, unknown if each.amount_cents is None else euros(each.amount_cents), str(each.end.year) if each.end else unknown)
        for each in Reference.objects.filter(company=company)
    )  # fmt: skip
    papers = CompanyPaper.objects.filter(company=company)
    insured = tuple(
        (str(each), date_format(each.valid_to, "j F Y") if each.valid_to else "") for each in papers if each.kind in ("insurance", "ten_year")
    )  # fmt: skip
    marks = [each.label for each in papers if each.kind == "certificate"] + [
        each.label for each in company.certificates.all()
    ]
    small = espd_operator(member).size
    return Paper(
        "dc2",
        _("Déclaration du membre du groupement"),
        bid.brand or bid.grouping.name,
        f"DC2 – {company.name}",
        notice=NOTICE,
        blocks=(
            _buyer(bid),
            _subject(bid),
            Block("identity", _("Identification"), (*_identity(member), (_("PME"), _("non") if small == "large" else _("oui")))),
            Block("aptitude", _("Aptitude à exercer"), ((_("Registre"), f"SIREN {company.siren or ''}"),)),
            Block("economic", _("Capacité économique et financière"), insured, (_("Exercice"), _("Chiffre d’affaires HT"), _("Effectif")), money, (1, 2)),
            Block("technical", _("Capacité technique"), ((_("Certificats"), ", ".join(dict.fromkeys(marks))),), (_("Référence"), _("Client"), _("Montant"), _("Fin")), references, (2, 3)),
        ),
    )  # fmt: skip


def dc4(bid: Bid, one: Subcontract, *, amount: bool) -> Paper:
    """The declaration of one subcontractor. `amount`: whether its reader may see the amount."""
    cents = open_price(bid.public_id, one.sealed)
    shown = euros(cents) if amount else _("communiqué par l’assembleur")
    return Paper(
        "dc4",
        _("Déclaration de sous-traitance"),
        bid.brand or bid.grouping.name,
        f"DC4 – {one.name}",
        notice=NOTICE,
        blocks=(
            _buyer(bid),
            _subject(bid),
            Block("declaration", _("Objet de la déclaration"), ((_("Type"), _("annexe à l’offre")),)),
            Block("holder", _("Soumissionnaire"), ((_("Dénomination"), one.seat.company.name), (_("SIREN"), one.seat.company.siren or ""))),
            Block("subcontractor", _("Sous-traitant"), (
                (_("Dénomination"), one.name), (_("SIREN"), one.siren), (_("Adresse"), one.address),
                (_("Représentant"), one.representative),
                (_("Paiement direct"), _("oui") if one.direct_payment else _("non")),
            )),
            Block("work", _("Prestations sous-traitées"), ((_("Nature"), one.work),)),
            Block("price", _("Prix"), ((_("Montant maximal HT"), shown),)),
            Block("payment", _("Conditions de paiement"), ((_("Compte à créditer"), ""),)),
            Block("capacity", _("Capacités du sous-traitant"), ((_("Pièces jointes"), ""),)),
            Block("honour", _("Attestation sur l’honneur du sous-traitant"), ((_("Date et signature"), ""),)),
            Block("assignment", _("Cession ou nantissement des créances"), ((_("Exemplaire unique ou certificat de cessibilité"), ""),)),
            Block("signatures", _("Acceptation et agrément"), ((_("Soumissionnaire"), ""), (_("Acheteur"), ""))),
        ),
    )  # fmt: skip


def attri1(bid: Bid, lot: NeedLot | None, priced: Iterable[PricedPart], readable: set[int]) -> Paper:
    """The act of engagement for one lot. Amounts of parts that its reader may not read are not written."""
    rows, total, known = [], 0, True
    members = {one.seat_id: one for one in members_in(bid)}
    for one in priced:
        if one.part.lot_id != (lot.pk if lot else None):
            continue
        total += one.cents
        mine = one.part.pk in readable
        known = known and mine
        rows.append(
            (
                str(one.part.seat.company),
                one.part.tasks or one.part.title,
                euros(one.cents) if mine else _("prix chez l’assembleur"),
            )
        )
    shown = euros(total) if known else _("prix chez l’assembleur")
    accounts = tuple((str(one.seat.company), one.iban) for one in members.values())
    single = members.get(bid.lead_id or 0)
    return Paper(
        "attri1",
        _("Acte d’engagement"),
        bid.brand or bid.grouping.name,
        f"ATTRI1 – {lot}" if lot else "ATTRI1",
        notice=NOTICE,
        blocks=(
            Block("subject", _("Objet"), ((_("Consultation"), bid.title), (_("Lot"), str(lot) if lot else ""))),
            Block("engagement", _("Engagement"), ((_("Prix hors taxes"), shown), (_("Mandataire"), str(bid.lead.company) if bid.lead else ""))),
            Block("group", _("Groupement et répartition"), ((_("Forme"), str(Bid.Liability(bid.liability).label)),), (_("Membre"), _("Prestations"), _("Montant HT")), tuple(rows), (2,)),
            Block("account", _("Comptes à créditer"), ((str(single.seat.company), single.iban),) if bid.single_account and single else accounts),
            Block("advance", _("Avance"), ((_("Avance"), ""),)),
            Block("duration", _("Durée"), ((_("Mois"), str(lot.months) if lot and lot.months else ""),)),
            Block("signatures", _("Signatures"), tuple((str(one.seat.company), "") for one in members.values())),
            Block("buyer", _("Acheteur"), ((_("Acheteur"), bid.client), (_("Signature"), ""))),
        ),
    )  # fmt: skip


def espd_operator(member: BidMember) -> espd.Operator:
    """A member as its ESPD shows it, from its card."""
    company, place = member.seat.company, _head(member.seat.company)
    figures = list(YearFigure.objects.filter(company=company))
    insurance = CompanyPaper.objects.filter(company=company, kind="insurance").exclude(amount_cents=None).first()
    return espd.Operator(
        name=company.name,
        siren=company.siren or "",
        street=place.street if place else "",
        postcode=place.postcode if place else "",
        city=place.city if place else "",
        contact=member.seat.holder.name,
        email=member.seat.holder.email,
        phone=member.seat.holder.phone,
        turnover=tuple(espd.YearFigure(each.year, each.turnover_cents) for each in figures if each.turnover_cents is not None),
        staff=tuple(espd.YearFigure(each.year, each.staff) for each in figures if each.staff is not None),
        references=tuple(
            espd.Reference(each.what, each.client, None if each.amount_cents is None else Cents(each.amount_cents), each.start, each.end)
            for each in Reference.objects.filter(company=company)
        ),
        insured=Cents(insurance.amount_cents) if insurance and insurance.amount_cents else None,
        certificates=tuple(company.certificates.values_list("label", flat=True)),
        representative=member.seat.holder.name,
    )  # fmt: skip


def espd_answers(bid: Bid, member: BidMember, *, on: date) -> list[espd.Response]:
    """One ESPD answer per lot that this member bids for; the lead names everybody."""
    members = members_in(bid)
    parts = bid.parts.filter(seat=member.seat).select_related("lot")
    lots = list(dict.fromkeys(part.lot.ident if part.lot else "LOT-0000" for part in parts))
    role: espd.Role = "group-lead" if member.seat_id == bid.lead_id else "group-mem"
    below = tuple((each.name, each.siren) for each in bid.subcontracts.filter(seat=member.seat))
    return [
        espd.Response(
            buyer=espd.Buyer(bid.client or "-", bid.reference or bid.public_id, bid.title),
            operator=espd_operator(member),
            role=role,
            lot=lot,
            issued=on,
            group=bid.brand or bid.grouping.name,
            others=tuple(f"{one.seat.company.name} {one.seat.company.siren or ''}".strip() for one in members if one != member),
            subcontractors=below,
            nature=bid.nature,  # type: ignore[arg-type]
            declared=member.declared_at is not None,
        )
        for lot in lots
    ]  # fmt: skip
