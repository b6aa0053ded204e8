"""Past e-mails that somebody new goes through with a colleague."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import CompanyOwned, CompanyQuerySet, Membership
from onboarding.models.plan import Onboarding
from vault.fields import EncryptedTextField


class TogetherQuerySet(CompanyQuerySet):
    def visible_to(self, membership):
        """Owners and managers; the new hire and the buddy of that plan."""
        if membership.is_boss:
            return self
        own = models.Q(onboarding__hire=membership) | models.Q(onboarding__buddy=membership)
        return self.filter(own)

    def there(self):
        return self.filter(removed_at=None)


class TogetherMail(CompanyOwned):
    """One past e-mail for one new hire: what the customer wrote, what they would reply, what we replied and why.

    Customers' words: encrypted, and gone after 90 days (`onboarding.together.forget`); that it was done stays.
    """

    onboarding = models.ForeignKey(Onboarding, on_delete=models.CASCADE, related_name="together")
    position = models.PositiveIntegerField(default=0)
    message = EncryptedTextField(_("the customer wrote"), max_length=4000, blank=True)
    message_hash = models.CharField(max_length=64)  # the same e-mail pasted twice is one
    reply = EncryptedTextField(_("we replied"), max_length=4000, blank=True)
    thinking = EncryptedTextField(_("what we thought"), max_length=1000, blank=True)
    answer = EncryptedTextField(_("what would you reply?"), max_length=4000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects = TogetherQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail gone through together")
        verbose_name_plural = _("e-mails gone through together")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["onboarding", "message_hash"], name="together_mail_once")
        ]

    def __str__(self):
        return f"{self.onboarding_id} {self.position}"
