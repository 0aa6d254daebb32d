from django.urls import path

from faubourg.contracts.views import team

app_name = "contracts"
urlpatterns = [
    path("<slug:slug>/equipe/", team.team, name="team"),
    path("<slug:slug>/equipe/donner/", team.give_seat, name="give_seat"),
    path("<slug:slug>/equipe/<int:pk>/fin/", team.end_seat, name="end_seat"),
    path("<slug:slug>/equipe/second-facteur/", team.require_second_factor, name="require_second_factor"),
]
