from django.urls import path

from hiring.views import calendar

urlpatterns = [
    path("calendar/", calendar.page, name="my_calendar"),
    path("calendar/again/", calendar.again, name="calendar_again"),
    path("calendar/remove/", calendar.remove, name="calendar_remove"),
    path("calendar/<int:pk>/take-back/", calendar.take_back, name="calendar_take_back"),
    path("calendar/feed/", calendar.feed_make, name="feed_make"),
    path("calendar/feed/end/", calendar.feed_end, name="feed_end"),
]
