"""The lead's sheet of a joint contract: the invoices of each, what is deducted, VAT by rate, for the client."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cordee.ground.kit.refusals import NotYours
from cordee.ground.messages.acts import tell
from cordee.ground.messages.models import Letter
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import address
from cordee.money import acts, reads
from cordee.money.models import Invoice
from cordee.money.tasks import LETTERS
from tests.money.doors import BUYER, IDENTITY
from tests.money.test_invoices import AT, draft, issue, know
from tests.money.test_works import DUE, claim, contract
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db


def below(world: World) -> Invoice:
    """Denis works for Bruno on the same contract; the client pays him directly."""
    seat = world.seats["denis"]
    by = Actor(seat.holder, address(seat))
    acts.note_identity(world.grouping, values=IDENTITY, by=by, at=AT)
    made = acts.draft_invoice(
        seat,
        lines=[acts.DraftLine("Levage", 10_000_000, vat="reverse", rate=0)],
        buyer=reads.buyer_of(world.seats["bruno"]),
        due=DUE,
        case="5",
        direct_payer="la Ville de Sète",
        profile="EXTENDED-CTC-FR",
        contract="2026-07",
        by=by,
        at=AT,
    )
    return acts.issue_invoice(made, by=by, at=AT)


def test_the_sheet_adds_up_what_each_invoiced_and_what_is_deducted(world: World) -> None:
    know(world)
    know(world, "bruno")
    first = issue(world, claim(world, contract(world), 3333, 0))  # 3 333 € at 20 %, 5 % held back
    his = issue(world, draft(world, "bruno", contract=" 2026-07"), "bruno")
    taken = [acts.DraftLine("Nettoyage", 500_000)]
    back = acts.credit_invoice(his, lines=taken, by=world.actor("bruno"), at=AT)
    issue(world, back, "bruno")
    issue(world, draft(world, "bruno", contract="2026-08"), "bruno")  # another contract
    below(world)
    page = reads.joint_contract(world.aude, world.grouping.public_id, his.public_id)
    aude, bruno = page.members
    assert (page.first, aude.due) == (first, 399_960 - 19_998)
    assert [one.net for one in bruno.lines] == [1_856_851, -5_000]
    assert (bruno.net, bruno.tax, bruno.gross) == (1_851_851, 185_185, 2_037_036)
    assert (bruno.asked, bruno.due) == (2_037_036, 2_037_036 - 100_000)
    assert [(one.company, one.cents) for one in page.deductions] == [
        ("Menuiserie Lambert", 19_998),
        ("Charpente Masson", 100_000),
    ]
    assert page.rates == [("20\u202f%", 333_300, 66_660), ("10\u202f%", 1_851_851, 185_185)]
    assert (page.net, page.tax, page.gross) == (2_185_151, 251_845, 2_436_996)
    assert page.due == page.gross - 19_998  # paid to Denis or to Bruno, the client owes the same
    assert [len(rows) for rows in reads.joint_contracts(world.seats["aude"])] == [1, 3]


def test_only_the_lead_reads_it_and_what_members_invoice_each_other_is_not_in_it(world: World) -> None:
    know(world)
    know(world, "bruno")
    inside = issue(world, draft(world, "bruno", buyer=reads.buyer_of(world.seats["aude"]), case="1"), "bruno")
    his = issue(world, draft(world, "bruno"), "bruno")
    assert [[one.pk for one in rows] for rows in reads.joint_contracts(world.seats["aude"])] == [[his.pk]]
    for person, asked in ((world.bruno, his), (world.aude, inside)):
        with pytest.raises(NotYours):
            reads.joint_contract(person, world.grouping.public_id, asked.public_id)
    assert reads.joint_contracts(world.seats["bruno"]) == []


def test_the_page_and_the_paper_for_the_client(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    know(world)
    know(world, "bruno", issues_here=False)
    issue(world, claim(world, contract(world), 3333, 0))
    acts.hand_over(draft(world, "bruno", contract="2026-07"), by=world.actor("bruno"), at=AT)
    browser = browser_of(world.aude)
    listed = browser.get(reverse("money:invoices", args=[world.grouping.public_id])).content.decode()
    sold = Invoice.objects.get(state="issued")
    place = reverse("money:joint", args=[world.grouping.public_id, sold.public_id])
    assert place in listed
    with django_assert_max_num_queries(12):
        page = browser.get(place).content.decode()
    for said in (BUYER["name"], "Retenue de garantie", "ce n’est pas une facture", "1 facture remise"):
        assert said in page
    paper = browser.get(f"{place}/pdf")
    assert paper["Content-Type"] == "application/pdf"
    joint = reads.joint_contract(world.aude, world.grouping.public_id, sold.public_id)
    assert reads.paper_of_joint(joint, at=AT) == reads.paper_of_joint(joint, at=AT)
    assert paper.content.startswith(b"%PDF")


def test_a_member_is_told_of_an_invoice_for_it_and_reads_it(world: World) -> None:
    know(world, "bruno")
    made = draft(world, "bruno", buyer=reads.buyer_of(world.seats["emma"]), case="1")
    emma = world.seats["emma"].holder
    with pytest.raises(NotYours):
        reads.invoice_of(emma, made.public_id)  # a draft is the seller's own affair
    sold = issue(world, made, "bruno")
    issue(world, draft(world, "bruno"), "bruno")  # for the client: nobody here is told
    tell(LETTERS, at=AT)
    letter = Letter.objects.get(kind__startswith="money.invoice.")
    assert (letter.to, letter.subject) == (emma, "Une facture de 20\u202f430,36\u00a0€ de Charpente Masson")
    assert reads.invoice_of(emma, sold.public_id)[0] == sold
    page = browser_of(emma).get(reverse("money:invoice", args=[sold.public_id])).content.decode()
    assert "F2026-0001" in page
    assert reads.invoices_page(world.seats["denis"].holder, world.grouping.public_id).invoices == ()
