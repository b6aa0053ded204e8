"""Reading the pile, its end, and marking words of an application, under /hiring/."""

from django.urls import path

from hiring.views import booking, marking, reading, reading_end

urlpatterns = [
    path("jobs/<int:pk>/read/", reading.queue, name="read"),
    path("jobs/<int:pk>/read/keys/", reading.know_keys, name="reading_keys"),
    path("jobs/<int:pk>/read/calls/", booking.calls, name="read_calls"),
    path("jobs/<int:pk>/read/letters/", reading_end.letters, name="read_letters"),
    path("jobs/<int:pk>/names/", reading_end.names, name="job_names"),
    path("people/<int:pk>/read/", reading.decide, name="decide"),
    path("people/<int:pk>/reading/", reading.open_still, name="reading_open"),
    path("people/<int:pk>/letter/", reading_end.letter, name="read_letter"),
    path("people/<int:pk>/facts/add/", marking.add_fact, name="fact_add"),
    path("people/<int:pk>/typing/", marking.add_typing, name="typing_add"),
    path("facts/<int:pk>/remove/", marking.remove_fact, name="fact_remove"),
    path("typing/<int:pk>/remove/", marking.remove_typing, name="typing_remove"),
]
