"""Every address of the site: each room under its own French word."""

from django.urls import include, path

urlpatterns = [
    path("compte/", include("allauth.urls")),
    path("", include("cordee.ground.people.urls")),
    path("", include("cordee.desk.urls")),
]

handler400 = "cordee.desk.views.bad_request"
handler403 = "cordee.desk.views.forbidden"
handler404 = "cordee.desk.views.not_found"
handler500 = "cordee.desk.views.server_error"
