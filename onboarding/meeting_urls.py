"""Addresses of the weekly meetings, the reviews and the decision about probation."""

from django.urls import path

from onboarding.views import deciding, meetings, talks

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
    path("<int:pk>/reviews/", talks.index, name="talks"),
    path("<int:pk>/reviews/<int:day>/", talks.page, name="talk"),
    path("<int:pk>/reviews/<int:day>/mine/", talks.write, name="talk_write"),
    path("<int:pk>/reviews/<int:day>/begin/", talks.begin, name="talk_begin"),
    path("<int:pk>/reviews/<int:day>/agree/", talks.agree, name="talk_agree"),
    path("<int:pk>/reviews/<int:day>/sign/", talks.sign, name="talk_sign"),
    path("<int:pk>/reviews/<int:day>/unsign/", talks.unsign, name="talk_unsign"),
    path("<int:pk>/decision/", deciding.page, name="decision"),
    path("decisions/<int:pk>/tell/", deciding.tell, name="decision_tell"),
    path("decisions/<int:pk>/take-back/", deciding.take_back, name="decision_take_back"),
]
