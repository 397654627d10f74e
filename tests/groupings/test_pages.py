"""The pages of a grouping: what each sees, the link of an invitation, two tabs, how many queries."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cordee.ground.kit.clock import now
from cordee.ground.people.models import Person
from cordee.ground.register.acts import address
from cordee.groupings.acts import Invitee, invite, withdraw_invitation, write_in_conversation
from cordee.groupings.models import Grouping, Invitation, Seat
from tests import factories
from tests.factories import AT
from tests.groupings.invited import link_of, token_of
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def asked(world: World) -> Invitation:
    """Félix is asked by Aude, just now: pages read the clock."""
    factories.company("Tailleurs du Sud")
    return invite(world.grouping, Invitee("felix@exemple.fr", "Félix Gros"), by=world.actor("aude"), at=now())


# --- The list and a new exchange ---


def test_the_empty_list_says_how_it_begins() -> None:
    page = text(browser_of(factories.person()).get("/groupements/"))
    assert "Tout commence par un échange à trois." in page
    assert "/groupements/nouveau" in page


def test_the_list_shows_mine_only(world: World) -> None:
    page = text(browser_of(world.bruno).get("/groupements/"))
    assert "Bois &amp; Pierre" in page
    assert "Ailleurs" not in page


def test_an_invitation_waits_in_the_list(world: World, asked: Invitation) -> None:
    assert asked.person is not None
    page = text(browser_of(asked.person).get("/groupements/"))
    assert "On vous invite" in page
    assert token_of(asked) in page


def new(browser: Client, **fields: str) -> Any:
    return browser.post("/groupements/nouveau", {"name": "Un stand", "lines": "3", **fields}, follow=True)


def test_open_an_exchange_by_hand_naming_ones_company() -> None:
    aude = factories.person("Aude Lambert")
    answer = new(
        browser_of(aude), company_text="Menuiserie Lambert", email_1="denis@exemple.fr", company_3="Couverture Saltel"
    )
    assert answer.redirect_chain
    grouping = Grouping.objects.get()
    assert Seat.objects.get().company.name == "Menuiserie Lambert"
    assert [each.state for each in Invitation.objects.filter(grouping=grouping)] == ["sent", "waiting"]
    members = text(browser_of(aude).get(f"/groupements/{grouping.public_id}/membres"))
    assert "adresse à compléter" in members


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"email_1": "denis@"}, "adresse"),
        ({"name": "", "email_1": "a@b.fr"}, "À corriger avant de continuer"),
        ({}, "Invitez au moins une personne."),
        ({"name_2": "Denis"}, "Il manque l’adresse e-mail de cette personne."),
        ({"email_1": "a@b.fr", "company_text": "123456789"}, "pas un SIREN"),
        ({"email_1": "x" * 400 + "@b.fr", "company_3": "é" * 300}, "caractères"),
    ],
)
def test_nonsense_gets_a_sentence_and_keeps_what_was_typed(fields: dict[str, str], sentence: str) -> None:
    answer = new(browser_of(factories.person()), **{"company_text": "Menuiserie", **fields})
    assert answer.status_code in (409, 422)
    assert sentence in text(answer)
    assert not Grouping.objects.exists()


def test_more_lines_without_script() -> None:
    browser = browser_of(factories.person())
    page = text(browser.post("/groupements/nouveau", {"name": "Un stand", "lines": "3", "more": "1"}))
    assert 'name="email_6"' in page
    assert 'value="Un stand"' in page
    assert 'name="email_12"' in text(browser.get("/groupements/nouveau?lines=99999"))


# --- The overview, the members ---


def test_the_overview_for_each(world: World, asked: Invitation) -> None:
    address = f"/groupements/{world.grouping.public_id}/"
    aude, bruno = text(browser_of(world.aude).get(address)), text(browser_of(world.bruno).get(address))
    for page in (aude, bruno):
        assert "Charpente Masson" in page
        assert "Menuiserie Lambert a envoyé une invitation" in page
        assert "felix@exemple.fr" not in page
    assert "Mettre en pause" in aude
    assert "Mettre en pause" not in bruno
    assert browser_of(world.chloe).get(address).status_code == 404


@pytest.mark.parametrize("place", ["", "membres", "conversation", "presentation", "registre"])
def test_few_queries_however_many_members(world: World, asked: Invitation, place: str) -> None:
    for number in range(8):
        person = factories.person()
        seat = factories.seat(world.grouping, person)
        factories.office(seat, "treasurer") if not number else None
        write_in_conversation(world.grouping, "Bonjour", by=actor(person, seat), at=AT)
    browser = browser_of(world.aude)
    browser.get(f"/groupements/{world.grouping.public_id}/{place}")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert browser.get(f"/groupements/{world.grouping.public_id}/{place}").status_code == 200
    assert len(queries) <= MOST_QUERIES, "\n".join(each["sql"][:160] for each in queries.captured_queries)


def test_the_overview_with_an_occasion_and_its_answer(world: World, asked: Invitation) -> None:
    from tests.offers import bidding

    bid = bidding.tender(world)
    Grouping.objects.filter(pk=world.grouping.pk).update(need=f"offers/need/{bid.need.public_id}")
    browser = browser_of(world.aude)
    with CaptureQueriesContext(connection) as queries:
        page = text(browser.get(f"/groupements/{world.grouping.public_id}/"))
    assert len(queries) <= MOST_QUERIES, "\n".join(each["sql"][:160] for each in queries.captured_queries)
    assert "En préparation" in page
    assert "Remise de l’offre" in page


def actor(person: Person, seat: Seat) -> Any:
    from cordee.ground.people.models import Actor

    return Actor(person, address(seat))


def test_lists_ask_few_queries(world: World, asked: Invitation) -> None:
    for _number in range(6):
        factories.seat(factories.grouping("Un autre"), world.aude)
    browser = browser_of(world.aude)
    for page in ("/groupements/", "/registre/", f"/invitation/{token_of(asked)}"):
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(page).status_code == 200
        assert len(queries) <= MOST_QUERIES


def test_two_tabs_the_second_sees_both_values(world: World) -> None:
    browser, page = browser_of(world.aude), f"/groupements/{world.grouping.public_id}/presentation"
    fields = {"name": "Bois", "version": world.grouping.version, "purpose": "La première"}
    assert browser.post(page, fields).status_code == 302
    answer = browser.post(page, {**fields, "purpose": "La seconde"})
    assert answer.status_code == 409
    assert "La première" in text(answer)
    assert "La seconde" in text(answer)


def test_speaking_for_two_companies(world: World) -> None:
    second = factories.seat(world.grouping, world.bruno, company=factories.company("Seconde", leader=world.bruno))
    browser, page = browser_of(world.bruno), f"/groupements/{world.grouping.public_id}/conversation"
    assert "vous parlez pour <b>Charpente Masson</b>" in text(browser.get(page))
    assert "vous parlez pour <b>Seconde</b>" in text(browser.get(f"{page}?voix={second.public_id}"))
    browser.post(page, {"text": "Pour la seconde", "voix": second.public_id})
    assert '<b>Bruno Masson</b> <span class="cd-note">Seconde</span>' in text(browser.get(page))
    assert browser.post(page, {"text": "Usurpé", "voix": world.seats["aude"].public_id}).status_code == 404


def test_members_invite_and_withdraw(world: World) -> None:
    browser, page = browser_of(world.bruno), f"/groupements/{world.grouping.public_id}/membres"
    answer = browser.post(f"{page}/inviter", {"email": "pas une adresse", "name": "Félix"})
    assert answer.status_code == 422
    assert 'value="Félix"' in text(answer)
    answer = browser.post(f"{page}/inviter", {"email": "felix@exemple.fr"}, follow=True)
    assert "attend une réponse" in text(answer)
    made = Invitation.objects.get()
    browser.post(f"/groupements/{world.grouping.public_id}/invitations/{made.public_id}/retirer")
    assert browser.get(f"/invitation/{token_of_any(made)}").status_code == 200


def token_of_any(made: Invitation) -> str:
    from cordee.ground.people.models import Link
    from cordee.ground.people.reads import token

    return token(Link.objects.filter(subject=address(made)).latest("pk"))


# --- The link in the mail ---


def test_the_page_of_the_link_shows_who_and_nobodys_address(world: World, asked: Invitation) -> None:
    page = text(Client().get(f"/invitation/{token_of(asked)}"))
    for words in ("Menuiserie Lambert vous invite", "Félix Gros", "Charpente Masson", "Montpellier", "Accepter"):
        assert words in page
    assert "@exemple.fr" not in page


def test_a_scanner_that_opens_every_link_answers_nothing(asked: Invitation) -> None:
    client, token = Client(), token_of(asked)
    for verb in (client.get, client.head, client.options):
        verb(f"/invitation/{token}")
    assert client.get(f"/invitation/{token}/accepter").status_code == 405
    assert client.get(f"/invitation/{token}/decliner").status_code == 405
    asked.refresh_from_db()
    assert asked.state == "sent"


def test_accept_without_account_then_enter(asked: Invitation) -> None:
    client, link = Client(), f"/invitation/{token_of(asked)}"
    wrong = client.post(f"{link}/accepter", {"capacity": "legal", "company_text": ""})
    assert wrong.status_code == 422
    answer = client.post(f"{link}/accepter", {"capacity": "legal", "company_text": "Tailleurs Gros"}, follow=True)
    assert "vous participez" in text(answer)
    assert "Tailleurs Gros est dans l’échange" in text(answer)
    (enter,) = [part.split('"')[0] for part in text(answer).split('href="') if part.startswith("/entrer/")]
    assert client.post(enter).status_code == 302
    assert "Bois &amp; Pierre" in text(client.get("/groupements/"))


def test_a_used_link_opened_elsewhere_gives_no_way_in(asked: Invitation) -> None:
    link = f"/invitation/{token_of(asked)}"
    Client().post(f"{link}/accepter", {"capacity": "legal", "company_text": "Tailleurs Gros"})
    page = text(Client().get(link))
    assert "/entrer/" not in page
    assert "Recevoir un code par e-mail" in page
    assert Client().post(f"{link}/accepter", {"capacity": "legal", "company_text": "Autre"}).status_code == 409


def test_decline_without_account(asked: Invitation) -> None:
    link = f"/invitation/{token_of(asked)}"
    page = text(Client().post(f"{link}/decliner", {"reason": "Pas cette année"}, follow=True))
    assert "vous déclinez" in page


def test_a_forwarded_link_is_told(world: World, asked: Invitation) -> None:
    link = f"/invitation/{token_of(asked)}"
    page = text(browser_of(world.chloe).get(link))
    assert "Cette invitation n’est pas pour vous" in page
    assert "Accepter" not in page
    answer = browser_of(world.chloe).post(f"{link}/accepter", {"capacity": "legal", "company_text": "Chloé"})
    assert answer.status_code == 403
    asked.refresh_from_db()
    assert asked.state == "sent"


def test_expired_withdrawn_and_made_up_links(world: World, asked: Invitation) -> None:
    link = f"/invitation/{token_of(asked)}"
    opened = link_of(asked)
    type(opened).objects.update(expires_at=now() - timedelta(days=1))
    assert "Ce lien n’est plus valable" in text(Client().get(link))
    assert Client().post(f"{link}/decliner").status_code == 409
    withdraw_invitation(asked, by=world.actor("aude"), at=now())
    assert "Ce lien a été retiré" in text(Client().get(link))
    assert Client().get("/invitation/abc.def").status_code == 404
    assert Client().get(f"{link}x").status_code == 404


def test_accept_for_one_of_ones_two_companies(asked: Invitation) -> None:
    assert asked.person is not None
    for name in ("Gros & Fils", "Gros Location"):
        factories.company(name, leader=asked.person)
    link = f"/invitation/{token_of(asked)}"
    assert "Gros Location" in text(Client().get(link))
    chosen = factories.Company.objects.get(name="Gros Location")
    browser = browser_of(asked.person)
    answer = browser.post(
        f"{link}/accepter", {"capacity": "legal", "company": chosen.public_id, "company_text": ""}, follow=True
    )
    assert answer.redirect_chain[-1][0].startswith("/groupements/")
    assert Seat.objects.get(holder=asked.person).company == chosen
