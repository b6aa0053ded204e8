from django.urls import path

from onboarding.views import before, mine

app_name = "onboarding_links"
urlpatterns = [
    path("welcome/<str:token>/", mine.welcome, name="welcome"),
    path("welcome/<str:token>/<int:pk>/", before.step, name="welcome_step"),
]
