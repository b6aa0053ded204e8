"""Addresses of the example library, the tone, what customers say and e-mails gone through together."""

from django.urls import path

from onboarding.views import friction, library, together

patterns = [
    path("examples/", library.index, name="examples"),
    path("examples/new/", library.add, name="add_example"),
    path("examples/from-reply/<int:pk>/", library.take_reply, name="example_from_reply"),
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
    path("together/", together.mine, name="together"),
    path("together/<int:pk>/", together.mail, name="together_mail"),
    path("together/<int:pk>/edit/", together.edit, name="together_edit"),
    path("together/<int:pk>/remove/", together.remove, name="together_remove"),
    path("together/<int:pk>/put-back/", together.put_back, name="together_put_back"),
    path("<int:pk>/together/", together.plan, name="together_plan"),
    path("<int:pk>/together/paste/", together.paste, name="together_paste"),
    path("<int:pk>/together/examples/", together.choose, name="together_choose"),
]
