from django.urls import path

from cordee.ground.signing import views

app_name = "signing"
urlpatterns = [
    path("signer/<str:token>", views.sign, name="sign"),
    path("signer/<str:token>/code", views.send_code, name="send_code"),
    path("signer/<str:token>/refuser", views.decline, name="decline"),
    path("signer/<str:token>/transmettre", views.forward, name="forward"),
    path("signer/<str:token>/texte", views.text, name="text"),
    path("copie/<str:token>", views.copy, name="copy"),
]
