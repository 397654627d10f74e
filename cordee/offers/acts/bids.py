"""A joint bid: opened, its terms, who leads, who assembles, who does what, when."""

from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.engines.procurement import retro_plan
from cordee.ground.kit.refusals import NotAllowed, Refusal, Stale
from cordee.ground.people.acts import know_person
from cordee.ground.people.models import Actor, Person
from cordee.ground.register.acts import act, address
from cordee.groupings.acts.at_the_table import acting_seat
from cordee.groupings.models import Grouping, Office, Seat
from cordee.offers.models import Bid, BidMember, BidPart, BidRequirement, BidStep, Need, NeedLot, Pursuit

_TERMS = (
    "title client client_address reference nature liability lead_liable single_account negotiated deadline mission "
    "brand conditions valid_days starts_on building new_house plan_by_group cooperative direction"
)
TERMS = _TERMS.split()
"""What the members may change in a bid as long as its team is not frozen."""


class BidFrozen(Refusal):
    """The team and the terms no longer change."""


class BidOver(Refusal):
    """Won, lost or abandoned: it is read, it does not change."""


class OneBidPerLot(Refusal):
    """This company already answers this lot elsewhere, or leads another answer."""


class TwoHats(Refusal):
    """The same person would read the secrets of two answers to one tender."""


def at_the_bid(bid: Bid, by: Actor, *, frozen: bool = False) -> tuple[Bid, Seat]:
    """Re-read a bid to change it, with the seat that acts. `frozen`: whether it may be done on a frozen one."""
    fresh = (
        Bid.objects.select_for_update(of=("self",))
        .select_related("grouping", "need", "lead__company", "assembler")
        .get(pk=bid.pk)
    )
    seat = acting_seat(fresh.grouping, by)
    if not fresh.living:
        raise BidOver(_("Cette offre est terminée : elle se lit, elle ne change plus."))
    if fresh.state != Bid.State.PREPARING and not frozen:
        raise BidFrozen(
            _("L’équipe et les termes de cette offre sont figés."),
            do=_("Pour remplacer un membre, demandez un changement : la page dit dans quels cas."),
        )
    return fresh, seat


def open_bid(
    grouping: Grouping,
    *,
    kind: str,
    title: str = "",
    need: Need | None = None,
    client: str = "",
    by: Actor,
    at: datetime,
) -> Bid:
    """Open the place where a joint bid is prepared: a tender's, from its need, or an offer to a private client.

    Allowed       any member of the grouping.
    Refused when  the grouping does not look at this need, or already prepares its answer; it has no title.
    Tells         offers.bid.opened: which kind, the need.
    """
    with act("offers.bid.opened", book=grouping.book, by=by, at=at) as facts:
        seat = acting_seat(grouping, by)
        if need is not None and not Pursuit.objects.filter(need=need, grouping=grouping).exists():
            raise NotAllowed(_("Votre groupement ne regarde pas cette occasion."))
        if need is not None and Bid.objects.filter(need=need, grouping=grouping, kind=kind).exists():
            raise Refusal(_("La réponse à ce marché est déjà ouverte."), do=_("Retrouvez-la dans « Offres »."))
        if not (title.strip() or need):
            raise Refusal(_("Une offre a un titre."), do=_("Dites en quelques mots ce que vous proposez."))
        lead = Office.objects.filter(grouping=grouping, role=Office.Role.COORDINATOR, until=None).first()
        bid = Bid(grouping=grouping, kind=kind, need=need, opened_by=seat, opened_at=at, brand=grouping.name[:120])
        bid.title = (title.strip() or (need.title if need else ""))[:200]
        bid.client = (client.strip() or (need.client if need else ""))[:200]
        bid.lead = lead.seat if lead else None
        bid.contact = bid.lead
        if need is not None:
            bid.deadline, bid.reference = need.deadline, need.notice_id
            natures = {"works": "works", "supplies": "supplies", "services": "services"}
            bid.nature = natures.get(str(need.reading.get("nature") or ""), "works")
        bid.save()
        if need is not None:
            _take_requirements(bid, need)
        if bid.deadline is not None:
            _plan(bid, at)
        facts.on = address(bid)
        facts |= {"kind": kind, "need": need.public_id if need else ""}
    return bid


