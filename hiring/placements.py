"""Where an advert was posted: links that say so, visits counted, what was paid, until when it runs."""

import base64
import re
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts import undoing
from accounts.addresses import absolute
from hiring import pipeline
from hiring.models import Job, Placement
from vault import trail

FEED = "feed"  # the feed for job search engines: a channel, and no place of anybody's list
SALT = "hiring.placement"
LINK = re.compile(r"([a-z]{2,20}|own\d{1,15})-(\d{1,15})-(\d{1,4})-([\w-]{12})", re.ASCII)
DETAILS = ("posted_on", "expires_on", "price", "currency")
# Who fetches a page without being a person, as far as it says so; roughly is enough for a count.
ROBOT = re.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|embedly|curl|wget|python|java/|"
    r"go-http|okhttp|httpclient|monitor|scan",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Touch:
    """What a tracked link says: the advert of this job, in this place, posted there for this time."""

    channel: str
    job_id: int
    number: int

    @property
    def named(self) -> dict:
        return {"job_id": self.job_id, "channel": self.channel, "number": self.number}


# -- links


def token(job, channel: str, number: int = 1) -> str:
    """Signed, so that nobody invents places or adds to the counts of one they were not sent to."""
    said = f"{channel}-{job.pk}-{number}"
    return f"{said}-{_signature(said)}"


def read(said: str) -> Touch | None:
    """What a link's token says; None for one that is not ours."""
    found = LINK.fullmatch(said)
    if found is None or not constant_time_compare(found[4], _signature(said[: found.end(3)])):
        return None
    return Touch(found[1], int(found[2]), int(found[3]))


def _signature(said) -> str:
    digest = salted_hmac(SALT, said, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:9]).decode()


def address(job, channel: str, number: int = 1) -> str:
    """The advert's address that remembers where somebody found it."""
    path = reverse("careers:job", args=[job.company.slug, job.slug])
    return f"{absolute(path)}?{urlencode({'via': token(job, channel, number)})}"


# -- visits, and who came by which link


def is_robot(agent: str) -> bool:
    return not agent or ROBOT.search(agent) is not None


def visited(touch: Touch, job) -> None:
    """One more opening of the advert through this link."""
    rows = Placement.objects.filter(**touch.named)
    if not rows.update(visits=F("visits") + 1):
        _row(job, touch.channel, touch.number)
        rows.update(visits=F("visits") + 1)


def first_touch(job, said: str) -> tuple[str, Placement | None]:
    """(source, placement) of somebody who applies for `job` and came by the link `said` first; ("", None) without.

    By the link of another job of the same shop: the source alone, for that advert was not for this job.
    """
    touch = read(said)
    if touch is None:
        return "", None
    if touch.job_id == job.pk:
        return touch.channel, _row(job, touch.channel, touch.number)
    ours = Job.everything.filter(pk=touch.job_id, company_id=job.company_id)
    return (touch.channel, None) if ours.exists() else ("", None)


def latest(job, channel: str) -> Placement | None:
    return Placement.objects.filter(job=job, channel=channel).order_by("-number").first() if channel else None


def _row(job, channel, number) -> Placement:
    of_company = {"company_id": job.company_id}
    return Placement.objects.get_or_create(job=job, channel=channel, number=number, defaults=of_company)[0]


# -- what people do


def is_over(placement, today: date) -> bool:
    """Taken down, or its days are over: posted once more, it is another."""
    expired = placement.expires_on is not None and placement.expires_on < today
    return placement.taken_down_at is not None or expired


def next_number(newest: Placement | None, today: date) -> int:
    """Of the link for a place whose newest placement is this one."""
    if newest is None:
        return 1
    return newest.number + 1 if is_over(newest, today) else newest.number


@transaction.atomic
def post(job, channel: str, *, values: dict, by) -> Placement:
    """It was posted there: `values` are DETAILS. Said twice, the first stands."""
    job = pipeline.lock_job(job.pk)
    row = _row(job, channel, next_number(latest(job, channel), timezone.localdate()))
    if row.is_up:
        return row
    row.posted_by = by
    return _set(row, "posted", values, by=by, action="placement.posted")


@transaction.atomic
def change(placement, *, values: dict, by) -> Placement:
    """Other DETAILS. Another last day is announced again."""
    row = _locked(placement)
    if values["expires_on"] != row.expires_on:
        row.reminded_at = None
    return _set(row, "changed", values, by=by, action="placement.changed")


@transaction.atomic
def take_down(placement, *, by) -> Placement:
    row = _locked(placement)
    if not row.is_up:
        return row
    return _set(row, "down", {"taken_down_at": timezone.now()}, by=by, action="placement.taken_down")


@transaction.atomic
def take_back(placement, mark: str, *, by) -> None:
    """The last posting, change or taking down. Raises undoing.Refused."""
    row = _locked(placement)
    taken = undoing.take(row, mark, by=by)
    if latest(row.job, row.channel).number != row.number:
        raise undoing.Gone(_("It was posted there again since. Nothing was changed."))
    for name, value in taken.values.items():
        setattr(row, name, row._meta.get_field(name).to_python(value))
    row.save(update_fields=[*taken.values, *undoing.FIELDS])
    _record("placement.taken_back", row, by)


def _locked(placement) -> Placement:
    job = pipeline.lock_job(placement.job_id)
    row = Placement.objects.select_for_update(no_key=True, of=("self",)).get(pk=placement.pk)
    row.job = job
    return row


def _set(row, what, values, *, by, action) -> Placement:
    undoing.remember(row, what, {name: getattr(row, name) for name in values}, by=by)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=[*values, "posted_by", "reminded_at", *undoing.FIELDS])  # visits go on meanwhile
    _record(action, row, by)
    return row


def _record(action, row, by):
    trail.record(
        action, company_id=row.company_id, actor_id=by.user_id, kind="placement", pk=row.pk, fields=[]
    )
