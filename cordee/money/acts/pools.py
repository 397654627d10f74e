"""Opening a pool, writing its lines, adopting its key, settling it."""

from datetime import datetime, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db.models import F
from django.utils.translation import gettext as _

from cordee.governance.acts import propose_resolution
from cordee.governance.models import Ballot, DecisionType
from cordee.ground.files.acts import keep
from cordee.ground.kit.money import euros, hundredths
from cordee.ground.kit.refusals import NotAllowed, Refusal, Stale
from cordee.ground.kit.words import for_the_papers
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import By, act, address
from cordee.groupings.acts.at_the_table import acting_seat
from cordee.groupings.models import Grouping, Seat
from cordee.money import permissions
from cordee.money.models import CostPool, KeyKind, PoolLine, PoolShare, SharingKey, Transfer
from cordee.money.reads import figures_of, lines_of, settlement_of, split

VOTE_LENGTH = timedelta(days=7)


class PoolSettled(Refusal):
    """The pool is settled: nothing changes any more."""


class FiguresMissing(Refusal):
    """The key needs figures that are not known yet."""


class NothingToShare(Refusal):
    """The pool has no line."""


class KeyBeingVoted(Refusal):
    """One key at a time: two adopted together would contradict each other."""


class NotSettleable(Refusal):
    """No key is adopted, or a line has no payer."""


