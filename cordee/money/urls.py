from django.urls import path

from cordee.money import views

app_name = "money"
urlpatterns = [
    path("comptes/", views.pools, name="list"),
    path("livres/", views.ledgers, name="ledgers"),
    path("livres/ecriture/<str:public_id>", views.entry, name="entry"),
    path("livres/ecriture/<str:public_id>/contre-passer", views.reverse_entry, name="reverse_entry"),
    path("livres/<str:grouping>", views.ledger, name="ledger"),
    path("livres/<str:grouping>/ouvrir", views.ledger_new, name="ledger_new"),
    path("livres/<str:grouping>/ecrire", views.entry_new, name="entry_new"),
    path("livres/<str:grouping>/clore", views.close_period, name="close_period"),
    path("livres/<str:grouping>/exercice/<int:year>", views.open_year, name="open_year"),
    path("livres/<str:grouping>/balance", views.take_balance, name="take_balance"),
    path("livres/<str:grouping>/membre/<str:member>", views.statement, name="statement"),
    path("livres/<str:grouping>/export/<str:kind>", views.ledger_export, name="ledger_export"),
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
