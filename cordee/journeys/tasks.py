"""Everything that happens by itself: which letters are told from which lines, and what falls due."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from cordee.agreements import tasks as agreements
from cordee.directory import tasks as directory
from cordee.governance import tasks as governance
from cordee.governance.models import Ballot, Resolution
from cordee.ground.messages.acts import Draft, Teller, send_due, tell
from cordee.ground.register.models import Entry
from cordee.ground.signing import tasks as signing
from cordee.groupings import tasks as groupings
from cordee.groupings.models import Grouping
from cordee.journeys.acts import apply_decision
from cordee.money import tasks as money
from cordee.offers import tasks as offers


def tell_gate(entry: Entry, at: datetime) -> Iterable[Draft]:
    """A new stage: every member hears of it, except who passed the gate."""
    grouping = Grouping.objects.get(public_id=entry.subject.rpartition("/")[2])
    stage = Grouping.Stage(entry.facts["to"])
    for seat in groupings.members_of(grouping):
        if seat.holder.pseudonym == entry.by.partition(" ")[0]:
            continue
        with translation.override(seat.holder.language):
            yield Draft(
                to=seat.holder,
                kind="journeys.gate",
                subject=_("« %(name)s » passe une étape : %(stage)s") % {"name": grouping.name, "stage": stage.label},
                lines=(_("Rien ne manquait plus. Voyez ce que la nouvelle étape permet."),),
                button=_("Voir le groupement"),
                url=groupings.page_of("groupings:grouping", grouping),
                why=_("Vous recevez ce mail parce que vous êtes membre de « %(name)s ».") % {"name": grouping.name},
            )


LETTERS: dict[str, Teller] = {
    **signing.LETTERS,
    **groupings.LETTERS,
    **governance.LETTERS,
    **offers.LETTERS,
    **money.LETTERS,
    "journeys.gate.passed": tell_gate,
}
"""Who writes what from which line. Each room lists its own; here they are united, and no act has two tellers."""


def apply_decisions(*, at: datetime) -> int:
    """Carry out every adopted decision that has an effect and was not carried out yet."""
    due = Resolution.objects.exclude(effect="").filter(effect_at=None, ballots__outcome=Ballot.Outcome.ADOPTED)
    found = list(due.select_related("grouping").distinct())
    for resolution in found:
        apply_decision(resolution, at=at)
    return len(found)


DEADLINES: tuple[Callable[..., int], ...] = (
    governance.close_due,
    apply_decisions,
    governance.remind,
    signing.seal_due,
    agreements.follow_ceremonies,
    offers.catch_up,
    directory.resume_stopped,
)
"""What each room does when time passes: `function(*, at)`, says how much it did, and doing it twice does it once."""


def tick(*, at: datetime) -> dict[str, int]:
    """One round: what fell due, the letters the books call for, the letters to send. Says how much of each.

    Several tickers do no harm: deadlines and letters are claimed row by row, in a transaction of their own.
    """
    done = {f"{each.__module__}.{each.__name__}": each(at=at) for each in DEADLINES}
    return {**done, "told": tell(LETTERS, at=at), "sent": send_due(at=at)}
