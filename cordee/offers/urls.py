from django.urls import path

from cordee.offers import views

app_name = "offers"
urlpatterns = [
    path("occasions/", views.needs, name="list"),
    path("occasions/nouvelle", views.new, name="new"),
    path("occasions/nouvelle/a-la-main", views.write, name="write"),
    path("occasions/equipes/<slug:search>", views.teams, name="teams"),
    path("occasions/equipes/<slug:search>/<int:number>/ouvrir", views.open_exchange, name="open"),
    path("occasions/<slug:public_id>", views.need, name="need"),
    path("occasions/<slug:public_id>/avis", views.file, name="file"),
    path("occasions/<slug:public_id>/lots/<int:rank>", views.lot, name="lot"),
    path("occasions/<slug:public_id>/equipes", views.find, name="find"),
    path("occasions/<slug:public_id>/classer", views.drop, name="drop"),
]
