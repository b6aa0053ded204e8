from django.urls import path

from readiness import calculator_views, import_views, views, weights_views

app_name = "readiness"
urlpatterns = [
    path("", views.home, name="home"),
    path("check/", views.check, name="check"),
    path("check/strip/", views.strip, name="strip"),
    path("check/<slug:name>/", views.step, name="step"),
    path("answer/", views.answer, name="answer"),
    path("answer/plan/", views.plan, name="plan"),
    path("answer/ask-again/", views.ask_again, name="ask_again"),
    path("answer/keep/", views.bring, name="bring"),
    path("costs/", calculator_views.costs, name="costs"),
    path("calculators/", calculator_views.index, name="calculators"),
    path("calculators/people/", calculator_views.people, name="people"),
    path("calculators/help-desks/", calculator_views.help_desks, name="help_desks"),
    path("calculators/hours/", calculator_views.hours, name="hours_back"),
    path("weights/", weights_views.weights, name="weights"),
    path("weights/again/", weights_views.weights_again, name="weights_again"),
    path("import/", import_views.upload, name="upload"),
    path("import/<int:pk>/", import_views.show, name="import"),
    path("import/<int:pk>/columns/", import_views.columns, name="columns"),
    path("import/<int:pk>/progress/", import_views.progress, name="progress"),
    path("import/<int:pk>/cancel/", import_views.cancel, name="cancel"),
    path("import/<int:pk>/delete/", import_views.delete, name="delete"),
    path("<int:pk>/", views.show, name="show"),
    path("compare/", views.compare, name="compare"),
    path("<int:pk>/print/", views.on_paper, name="print"),
    path("<int:pk>/remind/stop/", views.dont_remind, name="dont_remind"),
    path("<int:pk>/delete/", views.delete, name="answer_delete"),
    path("deleted/<slug:kind>/<int:pk>/put-back/", views.put_back, name="put_back"),
    path("<int:pk>/remind/", views.remind, name="remind"),
]
