"""The words of the turns, in French and in English."""

from datetime import date

from cordee.engines.rota.model import Rota, Turns
from cordee.engines.sentences import Lang, Reason, Table, reason, say
from cordee.engines.staffing.words import say_day

SENTENCES: Table = {
    "away": ("{name} a dit ne pas pouvoir être là {when}.", "{name} said they cannot be there {when}."),
    "twice": ("{name} est à deux endroits {when}.", "{name} is in two places {when}."),
    "row": (
        "{name} tient {hours} d’affilée jusqu’à la fin de {when}, la limite est de {limit}.",
        "{name} holds {hours} in a row to the end of {when}, the limit is {limit}.",
    ),
    "day": (
        "{name} tient {hours} le {day}, la limite est de {limit}.",
        "{name} holds {hours} on {day}, the limit is {limit}.",
    ),
    "missing": (
        "Il manque {n} {n:personne|personnes} {when}.",
        "{n} {n:person is|people are} missing {when}.",
    ),
    "crowd": ("{n} {n:personne|personnes} de trop {when}.", "{n} {n:person|people} too many {when}."),
    "level.missing": (
        "{value} {value:présence reste|présences restent} à pourvoir",
        "{value} {value:turn is|turns are} left open",
    ),
    "level.uneven": (
        "l’entreprise la plus loin de sa part en est à {hours}",
        "the company farthest from its part is {hours} off",
    ),
    "level.unwished": (
        "{value} {value:présence tombe|présences tombent} sur un moment que la personne aurait préféré éviter",
        "{value} {value:turn falls|turns fall} on a time that the person would rather have avoided",
    ),
    "proven": ("on ne peut pas mieux", "nothing better exists"),
    "bounded": ("au mieux {bound}", "{bound} at best"),
    "part": ("{name} : {held} pour une part de {fair}", "{name}: {held} for a part of {fair}"),
}


def clock(minutes: int) -> str:
    """Minutes as hours: 90 gives « 1 h 30 », 22 gives « 22 min »."""
    if 0 < minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60:02d}" if minutes % 60 else f"{minutes // 60} h"


def say_slot(rota: Rota, key: str, lang: Lang = "fr") -> str:
    """When a slot is: « mardi 16 mars, de 9 h à 11 h »."""
    slot = next(one for one in rota.slots if one.key == key)
    if lang == "en":
        return f"on {say_day(slot.day, lang)}, {clock(slot.start)} to {clock(slot.end)}"
    return f"{say_day(slot.day, lang)}, de {clock(slot.start)} à {clock(slot.end)}"


def say_broken(rota: Rota, what: Reason, lang: Lang = "fr") -> str:
    """A rule broken, in a sentence."""
    facts = dict(what.facts)
    if "slot" in facts:
        facts["when"] = say_slot(rota, str(facts["slot"]), lang)
    if "day" in facts:
        facts["day"] = say_day(date.fromisoformat(str(facts["day"])), lang)
    for name in ("hours", "limit"):
        if name in facts:
            facts[name] = clock(int(str(facts[name])))
    return say(reason(what.code, **facts), SENTENCES, lang)


def explain(rota: Rota, found: Turns, lang: Lang = "fr") -> tuple[str, ...]:
    """What was made small, whether it can be better, and what each company holds."""
    said = []
    for level in found.levels:
        text = say(reason(f"level.{level.name}", value=level.value, hours=clock(level.value)), SENTENCES, lang)
        proof = reason("proven") if level.proven else reason("bounded", bound=level.bound)
        said.append(f"{text[0].upper()}{text[1:]} ({say(proof, SENTENCES, lang)}).")
    fair = rota.fair()
    for member, minutes in found.minutes.items():
        facts = {"name": rota.names.get(member, member), "held": clock(minutes), "fair": clock(round(fair[member]))}
        said.append(say(reason("part", **facts), SENTENCES, lang) + ".")
    return tuple(said)
