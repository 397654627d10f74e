"""What agreements do by themselves: follow their signing ceremony."""

from datetime import datetime

from cordee.agreements.acts import note_signed
from cordee.agreements.models import Agreement
from cordee.ground.kit.apart import each_apart
from cordee.ground.people.models import Clockwork
from cordee.ground.signing.models import Ceremony


def follow_ceremonies(*, at: datetime) -> int:
    """Note every document whose ceremony has ended: signed by all and sealed, or declined."""
    over = (Ceremony.State.SEALED, Ceremony.State.DECLINED)
    due = list(
        Agreement.objects.filter(state=Agreement.State.SENT, ceremony__state__in=over).select_related("grouping")
    )
    return each_apart(due, lambda agreement: note_signed(agreement, by=Clockwork(), at=at))