def open_pool(
    grouping: Grouping, *, title: str, unit: str = "", seats: list[Seat] | None = None, by: Actor, at: datetime
) -> CostPool:
    """Open a pool of common costs, for all members or for some of them.

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
        pool = CostPool.objects.create(grouping=grouping, title=title, unit=unit, opened_by=seat, opened_at=at)
        PoolShare.objects.bulk_create([PoolShare(pool=pool, seat=one) for one in chosen])
        facts.on = address(pool)
        facts["members"] = len(chosen)
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
) -> PoolLine:
    """Write a cost into the pool, with its receipt.

    Allowed       any member of the pool.
    Refused when  the pool is settled; the payer is not in the pool; the amount is zero.
    Tells         money.line.added: amount, payer's seat, digest of the receipt.
    """
    with act("money.line.added", book=pool.grouping.book, by=by, at=at) as facts:
        fresh, seat = _open_pool(pool, by)
        if cents == 0:
            raise Refusal(_("Un montant de zéro ne se partage pas."))
        if paid_by is not None and not fresh.members.filter(seat=paid_by).exists():
            raise Refusal(_("Cette entreprise ne prend pas part à ces dépenses."))
        kept = keep(receipt, book=fresh.grouping.book, by=by.person, at=at) if receipt else None
        line = PoolLine.objects.create(
            pool=fresh, label=label, cents=cents, paid_by=paid_by, receipt=kept, added_by=seat, added_at=at
        )
        facts.on = address(line)
        facts |= {"pool": fresh.public_id, "cents": cents, "paid_by": paid_by.public_id if paid_by else ""}
        facts["receipt"] = kept.digest if kept else ""
    return line


def strike_line(line: PoolLine, *, by: Actor, at: datetime) -> PoolLine:
    """Strike a line out; it stays readable, it no longer counts.

    Allowed       who wrote it, who paid it, the treasurer or the coordinator.
    Refused when  the pool is settled, or the line is struck out already.
    Tells         money.line.struck.
    """
    with act("money.line.struck", book=line.pool.grouping.book, by=by, at=at, on=line) as facts:
        seat = _open_pool(line.pool, by)[1]
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
        fresh = _open_pool(pool, by)[0]
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


def propose_key(pool: CostPool, *, kind: str, by: Actor, at: datetime) -> Ballot:
    """Put a sharing key to the vote, with what each would pay.

    Allowed       any member of the pool.
    Refused when  the pool is settled or empty; a figure that the key reads is not known; a key is being voted.
    Tells         money.key.proposed, and governance.ballot.opened.
    """
    with act("money.key.proposed", book=pool.grouping.book, by=by, at=at) as facts:
        fresh, seat = _open_pool(pool, by)
        members = list(fresh.members.select_related("seat__company"))
        if not fresh.lines.filter(struck_at=None).exists():
            raise NothingToShare(_("Il n’y a rien à partager."), do=_("Ajoutez d’abord une dépense."))
        if _key_being_voted(fresh):
            raise KeyBeingVoted(
                _("Une clé de ces comptes est déjà au vote."), do=_("Attendez le résultat, ou votez contre.")
            )
        figures = figures_of(kind, members)
        missing = [str(member.seat) for member in members if figures[member.seat.public_id] is None]
        if missing:
            raise FiguresMissing(
                _("Il manque des chiffres pour cette clé : %(who)s.") % {"who": ", ".join(missing)},
                do=_("Renseignez-les dans « Qui utilise quoi »."),
            )
        if any(figures.values()) or kind == KeyKind.EQUAL:
            key = SharingKey.objects.create(pool=fresh, kind=kind, figures=figures, proposed_by=seat, proposed_at=at)
        else:
            raise FiguresMissing(_("Tous les chiffres sont à zéro."), do=_("Renseignez « Qui utilise quoi »."))
        with for_the_papers():
            label = str(KeyKind(kind).label).lower()
            title = _("Partager « %(pool)s » : %(key)s") % {"pool": fresh.title, "key": label}
            text = _shares_text(fresh, key)
        ballot = propose_resolution(
            fresh.grouping,
            title=title,
            text=text,
            decision_type=DecisionType.SHARING_KEY,
            closes_at=at + VOTE_LENGTH,
            effect="key",
            effect_on=address(key),
            by=by,
            at=at,
        )
        facts.on = address(key)
        facts |= {"pool": fresh.public_id, "kind": kind, "figures": figures, "ballot": ballot.public_id}
    return ballot


def _key_being_voted(pool: CostPool) -> bool:
    keys = [address(key) for key in pool.keys.all()]
    return Ballot.objects.filter(closed_at=None, resolution__effect="key", resolution__effect_on__in=keys).exists()


def _shares_text(pool: CostPool, key: SharingKey) -> str:
    lines = lines_of(pool)
    names = {member.seat.public_id: str(member.seat) for member in pool.members.select_related("seat__company")}
    accounts = split(lines, key.figures, key.kind).accounts
    rows = [
        _("%(company)s : %(amount)s") % {"company": names[seat], "amount": euros(account.owes)}
        for seat, account in accounts.items()
    ]
    head = _("Total à partager : %(total)s, %(key)s.") % {
        "total": euros(sum(line.cents for line in lines)),
        "key": str(KeyKind(key.kind).label).lower(),
    }
    return "\n".join([head, *rows])


def adopt_key(key: SharingKey, *, by_decision: str, by: By, at: datetime) -> SharingKey:
    """Put a key in force, as the members voted it.

    Allowed       the effect of an adopted resolution.
    Refused when  the pool is settled.
    Tells         money.key.adopted: which key, by which resolution.
    """
    with act("money.key.adopted", book=key.pool.grouping.book, by=by, at=at, on=key) as facts:
        pool = CostPool.objects.select_for_update().get(pk=key.pool_id)
        if pool.state == CostPool.State.SETTLED:
            raise PoolSettled(_("Ces comptes sont soldés."))
        again = SharingKey.objects.select_for_update().get(pk=key.pk)
        again.adopted_at, again.by_decision = at, by_decision
        again.save(update_fields=["adopted_at", "by_decision"])
        facts |= {"pool": pool.public_id, "kind": again.kind, "figures": again.figures, "by_decision": by_decision}
    return again


def settle_pool(pool: CostPool, *, by: Actor, at: datetime) -> list[Transfer]:
    """Settle a pool by its adopted key, with the fewest payments.

    Allowed       who opened it, the treasurer, the coordinator.
    Refused when  no key is adopted; a line has no payer; it is settled already.
    Tells         money.pool.settled: the payments, in cents, by seat.
    """
    with act("money.pool.settled", book=pool.grouping.book, by=by, at=at, on=pool) as facts:
        fresh, seat = _open_pool(pool, by)
        if not permissions.may_settle(fresh, seat):
            raise NotAllowed(_("Seuls l’auteur de ces comptes, la trésorerie ou le mandataire les soldent."))
        key = fresh.keys.filter(adopted_at__isnull=False).order_by("-adopted_at").first()
        if key is None:
            raise NotSettleable(_("Aucune clé n’est adoptée."), do=_("Proposez une clé au vote."))
        unpaid = fresh.lines.filter(struck_at=None, paid_by=None).first()
        if unpaid is not None:
            raise NotSettleable(
                _("« %(line)s » n’a pas de payeur.") % {"line": unpaid.label},
                do=_("Dites qui a payé, ou rayez la ligne."),
            )
        seats = {member.seat.public_id: member.seat for member in fresh.members.select_related("seat")}
        found = settlement_of(fresh, key)
        transfers = [
            Transfer.objects.create(
                pool=fresh, debtor=seats[one.payer], creditor=seats[one.payee], cents=one.cents, made_at=at
            )
            for one in found.transfers
        ]
        fresh.state = CostPool.State.SETTLED
        fresh.save(update_fields=["state"])
        facts["transfers"] = [
            {"from": one.debtor.public_id, "to": one.creditor.public_id, "cents": one.cents} for one in transfers
        ]
    return transfers


def confirm_payment(transfer: Transfer, *, by: Actor, at: datetime) -> Transfer:
    """Say that one paid, or that one was paid: each side its own word.

    Allowed       the debtor, then the creditor; the creditor may confirm at once.
    Refused when  one has said so already.
    Tells         money.transfer.confirmed: which side, how much.
    """
    with act("money.transfer.confirmed", book=transfer.pool.grouping.book, by=by, at=at, on=transfer) as facts:
        fresh = Transfer.objects.select_for_update().select_related("pool__grouping").get(pk=transfer.pk)
        seat = acting_seat(fresh.pool.grouping, by)
        if not permissions.may_confirm(fresh, seat):
            raise NotAllowed(_("Seules les deux entreprises concernées confirment ce paiement."))
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


def _open_pool(pool: CostPool, by: Actor) -> tuple[CostPool, Seat]:
    """Re-read a pool inside the lock, with the seat that acts on it."""
    fresh = CostPool.objects.select_for_update().select_related("grouping").get(pk=pool.pk)
    seat = acting_seat(fresh.grouping, by)
    if not fresh.members.filter(seat=seat).exists():
        raise NotAllowed(_("Votre entreprise ne prend pas part à ces dépenses."))
    if fresh.state == CostPool.State.SETTLED:
        raise PoolSettled(_("Ces comptes sont soldés."), do=_("Ouvrez-en de nouveaux pour une autre dépense."))
    return fresh, seat
