"""What every page of a project begins with: the project through a seat that takes part, and the way back."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cordee.ground.kit.htmx import done
from cordee.groupings.reads import Membership
from cordee.projects import reads
from cordee.projects.models import Project


def voice_of(request: HttpRequest) -> str:
    return request.POST.get("voix", "") or request.GET.get("voix", "")


def mine(request: HttpRequest, public_id: str) -> tuple[Project, Membership]:
    return reads.project_of(request.user, public_id, voice=voice_of(request))


def month_in(text: str) -> date | None:
    """The first day of « 2027-03 »; nothing where it is no month of our times."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return found if 2000 <= found.year < 2200 else None


def to_tool(request: HttpRequest, name: str, project: Project, me: Membership, part: str = "") -> HttpResponse:
    return done(request, f"{reverse(f'projects:{name}', args=[project.public_id])}{me.voice}{part}")
