"""Say a result so that it can be read aloud, in French or English."""

from fractions import Fraction

from cordee.engines.sentences import Lang, Reason, Table, listed, number, reason, say, typeset
from cordee.engines.voting.profile import Profile, Result
from cordee.engines.voting.rules import Rule
from cordee.engines.voting.steps import say_step
from cordee.engines.voting.tally import Tally

_TALLY: Table = {
    "votes": (
        "{in_favour} voix pour, {against} contre, {abstain} {abstain:abstention|abstentions}",
        "{in_favour} {in_favour:vote|votes} for, {against} against, {abstain} {abstain:abstention|abstentions}",
    ),
    "quorum": (
        "quorum {present} sur {entitled} (il en fallait {needed})",
        "quorum {present} of {entitled} ({needed} needed)",
    ),
    "quorum_missed": (
        "quorum non atteint : {present} sur {entitled} (il en fallait {needed})",
        "no quorum: {present} of {entitled} ({needed} needed)",
    ),
    "no_quorum_asked": (
        "{present} sur {entitled} ont pris part (aucun quorum n’est demandé)",
        "{present} of {entitled} took part (no quorum is asked for)",
    ),
    "nobody": ("personne ne peut voter", "nobody may vote"),
    "needed_cast": (
        "{name} : il fallait {needed} voix sur {base} {base:exprimée|exprimées}",
        "{name}: {needed} of {base} {base:vote|votes} cast needed",
    ),
    "needed_all": (
        "{name} : il fallait {needed} voix sur les {base} de tous les membres qui peuvent voter",
        "{name}: {needed} of all {base} votes needed",
    ),
    "more_cast": (
        "{name} : il fallait plus de {needed} voix sur {base} {base:exprimée|exprimées}",
        "{name}: more than {needed} of {base} {base:vote|votes} cast needed",
    ),
    "more_all": (
        "{name} : il fallait plus de {needed} voix sur les {base} de tous les membres qui peuvent voter",
        "{name}: more than {needed} of all {base} votes needed",
    ),
    "agreed": (
        "{in_favour} {in_favour:consentement|consentements}, {against} {against:objection|objections}, {abstain} "
        "{abstain:abstention|abstentions}",
        "{in_favour} {in_favour:consent|consents}, {against} {against:objection|objections}, {abstain} "
        "{abstain:abstention|abstentions}",
    ),
    "support": (
        "{in_favour} {in_favour:soutien|soutiens}, {against} sans soutien, {abstain} sans avis",
        "{in_favour} in support, {against} not, {abstain} without opinion",
    ),
    "ballots": (
        "{cast} voix exprimées, {abstain} {abstain:abstention|abstentions}",
        "{cast} {cast:vote|votes} cast, {abstain} {abstain:abstention|abstentions}",
    ),
    "elected": ("{n:Choix retenu|Choix retenus} : {names}.", "Chosen: {names}."),
    "tied": (
        "Égalité : {tied} pour {left} {left:place|places}. Il reste à les départager.",
        "Tie: {tied} for {left} {left:place|places}. It remains to be broken.",
    ),
    "tied_elected": (
        "{n:Choix retenu|Choix retenus} : {names}. Égalité entre {tied} pour {left} {left:place|places}.",
        "Chosen: {names}. Tie between {tied} for {left} {left:place|places}.",
    ),
    "total": ("{n} {n:bulletin|bulletins}.", "{n} {n:ballot|ballots}."),
    "none_elected": ("Aucun choix n’est retenu.", "Nothing is chosen."),
    "none_cast": ("aucune voix exprimée", "no vote cast"),
    "adopted": ("Adopté.", "Adopted."),
    "rejected": ("Rejeté.", "Rejected."),
    "level": ("Égalité des voix : rejeté.", "The votes are equal: rejected."),
    "chair_for": (
        "Égalité des voix : la voix de la présidence l’emporte. Adopté.",
        "The votes are equal: the chair’s vote decides. Adopted.",
    ),
    "chair_against": (
        "Égalité des voix : la voix de la présidence l’emporte. Rejeté.",
        "The votes are equal: the chair’s vote decides. Rejected.",
    ),
    "tie": ("Égalité des voix : à la présidence de trancher.", "The votes are equal: the chair has to decide."),
    "no_quorum": ("Aucune décision.", "No decision."),
    "second_call": (
        "Aucune décision. Une seconde convocation est possible dans {days} {days:jour|jours}, {quorum}.",
        "No decision. A second call is possible in {days} {days:day|days}, {quorum}.",
    ),
    "each_signs": (
        "Chacun ne s’engage qu’en signant lui-même.",
        "Each member is bound only by signing.",
    ),
    "withdrawn": (
        "{names} {n:s’est retiré|se sont retirés} (conflit d’intérêts) : ni vote, ni décompte dans le quorum.",
        "{names} withdrew (conflict of interest): neither vote nor quorum count.",
    ),
    "proxy": ("{holder} a voté aussi pour {giver} (pouvoir).", "{holder} also voted for {giver} (proxy)."),
    "vote_of_excluded": (
        "Le vote de {seat} n’est pas compté : il ne peut pas voter ici.",
        "The vote of {seat} is not counted: it may not vote here.",
    ),
    "vote_without_proxy": (
        "Le vote de {holder} pour {seat} n’est pas compté : aucun pouvoir valable.",
        "The vote of {holder} for {seat} is not counted: no valid proxy.",
    ),
    "proxy_to_itself": (
        "Le pouvoir de {seat} à lui-même ne compte pas.",
        "The proxy of {seat} to itself does not count.",
    ),
    "proxy_from_excluded": (
        "Le pouvoir de {seat} ne compte pas : il ne peut pas voter ici.",
        "The proxy of {seat} does not count: it may not vote here.",
    ),
    "proxy_to_excluded": (
        "Le pouvoir de {seat} à {holder} ne compte pas : {holder} ne peut pas voter ici.",
        "The proxy of {seat} to {holder} does not count: {holder} may not vote here.",
    ),
    "proxy_out_of_scope": (
        "Le pouvoir de {seat} à {holder} ne porte pas sur ce sujet.",
        "The proxy of {seat} to {holder} does not cover this subject.",
    ),
    "proxy_lapsed": (
        "Le pouvoir de {seat} à {holder} tombe : {seat} prend part en personne.",
        "The proxy of {seat} to {holder} lapses: {seat} takes part in person.",
    ),
    "proxy_second": (
        "Le second pouvoir de {seat}, à {holder}, ne compte pas : le premier vaut.",
        "The second proxy of {seat}, to {holder}, does not count: the first one stands.",
    ),
    "proxy_holder_absent": (
        "Le pouvoir de {seat} à {holder} n’a pas servi : {holder} n’était pas là.",
        "The proxy of {seat} to {holder} was not used: {holder} was not there.",
    ),
    "proxy_over_limit": (
        "Le pouvoir de {seat} à {holder} ne compte pas : {limit} {limit:pouvoir|pouvoirs} par personne au plus.",
        "The proxy of {seat} to {holder} does not count: at most {limit} {limit:proxy|proxies} each.",
    ),
}

