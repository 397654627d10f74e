"""Where one company stands over all the accounts of a grouping, and its final account as figures and on paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.directory.models import Company
from cordee.engines.finals import Row, Section, fingerprint_of, render_final
from cordee.engines.units import MemberId
from cordee.ground.files.models import Document
from cordee.ground.kit.money import euros
from cordee.ground.kit.refusals import NotYours
from cordee.ground.kit.words import for_the_papers
from cordee.ground.people.models import Person
from cordee.ground.register.models import address
from cordee.ground.signing.models import Ceremony, Signatory
from cordee.groupings.models import Grouping, Seat
from cordee.groupings.permissions import may_bind
from cordee.groupings.reads import my_seats
from cordee.money.models import CostPool, FinalAccount, Transfer
from cordee.money.permissions import keeps_the_money
from cordee.money.reads.accounts import accounts_in
from cordee.money.reads.pools import why_page


@dataclass(frozen=True, slots=True)
class PoolStanding:
    """One pool in the account of a company. Units: cents; `left` above zero is to receive."""

    pool: CostPool
    owes: int
    paid: int
    moved: int  # payments of the settlement that the other side confirmed: paid minus received
    left: int
    unsettled: tuple[str, ...]  # what keeps it from being final


@dataclass(frozen=True, slots=True)
class Standing:
    """A company in a grouping: every pool, what is left, and whether anything is still open."""

    seat: Seat
    pools: tuple[PoolStanding, ...]

    @property
    def balance(self) -> int:
        """What is left over all: above zero, it is owed money."""
        return sum(one.left for one in self.pools)

    @property
    def unsettled(self) -> tuple[str, ...]:
        """Everything that may still move the balance."""
        return tuple(said for one in self.pools for said in one.unsettled)


def account_statement(grouping: Grouping, company: Company) -> Standing | None:
    """The account of a company in a grouping, from the balance down to each pool; None for one that has no seat."""
    found = [one for one in standings_of(grouping) if one.seat.company_id == company.pk]
    return found[0] if found else None


def standings_of(grouping: Grouping) -> list[Standing]:
    """The account of every company of a grouping, past members too; in five queries, however many pools there are."""
    pools = accounts_in(grouping)
    moved: dict[tuple[int, int], int] = {}
    for one in Transfer.objects.filter(pool__in=[each.pool for each in pools], received_at__isnull=False):
        for who, cents in ((one.debtor_id, one.cents), (one.creditor_id, -one.cents)):
            moved[one.pool_id, who] = moved.get((one.pool_id, who), 0) + cents
    found: dict[int, list[PoolStanding]] = {}
    for each in pools:
        for seat in each.members:
            account = each.accounts.accounts[MemberId(seat.public_id)]
            went = moved.get((each.pool.pk, seat.pk), 0)
            left = int(account.balance) + went
            standing = PoolStanding(each.pool, int(account.owes), int(account.paid), went, left, each.unsettled)
            found.setdefault(seat.pk, []).append(standing)
    seats = Seat.objects.filter(grouping=grouping).select_related("company", "grouping")
    return [Standing(seat, tuple(found.get(seat.pk, ()))) for seat in seats]


def figures_of_final(standing: Standing) -> dict[str, Any]:
    """Every line as it stands, in words and cents, in the language of the papers: frozen from then on."""
    with for_the_papers():
        pools = []
        for one in standing.pools:
            why = why_page(one.pool, standing.seat)
            lines = [
                {
                    "label": each.line.label,
                    "why": " ; ".join(each.reasons),
                    "cents": -(each.mine + each.vat),
                    "vat": each.vat,
                    "key": each.used.key.public_id if each.used else "",
                }
                for each in (why.lines if why else ())
            ]
            paid = [{"label": line.label, "cents": cents} for line, cents in (why.paid_lines if why else ())]
            pools.append({"title": one.pool.title, "lines": lines, "paid": paid, "moved": one.moved, "left": one.left})
        return {"company": str(standing.seat.company), "pools": pools, "balance": standing.balance}


def pdf_of_final(figures: Mapping[str, Any], grouping: str, *, at: datetime) -> bytes:
    """The paper of a final account, from its frozen figures alone."""
    with for_the_papers():
        sections = []
        for pool in figures["pools"]:
            rows = [Row(line["label"], line["why"], euros(line["cents"], sign=True)) for line in pool["lines"]]
            rows += [Row(line["label"], _("payé ou apporté"), euros(line["cents"], sign=True)) for line in pool["paid"]]
            if pool["moved"]:
                rows.append(Row(_("Virements confirmés"), "", euros(pool["moved"], sign=True)))
            rows.append(Row(_("Reste"), "", euros(pool["left"], sign=True), strong=True))
            sections.append(Section(pool["title"], tuple(rows)))
        balance = figures["balance"]
        words = {"company": figures["company"], "amount": euros(abs(balance))}
        lead = (
            _("%(company)s doit recevoir %(amount)s.")
            if balance > 0
            else _("%(company)s doit payer %(amount)s.")
            if balance < 0
            else _("%(company)s ne doit rien et n’attend rien.")
        )
        return render_final(
            title=_("Décompte définitif"),
            grouping=grouping,
            company=figures["company"],
            at=localtime(at),
            day=date_format(localtime(at), "j F Y"),
            lead=lead % words,
            sections=sections,
            notes=[
                _("Un signe moins : à la charge de l’entreprise. Un signe plus : en sa faveur."),
                _("Les signataires reconnaissent ces comptes pour définitifs entre eux."),
            ],
            fingerprint=fingerprint_of(figures),
            fingerprint_label=_("Empreinte des chiffres :"),
        )


@dataclass(frozen=True, slots=True)
class FinalsPage:
    """The accounts of a grouping, as one seat may see them: its own; all, for whoever keeps the money."""

    seat: Seat
    standings: tuple[Standing, ...]
    finals: tuple[tuple[FinalAccount, Ceremony | None], ...]
    may_bind: bool


def finals_page(seat: Seat, person: Person) -> FinalsPage:
    """The standing of this seat, or of every seat for the treasurer or the coordinator; and what was drawn up."""
    everyone = keeps_the_money(seat)
    standings = [one for one in standings_of(seat.grouping) if everyone or one.seat.pk == seat.pk]
    finals = list(_finals(seat, everyone=everyone))
    sent = [one.ceremony for one in finals if one.ceremony]
    ceremonies = {one.public_id: one for one in Ceremony.objects.filter(public_id__in=sent)} if sent else {}
    return FinalsPage(
        seat=seat,
        standings=tuple(standings),
        finals=tuple((one, ceremonies.get(one.ceremony)) for one in finals),
        may_bind=may_bind(person, seat),
    )


def finals_of(seat: Seat) -> QuerySet[FinalAccount]:
    """The final accounts that a seat may read: its own, or all of its grouping when it keeps the money."""
    return _finals(seat, everyone=keeps_the_money(seat))


def _finals(seat: Seat, *, everyone: bool) -> QuerySet[FinalAccount]:
    rows = FinalAccount.objects.select_related("seat__company", "seat__grouping", "text")
    if everyone:
        return rows.filter(seat__grouping=seat.grouping_id)
    return rows.filter(seat=seat)


def final_account(grouping: Grouping, company: Company) -> FinalAccount | None:
    """The last final account drawn up for a company in a grouping."""
    rows = FinalAccount.objects.filter(seat__grouping=grouping, seat__company=company)
    return rows.select_related("seat__company", "text").first()


@dataclass(frozen=True, slots=True)
class FinalPage:
    """One final account: its frozen figures, who signs it, and my own signature where it is awaited."""

    final: FinalAccount
    seat: Seat
    ceremony: Ceremony | None
    signatories: tuple[Signatory, ...]
    mine: Signatory | None
    may_send: bool


def final_page(person: Person, public_id: str, *, voice: str = "") -> FinalPage:
    """A final account, for its company, for whoever keeps the money, and for whoever is asked to sign it."""
    rows = FinalAccount.objects.select_related("seat__company", "seat__grouping", "text", "drawn_by__company")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise NotYours
    ceremony = Ceremony.objects.filter(public_id=found.ceremony).first() if found.ceremony else None
    signatories = tuple(ceremony.signatories.select_related("person")) if ceremony else ()
    called = {one.seat for one in signatories if one.person_id == person.pk}
    for seat in my_seats(person).filter(grouping=found.seat.grouping_id):
        reads_it = seat.pk == found.seat_id or address(seat) in called or keeps_the_money(seat)
        if reads_it and voice in ("", seat.public_id):
            mine = [one for one in signatories if one.person_id == person.pk]
            waiting = [one for one in mine if one.state == Signatory.State.WAITING]
            is_open = ceremony is not None and ceremony.state == Ceremony.State.OPEN
            return FinalPage(
                final=found,
                seat=seat,
                ceremony=ceremony,
                signatories=signatories,
                mine=waiting[0] if waiting and is_open else None,
                may_send=ceremony is None and (seat.pk == found.seat_id or keeps_the_money(seat)),
            )
    raise NotYours


def paper_of_final(final: FinalAccount) -> Document:
    """The paper to hand over: sealed once all have signed, as it was printed until then."""
    ceremony = Ceremony.objects.select_related("sealed").filter(public_id=final.ceremony).first()
    return ceremony.sealed if ceremony and ceremony.sealed else final.text
