"""The talent pool: people who agreed to be kept longer, told of other jobs, asked before their time is over.

Who is in it is no list of its own but a fact of the application: `keep_longer_until` is ahead, nobody is deciding about
them, they do not work here, and nobody has planned to erase them. So whoever takes that consent back is gone from every
page at once, and the clock of hiring.retention lets their data go.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import conflicts, find, undoing
from accounts.addresses import absolute
from accounts.models import Company
from hiring import consents, fulltext, placements, refusals
from hiring.applying import NOTICE, responsible
from hiring.consents import KEEP_DAYS
from hiring.locking import lock
from hiring.models import Application, Job, JobStatus, Outcome, PoolInvitation, PoolNote, Stage
from mailroom import outbox
from vault import folding, links, trail
from vault.models import Erasure

LINK = "pool"  # the purpose of the link in the mail that asks
SOURCE = "pool"  # of those who apply by an invitation
ASK_BEFORE = timedelta(days=30)
LINK_DAYS = 60  # so that the mail of the last day still opens something
FINALIST_DAYS = 183
TAGS, TAG = 5, 30
BATCH = 200
INVITED, ASKED = "pool_invitation", "pool_ask"
OVER = (JobStatus.CLOSED, JobStatus.FILLED)


class Refused(Exception):
    """`str()` is a sentence for people."""


# -- who is in it


def people(rows=None):
    """Applications of people in the pool, one of each person: their newest consent. With `until`, its last day."""
    rows = Application.objects.all() if rows is None else rows
    agreed = rows.filter(keep_longer_until__gte=timezone.localdate(), erased_at=None, is_test=False)
    decided = ~Q(outcome=Outcome.ACTIVE) | Q(job__status__in=OVER)
    newer = agreed.order_by().filter(decided, candidate=OuterRef("candidate"), pk__gt=OuterRef("pk"))
    found = agreed.filter(decided).exclude(stage=Stage.HIRED)
    found = found.filter(~Exists(newer), ~Exists(_elsewhere()), ~Exists(_leaving()))
    consents = Application.objects.filter(candidate=OuterRef("candidate")).order_by().values("candidate")
    return found.annotate(until=Subquery(consents.annotate(day=Max("keep_longer_until")).values("day")))


def _elsewhere():
    """Applications of the same person that somebody is deciding on, or by which they work here."""
    rows = Application.objects.filter(candidate=OuterRef("candidate"), outcome=Outcome.ACTIVE, erased_at=None)
    return rows.filter(Q(stage=Stage.HIRED) | ~Q(job__status__in=OVER))


def _leaving():
    """Whose erasing a person has planned; the clock's own plans wait for what was agreed."""
    rows = Erasure.objects.filter(subject_kind="candidate", subject_id=OuterRef("candidate"))
    return rows.filter(done_at=None, cancelled_at=None).exclude(source=Erasure.Source.CLOCK)


def seen_by(member):
    """Those in the pool whose application this member may see."""
    return people(Application.objects.for_company(member.company_id).visible_to(member))


def search(member, *, words="", language="", tag=""):
    """Words of what they sent, or of a name that is not hidden; `tag` is one of the shop's own."""
    rows = seen_by(member)
    terms = folding.terms(words)[:8]
    if terms:
        hidden = Q(job__hide_names=True, stage=Stage.CV, name_shown_at=None)
        named = find.begins("search", terms) & ~hidden
        rows = rows.filter(Q(pk__in=fulltext.matching(member.company_id, terms)) | named)
    if language:
        rows = rows.filter(language=language)
    if tag:
        rows = rows.filter(pool_note__tag_words__contains=f"|{tag}|")
    return rows


# -- notes


@transaction.atomic
def keep_note(application, *, by, text: str, tags: list[str], seen: int) -> PoolNote:
    """`seen` is the revision the form was made from. Raises conflicts.Changed."""
    _locked(application)
    note = _note(application)
    conflicts.check(note, seen)
    values = {"text": text, "tag_words": f"|{'|'.join(tags)}|" if tags else ""}
    before = {name: getattr(note, name) for name in values}
    if before != values:
        undoing.remember(note, "note", before, by=by)
        _write(note, values)
        _trail("pool.noted", application, by, ["text", "tags"])
    return note


@transaction.atomic
def take_note_back(application, mark: str, *, by) -> None:
    """What the note said before. Raises undoing.Refused."""
    _locked(application)
    note = _note(application)
    _write(note, undoing.take(note, mark, by=by).values)
    _trail("pool.taken_back", application, by, ["text", "tags"])


