"""What the law or plain sense refuses in a document: each with its clause, its reason and a way out."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, Literal

from cordee.engines.assembly.answers import Answers
from cordee.engines.assembly.words import money, typeset

Severity = Literal["refused", "contradiction"]

_REASONS: dict[str, dict[str, tuple[str, str]]] = {
    "ccmi": {
        "fr": (
            "Un groupement momentané ne peut pas construire une maison sur un plan qu'il fournit : la loi impose un "
            "contrat de construction de maison individuelle, avec garantie de livraison à prix et délais convenus "
            "(code de la construction et de l'habitation, art. L231-1 et suivants).",
            "Faites signer le contrat par une coopérative artisanale ou un constructeur qui porte cette garantie, ou "
            "répondez par lots séparés sur le plan de l'architecte du client.",
        ),
        "en": (
            "A temporary consortium may not build a house on a plan it supplies: the law imposes a house-building "
            "contract (CCMI) with a completion guarantee.",
            "Let a craftsmen's cooperative or a builder who holds that guarantee sign, or answer by separate lots on "
            "the plan of the client's own architect.",
        ),
    },
    "lead_directs_works": {
        "fr": (
            "La mission du mandataire ne peut pas comprendre la conception ou la direction des travaux : l'article "
            "L124-3 le lui interdit, et son assurance ne le couvre pas.",
            "Confiez cette mission à un maître d'œuvre assuré pour cela, par un contrat distinct.",
        ),
        "en": (
            "The lead's mission may not include design or site direction: article L124-3 forbids it, and its "
            "insurance does not cover it.",
            "Give that mission to a project architect or engineer insured for it, by a separate contract.",
        ),
    },
    "l124_3_price": {
        "fr": (
            "Pour des travaux privés de 100 000 € hors taxes au plus, le prix détaillé de chaque entreprise doit "
            "figurer au contrat, à peine de nullité (art. L124-3) : il manque pour le lot « {lot} ».",
            "Indiquez le prix hors taxes de ce lot.",
        ),
        "en": (
            "For private works up to €100,000 without VAT, the detailed price of each firm must be in the contract, "
            "or it is void (art. L124-3): it is missing for lot “{lot}”.",
            "Give the price without VAT of that lot.",
        ),
    },
    "too_few": {
        "fr": ("Il faut au moins {least} entreprises ; il y en a {count}.", "Ajoutez les entreprises qui manquent."),
        "en": ("At least {least} companies are needed; there are {count}.", "Add the missing companies."),
    },
    "same_siren": {
        "fr": ("Deux entreprises portent le même SIREN {siren}.", "Gardez-en une, ou corrigez le numéro."),
        "en": ("Two companies have the same SIREN {siren}.", "Keep one, or correct the number."),
    },
    "wrong_siren": {
        "fr": ("Le SIREN de {name}, {siren}, n'est pas valable.", "Vérifiez les neuf chiffres."),
        "en": ("The SIREN of {name}, {siren}, is not valid.", "Check the nine digits."),
    },
    "lead_not_member": {
        "fr": ("Le mandataire n'est pas l'une des entreprises parties.", "Choisissez le mandataire parmi les membres."),
        "en": ("The lead contractor is not one of the parties.", "Choose the lead among the members."),
    },
    "lot_without_member": {
        "fr": ("Le lot « {lot} » n'est confié à aucun membre.", "Choisissez l'entreprise qui s'en charge."),
        "en": ("Lot “{lot}” is given to no member.", "Choose the company that takes it."),
    },
    "member_without_lot": {
        "fr": (
            "{name} n'a aucun lot : dans un groupement conjoint, chacun exécute une part du marché.",
            "Donnez-lui un lot, ou retirez cette entreprise des parties.",
        ),
        "en": (
            "{name} has no lot: in a several consortium each carries out a part of the contract.",
            "Give it a lot, or take it out of the parties.",
        ),
    },
    "total": {
        "fr": (
            "Le total des lots, {lots}, n'est pas le montant du marché, {contract}.",
            "Corrigez le prix d'un lot ou le montant du marché.",
        ),
        "en": (
            "The lots add up to {lots}, not to the amount of the contract, {contract}.",
            "Correct the price of a lot or the amount of the contract.",
        ),
    },
    "lot_dates": {
        "fr": ("Le lot « {lot} » finit avant de commencer.", "Corrigez l'une des deux dates."),
        "en": ("Lot “{lot}” ends before it starts.", "Correct one of the two dates."),
    },
    "insurance_expired": {
        "fr": (
            "L'assurance de {name} expire le {until}, avant la fin de son lot, le {end}.",
            "Demandez une attestation qui couvre toute la durée du lot.",
        ),
        "en": (
            "The insurance of {name} expires on {until}, before the end of its lot on {end}.",
            "Ask for a certificate that covers the whole duration of the lot.",
        ),
    },
    "unreadable": {
        "fr": ("La réponse à « {question} » ne se lit pas.", "Répondez de nouveau à cette question."),
        "en": ("The answer to “{question}” can't be read.", "Answer this question again."),
    },
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that can't stand in a document: "refused" by the law, or a "contradiction" between answers."""

    code: str
    clause: str
    severity: Severity
    params: dict[str, Any]

    def reason(self, lang: str = "fr") -> str:
        """Why it can't stand."""
        return self._said(lang, 0)

    def way_out(self, lang: str = "fr") -> str:
        """What one can do instead."""
        return self._said(lang, 1)

    def _said(self, lang: str, part: int) -> str:
        params = {name: value[lang] if isinstance(value, dict) else value for name, value in self.params.items()}
        text = _REASONS[self.code][lang][part]
        return (typeset(text) if lang == "fr" else text).format(**params)


