"""Verbs of hiring with everything filled in, for tests that are about something else."""

from django.urls import reverse
from django.utils import timezone

from hiring import approvals, offers, pipeline
from hiring.models import How, Outcome, Reason, Stage, Told
from mailroom import outbox
from mailroom.models import Mail
from tests.factories import make_member


def refuse(application, by, *, tell=Told.MAIL, **fields):
    """Not selected, for the hours; the application is refreshed."""
    values = {"reason": Reason.HOURS, "how": How.PAGE, "why": "asked not to be written to"} | fields
    move = pipeline.not_select(application, by=by, expected=application.standing, tell=tell, **values)
    application.refresh_from_db()
    return move


def withdraw(application, by=None, **fields):
    """By hand, or without `by` behind the candidate's link."""
    values = {"expected": application.standing, "how": How.PAGE} if by else {"by_link": True}
    move = pipeline.withdraw(application, by=by, **(values | fields))
    application.refresh_from_db()
    return move


def take_up(application, by, *, reason="news"):
    move = pipeline.take_up(application, by=by, expected=application.standing, reason=reason, how=How.PAGE)
    application.refresh_from_db()
    return move


def unhire(application, by, *, reason="no_show", **fields):
    move = pipeline.unhire(
        application, by=by, expected=application.standing, reason=reason, how=How.PAGE, **fields
    )
    application.refresh_from_db()
    return move


def undo(move, by):
    """Takes it back; the application that the move names is refreshed and returned."""
    back = pipeline.undo(move, by=by)
    return back.application


def send_offer(offer, by, **fields):
    """As it is done: what a manager sends has been approved by an owner."""
    approve_offer(offer, by)
    return offers.send(offer, by=by, **fields)


def approve_offer(offer, by):
    """By an owner whom `by` has asked; nothing where they are one."""
    if approvals.needed(by):
        owner = approvals.owners(by.company).first() or make_member(by.company, "owner")
        approvals.approve(approvals.ask(offer, by=by), by=owner)


def refusal_mail(application) -> str | None:
    """What became of the newest refusal: "waiting", "sent", "cancelled", None."""
    return outbox.state(about=("application", application.pk), message="not_selected")


def deliver(message):
    """As if the mail server had taken every such mail that waits."""
    Mail.objects.filter(message=message, state="waiting").update(state="done")


def standing(application) -> str:
    return type(application).objects.get(pk=application.pk).standing


def url(name, row) -> str:
    return reverse(f"hiring:{name}", args=[row.pk])


def text(response) -> str:
    return response.content.decode()


def put(application, stage, outcome=Outcome.ACTIVE):
    """Placed there directly, where the way is not what is tested; the application is refreshed."""
    over = outcome != Outcome.ACTIVE or stage == Stage.HIRED
    type(application).objects.filter(pk=application.pk).update(
        stage=stage, outcome=outcome, ended_at=timezone.now() if over else None
    )
    application.refresh_from_db()
    return application
