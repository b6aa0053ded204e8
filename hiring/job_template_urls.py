"""What a job can begin from, under /hiring/."""

from django.urls import path

from hiring.views import job_templates

urlpatterns = [
    path("templates/", job_templates.index, name="job_templates"),
    path("templates/<int:pk>/rename/", job_templates.rename, name="job_template_rename"),
    path("templates/<int:pk>/delete/", job_templates.delete, name="job_template_delete"),
    path("templates/<int:pk>/use/", job_templates.use, name="job_template_use"),
    path("jobs/<int:pk>/template/", job_templates.save, name="job_template_save"),
    path("jobs/<int:pk>/copy/", job_templates.copy, name="job_copy"),
]
