from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("team/", views.team, name="team"),
    path("trail/", views.trail, name="trail"),
    path("no-company/", views.no_company, name="no_company"),
    path("language/", views.set_language, name="set_language"),
]
