"""Invoices: a series without a gap for each company, drafts, mandates, credit notes, what the lead sees."""

import threading
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.urls import reverse

from cordee.engines.invoicing import check_invoice, read_invoice
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.register.models import Entry
from cordee.money import acts, reads, tasks
from cordee.money.models import Invoice, InvoiceSeries, LegalRate
from tests.money.doors import BUYER, IDENTITY
from tests.people import World, browser_of, make_world

AT = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
LINES = [acts.DraftLine("Charpente, lot 3", 123_456_700, 1500, "S", 1000), acts.DraftLine("Nettoyage", 500_000)]


def know(world: World, who: str = "aude", **changes: object) -> None:
    acts.note_identity(world.grouping, values={**IDENTITY, **changes}, by=world.actor(who), at=AT)


def draft(world: World, who: str = "aude", **more: object) -> Invoice:
    words = {"lines": LINES, "buyer": BUYER, "due": date(2026, 12, 3), **more}
    return acts.draft_invoice(world.seats[who], by=world.actor(who), at=AT, **words)  # type: ignore[arg-type]


def issue(world: World, made: Invoice, who: str = "aude") -> Invoice:
    return acts.issue_invoice(made, by=world.actor(who), at=AT)


def test_an_issued_invoice_is_a_valid_facturx_with_the_next_number(world: World) -> None:
    know(world)
    first, second = (issue(world, draft(world)) for _ in range(2))
    assert (first.number, second.number) == ("F2026-0001", "F2026-0002")
    assert first.net_cents == 1_851_851 + 5_000  # 12 345,67 € × 1,5, halves up
    assert first.tax_cents == 185_185 + 1_000
    assert first.pdf is not None
    report = check_invoice(first.pdf.read())
    assert (report.valid, report.rules) == (True, ())
    told = Entry.objects.filter(act="money.invoice.issued", book=first.seller.book).first()
    assert told is not None
    assert told.facts == {"number": "F2026-0001", "cents": first.gross_cents, "pdf": first.pdf.digest, "mandate": False}
    name, xml = reads.papers_of(first, "xml", at=AT)
    assert (name, read_invoice(xml).syntax) == ("F2026-0001.xml", "CII")


def test_a_draft_says_so_and_carries_no_number(world: World) -> None:
    know(world, issues_here=False)
    made = draft(world)
    with pytest.raises(Refusal, match="propre logiciel"):
        issue(world, made)
    assert b"PROJET" in reads.papers_of(made, "xml", at=AT)[1]
    handed = acts.hand_over(made, by=world.actor("aude"), at=AT)
    assert (handed.state, handed.number) == ("handed", "")
    with pytest.raises(acts.AlreadyIssued):
        acts.discard_draft(handed, by=world.actor("aude"), at=AT)
    assert not InvoiceSeries.objects.exists()


def test_what_is_missing_is_said(world: World) -> None:
    with pytest.raises(acts.NotIdentified):
        draft(world)
    know(world, vat_number="")
    with pytest.raises(acts.NotInvoiceable, match="numéro de TVA"):
        draft(world)
    with pytest.raises(acts.NotInvoiceable, match="SIREN"):
        draft(world, buyer={**BUYER, "siren": "1"})
    assert not Invoice.objects.exists()


def test_a_mandate_is_needed_to_invoice_for_another(world: World) -> None:
    know(world)
    seats = world.seats
    words = {"lines": LINES, "buyer": BUYER, "due": date(2026, 12, 3), "by": world.actor("bruno"), "at": AT}
    with pytest.raises(acts.NoMandate):
        acts.draft_invoice(seats["aude"], **words)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        acts.give_mandate(seats["aude"], holder=seats["bruno"], by=world.actor("bruno"), at=AT)
    mandate = acts.give_mandate(seats["aude"], holder=seats["bruno"], by=world.actor("aude"), at=AT)
    made = acts.draft_invoice(seats["aude"], **words)  # type: ignore[arg-type]
    issued = acts.issue_invoice(made, by=world.actor("bruno"), at=AT)
    assert issued.pdf is not None
    assert "au nom et pour le compte de Menuiserie Lambert" in reads.papers_of(issued, "xml", at=AT)[1].decode()
    assert check_invoice(issued.pdf.read()).valid
    again = acts.draft_invoice(seats["aude"], **words)  # type: ignore[arg-type]
    acts.end_mandate(mandate, by=world.actor("aude"), at=AT)
    with pytest.raises(acts.NoMandate):
        acts.issue_invoice(again, by=world.actor("bruno"), at=AT)
    with pytest.raises(Refusal, match="déjà retiré"):
        acts.end_mandate(mandate, by=world.actor("aude"), at=AT)


