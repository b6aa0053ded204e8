"""The mails of an onboarding, each in its reader's language. Texts: templates/emails/onboarding_*."""

from django.urls import reverse

from accounts.addresses import absolute
from mailroom import outbox
from onboarding.kinds import State


def welcome(onboarding, token: str) -> None:
    """The welcome link to the private address: it opens the welcome pages only, and is no sign-in."""
    url = absolute(reverse("onboarding_links:welcome", kwargs={"token": token}))
    _post("onboarding_welcome", onboarding, onboarding.hire, url=url, key=f"welcome:{onboarding.pk}")


def first_day(onboarding, token: str) -> None:
    """When, where, who meets them: the note of the days before, with a welcome link of its own."""
    url = absolute(reverse("onboarding_links:welcome", kwargs={"token": token}))
    _post("onboarding_first_day", onboarding, onboarding.hire, url=url)


def given(step) -> None:
    """Tells the partner, once for each time it lies there; a step given thrice in ten minutes is one mail."""
    returns = step.events.filter(after=State.RETURNED).count()
    _post(
        "onboarding_given",
        step.onboarding,
        step.onboarding.people(step.partner),
        about=("step", step.pk),
        key=f"given:{step.pk}:{returns}",
        not_before=outbox.soon(),
        step=step,
        url=absolute(reverse("onboarding:home")),
    )


def not_given(step) -> None:
    """Taken back or received before the mail left: it need not leave."""
    outbox.cancel(about=("step", step.pk), message="onboarding_given")


def returned(step) -> None:
    _post(
        "onboarding_returned",
        step.onboarding,
        step.onboarding.people(step.owner),
        about=("step", step.pk),
        not_before=outbox.soon(),
        step=step,
        url=absolute(reverse("onboarding:step", kwargs={"pk": step.pk})),
    )


def approved(step, review) -> None:
    """The hire hears what was changed and why; taken back within ten minutes, nobody hears."""
    _post(
        "onboarding_approved",
        step.onboarding,
        step.onboarding.people(step.owner),
        about=("step", step.pk),
        not_before=outbox.soon(),
        step=step,
        review=review,
        url=absolute(reverse("onboarding:step", kwargs={"pk": step.pk})),
    )


def not_approved(step) -> None:
    outbox.cancel(about=("step", step.pk), message="onboarding_approved")


def asked(question) -> None:
    _post(
        "onboarding_question",
        question.onboarding,
        question.onboarding.manager,
        about=("ask", question.pk),
        key=f"question:{question.pk}",
        question=question,
        url=absolute(reverse("onboarding:home")),
    )


def answered(question) -> None:
    _post(
        "onboarding_answer",
        question.onboarding,
        question.onboarding.hire,
        about=("ask", question.pk),
        key=f"answer:{question.pk}",
        question=question,
        url=absolute(reverse("onboarding:ask")),
    )


def late(onboarding, recipient, steps, *, key) -> None:
    _post(
        "onboarding_late",
        onboarding,
        recipient,
        key=key,
        steps=steps,
        url=absolute(reverse("onboarding:home")),
    )


def language_of(membership, onboarding) -> str:
    """The person's own, else what was agreed at hiring, else the company's."""
    own = membership.user.language if membership.user else ""
    agreed = onboarding.language if membership.pk == onboarding.hire_id else ""
    return own or agreed or onboarding.company.language


def _post(message, onboarding, recipient, *, about=None, key=None, not_before=None, **context) -> None:
    answers_to = onboarding.hire if recipient.pk == onboarding.manager_id else onboarding.manager
    outbox.post(
        message=message,
        to=recipient.email,
        company=onboarding.company,
        about=about or ("onboarding", onboarding.pk),
        language=language_of(recipient, onboarding),
        context={"onboarding": onboarding, "recipient": recipient, **context},
        reply_to=(answers_to.name, answers_to.email),
        key=key,
        not_before=not_before,
    )
