"""Progress claims, partial credit notes, self-billing, re-invoicing between members, dated rates."""

import io
from datetime import date, timedelta

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cordee.engines.invoicing import check_invoice
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.people.models import Actor, Person
from cordee.ground.register.models import Entry
from cordee.money import acts, reads
from cordee.money.models import Invoice, LegalRate, VatRate, Works
from tests.money.doors import BUYER, IDENTITY
from tests.money.making import a_line, a_pool, adopted
from tests.money.test_invoices import AT, draft, issue, know
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db
DUE = date(2026, 12, 30)


def contract(world: World, **more: object) -> Works:
    posts = [acts.PostGiven("Charpente", 1_000_000), acts.PostGiven("Couverture", 333_333, rate=1000)]
    words = {"title": "Gymnase", "buyer": BUYER, "contract": "2026-07", "posts": posts, **more}
    return acts.open_works(world.seats["aude"], by=world.actor("aude"), at=AT, **words)  # type: ignore[arg-type]


def claim(world: World, works: Works, *done: int) -> Invoice:
    posts = list(works.posts.all())
    given = {post.pk: value for post, value in zip(posts, done, strict=True)}
    return acts.claim_progress(works, done=given, due=DUE, by=world.actor("aude"), at=AT)


def test_claims_add_up_to_the_contract_and_hold_five_percent(world: World) -> None:
    know(world)
    works = contract(world, retention_until=date(2027, 12, 30))
    first = issue(world, claim(world, works, 3333, 0))
    assert (first.net_cents, first.retention_cents) == (333_300, 19_998)
    assert first.pdf is not None
    assert check_invoice(first.pdf.read()).rules == ()
    assert first.lines.get().detail.startswith("Situation n° 1 : 33,33")
    with pytest.raises(acts.NotClaimable, match="Rien de nouveau"):
        claim(world, works, 3333, 0)
    with pytest.raises(acts.NotClaimable, match="100"):
        claim(world, works, 10_001, 0)
    last = claim(world, works, 10_000, 10_000)
    assert first.net_cents + last.net_cents == 1_333_333
    page = reads.works_page(world.aude, works.public_id)
    assert [one.left for one in page.posts] == [0, 0]
    assert (page.number, page.held) == (3, 19_998)
    acts.discard_draft(last, by=world.actor("aude"), at=AT)
    assert sum(reads.claimed_so_far(works).values()) == 333_300
    note = acts.credit_invoice(first, by=world.actor("aude"), at=AT)
    assert (note.works, sum(reads.claimed_so_far(works).values())) == (works, 0)
    assert Entry.objects.get(act="money.works.opened").facts["cents"] == 1_333_333


def test_a_contract_refuses_more_than_the_law_and_nobodys_mandate(world: World) -> None:
    know(world)
    with pytest.raises(acts.NotClaimable, match="5"):
        contract(world, retention=501)
    with pytest.raises(acts.NotClaimable, match="un poste"):
        contract(world, posts=[])
    with pytest.raises(acts.NoMandate):
        acts.open_works(
            world.seats["aude"], title="x", buyer=BUYER, posts=[acts.PostGiven("a", 1)], by=world.actor("bruno"), at=AT
        )


def test_a_credit_note_may_take_a_part_back_never_more_than_all(world: World) -> None:
    know(world)
    sold = issue(world, draft(world, lines=[acts.DraftLine("Étude", 1_000_000)]))  # 100 €, 120 € with tax
    part = [acts.DraftLine("Étude", 600_000)]
    first = acts.credit_invoice(sold, lines=part, by=world.actor("aude"), at=AT)
    assert first.gross_cents == 7_200
    with pytest.raises(acts.NotInvoiceable, match="reprend plus"):
        acts.credit_invoice(sold, lines=part, by=world.actor("aude"), at=AT)
    with pytest.raises(Refusal, match="déjà son avoir"):
        acts.credit_invoice(sold, by=world.actor("aude"), at=AT)
    rest = acts.credit_invoice(sold, lines=[acts.DraftLine("Étude", 400_000)], by=world.actor("aude"), at=AT)
    assert first.gross_cents + rest.gross_cents == sold.gross_cents


def test_the_buyer_makes_the_invoice_in_the_sellers_name_under_its_mandate(world: World) -> None:
    know(world)
    know(world, "bruno")
    aude, bruno = world.seats["aude"], world.seats["bruno"]
    acts.give_mandate(aude, holder=bruno, by=world.actor("aude"), at=AT)
    lines = [acts.DraftLine("Sciage", 1_000_000)]
    words = {"lines": lines, "due": DUE, "kind": "389", "case": "1", "by": world.actor("bruno"), "at": AT}
    with pytest.raises(acts.NotInvoiceable, match="acheteur"):
        acts.draft_invoice(aude, buyer=BUYER, **words)  # type: ignore[arg-type]
    made = acts.draft_invoice(aude, buyer=reads.buyer_of(bruno), **words)  # type: ignore[arg-type]
    sold = acts.issue_invoice(made, by=world.actor("bruno"), at=AT)
    assert sold.number == "F2026-0001"
    assert sold.pdf is not None
    report = check_invoice(sold.pdf.read())
    assert report.rules == ()
    xml = reads.papers_of(sold, "xml", at=AT)[1].decode()
    assert "Autofacturation" in xml
    assert "<ram:TypeCode>389</ram:TypeCode>" in xml
    note = acts.issue_invoice(acts.credit_invoice(sold, by=world.actor("bruno"), at=AT), by=world.actor("bruno"), at=AT)
    assert (note.kind, note.number) == ("261", "A2026-0001")