def _take_requirements(bid: Bid, need: Need) -> None:
    """What the notice states, as lines to hold against the team."""
    lots = list(NeedLot.objects.filter(need=need))
    most = max((lot.turnover_cents or 0 for lot in lots), default=0)
    marks = dict.fromkeys(mark for lot in lots for mark in lot.certificates)
    rows = [BidRequirement(bid=bid, kind="certificate", label=mark[:160]) for mark in marks]
    if most:
        rows.append(BidRequirement(bid=bid, kind="turnover", minimum=most))
    BidRequirement.objects.bulk_create(rows)


def _plan(bid: Bid, at: datetime) -> None:
    """The steps back from the deadline; those that are done stay done."""
    if bid.deadline is None:
        return
    for step in retro_plan(localtime(bid.deadline).date(), localtime(at).date()):
        known, new = BidStep.objects.get_or_create(bid=bid, code=step.code, defaults={"day": step.day})
        if not new and known.done_at is None and known.day != step.day:
            known.day = step.day
            known.save(update_fields=["day"])


def set_terms(bid: Bid, *, values: dict[str, Any], version: int, by: Actor, at: datetime) -> Bid:
    """Say what the bid is: its client, its deadline, conjoint or joint and several, how one is paid, its conditions.

    Allowed       any member of the grouping.
    Refused when  the team is frozen; somebody changed it in between (both values are shown).
    Tells         offers.bid.changed: the names of what changed.
    """
    with act("offers.bid.changed", book=bid.book, by=by, at=at, on=bid) as facts:
        fresh, _seat = at_the_bid(bid, by)
        changed = sorted(name for name in values if name in TERMS and getattr(fresh, name) != values[name])
        if fresh.version != version:
            raise Stale(
                _("Quelqu’un vient de modifier cette offre."),
                theirs={name: str(getattr(fresh, name)) for name in changed},
                yours={name: str(values[name]) for name in changed},
            )
        for name in changed:
            setattr(fresh, name, values[name])
        fresh.version += 1
        fresh.save()
        if "deadline" in changed:
            _plan(fresh, at)
        facts |= {"changed": " ".join(changed), "version": fresh.version}
    return fresh


def name_roles(
    bid: Bid, *, lead: Seat | None, assembler: str, contact: Seat | None, deputy: Seat | None, by: Actor, at: datetime
) -> Bid:
    """Name who leads, who assembles the prices (a member or a neutral person, by e-mail), who the client speaks to.

    Allowed       any member of the grouping; the choice stands in the register.
    Refused when  somebody named is no member; the company already leads another answer to this tender (R2142-23);
                  the assembler's address is a shared mailbox, or they read the secrets of another answer to it.
    Tells         offers.bid.roles: who leads, who is the contact and the deputy, that the assembler changed.
    """
    person = know_person(assembler, by=by, at=at) if assembler.strip() else None
    with act("offers.bid.roles", book=bid.book, by=by, at=at, on=bid) as facts:
        fresh, _seat = at_the_bid(bid, by)
        for one in (lead, contact, deputy):
            if one is not None and (one.grouping_id != fresh.grouping_id or one.state != Seat.State.MEMBER):
                raise Refusal(_("Cette entreprise n’est pas membre."), do=_("Choisissez un membre du groupement."))
        if person is not None and person.shared_mailbox:
            raise Refusal(
                _("Une boîte partagée ne peut pas assembler les prix."), do=_("Nommez une personne, par son adresse.")
            )
        if lead is not None and same_tender(fresh).filter(lead__company=lead.company).exists():
            raise OneBidPerLot(
                _("%(company)s est déjà mandataire d’une autre réponse à ce marché.") % {"company": lead.company},
                why=_("Une entreprise ne peut être mandataire que d’un groupement par marché (CCP R2142-23)."),
            )
        if person is not None:
            one_hat(fresh, person)
        facts["assembler_changed"] = fresh.assembler_id != (person.pk if person else None)
        fresh.lead, fresh.assembler, fresh.contact, fresh.deputy = lead, person, contact, deputy
        fresh.version += 1
        fresh.save()
        facts |= {
            "lead": lead.public_id if lead else "",
            "contact": contact.public_id if contact else "",
            "deputy": deputy.public_id if deputy else "",
        }
    return fresh


