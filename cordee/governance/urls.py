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
    path("voter/<str:token>", views.vote_by_link, name="vote_by_link"),
]
