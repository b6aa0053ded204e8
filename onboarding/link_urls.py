from django.urls import path

from onboarding.views import mine

app_name = "onboarding_links"
urlpatterns = [path("welcome/<str:token>/", mine.welcome, name="welcome")]
