"""What the members of an offer to a private client may see of its sums: never what one other company asks."""

from collections.abc import Sequence
from typing import Any

from cordee.engines.competition import may_be_shown
from cordee.offers.models import Bid, BidPart, Variant

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
