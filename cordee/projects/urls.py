from django.urls import path

from cordee.projects import views

app_name = "projects"
urlpatterns = [
    path("groupements/<str:grouping>/projets/", views.projects, name="list"),
    path("groupements/<str:grouping>/projets/nouveau/", views.new, name="new"),
    path("groupements/<str:grouping>/projets/nouveau/<str:kind>", views.new_of_kind, name="new_of_kind"),
    path("projets/hors-ligne.js", views.offline_worker, name="offline_worker"),
    path("projets/<str:public_id>", views.project, name="project"),
    path("projets/<str:public_id>/contacts", views.leads, name="leads"),
    path("projets/<str:public_id>/contacts/regle", views.lead_rule, name="lead_rule"),
    path("projets/<str:public_id>/contacts/partager", views.leads_deal, name="leads_deal"),
    path("projets/<str:public_id>/contacts/recevoir", views.leads_receive, name="leads_receive"),
    path("projets/<str:public_id>/contacts.csv", views.leads_csv, name="leads_csv"),
    path("projets/<str:public_id>/salon", views.fair, name="fair"),
    path("contacts/<str:public_id>", views.lead, name="lead"),
    path("contacts/<str:public_id>/ceder", views.lead_hand, name="lead_hand"),
    path("contacts/<str:public_id>/effacer", views.lead_erase, name="lead_erase"),
    path("projets/<str:public_id>/modifier", views.change, name="change"),
    path("projets/<str:public_id>/budget", views.budget, name="budget"),
    path("projets/<str:public_id>/rejoindre", views.join, name="join"),
    path("projets/<str:public_id>/quitter", views.leave, name="leave"),
    path("projets/<str:public_id>/role", views.role, name="role"),
    path("projets/<str:public_id>/voter/<str:slug>", views.vote, name="vote"),
    path("projets/<str:public_id>/noter/<str:slug>", views.note, name="note"),
    path("projets/<str:public_id>/etape-suivante", views.next_stage, name="next_stage"),
    path("projets/<str:public_id>/etape-precedente", views.stage_back, name="stage_back"),
    path("projets/<str:public_id>/mesure/<str:indicator>", views.measure, name="measure"),
    path("projets/<str:public_id>/outil/<str:slug>", views.tool, name="tool"),
    path("projets/<str:public_id>/terminer", views.end, name="end"),
]
