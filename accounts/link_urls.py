from django.urls import path

from accounts.views import invitation

app_name = "accounts_links"
urlpatterns = [path("invitation/<str:token>/", invitation.invitation, name="invitation")]
