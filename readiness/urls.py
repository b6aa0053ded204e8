from django.urls import path

from readiness import views

app_name = "readiness"
urlpatterns = [
    path("", views.home, name="home"),
    path("check/", views.check, name="check"),
    path("check/strip/", views.strip, name="strip"),
    path("check/<slug:name>/", views.step, name="step"),
    path("answer/", views.answer, name="answer"),
    path("answer/plan/", views.plan, name="plan"),
    path("answer/keep/", views.bring, name="bring"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/remind/", views.remind, name="remind"),
]
