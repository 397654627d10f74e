"""An offer to a private client: the catalogue, variants, sending it to be accepted; volumes bought together."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from secrets import token_hex
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from cordee.engines.procurement import Tier, unlocked
from cordee.engines.units import Cents
from cordee.ground.files.acts import keep
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.people.acts import know_person
from cordee.ground.people.models import Actor, Clockwork
from cordee.ground.register.acts import act, address
from cordee.ground.signing.acts import Called, open_ceremony
from cordee.ground.signing.models import Ceremony
from cordee.groupings.acts.at_the_table import acting_seat, living
from cordee.groupings.models import Grouping, Seat
from cordee.offers.acts.bids import at_the_bid, take_part
from cordee.offers.acts.workspace import NotReady, leads_bid, seal_room
from cordee.offers.models import Bid, BidPart, CatalogueItem, Variant, VolumePledge, VolumePool
from cordee.offers.reads.checklist import missing_to_freeze
from cordee.offers.reads.offer import blocks_of, figures_of, fingerprint_of, offer_pdf
from cordee.offers.reads.sums import told_by_sending, told_total

CLOCK = Clockwork()


class LawStops(Refusal):
    """The law keeps this offer from leaving: why, and the way out."""


class WouldTell(Refusal):
    """This total, beside one that was sent, tells one company's price: whoever sends it must know it."""


def add_to_catalogue(grouping: Grouping, *, values: dict[str, Any], by: Actor, at: datetime) -> CatalogueItem:
    """Put something one does again and again in the catalogue; no price stands there.

    Allowed       any member of the grouping, for its own company.
    Refused when  it has no title; the grouping is closed.
    Tells         offers.catalogue.added.
    """
    with act("offers.catalogue.added", book=grouping.book, by=by, at=at) as facts:
        living(grouping)
        seat = acting_seat(grouping, by)
        if not str(values.get("title", "")).strip():
            raise Refusal(_("Dites ce que fait votre entreprise."))
        found = CatalogueItem.objects.create(grouping=grouping, seat=seat, added_at=at, **values)
        facts.on = address(found)
        facts["seat"] = seat.public_id
    return found


def use_item(bid: Bid, item: CatalogueItem, *, by: Actor, at: datetime) -> BidPart:
    """Take a part of one's own from the catalogue into an offer.

    Allowed       the company whose item it is.
    Refused when  it is another's; the team is frozen.
    Tells         offers.item.used, and offers.part.taken.
    """
    with act("offers.item.used", book=bid.book, by=by, at=at, on=bid) as facts:
        fresh, seat = at_the_bid(bid, by)
        if item.seat_id != seat.pk or item.grouping_id != fresh.grouping_id:
            raise NotAllowed(_("Chaque entreprise prend ses propres parts dans le catalogue."))
        values = {name: getattr(item, name) for name in ("tasks", "days", "vat", "optional", "bundle")}
        part = take_part(fresh, title=item.title, values=values, by=by, at=at)
        facts["item"] = item.public_id
    return part


def make_variant(bid: Bid, *, title: str, parts: Sequence[str], by: Actor, at: datetime) -> Variant:
    """Make one way of the offer: which parts are in it.

    Allowed       any member of the grouping.
    Refused when  it has no title or no part; the offer is over.
    Tells         offers.variant.made: how many parts.
    """
    with act("offers.variant.made", book=bid.book, by=by, at=at) as facts:
        fresh, _seat = at_the_bid(bid, by, frozen=True)
        known = set(BidPart.objects.filter(bid=fresh).values_list("public_id", flat=True))
        chosen = [each for each in parts if each in known]
        if not title.strip() or not chosen:
            raise Refusal(_("Une variante a un nom et au moins une part."))
        found = Variant.objects.create(bid=fresh, title=title.strip()[:120], parts=chosen, made_at=at)
        facts.on = address(found)
        facts |= {"bid": fresh.public_id, "parts": len(chosen)}
    return found


