"""Several common accounts settled at once: the fewest payments, and every pool still says what it carried where."""

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.settlement import settle
from cordee.engines.units import Cents, MemberId
from cordee.ground.kit.refusals import NotAllowed
from cordee.ground.people.models import Actor
from cordee.ground.register.models import Entry, address
from cordee.money import acts
from cordee.money.models import Transfer
from cordee.money.reads import account_statement, accounts_of, netting_page, why_page
from cordee.money.reads.netting import summed
from cordee.money.tasks import LETTERS
from tests.factories import AT
from tests.money.making import a_line, a_pool, adopted, balances
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db


def three(world: World) -> list[str]:
    """Aude, Bruno, then Denis paid 400 € for the four: each owes here what it is owed there."""
    found = []
    for payer in ("aude", "bruno", "denis"):
        pool = a_pool(world)
        a_line(world, pool, 40_000, payer=payer, by="aude")
        adopted(world, pool)
        found.append(pool.public_id)
    return found


def test_what_one_owes_here_is_set_against_what_one_is_owed_there(world: World) -> None:
    pools = three(world)
    page = netting_page(world.seats["aude"])
    assert (page.taken, page.apart, len(page.payments)) == (3, 9, 3)
    into = acts.net_pools(world.grouping, pools=pools, title="Solde de l’année", by=world.actor("aude"), at=AT)
    assert (into.state, into.transfers.count()) == ("settled", 3)
    assert {(one.debtor_id, one.cents) for one in into.transfers.all()} == {(world.seats["emma"].pk, 10_000)}
    for key in pools:
        pool = type(into).objects.get(public_id=key)
        assert pool.state == "settled"
        assert balances(world, pool) == [0, 0, 0, 0]
        assert not pool.transfers.exists()
    why = why_page(into, world.seats["emma"])
    assert why is not None
    assert [one.line.carried.public_id for one in why.lines] == pools
    told = Entry.objects.get(act="money.pools.netted")
    assert told.facts["pools"] == pools
    letters = list(LETTERS["money.pools.netted"](told, AT))
    assert len(letters) == 6
    for one in Transfer.objects.select_related("debtor__holder", "creditor__holder"):
        for side in (one.debtor, one.creditor):
            acts.confirm_payment(one, by=Actor(side.holder, address(side)), at=AT)
    for name in ("aude", "bruno", "denis", "emma"):
        assert account_statement(world.grouping, world.seats[name].company).balance == 0


def test_each_refusal(world: World) -> None:
    pools = three(world)
    with pytest.raises(NotAllowed):
        acts.net_pools(world.grouping, pools=pools, title="Solde", by=world.actor("bruno"), at=AT)
    with pytest.raises(acts.NotSettleable, match="au moins deux"):
        acts.net_pools(world.grouping, pools=pools[:1], title="Solde", by=world.actor("aude"), at=AT)
    unready = a_pool(world, 1_000)
    with pytest.raises(acts.NotSettleable, match="pas prêts"):
        acts.net_pools(world.grouping, pools=[*pools, unready.public_id], title="Solde", by=world.actor("aude"), at=AT)
    assert not Transfer.objects.exists()


def test_from_the_page(world: World) -> None:
    pools = three(world)
    address = reverse("money:netting", args=[world.grouping.public_id])
    aude, bruno = browser_of(world.aude), browser_of(world.bruno)
    page = aude.get(address).content.decode()
    assert "au lieu de 9" in page
    assert "Solder ces 3 comptes" in page
    assert "Solder ces" not in bruno.get(address).content.decode()
    less = aude.get(address, {"choisi": "1", "comptes": pools[:2]}).content.decode()
    assert "Solder ces 2 comptes" in less
    answer = aude.post(address, {"comptes": pools, "title": "Solde commun"}, follow=True).content.decode()
    assert "Solde commun" in answer
    assert "Reste de" in answer
    old = aude.get(reverse("money:pool", args=[pools[0]])).content.decode()
    assert "Reste porté à" in old


@given(st.lists(st.lists(st.integers(-9_000, 9_000), min_size=3, max_size=3), min_size=2, max_size=4))
@settings(max_examples=40)
def test_together_never_takes_more_payments_than_apart(rows: list[list[int]]) -> None:
    pools = [{MemberId(f"m{n}"): Cents(cents) for n, cents in enumerate([*row, -sum(row)])} for row in rows]
    total: dict[MemberId, Cents] = {}
    for balances_ in pools:
        for who, cents in balances_.items():
            total[who] = Cents(total.get(who, 0) + cents)
    together = settle(total).transfers
    assert len(together) <= 3
    paid = dict.fromkeys(total, 0)
    for one in together:
        paid[one.payer] += one.cents
        paid[one.payee] -= one.cents
    assert {who: cents + paid[who] for who, cents in total.items()} == dict.fromkeys(total, 0)


def test_the_sum_over_pools_is_what_each_comes_to(world: World) -> None:
    from cordee.money.reads import ready_to_net

    found = ready_to_net(world.grouping, three(world))
    by_hand = {key: sum(accounts_of(one.pool).balances()[key] for one in found) for key in found[0].accounts.accounts}
    assert summed(found) == by_hand
