"""Pages that cross rooms."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cordee.ground.kit.access import open_door


@open_door
def today(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/today.html", {})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "desk/error.html", {"code": 400}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "desk/error.html", {"code": 403}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "desk/error.html", {"code": 404}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/error.html", {"code": 500}, status=500)
