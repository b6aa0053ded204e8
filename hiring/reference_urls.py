"""Addresses about referees, part of the addresses of hiring."""

from django.urls import path

from hiring.views import facts, references, references_asked, taking_back

urlpatterns = [
    path("people/<int:pk>/facts/", facts.page, name="facts"),
    path("people/<int:pk>/facts/said/", facts.said, name="fact_said"),
    path("facts/<int:pk>/outcome/", facts.outcome, name="fact_outcome"),
    path("facts/<int:pk>/candidate/", facts.candidate_said, name="fact_candidate"),
    path("facts/<int:pk>/take-back/", facts.take_back, name="fact_take_back"),
    path("people/<int:pk>/referees/", references.referee, name="referee"),
    path("referees/<int:pk>/remove/", references.remove_referee, name="referee_remove"),
    path("referees/<int:pk>/call/", references.call, name="reference_call"),
    path("referees/<int:pk>/script/", references.script, name="reference_script"),
    path("referees/<int:pk>/try/", references.tried, name="reference_try"),
    path("tries/<int:pk>/take-back/", references.take_back_try, name="try_take_back"),
    path("people/<int:pk>/referees/ask/", references_asked.names, name="referees_ask"),
    path("referees/<int:pk>/ask/", references_asked.send, name="reference_ask"),
    path("references/<int:pk>/take-back/", references_asked.take_back, name="reference_ask_take_back"),
    path("referees/<int:pk>/take-back/", taking_back.reference, name="reference_take_back"),
]
