"""What is said under a decision: one letter for a burst, and the answer by e-mail comes back under it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from cordee.governance.models import Ballot
from cordee.ground.messages.acts import Draft, Teller
from cordee.ground.messages.models import Message
from cordee.ground.messages.reads import is_waiting
from cordee.ground.register.acts import address
from cordee.ground.register.models import Entry
from cordee.groupings.models import Seat
from cordee.groupings.tasks import tell_written as tell_elsewhere

GATHER = timedelta(minutes=10)


def tell_written(entry: Entry, at: datetime) -> Iterable[Draft]:
    """Somebody wrote under a decision: the others on its roll hear of it. Other rooms tell their conversations."""
    if not str(entry.facts["about"]).startswith("governance/ballot/"):
        yield from tell_elsewhere(entry, at)
        return
    message = Message.objects.select_related("thread", "by").get(public_id=entry.subject.rpartition("/")[2])
    ballot = Ballot.objects.select_related("resolution", "grouping").get(
        public_id=entry.facts["about"].rpartition("/")[2]
    )
    kind = f"governance.talk.{message.thread.public_id}"
    voters = ballot.voters.filter(seat__state=Seat.State.MEMBER).select_related("seat__holder", "seat__company")
    for voter in voters:
        person = voter.seat.holder
        if person.pk == message.by_id or is_waiting(person, kind):
            continue
        with translation.override(person.language):
            words = {"who": message.by.name or _("Un membre"), "title": ballot.resolution.title}
            page = reverse("governance:ballot", args=[ballot.public_id])
            yield Draft(
                to=person,
                kind=kind,
                subject=_("On vous écrit : %(title)s") % words,
                lines=(_("%(who)s a écrit :") % words, Truncator(message.text).chars(600)),
                button=_("Lire et répondre"),
                url=f"{settings.SITE_URL}{page}?voix={voter.seat.public_id}",
                why=_("Vous recevez ce message car %(company)s était appelée à voter.")
                % {"company": voter.seat.company},
                due_at=at + GATHER,
                group="talk",
                thread=message.thread,
                seat=address(voter.seat),
            )


LETTERS: dict[str, Teller] = {"messages.message.written": tell_written}
