"""The words of the timetable, in French and in English."""

from datetime import date
from fractions import Fraction

from cordee.engines.sentences import Lang, Reason, Table, listed, number, reason, say, typeset
from cordee.engines.staffing.model import Need, Problem, Wish
from cordee.engines.staffing.result import Clash, Given, Level, Timetable

WEEKDAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS = {
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
HALVES = {"fr": ("matin", "après-midi"), "en": ("morning", "afternoon")}


def _at(code: str, who: str, french: str, english: str) -> Table:
    """The sentence of a morning, and of an afternoon."""
    return {
        f"broken.{code}.am": (f"{who}, {{day}} au matin : {french}", f"{who}, {{day}}, morning: {english}"),
        f"broken.{code}.pm": (f"{who}, {{day}} après-midi : {french}", f"{who}, {{day}}, afternoon: {english}"),
    }


SENTENCES: Table = {
    **_at("twice", "{employee}", "à deux endroits à la fois.", "in two places at once."),
    **_at("leave", "{employee}", "en congé.", "on leave."),
    **_at("holiday", "{employee}", "jour férié.", "public holiday."),
    **_at("absent", "{employee}", "indisponible.", "not available."),
    **_at("closed", "{employee}", "{company} ne reçoit personne.", "{company} receives nobody."),
    **_at(
        "skill",
        "{employee}",
        "il manque la compétence « {skill} » que demande {company}.",
        "the skill “{skill}” that {company} asks for is missing.",
    ),
    **_at("refused", "{employee}", "{company} ne peut pas l’accueillir.", "{company} cannot receive this person."),
    **_at(
        "crowd",
        "{company}",
        "pas plus de {limit} {limit:personne|personnes} à la fois.",
        "at most {limit} {limit:person|people} at once.",
    ),
    "broken.apart": (
        "{employee} ne peut pas travailler à la fois pour {company} et pour {other} (confidentialité).",
        "{employee} cannot work for both {company} and {other} (confidentiality).",
    ),
    "broken.day": (
        "{employee}, {day} : {hours} dans la journée, la limite est de {limit}.",
        "{employee}, {day}: {hours} in the day, the limit is {limit}.",
    ),
    "broken.overlap": (
        "{employee}, {day} : deux endroits à la même heure.",
        "{employee}, {day}: in two places at the same hour.",
    ),
    "broken.road": (
        "{employee}, {day} : pas le temps d’aller jusqu’à {company} ({minutes} minutes de route).",
        "{employee}, {day}: no time to reach {company} ({minutes} minutes on the road).",
    ),
    "broken.pause": (
        "{employee}, {day} : il faut une pause de {minutes} minutes avant six heures de travail d’affilée.",
        "{employee}, {day}: a pause of {minutes} minutes is needed within six hours of work.",
    ),
    "broken.night": (
        "{employee}, {day} : {hours} de repos depuis la veille, il en faut {limit}.",
        "{employee}, {day}: {hours} of rest since the day before, {limit} needed.",
    ),
    "broken.week": (
        "{employee}, semaine du {day} : {hours}, la limite est de {limit}.",
        "{employee}, week of {day}: {hours}, the limit is {limit}.",
    ),
    "broken.contract": (
        "{employee}, semaine du {day} : {hours}, le contrat en prévoit {limit}.",
        "{employee}, week of {day}: {hours}, the contract says {limit}.",
    ),
    "broken.days": (
        "{employee}, semaine du {day} : plus de {limit} jours travaillés.",
        "{employee}, week of {day}: more than {limit} days worked.",
    ),
    "broken.rest": (
        "{employee}, semaine du {day} : pas de jour entier de repos avec {limit} d’affilée.",
        "{employee}, week of {day}: no whole day off with {limit} of rest in a row.",
    ),
    "broken.average": (
        "{employee}, semaine du {day} : {hours} par semaine en moyenne sur douze semaines, la limite est de {limit}.",
        "{employee}, week of {day}: {hours} a week on average over twelve weeks, the limit is {limit}.",
    ),
    "broken.share": (
        "{company} reçoit {n} {n:demi-journée|demi-journées} pour {agreed} convenues.",
        "{company} gets {n} {n:half-day|half-days} for {agreed} agreed.",
    ),
    "short.nobody": (
        "aucun salarié ne peut y aller : compétence manquante ou refus.",
        "no employee may go there: a skill is missing, or a refusal.",
    ),
    "short.days": (
        "ses jours d’ouverture ne croisent jamais ceux des salariés qui peuvent y aller.",
        "its opening days never meet those of the employees who may go there.",
    ),
    "short.busy": (
        "ceux qui peuvent y aller sont pris chaque fois qu’elle est ouverte.",
        "those who may go there are busy whenever it is open.",
    ),
    "short.wishes": (
        "ceux qui peuvent y aller ont demandé fermement à être libres sur les créneaux qui restent.",
        "those who may go there have firmly asked to be free on the slots left.",
    ),
    "short.hours": (
        "les heures de contrat de ceux qui peuvent y aller sont toutes employées.",
        "the contract hours of those who may go there are all used.",
    ),
    "short.rules": (
        "les repos, les places, la route ou les autres parts ne laissent pas de créneau.",
        "rests, places, roads or the other shares leave no slot.",
    ),
    "note.too_much": (
        "Les parts convenues font {agreed} demi-journées ; les contrats n’en permettent que {possible}.",
        "The agreed shares make {agreed} half-days; the contracts allow only {possible}.",
    ),
    "note.lopsided": (
        "Attention : {company} utilise {percent} % du temps. Au-delà de 80 % pendant six mois, le partage peut être "
        "requalifié en prêt de main-d’œuvre illicite.",
        "Beware: {company} uses {percent}% of the time. Above 80% for six months, it may be judged unlawful lending.",
    ),
    "note.part_time": (
        "{employee} : un contrat de {hours} h est sous le minimum de 24 h par semaine, sauf exception prévue.",
        "{employee}: a contract of {hours} h is under the minimum of 24 h a week, unless an exception applies.",
    ),
    "level.firm": (
        "{value} {value:demande ferme n’est pas tenue|demandes fermes ne sont pas tenues}",
        "{value} firm {value:demand is|demands are} not held",
    ),
    "level.worst": (
        "au plus {value} {value:demi-journée manque|demi-journées manquent} à une même part",
        "at most {value} {value:half-day is|half-days are} missing from one share",
    ),
    "level.total": (
        "{value} {value:demi-journée manque|demi-journées manquent} en tout",
        "{value} {value:half-day is|half-days are} missing in all",
    ),
    "level.soft": ("souhaits non tenus : {value} points", "wishes not held: {value} points"),
    "level.travel": ("{value} minutes de route", "{value} minutes on the road"),
    "level.moved": (
        "{value} {value:demi-journée s’écarte|demi-journées s’écartent} de la semaine type",
        "{value} {value:half-day departs|half-days depart} from the ordinary week",
    ),
    "proven": ("on ne peut pas mieux", "nothing better exists"),
    "bounded": ("au mieux {bound}", "{bound} at best"),
    "share": ("{who} : {given} jours sur {agreed}", "{who}: {given} days of {agreed}"),
    "clash": ("Ne tiennent pas ensemble : {what}.", "Cannot hold together: {what}."),
    "alone": ("Impossible : {what}.", "Impossible: {what}."),
    "wish.off": ("{employee} libre ({when})", "{employee} free ({when})"),
    "wish.at": ("{employee} chez {company} ({when})", "{employee} at {company} ({when})"),
    "wish.avoid": ("{employee} pas chez {company} ({when})", "{employee} not at {company} ({when})"),
    "need": (
        "{company} demande {count} {count:personne|personnes} ({when})",
        "{company} asks for {count} {count:person|people} ({when})",
    ),
}


def say_day(day: date, lang: Lang = "fr") -> str:
    """A date as one says it.

    >>> say_day(date(2026, 9, 1)), say_day(date(2026, 9, 7), "en")
    ('mardi 1er septembre', 'Monday 7 September')
    """
    first = "1er" if day.day == 1 and lang == "fr" else str(day.day)
    return f"{WEEKDAYS[lang][day.weekday()]} {first} {MONTHS[lang][day.month - 1]}"


def say_slots(problem: Problem, slots: tuple[int, ...], lang: Lang = "fr") -> str:
    """A few half-days in words; beyond three, the first and how many more."""
    said = [f"{say_day(problem.day(slot), lang)} {HALVES[lang][slot % 2]}" for slot in slots[:3]]
    if len(slots) > 3:
        more = len(slots) - 2
        said[2:] = [f"{more} autres" if lang == "fr" else f"{more} more"]
    return listed(said, lang)


def say_reason(what: Reason, lang: Lang = "fr") -> str:
    """A violation, a note, or why a share is short, in a sentence."""
    facts = dict(what.facts)
    if "day" in facts:
        facts["day"] = say_day(date.fromisoformat(str(facts["day"])), lang)
    return say(reason(what.code, **facts), SENTENCES, lang)


def say_level(level: Level, lang: Lang = "fr") -> str:
    """What one level reached, and whether it can be better."""
    text = say(reason(f"level.{level.name}", value=level.value), SENTENCES, lang)
    proof = reason("proven") if level.proven else reason("bounded", bound=level.bound)
    return f"{text} ({say(proof, SENTENCES, lang)})"


def say_share(given: Given, lang: Lang = "fr") -> str:
    """Days given of days agreed, and why some are missing."""
    who = given.company if given.employee is None else f"{given.company} ({given.employee})"
    days = {"given": number(Fraction(given.given, 2), lang), "agreed": number(Fraction(given.agreed, 2), lang)}
    text = say(reason("share", who=who, **days), SENTENCES, lang)
    if given.why is None:
        return f"{text}."
    return (
        typeset(f"{text} ; {say_reason(given.why, lang)}") if lang == "fr" else f"{text}; {say_reason(given.why, lang)}"
    )


def say_demand(problem: Problem, demand: Need | Wish, lang: Lang = "fr") -> str:
    """A need or a wish in a few words."""
    when = say_slots(problem, demand.slots, lang)
    if isinstance(demand, Need):
        return say(reason("need", company=demand.company, count=demand.count, when=when), SENTENCES, lang)
    kind = "off" if demand.company is None else "avoid" if demand.avoid else "at"
    facts = {"employee": demand.employee, "company": demand.company or "", "when": when}
    return say(reason(f"wish.{kind}", **facts), SENTENCES, lang)


def say_clash(problem: Problem, clash: Clash, lang: Lang = "fr") -> str:
    """Which demands cannot hold together."""
    demands = [problem.wishes[i] for i in clash.wishes] + [problem.needs[i] for i in clash.needs]
    said = [say_demand(problem, one, lang) for one in demands]
    return say(reason("clash" if len(said) > 1 else "alone", what=listed(said, lang)), SENTENCES, lang)


def explain(problem: Problem, found: Timetable, lang: Lang = "fr") -> tuple[str, ...]:
    """The whole timetable in sentences: what clashes, shares, what was made small, what to know."""
    return (
        *(say_clash(problem, one, lang) for one in found.clashes),
        *(say_share(one, lang) for one in found.shares),
        *(_sentence(say_level(one, lang)) for one in found.levels if one.value or one.name == "worst"),
        *(say_reason(one, lang) for one in found.reasons),
    )


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
