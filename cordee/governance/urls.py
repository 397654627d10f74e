from django.urls import path

from cordee.governance import views

app_name = "governance"
urlpatterns = [
    path("decisions/", views.ballots, name="list"),
    path("decisions/proposer/<str:grouping>", views.propose, name="propose"),
    path("decisions/<str:public_id>", views.ballot, name="ballot"),
    path("decisions/<str:public_id>/voter", views.vote, name="vote"),
    path("decisions/<str:public_id>/clore", views.close, name="close"),
    path("decisions/<str:public_id>/pouvoir", views.proxy, name="proxy"),
    path("decisions/<str:public_id>/retrait", views.withdraw, name="withdraw"),
    path("decisions/<str:public_id>/message", views.talk, name="talk"),
    path("decisions/<str:public_id>/telephone", views.phone, name="phone"),
    path("decisions/<str:public_id>/proposer-la-personne", views.name, name="name"),
    path("decisions/<str:public_id>/departager", views.break_tie, name="break_tie"),
    path("confirmer-un-vote/<str:token>", views.confirm, name="confirm"),
    path("groupements/<slug:public_id>/regles", views.rules, name="rules"),
    path("groupements/<slug:public_id>/regles/<slug:kind>", views.change_rule, name="change_rule"),
    path("voter/<str:token>", views.vote_by_link, name="vote_by_link"),
]
