# ruff: noqa: E501 — one block of the paper a line
"""An offer to a private client in figures: one price, VAT by rate, one schedule; its guarantees; its PDF."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.engines.calendar import add_business_days
from cordee.engines.procurement import Block as Stop
from cordee.engines.procurement import Cover, Row, Work, blocks, matrix
from cordee.engines.procurement.paper import Block, Paper, print_paper
from cordee.engines.schedule import Loop, Part, Plan, plan
from cordee.engines.units import Cents
from cordee.ground.kit.money import euros, hundredths
from cordee.ground.kit.words import for_the_papers, language
from cordee.offers.models import Bid, BidPart, Guarantee, Variant
from cordee.offers.reads.competition import members_in
from cordee.offers.reads.prices import priced_parts

USUAL_DAYS = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """One part in the schedule."""

    part: BidPart
    start: int
    end: int
    slack: int
    first: date | None
    last: date | None

    @property
    def critical(self) -> bool:
        return self.slack == 0


@dataclass(frozen=True, slots=True)
class Schedule:
    """The whole schedule; `problem` names the parts that wait for each other."""

    bars: tuple[Bar, ...]
    days: int
    problem: str = ""


def schedule_of(bid: Bid, chosen: set[str] | None = None) -> Schedule:
    """The critical path over the parts that are in (all, or those of a variant)."""
    parts = [
        part
        for part in bid.parts.select_related("seat__company").order_by("id")
        if chosen is None or part.public_id in chosen
    ]
    ids = {part.public_id for part in parts}
    asked = [
        Part(part.public_id, part.days or USUAL_DAYS, tuple(each for each in part.after if each in ids))
        for part in parts
    ]
    by_id = {part.public_id: part for part in parts}
    try:
        found: Plan = plan(asked)
    except Loop as loop:
        return Schedule((), 0, " → ".join(by_id[each].title for each in loop.ids))
    bars = []
    for slot in found.slots:
        first = last = None
        if bid.starts_on is not None:
            first = add_business_days(bid.starts_on, slot.start) if slot.start else bid.starts_on
            last = add_business_days(bid.starts_on, max(slot.end - 1, slot.start)) if slot.end > 1 else first
        bars.append(Bar(by_id[slot.id], slot.start, slot.end, slot.slack, first, last))
    return Schedule(tuple(bars), found.days)


def figures_of(bid: Bid, variant: Variant) -> dict[str, Any] | None:
    """Before tax, tax by rate, with tax, working days; None while a part lacks its price. Each rate rounds once."""
    chosen = set(variant.parts)
    found = [one for one in priced_parts(bid) if one.part.public_id in chosen]
    if not found or any(not one.lines for one in found):
        return None
    bases: dict[int, int] = {}
    for one in found:
        bases[one.part.vat] = bases.get(one.part.vat, 0) + one.cents
    rates = [[rate, base, (base * rate + 5000) // 10000] for rate, base in sorted(bases.items())]
    net = sum(bases.values())
    return {
        "net": net,
        "rates": rates,
        "gross": net + sum(tax for _rate, _base, tax in rates),
        "days": schedule_of(bid, chosen).days,
        "parts": [[one.part.public_id, one.cents] for one in found],
    }


def blocks_of(bid: Bid, net: int) -> tuple[Stop, ...]:
    """What the law finds missing in this offer."""
    parts = list(bid.parts.prefetch_related("lines"))
    return blocks(
        Work(
            building=bid.building,
            total=Cents(net),
            owner=f"{bid.client} {bid.client_address}".strip() if bid.client and bid.client_address else "",
            parts_named=all(part.tasks.strip() or part.title.strip() for part in parts),
            parts_priced=all(part.lines.all() for part in parts),
            solidarity={"conjoint": "no", "solidaire": "yes"}.get(bid.liability, "unsaid"),  # type: ignore[arg-type]
            lead_named=bid.lead_id is not None,
            lead_mission=bid.mission,
            direction=bid.direction,
            new_house=bid.new_house,
            plan_by_group=bid.plan_by_group,
            cooperative=bid.cooperative,
        ),
        language(),
    )


def guarantees_of(bid: Bid, *, on: date) -> tuple[Row, ...]:
    """The matrix of guarantees beside a house builder's contract."""
    members = members_in(bid)
    names = {one.seat.company_id: str(one.seat.company) for one in members}
    covers = [
        Cover(one.kind, names[one.company_id], one.start, one.end, one.proof_id is not None, one.insurer)
        for one in Guarantee.objects.filter(company__in=names)
    ]
    if bid.contact is not None:
        covers.append(Cover("contact", str(bid.contact.company), None, None, True))
    start = bid.starts_on or on
    end = start + timedelta(days=int(schedule_of(bid).days * 7 / 5))
    return matrix(list(names.values()), covers, start=start, end=end, lang=language())