def test_a_credit_note_takes_the_invoice_back_in_its_own_series(world: World) -> None:
    know(world)
    sold = issue(world, draft(world))
    note = acts.credit_invoice(sold, by=world.actor("aude"), at=AT)
    with pytest.raises(Refusal, match="déjà son avoir"):
        acts.credit_invoice(sold, by=world.actor("aude"), at=AT)
    issued = issue(world, note)
    assert (issued.number, issued.gross_cents, issued.signed_gross) == (
        "A2026-0001",
        sold.gross_cents,
        -sold.gross_cents,
    )
    assert issued.pdf is not None
    assert check_invoice(issued.pdf.read()).rules == ()
    page = reads.invoices_page(world.aude, world.grouping.public_id)
    assert (page.net, page.gross) == (0, 0)


def test_a_final_invoice_deducts_its_down_payments(world: World) -> None:
    know(world)
    part = acts.DraftLine("Acompte de 30 %", 30_000_000)
    paid, second = (issue(world, draft(world, kind="386", lines=[part])) for _ in range(2))
    other = issue(world, draft(world, kind="386", lines=[part], buyer={**BUYER, "siren": "552100554"}))
    back = acts.credit_invoice(second, lines=[acts.DraftLine("Trop demandé", 5_000_000)], by=world.actor("aude"), at=AT)
    issue(world, back)
    with pytest.raises(acts.NotInvoiceable, match="même client"):
        draft(world, deducts=[paid, other])
    final = issue(world, draft(world, deducts=[paid, second]))
    assert (final.case, final.about, final.prepaid_cents) == ("4", paid, 360_000 + 300_000)
    assert final.pdf is not None
    assert check_invoice(final.pdf.read()).rules == ()
    xml = reads.papers_of(final, "xml", at=AT)[1].decode()
    assert "<ram:TotalPrepaidAmount>6600.00<" in xml
    assert "500,00\xa0€ à 20\u202f% sur 2\u202f500,00\xa0€" in xml, "what the credit note left of the second"
    assert [one.pk for one in reads.down_payments(world.seats["aude"])] == [other.pk]
    with pytest.raises(acts.NotInvoiceable, match="déjà déduit"):
        draft(world, deducts=[second])
    with pytest.raises(Refusal, match="déjà déduit"):
        acts.credit_invoice(paid, by=world.actor("aude"), at=AT)
    page = browser_of(world.aude).get(f"/factures/une/{final.public_id}").content.decode()
    assert f"Acompte {second.number}" in page
    issue(world, acts.credit_invoice(final, by=world.actor("aude"), at=AT))
    assert len(reads.down_payments(world.seats["aude"])) == 3, "an invoice taken back whole deducts nothing any more"


def test_an_issued_invoice_never_changes_says_the_database(world: World) -> None:
    know(world)
    sold = issue(world, draft(world))
    line = sold.lines.first()
    assert line is not None
    changes = [
        lambda: Invoice.objects.filter(pk=sold.pk).update(gross_cents=1),
        lambda: Invoice.objects.filter(pk=sold.pk).update(number="F2026-0009"),
        lambda: sold.lines.all().delete(),
        lambda: sold.lines.filter(pk=line.pk).update(price=1),
    ]
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(acts.AlreadyIssued):
        acts.discard_draft(sold, by=world.actor("aude"), at=AT)