def test_the_extended_profile_the_delivery_and_the_direct_payment_are_on_it(world: World) -> None:
    know(world)
    words = {"case": "5", "direct_payer": "la commune de Lodève", "profile": "EXTENDED-CTC-FR"}
    place = {"name": "Chantier", "street": "1 rue du Pont", "postcode": "34700", "city": "Soubès"}
    lines = [acts.DraftLine("Enduits", 1_000_000, vat="reverse", rate=0)]
    sold = issue(world, draft(world, lines=lines, deliver_to=place, **words))
    assert sold.pdf is not None
    report = check_invoice(sold.pdf.read())
    assert (report.profile, report.rules) == ("EXTENDED-CTC-FR", ())
    xml = reads.papers_of(sold, "xml", at=AT)[1].decode()
    assert "paiement direct par la commune de Lodève" in xml
    assert "Soubès" in xml


def test_what_one_paid_for_others_becomes_an_invoice_for_each(world: World) -> None:
    know(world)
    pool = a_pool(world)
    a_line(world, pool, 40_000, label="Bennes", nature="rebilled", vat_rate=2000)
    a_line(world, pool, 10_000, label="Repas")
    adopted(world, pool)
    found = reads.to_rebill(pool, world.seats["aude"])
    assert [one.net for one in found] == [10_000] * 3
    made = acts.rebill_costs(pool, by=world.actor("aude"), at=AT)
    assert [(one.net_cents, one.tax_cents, one.state) for one in made] == [(10_000, 2_000, "draft")] * 3
    assert made[0].buyer["siren"] == world.seats["bruno"].company.siren
    with pytest.raises(Refusal, match="rien à refacturer"):
        acts.rebill_costs(pool, by=world.actor("aude"), at=AT)
    with pytest.raises(Refusal, match="rien à refacturer"):
        acts.rebill_costs(pool, by=world.actor("bruno"), at=AT)
    told = Entry.objects.get(act="money.cost.rebilled")
    assert (told.facts["drafts"], told.facts["cents"]) == (3, 36_000)


def test_rates_are_dated_and_noted_by_who_runs_the_server(world: World) -> None:
    operator = Person.objects.create(email="op@cordee.example", name="Op", is_operator=True)
    with pytest.raises(NotAllowed):
        acts.note_legal_rate(since=date(2026, 7, 1), hundredths=780, source="x", by=world.actor("aude"), at=AT)
    acts.note_legal_rate(since=date(2026, 7, 1), hundredths=780, source="Essai", by=Actor(operator), at=AT)
    assert LegalRate.objects.get(since=date(2026, 7, 1)).hundredths == 780
    VatRate.objects.all().delete()
    assert [value for value, _label in reads.rate_choices(AT.date())][:2] == ["2000", "1000"]  # the engine's own
    rate = {"hundredths": 2000, "where": "mainland", "label": "Normal", "source": "CGI 278", "by": Actor(operator)}
    acts.note_vat_rate(since=date(2014, 1, 1), until=date(2026, 12, 31), **rate, at=AT)  # type: ignore[arg-type]
    acts.note_vat_rate(since=date(2027, 1, 1), **{**rate, "hundredths": 2100}, at=AT)  # type: ignore[arg-type]
    assert [value for value, _label in reads.rate_choices(AT.date())] == ["2000"]
    assert [value for value, _label in reads.rate_choices(date(2027, 2, 1))] == ["2100"]
    with pytest.raises(Refusal, match="finirait"):
        acts.note_vat_rate(since=AT.date(), until=date(2020, 1, 1), **rate, at=AT)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        acts.note_vat_rate(since=AT.date(), **{**rate, "by": world.actor("aude")}, at=AT)  # type: ignore[arg-type]
    assert {entry.facts["what"] for entry in Entry.objects.filter(act="money.rate.noted")} == {"late", "vat"}
    boss = browser_of(operator)
    form = {"quoi": "retard", "since": "2027-01-01", "hundredths": "7,5", "source": "Arrêté"}
    assert boss.post(reverse("money:rates"), form).status_code == 302
    assert LegalRate.objects.get(since=date(2027, 1, 1)).hundredths == 750
    assert boss.post(reverse("money:rates"), {**form, "hundredths": "x"}).status_code == 422
    page = browser_of(world.bruno).get(reverse("money:rates")).content.decode()
    assert "CGI 278" in page
    assert "Noter le taux" not in page


