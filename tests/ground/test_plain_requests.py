"""What stands before and behind every view: no zero byte, no cached page, a sentence for a wrong method."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from cordee.ground.kit.clock import now
from cordee.ground.people.acts import SIGN_IN_LIFE, LinkSpent, make_link, sign_in_by_link
from cordee.ground.people.models import Person
from tests import factories
from tests.factories import AT
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/engagements/a%00b", "/comptes/a%00b", "/groupements/?voix=%00", "/annuaire/?q=%00"])
def test_a_zero_byte_in_an_address_gets_a_page(world: World, path: str) -> None:
    answer = browser_of(world.aude).get(path)
    assert answer.status_code == 400
    assert "<h1" in answer.content.decode()


def test_a_zero_byte_in_a_form_gets_a_page(world: World) -> None:
    address = reverse("groupings:conversation", args=[world.grouping.public_id])
    assert browser_of(world.aude).post(address, {"text": "Bon\x00jour"}).status_code == 400


@pytest.mark.parametrize("lines", ["²", "9" * 5000, "-3", "0"])
def test_a_number_that_is_none_is_left_aside(world: World, lines: str) -> None:
    assert browser_of(world.aude).get("/groupements/nouveau", {"lines": lines}).status_code == 200


def test_no_cache_keeps_a_page(world: World) -> None:
    for browser in (browser_of(world.aude), Client()):
        assert browser.get("/comptes/").headers["Cache-Control"] == "private, no-store"


def test_a_wrong_method_gets_a_sentence() -> None:
    answer = Client().get("/langue")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "Cette adresse ne s’ouvre pas ainsi." in answer.content.decode()


def test_a_link_that_signs_in_lives_one_day() -> None:
    aude = factories.person("Aude Lambert")
    link = make_link(aude, purpose="sign_in", subject=aude, at=AT)
    assert link.expires_at == AT + SIGN_IN_LIFE
    with pytest.raises(LinkSpent):
        sign_in_by_link(link, at=AT + SIGN_IN_LIFE + timedelta(seconds=1))


def test_a_closed_account_is_not_entered_by_a_link() -> None:
    aude = factories.person("Aude Lambert")
    link = make_link(aude, purpose="sign_in", subject=aude, at=now())
    Person.objects.filter(pk=aude.pk).update(is_active=False)
    with pytest.raises(LinkSpent, match="fermé"):
        sign_in_by_link(link, at=now())
