"""Who goes when: the clock looks ahead a week, tells the owner, and erases nobody it has not announced.

Runs every hour, as often as it likes: what is announced stays announced, what is gone is gone. A day that nobody
ran is caught up on the next.
"""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.addresses import absolute
from accounts.models import Company, Membership, Role
from hiring import retention
from hiring.models import Candidate
from mailroom import outbox
from mailroom.models import Mail
from vault import erasing, trail
from vault.models import Erasure, Hold

GRACE = timedelta(days=7)
BATCH = 200  # of one company in one run
# More than this part of a shop's people at once is a clock that jumped or a slip, not retention. A handful may go.
MOST = 0.2
HANDFUL = 5
KIND = "candidate"
PLANNED = {"done_at": None, "cancelled_at": None}
OPEN = PLANNED | {"subject_kind": KIND}


def run(*, dry_run=False) -> dict[int, dict]:
    """Announces and erases in every company; what was done, or with `dry_run` would be, by company number."""
    done = {}
    for company in Company.objects.order_by("pk").iterator():
        # The sample shop keeps its people.
        announced = 0 if company.is_demo else announce(company, dry_run=dry_run)
        said = {"announced": announced, "erased": erase_due(company, dry_run=dry_run)}
        if any(said.values()):
            done[company.pk] = said
    return done


def listed(company) -> QuerySet:
    """Everybody with a day, the soonest first, with `planned`: is there a day already that somebody announced?"""
    planned = Erasure.objects.filter(**OPEN, subject_id=OuterRef("pk"))
    return retention.leaving(company).annotate(planned=Exists(planned))


def not_held(rows: QuerySet) -> QuerySet:
    return rows.exclude(pk__in=erasing.holds(KIND).values("subject_id"))


def too_many(company, number: int) -> bool:
    people = Candidate.objects.for_company(company).filter(retention.something_left(company)).count()
    return number > max(HANDFUL, MOST * people)


# -- a week before


def due(company) -> QuerySet:
    """Whose day comes within the week, and of whom nothing is announced yet."""
    before = timezone.localdate() + GRACE
    return not_held(listed(company)).filter(goes_on__lte=before, planned=False)


def announce(company, *, dry_run=False) -> int:
    """Sets the day, a week from now at the earliest, and mails the owners; how many people. None at once too many."""
    coming = list(due(company).values_list("pk", "goes_on")[: BATCH * 10])
    if not coming or dry_run:
        return len(coming)
    if too_many(company, len(coming)):
        _stop(company, len(coming))
        return 0
    announce_all(company, coming[:BATCH])
    return len(coming[:BATCH])


def announce_all(company, coming, *, by_id=None) -> None:
    """`coming` are (candidate, day). `by_id`: who looked at the list and lets them go, however many."""
    earliest = timezone.localdate() + GRACE
    for pk, day in coming:
        erasing.plan(
            KIND, pk, company_id=company.pk, on=max(day, earliest), source=Erasure.Source.CLOCK, by_id=by_id
        )
    _mail(company, "data_leaving", len(coming), earliest)


def _stop(company, number) -> None:
    """Nothing goes; the owners are told once a day, and the trail says so."""
    if _mail(company, "data_stopped", number, None):
        trail.record(
            "data.retention_stopped", company_id=company.pk, actor_id=None, kind="company", pk=company.pk
        )


def _mail(company, message, number, on) -> bool:
    """To every owner, without a name: names belong on the page, which forgets. False when today's went already."""
    today, fresh = timezone.localdate(), False
    owners = Membership.objects.for_company(company).in_role(Role.OWNER).exclude(user=None)
    for owner in owners.select_related("user").order_by("pk"):
        key = f"{message}-{owner.pk}-{today}"
        fresh = fresh or not Mail.objects.filter(key=outbox.own_key(company, key)).exists()
        outbox.post(
            message=message,
            to=owner.email,
            company=company,
            about=("company", company.pk),
            language=owner.user.language,
            context={"n": number, "on": on, "url": absolute(reverse("hiring:leaving"))},
            key=key,
        )
    return fresh


# -- on the day


def erase_due(company, *, dry_run=False) -> int:
    """Erases candidates and members whose day has come; how many.

    Looks again first: a new contact or a consent calls off what the clock announced.
    """
    rows = Erasure.objects.filter(**PLANNED, company_id=company.pk, on__lte=timezone.localdate())
    rows = list(rows.exclude(_held()).order_by("on", "pk")[:BATCH])
    known = retention.leaving(company).filter(pk__in=[row.subject_id for row in rows])
    days = dict(known.values_list("pk", "goes_on"))
    going = [row for row in rows if row.source != Erasure.Source.CLOCK or _still(row, days)]
    if dry_run:
        return len(going)
    for row in set(rows) - set(going):
        erasing.call_off(row)
    unasked = [row for row in going if row.source == Erasure.Source.CLOCK and row.asked_by_id is None]
    if too_many(company, len(unasked)):
        _stop(company, len(unasked))
        going = [row for row in going if row not in unasked]
    return sum(_erase(row) for row in going)


def _held():
    """Whose erasing waits: everybody under a legal hold, and those of whom the clock alone says that they go."""
    same = {"subject_kind": OuterRef("subject_kind"), "subject_id": OuterRef("subject_id")}
    today = {"lifted_at": None, "until__gte": timezone.localdate()}
    holds = Hold.objects.filter(**same, **today)
    return Exists(holds.filter(legal=True)) | Exists(holds.filter(legal=False)) & Q(
        source=Erasure.Source.CLOCK
    )


def _still(row, days) -> bool:
    day = days.get(row.subject_id)
    return day is not None and day <= timezone.localdate()


def _erase(row) -> bool:
    """One person, one transaction; what refuses today is tried tomorrow and stops nobody else."""
    try:
        erasing.erase(
            row.subject_kind,
            row.subject_id,
            company_id=row.company_id,
            by_id=row.asked_by_id,
            source=row.source,
        )
    except erasing.Refused:
        return False
    return True
