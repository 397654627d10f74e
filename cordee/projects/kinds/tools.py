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


TOOLS: list[Tool] = [
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
        _("La personne note ses heures sur son téléphone ; chaque entreprise valide les siennes."),
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
    Tool(
        "providers",
        _("Appel aux prestataires"),
        _("Ce que vous demandez, les offres côte à côte, la note de chacun, le choix par un vote."),
        "projects:providers",
        "scale",
    ),
    Tool(
        "pledges",
        _("Promesses et tranches"),
        _("Rien n’engage avant le seuil ; ensuite on avance tranche par tranche, et l’on s’arrête quand il faut."),
        "projects:pledges",
        "coins",
    ),
    Tool(
        "results",
        _("Droits sur les résultats"),
        _("Qui s’en sert, pour quoi, jusqu’à quand ; ce que paie une entreprise qui arrive après."),
        "projects:results",
        "certificate",
    ),
    Tool(
        "pipeline",
        _("Affaires"),
        _("Notées en quelques secondes, données par vos règles, chacune à sa place."),
        "projects:pipeline",
        "target",
    ),
    Tool(
        "sales",
        _("Temps et compte du commercial"),
        _("Le temps donné à chacun face à ce qu’il paie, et le compte de chaque mois au centime."),
        "projects:sales",
        "report",
    ),
    Tool(
        "brand",
        _("La marque"),
        _("Règlement voté, licences, audits avec photos, fichiers, sanctions, dates de l’INPI."),
        "projects:brand",
        "award",
    ),
    Tool(
        "capacity",
        _("Capacités et commandes"),
        _("Chacun déclare sa capacité au seul tiers neutre ; les commandes se partagent par la règle votée."),
        "projects:capacity",
        "scale",
    ),
    Tool(
        "blueprint",
        _("Parcours du client"),
        _("Moment par moment : ce que voit le client, qui est devant lui, qui travaille derrière ; le client pilote."),
        "projects:blueprint",
        "route",
    ),
]
"""Those of this room; a later room adds its own when it is ready."""
