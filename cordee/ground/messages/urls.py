from django.urls import path

from cordee.ground.messages import views

app_name = "letters"
urlpatterns = [
    path("dev/courrier/", views.mailbox, name="mailbox"),
    path("dev/courrier/<int:number>", views.mail, name="mail"),
    path("dev/courrier/<int:number>/page", views.mail_page, name="mail_page"),
    path("courrier/reglages", views.preferences, name="preferences"),
    path("courrier/arreter/<str:token>", views.stop, name="stop"),
]