_MAJORITIES: dict[str, tuple[str, str]] = {
    "simple": ("majorité simple", "simple majority"),
    "absolute": ("majorité absolue", "absolute majority"),
    "two_thirds": ("majorité des deux tiers", "two-thirds majority"),
    "three_quarters": ("majorité des trois quarts", "three-quarters majority"),
    "unanimity": ("unanimité", "unanimity"),
}


_FIGURES = {"majority": "votes", "consent": "agreed", "gradients": "support", "sociocratic": "agreed"}


def majority_name(rule: Rule, lang: Lang = "fr") -> str:
    """Name the majority of a rule.

    >>> majority_name(Rule(majority="two_thirds"))
    'majorité des deux tiers'
    """
    if rule.majority == "fraction":
        return typeset(f"majorité de {rule.share}") if lang == "fr" else f"majority of {rule.share}"
    return _MAJORITIES[rule.majority][0 if lang == "fr" else 1]


def explain(tally: Tally, lang: Lang = "fr") -> str:
    """Say the result and show the arithmetic, in a few sentences one can read aloud.

    >>> from cordee.engines.voting import Vote, Votes, count
    >>> cast = tuple(Vote(seat, "for") for seat in "ABCD") + (Vote("E", "against"), Vote("F", "abstain"))
    >>> rule = Rule(quorum=Fraction(1, 2), majority="two_thirds")
    >>> print(explain(count(Votes(tuple("ABCDEF"), cast), rule), "en").replace(";", "\\n"))
    4 votes for, 1 against, 1 abstention
     quorum 6 of 6 (3 needed)
     two-thirds majority: 4 of 5 votes cast needed. Adopted.
    """
    semicolon = typeset(" ; ") if lang == "fr" else "; "
    parts = [say(part, _TALLY, lang) for part in _arithmetic(tally, lang)]
    steps = [say_step(step, lang) for step in tally.log]
    first = semicolon.join(parts) + "."
    first = first[0].upper() + first[1:]
    asides = [say(line, _TALLY, lang) for line in _asides(tally, lang)]
    return " ".join([first, *steps, say(_ending(tally, lang), _TALLY, lang), *asides])


