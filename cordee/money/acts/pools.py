"""Opening a pool, writing its lines, noting who uses what, settling it."""

from collections.abc import Mapping
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db.models import F
from django.utils.translation import gettext as _

from cordee.ground.files.acts import clean_photo, keep
from cordee.ground.kit.money import euros, hundredths
from cordee.ground.kit.refusals import NotAllowed, Refusal, Stale
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.groupings.acts.at_the_table import acting_seat
from cordee.groupings.models import Grouping, Seat
from cordee.money import permissions
from cordee.money.acts.at_the_pool import open_pool_of, write_line
from cordee.money.models import Commitment, CostPool, Heading, Nature, PoolLine, PoolShare, Transfer
from cordee.money.reads import accounts_of, settlement_of


class NotSettleable(Refusal):
    """No key is adopted, a line has no payer, or something is contested."""


class BadSplit(Refusal):
    """The parts written on a cost do not make the cost."""


def open_pool(
    grouping: Grouping,
    *,
    title: str,
    unit: str = "",
    review_days: int = 0,
    seats: list[Seat] | None = None,
    by: Actor,
    at: datetime,
) -> CostPool:
    """Open a pool of common costs, for all members or for some of them.

    With `review_days`, a cost counts once another company approved it, or after so many days without a dispute.

    Allowed       any member.
    Refused when  a company is not a member of the grouping, or fewer than two take part.
    Tells         money.pool.opened: how many take part.
    """
    with act("money.pool.opened", book=grouping.book, by=by, at=at) as facts:
        seat = acting_seat(grouping, by)
        everybody = list(Seat.objects.filter(grouping=grouping, state=Seat.State.MEMBER))
        chosen = everybody if seats is None else seats
        if len(chosen) < 2 or any(one not in everybody for one in chosen):
            raise Refusal(_("Il faut au moins deux membres pour partager un coût."))
        pool = CostPool.objects.create(
            grouping=grouping, title=title, unit=unit, review_days=review_days, opened_by=seat, opened_at=at
        )
        PoolShare.objects.bulk_create([PoolShare(pool=pool, seat=one) for one in chosen])
        facts.on = address(pool)
        facts |= {"members": len(chosen)} | ({"review_days": review_days} if review_days else {})
    return pool


def add_line(
    pool: CostPool,
    *,
    label: str,
    cents: int,
    paid_by: Seat | None,
    by: Actor,
    at: datetime,
    receipt: UploadedFile | None = None,
    nature: str = Nature.PLAIN,
    vat_rate: int = 0,
    heading: Heading | None = None,
    commitment: Commitment | None = None,
    split: str = PoolLine.Split.KEY,
    parts: Mapping[str, int] | None = None,
) -> PoolLine:
    """Write a cost into the pool, with its receipt; the key in force on that day governs it.

    Allowed       any member of the pool.
    Refused when  the pool is settled; the payer is not in the pool; the amount is zero; the parts do not make the
                  amount; a débours has no receipt, or a re-invoicing no payer.
    Tells         money.line.added: amount, payer's seat, digest of the receipt, its key if one governs it already.
    """
    with act("money.line.added", book=pool.grouping.book, by=by, at=at) as facts:
        fresh, seat = open_pool_of(pool, by)
        if cents == 0:
            raise Refusal(_("Un montant de zéro ne se partage pas."))
        if paid_by is not None and not fresh.members.filter(seat=paid_by).exists():
            raise Refusal(_("Cette entreprise ne prend pas part à ces dépenses."))
        if heading is not None and heading.pool_id != fresh.pk:
            raise Refusal(_("Ce poste n’est pas dans ce budget."))
        if nature == Nature.PASS_THROUGH and receipt is None:
            raise Refusal(
                _("Un débours se prouve au centime."),
                do=_("Joignez la facture, établie au nom de qui la supporte."),
            )
        if nature == Nature.REBILLED and paid_by is None:
            raise Refusal(_("Qui refacture cette dépense ? Dites qui l’a payée."))
        kept = keep(clean_photo(receipt), book=fresh.grouping.book, by=by.person, at=at) if receipt else None
        line = write_line(
            PoolLine(
                pool=fresh,
                label=label,
                cents=cents,
                paid_by=paid_by,
                receipt=kept,
                added_by=seat,
                nature=nature,
                vat_rate=vat_rate if nature == Nature.REBILLED else 0,
                heading=heading or (commitment.heading if commitment else None),
                commitment=commitment,
                split=split,
                parts=_parts(fresh, split, parts or {}, cents),
            ),
            at=at,
        )
        facts.on = address(line)
        facts |= {"pool": fresh.public_id, "cents": cents, "paid_by": paid_by.public_id if paid_by else ""}
        facts |= {"receipt": kept.digest if kept else "", "nature": nature, "split": split, "state": line.state}
        facts["key"] = line.key.public_id if line.key else ""
    return line


