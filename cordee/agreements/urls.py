from django.urls import path

from cordee.agreements import views

app_name = "agreements"
urlpatterns = [
    path("engagements/", views.agreements, name="list"),
    path("engagements/preparer/<str:grouping>", views.prepare, name="prepare"),
    path("engagements/<str:public_id>", views.agreement, name="agreement"),
    path("engagements/<str:public_id>/reponses", views.answer, name="answer"),
    path("engagements/<str:public_id>/envoyer", views.send, name="send"),
    path("engagements/<str:public_id>/reprendre", views.take_back, name="take_back"),
    path("engagements/<str:public_id>/document.pdf", views.pdf, name="pdf"),
    path("engagements/<str:public_id>/preuve.json", views.evidence, name="evidence"),
    path("engagements/<str:public_id>/ma-signature", views.to_my_link, name="to_my_link"),
]