def _arithmetic(tally: Tally, lang: Lang) -> list[Reason]:
    code = _FIGURES.get(tally.rule.method, "ballots")
    figures = {"in_favour": tally.in_favour, "against": tally.against, "abstain": tally.abstain, "cast": tally.cast}
    parts = [reason(code, **figures), _quorum(tally)]
    if tally.quorum_met and tally.rule.method in ("majority", "gradients"):
        parts.append(_needed(tally, lang))
    return parts


def _quorum(tally: Tally) -> Reason:
    if tally.members == 0:
        return reason("nobody")
    code = "quorum" if tally.quorum_met else "quorum_missed"
    if tally.quorum_met and tally.quorum_needed == 0:
        code = "no_quorum_asked"
    return reason(code, present=tally.present, entitled=tally.entitled, needed=tally.quorum_needed)


def _needed(tally: Tally, lang: Lang) -> Reason:
    if tally.cast == 0:
        return reason("none_cast")
    rule = tally.rule
    # A strict majority counted with fractions of a vote has no smallest passing number: one says « plus de ».
    more = rule.strict and tally.needed == rule.share * tally.cast
    code = ("more" if more else "needed") + ("_all" if rule.counts_all else "_cast")
    return reason(code, name=majority_name(rule, lang), needed=tally.needed, base=tally.cast)


def _ending(tally: Tally, lang: Lang) -> Reason:
    if tally.outcome == "no_quorum" and tally.second_call:
        share = tally.rule.second_quorum or Fraction(0)
        asked = (
            {"fr": "sans quorum", "en": "without quorum"}[lang]
            if share == 0
            else {"fr": f"quorum {number(share, lang)}", "en": f"quorum {number(share, lang)}"}[lang]
        )
        return reason("second_call", days=tally.rule.second_call_days, quorum=asked)
    if tally.rule.method not in ("majority", "consent", "gradients"):
        if tally.winners:
            return _elected(tally, lang)
        return reason("no_quorum" if tally.outcome == "no_quorum" else "none_elected")
    if tally.by_chair:
        return reason("chair_for" if tally.adopted else "chair_against")
    if tally.level and tally.outcome == "rejected":
        return reason("level")
    return reason(tally.outcome)


def explain_choice(found: Result, profile: Profile, lang: Lang = "fr") -> str:
    """Say what a method chose among options, outside any quorum: ballots, steps, result.

    >>> from cordee.engines.voting.graded import approval
    >>> ballots = Profile(("A", "B"), [{"A"}, {"A", "B"}])
    >>> explain_choice(approval(ballots), ballots, "en")
    '2 ballots. A: 2 approvals. B: 1 approval. Chosen: A.'
    """
    first = say(reason("total", n=profile.total), _TALLY, lang)
    return " ".join([first, *(say_step(step, lang) for step in found.log), say(_elected(found, lang), _TALLY, lang)])


def _elected(found: Tally | Result, lang: Lang) -> Reason:
    n = len(found.winners)
    if found.tied:
        sure = [name for name in found.winners if name not in found.tied]
        tied = listed(found.tied, lang)
        if sure:
            return reason("tied_elected", names=listed(sure, lang), n=len(sure), tied=tied, left=found.left)
        return reason("tied", tied=tied, left=found.left)
    return reason("elected", names=listed(found.winners, lang), n=n)


def _asides(tally: Tally, lang: Lang) -> list[Reason]:
    lines = []
    if tally.adopted and tally.rule.each_signs:
        lines.append(reason("each_signs"))
    if tally.withdrawn:
        lines.append(reason("withdrawn", names=listed(tally.withdrawn, lang), n=len(tally.withdrawn)))
    # In a secret ballot nobody says aloud who voted for whom beyond what the attendance sheet already shows.
    lines += [reason("proxy", giver=giver, holder=holder) for giver, holder in tally.represented]
    return lines + list(tally.set_aside)


def say_tie_broken(choice: str, lang: Lang = "fr") -> str:
    """Say that the chair decided between equal votes, and which way.

    >>> say_tie_broken("for", "en")
    'The votes are equal: the chair’s vote decides. Adopted.'
    """
    if choice not in ("for", "against"):
        raise ValueError("the chair decides for or against")
    return say(reason(f"chair_{choice}"), _TALLY, lang)


def say_outcome(outcome: str, lang: Lang = "fr") -> str:
    """Say an outcome alone, without any figure.

    >>> say_outcome("rejected", "en")
    'Rejected.'
    """
    return say(reason(outcome), _TALLY, lang)
