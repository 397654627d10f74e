"""The pages of the documents, and the link by which one signs."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cordee.agreements import acts
from cordee.ground.kit.clock import now
from cordee.ground.messages.acts import send_due, tell
from cordee.ground.messages.models import Letter, MailboxItem
from cordee.ground.people.reads import token
from cordee.ground.signing.acts import link_of
from cordee.ground.signing.reads import code_for
from cordee.ground.signing.tasks import LETTERS, seal_due
from tests.agreements.answers import convention
from tests.agreements.doors import sent
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db


def test_a_document_is_prepared_and_answered_from_the_page(world: World) -> None:
    browser = browser_of(world.bruno)
    answer = browser.post(
        reverse("agreements:prepare", args=[world.grouping.public_id]), {"kind": "gme_conjoint"}, follow=True
    )
    text = answer.content.decode()
    assert "Qui est le client" in text
    assert "Article 1." in text
    address = answer.redirect_chain[-1][0].partition("?")[0]
    answer = browser.post(
        f"{address}/reponses", {"version": "1", "q-client_name": "Commune de Paulhan", "q-lead_fee": "deux"}
    )
    assert answer.status_code == 422
    assert "Commune de Paulhan" in answer.content.decode()
    answer = browser.post(f"{address}/reponses", {"version": "1", "q-client_name": "Commune de Paulhan"}, follow=True)
    assert "Commune de Paulhan" in answer.content.decode()
    stale = browser.post(f"{address}/reponses", {"version": "1", "q-client_name": "Autre"})
    assert stale.status_code == 409
    assert "Commune de Paulhan" in stale.content.decode()


def test_lots_are_answered_from_the_page_and_two_tabs_are_told(world: World) -> None:
    browser, seat = browser_of(world.bruno), world.seats["bruno"].public_id
    made = browser.post(reverse("agreements:prepare", args=[world.grouping.public_id]), {"kind": "gme_conjoint"})
    address = made["Location"].partition("?")[0]
    lot = {"lot-1-title": "Charpente", "lot-1-member": seat, "lot-1-amount": "12 500,50"}
    text = browser.post(f"{address}/reponses", {"version": "1", **lot}, follow=True).content.decode()
    assert 'value="Charpente"' in text
    assert "12\u202f500,50" in text
    stale = browser.post(f"{address}/reponses", {"version": "1", **lot, "lot-1-title": "Couverture"})
    assert stale.status_code == 409
    for words in ("Charpente 12\u202f500,50", "Couverture 12\u202f500,50", "Lots"):
        assert words in stale.content.decode()


def test_the_draft_is_a_pdf(world: World) -> None:
    answer = browser_of(world.aude).get(reverse("agreements:pdf", args=[convention(world).public_id]))
    assert answer.content.startswith(b"%PDF-")


@pytest.mark.usefixtures("mailbox")
def test_everybody_signs_from_a_link_and_a_code(world: World) -> None:
    agreement = sent(world)
    for signatory in agreement.ceremony.signatories.all():
        browser = browser_of(None)
        address = reverse("signing:sign", args=[token(link_of(signatory, at=now()))])
        for _scanner in range(2):
            assert browser.get(address).status_code == 200
        assert browser.get(f"{address}/texte").content.startswith(b"%PDF-")
        browser.post(f"{address}/code")
        tell(LETTERS, at=now())
        send_due(at=now())
        code = MailboxItem.objects.filter(to=signatory.person.email, subject__contains="code").latest("pk").subject[:7]
        assert browser.post(address, {"code": code}).status_code == 422  # without the consent
        wrong = browser.post(address, {"code": "000 000", "consent": "on"})
        assert wrong.status_code == 422
        assert "Ce n’est pas le code" in wrong.content.decode()
        signed = browser.post(address, {"code": code, "consent": "on"}, follow=True)
        assert "C’est signé" in signed.content.decode() or "Signé par tous" in signed.content.decode()
        assert browser.post(address, {"code": code, "consent": "on"}).status_code in (409, 422)
    agreement.ceremony.refresh_from_db()
    assert agreement.ceremony.state == "sealed"
    assert seal_due(at=now()) == 0
    tell(LETTERS, at=now())
    assert Letter.objects.filter(kind__startswith="signing.sealed").count() == 4


@pytest.mark.parametrize("url", ["agreements:list", "agreements:agreement"])
def test_pages_stay_within_their_budget_of_queries(
    world: World, url: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _one in range(4):
        agreement = acts.prepare_agreement(world.grouping, kind="gme_conjoint", by=world.actor("aude"), at=now())
    browser = browser_of(world.aude)
    with django_assert_max_num_queries(12):
        browser.get(reverse(url, args=[] if url == "agreements:list" else [agreement.public_id]))


def test_a_refusal_is_told_to_the_others(world: World) -> None:
    agreement = sent(world)
    signatory = agreement.ceremony.signatories.get(person=world.bruno)
    address = reverse("signing:sign", args=[token(link_of(signatory, at=now()))])
    browser = browser_of(None)
    browser.post(f"{address}/code")
    signatory.refresh_from_db()
    refusal = {"refus-reason": "Article 9", "refus-code": "1"}
    assert browser.post(f"{address}/refuser", refusal).status_code == 422
    refusal["refus-code"] = code_for(signatory)
    assert "refusé" in browser.post(f"{address}/refuser", refusal, follow=True).content.decode()
    tell(LETTERS, at=now())
    told = Letter.objects.filter(kind__startswith="signing.declined")
    assert told.count() == 3
    assert "Article 9" in told.first().text
