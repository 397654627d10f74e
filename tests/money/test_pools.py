"""Costs written, a key voted, accounts settled: to the cent, each refusal, what the register says."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from cordee.governance.models import Ballot
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal, Stale
from cordee.ground.register.models import Entry
from cordee.money import acts
from cordee.money.models import CostPool, SharingKey
from cordee.money.reads import due_by, pool_page, why_page
from tests.factories import AT
from tests.people import World

pytestmark = pytest.mark.django_db


def make_pool(world: World, *cents: int) -> CostPool:
    pool = acts.open_pool(world.grouping, title="Stand", unit="m²", by=world.actor("aude"), at=AT)
    for number, amount in enumerate(cents or (10_000,)):
        acts.add_line(
            pool, label=f"Ligne {number}", cents=amount, paid_by=world.seats["aude"], by=world.actor("aude"), at=AT
        )
    return pool


def adopt(pool: CostPool, world: World, kind: str = "equal") -> SharingKey:
    ballot = acts.propose_key(pool, kind=kind, by=world.actor("aude"), at=AT)
    key = pool.keys.get(public_id=ballot.resolution.effect_on.rpartition("/")[2])
    return acts.adopt_key(key, by_decision="governance/resolution/x", by=world.actor("aude"), at=AT)


def last(world: World) -> Entry:
    return Entry.objects.of(world.grouping.book).last()


def use(world: World, **amounts: tuple[int | None, int | None]) -> dict[str, tuple[int | None, int | None]]:
    return {world.seats[name].public_id: value for name, value in amounts.items()}


def test_a_pool_concerns_all_members_or_some(world: World) -> None:
    assert make_pool(world).members.count() == 4
    few = acts.open_pool(
        world.grouping, title="À deux", seats=[world.seats["aude"], world.seats["bruno"]], by=world.actor("aude"), at=AT
    )
    assert few.members.count() == 2
    assert last(world).facts == {"members": 2}
    with pytest.raises(Refusal):
        acts.open_pool(world.grouping, title="Seule", seats=[world.seats["aude"]], by=world.actor("aude"), at=AT)
    with pytest.raises(NotYours):
        acts.open_pool(world.grouping, title="x", by=world.actor("chloe"), at=AT)


def test_a_line_keeps_its_receipt_and_the_register_its_digest(world: World) -> None:
    pool = make_pool(world)
    receipt = SimpleUploadedFile("facture.pdf", b"%PDF-1.7 rien")
    line = acts.add_line(
        pool, label="Badges", cents=1250, paid_by=world.seats["bruno"], receipt=receipt, by=world.actor("bruno"), at=AT
    )
    assert line.receipt.read() == b"%PDF-1.7 rien"
    assert last(world).facts["receipt"] == line.receipt.digest
    with pytest.raises(Refusal, match="zéro"):
        acts.add_line(pool, label="x", cents=0, paid_by=None, by=world.actor("bruno"), at=AT)
    with pytest.raises(Refusal, match="ne prend pas part"):
        acts.add_line(pool, label="x", cents=1, paid_by=world.seats["chloe"], by=world.actor("bruno"), at=AT)


def test_a_line_is_struck_by_those_concerned_only(world: World) -> None:
    pool = make_pool(world)
    line = pool.lines.get()
    with pytest.raises(NotAllowed):
        acts.strike_line(line, by=world.actor("bruno"), at=AT)
    acts.strike_line(line, by=world.actor("aude"), at=AT)
    assert pool_page(pool, world.seats["aude"]).total == 0
    with pytest.raises(Refusal, match="déjà"):
        acts.strike_line(line, by=world.actor("aude"), at=AT)


@pytest.mark.parametrize("total", [1, 99, 10_000, 385_350, 100_001])
def test_shares_add_up_to_the_cent(world: World, total: int) -> None:
    pool = make_pool(world, total)
    acts.note_use(
        pool,
        rows=use(world, aude=(900, 415_000), bruno=(1500, 590_000), denis=(600, 310_000), emma=(700, 335_000)),
        version=1,
        by=world.actor("aude"),
        at=AT,
    )
    for proposal in pool_page(pool, world.seats["aude"]).proposals:
        assert sum(proposal.shares.values()) == total


def test_what_is_unknown_is_to_be_confirmed_never_zero(world: World) -> None:
    pool = make_pool(world)
    acts.note_use(pool, rows=use(world, aude=(900, None)), version=1, by=world.actor("aude"), at=AT)
    proposals = {proposal.kind: proposal for proposal in pool_page(pool, world.seats["aude"]).proposals}
    assert proposals["use"].missing == ("Charpente Masson", "Atelier Roux", "Atelier Blanc")
    assert proposals["use"].shares == {}
    with pytest.raises(acts.FiguresMissing):
        acts.propose_key(pool, kind="use", by=world.actor("aude"), at=AT)


def test_two_tabs_the_second_is_told_and_sees_both(world: World) -> None:
    pool = make_pool(world)
    acts.note_use(pool, rows=use(world, aude=(900, None)), version=1, by=world.actor("aude"), at=AT)
    with pytest.raises(Stale) as told:
        acts.note_use(pool, rows=use(world, aude=(1200, None)), version=1, by=world.actor("bruno"), at=AT)
    assert told.value.differences == [("Menuiserie Lambert", "9 ; –", "12 ; –")]


def test_a_key_goes_to_the_vote_with_what_each_would_pay(world: World) -> None:
    pool = make_pool(world, 10_000)
    ballot = acts.propose_key(pool, kind="equal", by=world.actor("bruno"), at=AT)
    assert ballot.resolution.decision_type == "sharing_key"
    assert "Menuiserie Lambert\u00a0: 25,00" in ballot.resolution.text
    assert {entry.act for entry in Entry.objects.of(world.grouping.book)} >= {
        "money.key.proposed",
        "governance.ballot.opened",
    }
    assert pool_page(pool, world.seats["aude"]).voting_on == ballot


def test_an_empty_pool_has_no_key(world: World) -> None:
    pool = acts.open_pool(world.grouping, title="Vide", by=world.actor("aude"), at=AT)
    with pytest.raises(acts.NothingToShare):
        acts.propose_key(pool, kind="equal", by=world.actor("aude"), at=AT)


def test_the_key_keeps_the_figures_it_was_voted_on(world: World) -> None:
    pool = make_pool(world, 40_000)
    rows = use(world, aude=(100, None), bruno=(100, None), denis=(100, None), emma=(100, None))
    acts.note_use(pool, rows=rows, version=1, by=world.actor("aude"), at=AT)
    adopt(pool, world, "use")
    pool.refresh_from_db()
    acts.note_use(pool, rows=use(world, aude=(900, None)), version=pool.version, by=world.actor("aude"), at=AT)
    assert why_page(pool, world.seats["aude"]).owes == 10_000


def test_settling_makes_the_fewest_payments_and_explains_them(world: World) -> None:
    pool = make_pool(world, 10_000)
    with pytest.raises(acts.NotSettleable):
        acts.settle_pool(pool, by=world.actor("aude"), at=AT)
    adopt(pool, world)
    with pytest.raises(NotAllowed):
        acts.settle_pool(pool, by=world.actor("bruno"), at=AT)
    transfers = acts.settle_pool(pool, by=world.actor("aude"), at=AT)
    assert sorted(transfer.cents for transfer in transfers) == [2500, 2500, 2500]
    assert {transfer.creditor for transfer in transfers} == {world.seats["aude"]}
    assert last(world).act == "money.pool.settled"
    page = why_page(pool, world.seats["bruno"])
    assert (page.owes, page.paid, page.balance) == (2500, 0, -2500)
    assert "100,00" in page.lines[0].reasons[0]
    with pytest.raises(acts.PoolSettled):
        acts.add_line(pool, label="Tard", cents=1, paid_by=None, by=world.actor("aude"), at=AT)


def test_a_line_without_payer_cannot_be_settled(world: World) -> None:
    pool = make_pool(world)
    acts.add_line(pool, label="Traiteur", cents=500, paid_by=None, by=world.actor("aude"), at=AT)
    adopt(pool, world)
    with pytest.raises(acts.NotSettleable, match="Traiteur"):
        acts.settle_pool(pool, by=world.actor("aude"), at=AT)


def test_each_side_confirms_its_own_part(world: World) -> None:
    pool = make_pool(world, 10_000)
    adopt(pool, world)
    acts.settle_pool(pool, by=world.actor("aude"), at=AT)
    mine = pool.transfers.get(debtor=world.seats["bruno"])
    assert list(due_by(world.bruno)) == [mine]
    paid = acts.confirm_payment(mine, by=world.actor("bruno"), at=AT)
    assert (paid.paid_at, paid.received_at) == (AT, None)
    with pytest.raises(Refusal, match="déjà"):
        acts.confirm_payment(mine, by=world.actor("bruno"), at=AT)
    assert mine in due_by(world.aude)
    assert acts.confirm_payment(mine, by=world.actor("aude"), at=AT).received_at == AT
    other = pool.transfers.get(debtor=world.seats["denis"])
    with pytest.raises(NotAllowed):
        acts.confirm_payment(other, by=world.actor("bruno"), at=AT)


def test_an_adopted_key_names_its_decision(world: World) -> None:
    pool = make_pool(world)
    key = adopt(pool, world)
    assert key.by_decision == "governance/resolution/x"
    assert Ballot.objects.filter(resolution__effect="key").count() == 1


def test_what_is_voted_is_in_the_language_of_the_house(world: World) -> None:
    with translation.override("en"):
        ballot = acts.propose_key(make_pool(world), kind="equal", by=world.actor("aude"), at=AT)
    assert ballot.resolution.title == "Partager «\u00a0Stand\u00a0»\u00a0: parts égales"
    assert "100,00\u00a0€" in ballot.resolution.text
