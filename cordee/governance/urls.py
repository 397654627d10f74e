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
    path("decisions/<str:public_id>/fichiers/<slug:document>", views.talk_file, name="talk_file"),
    path("decisions/<str:public_id>/telephone", views.phone, name="phone"),
    path("decisions/<str:public_id>/proposer-la-personne", views.name, name="name"),
    path("decisions/<str:public_id>/autre-tour", views.name_again, name="name_again"),
    path("decisions/<str:public_id>/departager", views.break_tie, name="break_tie"),
    path("confirmer-un-vote/<str:token>", views.confirm, name="confirm"),
    path("groupements/<slug:public_id>/regles", views.rules, name="rules"),
    path("groupements/<slug:public_id>/regles/<slug:kind>", views.change_rule, name="change_rule"),
    path("groupements/<slug:public_id>/preparer-une-question", views.prepare, name="prepare"),
    path("groupements/<slug:public_id>/decisions", views.decided, name="decided"),
    path("groupements/<slug:public_id>/decisions/<slug:resolution>", views.follow, name="follow"),
    path("groupements/<slug:public_id>/decision-prise-ensemble", views.room, name="room"),
    path("groupements/<slug:public_id>/reunions", views.meetings, name="meetings"),
    path("groupements/<slug:public_id>/reunions/nouvelle", views.new_meeting, name="new_meeting"),
    path("reunions/<slug:public_id>", views.meeting, name="meeting"),
    path("reunions/<slug:public_id>/agenda.ics", views.meeting_calendar, name="meeting_calendar"),
    path("reunions/<slug:public_id>/compte-rendu.pdf", views.minutes_file, name="minutes"),
    path("reunions/<slug:public_id>/<slug:do>", views.meeting_deed, name="meeting_deed"),
    path("voter/<str:token>", views.vote_by_link, name="vote_by_link"),
]
