"""Every address of the site: each room under its own French word."""

from django.urls import include, path

from cordee.delivery.urls import urlpatterns as delivery
from cordee.desk.api import addresses
from cordee.desk.urls import delivery_pages, grouping_pages
from cordee.directory.urls import urlpatterns as directory
from cordee.ground.people.views import account, no_password
from cordee.groupings.urls import urlpatterns as groupings
from cordee.journeys.urls import grouping_pages as journey_pages
from cordee.journeys.urls import meeting_pages

urlpatterns = [
    path("compte/2fa/", account, name="account_protection"),  # one page says how an account is protected: ours
    path("compte/password/<path:rest>", no_password, name="account_no_password"),
    path("compte/", include("allauth.urls")),
    path("", include("cordee.ground.people.urls")),
    path("", include("cordee.ground.messages.urls")),
    path("", include("cordee.governance.urls")),
    path("", include(([*meeting_pages, *directory], "directory"))),
    path("", include("cordee.money.urls")),
    path("", include("cordee.learning.urls")),
    path("", include("cordee.agreements.urls")),
    path("", include("cordee.ground.signing.urls")),
    path("", include("cordee.offers.urls")),
    path("", include("cordee.projects.urls")),
    path("", include(([*delivery_pages, *delivery], "delivery"))),
    path("", include(([*groupings, *journey_pages, *grouping_pages], "groupings"))),
    path("", include("cordee.journeys.urls")),
    path("", include("cordee.desk.urls")),
    path("api/v1/", addresses()),
]

handler400 = "cordee.desk.views.bad_request"
handler403 = "cordee.desk.views.forbidden"
handler404 = "cordee.desk.views.not_found"
handler500 = "cordee.desk.views.server_error"
