"""A brand under way: rules voted, a licence granted, an audit; a pool of capacity with its neutral person."""

import io
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cordee.governance.acts import cast_vote, close_ballot
from cordee.governance.models import Ballot
from cordee.ground.kit.clock import now
from cordee.ground.people.models import Person
from cordee.groupings.models import Seat
from cordee.groupings.reads import actor_for
from cordee.projects import acts
from cordee.projects.models import BrandAudit, BrandLicence, BrandRules, CapacityPool, OrderRule, Project
from cordee.projects.tasks import follow_tool_votes
from tests import factories
from tests.people import World

DAY = timedelta(days=1)
CRITERIA = (
    acts.NewCriterion("Devis écrit", 2, essential=True),
    acts.NewCriterion("Logo de la bibliothèque", 1, photo=True),
    acts.NewCriterion("Chantier propre", 1),
)


def photo(name: str = "facade.jpg") -> SimpleUploadedFile:
    """A small picture, as a telephone sends it."""
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "brown").save(file, "JPEG")
    return SimpleUploadedFile(name, file.getvalue(), "image/jpeg")


def decided(address: str, *, choice: str = "for", at: datetime | None = None) -> Ballot:
    """Everybody on the roll votes the same, the vote is closed, and what it decides is carried out."""
    at = at or now()
    ballot = Ballot.objects.get(public_id=address.rpartition("/")[2])
    for voter in ballot.voters.filter(withdrawn_at=None).select_related("seat__holder", "seat__company"):
        cast_vote(ballot, seat=voter.seat, choice=choice, by=actor_for(voter.seat.holder, voter.seat), at=at)
    closer = Seat.objects.filter(grouping=ballot.grouping).select_related("holder").first()
    assert closer is not None
    close_ballot(ballot, by=actor_for(closer.holder, closer), at=at)
    follow_tool_votes(at=at)
    return Ballot.objects.get(pk=ballot.pk)


def a_brand(world: World, names: tuple[str, ...] = ("aude", "bruno", "denis")) -> Project:
    """A project around a brand."""
    return acts.open_project(
        world.grouping, kind="common_brand", name="Pierre & Bois d’Oc", seats=[world.seats[name] for name in names],
        by=world.actor("aude"), at=now(),
    )  # fmt: skip


def rules_of(world: World, project: Project, **words: Any) -> BrandRules:
    """Rules of use, voted."""
    given = {"text": "Un devis écrit, toujours.", "criteria": CRITERIA, "wanted": 75, **words}
    rules = acts.propose_brand_rules(project, **given, by=world.actor("aude"), at=now())
    decided(rules.ballot)
    rules.refresh_from_db()
    return rules


def audited(world: World, licence: BrandLicence, *, by: str = "aude", wrong: bool = False) -> BrandAudit:
    """An audit of a licence, closed; `wrong` where the essential point does not hold."""
    actor = actor_of(world, by)
    audit = acts.open_audit(licence, by=actor, at=now())
    for place, point in enumerate(audit.points.all()):
        words: dict[str, Any] = {"verdict": "ok", "photo": photo()}
        if wrong and place == 0:
            words |= {"verdict": "no", "fix": "Écrire les devis.", "fix_by": now().date() + 20 * DAY}
        acts.note_point(point, **words, by=actor, at=now())
    return acts.close_audit(audit, again_on=now().date() + 30 * DAY if wrong else None, by=actor, at=now())


def licensed(world: World, project: Project, name: str = "bruno", *, at: datetime | None = None) -> BrandLicence:
    """A licence granted to one of the members."""
    licence = acts.ask_licence(project, scope="Toitures", by=actor_of(world, name), at=at or now())
    audited(world, licence, by="aude" if name != "aude" else "bruno")
    acts.put_licences_to_vote(project, licences=[licence], by=world.actor("aude"), at=at or now())
    licence.refresh_from_db()
    decided(licence.ballot, at=at)
    licence.refresh_from_db()
    return licence


def actor_of(world: World, name: str) -> Any:
    """Somebody of the world acting for their seat, those without a name of their own too."""
    seat = Seat.objects.select_related("holder").get(pk=world.seats[name].pk)
    return actor_for(seat.holder, seat)


def a_pool(
    world: World, names: tuple[str, ...] = ("aude", "bruno", "denis"), **words: Any
) -> tuple[CapacityPool, Person]:
    """An offer between competitors with what is counted and a neutral person."""
    project = acts.open_project(
        world.grouping, kind="competitor_offer", name="Gros volumes", seats=[world.seats[name] for name in names],
        by=world.actor("aude"), at=now(),
    )  # fmt: skip
    acts.note_checkpoint(project, slug="assembler", note="Réunion du 3 mars.", by=world.actor("aude"), at=now())
    pool = acts.open_pool(project, unit="palettes", **words, by=world.actor("aude"), at=now())
    neutral = factories.person("Sylvie Mercier")
    return acts.name_neutral(pool, email=neutral.email, by=world.actor("aude"), at=now()), neutral


def an_order_rule(world: World, project: Project, rule: str = "capacity") -> OrderRule:
    """A rule of allocation, voted."""
    row = acts.propose_order_rule(project, rule=rule, by=world.actor("bruno"), at=now())
    decided(row.ballot)
    row.refresh_from_db()
    return row