def _parts(pool: CostPool, split: str, parts: Mapping[str, int], cents: int) -> dict[str, int]:
    """The parts written on a cost, when they make it; by the key there are none."""
    if split == PoolLine.Split.KEY:
        return {}
    known = set(pool.members.values_list("seat__public_id", flat=True))
    given = {seat: value for seat, value in parts.items() if value}
    if not given or set(given) - known or any(value < 0 for value in given.values()):
        raise BadSplit(_("Dites qui prend quelle part de cette dépense."))
    total = sum(given.values())
    if split == PoolLine.Split.PERCENT and total != 10_000:
        raise BadSplit(
            _("Les pourcentages font %(sum)s, pas 100.") % {"sum": hundredths(total)}, do=_("Corrigez-en un.")
        )
    if split == PoolLine.Split.AMOUNT and total != abs(cents):
        raise BadSplit(
            _("Les montants font %(sum)s, la dépense %(total)s.") % {"sum": euros(total), "total": euros(abs(cents))},
            do=_("Corrigez-en un."),
        )
    return given


def strike_line(line: PoolLine, *, by: Actor, at: datetime) -> PoolLine:
    """Strike a line out; it stays readable, it no longer counts.

    Allowed       who wrote it, who paid it, the treasurer or the coordinator.
    Refused when  the pool is settled, or the line is struck out already.
    Tells         money.line.struck.
    """
    with act("money.line.struck", book=line.pool.grouping.book, by=by, at=at, on=line) as facts:
        seat = open_pool_of(line.pool, by)[1]
        again = PoolLine.objects.select_for_update().get(pk=line.pk)
        if not permissions.may_strike(again, seat):
            raise NotAllowed(_("Seul l’auteur de la ligne, celui qui l’a payée ou la trésorerie peut la rayer."))
        if again.struck_at:
            raise Refusal(_("Cette ligne est déjà rayée."))
        again.struck_at = at
        again.save(update_fields=["struck_at"])
        facts |= {"pool": line.pool.public_id, "cents": again.cents}
    return again


def note_use(
    pool: CostPool, *, rows: dict[str, tuple[int | None, int | None]], version: int, by: Actor, at: datetime
) -> CostPool:
    """Note, for each member, how much it uses and what it would pay alone (hundredths of the unit, cents).

    Allowed       any member of the pool.
    Refused when  the pool is settled; somebody changed the figures in between (both versions are shown).
    Tells         money.use.noted: the figures, by seat.
    """
    with act("money.use.noted", book=pool.grouping.book, by=by, at=at, on=pool) as facts:
        fresh = open_pool_of(pool, by)[0]
        members = {member.seat.public_id: member for member in fresh.members.select_related("seat__company")}
        if fresh.version != version:
            raise Stale(
                _("Quelqu’un vient de modifier ces chiffres."),
                theirs={str(member.seat): _figures(member.use, member.alone_cents) for member in members.values()},
                yours={str(members[key].seat): _figures(*value) for key, value in rows.items() if key in members},
            )
        for key, (use, alone) in rows.items():
            if key in members:
                members[key].use, members[key].alone_cents = use, alone
                members[key].save(update_fields=["use", "alone_cents"])
        CostPool.objects.filter(pk=fresh.pk).update(version=F("version") + 1)
        facts["use"] = {key: value[0] for key, value in rows.items() if key in members and value[0] is not None}
        facts["alone"] = {key: value[1] for key, value in rows.items() if key in members and value[1] is not None}
    return fresh


