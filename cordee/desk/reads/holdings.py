"""What an archive holds of money beyond the common accounts, and what its reader must not find in it.

Prices, invoices and final accounts are a company's own: an archive gives each reader its own, and all of them only to
whoever keeps the money of the grouping.
"""

import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from cordee.agreements.models import Agreement
from cordee.agreements.permissions import seen_by
from cordee.ground.kit.money import euros
from cordee.ground.kit.templatetags.cordee import day, moment
from cordee.ground.people.models import Person
from cordee.ground.signing.models import Ceremony
from cordee.groupings.models import Grouping, Mandate, Seat
from cordee.money.models import CostPool, FinalAccount, FundCall, Invoice, Ledger, LedgerEntry
from cordee.money.permissions import keeps_the_money
from cordee.money.reads import budget_page, fec_of, sheet_of
from cordee.offers.models import Bid, Variant

Table = tuple[str, list[str], list[Sequence[Any]]]


def left_out(grouping: Grouping, seat: Seat, reader: Person) -> set[int]:
    """The documents that this reader must not find.

    Prices of a joint bid go to its assembler alone, and so does an offer, accepted or not: it prices each part, and who
    leads does not see that on screen either. Invoices and final accounts go to their company and to whoever keeps the
    money; a document between some members to them.
    """
    bids = Bid.objects.filter(grouping=grouping)
    offers = Variant.objects.filter(bid__in=bids.exclude(assembler=reader))
    priced = [
        *bids.exclude(assembler=reader).values_list("submission", flat=True),
        *offers.values_list("pdf", flat=True),
        *offers.values_list("ceremony__text", flat=True),  # what the client signed says each part’s price too
        *offers.values_list("ceremony__sealed", flat=True),
        *_between_others(grouping, seat),
    ]
    if keeps_the_money(seat):
        return {each for each in priced if each is not None}
    others = {"seat__grouping": grouping}
    finals = FinalAccount.objects.filter(**others).exclude(seat=seat)
    signed = Ceremony.objects.filter(public_id__in=[each.ceremony for each in finals if each.ceremony])
    invoices = Invoice.objects.filter(grouping=grouping).exclude(seat=seat)
    mandates = Mandate.objects.filter(**others, kind=Mandate.Kind.PREPARES).exclude(seat=seat)
    found = [
        *priced,
        *finals.values_list("text", flat=True),
        *signed.values_list("text", flat=True),
        *signed.values_list("sealed", flat=True),
        *invoices.values_list("pdf", flat=True),
        *mandates.values_list("paper", flat=True),
    ]
    return {each for each in found if each is not None}


def _between_others(grouping: Grouping, seat: Seat) -> list[int | None]:
    """The papers of documents between some members, for whoever is not one of them."""
    apart = Agreement.objects.filter(grouping=grouping).exclude(seen_by([seat]))
    return [*apart.values_list("ceremony__text", flat=True), *apart.values_list("ceremony__sealed", flat=True)]


def money_tables(grouping: Grouping, seat: Seat) -> list[Table]:
    """Budgets, calls for funds, invoices, final accounts: each a table, read by this company."""
    tables = [*_budgets(grouping, seat), _calls(grouping), _invoices(grouping, seat), _finals(grouping, seat)]
    return [table for table in tables if table[2]]


def _budgets(grouping: Grouping, seat: Seat) -> list[Table]:
    head = [_("Poste"), _("Prévu"), _("Engagé"), _("Dépensé"), _("Reste")]
    found: list[Table] = []
    for pool in (
        CostPool.objects.filter(grouping=grouping, headings__isnull=False).distinct().order_by("opened_at", "pk")
    ):
        page = budget_page(pool, seat)
        rows: list[Sequence[Any]] = [
            (
                line.heading.label if line.heading else _("Hors budget"),
                *(euros(each) for each in (line.planned, line.committed, line.spent, line.left)),
            )
            for line in page.lines
        ]
        found.append((_("Budget %(pool)s") % {"pool": f"{_safe(pool.title)} {pool.public_id}"}, head, rows))
    return found


def _calls(grouping: Grouping) -> Table:
    head = [_("Appel"), _("Pour le"), _("Gardé par"), _("Entreprise"), _("Part"), _("État")]
    rows: list[Sequence[Any]] = []
    calls = FundCall.objects.filter(pool__grouping=grouping).select_related("held_by__company").order_by("pk")
    for call in calls.prefetch_related("parts__seat__company"):
        for part in call.parts.all():
            state = _("reçu") if part.received_at else _("versé, à confirmer") if part.paid_at else _("à verser")
            rows.append((call.title, day(call.due_on), call.held_by, part.seat, euros(part.cents), state))
    return _("Appels de fonds"), head, rows


def _invoices(grouping: Grouping, seat: Seat) -> Table:
    head = [_("Date"), _("Numéro"), _("Entreprise"), _("Client"), _("Hors taxes"), _("TVA"), _("Total")]
    issued = Invoice.objects.filter(grouping=grouping, state=Invoice.State.ISSUED).select_related("seat__company")
    if not keeps_the_money(seat):
        issued = issued.filter(seat=seat)
    rows: list[Sequence[Any]] = [
        (day(each.issued_on), each.number, each.seat, each.buyer_name, euros(each.net_cents), euros(each.tax_cents),
         euros(each.signed_gross))
        for each in issued.order_by("issued_on", "pk")
    ]  # fmt: skip
    return _("Factures"), head, rows


def _finals(grouping: Grouping, seat: Seat) -> Table:
    head = [_("Arrêté le"), _("Entreprise"), _("Solde")]
    drawn = FinalAccount.objects.filter(seat__grouping=grouping).select_related("seat__company")
    if not keeps_the_money(seat):
        drawn = drawn.filter(seat=seat)
    rows: list[Sequence[Any]] = [
        (moment(each.drawn_at), each.seat, euros(each.balance)) for each in drawn.order_by("pk")
    ]
    return _("Décomptes définitifs"), head, rows


def ledger_files(grouping: Grouping, *, at: Any) -> dict[str, bytes]:
    """The books of an entity with a legal personality: the FEC and the sheet of each year."""
    ledger = Ledger.objects.filter(grouping=grouping).first()
    if ledger is None:
        return {}
    years = LedgerEntry.objects.filter(ledger=ledger, posted=True).values_list("year", flat=True).distinct()
    files: dict[str, bytes] = {}
    for year in sorted(set(years)):
        for name, content in (fec_of(ledger, year), sheet_of(ledger, year, at=at)):
            files[f"livres/{name}"] = content
    return files


def _safe(name: str) -> str:
    """A name that is safe on every system."""
    return re.sub(r'[\x00-\x1f<>:"/\\|?*]+', "-", name).strip(" .")[:60] or "comptes"
