from django.urls import path

from mailroom import views

app_name = "mailroom"
urlpatterns = [path("", views.sent, name="sent")]
