"""The main menu: the areas of the house, each shown once its page exists."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.template.context import Context
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from cordee.journeys.reads import ITEMS

register = template.Library()

# (address name, icon, word, group): "first" areas stand in the phone's bottom bar, the others under « Plus ».
AREAS = (
    ("desk:today", "inbox", _("Aujourd’hui"), "first"),
    ("groupings:list", "users", _("Groupements"), "first"),
    ("offers:list", "target", _("Occasions"), "first"),
    ("governance:list", "thumb-up", _("Décisions"), "first"),
    ("delivery:week", "list-check", _("Mes actions"), "next"),
    ("agreements:list", "writing-sign", _("Engagements"), "next"),
    ("money:list", "calculator", _("Comptes"), "next"),
    ("learning:learn", "trending-up", _("Progresser"), "next"),
    ("directory:list", "address-book", _("Annuaire"), "last"),
    ("desk:books", "shield-check", _("Registre"), "last"),
)


@dataclass(frozen=True, slots=True)
class Area:
    """One line of the menu. `current` is "page" on its own page, "true" on a page inside it, else empty."""

    name: str
    icon: str
    word: str
    group: str
    address: str
    current: str


@register.simple_tag(takes_context=True)
def areas(context: Context) -> list[Area]:
    """Every area whose address is known; a page may say which one it belongs to by `area` in its context."""
    request: Any = context.get("request")
    match = getattr(request, "resolver_match", None)
    here = str(context.get("area") or (match.view_name if match else ""))
    shown = []
    for name, icon, word, group in AREAS:
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        room = name.partition(":")[0]
        inside = here == name or (room != "desk" and here.partition(":")[0] == room)
        current = "" if not inside else "page" if request is not None and request.path == address else "true"
        shown.append(Area(name, icon, str(word), group, address, current))
    return shown


@register.filter
def among(shown: Iterable[Area], groups: str) -> list[Area]:
    """The areas of some groups: `{{ shown|among:"next last" }}`."""
    return [area for area in shown if area.group in groups.split()]


@register.filter
def holds_current(shown: Iterable[Area]) -> bool:
    """Whether the page on screen is in one of these areas."""
    return any(area.current for area in shown)


@register.filter
def ending_item(item: str) -> str:
    """The French word of an item of the ending."""
    return str(ITEMS[item][0]) if item in ITEMS else item
