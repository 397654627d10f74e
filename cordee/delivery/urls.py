from django.urls import path

from cordee.delivery import views

app_name = "delivery"
urlpatterns = [
    path("groupements/<slug:grouping>/chantiers/", views.deliveries, name="list"),
    path("groupements/<slug:grouping>/chantiers/nouveau", views.new, name="new"),
    path("chantiers/<slug:public_id>", views.board, name="board"),
    path("chantiers/<slug:public_id>/rejoindre", views.join, name="join"),
    path("chantiers/<slug:public_id>/carte", views.item_new, name="item_new"),
    path("chantiers/<slug:public_id>/carte/<slug:item>", views.item, name="item"),
    path("chantiers/<slug:public_id>/carte/<slug:item>/<slug:what>", views.item_do, name="item_do"),
    path("chantiers/<slug:public_id>/blocage/<slug:blocker>/<slug:what>", views.blocker_do, name="blocker_do"),
    path("chantiers/<slug:public_id>/lot", views.lot_new, name="lot_new"),
    path("chantiers/<slug:public_id>/lot/<slug:lot>", views.lot, name="lot"),
    path("chantiers/<slug:public_id>/lot/<slug:lot>/prendre", views.lot_take, name="lot_take"),
    path("chantiers/<slug:public_id>/sprint", views.sprint_new, name="sprint_new"),
    path("chantiers/<slug:public_id>/sprint/<int:rank>", views.sprint, name="sprint"),
    path("chantiers/<slug:public_id>/sprint/<int:rank>/<slug:what>", views.sprint_do, name="sprint_do"),
    path("chantiers/<slug:public_id>/client", views.client, name="client"),
    path("chantiers/<slug:public_id>/client/<slug:what>", views.client_do, name="client_do"),
    path("chantiers/<slug:public_id>/client/<slug:what>/<slug:one>", views.client_on, name="client_on"),
    path("chantiers/<slug:public_id>/prix", views.prices, name="prices"),
    path("chantiers/<slug:public_id>/quitter", views.leave, name="leave"),
    path("chantiers/<slug:public_id>/passation/<slug:what>/<slug:one>", views.handing, name="handing"),
    path("chantiers/<slug:public_id>/reprise", views.failing, name="failing"),
    path("chantiers/<slug:public_id>/reprise/<slug:what>", views.failing_do, name="failing_do"),
    path("chantiers/<slug:public_id>/reprise/<slug:what>/<slug:one>", views.failing_on, name="failing_on"),
    path("chantiers/<slug:public_id>/piece/<slug:kind>/<slug:one>", views.file, name="file"),
    path("client/<str:token>", views.portal, name="portal"),
    path("client/<str:token>/<slug:what>", views.portal_do, name="portal_do"),
    path("client/<str:token>/piece/<slug:kind>/<slug:one>", views.portal_file, name="portal_file"),
    path("client/<str:token>/<slug:what>/<slug:one>", views.portal_on, name="portal_on"),
]
