"""What projects settled is brought into the accounts once, each bearing exactly the part settled there."""

import pytest
from django.urls import reverse

from cordee.ground.kit.clock import now
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.register.acts import address
from cordee.ground.register.models import Entry
from cordee.money import acts, reads
from cordee.projects import acts as projects
from cordee.projects.models import SalesStatement, Tranche
from tests.money.making import a_pool, balances
from tests.people import World, browser_of
from tests.projects.studying import DAY, PLEDGED, a_fund, a_sale, a_tranche, actor, last_month, released

pytestmark = pytest.mark.django_db


def a_launched_tranche(world: World) -> Tranche:
    """10 000 € that Aude pays: 5 000, 3 333.33 and 1 666.67."""
    return released(world, a_tranche(world), at=now())


def a_closed_month(world: World) -> SalesStatement:
    at = now()
    project = a_sale(world, at=at - 70 * DAY)
    return projects.close_sales_month(project, month=last_month(at), by=world.actor("aude"), at=at)


def test_a_tranche_is_brought_by_who_paid_it_once(world: World) -> None:
    tranche, pool, at = a_launched_tranche(world), a_pool(world), now()
    source = address(tranche)
    words = {"source": source, "vat_rate": 2000, "at": at}
    with pytest.raises(NotAllowed, match="l’a payé"):
        acts.bring_project_cost(pool, by=world.actor("bruno"), **words)  # type: ignore[arg-type]
    with pytest.raises(NotYours):
        acts.bring_project_cost(pool, by=actor(world, "emma"), **words)  # type: ignore[arg-type]
    line = acts.bring_project_cost(pool, by=world.actor("aude"), **words)  # type: ignore[arg-type]
    assert balances(world, pool) == [600_000, -400_000, -200_000, 0]  # 20 % on the parts of the others
    assert Entry.objects.get(act="money.project_cost.brought").facts == {
        "source": source, "cents": 1_000_000, "line": line.public_id,
    }  # fmt: skip
    with pytest.raises(acts.AlreadyBrought):
        acts.bring_project_cost(pool, by=world.actor("aude"), **words)  # type: ignore[arg-type]


def test_a_month_of_sales_is_brought_from_its_page(world: World) -> None:
    month, pool = a_closed_month(world), a_pool(world)
    assert (month.total_cents, month.cost_cents) == (600_001, 600_001)
    browser, page = browser_of(world.aude), reverse("money:project_costs", args=[world.grouping.public_id])
    assert "Porter aux comptes" in browser.get(page).content.decode()
    assert "Porter aux comptes" not in browser_of(world.bruno).get(page).content.decode()
    send = reverse("money:bring_project_cost", args=[world.grouping.public_id])
    done = browser.post(send, {"source": address(month), "pool": pool.public_id, "vat": "0"}, follow=True)
    assert "Déjà dans les comptes" in done.content.decode()
    owed = {key: row["total"] for key, row in month.rows.items()}
    others = [owed[world.seats[name].public_id] for name in ("bruno", "denis")]
    assert balances(world, pool) == [sum(others), -others[0], -others[1], 0]
    assert "Rien à porter" in browser_of(world.seats["emma"].holder).get(page).content.decode()


def test_a_newcomer_owes_its_entry_to_those_who_paid(world: World) -> None:
    at = now()
    fund = a_fund(world, PLEDGED, at=at)
    released(world, a_tranche(world, fund, 2_000_000, at=at), at=at)
    lead, project = world.actor("aude"), fund.project
    projects.set_result_rule(project, yearly=0, floor=0, since=at.date(), by=lead, at=at)
    projects.note_checkpoint(project, slug="newcomers", note="Réunion.", by=lead, at=at)
    entry = projects.offer_buy_in(project, to=world.seats["emma"], by=lead, at=at)
    projects.answer_buy_in(entry, accepted=True, by=actor(world, "emma"), at=at)
    pool = a_pool(world)
    acts.bring_project_cost(pool, source=address(entry), vat_rate=0, by=actor(world, "emma"), at=at)
    back = [entry.back[world.seats[name].public_id] for name in ("aude", "bruno", "denis")]
    assert balances(world, pool) == [*back, -500_000]
    assert sum(back) == 500_000


def test_a_pool_that_lacks_a_company_is_refused(world: World) -> None:
    tranche, at = a_launched_tranche(world), now()
    by = world.actor("aude")
    few = acts.open_pool(
        world.grouping, title="À deux", seats=[world.seats["aude"], world.seats["bruno"]], by=by, at=at
    )
    with pytest.raises(Refusal, match="ne prend pas part"):
        acts.bring_project_cost(few, source=address(tranche), vat_rate=0, by=by, at=at)
    page = reads.costs_of_projects(world.seats["aude"])
    assert [one.pools for one in page.waiting] == [()]
