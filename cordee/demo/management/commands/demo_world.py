"""Build the demo's world where it is missing, and print a sign-in link for each of four people."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cordee.demo.world import build, sign_in_links
from cordee.ground.kit.clock import now
from cordee.ground.people.reads import link_address


class Command(BaseCommand):
    """`manage.py demo_world`"""

    help = "Build the demo's world where it is missing; print a sign-in link for each of four people."

    def handle(self, *args: Any, **options: Any) -> None:
        at = now()
        if build(at=at):
            self.stdout.write("· Un petit monde est prêt : 42 entreprises, quatre groupements, un appel d’offres.")
        self.stdout.write("")
        for person, what, link in sign_in_links(at=at):
            self.stdout.write(f"  {person.name} — {what}\n    {link_address(link, 'people:enter')}\n")
        if settings.MAILBOX_OPEN:
            self.stdout.write(f"  Le courrier de la démonstration : {settings.SITE_URL}/dev/courrier/\n")
