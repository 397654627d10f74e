"""Costs: approved or contested before they count, split otherwise, with their VAT, their photo without its place."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from cordee.ground.files.acts import FileNotTaken
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.messages.acts import tell
from cordee.ground.messages.models import Letter
from cordee.money import acts
from cordee.money.models import Dispute, PoolLine
from cordee.money.reads import accounts_of, pool_page, vat_of, why_page
from cordee.money.tasks import LETTERS, post_due
from tests.factories import AT
from tests.money.making import NAMES, a_line, a_pool, adopted, balances, owes
from tests.people import World

pytestmark = pytest.mark.django_db


def parts(world: World, *values: int) -> dict[str, int]:
    return {world.seats[name].public_id: value for name, value in zip(NAMES, values, strict=True)}


def test_a_cost_counts_once_another_company_approved_it(world: World) -> None:
    pool = a_pool(world, review_days=7)
    line = a_line(world, pool, 10_000)
    adopted(world, pool)
    assert pool_page(pool, world.seats["aude"]).total == 0
    with pytest.raises(NotAllowed):
        acts.approve_line(line, by=world.actor("aude"), at=AT)
    with pytest.raises(acts.NotSettleable, match="à approuver"):
        acts.settle_pool(pool, by=world.actor("aude"), at=AT)
    acts.approve_line(line, by=world.actor("bruno"), at=AT)
    assert owes(world, pool) == [2500] * 4
    with pytest.raises(acts.NotWaiting):
        acts.approve_line(line, by=world.actor("emma" if hasattr(world, "emma") else "bruno"), at=AT)


def test_or_when_nobody_contested_it_in_time(world: World) -> None:
    pool = a_pool(world, review_days=7)
    line = a_line(world, pool, 10_000)
    assert post_due(at=AT + timedelta(days=6)) == 0
    with pytest.raises(acts.NotWaiting):
        acts.post_line(line, by=world.actor("aude"), at=AT)
    assert post_due(at=AT + timedelta(days=7)) == 1
    assert post_due(at=AT + timedelta(days=8)) == 0
    assert pool_page(pool, world.seats["aude"]).total == 10_000


def test_a_dispute_is_answered_and_ended(world: World) -> None:
    pool = a_pool(world, review_days=7)
    line = a_line(world, pool, 10_000)
    with pytest.raises(Refusal, match="pourquoi"):
        acts.raise_dispute(line, reason=" ", by=world.actor("bruno"), at=AT)
    dispute = acts.raise_dispute(line, reason="Deux fois la même.", by=world.actor("bruno"), at=AT)
    assert post_due(at=AT + timedelta(days=30)) == 0
    tell(LETTERS, at=AT)
    assert "conteste 100,00" in Letter.objects.filter(to=world.aude).last().subject
    with pytest.raises(NotAllowed):
        acts.answer_dispute(dispute, answer="Non.", by=world.actor("bruno"), at=AT)
    acts.answer_dispute(dispute, answer="Deux badges.", by=world.actor("aude"), at=AT)
    with pytest.raises(NotAllowed):
        acts.end_dispute(dispute, outcome="accepted", by=world.actor("aude"), at=AT)
    acts.end_dispute(dispute, outcome="accepted", by=world.actor("bruno"), at=AT)
    line.refresh_from_db()
    assert line.state == PoolLine.State.POSTED
    with pytest.raises(acts.Contested):
        acts.answer_dispute(dispute, answer="x", by=world.actor("aude"), at=AT)


def test_or_the_cost_is_struck_out(world: World) -> None:
    pool = a_pool(world, review_days=7)
    line = a_line(world, pool, 10_000)
    dispute = acts.raise_dispute(line, reason="Non.", by=world.actor("bruno"), at=AT)
    acts.end_dispute(dispute, outcome=Dispute.Outcome.CORRECTED, by=world.actor("aude"), at=AT)
    assert pool_page(pool, world.seats["aude"]).lines == ()


def test_the_keeper_of_the_money_decides_only_when_it_is_no_party(world: World) -> None:
    pool = a_pool(world, review_days=7)
    mine, other = a_line(world, pool, 10_000), a_line(world, pool, 500, payer="bruno")
    about_me = acts.raise_dispute(mine, reason="Non.", by=world.actor("bruno"), at=AT)
    acts.answer_dispute(about_me, answer="Si.", by=world.actor("aude"), at=AT)
    with pytest.raises(NotAllowed):
        acts.end_dispute(about_me, outcome="settled", by=world.actor("aude"), at=AT)
    denis = world.seats["denis"]
    from cordee.ground.people.models import Actor
    from cordee.ground.register.acts import address

    about_bruno = acts.raise_dispute(other, reason="Non.", by=Actor(denis.holder, address(denis)), at=AT)
    acts.answer_dispute(about_bruno, answer="Si.", by=world.actor("bruno"), at=AT)
    assert acts.end_dispute(about_bruno, outcome="settled", by=world.actor("aude"), at=AT).outcome == "settled"


def test_a_payment_is_contested_and_waits(world: World) -> None:
    pool = a_pool(world, 10_000)
    adopted(world, pool)
    acts.settle_pool(pool, by=world.actor("aude"), at=AT)
    transfer = pool.transfers.get(debtor=world.seats["bruno"])
    dispute = acts.raise_dispute(transfer, reason="Déjà payé.", by=world.actor("bruno"), at=AT)
    with pytest.raises(Refusal, match="contesté"):
        acts.confirm_payment(transfer, by=world.actor("aude"), at=AT)
    acts.answer_dispute(dispute, answer="Rien reçu.", by=world.actor("aude"), at=AT)
    acts.end_dispute(dispute, outcome="accepted", by=world.actor("bruno"), at=AT)
    assert acts.confirm_payment(transfer, by=world.actor("aude"), at=AT).received_at
    with pytest.raises(NotYours):
        acts.raise_dispute(transfer, reason="x", by=world.actor("chloe"), at=AT)


@pytest.mark.parametrize(
    ("split", "values", "expected"),
    [
        ("percent", (5000, 5000, 0, 0), [5001, 5000, 0, 0]),
        ("amount", (1, 10_000, 0, 0), [1, 10_000, 0, 0]),
        ("shares", (1, 1, 2, 0), [2500, 2500, 5001, 0]),
    ],
)
def test_a_bill_is_split_by_percentage_amount_or_shares(
    world: World, split: str, values: tuple[int, ...], expected: list[int]
) -> None:
    pool = a_pool(world)
    line = a_line(world, pool, 10_001, split=split, parts=parts(world, *values))
    assert sum(owes(world, pool)) == 10_001
    assert all(abs(a - b) <= 1 for a, b in zip(owes(world, pool), expected, strict=True))
    assert why_page(pool, world.seats["bruno"]).lines[0].line == line


@pytest.mark.parametrize(
    ("split", "values"), [("percent", (5000, 4000, 0, 0)), ("amount", (5000, 4000, 0, 0)), ("shares", (0, 0, 0, 0))]
)
def test_parts_that_do_not_make_the_bill_are_refused(world: World, split: str, values: tuple[int, ...]) -> None:
    with pytest.raises(acts.BadSplit):
        a_line(world, a_pool(world), 10_000, split=split, parts=parts(world, *values))


def test_who_re_invoices_adds_vat_for_the_others_and_none_for_itself(world: World) -> None:
    pool = a_pool(world)
    a_line(world, pool, 10_000, nature="rebilled", vat_rate=2000)
    adopted(world, pool)
    assert owes(world, pool) == [2500, 3000, 3000, 3000]
    assert balances(world, pool) == [9000, -3000, -3000, -3000]
    assert why_page(pool, world.seats["bruno"]).lines[0].vat == 500


def test_a_pass_through_is_proved_and_bears_no_vat(world: World) -> None:
    pool = a_pool(world)
    with pytest.raises(Refusal, match="débours"):
        a_line(world, pool, 12_000, nature="debours")
    bill = SimpleUploadedFile("facture.pdf", b"%PDF-1.7 rien")
    a_line(world, pool, 12_000, nature="debours", vat_rate=2000, receipt=bill)
    adopted(world, pool)
    assert owes(world, pool) == [3000] * 4
    with pytest.raises(Refusal, match="refacture"):
        acts.add_line(pool, label="x", cents=1, paid_by=None, nature="rebilled", by=world.actor("aude"), at=AT)


@given(st.integers(-10_000_000, 10_000_000), st.sampled_from([0, 210, 550, 1000, 2000]))
def test_vat_is_within_half_a_cent(cents: int, rate: int) -> None:
    assert abs(vat_of(cents, rate) * 10_000 - cents * rate) * 2 <= 10_000
    assert vat_of(-cents, rate) == -vat_of(cents, rate)


def test_an_advance_counts_when_the_other_confirms_it_and_is_no_expense(world: World) -> None:
    pool = a_pool(world, 10_000)
    adopted(world, pool)
    with pytest.raises(Refusal, match="autre entreprise"):
        acts.add_advance(pool, to=world.seats["bruno"], cents=1, label="x", by=world.actor("bruno"), at=AT)
    line = acts.add_advance(pool, to=world.seats["aude"], cents=1000, label="Acompte", by=world.actor("bruno"), at=AT)
    assert balances(world, pool) == [7500, -2500, -2500, -2500]
    acts.approve_line(line, by=world.actor("aude"), at=AT)
    assert balances(world, pool) == [6500, -1500, -2500, -2500]
    assert pool_page(pool, world.seats["aude"]).total == 10_000
    assert sum(accounts_of(pool).balances().values()) == 0


def test_netting_along_existing_debts_pays_nobody_new(world: World) -> None:
    pool = a_pool(world)
    for payer, debtor in (("aude", "bruno"), ("bruno", "denis")):
        a_line(world, pool, 1000, payer=payer, by="aude", split="amount", parts={world.seats[debtor].public_id: 1000})
    transfers = acts.settle_pool(pool, along=True, by=world.actor("aude"), at=AT)
    pairs = {(one.debtor.public_id, one.creditor.public_id) for one in transfers}
    assert pairs == {
        (world.seats["bruno"].public_id, world.seats["aude"].public_id),
        (world.seats["denis"].public_id, world.seats["bruno"].public_id),
    }


def photo(kind: str = "JPEG", *, place: bool = True) -> bytes:
    picture, out = Image.new("RGB", (40, 20), (200, 30, 30)), io.BytesIO()
    exif = Image.Exif()
    if place:
        exif[0x0110] = "Telephone of Bruno"
        exif[0x0112] = 6
        exif.get_ifd(0x8825)[2] = (43.0, 36.0, 0.0)
    picture.save(out, format=kind, exif=exif)
    return out.getvalue()


def test_a_photo_of_a_receipt_keeps_neither_place_nor_device(world: World) -> None:
    line = a_line(world, a_pool(world), 100, receipt=SimpleUploadedFile("ticket.jpg", photo()))
    kept = line.receipt.read()
    assert b"Telephone" not in kept
    with Image.open(io.BytesIO(kept)) as picture:
        assert not picture.getexif()
        assert picture.size == (20, 40), "it stands upright, as its orientation said"


@pytest.mark.parametrize(("name", "content"), [("ticket.jpg", b"\xff\xd8\xff rien"), ("ticket.heic", b"0000ftypheic")])
def test_what_is_no_photo_gets_a_sentence(world: World, name: str, content: bytes) -> None:
    with pytest.raises(FileNotTaken):
        a_line(world, a_pool(world), 100, receipt=SimpleUploadedFile(name, content))


def test_members_hear_of_a_line_added_after_the_vote(world: World) -> None:
    pool = a_pool(world, 10_000)
    tell(LETTERS, at=AT)
    assert Letter.objects.count() == 0
    adopted(world, pool)
    a_line(world, pool, 500)
    tell(LETTERS, at=AT)
    subjects = set(Letter.objects.values_list("subject", flat=True))
    assert {"Une dépense de 5,00\u00a0€ s’ajoute à «\u00a0Stand\u00a0»"} <= subjects
    assert Letter.objects.filter(to=world.aude).count() == 0, "not to who wrote it"
