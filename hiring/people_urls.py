"""One person in several applications, and people for later."""

from django.urls import path

from hiring.views import duplicates, finalists, pool

urlpatterns = [
    path("duplicates/", duplicates.index, name="duplicates"),
    path("duplicates/<int:pk>/", duplicates.decide, name="same_person"),
    path("people/<int:pk>/ungroup/", duplicates.ungroup, name="ungroup"),
    path("jobs/<int:pk>/finalists/", finalists.index, name="finalists"),
    path("people/<int:pk>/ask-again/", finalists.ask, name="finalist_ask"),
    path("people/<int:pk>/ask-again/take-back/", finalists.take_back, name="finalist_take_back"),
    path("pool/", pool.index, name="pool"),
    path("pool/<int:pk>/", pool.person, name="pool_person"),
    path("pool/<int:pk>/note/", pool.note, name="pool_note"),
    path("pool/<int:pk>/take-back/", pool.take_back, name="pool_take_back"),
    path("pool/<int:pk>/invite/", pool.invite, name="pool_invite"),
    path("pool/<int:pk>/leave/", pool.leave, name="pool_leave"),
    path("pool/invitations/<int:pk>/take-back/", pool.uninvite, name="pool_uninvite"),
    path("people/<int:pk>/agree/", pool.agree, name="pool_agree"),
]
