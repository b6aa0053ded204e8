"""The mails of an onboarding, each in its reader's language. Texts: templates/emails/onboarding_*."""

from django.urls import reverse
from django.utils import timezone

from accounts.addresses import absolute
from mailroom import outbox, told
from onboarding import telling
from onboarding.kinds import State


def welcome(onboarding, token: str, *, key: str = "") -> None:
    """The welcome link to the private address: it opens the welcome pages only, and is no sign-in.

    Once for each onboarding, or for each `key`.
    """
    url = absolute(reverse("onboarding_links:welcome", kwargs={"token": token}))
    _post("onboarding_welcome", onboarding, onboarding.hire, url=url, key=key or f"welcome:{onboarding.pk}")


def first_day(onboarding, token: str) -> None:
    """When, where, who meets them: the note of the days before, with a welcome link of its own."""
    url = absolute(reverse("onboarding_links:welcome", kwargs={"token": token}))
    _post("onboarding_first_day", onboarding, onboarding.hire, url=url)


def given(step, *, by) -> None:
    """Tells the partner, once for each time it lies there; a step given thrice in ten minutes is one mail."""
    returns = step.events.filter(after=State.RETURNED).count()
    _tell(
        telling.GIVEN,
        "onboarding_given",
        step.onboarding,
        step.onboarding.people(step.partner),
        step.pk,
        by=by,
        about=("step", step.pk),
        key=f"given:{step.pk}:{returns}",
        not_before=outbox.soon(),
        step=step,
        url=absolute(reverse("onboarding:home")),
    )


def not_given(step) -> None:
    """Taken back or received before the mail left: it need not leave."""
    outbox.cancel(about=("step", step.pk), message="onboarding_given")


def returned(step, *, by) -> None:
    _looked("onboarding_returned", step, by)


def not_returned(step) -> None:
    outbox.cancel(about=("step", step.pk), message="onboarding_returned")
    telling.not_looked(step)


def approved(step, review, *, by) -> None:
    """The hire hears what was changed and why; taken back within ten minutes, nobody hears."""
    _looked("onboarding_approved", step, by, review=review)


def _looked(message, step, by, **context) -> None:
    _tell(
        telling.LOOKED,
        message,
        step.onboarding,
        step.onboarding.people(step.owner),
        step.pk,
        by=by,
        about=("step", step.pk),
        not_before=outbox.soon(),
        step=step,
        url=absolute(reverse("onboarding:step", kwargs={"pk": step.pk})),
        **context,
    )


def not_approved(step) -> None:
    outbox.cancel(about=("step", step.pk), message="onboarding_approved")
    telling.not_looked(step)


def asked(question) -> None:
    _tell(
        telling.ASKED,
        "onboarding_question",
        question.onboarding,
        question.onboarding.manager,
        question.pk,
        by=question.onboarding.hire,
        about=("ask", question.pk),
        key=f"question:{question.pk}",
        question=question,
        url=absolute(reverse("onboarding:home")),
    )


def question_waits(question) -> None:
    """An hour of their own hours has passed."""
    _waits("onboarding_waits", question, question.onboarding.manager)


def step_in(question, person) -> None:
    """The manager is away, or another hour has passed."""
    _waits("onboarding_step_in", question, person)


def _waits(message, question, recipient) -> None:
    plan = question.onboarding
    _tell(
        telling.WAITS,
        message,
        plan,
        recipient,
        question.pk,
        by=plan.hire,
        about=("ask", question.pk),
        key=f"{message}:{question.pk}",
        question=question,
        # Without a zone: by the clock of whoever reads the mail, not of whoever sends it.
        asked=timezone.make_naive(question.asked_at, told.zone_of(recipient)),
        url=absolute(reverse("onboarding:answer", args=[question.pk])),
    )


def not_waiting(question) -> None:
    """Answered before the mail left: it need not leave."""
    for message in ("onboarding_waits", "onboarding_step_in"):
        outbox.cancel(about=("ask", question.pk), message=message)


def evening(onboarding, built, questions, answer, mood) -> None:
    """To the manager only."""
    _tell(
        telling.EVENING,
        "onboarding_evening",
        onboarding,
        onboarding.manager,
        onboarding.pk,
        by=None,
        key=f"evening:{onboarding.pk}",
        done=built.counted,
        total=built.total,
        questions=questions,
        answer=answer,
        mood=mood,
        url=absolute(reverse("onboarding:home")),
    )


def answered(question) -> None:
    _tell(
        telling.ANSWERED,
        "onboarding_answer",
        question.onboarding,
        question.onboarding.hire,
        question.pk,
        by=question.answered_by,
        about=("ask", question.pk),
        key=f"answer:{question.pk}",
        not_before=outbox.soon(),  # it stands on their page at once; the mail waits while it can be taken back
        question=question,
        url=absolute(reverse("onboarding:ask")),
    )


def not_answered(question) -> None:
    outbox.cancel(about=("ask", question.pk), message="onboarding_answer")
    telling.not_answered(question)


def late(onboarding, recipient, steps, *, key) -> None:
    _tell(
        telling.LATE,
        "onboarding_late",
        onboarding,
        recipient,
        [step.pk for step in steps],
        by=None,
        key=key,
        steps=steps,
        url=absolute(reverse("onboarding:home")),
    )


def goal_reached(goal, *, by) -> None:
    """Said once to whoever did not write the number down; a slip put right within ten minutes is said to nobody."""
    onboarding = goal.onboarding
    for recipient in (onboarding.hire, onboarding.manager):
        _tell(
            telling.REACHED,
            "onboarding_goal",
            onboarding,
            recipient,
            goal.pk,
            by=by,
            about=("goal", goal.pk),
            not_before=outbox.soon(),
            goal=goal,
            url=absolute(reverse("onboarding:goal", kwargs={"pk": goal.pk})),
        )


def goal_not_reached(goal) -> None:
    outbox.cancel(about=("goal", goal.pk), message="onboarding_goal")


def language_of(membership, onboarding) -> str:
    """The person's own, else what was agreed at hiring, else the company's."""
    own = membership.user.language if membership.user else ""
    agreed = onboarding.language if membership.pk == onboarding.hire_id else ""
    return own or agreed or onboarding.company.language


def _tell(kind, message, onboarding, recipient, pks, *, by, about=None, key=None, not_before=None, **context):
    """The mail of those who want it at once; who wants it in the morning gets the same in a line."""
    letter = told.Letter(
        message,
        {"onboarding": onboarding, "recipient": recipient, **context},
        about=about or ("onboarding", onboarding.pk),
        key=key,
        not_before=not_before,
        reply_to=_answers_to(onboarding, recipient),
        language=onboarding.language if recipient.pk == onboarding.hire_id else "",
    )
    told.tell(kind=kind, members=[recipient], about=pks, by=by, letter=letter)


def _answers_to(onboarding, recipient) -> tuple[str, str]:
    person = onboarding.hire if recipient.pk == onboarding.manager_id else onboarding.manager
    return person.name, person.email


def _post(message, onboarding, recipient, *, key=None, **context) -> None:
    outbox.post(
        message=message,
        to=recipient.email,
        company=onboarding.company,
        about=("onboarding", onboarding.pk),
        language=language_of(recipient, onboarding),
        context={"onboarding": onboarding, "recipient": recipient, **context},
        reply_to=_answers_to(onboarding, recipient),
        key=key,
    )
