"""Filling a database from a process of its own: `python -m tests.filling COUNT [PREFIX]` opens COUNT exchanges.

The tables are made first where there are none. Each exchange invites three people, hence three letters; one file is
deposited in each. With `for-ever` instead of a number, it goes on until it is killed.
"""

import itertools
import os
import sys


def main() -> None:
    """Open exchanges, one after the other, and say the number of each."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.utils import timezone

    from cordee.directory.models import Company
    from cordee.ground.people.models import Actor, Person
    from cordee.ground.register.acts import address
    from cordee.ground.register.keys import signing_key
    from cordee.groupings.acts import Invitee, open_exchange, write_in_conversation
    from cordee.groupings.models import Seat
    from tests import factories
    from tests.prepared import migrate

    migrate()
    signing_key()
    count, prefix = sys.argv[1], (sys.argv[2:] or ["a"])[0]
    aude = Person.objects.filter(name="Aude Lambert").first() or factories.person("Aude Lambert")
    host = Company.objects.filter(name="Menuiserie Hôte").first() or factories.company("Menuiserie Hôte", leader=aude)
    Company.objects.update(asked_at=timezone.now())  # nobody is asked today whether the card still holds
    for number in itertools.count(1) if count == "for-ever" else range(1, int(count) + 1):
        grouping = open_exchange(
            name=f"Échange {prefix}{number}",
            purpose="En parler.",
            host_company=host,
            invitees=tuple(Invitee(email=f"{prefix}{number}-{who}@exemple.fr", name="Denis Roux") for who in "xyz"),
            by=Actor(aude),
            at=timezone.now(),
        )
        seat = Seat.objects.get(grouping=grouping, holder=aude)
        note = SimpleUploadedFile(f"note-{number}.txt", f"Note {prefix}{number}".encode())
        write_in_conversation(grouping, "Voici.", by=Actor(aude, address(seat)), at=timezone.now(), files=[note])
        print(number, flush=True)


if __name__ == "__main__":
    main()
