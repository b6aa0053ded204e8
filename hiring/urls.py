from django.urls import path

from hiring import views

app_name = "hiring"
urlpatterns = [path("", views.home, name="home")]
