"""What ties the companies of a grouping: declared holdings, addresses, and the written reasons to count them apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from cordee.engines.lifecycle import Override
from cordee.groupings.models import Exemption, Grouping, Holding, Seat


@dataclass(frozen=True, slots=True)
class Ties:
    """By company: who holds it, with which share (None: unknown); whom it supplies; the reasons given."""

    owners: Mapping[int, Mapping[str, Fraction | None]] = field(default_factory=dict)
    supplies: Mapping[int, frozenset[str]] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()


def ties(grouping: Grouping, seats: Sequence[Seat]) -> Ties:
    """What is declared of these companies, and the exceptions of the grouping: two queries."""
    here = {seat.company_id: seat.company for seat in seats}
    owners: dict[int, dict[str, Fraction | None]] = {}
    supplies: dict[int, set[str]] = {}
    for each in Holding.objects.filter(company__in=here, ended_at=None).select_related("other").order_by("pk"):
        name = each.other.public_id if each.other else " ".join(each.name.split()).casefold()
        if each.kind == Holding.Kind.OWNER:
            share = None if each.percent is None else Fraction(each.percent, 100)
            owners.setdefault(each.company_id, {})[name] = share
        else:
            supplies.setdefault(each.company_id, set()).add(name)
    excused = Exemption.objects.filter(grouping=grouping, first__in=here, second__in=here)
    overrides = tuple(
        Override(here[each.first_id].public_id, here[each.second_id].public_id, each.why, each.by.public_id)
        for each in excused.select_related("by")
    )
    return Ties(owners, {key: frozenset(value) for key, value in supplies.items()}, overrides)
