"""Say a gate's points, in French or English."""

from cordee.engines.lifecycle.facts import Minimum
from cordee.engines.lifecycle.gates import Point
from cordee.engines.sentences import Lang, Table, reason, say

_POINTS: Table = {
    "companies": ("{have} entreprises ont accepté.", "{have} companies have accepted."),
    "companies_two": (
        "{have} entreprises ont accepté : c’est un partenariat ; une troisième en ferait un groupement.",
        "{have} companies have accepted: a partnership; a third one would make it a groupement.",
    ),
    "companies_two_apart": (
        "{companies} entreprises ont accepté, {have} comptent comme indépendantes : c’est un partenariat ; une de plus "
        "en ferait un groupement.",
        "{companies} companies have accepted, {have} count as independent: a partnership; one more would make it a "
        "groupement.",
    ),
    "companies_missing": (
        "Il manque {missing} {missing:entreprise|entreprises} : invitez-en.",
        "{missing} more {missing:company|companies} needed: invite some.",
    ),
    "companies_linked": (
        "{companies} entreprises ont accepté, mais {have} seulement {have:compte|comptent} comme "
        "{have:indépendante|indépendantes} (il en faut {at_least}) : voyez les liens, ou justifiez.",
        "{companies} companies have accepted, but only {have} {have:counts|count} as independent ({at_least} "
        "needed): look at the ties, or give your reasons.",
    ),
    "purpose.yes": ("Le but est écrit.", "The purpose is written."),
    "purpose.no": ("Écrivez le but en une phrase.", "Write the purpose in one sentence."),
    "facilitator.yes": ("Quelqu’un anime les échanges.", "Somebody leads the discussions."),
    "facilitator.no": ("Choisissez qui anime les échanges.", "Choose who leads the discussions."),
    "necessity.yes": (
        "Vous avez écrit ce qu’aucune entreprise ne peut faire seule.",
        "You have written what no company can do alone.",
    ),
    "necessity.no": (
        "Conseil : écrivez ce qu’aucune de vos entreprises ne peut faire seule.",
        "Advice: write what none of your companies can do alone.",
    ),
    "end_condition.yes": ("La fin est prévue.", "The end is foreseen."),
    "end_condition.no": (
        "Écrivez à quoi vous saurez que c’est fini (date, résultat, chantier livré).",
        "Write how you will know that it is over (date, result, work delivered).",
    ),
    "lead.yes": (
        "Le mandataire ou le coordinateur est désigné par une décision.",
        "The lead contractor or coordinator has been named by a decision.",
    ),
    "lead.no": (
        "Désignez par une décision le mandataire ou le coordinateur.",
        "Name the lead contractor or coordinator by a decision.",
    ),
    "rules.yes": ("Les règles de vote sont choisies.", "The voting rules are chosen."),
    "rules.no": ("Choisissez les règles de vote.", "Choose the voting rules."),
    "sharing_key.yes": ("La clé de répartition est adoptée.", "The sharing key is adopted."),
    "sharing_key.no": ("Adoptez la clé de répartition des frais.", "Adopt the key by which costs are shared."),
    "signatures_none": ("Préparez la convention à signer.", "Prepare the agreement to sign."),
    "signatures_parties": (
        "La convention ne nomme que {to_sign} {to_sign:entreprise|entreprises} sur {companies} : complétez-la.",
        "The agreement names only {to_sign} of {companies} companies: complete it.",
    ),
    "signatures": (
        "{signed} {signed:signature|signatures} sur {to_sign} : il en manque {left}.",
        "{signed} of {to_sign} signatures: {left} to come.",
    ),
    "signatures_done": ("La convention est signée par tous.", "Everybody has signed the agreement."),
    "winding_up_vote.yes": ("La fin du groupement est votée.", "The winding-up is voted."),
    "winding_up_vote.no": ("Votez la fin du groupement.", "Vote the winding-up."),
    "winding_up_lead.yes": (
        "Quelqu’un est chargé de mener la fin du groupement.",
        "Somebody is in charge of the winding-up.",
    ),
    "winding_up_lead.no": (
        "Désignez qui mène la fin du groupement.",
        "Name who is in charge of the winding-up.",
    ),
    "no_common_money.yes": ("Plus d’argent commun à partager.", "No common money left to share."),
    "no_common_money.no": ("Soldez l’argent commun.", "Settle the common money."),
    "no_open_ballot": ("Aucun vote en cours.", "No ballot is open."),
    "open_ballots": (
        "{n} {n:vote est|votes sont} en cours : terminez-{n:le|les}.",
        "Close {n} open {n:ballot|ballots}.",
    ),
    "no_open_paper": ("Aucun texte en signature.", "No text is being signed."),
    "open_papers": (
        "{n} {n:texte est|textes sont} en signature : terminez ou reprenez-{n:le|les}.",
        "{n} {n:text is|texts are} being signed: finish or take {n:it|them} back.",
    ),
    "contracts.done": ("Contrats : terminés ou transmis.", "Contracts: ended or handed over."),
    "contracts.todo": ("Contrats : terminez-les ou transmettez-les.", "Contracts: end them or hand them over."),
    "guarantees.done": ("Garanties : organisées jusqu’à leur terme.", "Guarantees: arranged until they end."),
    "guarantees.todo": (
        "Garanties : dites qui répond de chacune jusqu’à son terme.",
        "Guarantees: say who answers for each until it ends.",
    ),
    "employees.done": ("Salariés : leur situation est réglée.", "Employees: their situation is settled."),
    "employees.todo": (
        "Salariés : réglez la situation de chacun (reprise, fin de contrat).",
        "Employees: settle each one’s situation (taken on, end of contract).",
    ),
    "brand.done": ("Marque et nom : attribués.", "Brand and name: assigned."),
    "brand.todo": (
        "Marque et nom : décidez à qui ils reviennent, ou abandonnez-les.",
        "Brand and name: decide who keeps them, or give them up.",
    ),
    "client_data.done": ("Données des clients : rendues ou effacées.", "Client data: returned or erased."),
    "client_data.todo": ("Données des clients : rendez-les ou effacez-les.", "Client data: return or erase them."),
    "receivables.done": ("Créances : encaissées ou réparties.", "Receivables: collected or shared."),
    "receivables.todo": (
        "Créances : encaissez-les ou décidez qui les suit.",
        "Receivables: collect them or decide who follows them.",
    ),
    "archive.done": ("Archive : remise à chacun.", "Archive: handed to everyone."),
    "archive.todo": ("Archive : préparez-la et remettez-la à chacun.", "Archive: prepare it and hand it to everyone."),
    "statements_left": (
        "{left} {left:entreprise n’a|entreprises n’ont} pas encore accepté {left:son|leur} décompte final.",
        "{left} {left:company has|companies have} yet to accept {left:its|their} final statement.",
    ),
    "statements_done": ("Chaque décompte final est accepté.", "Every final statement is accepted."),
    "closing_vote.yes": ("La clôture est votée.", "The closing is voted."),
    "closing_vote.no": ("Votez la clôture.", "Vote the closing."),
    "step_back_vote.yes": ("Le retour en arrière est voté.", "Going back is voted."),
    "step_back_vote.no": (
        "Un engagement pris ensemble se défait ensemble : votez le retour à l’étape précédente.",
        "What was committed together is undone together: vote to go back one stage.",
    ),
    "resumed.yes": ("Le groupement est en activité.", "The grouping is active."),
    "resumed.no": ("Le groupement est en pause : reprenez d’abord.", "The grouping is paused: resume first."),
}

