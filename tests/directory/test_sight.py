"""Who reads what of a card: field by field, a name kept back, a company that never shows itself to some."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from cordee.agreements.models import Agreement
from cordee.directory import acts, reads, tasks
from cordee.directory.models import Company, CompanyTrade, Hiding, Tie
from cordee.ground.kit.clock import now
from cordee.ground.kit.refusals import NotAllowed
from cordee.ground.messages.acts import tell
from cordee.ground.messages.models import Letter
from cordee.ground.people import reads as people
from cordee.ground.people.acts import LinkSpent, make_link
from cordee.ground.people.models import Actor, Person
from cordee.ground.register.models import Entry
from cordee.groupings.models import Grouping, Invitation
from cordee.journeys.tasks import LETTERS
from tests import factories
from tests.factories import AT
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(world: World) -> Company:
    """Aude's card, full; Bruno sits with her, Chloé is elsewhere."""
    company = world.seats["aude"].company
    Company.objects.filter(pk=company.pk).update(
        brings="Escaliers sur mesure",
        proofs="Chai de Faugères",
        capacity_left="Une équipe",
        capacity_cents=9_000_000,
        turnover_cents=123_456_00,
        turnover_year=2025,
        looks_for="Un peintre",
    )
    CompanyTrade.objects.create(company=company, trade="menuiserie-bois", declared=True)
    company.refresh_from_db()
    return company


def choose(world: World, card: Company, blind: str = "", **levels: str) -> Company:
    return acts.choose_sight(card, levels=levels, blind_name=blind, by=Actor(world.aude), at=AT)


def main(answer: Any) -> str:
    """What a page says, without the menu and the foot."""
    return str(answer.content.decode().partition("<main")[2].partition("</main>")[0])


def page(person: Person, card: Company) -> str:
    return main(browser_of(person).get(reverse("directory:company", args=[card.public_id])))


def team(person: Person, card: Company) -> Any:
    return next((one for one in reads.companies_for_teaming(person=person, at=AT) if one.id == card.public_id), None)


def test_each_field_is_read_by_whom_it_is_for(world: World, card: Company) -> None:
    choose(world, card, brings="groupings", capacity="groupings", looks_for="me")
    assert Entry.objects.latest("pk").facts == {"kept_back": 3, "discreet": False}
    aude, bruno, chloe = (page(who, card) for who in (world.aude, world.bruno, world.chloe))
    assert "Escaliers" in aude
    assert "Un peintre" in aude
    assert "Escaliers" in bruno
    assert "Une équipe" in bruno
    assert "Un peintre" not in bruno
    assert "Escaliers" not in chloe
    assert "Une équipe" not in chloe
    assert "90 000" not in chloe
    assert "Chai" in chloe
    assert (team(world.bruno, card).capacity, team(world.chloe, card).capacity) == (90, None)


def test_a_name_that_is_kept_back_is_nowhere(world: World, card: Company) -> None:
    friend = factories.company("Peinture Sanchis")
    for one, other in ((card, friend), (friend, card)):
        Tie.objects.create(company=one, other=other, kind="client", offered=True, shared=True)
    choose(world, card, "Menuiserie, Hérault")
    shown = page(world.chloe, card)
    assert "Menuiserie, Hérault" in shown
    lists = "".join(
        main(browser_of(world.chloe).get(reverse("directory:list"), asked))
        for asked in (
            {},
            {"q": "lambert"},
            {"q": card.siren},
            {"q": "Aude Lambert"},
            {"lieu": "34000"},
            {"q": "lambret"},
        )
    )
    near = page(world.chloe, friend)
    for text in (shown, lists.replace('value="lambert"', "").replace('value="Aude Lambert"', ""), near):
        for secret in ("Lambert", "lambert", str(card.siren), "Aude", "1 234", "Chai", "Peinture Sanchis</a></li>"):
            assert secret not in text.replace(f'value="{card.siren}"', "")
    assert "Montpellier" not in shown
    found = team(world.chloe, card)
    assert (found.name, found.siren, found.turnover, found.ties) == ("Menuiserie, Hérault", "", None, {})
    assert found.places != team(world.aude, card).places
    assert "Menuiserie Lambert" in page(world.bruno, card)  # around the same table


def test_a_discreet_name_holds_no_name(world: World, card: Company) -> None:
    with pytest.raises(acts.DiscreetNameTellsAll):
        choose(world, card, "Chez Lambert")
    with pytest.raises(acts.UnknownLevel):
        choose(world, card, brings="friends")
    with pytest.raises(NotAllowed):
        acts.choose_sight(card, levels={}, by=Actor(world.bruno), at=AT)