def test_each_sees_its_own_and_the_lead_what_is_issued(world: World) -> None:
    know(world)
    know(world, "bruno")
    hidden = draft(world, "bruno")
    shown = issue(world, draft(world, "bruno"), "bruno")
    lead = reads.invoices_page(world.aude, world.grouping.public_id)
    assert [one.pk for one, _standing in lead.invoices] == [shown.pk]
    assert [(str(seat), gross) for seat, _net, gross in lead.consolidated] == [("Charpente Masson", shown.gross_cents)]
    denis = world.seats["denis"].holder
    assert reads.invoices_page(denis, world.grouping.public_id).invoices == ()
    for person in (denis, world.chloe):
        with pytest.raises(NotYours):
            reads.invoice_of(person, shown.public_id)
    with pytest.raises(NotYours):
        reads.invoice_of(world.aude, hidden.public_id)


def test_late_payment_is_counted_from_dated_rates(world: World) -> None:
    know(world)
    LegalRate.objects.get_or_create(since=date(2026, 1, 1), defaults={"hundredths": 786, "source": "essai"})
    at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    made = acts.draft_invoice(
        world.seats["aude"], lines=LINES, buyer=BUYER, due=date(2026, 2, 4), by=world.actor("aude"), at=at
    )
    sold = acts.issue_invoice(made, by=world.actor("aude"), at=at)
    assert reads.penalty_of(sold, date(2026, 2, 4)) is None
    expected = round(sold.gross_cents * 786 * 10 / 365 / 10_000)
    assert reads.penalty_of(sold, date(2026, 2, 14)) == expected
    assert "7,86" in reads.papers_of(sold, "xml", at=at)[1].decode()


@pytest.mark.django_db(transaction=True)
def test_twenty_issuers_at_once_leave_no_gap() -> None:
    world = make_world()
    know(world)
    drafts = [draft(world) for _ in range(20)]
    start, faults = threading.Barrier(20), []

    def one(pk: int) -> None:
        close_old_connections()
        try:
            loaded = Invoice.objects.select_related("grouping", "seller").get(pk=pk)
            start.wait()
            if pk % 5 == 0:  # some try twice: the second time must not use a number up
                issue(world, loaded)
            issue(world, loaded)
        except acts.AlreadyIssued:
            pass
        except Exception as fault:  # any other trouble is what this test looks for
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(made.pk,)) for made in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    numbers = sorted(Invoice.objects.values_list("number", flat=True))
    assert numbers == [f"F2026-{number:04d}" for number in range(1, 21)]
    assert InvoiceSeries.objects.get().last == 20


def test_a_failed_issue_uses_no_number_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    know(world)
    made = draft(world)

    def breaks(*_args: object, **_words: object) -> bytes:
        raise OSError("disk full")

    monkeypatch.setattr("cordee.money.acts.invoices.keep_content", breaks)
    with pytest.raises(OSError, match="disk full"):
        issue(world, made)
    monkeypatch.undo()
    assert issue(world, made).number == "F2026-0001"


def test_the_pages(world: World) -> None:
    aude = browser_of(world.aude)
    base = f"/factures/{world.grouping.public_id}"
    assert "n’est pas une plateforme agréée" in aude.get("/factures/").content.decode()
    assert "Dites d’abord" in aude.get(base).content.decode()
    identity = {**{key: value for key, value in IDENTITY.items() if value is not True}, "issues_here": "on"}
    assert aude.post(base + "/identite", {**identity, "vat_number": "FR00"}).status_code == 422
    assert aude.post(base + "/identite", identity).status_code == 302
    data = {
        **{f"buyer_{key}": value for key, value in BUYER.items()},
        **{
            "kind": "380",
            "case": "6",
            "nature": "S",
            "due": "2027-01-15",
            "label_0": "Charpente",
            "price_0": "1 000,00",
        },
        **{f"{name}_{n}": value for n in range(4) for name, value in (("vat", "S"), ("rate", "1000"))},
    }
    assert aude.post(base + "/nouvelle", {**data, "buyer_siren": "12"}).status_code == 422
    answer = aude.post(base + "/nouvelle", data)
    assert answer.status_code == 302
    made = Invoice.objects.get()
    assert made.gross_cents == 110_000
    page = aude.get(answer["Location"]).content.decode()
    assert "Émettre" in page
    assert aude.post(f"/factures/une/{made.public_id}/emettre").status_code == 302
    pdf = aude.get(f"/factures/une/{made.public_id}/fichier/pdf")
    assert pdf["Content-Type"] == "application/pdf"
    assert check_invoice(pdf.content).valid
    checked = aude.post("/factures/verifier", {"file": SimpleUploadedFile("f.pdf", pdf.content)})
    assert "Valable" in checked.content.decode()
    refused = aude.post("/factures/verifier", {"file": SimpleUploadedFile("f.pdf", b"%PDF-1.7 cut")})
    assert refused.status_code == 409
    assert "abîmé" in refused.content.decode()


