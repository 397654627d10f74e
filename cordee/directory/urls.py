from django.urls import path

from cordee.directory import views

app_name = "directory"
urlpatterns = [
    path("annuaire/", views.companies, name="list"),
    path("annuaire/mon-entreprise", views.mine, name="mine"),
    path("annuaire/mon-entreprise/nouvelle", views.create, name="create"),
    path("annuaire/sirene/<int:siren>", views.take, name="take"),
    path("annuaire/liens", views.ties, name="ties"),
    path("annuaire/liens/<int:number>/retirer", views.drop_tie, name="drop_tie"),
    path("annuaire/presentations/<slug:public_id>", views.introduction, name="introduction"),
    path("annuaire/evenements", views.events, name="events"),
    path("annuaire/evenements/<slug:public_id>/affiche", views.poster, name="poster"),
    path("annuaire/imports", views.imports, name="import"),
    path("annuaire/imports/<slug:public_id>", views.import_run, name="import_run"),
    path("annuaire/imports/<slug:public_id>/reprendre", views.resume_import, name="resume_import"),
    path("annuaire/imports/<slug:public_id>/rapport.csv", views.import_report, name="import_report"),
    path("fiche/<str:token>", views.card_question, name="card_question"),
    path("annuaire/<slug:public_id>", views.company, name="company"),
    path("annuaire/<slug:public_id>/mon-entreprise", views.claim, name="claim"),
    path("annuaire/<slug:public_id>/modifier", views.edit, name="edit"),
    path("annuaire/<slug:public_id>/metiers", views.trade, name="trade"),
    path("annuaire/<slug:public_id>/certificats", views.certificate, name="certificate"),
    path("annuaire/<slug:public_id>/certificats/<int:number>/retirer", views.drop_certificate, name="drop_certificate"),
    path("annuaire/<slug:public_id>/visible", views.visible, name="visible"),
    path("annuaire/<slug:public_id>/lien", views.tie, name="tie"),
    path("annuaire/<slug:public_id>/presentation", views.ask_introduction, name="ask_introduction"),
    path("annuaire/<slug:public_id>/qui-voit", views.sight, name="sight"),
    path("annuaire/<slug:public_id>/cacher", views.hide, name="hide"),
]
