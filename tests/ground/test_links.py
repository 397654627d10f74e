"""Links: opened as often as one likes, used up by what they do, scoped, expiring, revocable."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cordee.ground.kit.refusals import NotYours
from cordee.ground.people.acts import LinkSpent, make_link, revoke_links, sign_in_by_link, use_link
from cordee.ground.people.reads import open_link, token
from cordee.ground.register.models import Entry
from tests import factories
from tests.factories import AT
from tests.people import browser_of

pytestmark = pytest.mark.django_db


def test_a_link_is_for_one_thing_only() -> None:
    link = make_link(factories.person("Aude"), purpose="vote", subject="governance/ballot/x", at=AT)
    assert open_link(token(link), purpose="vote", at=AT).state == "open"
    with pytest.raises(NotYours):
        open_link(token(link), purpose="signature", at=AT)
    with pytest.raises(NotYours):
        open_link(token(link)[:-2], purpose="vote", at=AT)


def test_the_same_link_is_not_made_twice() -> None:
    aude = factories.person("Aude")
    first = make_link(aude, purpose="vote", subject="x/y/z", at=AT)
    assert make_link(aude, purpose="vote", subject="x/y/z", at=AT) == first
    use_link(first, at=AT)
    assert make_link(aude, purpose="vote", subject="x/y/z", at=AT) != first


def test_used_expired_and_withdrawn_links_say_so() -> None:
    aude = factories.person("Aude")
    links = [make_link(aude, purpose="vote", subject=f"x/y/{number}", at=AT) for number in range(3)]
    use_link(links[0], at=AT)
    assert revoke_links(subject="x/y/1", at=AT) == 1
    states = [open_link(token(link), purpose="vote", at=AT).state for link in links]
    assert states == ["used", "revoked", "open"]
    assert open_link(token(links[2]), purpose="vote", at=AT + timedelta(days=31)).state == "expired"
    for link, at in ((links[0], AT), (links[1], AT), (links[2], AT + timedelta(days=31))):
        with pytest.raises(LinkSpent):
            use_link(link, at=at)


def test_signing_in_by_link_is_in_the_register_without_a_name() -> None:
    aude = factories.person("Aude Lambert")
    link = make_link(aude, purpose="sign_in", subject=aude, at=AT)
    assert sign_in_by_link(link, at=AT) == aude
    entry = Entry.objects.get(act="people.person.signed_in")
    assert "Aude" not in str(entry.facts) + entry.by
    with pytest.raises(LinkSpent):
        sign_in_by_link(link, at=AT)


def test_the_page_enters_only_on_the_button() -> None:
    from cordee.ground.kit.clock import now

    aude = factories.person("Aude Lambert")
    address = reverse("people:enter", args=[token(make_link(aude, purpose="sign_in", subject=aude, at=now()))])
    browser = browser_of(None)
    assert "Bonjour Aude" in browser.get(address).content.decode()
    assert "_auth_user_id" not in browser.session
    assert browser.post(address).status_code == 302
    assert browser.session["_auth_user_id"] == str(aude.pk)
    assert "déjà servi" in browser_of(None).get(address).content.decode()