def test_a_late_invoice_is_reminded_once_then_paid_in_two_parts(world: World) -> None:
    know(world)
    LegalRate.objects.get_or_create(since=date(2026, 7, 1), defaults={"hundredths": 786, "source": "essai"})
    made, by = issue(world, draft(world)), world.actor("aude")
    with pytest.raises(acts.NotPayable):
        acts.mark_paid(made, on=date(2026, 11, 2), by=by, at=AT)
    assert tasks.remind_invoices(at=datetime(2026, 12, 6, 9, 0, tzinfo=UTC)) == 0
    late = datetime(2026, 12, 8, 9, 0, tzinfo=UTC)
    assert [tasks.remind_invoices(at=late) for _ in range(2)] == [1, 0]
    entry = Entry.objects.get(act="money.invoice.reminded")
    (letter,) = tasks.LETTERS[entry.act](entry, late)
    assert (letter.to, letter.group) == (world.aude, "reminders")
    with pytest.raises(acts.NotLate):
        acts.remind_late(made, by=by, at=late)
    with pytest.raises(NotAllowed):
        acts.mark_paid(made, on=late.date(), by=world.actor("bruno"), at=late)
    where = reverse("money:invoice_do", args=[made.public_id, "payee"])
    for wrong in ({"on": "demain", "cents": "10"}, {"on": "2026-11-03", "cents": "-3"}, {"on": "9999-12-31"}):
        assert browser_of(world.aude).post(where, wrong).status_code == 422
    with pytest.raises(acts.NotPayable, match="reste"):
        acts.mark_paid(made, on=late.date(), cents=made.gross_cents + 1, by=by, at=late)
    part = acts.mark_paid(made, on=date(2026, 12, 5), cents=1_000_000, by=by, at=late)
    left = made.gross_cents - 1_000_000
    assert (part.paid_on, reads.standing_of(part).left) == (None, left)
    lots = reads.late_of(part, late.date()).lots  # type: ignore[union-attr]
    assert [(owed, sum(span.days for span in spans)) for owed, spans in lots] == [(1_000_000, 2), (left, 5)]
    told = Entry.objects.filter(act="money.invoice.paid", book=world.grouping.book).get()
    assert told.facts == {"number": made.number, "on": "2026-12-05", "cents": 1_000_000, "left": left}
    paid = acts.mark_paid(made, on=late.date(), by=by, at=late)
    assert (paid.paid_on, reads.standing_of(paid).left) == (late.date(), 0)
    with pytest.raises(acts.NotPayable, match="déjà payée"):
        acts.mark_paid(paid, on=late.date(), by=by, at=late)
    wrong_one = made.payments.get(cents=left)
    assert acts.strike_payment(wrong_one, by=by, at=late).paid_on is None
    with pytest.raises(acts.NotPayable, match="déjà rayé"):
        acts.strike_payment(wrong_one, by=by, at=late)
    assert Entry.objects.filter(act="money.invoice.unpaid").count() == 2, "in both books"


def test_the_retention_is_late_with_nothing_and_comes_after(world: World) -> None:
    know(world)
    made, by = issue(world, draft(world, retention_cents=50_000)), world.actor("aude")
    paid = acts.mark_paid(made, on=AT.date(), by=by, at=AT)
    assert (paid.paid_on, reads.standing_of(paid).left) == (AT.date(), 50_000)
    assert reads.late_of(paid, date(2027, 1, 4)) is None
    assert tasks.remind_invoices(at=datetime(2026, 12, 20, tzinfo=UTC)) == 0
    assert reads.standing_of(acts.mark_paid(made, on=AT.date(), by=by, at=AT)).left == 0
