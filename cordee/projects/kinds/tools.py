"""The shared tools: each has its own tables and pages; a kind switches some on, any project may switch on others."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cordee.projects.kinds.base import Words


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool: its name, what it is for, and the address of its page (it takes the project's public identifier)."""

    slug: str
    label: Words
    summary: Words
    url: str
    icon: str


TOOLS: tuple[Tool, ...] = (
    Tool(
        "timetable",
        _("Planning partagé"),
        _("Qui travaille où, demi-journée par demi-journée : la loi d’abord, les parts ensuite, les souhaits enfin."),
        "projects:timetable",
        "calendar",
    ),
    Tool(
        "sheets",
        _("Heures travaillées"),
        _("La personne note ses heures sur son téléphone ; chaque entreprise valide les siennes."),
        "projects:sheets",
        "list-check",
    ),
    Tool(
        "stand",
        _("Le stand"),
        _("Les m² de chacun sur un plan, les réservations avec leurs échéances, y retourner ou non."),
        "projects:stand",
        "building-community",
    ),
    Tool(
        "presence",
        _("Tours de présence"),
        _("Qui tient le stand quand : des parts justes, des pauses, les souhaits de chacun."),
        "projects:presence",
        "clock",
    ),
    Tool(
        "leads",
        _("Contacts"),
        _("Notés en dix secondes sur un téléphone, même sans réseau, puis partagés par votre règle."),
        "projects:leads",
        "address-book",
    ),
)
