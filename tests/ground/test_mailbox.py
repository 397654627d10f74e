"""The mailbox of the demo: every mail kept, shown, and harmless."""

from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from cordee.ground.messages.mailbox import MailboxBackend
from cordee.ground.messages.models import MailboxItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> MailboxItem:
    mail = EmailMultiAlternatives("À voter", "Voir http://127.0.0.1/vote", to=["claire@fabregues.example"])
    mail.attach_alternative('<p style="color:red">Bonjour</p><script>alert(1)</script>', "text/html")
    MailboxBackend().send_messages([mail])
    return MailboxItem.objects.get()


def test_it_is_closed_unless_it_was_opened(settings: Any, kept: MailboxItem) -> None:
    settings.MAILBOX_OPEN = False
    for address in ("/dev/courrier/", f"/dev/courrier/{kept.pk}", f"/dev/courrier/{kept.pk}/page"):
        assert Client().get(address).status_code == 404


def test_a_mail_is_listed_read_and_framed(settings: Any, kept: MailboxItem) -> None:
    settings.MAILBOX_OPEN = True
    listed = Client().get("/dev/courrier/?to=claire").content.decode()
    assert f'href="/dev/courrier/{kept.pk}"' in listed
    assert "À voter" in listed
    assert "À voter" not in Client().get("/dev/courrier/?to=bruno").content.decode()
    page = Client().get(f"/dev/courrier/{kept.pk}").content.decode()
    assert '<a href="http://127.0.0.1/vote"' in page
    assert "<script>alert" not in page
    assert 'sandbox="allow-popups"' in page


def test_what_the_frame_shows_cannot_run_nor_fetch(settings: Any, kept: MailboxItem) -> None:
    settings.MAILBOX_OPEN = True
    answer = Client().get(f"/dev/courrier/{kept.pk}/page")
    policy = answer["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "script" not in policy
    assert "sandbox" in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
