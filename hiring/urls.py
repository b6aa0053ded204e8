from django.urls import path

from hiring import job_urls
from hiring.views import home

app_name = "hiring"
urlpatterns = [
    path("", home.home, name="home"),
    *job_urls.urlpatterns,
]
