"""Pools for the tests of this room."""

from cordee.money import acts
from cordee.money.models import CostPool, PoolLine, SharingKey
from tests.factories import AT
from tests.people import World

NAMES = ("aude", "bruno", "denis", "emma")


def a_pool(world: World, *cents: int, review_days: int = 0) -> CostPool:
    """A pool of the four, with lines that Aude paid."""
    by = world.actor("aude")
    pool = acts.open_pool(world.grouping, title="Stand", unit="m²", review_days=review_days, by=by, at=AT)
    for number, amount in enumerate(cents):
        a_line(world, pool, amount, label=f"Ligne {number}")
    return pool


def a_line(world: World, pool: CostPool, cents: int, *, payer: str = "aude", by: str = "", **more: object) -> PoolLine:
    """A line written by its payer, unless somebody else writes it."""
    given: dict[str, object] = {"label": "Badges", "paid_by": world.seats[payer], "at": AT, **more}
    return acts.add_line(pool, cents=cents, by=world.actor(by or payer), **given)


def used(world: World, pool: CostPool, *hundredths: int) -> None:
    """Who uses how much, in the order of the four."""
    pool.refresh_from_db()
    rows = {world.seats[name].public_id: (use, None) for name, use in zip(NAMES, hundredths, strict=True)}
    acts.note_use(pool, rows=rows, version=pool.version, by=world.actor("aude"), at=AT)
    pool.refresh_from_db()


def adopted(world: World, pool: CostPool, kind: str = "equal", **more: object) -> SharingKey:
    """A key, voted and in force."""
    ballot = acts.propose_key(pool, kind=kind, by=world.actor("aude"), at=AT, **more)
    key = pool.keys.get(public_id=ballot.resolution.effect_on.rpartition("/")[2])
    source = f"governance/resolution/{ballot.resolution.public_id}"
    return acts.adopt_key(key, by_decision=source, by=world.actor("aude"), at=AT)


def owes(world: World, pool: CostPool) -> list[int]:
    """What each of the four owes, in order."""
    from cordee.money.reads import accounts_of

    accounts = accounts_of(pool).accounts
    return [accounts[world.seats[name].public_id].owes for name in NAMES]


def balances(world: World, pool: CostPool) -> list[int]:
    """Where each of the four stands, in order."""
    from cordee.money.reads import accounts_of

    found = accounts_of(pool).balances()
    return [found[world.seats[name].public_id] for name in NAMES]
