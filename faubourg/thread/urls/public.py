from django.urls import path

from faubourg.thread.views import public

app_name = "public_thread"
urlpatterns = [
    path("", public.index, name="index"),
    path("paroles/<int:contribution_pk>/", public.words, name="words"),
    path("actions/<int:pk>/", public.action, name="action"),
    path("<str:code>/", public.place, name="place"),
    path("<str:code>/paroles.csv", public.words_file, name="words_file"),
    path("<str:code>/affiche.pdf", public.poster, name="poster"),
]
