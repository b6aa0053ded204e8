"""Addresses about referees, part of the addresses of hiring."""

from django.urls import path

from hiring.views import references, taking_back

urlpatterns = [
    path("people/<int:pk>/referees/", references.referee, name="referee"),
    path("referees/<int:pk>/remove/", references.remove_referee, name="referee_remove"),
    path("referees/<int:pk>/call/", references.call, name="reference_call"),
    path("referees/<int:pk>/take-back/", taking_back.reference, name="reference_take_back"),
]
