"""Plans to begin with, their editor, and what a manager settles in one."""

from django.urls import path

from onboarding.views import settling, templates

patterns = [
    path("plans/", templates.templates, name="templates"),
    path("plans/begin/", templates.begin, name="template_begin"),
    path("plans/make/", templates.make, name="template_make"),
    path("plans/<int:pk>/", templates.template, name="template"),
    path("plans/<int:pk>/copy/", templates.copy, name="template_copy"),
    path("plans/<int:pk>/rename/", templates.rename, name="template_rename"),
    path("plans/<int:pk>/default/", templates.make_default, name="template_default"),
    path("plans/<int:pk>/delete/", templates.delete, name="template_delete"),
    path("plans/<int:pk>/steps/add/", templates.step_add, name="template_step_add"),
    path("plans/<int:pk>/step/<str:ref>/", templates.step_change, name="template_step"),
    path("plans/<int:pk>/step/<str:ref>/remove/", templates.step_remove, name="template_step_remove"),
    path("plans/<int:pk>/step/<str:ref>/move/", templates.step_move, name="template_step_move"),
    path("plans/<int:pk>/country/", templates.add_country, name="template_country"),
    path("plans/<int:pk>/save/", templates.save, name="template_save"),
    path("plans/<int:pk>/throw-away/", templates.throw_away, name="template_throw_away"),
    path("plans/<int:pk>/versions/", templates.versions, name="template_versions"),
    path("plans/<int:pk>/versions/<int:number>/", templates.version, name="template_version"),
    path("plans/<int:pk>/versions/<int:number>/again/", templates.go_back, name="template_go_back"),
    path("days-off/", settling.days_off, name="days_off"),
    path("days-off/<int:pk>/remove/", settling.day_off_remove, name="day_off_remove"),
    path("<int:pk>/missed/", settling.show_missed, name="missed"),
    path("<int:pk>/missed/settle/", settling.settle, name="missed_settle"),
    path("steps/<int:pk>/now/", settling.do_now, name="missed_now"),
    path("<int:pk>/probation/", settling.probation, name="probation"),
]
