"""Accounts given, payment files for one's own bank, statements read: nobody sees what is not theirs."""

from pathlib import Path

import pytest
import sepaxml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localtime
from lxml import etree

from cordee.ground.kit.clock import now
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.register.models import Entry
from cordee.money import acts
from cordee.money.models import BankRow, CostPool
from cordee.money.reads import bank_page, standing_of
from tests.factories import AT
from tests.money.doors import invoice
from tests.money.making import a_pool, adopted
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db
IBAN, OTHER = "FR76 3000 6000 0112 3456 7890 189", "FR14 2004 1010 0505 0001 3M02 606"


def settled(world: World) -> CostPool:
    """Aude paid 100 €; each of the three others owes her 25 €."""
    pool = a_pool(world, 10_000)
    adopted(world, pool)
    acts.settle_pool(pool, by=world.actor("aude"), at=AT)
    return pool


def give(world: World, name: str, iban: str) -> None:
    company = world.seats[name].company
    acts.give_account(company, holder=company.name, iban=iban, by=world.actor(name), at=AT)


def test_an_account_is_shown_to_whoever_pays_it_and_to_nobody_else(world: World) -> None:
    give(world, "aude", IBAN)
    mine = reverse("money:bank", args=[world.grouping.public_id])
    shown = "FR76 3000 6000 0112 3456 7890 189"
    assert shown not in browser_of(world.bruno).get(mine).content.decode()
    pool = settled(world)
    assert shown in browser_of(world.bruno).get(mine).content.decode()
    assert "FR7630006000011234567890189" in browser_of(world.aude).get(mine).content.decode()
    acts.confirm_payment(pool.transfers.get(debtor=world.seats["bruno"]), by=world.actor("bruno"), at=AT)
    assert shown not in browser_of(world.bruno).get(mine).content.decode()
    entries = Entry.objects.of(world.seats["aude"].company.book)
    assert entries.last().facts == {"changed": False}
    with pytest.raises(NotYours):
        bank_page(world.seats["aude"], world.bruno)


def test_a_wrong_number_gets_a_sentence_and_a_stranger_gives_none(world: World) -> None:
    with pytest.raises(acts.BadAccount, match="IBAN"):
        give(world, "aude", "FR7630006000011234567890188")
    with pytest.raises(NotAllowed):
        acts.give_account(world.seats["aude"].company, holder="x", iban=IBAN, by=world.actor("bruno"), at=AT)
    answer = browser_of(world.aude).post(
        reverse("money:give_account", args=[world.grouping.public_id]), {"holder": "x", "iban": "FR76"}
    )
    assert answer.status_code == 422
    assert "relevé d’identité" in answer.content.decode()


def test_the_payment_file_of_one_company_is_valid_and_holds_its_own_payments_only(world: World) -> None:
    settled(world)
    give(world, "aude", IBAN)
    address, browser = reverse("money:payment_file", args=[world.grouping.public_id]), browser_of(world.bruno)
    assert browser.get(address).status_code == 302, "Bruno gave no account of his own yet"
    give(world, "bruno", OTHER)
    answer = browser.get(address)
    root = etree.fromstring(answer.content)
    schema = Path(sepaxml.__file__).parent / "schemas" / "pain.001.001.09.xsd"
    etree.XMLSchema(file=str(schema)).assertValid(root)
    assert root.findtext(".//{*}CtrlSum") == "25.00"
    assert [node.text for node in root.iterfind(".//{*}CdtrAcct//{*}IBAN")] == ["FR7630006000011234567890189"]
    assert browser_of(world.aude).get(address).status_code == 302, "Aude has nothing to pay"


def test_a_contested_payment_is_in_no_file(world: World) -> None:
    pool = settled(world)
    give(world, "aude", IBAN)
    give(world, "bruno", OTHER)
    transfer = pool.transfers.get(debtor=world.seats["bruno"])
    acts.raise_dispute(transfer, reason="Déjà payé.", by=world.actor("bruno"), at=AT)
    assert bank_page(world.seats["bruno"], world.bruno).payable == ()


