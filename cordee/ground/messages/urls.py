from django.urls import path

from cordee.ground.messages import views

app_name = "letters"
urlpatterns = [
    path("", views.mailbox, name="mailbox"),
    path("<int:number>", views.mail, name="mail"),
    path("<int:number>/page", views.mail_page, name="mail_page"),
]
