from django.urls import path

from accounts.views import feed, invitation

app_name = "accounts_links"
urlpatterns = [
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
    path("feed/<str:token>.ics", feed.calendar, name="feed"),
]
