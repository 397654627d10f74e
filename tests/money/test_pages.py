"""The pages of the common costs."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cordee.ground.kit.clock import now
from cordee.ground.messages.acts import tell
from cordee.ground.messages.models import Letter
from cordee.money import acts
from cordee.money.tasks import LETTERS
from tests.money.doors import pool
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db


def test_a_cost_is_written_shared_voted_and_settled_from_the_pages(world: World) -> None:
    browser = browser_of(world.aude)
    answer = browser.post(
        reverse("money:new", args=[world.grouping.public_id]), {"title": "Stand", "unit": "m²"}, follow=True
    )
    address = answer.redirect_chain[-1][0].partition("?")[0]
    payer = world.seats["aude"].public_id
    answer = browser.post(f"{address}/depense", {"label": "Place", "cents": "1 284,5", "paid_by": payer}, follow=True)
    assert "1\u202f284,50\xa0€" in answer.content.decode()
    answer = browser.post(f"{address}/cle", {"cle": "equal"}, follow=True)
    assert "au vote" in answer.content.decode()


@pytest.mark.parametrize(
    ("data", "said"),
    [({"label": "", "cents": "12"}, "À remplir"), ({"label": "x", "cents": "beaucoup"}, "n’est pas un montant")],
)
def test_nonsense_gets_a_sentence_and_keeps_what_was_typed(world: World, data: dict[str, str], said: str) -> None:
    made = pool(world)
    answer = browser_of(world.aude).post(reverse("money:add_line", args=[made.public_id]), data)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert data["cents"] in answer.content.decode()


def test_nonsense_in_the_use_names_the_box(world: World) -> None:
    made = pool(world)
    key = world.seats["bruno"].public_id
    answer = browser_of(world.aude).post(
        reverse("money:note_use", args=[made.public_id]), {"version": "1", f"use_{key}": "douze"}
    )
    assert answer.status_code == 422
    assert "n’est pas un nombre" in answer.content.decode()


def test_a_stale_edit_shows_both_values(world: World) -> None:
    made = pool(world)
    key = world.seats["bruno"].public_id
    address, browser = reverse("money:note_use", args=[made.public_id]), browser_of(world.aude)
    assert browser.post(address, {"version": "1", f"use_{key}": "12"}).status_code == 302
    answer = browser.post(address, {"version": "1", f"use_{key}": "15"})
    assert answer.status_code == 409
    assert "12 ;" in answer.content.decode()
    assert "15 ;" in answer.content.decode()


@pytest.mark.parametrize("url", ["money:list", "money:pool", "money:why"])
def test_pages_stay_within_their_budget_of_queries(
    world: World, url: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made = pool(world, adopted=True)
    for number in range(15):
        acts.add_line(
            made, label=f"L{number}", cents=100, paid_by=world.seats["aude"], by=world.actor("aude"), at=now()
        )
    browser = browser_of(world.aude)
    with django_assert_max_num_queries(12):
        browser.get(reverse(url, args=[] if url == "money:list" else [made.public_id]))


def test_letters_tell_each_side_of_each_payment(world: World) -> None:
    made = pool(world, adopted=True)
    transfers = acts.settle_pool(made, by=world.actor("aude"), at=now())
    tell(LETTERS, at=now())
    assert Letter.objects.count() == 2 * len(transfers)
    acts.confirm_payment(transfers[0], by=world.actor("aude"), at=now())
    tell(LETTERS, at=now())
    assert "bien reçu" in Letter.objects.order_by("-id").first().subject