def _figures(use: int | None, alone: int | None) -> str:
    said = [hundredths(use) if use is not None else "–", euros(alone) if alone is not None else "–"]
    return " ; ".join(said)


def settle_pool(pool: CostPool, *, by: Actor, at: datetime, along: bool = False) -> list[Transfer]:
    """Settle a pool by its keys: with the fewest payments, or only between companies that owe each other already.

    Allowed       who opened it, the treasurer, the coordinator.
    Refused when  a cost has no key or no payer, waits for an approval, or is contested; it is settled already.
    Tells         money.pool.settled: the payments, in cents, by seat.
    """
    with act("money.pool.settled", book=pool.grouping.book, by=by, at=at, on=pool) as facts:
        fresh, seat = open_pool_of(pool, by)
        if not permissions.may_settle(fresh, seat):
            raise NotAllowed(_("Seuls l’auteur de ces comptes, la trésorerie ou le mandataire les soldent."))
        waiting = fresh.lines.filter(struck_at=None).exclude(state=PoolLine.State.POSTED).first()
        if waiting is not None:
            raise NotSettleable(
                _("« %(line)s » n’est pas encore comptée : elle est %(state)s.")
                % {"line": waiting.label, "state": waiting.get_state_display()},
                do=_("Faites-la approuver, répondez à la contestation, ou rayez-la."),
            )
        unpaid = fresh.lines.filter(struck_at=None, paid_by=None).first()
        if unpaid is not None:
            raise NotSettleable(
                _("« %(line)s » n’a pas de payeur.") % {"line": unpaid.label},
                do=_("Dites qui a payé, ou rayez la ligne."),
            )
        accounts = accounts_of(fresh)
        if accounts.waiting:
            raise NotSettleable(
                _("Aucune clé votée ne partage « %(line)s ».") % {"line": accounts.waiting[0].label},
                do=_("Proposez une clé au vote."),
            )
        if not accounts.lines:
            raise NotSettleable(_("Il n’y a rien à solder."), do=_("Ajoutez d’abord une dépense."))
        seats = {member.seat.public_id: member.seat for member in fresh.members.select_related("seat")}
        found = settlement_of(fresh, along=along)
        transfers = [
            Transfer.objects.create(
                pool=fresh, debtor=seats[one.payer], creditor=seats[one.payee], cents=one.cents, made_at=at
            )
            for one in found.transfers
        ]
        fresh.state = CostPool.State.SETTLED
        fresh.save(update_fields=["state"])
        facts["along"] = along
        facts["transfers"] = [
            {"from": one.debtor.public_id, "to": one.creditor.public_id, "cents": one.cents} for one in transfers
        ]
    return transfers


def confirm_payment(transfer: Transfer, *, by: Actor, at: datetime) -> Transfer:
    """Say that one paid, or that one was paid: each side its own word.

    Allowed       the debtor, then the creditor; the creditor may confirm at once.
    Refused when  one has said so already; the payment is contested.
    Tells         money.transfer.confirmed: which side, how much.
    """
    with act("money.transfer.confirmed", book=transfer.pool.grouping.book, by=by, at=at, on=transfer) as facts:
        fresh = Transfer.objects.select_for_update().select_related("pool__grouping").get(pk=transfer.pk)
        seat = acting_seat(fresh.pool.grouping, by)
        if not permissions.may_confirm(fresh, seat):
            raise NotAllowed(_("Seules les deux entreprises concernées confirment ce paiement."))
        if fresh.disputes.filter(outcome="").exists():
            raise Refusal(
                _("Ce paiement est contesté."), do=_("Répondez à la contestation, ou attendez qu’elle soit close.")
            )
        side = "paid" if seat.pk == fresh.debtor_id else "received"
        if getattr(fresh, f"{side}_at"):
            raise Refusal(_("Vous l’avez déjà confirmé."))
        setattr(fresh, f"{side}_at", at)
        setattr(fresh, f"{side}_by", by.person)
        if side == "received" and fresh.paid_at is None:
            fresh.paid_at = at
        fresh.save()
        facts |= {"side": side, "cents": fresh.cents, "pool": fresh.pool.public_id}
    return fresh
