"""How far an application is, in plain words, for the person who sent it."""

from contextlib import suppress

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from accounts.guards import by_link
from hiring import consents, corrections, pipeline, refusals
from hiring.message_forms import QuestionForm
from hiring.models import Application, How, Outcome, Stage

STEPS = (
    ("received", pgettext_lazy("step of an application", "Received")),
    ("reading", pgettext_lazy("step of an application", "Being read")),
    ("call", pgettext_lazy("step of an application", "Call")),
    ("interview", pgettext_lazy("step of an application", "Interview")),
    ("decision", pgettext_lazy("step of an application", "Decision")),
)
STEP_OF = {
    Stage.CV: "reading",
    Stage.PHONE: "call",
    Stage.INTERVIEW: "interview",
    Stage.REFERENCES: "decision",
    Stage.OFFER: "decision",
    Stage.HIRED: "decision",
}


@by_link("status")
def status(request, token):
    application = find(request)
    with translation.override(application.language):
        return render(request, "hiring/link_status.html", context(application, token))


@by_link("status")
@require_POST
def withdraw(request, token):
    """Takes the application back. Done twice it is done once."""
    application = find(request)
    with suppress(
        pipeline.Refused, pipeline.Stale
    ):  # over already, or this moment: the page says how it stands
        pipeline.withdraw(application, by=None, expected=application.standing, how=How.LINK, by_link=True)
    return redirect("hiring_links:status", token)


def find(request) -> Application:
    """The application of the link; whoever was erased has none."""
    own = Application.objects.for_company(request.link.company_id).select_related("job__company")
    found = own.filter(pk=request.link.subject_id).first()
    if found is None:
        raise Http404
    return found


def context(application, token, ask_form=None) -> dict:
    now = told(application)
    codes = [code for code, _name in STEPS]
    reached = codes.index(now if now in codes else STEP_OF[application.stage])
    steps = [
        {"name": name, "state": "done" if n < reached else "now" if n == reached else "later"}
        for n, (_code, name) in enumerate(STEPS)
    ]
    return {
        "application": application,
        "job": application.job,
        "shop": application.job.company,
        "now": now,
        "steps": steps,
        "token": token,
        "ask_form": ask_form or QuestionForm(),
        "can_correct": corrections.may(application),
        "agreed": consents.of(application),
        "can_withdraw": now not in {"withdrawn", "refused", "hired"},
    }


def told(application) -> str:
    """received, reading, call, interview, decision, hired, withdrawn or refused: what the applicant may know.

    A refusal stands here only once they have heard of it: the message has left, or somebody told them by phone.
    """
    if application.outcome == Outcome.WITHDRAWN:
        return "withdrawn"
    if application.outcome == Outcome.NOT_SELECTED and refusals.has_heard(application):
        return "refused"
    if application.stage == Stage.HIRED:
        return "hired"
    if application.stage == Stage.CV and application.read_at is None:
        return "received"
    return STEP_OF[application.stage]