def check(slug: str, known: Answers) -> list[Finding]:
    """Find what the law or plain sense refuses in these answers."""
    found = _parties(known, 2)
    if slug.startswith("gme_"):
        found += _law(known) + _lots(known)
    return found


def _parties(known: Answers, least: int) -> list[Finding]:
    found = []
    if 0 < len(known.parties) < least:
        found.append(Finding("too_few", "parties", "contradiction", {"least": least, "count": len(known.parties)}))
    for siren, times in Counter(party.siren for party in known.parties if party.siren).items():
        if times > 1:
            found.append(Finding("same_siren", "parties", "contradiction", {"siren": siren}))
    for party in known.parties:
        if party.siren and not siren_holds(party.siren):
            params = {"name": party.name, "siren": party.siren}
            found.append(Finding("wrong_siren", "parties", "contradiction", params))
    return found


def siren_holds(siren: str) -> bool:
    """Tell whether nine digits can be a SIREN.

    Source  Luhn's check digit, as the INSEE writes it.

    >>> siren_holds("732829320"), siren_holds("732829321")
    (True, False)
    """
    if len(siren) != 9 or not (siren.isascii() and siren.isdigit()):
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(siren))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def _law(known: Answers) -> list[Finding]:
    values, found = known.values, []
    if values.get("client_kind") == "private" and values.get("new_house") and values.get("plan_supplied_by_group"):
        found.append(Finding("ccmi", "GME03", "refused", {}))
    if values.get("lead_directs_works"):
        found.append(Finding("lead_directs_works", "GME07", "refused", {}))
    if values.get("l124_3"):
        found += [
            Finding("l124_3_price", "GME21", "refused", {"lot": lot.title}) for lot in known.lots if not lot.amount
        ]
    return found


def _lots(known: Answers) -> list[Finding]:
    found = []
    names = {party.id: party.name for party in known.parties}
    insured = {party.id: party.insured_until for party in known.parties}

    def add(code: str, clause: str, **params: Any) -> None:
        found.append(Finding(code, clause, "contradiction", params))

    if "lead" in known.values and known.values["lead"] not in names:
        add("lead_not_member", "GME06")
    for lot in known.lots:
        until = insured.get(lot.member)
        if lot.member not in names:
            add("lot_without_member", "GME05", lot=lot.title)
        if lot.start and lot.end and lot.end < lot.start:
            add("lot_dates", "GME05", lot=lot.title)
        if until and lot.end and until < lot.end:
            add("insurance_expired", "C17", name=names[lot.member], until=until.isoformat(), end=lot.end.isoformat())
    if known.lots:
        working = {lot.member for lot in known.lots}
        for member in names:
            if member not in working:
                add("member_without_lot", "GME05", name=names[member])
    amount, amounts = known.values.get("contract_amount"), [lot.amount for lot in known.lots]
    if isinstance(amount, int) and amounts and None not in amounts:
        total = sum(value or 0 for value in amounts)
        if total != amount:
            add("total", "GME05", lots=money(total), contract=money(amount))
    return found
