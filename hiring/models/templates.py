from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import deleting
from accounts.deleting import Deletable
from accounts.models import CompanyOwned, CompanyQuerySet, Membership


class JobTemplate(Deletable, CompanyOwned):
    """A job's words to begin another one from: what hiring.copying took down, as it was that day.

    A snapshot and not a Job with a state of its own: nobody applies to it, it has no address, no days and no people,
    and no page that lists jobs has to know that some of them are none.
    """

    name = models.CharField(_("name"), max_length=120)
    content = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    created_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = deleting.kept(CompanyQuerySet)
    everything = CompanyQuerySet.as_manager()

    class Meta:
        verbose_name = _("template of a job")
        verbose_name_plural = _("templates of jobs")

    def __str__(self):
        return self.name
