from django.urls import path

from cordee.ground.people import views

app_name = "people"
urlpatterns = [
    path("entrer/<str:token>", views.enter, name="enter"),
    path("compte/", views.account, name="account"),
    path("apparence", views.choose_theme, name="theme"),
    path("langue", views.choose_language, name="language"),
]
