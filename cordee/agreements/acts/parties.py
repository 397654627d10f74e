"""Between whom a document is: all the members, or some of them, who then alone see it."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from cordee.agreements import permissions
from cordee.agreements.acts.drafts import draft_again, note_parties, note_revision
from cordee.agreements.models import Agreement
from cordee.agreements.reads import members_of
from cordee.engines.assembly import document_type
from cordee.ground.kit.refusals import NotAllowed, Refusal, Stale
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act
from cordee.groupings.acts.at_the_table import acting_seat


class NotParties(Refusal):
    """These companies cannot be the parties of this document."""


def choose_parties(
    agreement: Agreement, *, parties: Collection[str], version: int, by: Actor, at: datetime
) -> Agreement:
    """Say between which members a document is, by the public identifiers of their seats.

    Allowed       any member of the grouping who sees the document.
    Refused when  the document was sent, changed in between, or its parties are settled by what it changes; one of them
                  is no member; they are too few or too many for this type of document.
    Tells         agreements.parties.chosen: how many.
    """
    with act("agreements.parties.chosen", book=agreement.grouping.book, by=by, at=at, on=agreement) as facts:
        fresh = draft_again(agreement)
        seat = acting_seat(fresh.grouping, by)
        if not permissions.may_prepare(seat):
            raise NotAllowed(_("Seuls les membres préparent un document."))
        if fresh.change not in ("", Agreement.Change.AMENDMENT):
            raise NotParties(_("Les parties de cet acte sont celles du document qu’il change."))
        if fresh.version != version:
            raise Stale(_("Quelqu’un vient de modifier ce document."), theirs={}, yours={})
        everybody = members_of(fresh.grouping)
        chosen = [one for one in everybody if one.public_id in set(parties)]
        if len(chosen) < len(set(parties)):
            raise NotParties(_("Seuls les membres du groupement signent ses documents."))
        kind = document_type(fresh.kind)
        if len(chosen) < kind.least or (kind.most is not None and len(chosen) > kind.most):
            raise NotParties(how_many(kind.least, kind.most), do=_("Cochez les entreprises qui signent ce document."))
        note_parties(fresh, chosen, everybody)
        fresh.version += 1
        fresh.save(update_fields=["answers", "version"])
        note_revision(fresh, seat, at=at)
        facts["parties"] = len(chosen)
    return fresh


def how_many(least: int, most: int | None) -> str:
    """How many companies sign, in words."""
    if most == least:
        return _("Ce document se signe à %(count)s.") % {"count": most}
    if most is None:
        return _("Ce document se signe à %(count)s ou plus.") % {"count": least}
    return _("Ce document se signe à %(least)s au moins, à %(most)s au plus.") % {"least": least, "most": most}
