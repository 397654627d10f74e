from django.urls import path

from cordee.desk import api, views

app_name = "desk"
urlpatterns = [
    path("", views.today, name="today"),
    path("recherche", views.search, name="search"),
    path("deux-minutes", views.self_test, name="self_test"),
    path("a-propos", views.about, name="about"),
    path("sante", views.health, name="health"),
    path("invitations/<slug:public_id>", views.invitation, name="invitation"),
    path("registre/", views.books, name="books"),
    path("api/", api.api_page, name="api"),
    path("agenda/<str:secret>.ics", views.feed, name="feed"),
    path("mes-donnees/", views.my_data, name="my_data"),
    path("mes-donnees/effacer", views.wipe_person, name="wipe_person"),
    path("mes-donnees/<slug:public_id>/archive.zip", views.company_archive, name="company_archive"),
    path("mes-donnees/<slug:public_id>/cles", views.new_key, name="new_key"),
    path("mes-donnees/<slug:public_id>/agenda", views.new_feed, name="new_feed"),
    path("mes-donnees/<slug:public_id>/cles/<slug:key>/retirer", views.drop_key, name="drop_key"),
    path("mes-donnees/<slug:public_id>/adresses", views.new_hook, name="new_hook"),
    path("mes-donnees/<slug:public_id>/adresses/<slug:hook>/retirer", views.drop_hook, name="drop_hook"),
    path("mes-donnees/<slug:public_id>/effacer", views.wipe_company, name="wipe_company"),
    path("dev/galerie", views.gallery, name="gallery"),
]

# Pages of a grouping that show every room: filled in here, named in the groupings' own room, so that any room may
# point at them. config/urls.py joins both lists.
grouping_pages = [
    path("groupements/<slug:public_id>/", views.grouping, name="grouping"),
    path("groupements/<slug:public_id>/registre", views.book, name="book"),
    path("groupements/<slug:public_id>/registre.jsonl", views.book_export, name="book_export"),
    path("groupements/<slug:public_id>/tete.json", views.book_head, name="book_head"),
    path("groupements/<slug:public_id>/archive.zip", views.whole_archive, name="archive"),
    path("groupements/<slug:public_id>/registre.zip", views.book_archive, name="book_archive"),
]

# « Mes actions de la semaine » shows every room; the boards of a delivery point at it.
delivery_pages = [path("mes-actions/", views.week, name="week")]
