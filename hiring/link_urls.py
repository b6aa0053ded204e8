from django.urls import path

from hiring.views import status

app_name = "hiring_links"
urlpatterns = [
    path("status/<str:token>/", status.status, name="status"),
    path("status/<str:token>/withdraw/", status.withdraw, name="status_withdraw"),
]