def statement(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("releve.csv", f"Date;Libellé;Montant\n{text}".encode())


def test_a_statement_recognises_payments_and_forgets_the_rest(world: World) -> None:
    pool = settled(world)
    transfer = pool.transfers.get(debtor=world.seats["bruno"])
    rows = f"12/03/2026;VIR {transfer.public_id};25,00\n13/03/2026;CAMILLE MARTIN SALAIRE;-1 850,00\n"
    seat = world.seats["aude"]
    found = acts.bring_statement(seat, statement(rows), by=world.actor("aude"), at=AT)
    assert [(row.proposed, row.why) for row in found.rows.all()] == [(transfer, "reference")]
    assert not BankRow.objects.filter(label__contains="MARTIN").exists()
    assert Entry.objects.of(seat.company.book).last().facts == {"movements": 2, "recognised": 1}
    with pytest.raises(acts.BadStatement, match="déjà lu"):
        acts.bring_statement(seat, statement(rows), by=world.actor("aude"), at=AT)
    with pytest.raises(NotAllowed):
        acts.bring_statement(seat, statement(rows), by=world.actor("bruno"), at=AT)
    row = found.rows.get()
    assert acts.confirm_row(row, by=world.actor("aude"), at=AT).received_at == AT
    with pytest.raises(acts.BadStatement, match="déjà confirmé"):
        acts.confirm_row(row, by=world.actor("aude"), at=AT)


def test_a_transfer_for_an_issued_invoice_proposes_paid_whole_or_in_part(world: World) -> None:
    first, second = (invoice(world, issued=True) for _ in range(2))
    by, at, seat = world.actor("aude"), now(), world.seats["aude"]
    day, half = f"{localtime(at):%d/%m/%Y}", first.gross_cents // 2
    rows = f"{day};VIR COMMUNE {first.number.replace('-', '')};{half / 100:.2f}\n{day};VIR {second.number};"
    found = acts.bring_statement(seat, statement(f"{rows}{second.gross_cents / 100:.2f}\n"), by=by, at=at)
    assert [(row.invoice, row.why) for row in found.rows.order_by("cents")] == [(first, "part"), (second, "reference")]
    browser, address = browser_of(world.aude), reverse("money:bank", args=[world.grouping.public_id])
    page = browser.get(address).content.decode()
    assert "un paiement partiel" in page
    assert page.count(f"facture {first.number}") == 2, "awaited, and recognised"
    for row in found.rows.all():
        assert browser.post(f"{address}/mouvement/{row.public_id}").status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.paid_on, second.paid_on) == (None, localtime(at).date())
    assert standing_of(first).left == first.gross_cents - half
    with pytest.raises(Refusal, match="déjà confirmé"):
        acts.confirm_row(found.rows.first(), by=by, at=at)  # type: ignore[arg-type]


def test_the_payer_recognises_its_own_side(world: World) -> None:
    settled(world)
    seat = world.seats["bruno"]
    found = acts.bring_statement(
        seat, statement("12/03/2026;VIREMENT MENUISERIE LAMBERT;-25,00\n"), by=world.actor("bruno"), at=AT
    )
    assert found.rows.get().why == "name"
    browser, address = browser_of(world.bruno), reverse("money:bank", args=[world.grouping.public_id])
    assert "VIREMENT MENUISERIE LAMBERT" in browser.get(address).content.decode()
    assert "VIREMENT MENUISERIE" not in browser_of(world.aude).get(address).content.decode()
    row = found.rows.get().public_id
    assert browser_of(world.aude).post(f"{address}/mouvement/{row}").status_code == 404
    assert browser.post(f"{address}/mouvement/{row}").status_code == 302
    assert found.rows.get().confirmed_at


def test_what_is_no_statement_says_so_in_its_form(world: World) -> None:
    address = reverse("money:bring_statement", args=[world.grouping.public_id])
    file = SimpleUploadedFile("releve.csv", b"bonjour")
    answer = browser_of(world.aude).post(address, {"statement": file})
    assert answer.status_code == 422
    assert "colonne" in answer.content.decode()
