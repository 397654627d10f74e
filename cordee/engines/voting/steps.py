"""Sentences for the steps of a count: duels, rounds, transfers, objections, ties and how they were broken."""

from cordee.engines.sentences import Lang, Reason, Table, say

STEPS: Table = {
    "duel_won": ("{a} bat {b} par {mine} à {theirs}.", "{a} beats {b} {mine} to {theirs}."),
    "duel_even": ("{a} et {b} font jeu égal, {mine} à {theirs}.", "{a} and {b} are level, {mine} to {theirs}."),
    "duel_lost": ("{a} perd contre {b} par {mine} à {theirs}.", "{a} loses to {b} {mine} to {theirs}."),
    "path": (
        "Mais par une chaîne de duels gagnés, {a} l’emporte sur {b} : maillon le plus faible {mine}, contre {theirs}.",
        "Yet through a chain of duels won, {a} is ahead of {b}: weakest link {mine}, against {theirs}.",
    ),
    "no_condorcet": (
        "Personne ne gagne tous ses duels : rien ne départage {names}.",
        "Nobody wins every duel: nothing tells {names} apart.",
    ),
    "approved": ("{a} : {n} {n:approbation|approbations}.", "{a}: {n} {n:approval|approvals}."),
    "points": ("{a} : {n} {n:point|points}.", "{a}: {n} {n:point|points}."),
    "grades": (
        "{a} : mention médiane {median} (voix × mention : {counts}).",
        "{a}: median grade {median} (votes × grade: {counts}).",
    ),
    "round": (
        "Tour {n} : {votes} ({live} voix en jeu).",
        "Round {n}: {votes} ({live} {live:vote|votes} live).",
    ),
    "round_won": (
        "{a} a plus de la moitié : {n} voix sur {live}.",
        "{a} has more than half: {n} of {live} {live:vote|votes}.",
    ),
    "all_level": (
        "{names} ont eu les mêmes voix à tous les tours ; selon qui sort d’abord peuvent gagner : {able}.",
        "{names} had the same votes in every round; depending on who leaves first, these can win: {able}.",
    ),
    "eliminated": ("{a} sort, avec {n} voix.", "{a} leaves, with {n} {n:vote|votes}."),
    "broken_by_round": (
        "Égalité entre {names}, départagée par le tour {n} : reste {left}.",
        "Tie between {names}, broken by round {n}: {left} remains.",
    ),
    "broken_by_order": (
        "Égalité entre {names}, départagée par l’ordre publié des options : {a}.",
        "Tie between {names}, broken by the published order of options: {a}.",
    ),
    "quota": (
        "Il faut {n} voix pour être élu ({total} voix, {seats} {seats:siège|sièges} à pourvoir).",
        "{n} votes are needed to be elected ({total} votes, {seats} {seats:seat|seats} to fill).",
    ),
    "stage": ("Étape {n} : {votes}.", "Stage {n}: {votes}."),
    "elected": ("{a} atteint le quota avec {n} voix : élu.", "{a} reaches the quota with {n} votes: elected."),
    "elected_last": (
        "{a} prend un siège restant, avec {n} voix.",
        "{a} takes a remaining seat, with {n} {n:vote|votes}.",
    ),
    "surplus": (
        "Les {n} voix en trop de {a} passent aux noms suivants.",
        "The surplus of {a}, {n} {n:vote|votes}, goes to the next names.",
    ),
    "objection": ("Objection de {seat} : « {why} ».", "Objection from {seat}: “{why}”."),
    "objection_unreasoned": (
        "L’objection de {seat} est sans motif : elle est dite, elle ne bloque pas.",
        "The objection from {seat} has no reason: it is said, it does not block.",
    ),
    "gradient_endorse": ("{n} {n:approuve|approuvent} pleinement.", "{n} {n:endorses|endorse} whole-heartedly."),
    "gradient_minor": ("{n} {n:approuve|approuvent}, à un détail près.", "{n} {n:agrees|agree}, with a minor point."),
    "gradient_reservations": (
        "{n} {n:soutient|soutiennent}, avec des réserves.",
        "{n} {n:supports|support}, with reservations.",
    ),
    "gradient_abstain": ("{n} ne {n:prend|prennent} pas parti.", "{n} {n:abstains|abstain}."),
    "gradient_discuss": ("{n} {n:veut|veulent} en reparler.", "{n} {n:needs|need} more discussion."),
    "gradient_disagree_support": (
        "{n} {n:n’est|ne sont} pas d’accord, mais {n:suivra|suivront}.",
        "{n} {n:disagrees|disagree}, but will support.",
    ),
    "gradient_serious": ("{n} {n:est|sont} en fort désaccord.", "{n} {n:disagrees|disagree} strongly."),
    "gradient_block": ("{n} {n:s’y oppose|s’y opposent}.", "{n} {n:blocks|block}."),
    "blocked": (
        "Une opposition suffit : la décision n’est pas prise.",
        "One block is enough: the decision is not taken.",
    ),
    "nominations": ("Tour {n} : {votes}.", "Round {n}: {votes}."),
    "proposed": ("{a} est proposé par l’animateur.", "{a} is proposed by the facilitator."),
    "proposed_most": ("{a} est proposé, nommé {n} fois.", "{a} is proposed, named {n} times."),
}


def say_step(step: Reason, lang: Lang = "fr") -> str:
    """Say one step of a count.

    >>> from cordee.engines.sentences import reason
    >>> say_step(reason("duel_won", a="B", b="A", mine=12, theirs=9), "en")
    'B beats A 12 to 9.'
    """
    return say(step, STEPS, lang)
