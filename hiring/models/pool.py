from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import CompanyOwned, CompanyQuerySet, Membership
from accounts.undoing import Undoable
from hiring.models.applications import Application
from hiring.models.jobs import Job


class SeenThroughApplication(CompanyQuerySet):
    def visible_to(self, membership):
        seen = Application.objects.for_company(membership.company_id).visible_to(membership).values("pk")
        return self.filter(application__in=seen)


class PoolNote(Undoable, CompanyOwned):
    """What a shop notes of somebody in its pool, and about which day they were asked whether they stay."""

    application = models.OneToOneField(
        Application, on_delete=models.CASCADE, primary_key=True, related_name="pool_note"
    )
    text = models.TextField(_("note"), max_length=2_000, blank=True)
    tag_words = models.CharField(max_length=200, blank=True)  # "|weekends|polish|"
    revision = models.PositiveIntegerField(default=0)
    asked_until = models.DateField(null=True, blank=True)  # the last day that was asked about

    objects = SeenThroughApplication.as_manager()

    class Meta:
        verbose_name = _("note in the talent pool")
        verbose_name_plural = _("notes in the talent pool")

    def __str__(self):
        return f"pool note of application {self.pk}"

    @property
    def tags(self) -> list[str]:
        return self.tag_words.strip("|").split("|") if self.tag_words else []


class PoolInvitation(CompanyOwned):
    """Somebody of the pool was told of another job, by mail; taken back before the mail left, it never happened."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="invitations")
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="+")
    invited_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    invited_at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = SeenThroughApplication.as_manager()

    class Meta:
        verbose_name = _("invitation to another job")
        verbose_name_plural = _("invitations to other jobs")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "job"], condition=Q(taken_back_at=None), name="pool_invited_once"
            )
        ]

    def __str__(self):
        return f"application {self.application_id} invited to job {self.job_id}"
