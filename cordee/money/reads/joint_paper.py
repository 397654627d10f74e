"""The sheet of a joint contract, printed for the client."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.engines.procurement.paper import Block, Paper, print_paper
from cordee.ground.kit.money import euros
from cordee.ground.kit.words import for_the_papers
from cordee.money.reads.joint import JointContract, JointLine


def paper_of_joint(page: JointContract, *, at: datetime) -> bytes:
    """The sheet that the lead sends to the client, an archival PDF, in the language of the papers."""
    with for_the_papers():
        return print_paper(_paper(page, date_format(localtime(at), "j F Y")), at=localtime(at))


def notes_of(page: JointContract) -> tuple[str, ...]:
    """What the sheet is, and what it does not say; on the page as on paper."""
    said = [
        _("Ce document récapitule des factures ; ce n’est pas une facture."),
        _("Chaque entreprise émet les siennes, elle-même ou par mandat de facturation."),
        _("Les règlements faits depuis n’en sont pas retirés."),
    ]
    if page.handed:
        said.append(
            ngettext(
                "%(n)s facture remise au logiciel d’une entreprise n’y figure pas.",
                "%(n)s factures remises au logiciel d’une entreprise n’y figurent pas.",
                page.handed,
            )
            % {"n": page.handed}
        )
    return tuple(said)


def _paper(page: JointContract, day: str) -> Paper:
    first = page.first
    town = f"{first.buyer.get('postcode', '')} {first.buyer.get('city', '')}".strip()
    place = ", ".join(part for part in (str(first.buyer.get("street", "")), town) if part)
    head: tuple[str, ...] = (_("Pièce"), _("Hors taxes"), _("TVA"), _("TVA comprise"), _("À payer"))
    amounts = (1, 2, 3, 4)
    about = Block("contract", _("Le marché"), (
        (_("Client"), first.buyer_name),
        (_("Adresse"), place or "–"),
        (_("Marché"), first.contract or "–"),
        (_("Groupement"), page.seat.grouping.name),
        (_("Mandataire"), str(page.seat)),
    ), text=(" ".join(notes_of(page)),))  # fmt: skip
    blocks = [about]
    for member in page.members:
        rows = [
            (f"{one.invoice}, {date_format(one.invoice.issued_on, 'j F Y')}", *map(euros, _amounts(one)))
            for one in member.lines
            if one.invoice.issued_on
        ]
        total = (_("Total"), *map(euros, (member.net, member.tax, member.gross, member.asked)))
        blocks.append(Block("member", str(member.seat), head=head, table=(*rows, total), right=amounts))
    if page.deductions:
        table = [(f"{one.company}\u00a0: {one.why}", euros(one.cents)) for one in page.deductions]
        head = (_("Ce qui est déduit"), _("Montant"))
        blocks.append(Block("deductions", _("Déductions"), head=head, table=tuple(table), right=(1,)))
    taxes = [(label, euros(base), euros(tax)) for label, base, tax in page.rates]
    taxes.append((_("Total"), euros(page.net), euros(page.tax)))
    head = (_("Taux"), _("Hors taxes"), _("TVA"))
    blocks.append(Block("vat", _("TVA par taux"), head=head, table=tuple(taxes), right=(1, 2)))
    owed = [(str(one.seat), euros(one.gross), euros(one.deducted), euros(one.due)) for one in page.members]
    owed += [
        (_("%(company)s, paiement direct") % {"company": one.invoice.seat}, "–", euros(-one.due), euros(one.due))
        for one in page.direct
    ]
    owed.append((_("Total"), euros(page.gross), euros(page.gross - page.due), euros(page.due)))
    head = (_("À qui"), _("TVA comprise"), _("Déduit"), _("À payer"))
    blocks.append(Block("owed", _("Ce que le client paie"), head=head, table=tuple(owed), right=(1, 2, 3)))
    if page.shared:
        said = _("Il se règle entre les entreprises et ne change pas ce que paie le client.")
        head = (_("Entreprise"), _("Sa part"))
        parts = tuple((company, euros(cents)) for company, cents in page.shared)
        title = _("Compte prorata, pour mémoire")
        blocks.append(Block("shared", title, head=head, table=parts, right=(1,), text=(said,)))
    return Paper(
        form="",
        title=_("Récapitulatif du marché"),
        brand=page.seat.grouping.name,
        subtitle=str(first.works or first.buyer_name),
        date=_("Arrêté au %(day)s") % {"day": day},
        notice=_("Récapitulatif, ne vaut pas facture."),
        blocks=tuple(blocks),
    )


def _amounts(one: JointLine) -> tuple[int, ...]:
    return one.net, one.tax, one.gross, one.due
