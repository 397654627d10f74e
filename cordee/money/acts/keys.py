"""The figures that keys need, what each would pay alone, and the vote that puts a key in force."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from cordee.engines import sharing
from cordee.governance.acts import propose_resolution
from cordee.governance.models import Ballot, DecisionType
from cordee.ground.kit.money import euros
from cordee.ground.kit.refusals import Refusal, Stale
from cordee.ground.kit.words import for_the_papers, language
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import By, act, address
from cordee.money.acts.at_the_pool import PoolSettled, open_pool_of
from cordee.money.models import MOVES, CostPool, Heading, KeyKind, PoolLine, SharingKey
from cordee.money.reads import (
    MEASURES,
    PRIVATE,
    Recipe,
    being_voted,
    game_of,
    keys_in_force,
    recipe_of,
    shares_of,
    unsettled,
)

VOTE_LENGTH = timedelta(days=7)


class FiguresMissing(Refusal):
    """The key needs figures that are not known yet, or that contradict each other."""


class NothingToShare(Refusal):
    """The pool has no line."""


class KeyBeingVoted(Refusal):
    """One key at a time: two adopted together would contradict each other."""


def note_figures(
    pool: CostPool,
    *,
    rows: Mapping[str, Mapping[str, int | None]],
    settings: Mapping[str, int | None],
    version: int,
    by: Actor,
    at: datetime,
) -> CostPool:
    """Note the figures that the keys read: turnover, staff, lots, benefit, percentages; fixed part and bounds.

    Allowed       any member of the pool; its turnover and its benefit, each company for itself only.
    Refused when  the pool is settled; somebody changed the figures in between.
    Tells         money.figures.noted: which figures of how many members, not the amounts, which are confidential.
    """
    with act("money.figures.noted", book=pool.grouping.book, by=by, at=at, on=pool) as facts:
        fresh, seat = open_pool_of(pool, by)
        if fresh.version != version:
            raise Stale(_("Quelqu’un vient de modifier ces chiffres."), theirs={}, yours={})
        for member in fresh.members.select_related("seat"):
            given = rows.get(member.seat.public_id)
            if given is not None:
                closed = () if member.seat_id == seat.pk else PRIVATE
                asked = {name: member.figures.get(name) if name in closed else given.get(name) for name in MEASURES}
                member.figures = {name: value for name, value in asked.items() if value is not None}
                member.save(update_fields=["figures"])
        fresh.key_values = {name: value for name, value in settings.items() if value is not None}
        fresh.version += 1
        fresh.save(update_fields=["key_values", "version"])
        facts["figures"] = sorted({name for given in rows.values() for name in given if given[name] is not None})
        facts["members"] = len(rows)
    return fresh


def describe_game(pool: CostPool, *, game: str, values: dict[str, Any], by: Actor, at: datetime) -> CostPool:
    """Describe what the cost depends on, so that what any subgroup would pay on its own can be computed.

    Allowed       any member of the pool.
    Refused when  the pool is settled; the parameters contradict each other.
    Tells         money.game.described: which kind of cost.
    """
    with act("money.game.described", book=pool.grouping.book, by=by, at=at, on=pool) as facts:
        fresh = open_pool_of(pool, by)[0]
        fresh.game, fresh.game_values = CostPool.Game(game), values
        try:
            game_of(fresh, list(fresh.members.select_related("seat__company")))
        except sharing.Unfit as wrong:
            raise FiguresMissing(_("Ces chiffres ne vont pas ensemble."), why=wrong.say(language())) from None
        fresh.version += 1
        fresh.save(update_fields=["game", "game_values", "version"])
        facts["game"] = game
    return fresh


def propose_key(
    pool: CostPool,
    *,
    kind: str,
    by: Actor,
    at: datetime,
    heading: Heading | None = None,
    later: str = SharingKey.Later.SAME,
) -> Ballot:
    """Put a sharing key to the vote, with what each would pay; for the whole pool or one line of its budget.

    It will govern the costs that no key governs yet; those under an earlier key keep it.

    Allowed       any member of the pool.
    Refused when  the pool is settled or empty; a figure that the key reads is not known; a key is being voted.
    Tells         money.key.proposed, and governance.ballot.opened.
    """
    with act("money.key.proposed", book=pool.grouping.book, by=by, at=at) as facts:
        fresh, seat = open_pool_of(pool, by)
        if heading is not None and heading.pool_id != fresh.pk:
            raise Refusal(_("Ce poste n’est pas dans ce budget."))
        costs = [(line.label, line.cents) for line in _governed(fresh, heading)]
        costs = costs or [(one.label, one.planned_cents) for one in _planned(fresh, heading)]
        if not costs and not fresh.game:
            raise NothingToShare(_("Il n’y a rien à partager."), do=_("Ajoutez d’abord une dépense."))
        if being_voted(fresh).exists():
            raise KeyBeingVoted(
                _("Une clé de ces comptes est déjà au vote."), do=_("Attendez le résultat, ou votez contre.")
            )
        recipe, shares, why = _computed(fresh, kind, costs)
        number = fresh.keys.filter(heading=heading, adopted_at__isnull=False).count() + 1
        key = SharingKey.objects.create(
            pool=fresh,
            heading=heading,
            kind=kind,
            figures=dict(recipe.figures),
            settings={**recipe.settings, "why": why},
            later=SharingKey.Later(later),
            number=number,
            proposed_by=seat,
            proposed_at=at,
        )
        with for_the_papers():
            label = str(KeyKind(kind).label).lower()
            about = f"{fresh.title}, {heading.label}" if heading else fresh.title
            title = _("Partager « %(pool)s » : %(key)s") % {"pool": about, "key": label}
            text = _shares_text(fresh, key, sum(cents for _label, cents in costs), shares)
        ballot = propose_resolution(
            fresh.grouping,
            title=title[:160],
            text=text,
            decision_type=DecisionType.SHARING_KEY,
            closes_at=at + VOTE_LENGTH,
            effect="key",
            effect_on=address(key),
            by=by,
            at=at,
        )
        facts.on = address(key)
        facts |= {"pool": fresh.public_id, "kind": kind, "later": later, "ballot": ballot.public_id, "number": number}
        facts["heading"] = heading.public_id if heading else ""
        confidential = kind in (KeyKind.TURNOVER, KeyKind.BENEFIT, KeyKind.STAFF, KeyKind.TIERS)
        facts["figures"] = {} if confidential else dict(recipe.figures)
    return ballot


def _governed(pool: CostPool, heading: Heading | None) -> list[PoolLine]:
    """The costs that a new key would govern: those that wait; where all have their key, all, as an example."""
    lines = pool.lines.filter(struck_at=None, split=PoolLine.Split.KEY).exclude(nature__in=MOVES)
    if heading is not None:
        lines = lines.filter(heading=heading)
    else:
        own = [key.heading_id for key in keys_in_force(pool).values() if key.heading_id]
        lines = lines.exclude(heading__in=own)
    return list(lines.filter(key=None)) or list(lines)


def _planned(pool: CostPool, heading: Heading | None) -> list[Heading]:
    return [heading] if heading else list(pool.headings.all())


def _computed(
    pool: CostPool, kind: str, costs: list[tuple[str, int]]
) -> tuple[Recipe, dict[str, int], dict[str, list[str]]]:
    members = list(pool.members.select_related("seat__company"))
    try:
        game = game_of(pool, members)
        recipe = recipe_of(pool, kind, members, game)
        missing = [str(member.seat) for member in members if recipe.figures.get(member.seat.public_id) is None]
        if missing:
            raise FiguresMissing(
                _("Il manque des chiffres pour cette clé : %(who)s.") % {"who": ", ".join(missing)},
                do=_("Renseignez-les dans « Qui utilise quoi », ou dans « Les chiffres des clés »."),
            )
        if not any(value not in (0, "0") for value in recipe.figures.values()) and kind != KeyKind.EQUAL:
            raise FiguresMissing(_("Tous les chiffres sont à zéro."), do=_("Renseignez « Qui utilise quoi »."))
        if said := unsettled(pool, kind):
            raise FiguresMissing(said)
        shares = shares_of(costs or [(pool.title, int(game.whole) if game else 0)], recipe)
        why: dict[str, list[str]] = {}
        if game is not None and kind in (KeyKind.SHAPLEY, KeyKind.NUCLEOLUS):
            names = {member.seat.public_id: str(member.seat) for member in members}
            answer = sharing.shapley(game) if kind == KeyKind.SHAPLEY else sharing.nucleolus(game)
            with for_the_papers():
                for one in answer.exact:
                    said = " ; ".join(answer.explain(one))
                    for key, name in names.items():
                        said = said.replace(key, name)
                    why[str(one)] = [said]
    except sharing.Unfit as wrong:
        raise FiguresMissing(_("Cette clé ne se calcule pas."), why=wrong.say(language())) from None
    return recipe, shares, why


def _shares_text(pool: CostPool, key: SharingKey, total: int, shares: Mapping[str, int]) -> str:
    names = {member.seat.public_id: str(member.seat) for member in pool.members.select_related("seat__company")}
    rows = [
        _("%(company)s : %(amount)s") % {"company": names[seat], "amount": euros(cents)}
        for seat, cents in shares.items()
    ]
    head = _("Total à partager : %(total)s, %(key)s.") % {
        "total": euros(total or sum(shares.values())),
        "key": str(KeyKind(key.kind).label).lower(),
    }
    rule = _("%(rule)s. Les dépenses déjà partagées par une clé la gardent.") % {"rule": key.get_later_display()}
    return "\n".join([head, *rows, rule])


def adopt_key(key: SharingKey, *, by_decision: str, by: By, at: datetime) -> SharingKey:
    """Put a key in force, as the members voted it; it now governs the costs that no key governed.

    Allowed       the effect of an adopted resolution.
    Refused when  the pool is settled.
    Tells         money.key.adopted: which key, by which resolution, how many costs it governs from now on.
    """
    with act("money.key.adopted", book=key.pool.grouping.book, by=by, at=at, on=key) as facts:
        pool = CostPool.objects.select_for_update().get(pk=key.pool_id)
        if pool.state == CostPool.State.SETTLED:
            raise PoolSettled(_("Ces comptes sont soldés."))
        again = SharingKey.objects.select_for_update(of=("self",)).select_related("heading").get(pk=key.pk)
        again.adopted_at, again.by_decision = at, by_decision
        again.save(update_fields=["adopted_at", "by_decision"])
        waiting = pool.lines.filter(key=None, split=PoolLine.Split.KEY)
        if again.heading_id:
            waiting = waiting.filter(heading=again.heading_id)
        else:
            own = [one.heading_id for one in keys_in_force(pool).values() if one.heading_id]
            waiting = waiting.exclude(heading__in=own)
        governed = waiting.update(key=again)
        CostPool.objects.filter(pk=pool.pk).update(version=F("version") + 1)
        facts |= {"pool": pool.public_id, "kind": again.kind, "by_decision": by_decision, "governs": governed}
    return again
