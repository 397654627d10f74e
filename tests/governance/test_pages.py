"""The pages of the decisions, for Aude, Bruno and Chloé; and the letters they come from."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cordee.governance.tasks import LETTERS, close_due, remind
from cordee.ground.messages.acts import send_due, tell
from cordee.ground.messages.models import Letter, MailboxItem
from cordee.ground.people.acts import make_link
from cordee.ground.people.reads import token
from cordee.ground.register.models import Entry
from tests.factories import AT
from tests.governance.doors import ballot as ballot_today
from tests.governance.test_ballots import CLOSES, ask, vote
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db


def test_a_vote_from_the_page(world: World) -> None:
    ballot = ballot_today(world)
    browser = browser_of(world.bruno)
    page = browser.get(reverse("governance:ballot", args=[ballot.public_id]))
    assert "Le résultat s’affiche après votre vote" in page.content.decode()
    answer = browser.post(reverse("governance:vote", args=[ballot.public_id]), {"choix": "for"}, follow=True)
    assert "C’est noté\u00a0: pour" in answer.content.decode()
    assert "1 voix" in answer.content.decode()


def test_the_fragment_swapped_in_is_the_page_reloaded(world: World) -> None:
    ballot = ballot_today(world)
    browser = browser_of(world.bruno)
    htmx = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "vote-card"}
    swapped = browser.post(reverse("governance:vote", args=[ballot.public_id]), {"choix": "against"}, **htmx)
    whole = browser.get(reverse("governance:ballot", args=[ballot.public_id])).content.decode()
    fragment = [line.strip() for line in swapped.content.decode().splitlines() if line.strip() and "csrf" not in line]
    reloaded = {line.strip() for line in whole.splitlines()}
    assert len(fragment) > 10
    assert [line for line in fragment if line not in reloaded and not any(line in other for other in reloaded)] == []


def test_a_link_shows_without_voting_and_votes_with_one_tap(world: World) -> None:
    ballot = ballot_today(world)
    link = make_link(world.bruno, purpose="vote", subject=ballot, seat=world.seats["bruno"], at=ballot.opened_at)
    address, browser = reverse("governance:vote_by_link", args=[token(link)]), browser_of(None)
    for _scanner in range(3):
        assert browser.get(address).status_code == 200
        assert browser.head(address).status_code == 200
    assert not ballot.voters.exclude(choice="").exists()
    answer = browser.post(address, {"choix": "for"})
    assert "C’est noté\u00a0: pour" in answer.content.decode()
    again = browser.post(address, {"choix": "against"})
    assert again.status_code == 409
    assert ballot.voters.get(seat=world.seats["bruno"]).choice == "for"


def test_a_forged_or_foreign_link_is_not_found(world: World) -> None:
    ballot = ballot_today(world)
    invitation = make_link(world.bruno, purpose="invitation", subject=ballot, at=ballot.opened_at)
    for text in ("n-importe-quoi", token(invitation), token(invitation)[:-1] + "x"):
        assert browser_of(None).get(reverse("governance:vote_by_link", args=[text])).status_code == 404


@pytest.mark.parametrize("url", ["governance:list", "governance:ballot"])
def test_pages_stay_within_their_budget_of_queries(
    world: World, url: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ballots = [ballot_today(world) for _ in range(8)]
    browser = browser_of(world.aude)
    args = [ballots[0].public_id] if url == "governance:ballot" else []
    with django_assert_max_num_queries(12):
        browser.get(reverse(url, args=args))


@pytest.mark.usefixtures("mailbox")
def test_letters_follow_the_register_and_go_once(world: World) -> None:
    ask(world)
    assert tell(LETTERS, at=AT) == 4
    assert tell(LETTERS, at=AT) == 0
    assert send_due(at=AT) == 4
    assert send_due(at=AT) == 0
    assert MailboxItem.objects.count() == 4
    mail = MailboxItem.objects.get(to=world.bruno.email)
    assert mail.subject.startswith("À voter avant")
    assert "/voter/" in mail.text
    assert (
        Entry.objects.of(world.grouping.book).get().seal in mail.text
    )  # the members hold the seals of what they were told


def test_a_reminder_only_reaches_those_who_have_not_voted(world: World) -> None:
    ballot = ask(world)
    tell(LETTERS, at=AT)
    vote(world, ballot, aude="for", bruno="for")
    later = AT + timedelta(days=2, minutes=1)  # Thursday
    assert remind(at=later) == 1
    assert remind(at=later) == 0
    tell(LETTERS, at=later)
    reminded = set(Letter.objects.filter(number__gt=1).values_list("to__name", flat=True))
    assert reminded == {"Denis Roux", "Emma Blanc"}


def test_the_hour_closes_the_vote_and_everybody_hears_the_result(world: World) -> None:
    ballot = ask(world)
    vote(world, ballot, aude="for", bruno="for", denis="against")
    assert close_due(at=CLOSES - timedelta(seconds=1)) == 0
    assert close_due(at=CLOSES) == 1
    tell(LETTERS, at=CLOSES)
    results = Letter.objects.filter(kind__startswith="governance.result")
    assert results.count() == 4
    assert results.first().subject.startswith("Adoptée\u00a0: ")


def test_a_bad_question_keeps_what_was_typed(world: World) -> None:
    browser = browser_of(world.aude)
    answer = browser.post(
        reverse("governance:propose", args=[world.grouping.public_id]), {"title": "Mon titre", "closes_at": "hier"}
    )
    assert answer.status_code == 422
    assert "Mon titre" in answer.content.decode()
