"""The yearly question: asked by itself, answered by each, closed by itself; no answer changes nothing."""

from datetime import timedelta

import pytest

from cordee.ground.kit.refusals import NotYours
from cordee.ground.messages.models import Letter
from cordee.ground.people.models import Clockwork
from cordee.groupings.acts import answer_review, close_review, open_review, pause
from cordee.groupings.acts.review import AnswersAwaited, NoSuchAnswer, ReviewClosed
from cordee.groupings.models import Review
from cordee.groupings.reads import actor_for
from cordee.journeys import tasks
from tests.factories import AT
from tests.journeys.together import last_act
from tests.people import World, make_world

pytestmark = pytest.mark.django_db
YEAR = AT + timedelta(days=366)
FOUR = ("aude", "bruno", "denis", "emma")


@pytest.fixture
def world() -> World:
    return make_world(stage="committed")


def say(world: World, review: Review, choice: str, *names: str) -> None:
    for name in names:
        seat = world.seats[name]
        answer_review(review, choice=choice, why="voilà", by=actor_for(seat.holder, seat), at=YEAR)


def test_it_comes_by_itself_after_a_year_and_once(world: World) -> None:
    tasks.tick(at=YEAR - timedelta(days=3))
    assert not Review.objects.exists()
    tasks.tick(at=YEAR)
    tasks.tick(at=YEAR + timedelta(hours=1))
    review = Review.objects.get(grouping=world.grouping)
    assert Letter.objects.filter(kind="journeys.review").count() == 4
    assert "closes_at" in last_act(world.grouping, "groupings.review.opened")
    tasks.tick(at=YEAR + timedelta(days=22))
    review.refresh_from_db()
    assert review.outcome == "continue"
    tasks.tick(at=YEAR + timedelta(days=370))
    assert Review.objects.filter(grouping=world.grouping).count() == 2


def test_when_all_have_answered_it_closes_at_the_next_round(world: World) -> None:
    review = open_review(world.grouping, by=world.actor("bruno"), at=YEAR)
    say(world, review, "continue", "aude")
    say(world, review, "wind_up", "bruno", "denis", "emma")
    assert last_act(world.grouping, "groupings.review.answered")["choice"] == "wind_up"
    tasks.tick(at=YEAR)
    review.refresh_from_db()
    assert review.outcome == "wind_up"
    assert "ballot" in last_act(world.grouping, "journeys.review.concluded")
    assert last_act(world.grouping, "groupings.review.closed") == {"outcome": "wind_up", "answered": 4, "members": 4}
    assert "la clôture commence" in Letter.objects.filter(kind="journeys.review.closed").first().text


def test_refusals(world: World) -> None:
    review = open_review(world.grouping, by=world.actor("bruno"), at=YEAR)
    with pytest.raises(ReviewClosed):
        open_review(world.grouping, by=world.actor("bruno"), at=YEAR)
    with pytest.raises(NoSuchAnswer):
        say(world, review, "perhaps", "aude")
    with pytest.raises(NotYours):
        say(world, review, "change", "chloe")
    say(world, review, "change", "aude")
    with pytest.raises(AnswersAwaited):
        close_review(review, by=world.actor("aude"), at=YEAR)
    say(world, review, "change", *FOUR)
    assert close_review(review, by=world.actor("aude"), at=YEAR).outcome == "change"
    with pytest.raises(ReviewClosed):
        say(world, review, "continue", "aude")


def test_a_grouping_that_rests_is_not_asked(world: World) -> None:
    pause(world.grouping, by=world.actor("aude"), at=AT)
    tasks.tick(at=YEAR)
    assert not Review.objects.exists()
    with pytest.raises(ReviewClosed):
        open_review(world.grouping, by=Clockwork(), at=YEAR)
