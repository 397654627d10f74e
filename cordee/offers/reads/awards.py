"""Past awards: who won what, alone or together; found by buyer, subject, place, code, SIREN, or a winner's name."""

from dataclasses import dataclass

from django.db.models import Count, Q

from cordee.directory.models import Company
from cordee.engines.procurement.winners import Winner, asked_name, count_winners, siren_of
from cordee.offers.models import Award

SHOWN, MOST_COUNTED, SHOWN_WINNERS, SHOWN_NAMES, SHOWN_BESIDE = 50, 5_000, 8, 6, 3


@dataclass(frozen=True, slots=True)
class AwardsPage:
    """Contracts that were awarded, with how many went to groups, and who won most of the latest.

    `named`: the companies found because their name has the words that were typed; `by_name`: some contracts were found
    so. Two companies may bear one name: a SIREN tells them apart.
    """

    rows: list[Award]
    count: int
    together: int
    winners: list[Winner]
    named: list[Winner]
    by_name: bool
    counted: int
    asked: Winner | None = None  # the one company whose SIREN was typed
    beside: list[tuple[str, int]] | None = None  # with whom it wins, how often


def awards_page(text: str, department: str) -> AwardsPage:
    """Who won what: by words of the buyer, the subject or a winner, by department, by a CPV code, by a SIREN."""
    found = Award.objects.all()
    if department:
        found = found.filter(department=department)
    siren, name = siren_of(text), ""
    digits = "".join(text.split())
    if siren:
        found = found.filter(winners__icontains=siren)
    elif digits.isdigit():
        found = found.filter(cpv__startswith=digits[:8])
    elif text:
        name = asked_name(text)
        named = Q(who__contains=f" {name}") if name else Q(pk=None)
        found = found.filter(Q(buyer__icontains=text) | Q(title__icontains=text) | named)
    sums = found.aggregate(count=Count("pk"), together=Count("pk", filter=Q(together=True)))
    counted = min(sums["count"], MOST_COUNTED)
    winners = count_winners(found.values_list("winners", "together")[:MOST_COUNTED]) if counted else []
    named_so = [one for one in winners if one.is_named(name)] if name else []
    asked = next((one for one in winners if one.siren == siren), None) if siren else None
    shown = [*winners[:SHOWN_WINNERS], *named_so[:SHOWN_NAMES]]
    _name(shown if asked is None else [*shown, asked], rows := list(found[:SHOWN]))
    return AwardsPage(
        rows, sums["count"], sums["together"], winners[:SHOWN_WINNERS], named_so[:SHOWN_NAMES], bool(named_so), counted,
        asked, _beside(asked, winners) if asked else None,
    )  # fmt: skip


def _name(winners: list[Winner], rows: list[Award]) -> None:
    """Give those that are told by their SIREN alone the name that the directory knows."""
    nameless = {one.siren for one in winners if one.siren == one.name}
    nameless |= {siren for row in rows for siren, name in row.winners if siren and not name}
    known = dict(Company.objects.filter(siren__in=nameless, listed=True).values_list("siren", "name"))
    for one in winners:
        one.name = known.get(one.siren, one.name) if one.name == one.siren else one.name
    for row in rows:
        row.winners = [[siren, name or known.get(siren, "")] for siren, name in row.winners]


def _beside(asked: Winner, winners: list[Winner]) -> list[tuple[str, int]]:
    names = {one.key: one.name for one in winners}
    return [(names.get(key) or key[1] or key[0], count) for key, count in asked.beside.most_common(SHOWN_BESIDE)]
