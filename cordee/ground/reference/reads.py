"""What a code is called, where its official list was loaded; the code alone where it was not."""

from collections.abc import Iterable

from cordee.ground.kit.words import language
from cordee.ground.reference.models import Code


def labels(system: str, codes: Iterable[str]) -> dict[str, str]:
    """The label of each code, in the reader's language, in one query; a code that is not known stands for itself.

    A CPV code may carry its check digit (« 45000000-7 »).
    """
    wanted = {code: code.split("-")[0] if system == Code.System.CPV else code for code in codes}
    english = language() == "en"
    found = {
        one.code: (one.label_en or one.label_fr) if english else one.label_fr
        for one in Code.objects.filter(system=system, code__in=set(wanted.values()))
    }
    return {code: found.get(plain, code) for code, plain in wanted.items()}


def label(system: str, code: str) -> str:
    """The label of one code."""
    return labels(system, [code])[code]
