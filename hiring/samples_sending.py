"""Work samples on their way: sent, begun, written, sent back, reminded of, called off. Locks job, then application."""

import secrets
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import conflicts, undoing, zones
from hiring import letters, sample_letters, sample_telling, samples
from hiring.judging import locked
from hiring.models import Application, Outcome, SampleText, Stage, WorkSample
from hiring.pipeline import Refused, lock_job
from mailroom import outbox
from vault import links, trail

DAYS = 7
BEFORE = timedelta(days=2)
NOT_SOONER = timedelta(days=1)  # whoever was written to yesterday is not reminded today
FROM_HOUR, TO_HOUR = 9, 18  # where the shop is
BATCH = 500
TALKED_TO = (Stage.PHONE, Stage.INTERVIEW, Stage.REFERENCES, Stage.OFFER)


# -- what is sent


def text_of(job) -> SampleText:
    return SampleText.objects.filter(job=job).first() or SampleText(job=job, company_id=job.company_id)


def texts(text: SampleText, language: str) -> dict:
    """What an applicant will read: plain values in this language, or the shop's own words as they are."""
    if text.key != samples.OWN:
        return samples.texts(text.key, language)
    messages = ((text.message_1, text.points_1), (text.message_2, text.points_2))
    return {
        "shop": text.shop,
        "policy": text.policy,
        "messages": [
            {"sender": "", "text": message, "points": [line for line in points.splitlines() if line.strip()]}
            for message, points in messages
        ],
    }


@transaction.atomic
def keep_text(job, *, by, values: dict, seen: int | None = None) -> SampleText:
    """Which sample the job uses from now on; what was sent stays as it was. Raises conflicts.Changed, Refused."""
    lock_job(job.pk)
    text = text_of(job)
    if text.pk is None:
        text.revision = 0
    conflicts.check(text, seen)
    before = {name: getattr(text, name) for name in values}
    undoing.remember(text, "text", before, by=by)
    for name, value in values.items():
        setattr(text, name, value)
    text.revision += 1
    text.save()
    _trail("sample.text_changed", text.company_id, job.pk, by, kind="job")
    return text


@transaction.atomic
def take_back_text(job, mark: str, *, by) -> None:
    """The text as it was before the last keeping. Raises undoing.Refused."""
    lock_job(job.pk)
    text = text_of(job)
    taken = undoing.take(text, mark, by=by)
    for name, value in taken.values.items():
        setattr(text, name, value)
    text.revision += 1
    text.save()
    _trail("sample.text_changed", text.company_id, job.pk, by, kind="job")


# -- to whom


def may_get(job):
    """Whom one talks to or has talked to, with an address, still in the running, and without a sample yet."""
    have = WorkSample.objects.standing().filter(job=job).values("application")
    rows = Application.objects.for_company(job.company_id).filter(job=job, stage__in=TALKED_TO)
    return rows.active().exclude(email="").exclude(pk__in=have).order_by("pk")


@transaction.atomic
def send(job, people, *, by, days=DAYS, relaxed=frozenset()) -> list[WorkSample]:
    """Sends the job's sample to these applications, in ten minutes; whoever cannot get one (any more) is left out.

    `relaxed` are the numbers of applications that asked for something to be changed: they get twice the days.
    Raises Refused when nobody is left.
    """
    job = lock_job(job.pk)
    rows = may_get(job).select_for_update(no_key=True, of=("self",)).filter(pk__in=[row.pk for row in people])
    if not (rows := list(rows)):
        raise Refused(
            _("Nobody here can get a sample: they have one, have no address, or are out of the running.")
        )
    batch, text = secrets.token_hex(8), text_of(job)
    number = WorkSample.objects.filter(job=job).aggregate(n=Max("number"))["n"] or 0
    sent = []
    for nth, row in enumerate(rows, number + 1):
        row.job = job
        values = {"days": days * 2 if row.pk in relaxed else days, "relaxed": row.pk in relaxed}
        sent.append(_send_one(row, text, by, batch=batch, number=nth, **values))
    return sent


