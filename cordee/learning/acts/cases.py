"""What a grouping lets others know of how it split and decided: proposed, agreed to by each, withdrawn by any."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cordee.ground.kit.refusals import NotYours, Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.groupings.acts.at_the_table import acting_seat
from cordee.groupings.models import Grouping, Seat
from cordee.learning.models import CaseConsent, SharedCase
from cordee.learning.reads.library import case_told, tellable


class AlreadyTold(Refusal):
    """It is proposed or published already."""


def propose_case(grouping: Grouping, *, about: str, lesson: str, by: Actor, at: datetime) -> SharedCase:
    """Propose to tell how a cost was split, or a question decided, without any name.

    Allowed       any member; it counts as its own agreement.
    Refused when  it is no adopted key nor closed vote of this grouping; it was proposed already.
    Tells         learning.case.proposed: what it is about.
    """
    with act("learning.case.proposed", book=grouping.book, by=by, at=at) as facts:
        seat = acting_seat(grouping, by)
        found = next((one for one in tellable(grouping) if one.about == about), None)
        if found is None:
            raise NotYours
        try:
            with transaction.atomic():
                case = SharedCase.objects.create(
                    grouping=grouping, kind=found.kind, about=about, told=case_told(found), lesson=lesson.strip(),
                    proposed_by=seat, proposed_at=at,
                )  # fmt: skip
        except IntegrityError:
            raise AlreadyTold(_("C’est déjà proposé.")) from None
        facts.on = address(case)
        facts["about"] = about
        CaseConsent.objects.create(case=case, seat=seat, at=at)
    return case


def consent_to_case(case: SharedCase, *, by: Actor, at: datetime) -> SharedCase:
    """Agree, for one's company, that a case is told; it is, once every member has agreed.

    Allowed       any member.
    Refused when  it was withdrawn.
    Tells         learning.case.agreed: whether it is published now.
    """
    with act("learning.case.agreed", book=case.grouping.book, by=by, at=at, on=case) as facts:
        fresh = SharedCase.objects.select_for_update().select_related("grouping").get(pk=case.pk)
        seat = acting_seat(fresh.grouping, by)
        if fresh.withdrawn_at:
            raise NotYours
        CaseConsent.objects.get_or_create(case=fresh, seat=seat, defaults={"at": at})
        members = Seat.objects.filter(grouping=fresh.grouping, state=Seat.State.MEMBER).values_list("pk", flat=True)
        agreed = set(fresh.consents.values_list("seat", flat=True))
        if fresh.published_at is None and set(members) <= agreed:
            fresh.published_at = at
            fresh.save(update_fields=["published_at"])
        facts["published"] = fresh.published_at is not None
    return fresh


def withdraw_case(case: SharedCase, *, by: Actor, at: datetime) -> SharedCase:
    """Take a case back: one member is enough, at any time.

    Allowed  any member.
    Tells    learning.case.withdrawn.
    """
    with act("learning.case.withdrawn", book=case.grouping.book, by=by, at=at, on=case):
        fresh = SharedCase.objects.select_for_update().select_related("grouping").get(pk=case.pk)
        acting_seat(fresh.grouping, by)
        fresh.withdrawn_at = fresh.withdrawn_at or at
        fresh.save(update_fields=["withdrawn_at"])
    return fresh
