"""One job on the air with somebody who has applied, and one that is still a draft; the manager is on both."""

from hiring import applying
from hiring.models import JobMember
from tests.hiring.adverts import make_draft, make_published
from tests.hiring.factories import make_application


def build(world: dict) -> None:
    job, draft = make_published(world["owner"]), make_draft(world["owner"])
    for row in (job, draft):
        JobMember.objects.create(company=world["company"], job=row, membership=world["manager"])
    application = make_application(job)
    address = applying.status_address(application)
    world |= {
        "job": job.pk,
        "job_slug": job.slug,
        "draft_job": draft.pk,
        "application": application.pk,
        "status_token": address.rstrip("/").rpartition("/")[2],
    }
