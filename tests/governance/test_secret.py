"""A secret vote stays secret, even from somebody who reads the whole database; and each finds their paper again."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from cordee.governance import acts, keys
from cordee.governance.models import Ballot, SealedPaper
from cordee.governance.reads import ballot_page
from cordee.ground.people.models import Clockwork
from cordee.ground.register.models import Entry
from cordee.groupings.models import Seat
from tests import factories
from tests.factories import AT
from tests.governance.test_ways import CLOSES, ask, say
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db(transaction=True)


def seven(world: World) -> list[str]:
    """Three more members: with seven, two and a half ways to vote hide one another."""
    for name in ("fanny", "gilles", "hugo"):
        world.seats[name] = factories.seat(world.grouping, factories.person(f"{name.title()} Reste"))
    return ["aude", "bruno", "denis", "emma", "fanny", "gilles", "hugo"]


CHOICES = ("for", "for", "for", "for", "against", "against", "abstain")


def voted(world: World) -> tuple[Ballot, dict[str, str]]:
    names = seven(world)
    ballot = ask(world, secret=True)
    receipts = {name: say(world, ballot, name, choice).receipt for name, choice in zip(names, CHOICES, strict=True)}
    return ballot, receipts


def everything_about(ballot: Ballot) -> str:
    """All that the tables of this room, and the books, hold: what a reader of the database sees."""
    tables = [*apps.get_app_config("governance").get_models(), Entry]
    return "\n".join(str(row) for table in tables for row in table.objects.values())


def test_a_reader_of_the_database_learns_nothing(world: World) -> None:
    ballot, receipts = voted(world)
    seen = everything_about(ballot)
    assert not any(code in seen for code in receipts.values())
    rows = list(ballot.voters.values("choice", "answer"))
    assert {row["choice"] for row in rows} == {"cast"}
    assert {str(row["answer"]) for row in rows} == {"{}"}
    boxes = list(SealedPaper.objects.filter(voter__ballot=ballot).values_list("box", flat=True))
    assert len({len(box) for box in boxes}) == 1  # not even their length differs
    assert len(set(boxes)) == len(CHOICES)
    casts = Entry.objects.of(world.grouping.book).filter(act="governance.vote.cast")
    assert {tuple(sorted(each.facts)) for each in casts} == {("by_proxy", "changed", "seat")}


def test_closing_counts_shuffles_and_unlinks(world: World) -> None:
    ballot, receipts = voted(world)
    key = Path(settings.DATA_DIR) / "keys" / "votes" / f"{ballot.public_id}.key"
    assert key.exists()
    closed = acts.close_ballot(ballot, by=Clockwork(), at=CLOSES)
    assert (closed.outcome, closed.figures["for"], closed.figures["against"]) == ("adopted", "4", "2")
    assert not SealedPaper.objects.exists()
    assert not key.exists()
    assert sorted(paper["receipt"] for paper in closed.papers) == sorted(receipts.values())
    assert sorted(paper["choice"] for paper in closed.papers) == sorted(CHOICES)
    by_code = {paper["receipt"]: paper["choice"] for paper in closed.papers}
    assert by_code[receipts["fanny"]] == "against"  # whoever holds the code finds the paper, and how it was counted
    assert not any(set(paper) - {"receipt", "choice", "answer"} for paper in closed.papers)


def test_a_closing_that_fails_loses_nothing(world: World) -> None:
    ballot, _receipts = voted(world)
    with pytest.raises(RuntimeError), transaction.atomic():
        acts.close_ballot(ballot, by=Clockwork(), at=CLOSES)
        raise RuntimeError
    assert acts.close_ballot(ballot, by=Clockwork(), at=CLOSES).outcome == "adopted"


def test_a_changed_vote_counts_once_with_a_new_code(world: World) -> None:
    ballot, receipts = voted(world)
    again = say(world, ballot, "fanny", "for").receipt
    assert again != receipts["fanny"]
    closed = acts.close_ballot(ballot, by=Clockwork(), at=CLOSES)
    codes = [paper["receipt"] for paper in closed.papers]
    assert (closed.figures["for"], len(codes)) == ("5", 7)
    assert again in codes
    assert receipts["fanny"] not in codes


def test_who_leaves_takes_the_paper_back(world: World) -> None:
    ballot, _receipts = voted(world)
    seat: Seat = world.seats["bruno"]
    acts.withdraw_from_ballot(ballot, seat=seat, why="Fournisseur", by=world.actor("bruno"), at=AT)
    closed = acts.close_ballot(ballot, by=Clockwork(), at=CLOSES)
    assert (closed.figures["entitled"], len(closed.papers)) == ("6", 6)


def test_numbers_that_would_reveal_a_vote_are_withheld(world: World) -> None:
    ballot = ask(world, secret=True)
    receipts = [say(world, ballot, name, "for").receipt for name in ("aude", "bruno", "denis")]
    assert ballot_page(ballot, world.seats["aude"], at=AT).few
    closed = acts.close_ballot(ballot, by=Clockwork(), at=CLOSES)
    assert (closed.outcome, closed.withheld) == ("adopted", True)
    assert "3 voix" not in closed.explanation["fr"]
    assert "for" not in closed.figures
    assert "for" not in Entry.objects.of(world.grouping.book).last().facts
    assert sorted(paper["receipt"] for paper in closed.papers) == sorted(receipts)
    assert [set(paper) for paper in closed.papers] == [{"receipt"}] * 3
    assert ballot_page(closed, world.seats["aude"], at=CLOSES).tendency == ()


def test_a_lost_key_is_said(world: World) -> None:
    ballot, _receipts = voted(world)
    keys.destroy_key(ballot.public_id)
    with pytest.raises(acts.UrnUnreadable, match="clé"):
        acts.close_ballot(ballot, by=Clockwork(), at=CLOSES)


def test_a_paper_of_one_vote_is_none_of_another() -> None:
    for vote in ("one", "two"):
        keys.make_key(vote)
    box = keys.close_paper("one", {"choice": "for"})
    assert keys.open_paper("one", box) == {"choice": "for"}
    with pytest.raises(keys.KeyLost):
        keys.open_paper("two", box)


def test_a_secret_vote_with_a_proxy_counts_both_papers(world: World) -> None:
    ballot, _receipts = voted(world)
    emma, bruno = world.seats["emma"], world.seats["bruno"]
    from cordee.groupings.reads import actor_for

    acts.give_proxy(ballot, seat=emma, to=bruno, by=actor_for(emma.holder, emma), at=AT)
    acts.cast_vote(ballot, seat=emma, choice="against", by=world.actor("bruno"), at=AT)
    closed = acts.close_ballot(ballot, by=Clockwork(), at=CLOSES)
    assert (closed.figures["for"], closed.figures["against"]) == ("3", "3")


def test_the_page_shows_the_code_once(world: World) -> None:
    from tests.governance.doors import ballot as ballot_today

    ballot = ballot_today(world, way=acts.Way(secret=True))
    browser = browser_of(world.bruno)
    answer = browser.post(reverse("governance:vote", args=[ballot.public_id]), {"choix": "for"}).content.decode()
    assert "Votre bulletin est dans l’urne" in answer
    assert "il ne sera plus montré" in answer
    page = browser.get(reverse("governance:ballot", args=[ballot.public_id])).content.decode()
    assert "il ne sera plus montré" not in page
    assert 'aria-pressed="true"' not in page
