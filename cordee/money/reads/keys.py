"""The keys of a pool: what each needs, what each would make everybody pay, and who would do better apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.engines import sharing
from cordee.engines.units import Cents, MemberId
from cordee.governance.models import Ballot
from cordee.ground.kit.words import language
from cordee.groupings.models import Seat
from cordee.money.models import MOVES, CostPool, KeyKind, PoolShare, SharingKey
from cordee.money.reads.adopted import ballots_on, newest

Figures = Mapping[str, int | str | None]
"""By seat: hundredths of something counted, cents, or an exact fraction as text; None is not known."""

MEASURES = {
    "turnover": (gettext_lazy("Chiffre d’affaires"), True),
    "staff": (gettext_lazy("Effectif"), False),
    "lots": (gettext_lazy("Montant des lots"), True),
    "benefit": (gettext_lazy("Bénéfice obtenu"), True),
    "percent": (gettext_lazy("Pourcentage convenu"), False),
}
"""The figures that a member may give beside its use: their name, and whether they are amounts."""

PRIVATE = ("turnover", "benefit")
"""What a company says of itself only, and only it reads: the others see that it is given."""

NEEDS = {
    KeyKind.USE: "use",
    KeyKind.MIX: "use",
    KeyKind.FIXED_USE: "use",
    KeyKind.BOUNDED: "use",
    KeyKind.ALONE: "alone_cents",
    KeyKind.TURNOVER: "turnover",
    KeyKind.STAFF: "staff",
    KeyKind.TIERS: "staff",
    KeyKind.LOTS: "lots",
    KeyKind.BENEFIT: "benefit",
    KeyKind.PERCENT: "percent",
}
"""What a key reads from each member's place in the pool."""

FIRST = (KeyKind.EQUAL, KeyKind.USE, KeyKind.MIX, KeyKind.ALONE)
"""The keys that are shown before anybody asks for more."""

BY_GAME = (KeyKind.SHAPLEY, KeyKind.NUCLEOLUS)
MOST_IN_A_GAME = 12
"""Above, the page would wait for the nucleolus; `cordee share` goes further."""

MOST_STOPS = 8


