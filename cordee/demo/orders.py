"""Three who clad walls with wood: what each can do is told to nobody, orders are shared by the rule they voted."""

from datetime import datetime, timedelta

from cordee.demo.projects import begin, go_on
from cordee.demo.stories import DAY, HOUR, acting, asked
from cordee.ground.people.models import Actor
from cordee.groupings.models import Grouping
from cordee.projects import acts
from cordee.projects.models import CapacityPool, ClientOrder
from cordee.projects.reads import start_of

WOOD, FRAME, ROOF = "Menuiserie Fabrègues", "Charpente Roques", "Couverture Saltel"
CAPACITY = {WOOD: (90, 110, 60, 120), FRAME: (140, 120, 130, 80), ROOF: (70, 80, 50, 60)}
NOTES: tuple[dict[str, str], ...] = (
    {
        "competition": "Relu par un conseil : aucun des trois ne tient seul 150 m² par semaine.",
        "scope": "Trois campings et la résidence de tourisme du Salagou, nommés un par un.",
    },
    {"need": "Le camping des Rives demande 900 m² en six semaines ; le plus grand de nous en pose 140 par semaine."},
    {
        "allocation": "Selon la capacité déclarée, la règle est au vote.",
        "assembler": "Sylvie Mercier, expert-comptable.",
        "nda": "Signé par les trois.",
    },
)


def shared_orders(*, at: datetime) -> None:
    """The pool of capacity, its total, three orders: one done, one that waits for an answer, one handed on."""
    grouping = Grouping.objects.get(name__startswith="Bois & Pierre")
    begun, by = at - 33 * DAY, acting(grouping, WOOD)
    project = begin(
        grouping, tuple(CAPACITY), kind="competitor_offer", name="Bardages de bois pour les campings", at=begun,
        purpose="Tenir ensemble des délais qu’aucun de nous ne tient seul, pour quatre clients nommés.",
        particulars={"markets": "Camping des Rives ; camping du Lac ; camping de Lauroux ; résidence du Salagou",
                     "volume": 2_400, "counsel": 4_200},
    )  # fmt: skip
    for notes in NOTES:
        go_on(project, WOOD, notes, at=begun + DAY)
    pool = acts.open_pool(project, unit="m²", by=by, at=begun + 2 * DAY)
    pool = acts.name_neutral(
        pool, email="sylvie.mercier@comptable.example", name="Sylvie Mercier", by=by, at=begun + 2 * DAY
    )
    pool = CapacityPool.objects.select_related("project__grouping", "assembler").get(pk=pool.pk)
    rule = acts.propose_order_rule(project, rule="capacity", hours=48, by=acting(grouping, FRAME), at=begun + 3 * DAY)
    acts.settle_order_rule(rule, at=asked(rule.ballot, {}, by=by, at=begun + 3 * DAY))
    _declared(pool, at=at - 9 * DAY)
    assert pool.assembler is not None
    neutral = Actor(pool.assembler)
    for back in (9, 2):
        acts.tell_total(pool, start=start_of(pool, (at - back * DAY).date()), by=neutral, at=at - 8 * DAY)
    _ordered(pool, neutral, at=at)


def _declared(pool: CapacityPool, *, at: datetime) -> None:
    """Four weeks of each, encrypted: the neutral person alone reads them."""
    weeks = [start_of(pool, (at + timedelta(days=7 * number)).date()) for number in range(4)]
    for name, figures in CAPACITY.items():
        by = acting(pool.project.grouping, name)
        acts.declare_capacity(pool, figures=dict(zip(weeks, figures, strict=True)), by=by, at=at)


def _ordered(pool: CapacityPool, neutral: Actor, *, at: datetime) -> None:
    rows = (
        # what, m², days from today, entered, who answers and how
        ("Camping des Rives, sanitaires", 120, -7, -8, {WOOD: True, FRAME: True, ROOF: True}),
        ("Camping du Lac, vingt chalets", 240, -1, -4, {WOOD: True, FRAME: True, ROOF: False}),
        ("Résidence du Salagou, pignons", 150, 1, -1, {FRAME: True}),
    )
    for title, quantity, on, entered, said in rows:
        when = at + entered * DAY
        order = acts.enter_order(
            pool, title=title, quantity=quantity, on=(at + on * DAY).date(), postcode="34700", by=neutral, at=when
        )
        for number, (name, accept) in enumerate(said.items(), 1):
            _answer(order, name, accept=accept, at=when + number * HOUR)
        if False in said.values():  # what was declined was offered to the others, who took it
            for name in (name for name, accept in said.items() if accept):
                _answer(order, name, accept=True, at=when + 5 * HOUR)


def _answer(order: ClientOrder, name: str, *, accept: bool, at: datetime) -> None:
    part = order.parts.select_related("order__project__grouping", "order__rule").filter(
        seat__company__name=name, state="offered"
    )
    for one in part:
        acts.answer_part(one, accept=accept, by=acting(order.project.grouping, name), at=at)
