"""Deleting for people: what is deleted is gone from every page at once, and can be put back for 14 days.

A model that is Deletable has `objects`, which knows nothing of deleted rows, and `everything`. Each app names its
kinds in <app>/deleted.py; the page of them and the task that deletes for good are config's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone


class Deletable(models.Model):
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    deleted_by = models.ForeignKey(
        "accounts.Membership",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        abstract = True


def kept(queryset_class) -> models.Manager:
    """The manager of rows that are not deleted: the one place where they are left out."""

    class Kept(models.Manager.from_queryset(queryset_class)):
        def get_queryset(self):
            return super().get_queryset().filter(deleted_at=None)

    return Kept()


class Refused(Exception):
    """Not to be deleted, or not to be put back; `str()` is a sentence for people."""


@dataclass(frozen=True)
class Kind:
    """One kind of thing that lies in Recently deleted.

    `rows` gives the deleted rows of all companies, with what `label` reads; `put_back(row, by=)` and
    `purge(row)` do what they say with a row of it, `purge` for good and with its files. `may(membership)` narrows
    the rows to what a member may see. `moment` and `who` are the names of the row's columns.
    """

    code: str
    name: str
    rows: Callable
    label: Callable
    put_back: Callable
    purge: Callable
    may: Callable
    moment: str = "deleted_at"
    who: str = "deleted_by"

    def visible_to(self, membership) -> models.QuerySet:
        own = self.rows().filter(company=membership.company_id).select_related(self.who)
        return self.may(own, membership).filter(**{f"{self.moment}__gt": limit()})

    def overdue(self) -> models.QuerySet:
        return self.rows().filter(**{f"{self.moment}__lte": limit()}).order_by("pk")


@dataclass(frozen=True)
class Line:
    """One row of the page."""

    kind: Kind
    pk: int
    label: str
    by: str
    at: datetime

    @property
    def gone_on(self) -> datetime:
        return self.at + timedelta(days=settings.DELETED_DAYS)


def lines(kinds, membership) -> list[Line]:
    """What this member may put back, one query a kind."""
    return [_line(kind, row) for kind in kinds for row in kind.visible_to(membership).order_by("-pk")[:SHOWN]]


SHOWN = 100


def _line(kind, row) -> Line:
    by = getattr(row, kind.who)
    return Line(kind, row.pk, str(kind.label(row)), str(by or ""), getattr(row, kind.moment))


def limit() -> datetime:
    """What was deleted before this moment goes for good."""
    return timezone.now() - timedelta(days=settings.DELETED_DAYS)


def stamp(row, *, by) -> None:
    """Not saved: the caller saves `deleted_at` and `deleted_by` under its own locks."""
    row.deleted_at, row.deleted_by = (timezone.now(), by) if by else (None, None)


STAMP = ["deleted_at", "deleted_by"]