def same_tender(bid: Bid) -> Any:
    """Other living answers, of any grouping, to the same tender."""
    others = Bid.objects.filter(kind=Bid.Kind.TENDER).exclude(pk=bid.pk)
    others = others.exclude(state__in=[Bid.State.ABANDONED, Bid.State.LOST])
    if bid.need is None:
        return others.none()
    if bid.need.notice_id:
        return others.filter(need__notice_id=bid.need.notice_id)
    return others.filter(need=bid.need)


def one_hat(bid: Bid, person: Person) -> None:
    """Nobody reads the secrets of two answers to one tender."""
    others = same_tender(bid).filter(Q(assembler=person) | Q(room_members__person=person))
    if others.exists():
        raise TwoHats(
            _("%(name)s lit déjà les secrets d’une autre réponse à ce marché.") % {"name": person},
            do=_("Nommez quelqu’un d’autre : une personne ne porte pas deux casquettes."),
        )


def hand_over(bid: Bid, *, until: date | None, by: Actor, at: datetime) -> Bid:
    """Hand the client over to the deputy until a day, or take it back (no day).

    Allowed       the contact, its deputy, whoever leads.
    Refused when  there is no deputy; the day is past.
    Tells         offers.contact.handed_over: until when.
    """
    with act("offers.contact.handed_over", book=bid.book, by=by, at=at, on=bid) as facts:
        fresh, seat = at_the_bid(bid, by, frozen=True)
        if seat.pk not in (fresh.contact_id, fresh.deputy_id, fresh.lead_id):
            raise NotAllowed(_("Seuls l’interlocuteur, son suppléant et le mandataire passent le relais."))
        if until is not None and fresh.deputy_id is None:
            raise Refusal(_("Il n’y a pas encore de suppléant."), do=_("Nommez-le d’abord."))
        if until is not None and until < localtime(at).date():
            raise Refusal(_("Cette date est passée."), do=_("Choisissez le jour du retour."))
        fresh.away_until = until
        fresh.save(update_fields=["away_until"])
        facts["until"] = until.isoformat() if until else ""
    return fresh


def take_part(
    bid: Bid, *, title: str, lot: NeedLot | None = None, values: dict[str, Any] | None = None, by: Actor, at: datetime
) -> BidPart:
    """Say what one's company does in the bid: of which lot, which tasks, how long, after what.

    Allowed       the company itself, by whoever commits it.
    Refused when  the team is frozen; the company already bids for this lot, here or in another answer.
    Tells         offers.part.taken: which lot.
    """
    with act("offers.part.taken", book=bid.book, by=by, at=at) as facts:
        fresh, seat = at_the_bid(bid, by)
        if lot is not None:
            _one_bid_per_lot(fresh, lot, seat)
        part = BidPart(bid=fresh, seat=seat, lot=lot, title=title.strip()[:200] or (str(lot) if lot else "")[:200])
        if not part.title:
            raise Refusal(_("Une part a un titre."), do=_("Dites ce que fait votre entreprise."))
        _set_part(part, values or {})
        part.save()
        BidMember.objects.get_or_create(bid=fresh, seat=seat)
        facts.on = address(part)
        facts |= {"bid": fresh.public_id, "lot": lot.rank if lot else 0, "seat": seat.public_id}
    return part


