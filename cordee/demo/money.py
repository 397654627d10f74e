"""Money at work: the second edition of the stand, its budget, keys, dispute and call for funds; a shared post."""

from datetime import datetime

from cordee.demo.stories import DAY, HOUR, People, acting, decide, seat
from cordee.groupings.models import Grouping
from cordee.money import acts as money
from cordee.money.models import CostPool

NAMES = ("Alu Ouvertures 34", "Peinture Sanchis", "Sols Méditerranée", "Plâtrerie Lacan")


def second_edition(people: People, now: datetime) -> CostPool:
    """« Salon de l’habitat, deuxième édition »: everything that common accounts can hold, halfway through."""
    grouping = Grouping.objects.get(name="Stand Habitat de Béziers")
    by = {name: acting(grouping, name) for name in NAMES}
    at = {name: seat(grouping, name) for name in NAMES}
    lead, painter, floors, plaster = NAMES
    start = now - 20 * DAY
    pool = money.open_pool(
        grouping, title="Salon de l’habitat, deuxième édition", unit="m²", review_days=7, by=by[lead], at=start
    )
    planned = (("Emplacement", 540_000), ("Mobilier et montage", 350_000), ("Communication", 160_000))
    place, furniture, print_ = (
        money.add_heading(pool, label=label, planned_cents=cents, by=by[lead], at=start + HOUR)
        for label, cents in planned
    )
    decide(money.propose_budget(pool, by=by[lead], at=start + 2 * HOUR), {}, by=by[lead], at=start + 2 * HOUR)
    figures = zip(NAMES, (900, 1500, 600, 600), strict=True)
    rows = {at[name].public_id: (use, None) for name, use in figures}
    money.note_use(pool, rows=rows, version=pool.version, by=by[lead], at=start + 3 * DAY)
    stand = {"price": 15_000, "fixed": 160_000, "minimum": 1200}
    money.describe_game(pool, game="stand", values=stand, by=by[painter], at=start + 3 * DAY)
    rate = money.propose_rate(
        pool, label="Montage du stand", unit="heure", unit_cents=4_200, by=by[floors], at=start + 3 * DAY
    )
    decide(rate, {}, by=by[lead], at=start + 3 * DAY)
    pool.refresh_from_db()
    voted = money.propose_key(pool, kind="use", heading=place, by=by[lead], at=start + 5 * DAY)
    decide(voted, {}, by=by[lead], at=start + 5 * DAY)
    voted = money.propose_key(pool, kind="shapley", by=by[painter], at=start + 7 * DAY)
    decide(voted, {plaster: "against"}, by=by[lead], at=start + 7 * DAY)
    call = money.call_funds(
        pool, title="Arrhes de l’emplacement", cents=270_000, due_on=(start + 14 * DAY).date(), held_by=at[lead],
        by=by[lead], at=start + 9 * DAY,
    )  # fmt: skip
    for name, days in ((painter, 11), (floors, 12)):
        part = call.parts.get(seat=at[name])
        money.declare_paid(part, by=by[name], at=start + days * DAY)
        money.receive_part(part, by=by[lead], at=start + (days + 1) * DAY)
    first = money.add_line(
        pool, label="Emplacement, 36 m²", cents=540_000, paid_by=at[lead], heading=place, nature="rebilled",
        vat_rate=2000, by=by[lead], at=start + 10 * DAY,
    )  # fmt: skip
    money.approve_line(first, by=by[floors], at=start + 10 * DAY + 5 * HOUR)
    money.make_commitment(furniture, label="Devis du décorateur", cents=240_000, by=by[painter], at=start + 11 * DAY)
    brought = money.add_contribution(
        pool, rate=pool.rates.get(), quantity=1250, what="Démontage de la première édition", heading=furniture,
        by=by[floors], at=start + 12 * DAY,
    )  # fmt: skip
    money.approve_line(brought, by=by[lead], at=start + 12 * DAY + HOUR)
    money.add_line(
        pool, label="Affiches et dépliants", cents=98_400, paid_by=at[painter], heading=print_,
        by=by[painter], at=now - 2 * DAY,
    )  # fmt: skip
    meals = money.add_line(
        pool, label="Repas de l’équipe", cents=41_250, paid_by=at[plaster], by=by[plaster], at=now - 3 * DAY
    )
    contested = money.raise_dispute(meals, reason="Nous n’étions que trois à table.", by=by[painter], at=now - 2 * DAY)
    money.answer_dispute(
        contested, answer="Le quatrième couvert était pour notre client.", by=by[plaster], at=now - DAY
    )
    money.add_recurring(
        pool, label="Local de stockage", cents=9_000, paid_by=at[floors], every_months=1,
        first_on=(now + 10 * DAY).date(), by=by[floors], at=now - 4 * DAY,
    )  # fmt: skip
    _shared_post(grouping, now)
    return pool


def _shared_post(grouping: Grouping, now: datetime) -> None:
    """A sales person shared by two of them, with last month's statement."""
    lead, painter, floors, _plaster = NAMES
    by, at = acting(grouping, lead), {name: seat(grouping, name) for name in NAMES}
    post = money.open_post(
        grouping, kind="sales", title="Commerciale du groupement", employer=at[lead],
        costs={"gross": 3_000_000, "contributions": 1_260_000, "travel": 340_000, "payroll": 90_000},
        billable=152_700, vat_rate=2000, commission_rate=200, by=by, at=now - 60 * DAY,
    )  # fmt: skip
    month = ((now - 15 * DAY).replace(day=1) - DAY).date()
    rows = {
        at[lead].public_id: (4000, 0, 820_000),
        at[painter].public_id: (5200, 6_540, 1_460_000),
        at[floors].public_id: (3500, 0, 0),
    }
    money.note_month(post, month=month, rows=rows, by=by, at=now - 10 * DAY)