def test_a_confidentiality_agreement_opens_what_the_table_does_not(world: World, card: Company) -> None:
    choose(world, card, "Menuiserie, Hérault")
    assert "Chai" not in page(world.bruno, card)
    Agreement.objects.create(
        grouping=Grouping.objects.get(pk=world.grouping.pk),
        kind="nda",
        title="Confidentialité",
        state="paper",
        prepared_by=world.seats["aude"],
        prepared_at=AT,
        signed_on=AT.date().replace(day=20),
    )
    assert "Chai" in page(world.bruno, card)
    assert "Chai" not in page(world.chloe, card)


def test_never_shown_to_these(world: World, card: Company) -> None:
    friend = factories.company("Peinture Sanchis")
    Tie.objects.create(company=friend, other=card, kind="client", offered=True, shared=True)
    acts.hide_from(card, world.seats["chloe"].company, by=Actor(world.aude), at=AT)
    assert Hiding.objects.count() == 1
    assert browser_of(world.chloe).get(reverse("directory:company", args=[card.public_id])).status_code == 404
    assert "Lambert" not in page(world.chloe, friend)
    assert team(world.chloe, card) is None
    assert "Menuiserie Lambert" not in browser_of(world.chloe).get(reverse("directory:list")).content.decode()
    own = browser_of(world.aude).get(reverse("directory:sight", args=[card.public_id])).content.decode()
    assert str(world.seats["chloe"].company) in own


def test_an_invitation_names_a_discreet_company_once_it_has_accepted(world: World, card: Company) -> None:
    choose(world, card, "Menuiserie, Hérault")
    card.refresh_from_db()
    asked = Invitation(grouping=world.elsewhere, company=card, invited_by=world.seats["chloe"], state="sent")
    assert asked.shown_company == "Menuiserie, Hérault"
    asked.state = "accepted"
    assert asked.shown_company == "Menuiserie Lambert"


def test_a_veiled_company_is_never_saved(world: World, card: Company) -> None:
    choose(world, card, brings="me")
    seen = reads.company_of(world.chloe, card.public_id)
    with pytest.raises(ValueError, match="veiled"):
        seen.save()


def test_choosing_on_the_page(world: World, card: Company) -> None:
    browser, address = browser_of(world.aude), reverse("directory:sight", args=[card.public_id])
    assert "Qui voit quoi" in browser.get(address).content.decode()
    levels = dict.fromkeys(("looks_for", "capacity", "area", "proofs", "turnover", "contracts", "leaders"), "all")
    assert browser.post(address, {**levels, "brings": "me", "blind_name": "Menuiserie, Hérault"}).status_code == 302
    card.refresh_from_db()
    assert (card.visibility, card.blind_name) == ({"brings": "me"}, "Menuiserie, Hérault")
    assert browser.post(address, {**levels, "brings": "friends"}).status_code == 422


def test_twice_a_year_one_question_and_one_button(world: World, card: Company) -> None:
    later = AT + timedelta(days=183)
    assert tasks.ask_about_cards(at=AT + timedelta(days=100)) == 0
    Company.objects.exclude(pk=card.pk).update(confirmed_at=later)
    assert tasks.ask_about_cards(at=later) == 1
    assert tasks.ask_about_cards(at=later) == 0
    tell(LETTERS, at=later)
    letter = Letter.objects.get(kind="directory.card")
    assert letter.to == world.aude
    token = letter.text.partition("/fiche/")[2].split()[0]
    question = reads.card_question(token, at=later)
    assert (question.company, question.state) == (card, "open")
    acts.confirm_card(card, link=question.opened.link, by=Actor(world.aude), at=later)
    assert Entry.objects.latest("pk").act == "directory.card.confirmed"
    assert reads.card_question(token, at=later).state == "done"
    with pytest.raises(LinkSpent):
        acts.confirm_card(card, link=question.opened.link, by=Actor(world.aude), at=later)
    with pytest.raises(acts.NothingToConfirm):
        acts.ask_about_card(card, at=later)


def test_the_button_of_the_question(world: World, card: Company) -> None:
    link = make_link(world.aude, purpose="card", subject=card, at=now())
    browser, address = browser_of(None), reverse("directory:card_question", args=[people.token(link)])
    assert "Oui, tout tient" in main(browser.get(address))
    assert "votre fiche tient" in main(browser.post(address, follow=True))
    card.refresh_from_db()
    assert card.confirmed_at is not None
    assert browser.get(reverse("directory:card_question", args=["faux"])).status_code == 404