def offer_pdf(bid: Bid, variant: Variant, figures: Mapping[str, Any], *, at: datetime, for_client: bool) -> bytes:
    """The one PDF of the offer, under the common brand. Each part's price stands in it for the client alone."""
    with for_the_papers():
        return print_paper(_offer_paper(bid, variant, figures, at=at, for_client=for_client), at=at)


def _offer_paper(
    bid: Bid, variant: Variant, figures: Mapping[str, Any], *, at: datetime, for_client: bool
) -> Paper:  # fmt: skip
    chosen, prices = set(variant.parts), dict(figures.get("parts", []))
    schedule = schedule_of(bid, chosen)
    parts = [part for part in bid.parts.select_related("seat__company") if part.public_id in chosen]
    until = date_format(localtime(at + timedelta(days=bid.valid_days)), "j F Y")
    rows = tuple(
        (part.title, str(part.seat.company), *((euros(prices[part.public_id]),) if for_client else ()))
        for part in parts
    )
    money = [(_("Total hors taxes"), euros(figures["net"]))]
    money += [
        (_("TVA %(rate)s %%") % {"rate": hundredths(rate)}, euros(tax)) for rate, _base, tax in figures.get("rates", [])
    ]
    if figures["gross"] is not None:
        money.append((_("Total à payer, TVA comprise"), euros(figures["gross"])))
    when = tuple(
        (
            bar.part.title,
            date_format(bar.first, "j F Y") if bar.first else _("jour %(day)s") % {"day": bar.start + 1},
            date_format(bar.last, "j F Y") if bar.last else _("jour %(day)s") % {"day": bar.end},
        )
        for bar in schedule.bars
    )
    covered = tuple(
        (row.name, row.words if row.state == "covered" else _("non, ou en partie") , ", ".join(row.who) or "–")
        for row in guarantees_of(bid, on=localtime(at).date())
    )  # fmt: skip
    contact, deputy = bid.contact, bid.deputy
    who = [(_("Interlocuteur unique"), f"{contact.holder.name}, {contact.company}" if contact else "")]
    if deputy is not None:
        who.append((_("Suppléant"), f"{deputy.holder.name}, {deputy.company}"))
    if figures.get("mark"):
        who.append((_("Référence"), str(figures["mark"])))
    liability = str(Bid.Liability(bid.liability).label)
    heads = (_("Part"), _("Entreprise"), *((_("Prix HT"),) if for_client else ()))
    return Paper(
        "",
        bid.title,
        bid.brand or bid.grouping.name,
        variant.title,
        date_format(localtime(at), "j F Y"),
        _("Offre valable jusqu’au %(until)s.") % {"until": until},
        (
            Block("client", _("Pour vous"), ((_("Client"), bid.client), (_("Adresse"), bid.client_address), *who)),
            Block("parts", _("Ce que nous faisons"), head=heads, table=rows, right=(2,) if for_client else ()),
            Block("price", _("Un seul prix"), tuple(money)),
            Block("schedule", _("Un seul calendrier"), ((_("Durée"), _("%(days)s jours ouvrés") % {"days": figures["days"]}),), (_("Part"), _("Début"), _("Fin")), when),
            Block("guarantees", _("Ce qui est garanti"), (), (_("Garantie"), _("En clair"), _("Par qui")), covered),
            Block("law", _("Nos engagements"), (
                (_("Solidarité"), liability), (_("Mandataire"), str(bid.lead.company) if bid.lead else ""),
                (_("Sa mission"), bid.mission or "–"),
            )),
            Block("conditions", _("Conditions"), text=tuple(line for line in bid.conditions.splitlines() if line.strip())),
        ),
    )  # fmt: skip


def fingerprint_of(bid: Bid, variant: Variant, figures: Mapping[str, Any]) -> str:
    """The digest of what is agreed: the parts, the sums, the days, and the mark that only the client's paper bears.

    Holds   without the mark, which no member reads, prices cannot be guessed by trying them against the digest.
    """
    said = {"bid": bid.public_id, "variant": variant.public_id, "figures": dict(figures), "conditions": bid.conditions}
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
