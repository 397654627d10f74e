"""Take values out of a JSON file, saying line and field when one does not fit."""

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from cordee.engines.amounts import Lang, parse_cents
from cordee.engines.sharing.words import Unfit
from cordee.engines.units import Cents, MemberId

_DEEP = 40  # keys within keys within keys: nobody writes more


class Field:
    """A value of the file with its address: file["worth"]["A,B"]."""

    def __init__(self, value: Any, text: str, lang: Lang, path: tuple[str, ...] = ()) -> None:
        self.value, self.text, self.lang, self.path = value, text, lang, path

    def wrong(self, code: str, **values: str) -> Unfit:
        """The refusal of this value."""
        field = ".".join(self.path) or {"fr": "le fichier", "en": "the file"}[self.lang]
        return Unfit(code, {"line": str(self._line()), "field": field, **values})

    def has(self, name: str) -> bool:
        """Whether the object has this field."""
        return isinstance(self.value, dict) and name in self.value

    def __getitem__(self, name: str) -> "Field":
        if len(self.path) > _DEEP:
            raise self.wrong("field_deep")
        if name not in self.entries():
            raise self.wrong("field_missing", name=name)
        return Field(self.value[name], self.text, self.lang, (*self.path, name))

    def entries(self) -> Mapping[str, Any]:
        """The value as an object."""
        if not isinstance(self.value, dict):
            raise self.wrong("field_object")
        return self.value

    def fields(self) -> "dict[str, Field]":
        """The object's fields by name."""
        return {name: self[name] for name in self.entries()}

    def items(self) -> "list[Field]":
        """The value as a list."""
        if not isinstance(self.value, list):
            raise self.wrong("field_list")
        return [Field(one, self.text, self.lang, (*self.path, str(i + 1))) for i, one in enumerate(self.value)]

    def string(self) -> str:
        """The value as a text that is not empty."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.wrong("field_text")
        return self.value

    def cents(self) -> Cents:
        """An amount: whole cents as a number, or euros as a text ("12,50")."""
        if isinstance(self.value, str):
            try:
                return parse_cents(self.value, self.lang)
            except ValueError as wrong:
                raise self.wrong("field_why", why=str(wrong)) from None
        if not isinstance(self.value, int) or isinstance(self.value, bool) or abs(self.value) >= 1 << 53:
            raise self.wrong("field_cents")
        return Cents(self.value)

    def quantity(self) -> Fraction:
        """A number, exact: 9, 9.5, "9,5" or "3/10"."""
        value = self.value
        if isinstance(value, str):
            try:
                value = Fraction(value.replace(",", ".").replace(" ", ""))
            except (ValueError, ZeroDivisionError):
                raise self.wrong("field_number") from None
        if isinstance(value, bool) or not isinstance(value, int | Fraction):
            raise self.wrong("field_number")
        number = Fraction(value)
        if abs(number) >= 1 << 53 or number.denominator >= 1 << 40:
            raise self.wrong("field_number")
        return number

    def by_member(self) -> "dict[MemberId, Field]":
        """An object whose names are members."""
        return {MemberId(name): field for name, field in self.fields().items()}

    def _line(self) -> int:
        """The line where the last name of the address is written (the first such line after the ones before it)."""
        place = 0
        for name in self.path:
            found = self.text.find(json.dumps(name, ensure_ascii=False), place)
            place = found if found >= 0 else place
        return self.text.count("\n", 0, place) + 1


def parse(data: bytes, lang: Lang) -> Field:
    """Read a JSON file; numbers with decimals stay exact, a name given twice is refused."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unfit("not_utf8") from None
    try:
        value = json.loads(text, parse_float=_exact, parse_constant=_no_constant, object_pairs_hook=_once)
    except json.JSONDecodeError as wrong:
        raise Unfit("not_json", {"line": str(wrong.lineno), "column": str(wrong.colno)}) from None
    except RecursionError:
        raise Unfit("not_json", {"line": "1", "column": "1"}) from None
    except _Twice as twice:
        name = str(twice)
        second = text.find(json.dumps(name, ensure_ascii=False), text.find(json.dumps(name, ensure_ascii=False)) + 1)
        raise Unfit("twice", {"line": str(text.count("\n", 0, max(0, second)) + 1), "field": name}) from None
    return Field(value, text, lang)


class _Twice(Exception):
    """A name given twice in one object."""


def _exact(number: str) -> Fraction:
    return Fraction(number) if len(number) <= 40 else Fraction(0)


def _no_constant(name: str) -> None:
    raise json.JSONDecodeError(name, "", 0)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _Twice(name)
        found[name] = value
    return found
