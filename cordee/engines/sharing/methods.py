"""One door to every method of sharing, for what a file asks to share."""

from fractions import Fraction

from cordee.engines.sharing.game import Game
from cordee.engines.sharing.judge import judged
from cordee.engines.sharing.keys import Equal, Key, ProRata
from cordee.engines.sharing.nucleolus import core, nucleolus
from cordee.engines.sharing.pool import PoolLine, PoolShares, split_pool
from cordee.engines.sharing.reading import Subject
from cordee.engines.sharing.result import Share
from cordee.engines.sharing.shapley import shapley
from cordee.engines.sharing.split import split
from cordee.engines.sharing.words import Unfit

METHODS = ("equal", "prorata", "key", "shapley", "nucleolus", "core")


def share_by(subject: Subject, method: str = "", seed: int = 0) -> Share | PoolShares:
    """Share what a file describes by one of METHODS (by default its keys, or the Shapley value for a game).

    Errors  ValueError when the method does not apply to such a file.
    """
    if subject.game is not None:
        return _game(subject, subject.game, method or "shapley", seed)
    if method in ("shapley", "nucleolus", "core"):
        raise Unfit("bad_method", {"method": method, "others": ("equal", "prorata", "key")})
    keys = dict(subject.keys or {})
    if subject.total is not None:
        return split(subject.total, subject.members, _imposed(subject, method) or keys.get("key") or Equal())
    imposed = _imposed(subject, method)
    keys.setdefault("equal", Equal())
    if imposed is None:
        return split_pool(subject.lines, subject.members, keys)
    lines = [PoolLine(line.label, line.cents, "key", line.paid_by, line.among) for line in subject.lines]
    return split_pool(lines, subject.members, {"key": imposed})


def _imposed(subject: Subject, method: str) -> Key | None:
    """The key that the method imposes, or None when the file's own keys are to be used."""
    if method == "equal":
        return Equal()
    if method == "prorata" or (not method and subject.weights is not None and not subject.keys):
        if subject.weights is None:
            raise Unfit("no_weights")
        return ProRata(subject.weights, subject.unit)
    return None


def _game(subject: Subject, game: Game, method: str, seed: int) -> Share:
    match method:
        case "shapley":
            return shapley(game, seed)
        case "nucleolus":
            return nucleolus(game)
        case "core":
            return core(game)
        case "equal":
            key: Key = Equal()
        case "prorata" if subject.weights is not None:
            key = ProRata(subject.weights, subject.unit)
        case "prorata":
            # without weights: in proportion to what each would pay, or earn, alone
            key = ProRata({member: Fraction(cents) for member, cents in game.alone().items()}, money=True)
        case _:
            others = ("equal", "prorata", "shapley", "nucleolus", "core")
            raise Unfit("bad_method", {"method": method, "others": others})
    found = split(game.whole, game.members, key)
    reasons = {
        member: tuple(reason for reason in said if reason.code != "rounded") for member, said in found.reasons.items()
    }
    return judged(game, found.exact, method, found.certificate, reasons)
