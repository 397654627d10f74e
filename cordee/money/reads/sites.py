"""The shared costs of a building site (« compte prorata »): a pool like any other, opened from a contract."""

from django.utils.translation import gettext_lazy

from cordee.engines.units import MemberId
from cordee.groupings.models import Seat
from cordee.money.models import CostPool, Invoice, Works
from cordee.money.reads.accounts import accounts_of

Contract = tuple[str, str]
"""The client, by its SIREN or its name, and the number of the contract, as they are compared."""

SITE_COSTS = (
    gettext_lazy("Installations de chantier"),
    gettext_lazy("Eau"),
    gettext_lazy("Électricité"),
    gettext_lazy("Nettoyage et bennes"),
    gettext_lazy("Gardiennage"),
)
"""What a building site usually shares: proposed, and changed at will."""


def contract_of(one: Invoice | Works) -> Contract:
    """What tells the contract of an invoice, or of progress claims, from another one."""
    client = str(one.buyer.get("siren") or one.buyer.get("name", ""))
    return client.replace(" ", "").casefold(), one.contract.strip().casefold()


def site_account(seat: Seat, contract: Contract) -> CostPool | None:
    """The shared costs of this contract, for a company that takes part in them; the last opened."""
    rows = CostPool.objects.filter(grouping=seat.grouping_id, works__isnull=False, members__seat=seat)
    for one in rows.select_related("works").order_by("-id"):
        if one.works and contract_of(one.works) == contract:
            return one
    return None


def shares_of_site(pool: CostPool) -> list[tuple[str, int]]:
    """What each company bears of the costs so far, by the voted key, VAT between them included. Units: cents."""
    accounts = accounts_of(pool).accounts
    members = pool.members.select_related("seat__company")
    rows = [(str(one.seat), int(accounts[MemberId(one.seat.public_id)].owes)) for one in members]
    return rows if any(cents for _name, cents in rows) else []


def site_lots(works: Works) -> list[tuple[Seat, int]]:
    """Every member, with the price of what it follows on this contract; zero for one that follows nothing here."""
    prices: dict[int, int] = {}
    for one in Works.objects.filter(grouping=works.grouping_id).prefetch_related("posts"):
        if contract_of(one) == contract_of(works):
            prices[one.seat_id] = prices.get(one.seat_id, 0) + sum(post.cents for post in one.posts.all())
    seats = Seat.objects.filter(grouping=works.grouping_id, state=Seat.State.MEMBER).select_related("company")
    return [(seat, prices.get(seat.pk, 0)) for seat in seats.order_by("id")]
