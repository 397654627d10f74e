"""The « compte prorata » of a building site: a pool opened from a contract, shared by lots, re-invoiced."""

import pytest
from django.urls import reverse

from cordee.ground.kit.refusals import Refusal
from cordee.ground.register.models import Entry
from cordee.money import acts, reads
from cordee.money.models import CostPool, Works
from tests.money.making import a_line
from tests.money.test_invoices import AT, issue, know
from tests.money.test_works import claim, contract
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db
COSTS = [("Eau", 30_000), ("Électricité", 60_000)]


def site(world: World, works: Works, **more: object) -> CostPool:
    lots = {world.seats["aude"]: 1_333_333, world.seats["bruno"]: 666_667, world.seats["denis"]: 0}
    words = {"title": "Compte prorata", "lots": lots, "costs": COSTS, "by": world.actor("aude"), "at": AT, **more}
    return acts.open_site_account(works, **words)  # type: ignore[arg-type]


def test_it_opens_with_its_costs_and_its_key_by_lots_at_the_vote(world: World) -> None:
    know(world)
    works = contract(world)
    assert [cents for _seat, cents in reads.site_lots(works)] == [1_333_333, 0, 0, 0]
    pool = site(world, works)
    key = pool.keys.get()
    assert (pool.works, pool.members.count(), key.kind, key.adopted_at) == (works, 2, "lots", None)
    assert [(one.label, one.planned_cents) for one in pool.headings.all()] == COSTS
    told = Entry.objects.get(act="money.site.opened")
    assert told.facts == {"works": works.public_id, "members": 2, "cents": 90_000}
    acts.adopt_key(key, by_decision="governance/resolution/x", by=world.actor("aude"), at=AT)
    a_line(world, pool, 30_000, label="Eau", nature="rebilled", vat_rate=2000)
    assert reads.shares_of_site(pool) == [("Menuiserie Lambert", 20_000), ("Charpente Masson", 12_000)]  # with VAT
    sold = issue(world, claim(world, works, 5000, 0))
    sheet = reads.joint_contract(world.aude, world.grouping.public_id, sold.public_id)
    assert (sheet.shared, sheet.due) == (tuple(reads.shares_of_site(pool)), 600_000 - 30_000)
    made = acts.rebill_costs(pool, by=world.actor("aude"), at=AT)
    assert [one.gross_cents for one in made] == [12_000]


def test_it_is_refused_in_words(world: World) -> None:
    know(world)
    works = contract(world)
    aude, bruno, denis = (world.seats[name] for name in ("aude", "bruno", "denis"))
    wrongs: list[tuple[str, dict[str, object]]] = [
        ("pas de lot", {"lots": {bruno: 1, denis: 1}}),
        ("au moins deux", {"lots": {aude: 1}}),
        ("Aucune dépense", {"costs": []}),
    ]
    for said, wrong in wrongs:
        with pytest.raises(Refusal, match=said):
            site(world, works, **wrong)
    with pytest.raises(acts.NoMandate):
        site(world, works, by=world.actor("bruno"))
    site(world, works)
    with pytest.raises(acts.SiteAlreadyShared):
        site(world, works)


def test_the_pages_lead_from_the_contract_to_the_budget(world: World) -> None:
    know(world)
    works, browser = contract(world), browser_of(world.aude)
    address, place = (reverse(name, args=[works.public_id]) for name in ("money:works", "money:site_new"))
    assert place in browser.get(address).content.decode()
    page = browser.get(place).content.decode()
    assert "Installations de chantier" in page
    assert "Compte prorata, Gymnase" in page
    lots = {f"lot_{world.seats[name].public_id}": "10 000" for name in ("aude", "bruno")}
    data = {"title": "Prorata", **lots, "cost_label_0": "Eau", "cost_cents_0": "300"}
    assert browser.post(place, {**data, "cost_cents_3": "12"}).status_code == 422
    answer = browser.post(place, data, follow=True).content.decode()
    assert "sa clé est au vote" in answer
    assert CostPool.objects.get().headings.get().planned_cents == 30_000
    assert "Prorata" in browser.get(address).content.decode()
