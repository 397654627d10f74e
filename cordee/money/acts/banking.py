"""The account on which a company is paid, its bank statement read, its payments confirmed from it."""

import hashlib
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from cordee.directory.models import Company
from cordee.engines.payments import Unreadable, iban_of, match, read_statement
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.kit.words import language
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.groupings.acts.at_the_table import acting_seat
from cordee.groupings.models import Seat
from cordee.groupings.permissions import binds_company
from cordee.money.acts.paid import mark_paid
from cordee.money.acts.pools import confirm_payment
from cordee.money.models import BankAccount, BankRow, BankStatement, Invoice, Transfer
from cordee.money.reads import awaited_payments


class BadAccount(Refusal):
    """The account number does not hold."""


class BadStatement(Refusal):
    """The file is no statement, or was read already."""


def give_account(company: Company, *, holder: str, iban: str, bic: str = "", by: Actor, at: datetime) -> BankAccount:
    """Give the account on which a company is paid. Only whoever has to pay it will read it.

    Allowed       who may bind the company.
    Refused when  the account number is wrong.
    Tells         money.account.given: that it was given, never the number.
    """
    with act("money.account.given", book=company.book, by=by, at=at, on=company) as facts:
        if not binds_company(by.person, company):
            raise NotAllowed(_("Seul le représentant de l’entreprise donne son compte bancaire."))
        try:
            number = iban_of(iban)
        except Unreadable as wrong:
            raise BadAccount(wrong.say(language())) from None
        known = BankAccount.objects.filter(company=company).exists()
        account, _made = BankAccount.objects.update_or_create(
            company=company,
            defaults={
                "holder": holder.strip()[:70] or company.name[:70],
                "iban": number,
                "bic": bic.replace(" ", "").upper()[:11],
                "given_by": by.person,
                "given_at": at,
            },
        )
        facts["changed"] = known
    return account


def bring_statement(seat: Seat, upload: UploadedFile, *, by: Actor, at: datetime) -> BankStatement:
    """Read a bank statement and propose which movement is which payment. The other movements are not kept.

    Allowed       who may bind the company, for its own payments.
    Refused when  the file is no statement, or was read already.
    Tells         money.statement.brought: how many movements were read, how many recognised; no amount, no name.
    """
    with act("money.statement.brought", book=seat.company.book, by=by, at=at) as facts:
        mine = acting_seat(seat.grouping, by)
        if mine.pk != seat.pk:
            raise NotAllowed(_("Chaque entreprise lit son propre relevé."))
        content = upload.read()
        digest = hashlib.sha256(content).hexdigest()
        try:
            movements = read_statement(content)
        except Unreadable as wrong:
            raise BadStatement(_("Ce relevé ne se lit pas."), why=wrong.say(language())) from None
        if BankStatement.objects.filter(seat=mine, digest=digest).exists():
            raise BadStatement(_("Ce relevé est déjà lu."), do=_("Ses paiements reconnus sont plus bas."))
        statement = BankStatement.objects.create(
            seat=mine, name=(upload.name or "")[-160:], digest=digest, brought_at=at
        )
        expected, awaited = awaited_payments(mine)
        found = match(movements, expected)
        for one in found:
            movement = movements[one.place]
            BankRow.objects.create(
                statement=statement,
                booked_on=movement.on,
                cents=movement.cents,
                label=" ".join(part for part in (movement.name, movement.text) if part)[:300],
                why=one.why,
                **{"invoice" if isinstance(awaited[one.key], Invoice) else "proposed": awaited[one.key]},
            )
        facts.on = address(statement)
        facts |= {"movements": len(movements), "recognised": len(found)}
    return statement


def confirm_row(row: BankRow, *, by: Actor, at: datetime) -> Transfer | Invoice:
    """Confirm that a movement is the payment that it seems to be, of a transfer or of an invoice.

    Allowed       the company whose statement it is.
    Refused when  it is confirmed already, or the payment cannot be confirmed.
    Tells         money.transfer.confirmed, or money.invoice.paid.
    """
    known = BankRow.objects.select_related("proposed__pool__grouping", "invoice__grouping", "invoice__seller")
    fresh = known.get(pk=row.pk)
    if not fresh.confirmed_at and fresh.invoice:
        return mark_paid(fresh.invoice, on=fresh.booked_on, cents=fresh.cents, row=fresh, by=by, at=at)
    if fresh.confirmed_at or fresh.proposed is None:
        raise BadStatement(_("Ce mouvement est déjà confirmé."))
    transfer = confirm_payment(fresh.proposed, by=by, at=at)
    BankRow.objects.filter(pk=fresh.pk).update(confirmed_at=at)
    return transfer