def _send_one(row, text, by, *, days, **fields) -> WorkSample:
    sample = WorkSample(
        company_id=row.company_id, application=row, job=row.job, sent_by=by, texts=texts(text, row.job.language),
        expires_at=end_of_day(row.job.company, days), **fields,
    )  # fmt: skip
    undoing.remember(sample, "sent", {}, by=by)
    sample.save()
    sample_letters.write(sample, sample_letters.SAMPLE, by, not_before=outbox.soon())
    _trail("sample.sent", sample.company_id, row.pk, by)
    return sample


def end_of_day(company, days: int) -> datetime:
    """The last minute of the day that many days from now, where the shop is."""
    zone = zones.named(company.timezone) or timezone.get_default_timezone()
    day = timezone.localtime(timezone=zone).date() + timedelta(days=days)
    return datetime.combine(day, time(23, 59), tzinfo=zone)


# -- taken back, called off, given more time


@transaction.atomic
def take_back(job, batch: str, *, by) -> int:
    """Nobody of this batch gets a mail that has not left, and its link is dead; how many. Raises undoing.Refused."""
    lock_job(job.pk)
    rows = WorkSample.objects.filter(job=job, batch=batch).select_for_update(no_key=True, of=("self",))
    rows = list(rows.order_by("pk"))
    if not rows:
        raise undoing.Gone(_("This was taken back already. Nothing was changed."))
    for row in rows:
        entry = row.undoable.get("sent", {"by": row.sent_by_id})
        undoing.check(by, entry["by"], row.sent_at)
    held = [
        row
        for row in rows
        if row.started_at is None and letters.hold_back(("sample", row.pk), sample_letters.SAMPLE)
    ]
    if not held:
        raise undoing.Refused(_("The samples have left. Call one off on its page instead."))
    for row in held:
        links.revoke(purpose="sample", subject=("sample", row.pk))
        _trail("sample.taken_back", row.company_id, row.application_id, by)
        row.delete()
    return len(held)


def may_take_back(sample, member) -> bool:
    return bool(undoing.offered(sample, "sent", member)) and sample.started_at is None


@transaction.atomic
def cancel(sample, *, by) -> WorkSample:
    """Calls it off: the link then says that it is not needed any more. Raises Refused once it was sent back."""
    sample = _locked(sample)
    if sample.cancelled_at:
        return sample
    if sample.finished_at:
        raise Refused(_("This sample has come in. It goes with the application."))
    undoing.remember(sample, "cancelled", {}, by=by)
    sample.cancelled_at = timezone.now()
    sample.save(update_fields=["cancelled_at", *undoing.FIELDS])
    sample_letters.stop(sample)
    _trail("sample.cancelled", sample.company_id, sample.application_id, by)
    return sample


@transaction.atomic
def uncancel(sample, mark: str, *, by) -> None:
    """Asked for again; a mail that had not left leaves after all. Raises undoing.Refused."""
    sample = _locked(sample)
    undoing.take(sample, mark, by=by)
    if WorkSample.objects.standing().filter(application=sample.application_id).exists():
        raise undoing.Gone(_("Another sample was sent since. Nothing was changed."))
    sample.cancelled_at = None
    sample.save(update_fields=["cancelled_at", *undoing.FIELDS])
    if sample.application.is_active:
        sample_letters.again(sample)
    _trail("sample.put_back", sample.company_id, sample.application_id, by)


@transaction.atomic
def give_time(sample, *, by, days=DAYS) -> WorkSample:
    """So many days from today, told in a new mail with a new link. Raises Refused when it is in, or called off."""
    sample = _locked(sample)
    if sample.finished_at or sample.cancelled_at or not sample.application.is_active:
        raise Refused(_("This sample has come in, was called off, or the person is out of the running."))
    sample.expires_at, sample.reminded_at = end_of_day(sample.job.company, days), None
    sample.undoable, sample.undo_until = {}, None
    sample.save(update_fields=["expires_at", "reminded_at", *undoing.FIELDS])
    outbox.cancel(about=("sample", sample.pk), message=sample_letters.SAMPLE)
    sample_letters.write(sample, sample_letters.SAMPLE, by, not_before=outbox.soon())
    _trail("sample.prolonged", sample.company_id, sample.application_id, by)
    return sample


# -- what the applicant does


