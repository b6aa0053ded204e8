from django.urls import path

from mailroom import lost_views

app_name = "mailroom_links"
urlpatterns = [
    path("lost/", lost_views.page, name="lost"),
    path("lost/asked/", lost_views.asked, name="lost_asked"),
]
