from django.urls import path

from cordee.projects import views

app_name = "projects"
urlpatterns = [
    path("groupements/<str:grouping>/projets/", views.projects, name="list"),
    path("groupements/<str:grouping>/projets/nouveau/", views.new, name="new"),
    path("groupements/<str:grouping>/projets/nouveau/<str:kind>", views.new_of_kind, name="new_of_kind"),
    path("projets/<str:public_id>", views.project, name="project"),
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