def _locked(application) -> Application:
    return lock(application)[1]


def _note(application) -> PoolNote:
    of_company = {"company_id": application.company_id}
    return PoolNote.objects.get_or_create(application_id=application.pk, defaults=of_company)[0]


def _write(note, values) -> None:
    for name, value in values.items():
        setattr(note, name, value)
    note.revision += 1
    note.save(update_fields=[*values, "revision", *undoing.FIELDS])


# -- told of another job


def jobs_for(application, member):
    """Open jobs of this member that the person neither applied to nor was told of."""
    theirs = Application.everything.filter(candidate=application.candidate_id).values("job")
    told = PoolInvitation.objects.filter(
        application__candidate=application.candidate_id, taken_back_at=None
    ).values("job")
    rows = Job.objects.for_company(member.company_id).visible_to(member).filter(status=JobStatus.OPEN)
    return rows.exclude(pk__in=theirs).exclude(pk__in=told).order_by("title", "pk")


@transaction.atomic
def invite(application, job, *, by) -> PoolInvitation:
    """Tells somebody of the pool of `job`, in ten minutes, by a link that says where they came from.

    Raises Refused, and locking.Refused for what was deleted meanwhile.
    """
    for pk in sorted({job.pk, application.job_id}):
        Job.everything.select_for_update(no_key=True, of=("self",)).get(pk=pk)
    row = _locked(application)
    if not seen_by(by).filter(pk=row.pk).exists():
        raise Refused(_("This person is not in the pool any more."))
    if not row.email:
        raise Refused(_("There is no e-mail address to write to."))
    if row.outcome == Outcome.NOT_SELECTED and not refusals.has_heard(row):
        raise Refused(_("This person has not heard of your last decision yet. Tell them first."))
    job = jobs_for(row, by).select_related("company", "created_by").filter(pk=job.pk).first()
    if job is None:
        raise Refused(_("This person knows of that job already, or it is not open."))
    invitation = PoolInvitation.objects.create(
        company_id=row.company_id, application=row, job=job, invited_by=by
    )
    _post(invitation)
    _trail("pool.invited", row, by, ["job"])
    return invitation


def _post(invitation) -> None:
    row, job = invitation.application, invitation.job
    outbox.post(
        message=INVITED,
        to=row.email,
        company=job.company,
        about=(INVITED, invitation.pk),
        language=row.language,
        context={
            "name": row.name,
            "job_title": job.title,
            "url": placements.address(job, SOURCE),
            "out_url": _link(row),
        },
        not_before=outbox.soon(),
        key=f"{INVITED}:{invitation.pk}",
        reply_to=responsible(job),
    )


@transaction.atomic
def take_invitation_back(invitation, *, by) -> None:
    """Before the mail has left. Raises undoing.Refused."""
    _locked(invitation.application)
    row = PoolInvitation.objects.select_for_update(no_key=True, of=("self",)).get(pk=invitation.pk)
    undoing.check(by, row.invited_by_id, row.invited_at)
    if row.taken_back_at or not outbox.cancel(about=(INVITED, row.pk), message=INVITED):
        raise undoing.Gone(_("The mail has left, or it was taken back already. Nothing was changed."))
    row.taken_back_at = timezone.now()
    row.save(update_fields=["taken_back_at"])
    _trail("pool.taken_back", invitation.application, by, ["job"])


def call_off(candidate: int) -> None:
    """Whoever does not want to be kept is written to no more; what has left has left."""
    rows = PoolInvitation.objects.filter(application__candidate=candidate, taken_back_at=None)
    for row in rows.order_by("pk"):
        if outbox.cancel(about=(INVITED, row.pk), message=INVITED):
            PoolInvitation.objects.filter(pk=row.pk).update(taken_back_at=timezone.now())


def forget_undo(candidate: int) -> None:
    """Their own no stands: an Undo of the shop that is still open does not bring them back."""
    for row in Application.everything.filter(candidate=candidate, undoable__has_key="pool").order_by("pk"):
        left = {what: entry for what, entry in row.undoable.items() if what != "pool"}
        Application.everything.filter(pk=row.pk).update(undoable=left)


# -- agreeing, and taking it back


def is_finalist(application) -> bool:
    """Came as far as references or an offer, is not in the running any more, and agreed to nothing yet."""
    late = application.stage in {Stage.REFERENCES, Stage.OFFER}
    return late and not application.is_active and application.keep_longer_until is None