@dataclass(frozen=True, slots=True)
class Apart:
    """A subgroup that would pay less on its own than by this key."""

    names: tuple[str, ...]
    alone: int
    together: int
    gain: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """One way of sharing: what each pays, whether everyone gains, what is missing to compute it."""

    kind: str
    label: str
    hint: str
    shares: Mapping[int, int]  # seat → cents; empty when figures are missing
    mine: int
    losers: tuple[str, ...]  # who would pay less on its own
    missing: tuple[str, ...]  # whose figures are not known
    is_adopted: bool
    problem: str = ""  # why it cannot be computed, in a sentence
    apart: tuple[Apart, ...] = ()  # subgroups that would do better apart; known only with a game
    judged: bool = False  # every subgroup was compared


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that a key needs, as it is kept with the vote."""

    kind: str
    figures: Figures
    settings: Mapping[str, Any]


def hints() -> dict[str, str]:
    """One line a key, for whoever chooses."""
    return {
        KeyKind.EQUAL: _("Chacun paie pareil"),
        KeyKind.USE: _("Chacun paie ce qu’il utilise"),
        KeyKind.MIX: _("Une base commune, puis l’usage"),
        KeyKind.ALONE: _("Chacun économise la même part"),
        KeyKind.TURNOVER: _("Les plus grands paient plus"),
        KeyKind.STAFF: _("Chaque personne compte pareil"),
        KeyKind.LOTS: _("Chacun selon sa part du marché"),
        KeyKind.BENEFIT: _("Qui y gagne plus paie plus"),
        KeyKind.PERCENT: _("Les parts écrites dans la convention"),
        KeyKind.TIERS: _("Moins de 10 personnes : 1 part ; moins de 50 : 2 ; au-delà : 4"),
        KeyKind.FIXED_USE: _("Un socle égal pour tous, puis l’usage"),
        KeyKind.BOUNDED: _("Personne ne paie trop peu, ni trop"),
        KeyKind.SHAPLEY: _("Chacun paie ce qu’il ajoute au coût"),
        KeyKind.NUCLEOLUS: _("Protège le sous-groupe le moins bien servi"),
    }


def figures_of(
    kind: str, members: Sequence[PoolShare], game: sharing.Game | None = None
) -> dict[str, int | str | None]:
    """What a key reads from the members of a pool, by seat; None where it is not known."""
    if kind in BY_GAME:
        if game is None:
            return {member.seat.public_id: None for member in members}
        answer = sharing.shapley(game) if kind == KeyKind.SHAPLEY else sharing.nucleolus(game)
        return {str(seat): str(exact) for seat, exact in answer.exact.items()}
    if kind == KeyKind.ALONE and game is not None:
        return {str(seat): int(cents) for seat, cents in game.alone().items()}
    name = NEEDS.get(KeyKind(kind))
    if name is None:
        return {member.seat.public_id: 0 for member in members}
    if name in MEASURES:
        return {member.seat.public_id: member.figures.get(name) for member in members}
    return {member.seat.public_id: getattr(member, name) for member in members}


def recipe_of(pool: CostPool, kind: str, members: Sequence[PoolShare], game: sharing.Game | None) -> Recipe:
    """A key with its figures and its settings, as they stand now."""
    settings: dict[str, Any] = {"unit": pool.unit} if NEEDS.get(KeyKind(kind)) == "use" else {}
    if kind == KeyKind.FIXED_USE:
        settings["fixed"] = pool.key_values.get("fixed") or 0
    if kind == KeyKind.BOUNDED:
        settings |= {"floor": pool.key_values.get("floor"), "cap": pool.key_values.get("cap")}
    figures = figures_of(kind, members, game)
    if kind in BY_GAME and game is not None:
        settings["game"] = {"kind": pool.game, **pool.game_values}
    return Recipe(kind, figures, settings)


def key_of(kind: str, figures: Figures, settings: Mapping[str, Any] | None = None) -> sharing.Key:
    """The key of the engine, from the figures it was proposed on (by seat)."""
    given = settings or {}
    weights = {MemberId(seat): Fraction(value or 0) for seat, value in figures.items()}
    counted = {seat: value / 100 for seat, value in weights.items()}
    use = sharing.ProRata(counted, str(given.get("unit", "")))
    match kind:
        case KeyKind.EQUAL:
            return sharing.Equal()
        case KeyKind.ALONE | KeyKind.TURNOVER | KeyKind.LOTS | KeyKind.BENEFIT | KeyKind.SHAPLEY | KeyKind.NUCLEOLUS:
            return sharing.ProRata(weights, money=True)
        case KeyKind.MIX:
            return sharing.Mix(((Fraction(1, 3), sharing.Equal()), (Fraction(2, 3), use)))
        case KeyKind.PERCENT:
            return sharing.Fixed(counted)
        case KeyKind.STAFF:
            return sharing.ProRata(counted, _("personnes"))
        case KeyKind.TIERS:
            return sharing.Tiers(counted, bands())
        case KeyKind.FIXED_USE:
            return sharing.FixedPlusVariable(Cents(int(given.get("fixed") or 0)), use)
        case KeyKind.BOUNDED:
            floor, cap = given.get("floor"), given.get("cap")
            # a bound is on the whole: as parts, so that every cost of the pool follows the same proportions
            return sharing.FloorCap(
                use,
                floor_part=Fraction(int(floor), 10_000) if floor else Fraction(0),
                cap_part=Fraction(int(cap), 10_000) if cap else None,
            )
    return use


def bands() -> tuple[sharing.Band, ...]:
    """Companies of one size count the same; the sizes are those of the European definition."""
    return (
        sharing.Band(_("moins de 10 personnes"), Fraction(999, 100), Fraction(1)),
        sharing.Band(_("de 10 à 49 personnes"), Fraction(4999, 100), Fraction(2)),
        sharing.Band(_("50 personnes et plus"), None, Fraction(4)),
    )


def engine_key(key: SharingKey) -> sharing.Key:
    """A key that was proposed, for the engine."""
    return key_of(key.kind, key.figures, key.settings)


def game_of(pool: CostPool, members: Sequence[PoolShare]) -> sharing.Game | None:
    """What any subgroup would pay for the same thing on its own, from the parameters; None while some are missing.

    ValueError (sharing.Unfit) when the parameters contradict each other.
    """
    values = pool.game_values
    if not pool.game or not values or len(members) > MOST_IN_A_GAME:
        return None
    ids = [MemberId(member.seat.public_id) for member in members]
    if pool.game == CostPool.Game.STUDY:
        parts = [
            sharing.Part(one["label"], Cents(one["cents"]), tuple(MemberId(user) for user in one["users"]))
            for one in values["parts"]
        ]
        return sharing.study(ids, parts)
    if pool.game == CostPool.Game.TOUR:
        metres = values["metres"]
        stops = ["depot", *ids]
        if any(one != two and f"{one}|{two}" not in metres for one in stops for two in stops):
            return None
        table = [[0 if one == two else metres[f"{one}|{two}"] for two in stops] for one in stops]
        return sharing.tour(ids, table, Cents(values["per_km"]), Cents(values["fixed"]))
    if any(member.use is None for member in members):
        return None
    use = {MemberId(member.seat.public_id): Fraction(member.use or 0, 100) for member in members}
    fixed = Cents(values.get("fixed") or 0)
    if pool.game == CostPool.Game.PURCHASE:
        tiers = [sharing.Tier(Fraction(one["from"], 100), Cents(one["price"])) for one in values["tiers"]]
        return sharing.purchase(use, tiers, fixed)
    least = Fraction(values.get("minimum") or 0, 100)
    make = sharing.stand if pool.game == CostPool.Game.STAND else sharing.shared_employee
    return make(use, Cents(values["price"]), fixed, least)


def unsettled(pool: CostPool, kind: str) -> str:
    """What a key still needs beside figures, in a sentence; nothing when it has it."""
    if kind == KeyKind.FIXED_USE and not pool.key_values.get("fixed"):
        return _("Dites quel socle, dans les chiffres des clés")
    if kind == KeyKind.BOUNDED and not (pool.key_values.get("floor") or pool.key_values.get("cap")):
        return _("Dites quel minimum ou quel maximum, dans les chiffres des clés")
    return ""


def proposal(
    pool: CostPool,
    kind: KeyKind,
    members: Sequence[PoolShare],
    total: int,
    me: Seat,
    adopted: SharingKey | None,
    game: sharing.Game | None = None,
    *,
    judge: bool = False,
) -> Proposal:
    """What one key would make each pay of this total; `judge`: of the cost of the game, every subgroup compared."""
    by_id = {member.seat.public_id: member for member in members}
    recipe = recipe_of(pool, kind, members, game)
    missing = tuple(str(member.seat) for member in members if recipe.figures.get(member.seat.public_id) is None)
    problem, exact = unsettled(pool, kind), dict[MemberId, Fraction]()
    shares: dict[int, int] = {}
    if not missing and not problem:
        try:
            key = key_of(kind, recipe.figures, recipe.settings)
            found = sharing.split(Cents(total), [MemberId(one) for one in by_id], key)
            exact = dict(found.exact)
            shares = {by_id[seat].seat_id: cents for seat, cents in found.shares.items()}
        except sharing.Unfit as wrong:
            problem = wrong.say(language())
    alone = {str(seat): int(cents) for seat, cents in game.alone().items()} if game else {}
    losers = tuple(
        str(member.seat)
        for seat, member in by_id.items()
        if shares and (cost := alone.get(seat, member.alone_cents)) is not None and shares[member.seat_id] > cost
    )
    apart = tuple(
        Apart(tuple(str(by_id[seat].seat) for seat in one.members), one.alone, one.alone + gain, gain)
        for one in (sharing.better_apart(game, exact) if game is not None and judge and exact else ())
        if (gain := round(one.gain))  # less than half a cent is the rounding, not a reason to leave
    )
    return Proposal(
        kind=kind.value,
        label=str(kind.label),
        hint=hints()[kind],
        shares=shares,
        mine=shares.get(me.pk, 0),
        losers=losers,
        missing=missing,
        is_adopted=adopted is not None and adopted.kind == kind,
        problem=problem,
        apart=apart,
        judged=judge and bool(exact),
    )


@dataclass(frozen=True, slots=True)
class KeysPage:
    """All the keys of a pool side by side."""

    pool: CostPool
    seat: Seat
    members: tuple[PoolShare, ...]
    total: int  # what is compared: the lines so far, or the cost that the parameters describe
    lines_total: int
    alone: Mapping[int, int | None]
    alone_total: int | None
    game: str
    game_problem: str
    proposals: tuple[Proposal, ...]
    adopted: tuple[SharingKey, ...]
    voting_on: Ballot | None

    @property
    def computable(self) -> tuple[Proposal, ...]:
        """The keys whose figures are known."""
        return tuple(one for one in self.proposals if one.shares)


def keys_page(pool: CostPool, seat: Seat) -> KeysPage:
    """Every key, what each would pay alone, and which subgroup would do better apart."""
    members = list(pool.members.select_related("seat__company"))
    lines_total = sum(line.cents for line in pool.lines.filter(struck_at=None).exclude(nature__in=MOVES))
    game, problem = None, ""
    try:
        game = game_of(pool, members)
    except sharing.Unfit as wrong:
        problem = wrong.say(language())
    all_keys = list(pool.keys.select_related("heading", "proposed_by__company"))
    in_force = newest(all_keys)
    worths = {str(one): int(cents) for one, cents in game.alone().items()} if game else {}
    alone = {member.seat_id: worths.get(member.seat.public_id, member.alone_cents) for member in members}
    known = [cents for cents in alone.values() if cents is not None]
    total = int(game.whole) if game else lines_total
    kinds = [*FIRST, *(kind for kind in KeyKind if kind not in FIRST)]
    proposals = [
        proposal(pool, kind, members, total, seat, in_force.get(None), game, judge=game is not None)
        for kind in kinds
        if total
    ]
    return KeysPage(
        pool=pool,
        seat=seat,
        members=tuple(members),
        total=total,
        lines_total=lines_total,
        alone=alone,
        alone_total=sum(known) if known and len(known) == len(members) else None,
        game=pool.get_game_display() if game else "",
        game_problem=problem,
        proposals=tuple(sorted(proposals, key=lambda one: not one.shares)),
        adopted=tuple(in_force.values()),
        voting_on=ballots_on(pool, all_keys).first(),
    )


class Counter:
    """The engine's key of each line in turn; « les premiers euros » of a fixed part are used up line after line."""

    def __init__(self) -> None:
        self.left: dict[str, int] = {}

    def key(self, name: str, recipe: Recipe, cents: int) -> sharing.Key:
        """The key of a line of this amount."""
        if recipe.kind != KeyKind.FIXED_USE:
            return key_of(recipe.kind, recipe.figures, recipe.settings)
        left = self.left.setdefault(name, int(recipe.settings.get("fixed") or 0))
        taken = max(0, min(left, cents))
        self.left[name] = left - taken
        return key_of(recipe.kind, recipe.figures, {**recipe.settings, "fixed": taken})


def shares_of(amounts: Sequence[tuple[str, int]], recipe: Recipe) -> dict[str, int]:
    """What each would pay of these costs by this key. ValueError (sharing.Unfit) when the figures do not allow it."""
    counter = Counter()
    keys = {str(place): counter.key("key", recipe, cents) for place, (_label, cents) in enumerate(amounts)}
    found = sharing.split_pool(
        [sharing.PoolLine(label, Cents(cents), str(place)) for place, (label, cents) in enumerate(amounts)],
        [MemberId(seat) for seat in recipe.figures],
        keys,
    )
    return {str(seat): account.owes for seat, account in found.accounts.items()}
