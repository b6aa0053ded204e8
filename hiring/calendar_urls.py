from django.urls import path

from hiring.views import calendar

urlpatterns = [
    path("calendar/", calendar.page, name="my_calendar"),
    path("calendar/again/", calendar.again, name="calendar_again"),
    path("calendar/remove/", calendar.remove, name="calendar_remove"),
    path("calendar/<int:pk>/take-back/", calendar.take_back, name="calendar_take_back"),
]
