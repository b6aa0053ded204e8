"""Addresses of the example library, the tone and what customers say."""

from django.urls import path

from onboarding.views import friction, library

patterns = [
    path("examples/", library.index, name="examples"),
    path("examples/new/", library.add, name="add_example"),
    path("examples/<slug:code>/", library.show, name="example"),
    path("examples/<slug:code>/edit/", library.edit, name="edit_example"),
    path("examples/<slug:code>/archive/", library.archive, name="archive_example"),
    path("examples/<slug:code>/put-back/", library.restore, name="restore_example"),
    path("examples/<slug:code>/checked/", library.checked, name="example_checked"),
    path("tone/", library.show_tone, name="tone"),
    path("tone/edit/", library.edit_tone, name="edit_tone"),
    path("friction/", friction.index, name="friction"),
    path("friction/likes/", friction.index, {"kind": "like"}, name="customers_like"),
    path("friction/dislikes/", friction.index, {"kind": "dislike"}, name="customers_dislike"),
    path("friction/add/", friction.add, name="friction_add"),
    path("friction/<int:pk>/", friction.show, name="friction_point"),
    path("friction/<int:pk>/again/", friction.again, name="friction_again"),
    path("friction/<int:pk>/status/", friction.move, name="friction_move"),
    path("friction/<int:pk>/edit/", friction.edit, name="friction_edit"),
    path("friction/<int:pk>/take-back/", friction.take_back, name="friction_take_back"),
    path("friction/times/<int:pk>/take-back/", friction.again_take_back, name="friction_again_take_back"),
]
