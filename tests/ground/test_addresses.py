"""My addresses: our own page, one in French, to add one, choose the main one, take one away."""

import pytest
from allauth.account.models import EmailAddress

from tests.people import World, browser_of

pytestmark = pytest.mark.django_db
PAGE = "/compte/email/"


def test_addresses_are_shown_added_and_taken_away(world: World) -> None:
    EmailAddress.objects.create(user=world.aude, email=world.aude.email, primary=True, verified=True)
    EmailAddress.objects.create(user=world.aude, email="aude@autre.fr", verified=True)
    aude = browser_of(world.aude)
    shown = aude.get(PAGE).content.decode()
    assert "Mes adresses" in shown
    assert "En faire la principale" in shown
    assert "cd-head" in shown
    assert "adresse" in aude.post(PAGE, {"action_add": "1", "email": "nonsense"}).content.decode()
    aude.post(PAGE, {"action_remove": "1", "email": "aude@autre.fr"})
    assert not EmailAddress.objects.filter(email="aude@autre.fr").exists()
