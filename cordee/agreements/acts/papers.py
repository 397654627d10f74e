"""A document signed by hand: its scan is kept, somebody vouches for it, and it is never taken for our signature."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from cordee.agreements import permissions
from cordee.agreements.acts.drafts import NoPower, draft_again
from cordee.agreements.models import Agreement
from cordee.agreements.reads import draft_document, values_of, whole_document
from cordee.engines import assembly
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.ground.signing.acts import keep_paper
from cordee.ground.signing.models import PaperCopy
from cordee.groupings.acts.at_the_table import acting_seat

WORDS = "J’atteste que ce scan est celui du document que tous ont signé à la main, et j’en tiens l’original."
"""What one vouches for, in the language of the papers."""


def keep_on_paper(
    agreement: Agreement, *, pages: Sequence[UploadedFile], signed_on: date, by: Actor, at: datetime
) -> PaperCopy:
    """Keep what all signed by hand: the scan, the day written on it, and who vouches for it.

    Allowed       a member who may commit their company, who vouches in its name.
    Refused when  the document was sent to be signed here, the scan can't be read, or the day is to come.
    Tells         agreements.agreement.kept_on_paper, and signing.paper.kept: digests of the scan.
    """
    with act("agreements.agreement.kept_on_paper", book=agreement.grouping.book, by=by, at=at, on=agreement) as facts:
        fresh = draft_again(agreement)
        seat = acting_seat(fresh.grouping, by)
        values = values_of(fresh, at=at)
        powers = permissions.powers_of_seats([seat], kind=fresh.kind, values=values, at=at)[seat.pk]
        mine = next((power for power in powers if power.person == by.person), None)
        if mine is None:
            raise NoPower(
                _("Qui atteste doit avoir le pouvoir d’engager %(company)s.") % {"company": seat.company},
                do=_("Demandez au représentant légal, ou à qui a une délégation écrite."),
            )
        copy = keep_paper(
            pages,
            book=fresh.grouping.book,
            subject=address(fresh),
            title=fresh.title,
            signed_on=signed_on,
            company=seat.company.name,
            siren=seat.company.siren or "",
            capacity=mine.capacity[:80],
            words=WORDS,
            by=by,
            at=at,
        )
        document = draft_document(fresh, values)
        fresh.answers, fresh.state, fresh.signed_on = values, Agreement.State.PAPER, signed_on
        fresh.kept = assembly.as_kept(document)
        if fresh.change == Agreement.Change.AMENDMENT:
            fresh.whole = assembly.as_kept(whole_document(fresh, values))
        fresh.version += 1
        fresh.save(update_fields=["answers", "state", "signed_on", "kept", "whole", "version"])
        facts |= {"copy": copy.public_id, "signed_on": signed_on.isoformat()}
    return copy
