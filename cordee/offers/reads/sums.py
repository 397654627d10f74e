"""What the members of an offer to a private client may see of its sums: never what one other company asks."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.engines.competition import may_be_shown
from cordee.offers.models import Bid, BidPart, Variant
from cordee.offers.reads.prices import priced_parts

WHOLE = 10_000
"""A price before tax, in the unit of the rates: 2000 stands for 20 %."""


def shown_figures(
    bid: Bid, variants: Sequence[Variant], *, viewer: int, parts: Sequence[BidPart] | None = None
) -> dict[int, dict[str, Any] | None]:
    """For each variant that was sent, the sums that this seat may see; None where a subtraction would tell too much.

    Shape   by key of the variant; what is withheld of the figures is None: « net », « gross »; « rates » is empty.
    Holds   from all that is shown of all variants, and one's own prices, no price of one other company follows; a part
            that was priced again between two variants counts as another price.
    """
    known = {part.public_id: part for part in (bid.parts.all() if parts is None else parts)}
    sent = [one for one in variants if one.state != Variant.State.DRAFT and one.figures]
    sent.sort(key=lambda one: (one.ceremony_id or 0, one.pk))
    owner: dict[str, str] = {}
    asked: list[tuple[int, str, dict[str, int]]] = []
    for one in sent:
        net: dict[str, int] = {}
        rates: dict[int, dict[str, int]] = {}
        for public_id, cents in one.figures["parts"]:
            part, name = known.get(public_id), f"{public_id} {cents}"
            owner[name] = str(part.seat_id) if part else name
            net[name] = WHOLE
            rates.setdefault(part.vat if part else 0, {})[name] = WHOLE
        gross = {name: WHOLE + rate for rate, group in rates.items() for name in group}
        asked += [(one.pk, "net", net), (one.pk, "gross", gross)]
        asked += [(one.pk, "rates", group) for group in rates.values()]
    answers = may_be_shown([sums for _pk, _what, sums in asked], owner, str(viewer))
    quiet: dict[tuple[int, str], bool] = {}
    for (pk, what, _sums), shown in zip(asked, answers, strict=True):
        quiet[pk, what] = quiet.get((pk, what), True) and shown
    return {one.pk: _shown(one.figures, one.pk, quiet) for one in sent}


def _shown(figures: dict[str, Any], pk: int, quiet: dict[tuple[int, str], bool]) -> dict[str, Any] | None:
    if not quiet[pk, "net"]:
        return None
    gross = figures["gross"] if quiet[pk, "gross"] else None
    rates = figures["rates"] if gross is not None and quiet[pk, "rates"] else []
    return {"net": figures["net"], "gross": gross, "days": figures["days"], "rates": rates}


NOBODY = 0
"""A member that has no part in the offer, and so no price of its own to take away."""


def told_total(bid: Bid, net: int | None) -> int | None:
    """The total before tax that every member may be told, in a contract or on a common page; None where it would tell.

    Holds   None with fewer than three companies, after a member left, or where this total beside those shown before
            would tell any member what one other company asks.
    """
    parts = list(bid.parts.all())
    seats = {part.seat_id for part in parts}
    if len(seats) < 3 or bid.members.exclude(left_at=None).exists():
        return None
    if bid.kind == Bid.Kind.TENDER:
        return net
    sent = [one for one in bid.variants.exclude(state=Variant.State.DRAFT) if one.figures]
    last = max(sent, key=lambda one: (one.ceremony_id or 0, one.pk), default=None)
    if last is None or not all(
        shown_figures(bid, sent, viewer=seat, parts=parts)[last.pk] for seat in {*seats, NOBODY}
    ):  # fmt: skip
        return None
    return net


def told_by_sending(bid: Bid, variants: Sequence[Variant]) -> dict[int, str]:
    """For each variant that is not sent yet, what its total would tell once sent, with the way out; none left alone.

    Holds   a sentence names a company only where this variant and another differ by that company's prices alone.
    """
    now = {one.part.public_id: (one.part, one.cents) for one in priced_parts(bid)}
    prices: dict[int, dict[str, int]] = {}
    for one in variants:
        if one.state != Variant.State.DRAFT and one.figures:
            prices[one.pk] = dict(one.figures["parts"])
        else:
            prices[one.pk] = {each: now[each][1] for each in one.parts if each in now}
    company = {public_id: str(part.seat.company) for public_id, (part, _cents) in now.items()}
    owner = {public_id: str(part.seat_id) for public_id, (part, _cents) in now.items()}
    sent = sorted((one for one in variants if one.state != Variant.State.DRAFT), key=lambda one: one.ceremony_id or 0)
    found = {}
    for one in variants:
        if one.state == Variant.State.DRAFT:
            before = [prices[each.pk] for each in sent]
            said = _alone(one, [*sent, *(each for each in variants if each not in sent)], prices, company)
            said = said or _few({owner.get(each, each) for each in prices[one.pk]})
            said = said or _summed(before, prices[one.pk], owner)
            if said:
                found[one.pk] = said
    return found


def _alone(mine: Variant, others: Sequence[Variant], prices: dict[int, dict[str, int]], company: dict[str, str]) -> str:
    """The sentence where this variant and another differ by one company's prices alone."""
    for other in others:
        changed = {each for each, _cents in set(prices[mine.pk].items()) ^ set(prices[other.pk].items())}
        who = {company.get(each, "") for each in changed}
        if other.pk == mine.pk or len(who) != 1:
            continue
        sent = other.state != Variant.State.DRAFT
        words = {"other": other.title, "who": who.pop() or _("une entreprise")}
        first = (
            _("« %(other)s » est déjà partie, et seul le prix de %(who)s change entre les deux.") % words
            if sent
            else _("Si « %(other)s » part aussi, seul le prix de %(who)s change entre les deux.") % words
        )
        return f"{first} {_('La différence des totaux dirait ce prix.')} {_out()}"
    return ""


def _out() -> str:
    return _(
        "Le total envoyé en second ne sera montré à aucun membre, ni écrit d’avance dans un contrat. Pour que tous le "
        "voient, changez aussi la part d’une autre entreprise, ou n’envoyez qu’une des deux."
    )


def _few(companies: set[str]) -> str:
    if not companies or len(companies) > 2:
        return ""
    return ngettext(
        "Une seule entreprise est dans cette variante : son total est son prix, qu’aucun autre membre ne verra.",
        "Deux entreprises seulement sont dans cette variante : son total dirait à chacune le prix de l’autre, et ne "
        "sera pas montré. Mettez-y la part d’une troisième pour que tous le voient.",
        len(companies),
    )


def _summed(before: Sequence[dict[str, int]], mine: dict[str, int], owner: dict[str, str]) -> str:
    """The sentence where this total and several that were sent would together tell a price."""
    sums = [{f"{each} {cents}": WHOLE for each, cents in one.items()} for one in (*before, mine)]
    whose = {f"{each} {cents}": owner.get(each, each) for one in (*before, mine) for each, cents in one.items()}
    if all(may_be_shown(sums, whose, viewer)[-1] for viewer in {*whose.values(), str(NOBODY)}):
        return ""
    return f"{_('Comparé aux totaux déjà envoyés, celui-ci dirait le prix d’une seule entreprise.')} {_out()}"
