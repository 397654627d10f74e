"""argparse speaks English: its few sentences, in French."""

import argparse

_WORDS = {
    "usage: ": "usage : ",
    "positional arguments": "à donner",
    "options": "options",
    "show this help message and exit": "montre cette aide",
    "the following arguments are required: %s": "il manque : %s",
    "unrecognized arguments: %s": "option ou mot inconnu : %s",
    "expected one argument": "il manque une valeur",
    "expected at least one argument": "il manque au moins une valeur",
    "expected at most one argument": "une seule valeur est admise",
    "not allowed with argument %s": "ne va pas avec %s",
    "one of the arguments %s is required": "il faut l’une de ces options : %s",
    "invalid choice: %(value)r (choose from %(choices)s)": "« %(value)s » n’existe pas ; choisissez : %(choices)s",
    "invalid %(type)s value: %(value)r": "« %(value)s » n’est pas une valeur possible",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s : %(message)s",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s est ambigu : %(matches)s",
}


def speak_french() -> None:
    """Give argparse its sentences in French, for this process: it looks each one up under the name `_`."""
    argparse._ = lambda text: _WORDS.get(text, text)  # type: ignore[attr-defined]
