"""What hiring tells the team (mailroom.told): somebody applied, an answer to an offer, a time agreed or called off."""

from functools import partial

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.addresses import absolute
from accounts.models import Membership, Role
from hiring import calendar_messages, hosting
from hiring.models import (
    Application,
    Assignment,
    Interview,
    InterviewHost,
    JobMember,
    Offer,
    OfferState,
    Stage,
)
from mailroom import outbox, told
from mailroom.models import How, Mail, Notice
from vault.work import State

APPLIED, ANSWERED, TALK, ASSIGNED = "application", "offer", "interview", "assigned"
BOSSES = (Role.OWNER, Role.MANAGER)
TALKERS = (*BOSSES, Role.INTERVIEWER)


def register() -> None:
    rows = [
        (APPLIED, gettext_lazy("Somebody has applied"), How.DIGEST, BOSSES, applications),
        (ANSWERED, gettext_lazy("Your offer was answered"), How.ONCE, BOSSES, offers),
        (
            TALK,
            gettext_lazy("An interview of yours is agreed, moved or called off"),
            How.ONCE,
            TALKERS,
            talks,
        ),
        (ASSIGNED, gettext_lazy("You are asked to meet an applicant"), How.ONCE, TALKERS, assigned),
    ]
    told.letters.add("offer_answered")
    for key, label, default, roles, look in rows:
        noun = "application" if key == ASSIGNED else key
        told.register(key, label=label, default=default, roles=roles, look=look, noun=noun)


# -- telling


def applied(application, *, by=None) -> None:
    """Owners, and the managers of the job. One's own test is no news."""
    if not application.is_test:
        told.tell(kind=APPLIED, members=leading(application.job), about=application.pk, by=by)


def leading(job):
    """Owners, and the managers of the job."""
    on_it = JobMember.objects.filter(job=job).values("membership")
    leading = Q(role=Role.OWNER) | Q(role=Role.MANAGER, pk__in=on_it)
    members = Membership.objects.for_company(job.company_id).active().filter(leading)
    return members.select_related("user", "company").order_by("pk")


def read(application) -> None:
    """Somebody has decided on the CV: it is new to nobody any more."""
    told.handled(APPLIED, company_id=application.company_id, about=application.pk)


def answered(offer, application) -> None:
    """Whoever sent the offer hears of the answer, unless they have left the team: also whether the shop signs now."""
    accepted = offer.state == OfferState.ACCEPTED
    waits = accepted and application.stage != Stage.HIRED
    page = absolute(reverse("hiring:candidate", args=[application.pk]))
    contract = absolute(reverse("hiring:contract_pdf", args=[offer.pk])) if accepted and not waits else ""
    context = {
        "accepted": accepted,
        "waits": waits,
        "name": application.name,
        "job_title": offer.job_title,
        "note": offer.answer_note,
        "url": f"{page}?panel={Stage.OFFER}" if waits else page,
        "contract_url": contract,
    }
    letter = told.Letter(
        "offer_answered", context, about=("offer", offer.pk), key=f"offer-answered-{offer.pk}"
    )
    told.tell(kind=ANSWERED, members=[offer.sent_by], about=offer.pk, letter=letter)


def talk(interview, *, by) -> None:
    """Agreed, moved or called off: for everybody who is to meet this applicant. What was said before is over."""
    outbox.cancel(about=(TALK, interview.pk), message=told.ONE)
    meeting = Assignment.objects.filter(application=interview.application_id).values("membership")
    sits_in = InterviewHost.objects.filter(interview=interview).values("membership")
    who = Q(pk__in=meeting) | Q(pk__in=sits_in) | Q(pk=interview.created_by_id)
    members = Membership.objects.active().filter(who)
    told.tell(
        kind=TALK,
        members=members.select_related("user", "company").order_by("pk"),
        about=interview.pk,
        by=by,
        not_before=outbox.soon(),
    )


def no_talk(interview) -> None:
    """It was taken back: what has not left does not leave."""
    outbox.cancel(about=(TALK, interview.pk), message=told.ONE)
    told.withdraw(kind=TALK, company_id=interview.company_id, about=interview.pk)


def asked_to_meet(application, member, *, by) -> None:
    told.tell(kind=ASSIGNED, members=[member], about=application.pk, by=by, not_before=outbox.soon())


