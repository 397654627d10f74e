"""The doors of the decisions."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from cordee.governance.acts import (
    PHONED,
    Way,
    adopt_rule,
    call_meeting,
    cast_vote,
    close_ballot,
    close_meeting,
    note_phoned_vote,
    open_meeting,
    plan_meeting,
    propose_resolution,
)
from cordee.governance.models import Ballot
from cordee.ground.messages.acts import thread_about, write_message
from cordee.ground.people.acts import make_link
from cordee.ground.people.models import Clockwork
from cordee.ground.people.reads import token
from cordee.groupings.reads import actor_for
from tests.doors import MEMBERS_ONLY, SIGN_IN, SIGNED_IN, Door
from tests.factories import AT
from tests.people import World


def ballot(world: World, *, days: int = 20_000, **asked: Any) -> Ballot:
    """A vote that is open today: pages live in the present, whatever the moment of the tests."""
    from cordee.ground.kit.clock import now

    at = AT if days < 365 else now()
    closes = at + timedelta(days=min(days, 30))
    actor = world.actor("aude")
    return propose_resolution(
        world.grouping,
        title="Répondre ?",
        text="Répondons.",
        decision_type="ordinary",
        closes_at=closes,
        by=actor,
        at=at,
        **asked,
    )


def open_ballot(world: World) -> list[Any]:
    return [ballot(world).public_id]


def voted_ballot(world: World) -> list[Any]:
    """Everybody but one voted, so that the owner may still close it or not."""
    from cordee.ground.kit.clock import now

    made = ballot(world)
    for voter in made.voters.select_related("seat__holder"):
        cast_vote(made, seat=voter.seat, choice="for", by=actor_for(voter.seat.holder, voter.seat), at=now())
    return [made.public_id]


def vote_link(world: World) -> list[Any]:
    from cordee.ground.kit.clock import now

    made = ballot(world)
    link = make_link(world.bruno, purpose="vote", subject=made, seat=world.seats["bruno"], at=now())
    return [token(link)]


def named(world: World) -> list[Any]:
    """An election without candidates in which two have named somebody."""
    made = ballot(world, way=Way(method="sociocratic"))
    for name in ("aude", "bruno"):
        seat = world.seats[name]
        answer = {"named": made.options[0]}
        cast_vote(made, seat=seat, choice="cast", answer=answer, by=actor_for(seat.holder, seat), at=made.opened_at)
    return [made.public_id]


def all_named(world: World) -> list[Any]:
    """An election without candidates in which all have named somebody: another round may follow."""
    made = ballot(world, way=Way(method="sociocratic"))
    for seat in world.grouping.seats.select_related("holder"):
        answer = {"named": made.options[0], "why": "Elle a le temps."}
        cast_vote(made, seat=seat, choice="cast", answer=answer, by=actor_for(seat.holder, seat), at=made.opened_at)
    return [made.public_id]


def file_under(world: World) -> list[Any]:
    """A file that came with a message under a decision."""
    made = ballot(world)
    thread = thread_about(made, book=world.grouping.book, at=AT)
    upload = SimpleUploadedFile("devis.pdf", b"%PDF-1.7 devis")
    message = write_message(thread, "", files=[upload], by=world.actor("bruno"), at=AT)
    return [made.public_id, message.attachments.get().document.public_id]


PREPARED = {"do": "prepare", "title": "Un compte ?", "text": "Ouvrons-le.", "decision_type": "ordinary"}


def tied(world: World) -> list[Any]:
    """Equal votes that the coordinator decides between."""
    from cordee.engines.voting import Rule

    adopt_rule(world.grouping, "ordinary", Rule(tie="chair"), by=Clockwork(), at=AT)
    made = ballot(world)
    for name, choice in (("bruno", "for"), ("denis", "against")):
        seat = world.seats[name]
        cast_vote(made, seat=seat, choice=choice, by=actor_for(seat.holder, seat), at=made.opened_at)
    close_ballot(made, by=Clockwork(), at=made.closes_at)
    return [made.public_id]


def phoned_link(world: World) -> list[Any]:
    from cordee.ground.kit.clock import now

    made = ballot(world)
    note_phoned_vote(made, seat=world.seats["bruno"], choice="for", by=world.actor("aude"), at=now())
    link = make_link(world.bruno, purpose=PHONED, subject=made, seat=world.seats["bruno"], at=now())
    return [token(link)]


def grouping(world: World) -> list[Any]:
    return [world.grouping.public_id]


def rule_of_grouping(world: World) -> list[Any]:
    return [world.grouping.public_id, "ordinary"]


def meeting(world: World) -> list[Any]:
    from cordee.ground.kit.clock import now

    dates = [now() + timedelta(days=30)]
    return [plan_meeting(world.grouping, title="Le salon", dates=dates, by=world.actor("aude"), at=now()).public_id]


def held_meeting(world: World) -> list[Any]:
    """A meeting of the past, with its minutes."""
    by, date = world.actor("aude"), AT + timedelta(days=20)
    made = plan_meeting(world.grouping, title="Le salon", dates=[date], by=by, at=AT)
    call_meeting(made, starts_at=date, by=by, at=AT)
    open_meeting(made, by=by, at=date)
    close_meeting(made, by=by, at=date + timedelta(hours=1))
    return [made.public_id]


def to_answer(world: World) -> list[Any]:
    return [*meeting(world), "dates"]


def to_cancel(world: World) -> list[Any]:
    return [*meeting(world), "annuler"]


def adopted(world: World) -> list[Any]:
    made = ballot(world)
    for name in ("aude", "bruno", "denis"):
        seat = world.seats[name]
        cast_vote(made, seat=seat, choice="for", by=actor_for(seat.holder, seat), at=made.opened_at)
    close_ballot(made, by=Clockwork(), at=made.closes_at)
    return [world.grouping.public_id, made.resolution.public_id]


ACT = (302, 302, 404, 404, SIGN_IN)
DOORS = [
    Door("governance:list", SIGNED_IN),
    Door("governance:propose", MEMBERS_ONLY, lambda world: [world.grouping.public_id]),
    Door("governance:ballot", MEMBERS_ONLY, open_ballot),
    Door("governance:vote", ACT, open_ballot, "post", {"choix": "for"}),
    Door("governance:close", (302, 403, 404, 404, SIGN_IN), voted_ballot, "post"),
    Door("governance:proxy", ACT, open_ballot, "post"),
    Door("governance:withdraw", ACT, open_ballot, "post", {"why": "un lien"}),
    Door("governance:talk", ACT, open_ballot, "post", {"text": "Bonjour"}),
    Door("governance:phone", ACT, open_ballot, "post"),
    Door("governance:confirm", (200, 200, 200, 200, 200), phoned_link),
    Door("governance:name", (302, 403, 404, 404, SIGN_IN), named, "post"),
    Door("governance:talk_file", MEMBERS_ONLY, file_under),
    Door("governance:name_again", (302, 403, 404, 404, SIGN_IN), all_named, "post"),
    Door("governance:prepare", MEMBERS_ONLY, grouping),
    Door("governance:prepare", ACT, grouping, "post", PREPARED),
    Door("governance:break_tie", (302, 403, 404, 404, SIGN_IN), tied, "post", {"choix": "for"}),
    Door("governance:rules", MEMBERS_ONLY, grouping),
    Door("governance:change_rule", MEMBERS_ONLY, rule_of_grouping),
    Door("governance:decided", MEMBERS_ONLY, grouping),
    Door("governance:follow", ACT, adopted, "post"),
    Door("governance:room", MEMBERS_ONLY, grouping),
    Door("governance:meetings", MEMBERS_ONLY, grouping),
    Door("governance:new_meeting", MEMBERS_ONLY, grouping),
    Door("governance:meeting", MEMBERS_ONLY, meeting),
    Door("governance:meeting_calendar", MEMBERS_ONLY, held_meeting),
    Door("governance:minutes", MEMBERS_ONLY, held_meeting),
    Door("governance:meeting_deed", ACT, to_answer, "post"),
    Door("governance:meeting_deed", (302, 403, 404, 404, SIGN_IN), to_cancel, "post"),
    Door("governance:vote_by_link", (200, 200, 200, 200, 200), vote_link),  # whoever holds the link sees the question
]