def send_offer(
    variant: Variant, *, email: str, name: str, knowing: bool = False, by: Actor, at: datetime
) -> Variant:  # fmt: skip
    """Send one variant to the client: one price, one schedule, one PDF, to accept online from a link.

    Allowed       whoever leads the bid.
    Refused when  the law forbids it (CCMI, L124-3), with the way out; a part has no price; the competition note is not
                  signed; it was sent already; the address is a member's; its total, beside one sent before, would tell
                  one company's price, and nobody said so knowingly.
    Tells         offers.offer.sent: how many parts, working days; no amount; signing.ceremony.opened.
    """
    bid = variant.bid
    client = know_person(email, name=name, by=by, at=at)
    with act("offers.offer.sent", book=bid.book, by=by, at=at, on=variant) as facts:
        fresh, seat = at_the_bid(bid, by, frozen=True)
        leads_bid(fresh, seat)
        mine = Variant.objects.select_for_update().get(pk=variant.pk)
        if mine.state != Variant.State.DRAFT or fresh.variants.filter(state=Variant.State.SENT).exists():
            raise Refusal(_("Une variante est déjà chez le client."), do=_("Attendez sa réponse."))
        seats = Seat.objects.filter(Q(holder=client) | Q(substitute=client), grouping=fresh.grouping)
        if seats.exists() or client.pk == fresh.assembler_id:
            raise Refusal(
                _("Cette adresse est celle d’un membre, pas celle du client."),
                why=_("L’offre qui part dit au client le prix de chaque part."),
                do=_("Écrivez l’adresse du client."),
            )
        missing = missing_to_freeze(fresh)
        if missing:
            raise NotReady(_("L’offre n’est pas encore prête."), why=" ".join(missing[:4]))
        figures = figures_of(fresh, mine)
        if figures is None:
            raise NotReady(_("Une part de cette variante n’a pas encore de prix."))
        stopped = blocks_of(fresh, figures["net"])
        if stopped:
            raise LawStops(stopped[0].why, do=stopped[0].way_out)
        sent = list(fresh.variants.exclude(state=Variant.State.DRAFT))
        telling = told_by_sending(fresh, [*sent, mine]).get(mine.pk) if sent else None
        if telling and not knowing:
            raise WouldTell(
                _("Ce total en dirait trop, à côté d’un autre déjà envoyé."), why=telling,
                do=_("Ou cochez « Envoyer quand même » : l’offre part, son total n’est pas montré aux membres."),
            )  # fmt: skip
        figures["mark"] = token_hex(12)  # nobody can try prices against a digest without it
        pdf = offer_pdf(fresh, mine, figures, at=at, for_client=True)
        mine.figures = figures
        mine.pdf = keep(SimpleUploadedFile(f"offre-{mine.public_id}.pdf", pdf), book=fresh.book, by=by.person, at=at)
        mine.ceremony = open_ceremony(
            book=fresh.book,
            subject=address(mine),
            title=f"{fresh.title} – {mine.title}"[:160],
            pdf=pdf,
            fingerprint=fingerprint_of(fresh, mine, figures),
            called=[Called(client, address(mine), fresh.client or client.name, "", _("client"))],
            expires_at=at + timedelta(days=fresh.valid_days),
            by=by,
            at=at,
        )
        mine.state = Variant.State.SENT
        mine.save()
        fresh.client_person, fresh.total_cents = client, told_total(fresh, figures["net"])
        fresh.state, fresh.submitted_at = Bid.State.SUBMITTED, at
        fresh.save(update_fields=["client_person", "total_cents", "state", "submitted_at"])
        facts |= {"parts": len(mine.parts), "days": figures["days"]}  # no sum: two of them would tell a price
    return mine


