"""The codes of a notice in words a company owner reads, in French and English."""

from cordee.engines.notices.model import Duration, Groupings, Moment, Money
from cordee.engines.notices.problems import Lang

_WORDS: dict[str, tuple[str, str]] = {
    "source.eforms": ("eForms", "eForms"),
    "source.ted": ("TED (schéma R2.0.9)", "TED (schema R2.0.9)"),
    "source.boamp": ("BOAMP", "BOAMP"),
    "source.ocds": ("OCDS", "OCDS"),
    "kind.planning": ("Avis de préinformation", "Prior information notice"),
    "kind.competition": ("Avis de marché", "Contract notice"),
    "kind.result": ("Avis d’attribution", "Award notice"),
    "kind.direct-award": ("Avis avant attribution sans concurrence", "Notice before an award without competition"),
    "kind.change": ("Avis de modification", "Change notice"),
    "kind.registration": ("Enregistrement d’une entreprise", "Registration of a company"),
    "kind.unknown": ("Avis", "Notice"),
    "nature.works": ("travaux", "works"),
    "nature.supplies": ("fournitures", "supplies"),
    "nature.services": ("services", "services"),
    "procedure.open": ("appel d’offres ouvert", "open procedure"),
    "procedure.restricted": ("appel d’offres restreint", "restricted procedure"),
    "procedure.negotiated": ("procédure avec négociation", "procedure with negotiation"),
    "procedure.dialogue": ("dialogue compétitif", "competitive dialogue"),
    "procedure.innovation": ("partenariat d’innovation", "innovation partnership"),
    "procedure.adapted": ("procédure adaptée", "adapted procedure"),
    "procedure.without-call": ("sans mise en concurrence", "without a call for competition"),
    "procedure.other": ("autre procédure", "other procedure"),
    "deadline.tenders": ("offres", "tenders"),
    "deadline.requests": ("candidatures", "requests to participate"),
    "deadline.interest": ("marques d’intérêt", "expressions of interest"),
    "criterion.price": ("prix", "price"),
    "criterion.cost": ("coût", "cost"),
    "criterion.quality": ("qualité", "quality"),
    "criterion.unknown": ("critère", "criterion"),
    "area.suitability": ("Aptitude", "Suitability"),
    "area.economic": ("Capacité économique", "Economic standing"),
    "area.technical": ("Capacité technique", "Technical ability"),
    "area.other": ("Autres exigences", "Other requirements"),
    "topic.turnover": ("chiffre d’affaires", "turnover"),
    "topic.bank": ("bilans ou banque", "accounts or bank"),
    "topic.insurance": ("assurances", "insurance"),
    "topic.references": ("références", "references"),
    "topic.staff": ("effectifs", "staff"),
    "topic.equipment": ("matériel", "equipment"),
    "topic.certificates": ("certificats et qualifications", "certificates"),
    "topic.registration": ("inscription à un registre", "registration"),
    "topic.subcontracting": ("sous-traitance", "subcontracting"),
    "reserved.sheltered-workshop": (
        "réservé aux entreprises adaptées et aux structures d’insertion",
        "reserved for sheltered workshops",
    ),
    "reserved.sheltered-program": ("exécution dans des emplois protégés", "performed in sheltered employment"),
    "reserved.public-service-mission": (
        "réservé aux organismes chargés d’une mission de service public",
        "reserved for organisations with a public service mission",
    ),
    "reserved.profession": ("réservé à une profession", "reserved for a profession"),
    "allowed.yes": ("Les groupements peuvent répondre.", "Companies may answer together."),
    "allowed.no": ("Les groupements sont refusés.", "Groupings are refused."),
    "allowed.unknown": (
        "L’avis ne dit rien des groupements (la règle est d’ordinaire de les admettre)\u00a0: à confirmer.",
        "The notice says nothing on groupings (as a rule they may answer): to be confirmed.",
    ),
    "form.conjoint": ("Forme après attribution\u00a0: conjoint.", "Form after the award: conjoint (each its share)."),
    "form.solidaire": (
        "Forme après attribution\u00a0: solidaire (chacun répond de tout).",
        "Form after the award: solidaire (joint and several).",
    ),
    "form.either": ("Forme après attribution\u00a0: conjoint ou solidaire.", "Form after the award: either."),
    "form.none": ("Aucune forme n’est imposée après l’attribution.", "No form is imposed after the award."),
    "form.required": (
        "Une forme est demandée après l’attribution\u00a0: voir le règlement de la consultation.",
        "A form is asked for after the award: see the procurement documents.",
    ),
    "lead_liable.yes": (
        "Le mandataire est solidaire\u00a0: il répond pour tous les membres.",
        "The lead is liable for all members.",
    ),
    "several.no": (
        "Interdit de répondre à la fois seul et en groupement, ou dans plusieurs groupements.",
        "One may not answer both alone and in a grouping, or in several groupings.",
    ),
    "several.yes": (
        "Il est permis de répondre à la fois seul et en groupement, ou dans plusieurs groupements.",
        "One may answer both alone and in a grouping, or in several groupings.",
    ),
}


