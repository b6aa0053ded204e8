"""A job's list of requirements, under /hiring/jobs/<pk>/requirements/."""

from django.urls import path

from hiring.views import requirements

urlpatterns = [
    path("", requirements.page, name="requirements"),
    path("why/", requirements.explain, name="requirements_why"),
    path("before/", requirements.versions, name="requirements_before"),
    path("list.csv", requirements.sheet, name="requirements_sheet"),
    path("import/", requirements.bring, name="requirements_bring"),
]
