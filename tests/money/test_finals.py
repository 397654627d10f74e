"""Final accounts: every line frozen, printed, signed by the company and by whoever keeps the money."""

import io

import pikepdf
import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cordee.agreements.models import Delegation
from cordee.directory.models import Representative
from cordee.ground.kit.clock import now
from cordee.ground.kit.refusals import NotAllowed
from cordee.ground.register.models import Entry
from cordee.ground.signing.models import Ceremony
from cordee.money import acts
from cordee.money.permissions import powers_to_sign
from cordee.money.reads import account_statement, final_account, standings_of
from tests import factories
from tests.factories import AT
from tests.money.making import a_line, a_pool, adopted
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db


def test_the_account_of_a_company_goes_from_the_balance_to_each_pool(world: World) -> None:
    pool = a_pool(world, 10_000)
    adopted(world, pool)
    acts.settle_pool(pool, by=world.actor("aude"), at=AT)
    transfer = pool.transfers.get(debtor=world.seats["bruno"])
    company = world.seats["bruno"].company
    assert account_statement(world.grouping, company).balance == -2500
    acts.confirm_payment(transfer, by=world.actor("aude"), at=AT)
    standing = account_statement(world.grouping, company)
    assert (standing.pools[0].owes, standing.pools[0].moved, standing.balance) == (2500, 2500, 0)
    assert sum(one.balance for one in standings_of(world.grouping)) == 0
    assert account_statement(world.elsewhere, company) is None


def test_a_final_account_is_frozen_printed_and_signed(world: World) -> None:
    pool = a_pool(world, 10_000)
    adopted(world, pool)
    bruno = world.seats["bruno"]
    with pytest.raises(NotAllowed):
        acts.draw_final_account(world.seats["aude"], by=world.actor("bruno"), at=AT)
    final = acts.draw_final_account(bruno, by=world.actor("aude"), at=AT)
    assert final.balance == -2500
    assert final.figures["pools"][0]["lines"][0]["cents"] == -2500
    entry = Entry.objects.of(world.grouping.book).last()
    assert (entry.act, entry.facts["cents"]) == ("money.final.drawn", -2500)
    with pikepdf.open(io.BytesIO(final.text.read())) as pdf:
        assert len(pdf.pages) == 1
        assert pdf.Root.MarkInfo.Marked
    a_line(world, pool, 4_000)
    assert final_account(world.grouping, bruno.company).balance == -2500
    sent = acts.send_final_account(final, by=world.actor("bruno"), at=AT)
    ceremony = Ceremony.objects.get(public_id=sent.ceremony)
    assert {one.person for one in ceremony.signatories.all()} == {world.bruno, world.aude}
    with pytest.raises(acts.NotFinal, match="déjà parti"):
        acts.send_final_account(final, by=world.actor("bruno"), at=AT)


def test_the_keepers_own_account_is_signed_by_another(world: World) -> None:
    adopted(world, a_pool(world, 10_000))
    final = acts.draw_final_account(world.seats["aude"], by=world.actor("aude"), at=AT)
    sent = acts.send_final_account(final, by=world.actor("aude"), at=AT)
    assert Ceremony.objects.get(public_id=sent.ceremony).signatories.count() == 2


def test_nothing_is_final_while_something_may_move_it(world: World) -> None:
    pool = a_pool(world, 10_000)
    with pytest.raises(acts.NotFinal, match="pas définitif"):
        acts.draw_final_account(world.seats["bruno"], by=world.actor("bruno"), at=AT)
    adopted(world, pool)
    acts.draw_final_account(world.seats["bruno"], by=world.actor("bruno"), at=AT)
    with pytest.raises(acts.NotFinal, match="aucune dépense"):
        acts.draw_final_account(world.seats["chloe"], by=world.actor("chloe"), at=AT)


def test_each_sees_its_own_account_and_the_keeper_all(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(4):
        adopted(world, a_pool(world, 10_000))
    acts.draw_final_account(world.seats["denis"], by=world.actor("aude"), at=AT)
    address = reverse("money:finals", args=[world.grouping.public_id])
    browser = browser_of(world.aude)
    with django_assert_max_num_queries(12):
        keeper = browser.get(address).content.decode()
    assert "Atelier Roux" in keeper
    assert "Atelier Roux" not in browser_of(world.bruno).get(address).content.decode()


def test_from_the_pages(world: World) -> None:
    adopted(world, a_pool(world, 10_000))
    browser, address = browser_of(world.bruno), reverse("money:finals", args=[world.grouping.public_id])
    assert "−25,00" in browser.get(address).content.decode()
    page = browser.post(f"{address}/arreter", follow=True).content.decode()
    assert "arrêté le" in page
    final = final_account(world.grouping, world.seats["bruno"].company).public_id
    assert browser.get(f"{address}/{final}/pdf")["Content-Type"] == "application/pdf"
    assert browser_of(world.chloe).get(f"{address}/{final}/pdf").status_code == 404
    assert "En signature" in browser.post(f"{address}/{final}/signer", follow=True).content.decode()


def test_it_is_signed_from_its_page_and_listed_with_the_engagements(world: World) -> None:
    adopted(world, a_pool(world, 10_000))
    final = acts.draw_final_account(world.seats["bruno"], by=world.actor("aude"), at=AT)
    acts.send_final_account(final, by=world.actor("bruno"), at=now())
    bruno, page = browser_of(world.bruno), reverse("money:final", args=[final.public_id])
    assert page in bruno.get(reverse("agreements:list")).content.decode()
    assert page in bruno.get("/").content.decode()
    shown = bruno.get(page).content.decode()
    assert "Lire et signer" in shown
    assert "/signer/" in bruno.post(f"{page}/ma-signature")["Location"]
    overview = f"/groupements/{world.grouping.public_id}/"
    for browser in (bruno, browser_of(world.aude)):
        assert page in browser.get(overview).content.decode()
    emma = browser_of(world.seats["emma"].holder)
    assert page not in emma.get(overview).content.decode()
    assert emma.get(page).status_code == 404


def test_a_written_delegation_signs_up_to_its_sum(world: World) -> None:
    adopted(world, a_pool(world, 10_000_00))
    bruno, delegate = world.seats["bruno"], factories.person()
    final = acts.draw_final_account(bruno, by=world.actor("aude"), at=AT)
    Representative.objects.filter(company=bruno.company, person=world.bruno).update(capacity="delegate")
    with pytest.raises(acts.NotFinal, match="personne n’a le pouvoir"):
        acts.send_final_account(final, by=world.actor("aude"), at=AT)
    given = {"company": bruno.company, "giver": world.bruno, "person": delegate, "role": "directrice"}
    small = Delegation.objects.create(**given, limit_cents=100, since=AT.date(), written_at=AT, paper=final.text)
    with pytest.raises(acts.NotFinal, match="personne n’a le pouvoir"):
        acts.send_final_account(final, by=world.actor("aude"), at=AT)
    Delegation.objects.filter(pk=small.pk).update(limit_cents=None)
    sent = acts.send_final_account(final, by=world.actor("aude"), at=AT)
    called = Ceremony.objects.get(public_id=sent.ceremony).signatories.get(person=delegate)
    assert "délégation écrite" in called.capacity
    assert [one.person for one in powers_to_sign(called, at=AT)] == [delegate]
