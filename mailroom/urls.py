from django.urls import path

from mailroom import views

app_name = "mailroom"
urlpatterns = [
    path("", views.sent, name="sent"),
    path("<int:pk>/", views.mail, name="mail"),
    path("<int:pk>/retry/", views.retry, name="retry"),
]