def not_asked_to_meet(application, member) -> None:
    """Taken back: this one's notice goes, and their mail if it has not left."""
    Notice.objects.filter(member=member, kind=ASSIGNED, about_id=application.pk).delete()
    waiting = Mail.objects.about("application", application.pk).filter(message=told.ONE, state=State.WAITING)
    waiting.filter(recipient=member.email).update(state=State.CANCELLED, key=None)


# -- looking: what it is now, and who may see it


def readers(members, rows) -> dict[int, set[int]]:
    """{application's number: members who may see it}, as Application.visible_to says for each. Two queries.

    `rows` are applications, `members` of the same company.
    """
    by_role = {role: {member.pk for member in members if member.role == role} for role in Role.values}
    on_jobs = JobMember.objects.filter(membership__in=by_role[Role.MANAGER], job__in={r.job_id for r in rows})
    meets = Assignment.objects.filter(membership__in=by_role[Role.INTERVIEWER], application__in=rows)
    leading = set(on_jobs.values_list("job", "membership"))
    meeting = set(meets.values_list("application", "membership"))
    return {
        row.pk: by_role[Role.OWNER]
        | {member for job, member in leading if job == row.job_id}
        | {member for application, member in meeting if application == row.pk}
        for row in rows
    }


def _applications(members, pks) -> list[Application]:
    rows = Application.objects.for_company(members[0].company_id).filter(pk__in=pks)
    return list(rows.select_related("job").order_by("pk"))


def _page(application) -> str:
    return reverse("hiring:candidate", args=[application.pk])


def applications(members, pks) -> dict[int, told.Thing]:
    rows = _applications(members, pks)
    see = readers(members, rows)
    return {
        row.pk: told.Thing(see[row.pk], not _unread(row), _page(row), partial(_say_applied, row))
        for row in rows
    }


def _unread(row) -> bool:
    return row.is_active and row.stage == Stage.CV and row.later_at is None


def _say_applied(application, reader) -> str:
    values = {"name": application.shown_name, "job": application.job.title}
    return _("%(name)s has applied: %(job)s.") % values


def assigned(members, pks) -> dict[int, told.Thing]:
    rows = _applications(members, pks)
    see = readers(members, rows)
    return {
        row.pk: told.Thing(see[row.pk], row.is_over, _page(row), partial(_say_assigned, row)) for row in rows
    }


def _say_assigned(application, reader) -> str:
    values = {"name": application.shown_name, "job": application.job.title}
    return _("You are asked to meet %(name)s: %(job)s.") % values


def offers(members, pks) -> dict[int, told.Thing]:
    rows = Offer.objects.for_company(members[0].company_id).filter(pk__in=pks).order_by("pk")
    rows = list(rows.select_related("application__job"))
    see = readers(members, [row.application for row in rows])
    return {
        row.pk: told.Thing(
            see[row.application_id], _settled(row), _page(row.application), partial(_say_answered, row)
        )
        for row in rows
    }


def _settled(offer) -> bool:
    """After a no somebody has gone on: with other terms it is another offer, or the way has ended."""
    return offer.state != OfferState.ACCEPTED and (
        not offer.application.is_active or offer.application.stage != Stage.OFFER
    )


def _say_answered(offer, reader) -> str:
    name = {"name": offer.application.name}
    if offer.state == OfferState.ACCEPTED:
        return _("%(name)s has signed your offer.") % name
    return _("%(name)s has declined your offer.") % name


def talks(members, pks) -> dict[int, told.Thing]:
    rows = Interview.objects.for_company(members[0].company_id).filter(pk__in=pks).order_by("pk")
    rows = list(rows.select_related("application__job"))
    see = readers(members, [row.application for row in rows])
    return {
        row.pk: told.Thing(
            see[row.application_id],
            row.ends_at < now(),
            _page(row.application),
            partial(_say_talk, row),
            partial(_for_calendar, row),
        )
        for row in rows
    }


def _for_calendar(interview, reader) -> list:
    """Who sits in gets it into their own calendar with the mail."""
    if reader.pk not in hosting.pks_of(interview):
        return []
    return [calendar_messages.for_host(interview, reader)]


def _say_talk(interview, reader) -> str:
    """The time is the reader's own."""
    values = {
        "name": interview.application.shown_name,
        "when": date_format(localtime(interview.starts_at), "SHORT_DATETIME_FORMAT"),
    }
    if interview.cancelled_at:
        return _("Called off: %(name)s, %(when)s.") % values
    if interview.sequence:
        return _("Moved: %(name)s, now %(when)s.") % values
    return _("Agreed: %(name)s, %(when)s.") % values
