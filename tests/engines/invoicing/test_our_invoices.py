"""Our own invoices pass the schema, the rules of EN 16931 and the French rules; their figures are exact."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from functools import lru_cache

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.engines.invoicing import (
    RATES,
    Case,
    Invoice,
    Kind,
    Line,
    NotInvoiceable,
    Party,
    Post,
    Rate,
    Reference,
    Report,
    Taxed,
    Terms,
    Vat,
    check_papers,
    check_ready,
    claim,
    facts_of,
    late_interest,
    late_spans,
    notes_of,
    read_invoice,
    retention,
    totals_of,
    write_cii,
    write_ubl,
)
from cordee.engines.invoicing.pdf import write_facturx

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
SELLER = Party(
    "Menuiserie Lambert",
    siren="123456782",
    vat="FR11123456782",
    street="3 rue du Rabot",
    postcode="34000",
    city="Montpellier",
    legal="SARL au capital de 20 000 €, RCS Montpellier 123 456 782",
)
BUYER = Party("Ville de Sète", siren="213403017", street="20 rue Paul-Valéry", postcode="34200", city="Sète")
PLAIN = Invoice(
    number="F2026-0001",
    issued=date(2026, 11, 2),
    seller=SELLER,
    buyer=BUYER,
    lines=(
        Line("Pose de fenêtres", Fraction(3), Fraction("333.33")),
        Line("Visserie", Fraction("0.5"), Fraction("9.99")),
    ),
    terms=Terms(due=date(2026, 12, 2), iban="FR76 3000 6000 0112 3456 7890 189"),
)
EARLIER = (Reference("F2026-0001", date(2026, 11, 2)),)
TWO = (
    Reference("F2026-0001", date(2026, 9, 2), (Taxed(Fraction(20), 5_000, 1_000),)),
    Reference("F2026-0004", date(2026, 10, 2), (Taxed(Fraction(20), 3_000, 600), Taxed(Fraction(0), 4_500, 0))),
)


def line(vat: Vat = Vat.DUE, rate: str = "20", price: str = "100") -> Line:
    return Line("Travaux", Fraction(1), Fraction(price), vat=vat, rate=Fraction(rate))


CASES = {
    "plain": PLAIN,
    "every rate": replace(PLAIN, lines=tuple(line(rate=str(float(rate))) for rate in RATES)),
    "on debits": replace(PLAIN, terms=replace(PLAIN.terms, on_debits=True)),
    "franchise": replace(PLAIN, seller=replace(SELLER, vat=""), lines=(line(Vat.FRANCHISE),)),
    "reverse charge": replace(PLAIN, case=Case.SUBCONTRACTOR, lines=(line(Vat.REVERSE),)),
    "disbursement beside works": replace(PLAIN, lines=(line(), line(Vat.DISBURSEMENT, price="38.5"))),
    "shared costs without VAT": replace(PLAIN, lines=(line(Vat.EXEMPT_SHARING),)),
    "co-contractor": replace(PLAIN, case=Case.CO_CONTRACTOR, contract="M2026-12", order="BC-7"),
    "goods": replace(PLAIN, nature="B", delivered=date(2026, 10, 30), deliver_to=BUYER),
    "goods and services": replace(PLAIN, nature="M"),
    "credit note": replace(PLAIN, number="A2026-0001", kind=Kind.CREDIT, about=EARLIER),
    "down payment": replace(PLAIN, kind=Kind.DOWN_PAYMENT, lines=(line(price="30000"),)),
    "after a down payment": replace(PLAIN, case=Case.AFTER_DOWN_PAYMENT, about=EARLIER, prepaid_cents=20_000),
    "after two down payments": replace(PLAIN, case=Case.AFTER_DOWN_PAYMENT, about=TWO, prepaid_cents=14_100),
    "paid already": replace(
        PLAIN, case=Case.PAID, prepaid_cents=totals_of(PLAIN).gross, terms=replace(PLAIN.terms, due=PLAIN.issued)
    ),
    "self-billed": replace(PLAIN, kind=Kind.SELF_BILLED, mentions=("Mandat de facturation du 05/01/2026.",)),
    "self-billed credit": replace(PLAIN, kind=Kind.SELF_BILLED_CREDIT, about=EARLIER),
    "retention": replace(PLAIN, terms=replace(PLAIN.terms, retention_cents=6_000, retention_until=date(2027, 11, 2))),
    "second progress claim": replace(
        PLAIN,
        case=Case.CO_CONTRACTOR,
        lines=claim(
            [Post("Charpente", 1_234_567, Fraction(2, 3), 400_000), Post("Retrait", 50_000, Fraction(0), 100)], 2
        ),
    ),
    "private person": replace(
        PLAIN, buyer=Party("Jeanne Roque", postcode="34700", city="Lodève", endpoint="jeanne@roque.example")
    ),
    "paid to another": replace(PLAIN, payee=Party("Affacturage SA", siren="552100554")),
}


def profiles() -> list[tuple[str, Invoice]]:
    return [
        (f"{name}, {profile}", replace(invoice, profile=profile))
        for name, invoice in CASES.items()
        for profile in ("EN 16931", "EXTENDED-CTC-FR")
    ]


def in_ubl() -> list[tuple[str, Invoice]]:
    """Every case in EN 16931; in the extended profile, those whose lines say more."""
    extended = ("plain", "reverse charge", "credit note", "goods")
    return [one for one in profiles() if one[0].endswith("EN 16931") or one[0].partition(",")[0] in extended]


@lru_cache(maxsize=2)
def reports(syntax: str) -> dict[str, Report]:
    made, write = (profiles(), write_cii) if syntax == "CII" else (in_ubl(), write_ubl)
    papers = [read_invoice(write(invoice)) for _name, invoice in made]
    return dict(zip([name for name, _invoice in made], check_papers(papers), strict=True))


CHECKED = [("CII", name) for name, _invoice in profiles()] + [("UBL", name) for name, _invoice in in_ubl()]


@pytest.mark.parametrize(("syntax", "name"), CHECKED)
def test_our_invoices_break_no_rule(syntax: str, name: str) -> None:
    report = reports(syntax)[name]
    assert (report.profile, report.syntax) == (name.rpartition(", ")[2], syntax)
    assert [rule for rule in report.rules if rule.level == "error"] == []
    assert report.rules == (), "not even a remark"


def test_the_pdf_carries_that_very_xml_and_is_archival() -> None:
    pdf = write_facturx(CASES["co-contractor"], at=AT)
    found = read_invoice(pdf)
    assert (found.attachment, found.pdfa3) == ("factur-x.xml", True)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        spec = opened.attachments["factur-x.xml"]
        assert spec.get_file().read_bytes() == write_cii(CASES["co-contractor"])
        assert str(spec.obj.AFRelationship) == "/Alternative"
        assert "/OutputIntents" in opened.Root
        metadata = opened.open_metadata()
        assert metadata["pdfaid:part"] == "3"


def test_a_final_invoice_says_the_vat_of_its_down_payments_and_what_is_left() -> None:
    final = replace(CASES["after two down payments"], lines=(line(price="200"), line(Vat.DISBURSEMENT, price="60")))
    told = [said.replace("\u202f", " ").replace("\xa0", " ") for code, said in notes_of(final) if code == "AAI"][-4:]
    assert told == [
        "Acompte déduit : facture F2026-0001 du 02/09/2026, 60,00 € TTC, dont TVA 10,00 € à 20 % sur 50,00 €.",
        "Acompte déduit : facture F2026-0004 du 02/10/2026, 81,00 € TTC, dont TVA 6,00 € à 20 % sur 30,00 €.",
        "Acomptes déduits en tout : 141,00 € TTC, dont TVA 16,00 € à 20 % sur 80,00 €.",
        "TVA de cette facture, déduction faite de celle des acomptes : 24,00 € à 20 %.",
    ]
    for wrong in (replace(final, prepaid_cents=14_000), replace(final, prepaid_cents=40_000)):
        with pytest.raises(NotInvoiceable, match="deducted" if wrong.prepaid_cents < 14_100 else "prepaid"):
            check_ready(wrong)


def test_a_draft_is_no_invoice() -> None:
    pdf = write_facturx(PLAIN, at=AT, draft=True)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert not opened.attachments


@given(
    st.lists(
        st.tuples(
            st.integers(-10_000, 10_000), st.integers(1, 10**6), st.sampled_from(RATES), st.sampled_from(list(Vat)[:4])
        ),
        min_size=1,
        max_size=8,
    )
)
def test_figures_add_up_to_the_cent(rows: list[tuple[int, int, Fraction, Vat]]) -> None:
    lines = [Line("x", Fraction(q, 100), Fraction(p, 10_000), vat=vat, rate=rate) for q, p, rate, vat in rows]
    totals = totals_of(replace(PLAIN, lines=lines, prepaid_cents=7))
    assert totals.net == sum(totals.lines) == sum(one.base for one in totals.taxes)
    assert totals.tax == sum(one.tax for one in totals.taxes)
    assert totals.gross == totals.net + totals.tax
    assert totals.due == totals.gross - 7
    for net, (q, p, _rate, _vat) in zip(totals.lines, rows, strict=True):
        assert abs(net - Fraction(q, 100) * Fraction(p, 100)) <= Fraction(1, 2)
    for one in totals.taxes:
        assert abs(one.tax - Fraction(one.base) * one.rate / 100) <= Fraction(1, 2)


@given(st.integers(1, 10**9), st.lists(st.fractions(0, 1), min_size=1, max_size=6))
def test_progress_claims_add_up_to_the_contract(price: int, steps: list[Fraction]) -> None:
    claimed = 0
    for number, done in enumerate([*sorted(steps), Fraction(1)], start=1):
        lines = claim([Post("Lot", price, done, claimed)], number)
        claimed += totals_of(replace(PLAIN, lines=lines)).net if lines else 0
    assert claimed == price


@given(st.integers(1, 10**9), st.integers(0, 400), st.integers(0, 400))
def test_late_interest_grows_with_time_and_changes_with_the_rate(cents: int, first: int, second: int) -> None:
    rates = [Rate(date(2026, 1, 1), Fraction("7.86")), Rate(date(2026, 7, 1), Fraction(9))]
    due = date(2026, 3, 1)

    def owed(days: int) -> int:
        return late_interest(cents, due, date.fromordinal(due.toordinal() + days), rates)

    spans = late_spans(cents, due, date.fromordinal(due.toordinal() + first), rates)
    assert sum(span.days for span in spans) == first
    assert abs(sum(span.exact for span in spans) - owed(first)) <= Fraction(1, 2)
    assert owed(0) == 0
    assert owed(first) <= owed(first + second)
    whole = Fraction(cents) * 365 * 9 / 100 / 365
    assert owed(365) <= whole + 1


def test_late_interest_needs_a_rate() -> None:
    with pytest.raises(ValueError, match="no rate"):
        late_interest(100, date(2025, 1, 1), date(2025, 2, 1), [Rate(date(2026, 1, 1), Fraction(8))])
    assert retention(totals_of(PLAIN).gross) == 6030
    with pytest.raises(ValueError, match="five percent"):
        retention(100, Fraction(6))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"lines": ()}, "aucune ligne"),
        ({"number": "F 1"}, "n’est pas un numéro"),
        ({"seller": replace(SELLER, siren="12")}, "SIREN"),
        ({"seller": replace(SELLER, vat="")}, "numéro de TVA"),
        ({"buyer": replace(BUYER, city="")}, "adresse"),
        ({"lines": (line(rate="19.6"),)}, "19,6\u202f% n’est pas un taux"),
        ({"terms": Terms(due=date(2026, 1, 1))}, "échéance"),
        ({"kind": Kind.CREDIT}, "nomme la facture"),
        ({"lines": (Line("x", Fraction(-1), Fraction(5)),)}, "faites un avoir"),
    ],
)
def test_what_cannot_be_issued_says_why(change: dict[str, object], said: str) -> None:
    with pytest.raises(NotInvoiceable) as wrong:
        write_cii(replace(PLAIN, **change))  # type: ignore[arg-type]
    assert said in wrong.value.say()
    assert wrong.value.say("en") != wrong.value.say()


@pytest.mark.parametrize("name", ["plain", "credit note", "reverse charge"])
def test_what_we_wrote_is_read_back(name: str) -> None:
    invoice = CASES[name]
    figures = totals_of(invoice)
    for write in (write_cii, write_ubl):
        said = facts_of(read_invoice(write(invoice)))
        assert (said.seller, said.siren, said.number) == (invoice.seller.name, invoice.seller.siren, invoice.number)
        assert (said.net, said.gross, said.issued) == (figures.net, figures.gross, invoice.issued)
        assert (said.credit, said.currency) == (invoice.kind is Kind.CREDIT, "EUR")