def _one_bid_per_lot(bid: Bid, lot: NeedLot, seat: Seat) -> None:
    if lot.need_id != bid.need_id:
        raise Refusal(_("Ce lot n’est pas de ce marché."))
    parts = BidPart.objects.filter(seat__company=seat.company, lot__ident=lot.ident)
    if parts.filter(bid=bid).exists() or parts.filter(bid__in=same_tender(bid)).exists():
        raise OneBidPerLot(
            _("%(company)s répond déjà au lot %(lot)s.") % {"company": seat.company, "lot": lot.mark},
            why=_("Une entreprise ne fait qu’une offre par lot, seule ou en groupement."),
            do=_("Retirez l’autre réponse, ou choisissez un autre lot."),
        )


def _set_part(part: BidPart, values: dict[str, Any]) -> None:
    for name in ("title", "tasks", "days", "vat", "optional", "bundle"):
        if name in values and values[name] is not None:
            setattr(part, name, values[name])
    if "days" in values and values["days"] is None:
        part.days = None
    if "after" in values:
        known = set(BidPart.objects.filter(bid_id=part.bid_id).exclude(pk=part.pk).values_list("public_id", flat=True))
        part.after = [each for each in values["after"] if each in known]


def change_part(part: BidPart, *, values: dict[str, Any], version: int, by: Actor, at: datetime) -> BidPart:
    """Correct one's part.

    Allowed       the company whose part it is.
    Refused when  the team is frozen; somebody changed it in between.
    Tells         offers.part.changed.
    """
    with act("offers.part.changed", book=part.bid.book, by=by, at=at, on=part) as facts:
        fresh, seat = at_the_bid(part.bid, by)
        mine = own_part(part, seat)
        if mine.version != version:
            raise Stale(
                _("Quelqu’un vient de modifier cette part."),
                theirs={_("Titre"): mine.title},
                yours={_("Titre"): str(values.get("title", ""))},
            )
        _set_part(mine, values)
        mine.version += 1
        mine.save()
        facts |= {"bid": fresh.public_id, "version": mine.version}
    return mine


def own_part(part: BidPart, seat: Seat) -> BidPart:
    """Re-read a part, for the company whose part it is."""
    fresh = BidPart.objects.select_for_update(of=("self",)).select_related("bid__grouping").get(pk=part.pk)
    if fresh.seat_id != seat.pk:
        raise NotAllowed(_("Cette part est celle de %(company)s.") % {"company": part.seat.company})
    return fresh


def drop_part(part: BidPart, *, by: Actor, at: datetime) -> None:
    """Take one's part back; the company leaves the bid with its last part.

    Allowed       the company whose part it is.
    Refused when  the team is frozen.
    Tells         offers.part.dropped.
    """
    with act("offers.part.dropped", book=part.bid.book, by=by, at=at, on=part) as facts:
        fresh, seat = at_the_bid(part.bid, by)
        own_part(part, seat).delete()
        for other in BidPart.objects.filter(bid=fresh):
            if part.public_id in other.after:
                other.after = [each for each in other.after if each != part.public_id]
                other.save(update_fields=["after"])
        if not BidPart.objects.filter(bid=fresh, seat=seat).exists():
            BidMember.objects.filter(bid=fresh, seat=seat).delete()
        facts["bid"] = fresh.public_id


def finish_step(bid: Bid, code: str, *, done: bool = True, by: Actor, at: datetime) -> BidStep:
    """Note that a step of the planning is done, or not after all.

    Allowed       any member of the grouping.
    Refused when  there is no such step; the bid is over.
    Tells         offers.step.finished: which one, done or not.
    """
    with act("offers.step.finished", book=bid.book, by=by, at=at, on=bid) as facts:
        fresh, seat = at_the_bid(bid, by, frozen=True)
        step = BidStep.objects.filter(bid=fresh, code=code).first()
        if step is None:
            raise Refusal(_("Cette étape n’est pas dans le planning."))
        step.done_at, step.seat = (at, seat) if done else (None, None)
        step.save(update_fields=["done_at", "seat"])
        facts |= {"step": code, "done": done}
    return step
