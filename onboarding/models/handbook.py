"""The handbook: its pages with their versions, who has read what, and what new colleagues propose."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.deleting import Deletable, kept
from accounts.models import CompanyOwned, CompanyQuerySet, Membership, Role
from accounts.undoing import Undoable
from onboarding import handbook_questions
from onboarding.models.plan import Onboarding

BODY = 20_000  # characters of a page


class Shelf(models.TextChoices):
    """In the order in which the handbook shows them."""

    VALUES = "values", pgettext_lazy("shelf of the handbook", "Values")
    ROLE = "role", pgettext_lazy("shelf of the handbook", "Your role")
    COMPANY = "company", pgettext_lazy("shelf of the handbook", "The shop")
    PRODUCTS = "products", pgettext_lazy("shelf of the handbook", "Products")
    SYSTEMS = "systems", pgettext_lazy("shelf of the handbook", "Tools and systems")
    CUSTOMERS = "customers", pgettext_lazy("shelf of the handbook", "Customers")
    POLICIES = "policies", pgettext_lazy("shelf of the handbook", "Rules and policies")


SHELVES = list(Shelf.values)
IN_ORDER = models.Case(*[models.When(shelf=shelf, then=n) for n, shelf in enumerate(SHELVES)])


class PageQuerySet(CompanyQuerySet):
    def visible_to(self, membership):
        """The team reads it; a new hire does from the begin of their plan until it is ended."""
        if membership.role != Role.HIRE:
            return self
        own = Onboarding.objects.running().filter(hire=membership, company=models.OuterRef("company"))
        return self.filter(models.Exists(own))

    def in_order(self):
        return self.order_by(IN_ORDER, "position", "pk")

    def matching(self, terms):
        """Each term begins a word of the title or the text."""
        found = self
        for term in terms:
            found = found.filter(folded__contains=f" {term}")
        return found


class HandbookPage(Undoable, Deletable, CompanyOwned):
    """One page in one language. Pages of one `family` say the same in other languages, and stand in one place."""

    family = models.UUIDField(default=uuid.uuid4, editable=False)
    # Which of the twelve questions it answers; while `title` is empty the reader's catalogue speaks.
    key = models.CharField(max_length=40, blank=True)
    shelf = models.CharField(_("shelf"), max_length=12, choices=Shelf)
    position = models.PositiveIntegerField(default=0)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    title = models.CharField(pgettext_lazy("of a page", "title"), max_length=200, blank=True)
    body = models.TextField(pgettext_lazy("of a page", "text"), max_length=BODY)
    folded = models.TextField(editable=False)  # title and text as vault.folding has them, between spaces
    # The number of the version that stands here; every saving of other words makes the next one.
    revision = models.PositiveIntegerField(default=1)
    # Asked to be read: this version or a later one, by that day. 0: nobody is asked.
    asked_number = models.PositiveIntegerField(default=0)
    asked_until = models.DateField(_("read until"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = kept(PageQuerySet)
    everything = PageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page of the handbook")
        verbose_name_plural = _("pages of the handbook")
        constraints = [
            models.UniqueConstraint(
                fields=["company", "family", "language"],
                condition=models.Q(deleted_at=None),
                name="handbook_page_once_per_language",
            ),
            models.UniqueConstraint(
                fields=["company", "key", "language"],
                condition=models.Q(deleted_at=None) & ~models.Q(key=""),
                name="handbook_answer_once_per_language",
            ),
            models.CheckConstraint(condition=models.Q(shelf__in=SHELVES), name="handbook_shelf_known"),
        ]

    def __str__(self):
        return self.label

    @property
    def label(self) -> str:
        return self.title or handbook_questions.title(self.key)


class HandbookVersion(CompanyOwned):
    page = models.ForeignKey(HandbookPage, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(pgettext_lazy("of a page", "title"), max_length=200, blank=True)
    body = models.TextField(pgettext_lazy("of a page", "text"), max_length=BODY)
    note = models.CharField(_("what changed"), max_length=200, blank=True)
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("version of a page")
        verbose_name_plural = _("versions of a page")
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="handbook_version_once")]

    def __str__(self):
        return f"{self.page_id} v{self.number}"


class HandbookRead(CompanyOwned):
    """Somebody says that they have read this version."""

    page = models.ForeignKey(HandbookPage, on_delete=models.CASCADE, related_name="reads")
    number = models.PositiveIntegerField(_("version"))
    by = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(_("read on"), default=timezone.now)

    class Meta:
        verbose_name = _("read page")
        verbose_name_plural = _("read pages")
        constraints = [models.UniqueConstraint(fields=["page", "by", "number"], name="handbook_read_once")]

    def __str__(self):
        return f"{self.page_id} v{self.number}"


class Answer(models.TextChoices):
    OPEN = "open", pgettext_lazy("state of a proposal", "Waiting")
    TAKEN = "taken", pgettext_lazy("state of a proposal", "Taken over")
    CHANGED = "changed", pgettext_lazy("state of a proposal", "Taken over with changes")
    DECLINED = "declined", pgettext_lazy("state of a proposal", "Not taken over")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a proposal", "Withdrawn")


class ProposalQuerySet(CompanyQuerySet):
    def visible_to(self, membership):
        """Those who lead see all, others their own, while their plan runs."""
        if membership.is_boss:
            return self
        own = self.filter(by=membership)
        if membership.role != Role.HIRE:
            return own
        return own.filter(
            models.Exists(
                Onboarding.objects.running().filter(hire=membership, company=models.OuterRef("company"))
            )
        )

    def open(self):
        return self.filter(state=Answer.OPEN, page__deleted_at=None)


class HandbookProposal(Undoable, CompanyOwned):
    """Other words for a page, from somebody who may not write it; `number` is the version they were made from."""

    page = models.ForeignKey(HandbookPage, on_delete=models.CASCADE, related_name="proposals")
    number = models.PositiveIntegerField(_("version"))
    title = models.CharField(pgettext_lazy("of a page", "title"), max_length=200)
    body = models.TextField(pgettext_lazy("of a page", "text"), max_length=BODY)
    reason = models.CharField(_("why"), max_length=300)
    by = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(_("proposed on"), default=timezone.now)
    state = models.CharField(_("answer"), max_length=10, choices=Answer, default=Answer.OPEN)
    comment = models.CharField(_("comment"), max_length=500, blank=True)
    answered_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    result = models.PositiveIntegerField(_("became version"), null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal for a page")
        verbose_name_plural = _("proposals for a page")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "by"],
                condition=models.Q(state="open"),
                name="handbook_one_open_proposal_each",
            )
        ]

    def __str__(self):
        return f"{self.page_id} {self.at:%Y-%m-%d}"


class HandbookSkip(CompanyOwned):
    """One of the twelve questions was left for later."""

    key = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("question left for later")
        verbose_name_plural = _("questions left for later")
        constraints = [models.UniqueConstraint(fields=["company", "key"], name="handbook_skipped_once")]

    def __str__(self):
        return self.key