@transaction.atomic
def agree(application, *, by) -> Application:
    """A finalist said that they like to be kept for six months: so somebody says. Raises Refused."""
    row = _locked(application)
    if not is_finalist(row):
        raise Refused(_("Only finalists who are not in the running can agree this way."))
    return _keep_until(row, {row.pk: timezone.localdate() + timedelta(days=FINALIST_DAYS)}, by, "pool.agreed")


@transaction.atomic
def leave(application, *, by) -> Application:
    """Told to the shop, by phone say: they are not kept longer. Out of the pool at once."""
    row = _locked(application)
    call_off(row.candidate_id)
    rows = Application.objects.filter(candidate=row.candidate_id).exclude(keep_longer_until=None)
    return _keep_until(row, dict.fromkeys(rows.order_by("pk").values_list("pk", flat=True)), by, "pool.left")


def _keep_until(row, days: dict, by, action) -> Application:
    rows = Application.objects.filter(pk__in=days).select_for_update(no_key=True, of=("self",))
    before = {str(other.pk): other.keep_longer_until for other in rows.order_by("pk")}
    for pk, day in days.items():
        Application.objects.filter(pk=pk).update(keep_longer_until=day)
        if not day:  # what they took back themselves is not given again by telling the shop
            consents.follow(pk, kept=False)
    undoing.remember(row, "pool", before, by=by)
    row.save(update_fields=undoing.FIELDS)
    _trail(action, row, by, ["keep_longer_until"])
    return row


@transaction.atomic
def take_back(application, mark: str, *, by) -> None:
    """The last agreeing or leaving that somebody of the shop noted. Raises undoing.Refused."""
    row = _locked(application)
    for pk, day in undoing.take(row, mark, by=by).values.items():
        Application.objects.filter(pk=int(pk), erased_at=None).update(
            keep_longer_until=date.fromisoformat(day) if day else None
        )
        consents.follow(int(pk), kept=bool(day))
    row.save(update_fields=undoing.FIELDS)
    _trail("pool.taken_back", row, by, ["keep_longer_until"])


# -- asking, a month before


def ask_all() -> int:
    """Asks everybody whose consent ends within the month, once for each last day; how many."""
    soon = timezone.localdate() + ASK_BEFORE
    rows = people().filter(until__lte=soon, company__is_demo=False).exclude(email="")
    rows = rows.exclude(pool_note__asked_until=F("until"))
    return sum(_ask(pk) for pk in list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH]))


@transaction.atomic
def _ask(pk) -> bool:
    lock(Application.objects.get(pk=pk))
    row = people().select_related("job__company", "job__created_by").filter(pk=pk).first()
    if row is None:
        return False
    note = _note(row)
    if note.asked_until == row.until:
        return False
    PoolNote.objects.filter(pk=note.pk).update(asked_until=row.until)
    outbox.post(
        message=ASKED,
        to=row.email,
        company=row.job.company,
        about=("application", row.pk),
        language=row.language,
        context={"name": row.name, "until": row.until, "url": _link(row)},
        key=f"{ASKED}:{row.pk}:{row.until}",
        reply_to=responsible(row.job),
    )
    return True


def _link(row) -> str:
    token = links.mint(
        purpose=LINK, subject=("application", row.pk), company_id=row.company_id, days=LINK_DAYS
    )
    return absolute(reverse("hiring_links:pool", args=[token]))


@transaction.atomic
def stay(application) -> date:
    """Behind the link: another year. The last day."""
    row = _locked(application)
    until = timezone.localdate() + timedelta(days=KEEP_DAYS)
    if row.keep_longer_until != until:
        Application.objects.filter(pk=row.pk).update(keep_longer_until=until, consent_version=NOTICE)
        consents.give(row, [consents.Purpose.KEEP])
        trail.record(
            "pool.stayed",
            company_id=row.company_id,
            actor_id=None,
            kind="candidate",
            pk=row.candidate_id,
            fields=["keep_longer_until"],
            by_link=LINK,
        )
    return until


# -- the trail


def read(company: Company, *, by) -> None:
    """Somebody looked at the list."""
    trail.record("pool.read", company_id=company.pk, actor_id=by.user_id, kind="company", pk=company.pk)


def opened(application, *, by) -> None:
    _trail("pool.opened", application, by, [])


def _trail(action, row, by, fields) -> None:
    trail.record(
        action, company_id=row.company_id, actor_id=by.user_id, kind="application", pk=row.pk, fields=fields
    )
