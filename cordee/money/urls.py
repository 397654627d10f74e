from django.urls import path

from cordee.money import views

app_name = "money"
urlpatterns = [
    path("comptes/", views.pools, name="list"),
    path("comptes/ouvrir/<str:grouping>", views.new, name="new"),
    path("comptes/<str:public_id>", views.pool, name="pool"),
    path("comptes/<str:public_id>/depense", views.add_line, name="add_line"),
    path("comptes/<str:public_id>/depense/<str:line>/rayer", views.strike_line, name="strike_line"),
    path("comptes/<str:public_id>/usage", views.note_use, name="note_use"),
    path("comptes/<str:public_id>/cle", views.propose_key, name="propose_key"),
    path("comptes/<str:public_id>/solder", views.settle, name="settle"),
    path("comptes/<str:public_id>/pourquoi", views.why, name="why"),
    path("comptes/<str:public_id>/paiement/<str:transfer>", views.confirm, name="confirm"),
]
