"""What one is written: each person decides, except for what has to be told."""

from datetime import datetime

from cordee.ground.kit.refusals import Refusal
from cordee.ground.messages.models import Preference
from cordee.ground.people.models import Actor, Person
from cordee.ground.register.acts import INSTANCE, act

GROUPS = ("talk", "reminders", "digest", "sms")


def choose_letters(person: Person, *, by: Actor, at: datetime, **wanted: bool) -> Preference:
    """Say which letters one wants; votes, notices and signatures are always told.

    Allowed       the person; nobody for somebody else.
    Refused when  somebody else asks, or such letters do not exist.
    Tells         messages.letters.chosen: what, yes or no.
    """
    if by.person.pk != person.pk or set(wanted) - set(GROUPS):
        raise Refusal("unknown letters")
    with act("messages.letters.chosen", book=INSTANCE, by=by, at=at, on=person) as facts:
        kept, _new = Preference.objects.update_or_create(person=person, defaults=wanted)
        facts |= wanted
    return kept
