"""Addresses of the groupings. The overview and the book of a grouping show every room: desk fills them in."""

from django.urls import path

from cordee.groupings import views

app_name = "groupings"
urlpatterns = [
    path("groupements/", views.my_groupings, name="list"),
    path("groupements/nouveau", views.new, name="new"),
    path("groupements/<slug:public_id>/conversation", views.conversation, name="conversation"),
    path("groupements/<slug:public_id>/fichiers/<slug:document>", views.file, name="file"),
    path("groupements/<slug:public_id>/presentation", views.purpose, name="purpose"),
    path("groupements/<slug:public_id>/pause", views.pause, name="pause"),
    path("groupements/<slug:public_id>/membres", views.members, name="members"),
    path("groupements/<slug:public_id>/membres/inviter", views.invite, name="invite"),
    path("groupements/<slug:public_id>/membres/suppleant", views.substitute, name="substitute"),
    path("groupements/<slug:public_id>/membres/relais", views.hand_over_seat, name="hand_over"),
    path("groupements/<slug:public_id>/membres/roles", views.office, name="office"),
    path("groupements/<slug:public_id>/invitations/<slug:invitation>/envoyer", views.send, name="send"),
    path("groupements/<slug:public_id>/invitations/<slug:invitation>/retirer", views.withdraw, name="withdraw"),
    path("invitation/<str:token>", views.invitation, name="invitation"),
    path("invitation/<str:token>/accepter", views.accept, name="accept"),
    path("invitation/<str:token>/decliner", views.decline, name="decline"),
]
