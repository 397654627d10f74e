"""Shared posts: opened without a margin, noted by each, entered once in the accounts, with VAT for the others."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.register.models import Entry
from cordee.money import acts
from cordee.money.models import SharedPost
from cordee.money.reads import month_statement, post_page, year_statement
from tests.factories import AT
from tests.money.making import a_pool, balances
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)


def a_post(world: World, **more: object) -> SharedPost:
    given: dict[str, object] = {
        "kind": "employee",
        "title": "Qualiticienne",
        "employer": world.seats["aude"],
        "costs": {"gross": 4_000_000, "contributions": 2_000_000},
        "billable": 150_000,
        "vat_rate": 2000,
        **more,
    }
    return acts.open_post(world.grouping, **given, by=world.actor("aude"), at=AT)


def test_a_month_is_noted_and_entered_in_the_accounts_once(world: World) -> None:
    post, pool = a_post(world), a_pool(world)
    ids = {name: world.seats[name].public_id for name in ("aude", "bruno", "denis")}
    rows = {ids["aude"]: (1000, 0, 0), ids["bruno"]: (2000, 1500, 0)}
    acts.note_month(post, month=date(2026, 3, 17), rows=rows, by=world.actor("aude"), at=AT)
    acts.note_month(
        post, month=MARCH, rows={ids["bruno"]: (2500, 1500, 0), ids["denis"]: (9, 0, 0)}, by=world.actor("bruno"), at=AT
    )
    statement = month_statement(post, MARCH)
    assert [(row.hours, row.total, row.vat) for row in statement.rows] == [(1000, 40_000, 0), (2500, 101_500, 20_300)]
    with pytest.raises(NotAllowed):
        acts.bill_month(post, month=MARCH, pool=pool, by=world.actor("bruno"), at=AT)
    acts.bill_month(post, month=MARCH, pool=pool, by=world.actor("aude"), at=AT)
    assert balances(world, pool) == [121_800, -121_800, 0, 0]
    for again in (
        lambda: acts.bill_month(post, month=MARCH, pool=pool, by=world.actor("aude"), at=AT),
        lambda: acts.note_month(post, month=MARCH, rows=rows, by=world.actor("aude"), at=AT),
    ):
        with pytest.raises(acts.PostClosed):
            again()


def test_a_sales_person_brings_commissions(world: World) -> None:
    post = a_post(world, kind="sales", commission_rate=500)
    acts.note_month(
        post, month=MARCH, rows={world.seats["bruno"].public_id: (0, 0, 1_000_000)}, by=world.actor("aude"), at=AT
    )
    assert month_statement(post, MARCH).rows[0].commission == 50_000


def test_refusals(world: World) -> None:
    with pytest.raises(Refusal, match="coût annuel"):
        a_post(world, costs={})
    with pytest.raises(Refusal, match="du groupement"):
        a_post(world, employer=world.seats["chloe"])
    with pytest.raises(NotAllowed):
        acts.open_post(
            world.grouping,
            kind="employee",
            title="x",
            employer=world.seats["aude"],
            costs={"gross": 1},
            billable=1,
            vat_rate=0,
            by=world.actor("bruno"),
            at=AT,
        )
    post, pool = a_post(world), a_pool(world)
    with pytest.raises(Refusal, match="Personne"):
        acts.bill_month(post, month=MARCH, pool=pool, by=world.actor("aude"), at=AT)
    acts.note_month(
        post, month=MARCH, rows={world.seats["denis"].public_id: (100, 0, 0)}, by=world.actor("aude"), at=AT
    )
    few = acts.open_pool(
        world.grouping, title="À deux", seats=[world.seats["aude"], world.seats["bruno"]], by=world.actor("aude"), at=AT
    )
    with pytest.raises(Refusal, match="ne prend pas part"):
        acts.bill_month(post, month=MARCH, pool=few, by=world.actor("aude"), at=AT)


def test_one_who_uses_nearly_all_of_it_is_warned(world: World) -> None:
    post = a_post(world)
    rows = {world.seats["denis"].public_id: (9000, 0, 0), world.seats["emma"].public_id: (1000, 0, 0)}
    acts.note_month(post, month=MARCH, rows=rows, by=world.actor("aude"), at=AT)
    assert post_page(post, world.seats["aude"], MARCH).alert == world.seats["denis"]


def test_from_the_pages(world: World) -> None:
    browser, grouping = browser_of(world.aude), world.grouping.public_id
    data = {
        "kind": "employee",
        "title": "Qualiticienne",
        "employer": world.seats["aude"].public_id,
        "billable": "1500",
        "vat_rate": "2000",
        "cost_gross": "60 000",
    }
    answer = browser.post(reverse("money:new_post", args=[grouping]), data, follow=True)
    assert "40,00\u00a0€" in answer.content.decode()
    post, pool = SharedPost.objects.get(), a_pool(world)
    key = world.seats["bruno"].public_id
    page = browser.post(
        reverse("money:note_month", args=[post.public_id]), {"month": "2026-03", f"hours_{key}": "10"}, follow=True
    )
    assert "400,00\u00a0€" in page.content.decode()
    page = browser.post(
        reverse("money:bill_month", args=[post.public_id]), {"mois": "2026-03", "pool": pool.public_id}, follow=True
    )
    assert "Porté aux comptes" in page.content.decode()
    assert browser.post(reverse("money:note_month", args=[post.public_id]), {"month": "mars"}).status_code == 422


def test_a_year_gives_back_what_it_cost_less(world: World) -> None:
    post, pool = a_post(world), a_pool(world)
    rows = {world.seats["aude"].public_id: (1000, 0, 0), world.seats["bruno"].public_id: (3000, 700, 0)}
    acts.note_month(post, month=MARCH, rows=rows, by=world.actor("aude"), at=AT)
    words = {"year": 2026, "pool": pool, "by": world.actor("aude")}
    later = datetime(2027, 1, 20, 9, tzinfo=UTC)
    with pytest.raises(Refusal, match="pas finie"):
        acts.regularise_year(post, actual=150_000, **words, at=datetime(2026, 12, 1, tzinfo=UTC))
    with pytest.raises(Refusal, match="pas encore dans les comptes"):
        acts.regularise_year(post, actual=150_000, **words, at=later)
    acts.bill_month(post, month=MARCH, pool=pool, by=world.actor("aude"), at=AT)
    before = balances(world, pool)
    assert [(one.hours, one.wages, one.total) for one in year_statement(post, 2026)] == [
        (1000, 40_000, 40_000),
        (3000, 120_000, 120_700),
    ]
    with pytest.raises(Refusal, match="rien à régulariser"):
        acts.regularise_year(post, actual=160_000, **words, at=later)
    with pytest.raises(NotAllowed):
        acts.regularise_year(post, actual=150_000, **{**words, "by": world.actor("bruno")}, at=later)
    address = reverse("money:post_year", args=[post.public_id, 2026])
    with time_machine.travel(later, tick=False):
        browser = browser_of(world.aude)
        assert "Régulariser l’année" in browser.get(address).content.decode()
        form = {"actual": "1 500,00", "pool": pool.public_id}
        assert "régularisée" in browser.post(address, form, follow=True).content.decode()
        assert "1\u202f500,00" in browser.get(address).content.decode()
    line = pool.lines.get(cents=-10_000)
    assert line.parts == {world.seats["aude"].public_id: 2_500, world.seats["bruno"].public_id: 7_500}
    back = 7_500 * 120 // 100  # with the VAT that was added to it
    assert balances(world, pool) == [before[0] - back, before[1] + back, 0, 0]
    with pytest.raises(acts.PostClosed):
        acts.regularise_year(post, actual=150_000, **words, at=later)
    assert Entry.objects.get(act="money.post.regularised").facts["cents"] == -10_000
