from django.urls import path

from faubourg.conversations import views

app_name = "conversations"
urlpatterns = [
    path("<int:pk>/echanges/", views.conversation, name="conversation"),
    path("<int:pk>/echanges/ecrire/", views.write_post, name="write_post"),
    path("<int:pk>/echanges/<int:post_pk>/ouvrir/", views.open_to_funders, name="open_to_funders"),
    path("<int:pk>/echanges/<int:post_pk>/fichier/", views.post_file, name="post_file"),
]