class Closed(Exception):
    """Not to be written any more: in already, called off, or its day is over. `sample` is as it is now."""

    def __init__(self, sample):
        self.sample = sample
        super().__init__(f"sample {sample.pk}")


@transaction.atomic
def begin(sample) -> WorkSample:
    """The applicant opens the task. Twice is once; only they see when."""
    sample = _open(sample)
    if sample.started_at is None:
        sample.started_at = timezone.now()
        sample.save(update_fields=["started_at"])
    return sample


@transaction.atomic
def save(sample, *, answers: tuple[str, str], seen: int) -> WorkSample:
    """Keeps what was written so far; nobody but the applicant sees it. Raises Closed and conflicts.Changed."""
    sample = _open(sample)
    return _put(sample, answers, seen)


@transaction.atomic
def finish(sample, *, answers: tuple[str, str], seen: int) -> WorkSample:
    """Sends it in, once. Raises Closed and conflicts.Changed."""
    sample = _put(_open(sample), answers, seen, finished_at=timezone.now())
    outbox.cancel(about=("sample", sample.pk), message=sample_letters.REMINDER)
    sample_telling.came_in(sample)
    trail.record(
        "sample.came_in", company_id=sample.company_id, actor_id=None, kind="application",
        pk=sample.application_id, by_link="sample",
    )  # fmt: skip
    return sample


def _put(sample, answers, seen, **more) -> WorkSample:
    conflicts.check(sample, seen)
    sample.answer_1, sample.answer_2 = answers
    sample.revision += 1
    sample.started_at = sample.started_at or timezone.now()
    for name, value in more.items():
        setattr(sample, name, value)
    sample.save(update_fields=["answer_1", "answer_2", "revision", "started_at", *more])
    return sample


def _open(sample) -> WorkSample:
    sample = _locked(sample)
    if not sample.is_open:
        raise Closed(sample)
    return sample


def _locked(sample) -> WorkSample:
    """Behind its application, so that an erasing is waited for. Raises judging.NotThere, and undoing.Gone."""
    application = locked(sample.application)
    rows = WorkSample.objects.select_related("job__company", "sent_by").select_for_update(
        no_key=True, of=("self",)
    )
    row = rows.filter(pk=sample.pk).first()
    if row is None:
        raise undoing.Gone(_("This was taken back already. Nothing was changed."))
    row.application = application
    return row


# -- reminding


def remind() -> int:
    """Reminds once, two days before the last one, by day; how many. A doubled run reminds once."""
    now = timezone.now()
    due = _to_remind(now).values_list("pk", flat=True)
    return sum(_remind(pk, now) for pk in list(due.order_by("expires_at", "pk")[:BATCH]))


def _to_remind(now):
    """Only whom the task still concerns: a refusal that is undone in time is reminded after all."""
    open_ = Q(
        finished_at=None,
        cancelled_at=None,
        reminded_at=None,
        expires_at__gt=now,
        expires_at__lte=now + BEFORE,
        application__outcome=Outcome.ACTIVE,
        application__deleted_at=None,
        application__erased_at=None,
    )
    return WorkSample.objects.filter(open_, sent_at__lte=now - NOT_SOONER).exclude(application__email="")


@transaction.atomic
def _remind(pk, now) -> bool:
    """Behind the application, so that a refusal of this very moment is waited for."""
    Application.everything.select_for_update(no_key=True, of=("self",)).filter(samples=pk).first()
    rows = _to_remind(now).select_for_update(no_key=True, of=("self",)).filter(pk=pk)
    sample = rows.select_related("application", "job__company", "sent_by").first()
    if sample is None or not _by_day(sample, now):
        return False
    sample.reminded_at = now
    sample.save(update_fields=["reminded_at"])
    sample_letters.write(sample, sample_letters.REMINDER, sample.sent_by)
    return True


def _by_day(sample, now) -> bool:
    zone = zones.named(sample.job.company.timezone) or timezone.get_default_timezone()
    return FROM_HOUR <= timezone.localtime(now, timezone=zone).hour < TO_HOUR


def _trail(action, company_id, pk, by, *, kind="application"):
    trail.record(action, company_id=company_id, actor_id=by.user_id, kind=kind, pk=pk)
