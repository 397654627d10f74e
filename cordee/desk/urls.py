from django.urls import path

from cordee.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.today, name="today"),
    path("a-propos", views.about, name="about"),
    path("dev/galerie", views.gallery, name="gallery"),
]