def test_late_days_are_told_rate_by_rate(world: World) -> None:
    know(world)
    LegalRate.objects.all().delete()
    for since, rate in ((date(2026, 1, 1), 786), (date(2026, 12, 20), 900)):
        LegalRate.objects.create(since=since, hundredths=rate, source="essai")
    sold = issue(world, draft(world))
    late = reads.late_of(sold, sold.due + timedelta(days=30))
    assert late is not None
    assert [(span.days, int(span.percent * 100)) for span in late.spans] == [(16, 786), (14, 900)]
    assert late.penalty == round(sum(span.exact for span in late.spans))
    assert (late.total, late.sure) == (late.penalty + 4_000, True)
    assert reads.late_of(sold, date(2027, 9, 1)).sure is False


def test_the_pages_of_a_contract(world: World) -> None:
    browser = browser_of(world.aude)
    know(world)
    base = f"/factures/{world.grouping.public_id}"
    posts = {"post_label_0": "Gros œuvre", "post_cents_0": "10 000"}
    cells = {f"post_{name}_{n}": value for n in range(6) for name, value in (("vat", "S"), ("rate", "2000"))}
    head = {**{f"buyer_{key}": value for key, value in BUYER.items()}, "title": "École", "case": "6"}
    data = {**posts, **cells, **head, "retention": "5", "profile": "EN 16931"}
    assert browser.post(base + "/marche", {**data, "retention": "9"}).status_code == 422
    page = browser.post(base + "/marche", data, follow=True).content.decode()
    assert "Situation n° 1" in page
    works = Works.objects.get()
    address, post = reverse("money:works", args=[works.public_id]), works.posts.get()
    answer = browser.post(address, {f"done_{post.pk}": "40", "due": "2027-01-15"}, follow=True).content.decode()
    assert "La situation est prête" in answer
    made = Invoice.objects.get()
    assert (made.gross_cents, made.retention_cents) == (480_000, 24_000)
    browser.post(f"/factures/une/{made.public_id}/emettre")
    part = reverse("money:credit_part", args=[made.public_id])
    assert "Gros œuvre" in browser.get(part).content.decode()
    row = {"label_0": "Gros œuvre", "quantity_0": "1", "price_0": "100", "vat_0": "S", "rate_0": "2000"}
    assert browser.post(part, row, follow=True).status_code == 200
    assert reads.claimed_so_far(works) == {post.pk: 390_000}
    for stranger in (world.chloe, world.seats["denis"].holder):
        assert browser_of(stranger).get(address).status_code == 404
    assert IDENTITY["issues_here"] is True


def test_the_page_of_re_invoicing(world: World) -> None:
    know(world)
    pool = a_pool(world)
    a_line(world, pool, 40_000, label="Bennes", nature="rebilled", vat_rate=2000)
    adopted(world, pool)
    browser, address = browser_of(world.aude), reverse("money:rebill", args=[pool.public_id])
    assert "Refacturer aux autres" in browser.get(reverse("money:pool", args=[pool.public_id])).content.decode()
    assert "Préparer 3 factures" in browser.get(address).content.decode()
    assert "3 factures sont prêtes" in browser.post(address, follow=True).content.decode()
    assert "Rien à refacturer" in browser_of(world.bruno).get(address).content.decode()


def test_a_cost_comes_with_its_electronic_invoice_and_its_check(world: World) -> None:
    know(world)
    sold = issue(world, draft(world, lines=[acts.DraftLine("Bennes", 1_000_000)]))
    assert sold.pdf is not None
    bill, pool = sold.pdf.read(), a_pool(world)
    browser, address = browser_of(world.bruno), reverse("money:pool", args=[pool.public_id])
    form = {"facture-payer": world.seats["bruno"].public_id}
    sent = {**form, "facture-file": SimpleUploadedFile("recue.pdf", bill)}
    page = browser.post(f"{address}/facture", sent, follow=True).content.decode()
    assert "elle ne manque à aucune règle" in page
    line = pool.lines.get()
    assert (line.cents, line.paid_by, line.label) == (
        10_000,
        world.seats["bruno"],
        "Menuiserie Lambert, facture F2026-0001",
    )
    assert (line.received.gross_cents, line.received.valid, line.received.issued_on) == (12_000, True, AT.date())
    shown = browser.get(reverse("money:received", args=[pool.public_id, line.public_id])).content.decode()
    assert "Aucune règle n’est enfreinte" in shown
    words = {"paid_by": None, "with_tax": True, "by": world.actor("aude"), "at": AT}
    with pytest.raises(acts.NotABill, match="déjà dans ces comptes"):
        acts.import_bill(pool, file=SimpleUploadedFile("f.pdf", bill), **words)
    with pytest.raises(Refusal, match="facture électronique"):
        acts.import_bill(pool, file=SimpleUploadedFile("f.pdf", plain_pdf()), **words)
    told = Entry.objects.get(act="money.bill.imported")
    assert (told.facts["cents"], told.facts["valid"]) == (10_000, True)


def plain_pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out)
    return out.getvalue()
