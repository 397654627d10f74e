from django.urls import path

from cordee.money import views

app_name = "money"
urlpatterns = [
    path("comptes/", views.pools, name="list"),
    path("comptes/ouvrir/<str:grouping>", views.new, name="new"),
    path("comptes/<str:public_id>", views.pool, name="pool"),
    path("comptes/<str:public_id>/depense", views.add_line, name="add_line"),
    path("comptes/<str:public_id>/depense/<str:line>/rayer", views.strike_line, name="strike_line"),
    path("comptes/<str:public_id>/depense/<str:line>/justificatif", views.receipt, name="receipt"),
    path("comptes/<str:public_id>/depense/<str:line>/approuver", views.approve_line, name="approve_line"),
    path("comptes/<str:public_id>/contester/<str:what>/<str:about>", views.dispute, name="dispute"),
    path("comptes/<str:public_id>/contestation/<str:dispute>/repondre", views.answer, name="answer"),
    path("comptes/<str:public_id>/contestation/<str:dispute>/clore", views.end, name="end"),
    path("comptes/<str:public_id>/cles", views.keys, name="keys"),
    path("comptes/<str:public_id>/chiffres", views.note_figures, name="note_figures"),
    path("comptes/<str:public_id>/jeu", views.describe_game, name="describe_game"),
    path("comptes/<str:public_id>/budget", views.budget, name="budget"),
    path("comptes/<str:public_id>/budget/poste", views.add_heading, name="add_heading"),
    path("comptes/<str:public_id>/budget/vote", views.propose_budget, name="propose_budget"),
    path("comptes/<str:public_id>/budget/engagement", views.make_commitment, name="make_commitment"),
    path(
        "comptes/<str:public_id>/budget/engagement/<str:commitment>/clore",
        views.close_commitment,
        name="close_commitment",
    ),
    path("comptes/<str:public_id>/recurrente", views.add_recurring, name="add_recurring"),
    path("comptes/<str:public_id>/recurrente/<str:recurring>/arreter", views.stop_recurring, name="stop_recurring"),
    path("comptes/<str:public_id>/valeur", views.propose_rate, name="propose_rate"),
    path("comptes/<str:public_id>/apport", views.add_contribution, name="add_contribution"),
    path("comptes/<str:public_id>/avance", views.add_advance, name="add_advance"),
    path("comptes/<str:public_id>/appel", views.call_funds, name="call_funds"),
    path("comptes/<str:public_id>/appel/<str:part>/verse", views.declare_paid, name="declare_paid"),
    path("comptes/<str:public_id>/appel/<str:part>/recu", views.receive_part, name="receive_part"),
    path("comptes/<str:public_id>/usage", views.note_use, name="note_use"),
    path("comptes/<str:public_id>/cle", views.propose_key, name="propose_key"),
    path("comptes/<str:public_id>/solder", views.settle, name="settle"),
    path("comptes/<str:public_id>/pourquoi", views.why, name="why"),
    path("comptes/<str:public_id>/paiement/<str:transfer>", views.confirm, name="confirm"),
]