_ROLES: Table = {
    "anyone": ("tout membre", "any member"),
    "every_leader": ("chaque dirigeant", "every leader"),
    "facilitator": ("l’animateur", "the facilitator"),
    "coordinator": ("le coordinateur", "the coordinator"),
    "treasurer": ("le trésorier", "the treasurer"),
    "winding_up_lead": ("la personne chargée de la fin du groupement", "the person in charge of the winding-up"),
}

_MINIMUM: Table = {
    "enough": ("Assez d’entreprises.", "Enough companies."),
    "below_minimum": (
        "Il ne reste pas assez d’entreprises. Vous avez jusqu’au {deadline} ({left} {left:jour|jours}) pour décider : "
        "{ways}.",
        "Too few companies are left. You have until {deadline} ({left} {left:day|days}) to decide: {ways}.",
    ),
    "overdue": (
        "Il ne reste pas assez d’entreprises, et le délai s’est achevé le {deadline}. Décidez maintenant : {ways}.",
        "Too few companies are left, and the delay ended on {deadline}. Decide now: {ways}.",
    ),
    "recruit": ("accueillir une entreprise", "take in a company"),
    "partnership": ("continuer à deux, en partenariat", "go on as two, in partnership"),
    "wind_up": ("terminer le groupement", "wind up"),
}


def say_point(point: Point, lang: Lang = "fr") -> str:
    """Say how one point stands, and what to do when it does not hold."""
    return say(point.state, _POINTS, lang)


def say_role(role: str, lang: Lang = "fr") -> str:
    """Name who can do it.

    >>> say_role("every_leader")
    'chaque dirigeant'
    """
    return say(reason(role), _ROLES, lang)


def say_minimum(found: Minimum, lang: Lang = "fr") -> str:
    """Say whether enough companies are left, and what the members may decide."""
    day = ""
    if found.deadline is not None:
        day = found.deadline.strftime("%d/%m/%Y") if lang == "fr" else found.deadline.isoformat()
    ways = [say(reason(way), _MINIMUM, lang) for way in found.ways]
    choice = (" ; ou " if lang == "fr" else "; or ").join(ways)
    return say(reason(found.state, deadline=day, left=found.days_left, ways=choice), _MINIMUM, lang)
