from django.urls import path

from cordee.agreements import views

app_name = "agreements"
urlpatterns = [
    path("engagements/", views.agreements, name="list"),
    path("engagements/echeances", views.dates, name="dates"),
    path("engagements/pouvoirs", views.powers, name="powers"),
    path("engagements/pouvoirs/<str:public_id>/retirer", views.revoke, name="revoke"),
    path("engagements/pouvoirs/<str:public_id>/ecrit", views.delegation_paper, name="delegation_paper"),
    path("engagements/forme/<str:grouping>", views.ask_form, name="ask_form"),
    path("engagements/formes/<str:public_id>", views.advice, name="advice"),
    path("engagements/preparer/<str:grouping>", views.prepare, name="prepare"),
    path("engagements/<str:public_id>", views.agreement, name="agreement"),
    path("engagements/<str:public_id>/reponses", views.answer, name="answer"),
    path("engagements/<str:public_id>/parties", views.parties, name="parties"),
    path("engagements/<str:public_id>/apercu", views.preview, name="preview"),
    path("engagements/<str:public_id>/relu", views.review, name="review"),
    path("engagements/<str:public_id>/envoyer", views.send, name="send"),
    path("engagements/<str:public_id>/signature", views.sending, name="sending"),
    path("engagements/<str:public_id>/relancer", views.remind, name="remind"),
    path("engagements/<str:public_id>/delai", views.more_time, name="more_time"),
    path("engagements/<str:public_id>/papier", views.on_paper, name="on_paper"),
    path("engagements/<str:public_id>/papier.pdf", views.paper, name="paper"),
    path("engagements/<str:public_id>/reprendre", views.take_back, name="take_back"),
    path("engagements/<str:public_id>/avenant", views.amend, name="amend"),
    path("engagements/<str:public_id>/adhesion/<str:newcomer>", views.join, name="join"),
    path("engagements/<str:public_id>/fin", views.end, name="end"),
    path("engagements/<str:public_id>/versions", views.versions, name="versions"),
    path("engagements/<str:public_id>/document.docx", views.docx, name="docx"),
    path("engagements/<str:public_id>/document.pdf", views.pdf, name="pdf"),
    path("engagements/<str:public_id>/preuve.json", views.evidence, name="evidence"),
    path("engagements/<str:public_id>/ma-signature", views.to_my_link, name="to_my_link"),
]
