from django.urls import path

from accounts.views import company, data, invitation, lists, me, person, team

app_name = "accounts"
urlpatterns = [
    path("me/", me.profile, name="profile"),
    path("me/leave/", me.leave, name="leave"),
    path("me/sign-out-one/", me.end_session, name="end_session"),
    path("me/sign-out-others/", me.end_sessions, name="end_sessions"),
    path("companies/", me.switch, name="switch"),
    path("no-company/", me.no_company, name="no_company"),
    path("place/", me.place, name="place"),
    path("language/", me.set_language, name="set_language"),
    path("come-in/", invitation.come_in, name="come_in"),
    path("company/", company.company, name="company"),
    path("company/look/", company.look, name="look"),
    path("company/look/preview/", company.look_preview, name="look_preview"),
    path("lists/", lists.lists, name="lists"),
    path("trail/", company.trail, name="trail"),
    path("team/", team.team, name="team"),
    path("team/invite/", team.invite, name="invite"),
    path("team/<int:pk>/", team.one, name="member"),
    path("team/<int:pk>/invite-again/", team.invite_again, name="invite_again"),
    path("team/<int:pk>/remove/", team.remove, name="remove"),
    path("team/<int:pk>/put-back/", team.put_back, name="put_back"),
    path("team/<int:pk>/role/", team.change_role, name="change_role"),
    path("team/<int:pk>/data/", person.data, name="member_data"),
    path("team/<int:pk>/data/copy/", person.copy, name="member_copy"),
    path("team/<int:pk>/data/take/", person.take, name="member_take"),
    path("team/<int:pk>/data/erase/", person.erase, name="member_erase"),
    path("data/", data.data, name="data"),
    path("data/copy/", data.copy, name="data_copy"),
    path("data/take/", data.take, name="data_take"),
    path("data/record/", data.record, name="record"),
    path("data/close/", data.close, name="close"),
    path("data/keep/", data.keep_open, name="keep_open"),
]
