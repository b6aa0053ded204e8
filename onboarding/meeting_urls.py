"""Addresses of the weekly meetings."""

from django.urls import path

from onboarding.views import meetings

patterns = [
    path("meetings/", meetings.mine, name="my_meetings"),
    path("<int:pk>/meetings/", meetings.page, name="meetings"),
    path("<int:pk>/meetings/every-week/", meetings.series, name="series"),
    path("<int:pk>/meetings/end/", meetings.end, name="series_end"),
    path("<int:pk>/meetings/raise/", meetings.raise_point, name="raise_point"),
    path("meetings/<int:pk>/", meetings.one, name="meeting"),
    path("meetings/<int:pk>/move/", meetings.move, name="meeting_move"),
    path("meetings/<int:pk>/notes/", meetings.notes, name="meeting_notes"),
    path("meetings/<int:pk>/actions/", meetings.add_action, name="meeting_action"),
    path("points/<int:pk>/drop/", meetings.point, {"verb": "drop"}, name="point_drop"),
    path("points/<int:pk>/pick-up/", meetings.point, {"verb": "pick_up"}, name="point_pick_up"),
    path("actions/<int:pk>/done/", meetings.action, {"verb": "done"}, name="action_done"),
    path("actions/<int:pk>/undone/", meetings.action, {"verb": "undone"}, name="action_undone"),
    *[
        path(
            f"meetings/<int:pk>/{verb.replace('_', '-')}/",
            meetings.settle,
            {"verb": verb},
            name=f"meeting_{verb}",
        )
        for verb in meetings.VERBS
    ],
]
