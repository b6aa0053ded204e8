"""Questions of a new hire, and their answers."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import undoing
from onboarding import mails, telling
from onboarding.models import Question
from vault import trail


def ask(onboarding, *, by, body) -> Question:
    """Asked; the manager is told at once. The same words again while they wait for an answer are one question."""
    with transaction.atomic():
        again = onboarding.questions.filter(body=body, answered_at=None).first()
        if again is not None:
            return again
        question = Question.objects.create(company_id=onboarding.company_id, onboarding=onboarding, body=body)
        _record("ask.asked", question, by)
        mails.asked(question)
    return question


def answer(question, *, by, body) -> bool:
    """Answered, and the new hire is told. False when somebody else has answered before."""
    with transaction.atomic():
        values = {"answer": body, "answered_at": timezone.now(), "answered_by": by}
        if not Question.objects.filter(pk=question.pk, answered_at=None).update(**values):
            question.refresh_from_db()
            return False
        for name, value in values.items():
            setattr(question, name, value)
        telling.answered(question)
        mails.not_waiting(question)
        _record("ask.answered", question, by)
        mails.answered(question)
    return True


def take_back(question, *, by) -> None:
    """An answer of the last ten minutes; its mail does not leave. Raises undoing.Refused."""
    with transaction.atomic():
        row = Question.objects.select_for_update(no_key=True, of=("self",)).get(pk=question.pk)
        if row.answered_at is None:
            raise undoing.Gone(_("This answer was taken back already."))
        undoing.check(by, row.answered_by_id, row.answered_at)
        row.answer, row.answered_at, row.answered_by = "", None, None
        row.save(update_fields=["answer", "answered_at", "answered_by"])
        mails.not_answered(row)
        _record("ask.taken_back", row, by)


def _record(action, question, by) -> None:
    trail.record(action, company_id=question.company_id, actor_id=by.user_id, kind="ask", pk=question.pk)
