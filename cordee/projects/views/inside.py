"""What every page of a project begins with: the project through a seat that takes part, and the way back."""

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


def to_tool(request: HttpRequest, name: str, project: Project, me: Membership, part: str = "") -> HttpResponse:
    return done(request, f"{reverse(f'projects:{name}', args=[project.public_id])}{me.voice}{part}")