def word(code: str, lang: Lang = "fr") -> str:
    """The words of a code, for example "kind.result"; a code without words is given back as it is.

    >>> word("kind.result"), word("topic.staff", "en")
    ('Avis d’attribution', 'staff')
    """
    found = _WORDS.get(code)
    return code.partition(".")[2] if found is None else found[0 if lang == "fr" else 1]


def money_words(money: Money, lang: Lang = "fr") -> str:
    """An amount as people write it; the cents only if there are any.

    >>> money_words(Money(61000000, "EUR"), "en")
    '€610,000'
    """
    whole, cents = divmod(money.cents, 100)
    unit = money.currency or ""
    if lang == "en":
        amount = f"{whole:,}" + (f".{cents:02d}" if cents else "")
        return f"€{amount}" if unit == "EUR" else f"{amount} {unit}".strip()
    amount = f"{whole:,}".replace(",", "\u202f") + (f",{cents:02d}" if cents else "")
    return f"{amount}\u00a0{'€' if unit == 'EUR' else unit}".rstrip("\u00a0")


def moment_words(moment: Moment, lang: Lang = "fr") -> str:
    """A limit date as people write it.

    >>> from datetime import date, time
    >>> moment_words(Moment(date(2021, 5, 6), time(16, 15)), "en")
    '6 May 2021 at 16:15'
    """
    clock = moment.clock
    if lang == "en":
        return f"{moment.day.day} {moment.day:%B %Y}" + (f" at {clock.strftime('%H:%M')}" if clock else "")
    hour = f" à {clock.hour}\u00a0h" + (f"\u00a0{clock.minute:02d}" if clock.minute else "") if clock else ""
    return moment.day.strftime("%d/%m/%Y") + hour


def duration_words(duration: Duration, lang: Lang = "fr") -> str:
    """A duration as people say it.

    >>> duration_words(Duration(months=48))
    '48 mois'
    """
    french = lang == "fr"
    said: list[str] = []
    if duration.months is not None:
        said.append(f"{duration.months} mois" if french else f"{duration.months} months")
    if duration.days is not None:
        said.append(f"{duration.days} jours" if french else f"{duration.days} days")
    if duration.start and duration.end:
        said.append(_between(duration, lang))
    elif duration.start:
        said.append(f"dès le {duration.start:%d/%m/%Y}" if french else f"from {duration.start}")
    elif duration.end:
        said.append(f"jusqu’au {duration.end:%d/%m/%Y}" if french else f"until {duration.end}")
    if duration.unlimited:
        said.append("sans limite" if french else "unlimited")
    return ", ".join(said)


def _between(duration: Duration, lang: Lang) -> str:
    if lang == "fr":
        return f"du {duration.start:%d/%m/%Y} au {duration.end:%d/%m/%Y}"
    return f"from {duration.start} to {duration.end}"


def groupings_words(groupings: Groupings, lang: Lang = "fr") -> list[str]:
    """The rule on groupings, a sentence for each thing said."""
    said = [word(f"allowed.{groupings.allowed}", lang)]
    if groupings.form != "unknown":
        said.append(word(f"form.{groupings.form}", lang))
    elif groupings.form_required == "yes":
        said.append(word("form.required", lang))
    elif groupings.form_required == "no":
        said.append(word("form.none", lang))
    if groupings.lead_liable == "yes":
        said.append(word("lead_liable.yes", lang))
    if groupings.several != "unknown":
        said.append(word(f"several.{groupings.several}", lang))
    return said
