"""Times agreed with applicants, links to choose one, and when the team is free; under /hiring/."""

from django.urls import path

from hiring.views import booking, free_hours, taking_back, talks

urlpatterns = [
    path("people/<int:pk>/interview/", talks.plan, name="plan"),
    path("people/<int:pk>/talk-now/", talks.now, name="talk_now"),
    path("interviews/<int:pk>/cancel/", talks.cancel, name="interview_cancel"),
    path("interviews/<int:pk>/move/", talks.move, name="interview_move"),
    path("interviews/<int:pk>/outcome/", talks.outcome, name="interview_outcome"),
    path("interviews/<int:pk>/take-back/", taking_back.talk, name="interview_take_back"),
    path("people/<int:pk>/booking/", booking.send, name="booking_send"),
    path("jobs/<int:pk>/bookings/take-back/", booking.take_back, name="bookings_take_back"),
    path("bookings/<int:pk>/end/", booking.end, name="booking_end"),
    path("bookings/<int:pk>/put-back/", booking.put_back, name="booking_put_back"),
    path("free-hours/", free_hours.page, name="free_hours"),
    path("free-hours/take-back/", free_hours.take_back, name="free_hours_take_back"),
]
