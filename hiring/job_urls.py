"""Jobs, their requirements and adverts, under /hiring/."""

from django.urls import include, path

from hiring import job_template_urls, requirement_urls
from hiring.views import by_hand, careers_site, job_page, jobs, placements, taking_back

urlpatterns = [
    *job_template_urls.urlpatterns,
    path("start/", jobs.start, name="start"),
    path("careers/", careers_site.page, name="careers_site"),
    path("jobs/<int:pk>/", job_page.overview, name="job"),
    path("jobs/<int:pk>/edit/", jobs.edit, name="job_edit"),
    path("jobs/<int:pk>/requirements/", include(requirement_urls)),
    path("jobs/<int:pk>/preview/", jobs.preview, name="job_preview"),
    path("jobs/<int:pk>/publish/", jobs.publish, name="job_publish"),
    path("jobs/<int:pk>/live/", placements.live, name="job_live"),
    path("jobs/<int:pk>/live/<slug:place>/", placements.post, name="placement_post"),
    path("placements/<int:pk>/change/", placements.change, name="placement_change"),
    path("placements/<int:pk>/down/", placements.take_down, name="placement_down"),
    path("placements/<int:pk>/take-back/", placements.take_back, name="placement_take_back"),
    path("jobs/<int:pk>/state/", job_page.set_state, name="job_state"),
    path("jobs/<int:pk>/openings/", job_page.openings, name="job_openings"),
    path("jobs/<int:pk>/members/", job_page.members, name="job_members"),
    path("jobs/<int:pk>/tests/remove/", job_page.remove_tests, name="job_remove_tests"),
    path("jobs/<int:pk>/delete/", taking_back.delete_job, name="job_delete"),
    path("jobs/<int:pk>/take-back/", taking_back.job, name="job_take_back"),
    path("jobs/<int:pk>/people/add/", by_hand.add, name="application_add"),
    path("jobs/<int:pk>/people/mail/", by_hand.mail, name="application_mail"),
]
