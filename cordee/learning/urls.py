from django.urls import path

from cordee.learning import views

app_name = "learning"
urlpatterns = [
    path("progresser/", views.learn, name="learn"),
    path("progresser/equilibre", views.balance, name="balance"),
    path("progresser/barometre", views.answers, {"kind": "barometer"}, name="barometer"),
    path("progresser/pratiques", views.answers, {"kind": "practices"}, name="practices"),
    path("groupements/<slug:public_id>/tableau-de-bord", views.board, name="board"),
    path("groupements/<slug:public_id>/tableau-de-bord.pdf", views.board_pdf, name="board_pdf"),
    path("groupements/<slug:public_id>/tableau-de-bord.xlsx", views.board_sheet, name="board_sheet"),
    path("groupements/<slug:public_id>/seances", views.session_new, name="sessions"),
    path("seances/<slug:public_id>", views.session, name="session"),
    path("seances/actions/<slug:public_id>", views.action, name="action"),
    path("groupements/<slug:public_id>/bibliotheque", views.library, name="library"),
    path("groupements/<slug:public_id>/bibliotheque/proposer", views.case_new, name="case_new"),
    path("bibliotheque/<slug:public_id>", views.case, name="case"),
    path("groupements/<slug:public_id>/page-publique", views.pages, name="pages"),
    path("groupements/<slug:public_id>/page-publique/proposer", views.page_new, name="page_new"),
    path("pages/<slug:public_id>/ouvrir", views.page_open, name="page_open"),
    path("pages/<slug:public_id>/fermer", views.page_close, name="page_close"),
    path("temoignages/<slug:public_id>", views.testimony, name="testimony"),
    path("temoignages/<slug:public_id>/photo", views.photo, name="photo"),
    path("g/<slug:public_id>", views.public, name="public"),
    path("g/<slug:public_id>/carte.png", views.public_card, name="public_card"),
]
