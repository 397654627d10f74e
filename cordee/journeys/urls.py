from django.urls import path

from cordee.journeys import views

app_name = "journeys"
urlpatterns = [
    path("groupements/<slug:public_id>/etape", views.pass_gate, name="pass_gate"),
    path("groupements/<slug:public_id>/convention", views.convention, name="convention"),
]
