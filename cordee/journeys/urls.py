"""Addresses of what crosses rooms. Leaving, by oneself or not, is named in the groupings' own room."""

from django.urls import path

from cordee.journeys import views

app_name = "journeys"
urlpatterns = [
    path("groupements/<slug:public_id>/etape", views.pass_gate, name="pass_gate"),
    path("groupements/<slug:public_id>/convention", views.convention, name="convention"),
    path("groupements/<slug:public_id>/etapes", views.life, name="life"),
    path("groupements/<slug:public_id>/etapes/a-deux", views.two, name="two"),
    path("groupements/<slug:public_id>/etapes/<slug:turn>", views.turn, name="turn"),
    path("groupements/<slug:public_id>/but", views.purpose, name="purpose"),
    path("groupements/<slug:public_id>/bilan-du-but", views.review, name="review"),
    path("groupements/<slug:public_id>/independance", views.independence, name="independence"),
    path("groupements/<slug:public_id>/demandes", views.requests, name="requests"),
    path("groupements/<slug:public_id>/departs/<slug:departure>", views.departure, name="departure"),
    path("groupements/<slug:public_id>/cloture", views.winding_up, name="winding_up"),
    path("rejoindre/<slug:door>", views.ask, name="ask"),
    path("accompagnements/<slug:public_id>", views.accompany, name="accompany"),
]

grouping_pages = [
    path("groupements/reprendre", views.bring_in, name="bring_in"),
    path("accompagnements/", views.accompanied, name="accompanied"),
    path("groupements/<slug:public_id>/membres/quitter", views.leave, name="leave"),
    path("groupements/<slug:public_id>/exclusion/<slug:seat>", views.exclusion, name="exclusion"),
    path("groupements/<slug:public_id>/mandats", views.mandates, name="mandates"),
    path("groupements/<slug:public_id>/mandats/<slug:mandate>/ecrit", views.mandate_paper, name="mandate_paper"),
    path("delegation/<str:token>", views.writing, name="writing"),
    path("groupements/<slug:public_id>/accueil", views.guests, name="guests"),
]

# Named in the directory's own room, so that its pages may point at them.
meeting_pages = [
    path("rencontres/<slug:code>", views.event, name="event"),
    path("rencontres/<slug:code>/presence", views.presence, name="presence"),
    path("rencontres/<slug:code>/echange", views.exchange, name="exchange"),
    path("annuaire/presentations/<slug:public_id>/echange", views.introduced, name="introduced"),
]
