"""One person in several applications."""

from django.urls import path

from hiring.views import duplicates

urlpatterns = [
    path("duplicates/", duplicates.index, name="duplicates"),
    path("duplicates/<int:pk>/", duplicates.decide, name="same_person"),
    path("people/<int:pk>/ungroup/", duplicates.ungroup, name="ungroup"),
]
