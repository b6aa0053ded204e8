"""A candidate as somebody to be erased: what is locked, and what ends first."""

from django.utils.translation import gettext as _

from accounts import team
from hiring import pipeline
from hiring.models import Application, Candidate, How, Stage
from mailroom import outbox
from vault import erasing


def lock(*pks: int) -> None:
    """The company, the jobs, the applications, the offers: of one candidate, or of several of one company at once."""
    for company in (
        Candidate.objects.filter(pk__in=pks).order_by().values_list("company", flat=True).distinct()
    ):
        team.lock(company)
    people = Application.everything.filter(candidate__in=pks)
    for job in sorted(set(people.values_list("job", flat=True))):
        pipeline.lock_job(job, deleted=True)
    list(people.select_for_update(no_key=True, of=("self",)).order_by("pk"))


def end(pk: int) -> None:
    """Whoever is still in the running is withdrawn, so that every count stays true. Raises erasing.Refused."""
    rows = Application.objects.filter(candidate=pk).active().exclude(stage=Stage.HIRED)
    for application in rows.order_by("pk"):
        try:
            pipeline.withdraw(application, by=None, how=How.SYSTEM, by_link=True)
        except pipeline.Refused as refused:
            raise erasing.Refused(
                _("This application cannot be ended now: %(why)s") % {"why": refused}
            ) from None
    for application in Application.everything.filter(candidate=pk).order_by("pk"):
        outbox.cancel(about=("application", application.pk), message="not_selected")
