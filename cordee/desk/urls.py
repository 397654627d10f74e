from django.urls import path

from cordee.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.today, name="today"),
    path("recherche", views.search, name="search"),
    path("a-propos", views.about, name="about"),
    path("sante", views.health, name="health"),
    path("invitations/<slug:public_id>", views.invitation, name="invitation"),
    path("registre/", views.books, name="books"),
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