def follow_client(variant: Variant, *, at: datetime) -> Variant:
    """Note what the client answered: accepted (sealed) or declined. The offer follows, its prices are sealed.

    Allowed       Cordée itself.
    Refused when  the client has not answered.
    Tells         offers.offer.answered: accepted or declined.
    """
    with act("offers.offer.answered", book=variant.bid.book, by=CLOCK, at=at, on=variant) as facts:
        fresh = (
            Variant.objects.select_for_update(of=("self",))
            .select_related("ceremony", "bid__grouping")
            .get(pk=variant.pk)
        )
        done = {Ceremony.State.SEALED: Variant.State.ACCEPTED, Ceremony.State.DECLINED: Variant.State.DECLINED}
        state = done.get(Ceremony.State(fresh.ceremony.state)) if fresh.ceremony else None
        if state is None or fresh.state != Variant.State.SENT:
            raise Refusal(_("Le client n’a pas encore répondu."))
        fresh.state = state
        fresh.save(update_fields=["state"])
        bid = Bid.objects.select_for_update(of=("self",)).select_related("grouping").get(pk=fresh.bid_id)
        if state == Variant.State.ACCEPTED:
            bid.state, bid.closed_at = Bid.State.WON, at
            bid.why = _("Acceptée par le client.")
            bid.save(update_fields=["state", "closed_at", "why"])
            seal_room(bid, by=CLOCK, at=at)
        else:
            bid.state = Bid.State.PREPARING
            bid.save(update_fields=["state"])
        facts["state"] = str(state)
    return fresh


def open_volume(
    grouping: Grouping,
    *,
    title: str,
    unit: str,
    tiers: Sequence[tuple[int, int]],
    per_day: int | None,
    closes_on: date | None,
    lead_days: int = 0,
    most: int | None = None,
    by: Actor,
    at: datetime,
) -> VolumePool:
    """Open a common purchase: the price tiers of a supplier, to be unlocked by the quantities of all.

    Allowed       any member of the grouping.
    Refused when  there is no title, or the tiers rise or repeat a quantity.
    Tells         offers.volume.opened: how many tiers.
    """
    with act("offers.volume.opened", book=grouping.book, by=by, at=at) as facts:
        living(grouping)
        seat = acting_seat(grouping, by)
        try:
            unlocked([Tier(quantity, Cents(price)) for quantity, price in tiers], {})
        except ValueError:
            raise Refusal(
                _("Ces paliers de prix ne vont pas."), do=_("Donnez des quantités différentes, et un prix qui baisse.")
            ) from None
        if not title.strip():
            raise Refusal(_("Dites ce que vous achetez ensemble."))
        found = VolumePool.objects.create(
            grouping=grouping, title=title.strip()[:160], unit=unit.strip()[:30], tiers=[list(each) for each in tiers],
            per_day=per_day, lead_days=lead_days, most=most, closes_on=closes_on, opened_by=seat, opened_at=at,
        )  # fmt: skip
        facts.on = address(found)
        facts["tiers"] = len(tiers)
    return found


def pledge_volume(pool: VolumePool, quantity: int, *, by: Actor, at: datetime) -> VolumePledge:
    """Commit one's company to a quantity; zero takes it back, until the purchase closes.

    Allowed       any member of the grouping, for its own company.
    Refused when  the day of closing is past; the quantity is negative, or more than the supplier can still deliver.
    Tells         offers.volume.pledged: the quantity.
    """
    with act("offers.volume.pledged", book=pool.grouping.book, by=by, at=at, on=pool) as facts:
        seat = acting_seat(pool.grouping, by)
        if pool.closes_on is not None and at.date() > pool.closes_on:
            raise Refusal(_("Cette commande est close."))
        if not 0 <= quantity <= 10**9:
            raise Refusal(_("Cette quantité ne va pas."), do=_("Écrivez un nombre entier."))
        held = VolumePool.objects.select_for_update().get(pk=pool.pk)
        if held.most is not None:
            others = held.pledges.exclude(seat=seat).aggregate(sum=Sum("quantity"))["sum"] or 0
            if others + quantity > held.most:
                raise Refusal(
                    _("Le fournisseur ne peut pas livrer autant."),
                    do=_("Il reste %(left)s %(unit)s au plus pour vous.")
                    % {"left": max(held.most - others, 0), "unit": held.unit},
                )
        found, _new = VolumePledge.objects.update_or_create(
            pool=pool, seat=seat, defaults={"quantity": quantity, "at": at}
        )
        facts |= {"seat": seat.public_id, "quantity": quantity}
    return found
