from celery import shared_task

from onboarding import (
    autonomy,
    drafts,
    evenings,
    invitations,
    papers,
    probation,
    reminders,
    together,
    waiting,
    weekly,
)


@shared_task
def remind():
    """Every hour: what is late is said once."""
    reminders.send()


@shared_task
def forget_papers():
    """Every hour: bank, identity and tax numbers whose day is over, and those of people who have left."""
    papers.forget()


@shared_task
def remind_of_questions():
    """Every five minutes: a question that has waited an hour is said once more."""
    waiting.send()


@shared_task
def tell_evenings():
    """Every ten minutes: how a first day went."""
    evenings.send()


@shared_task
def ask_freedom():
    """Every hour: from the second week on, "more freedom?" once a week."""
    autonomy.ask_weekly()


@shared_task
def forget_replies():
    """Every hour: texts of replies older than 90 days go."""
    drafts.forget()


@shared_task
def call_together():
    """Every five minutes: calendars hear of meetings and first days, and each meeting is spoken of on its day."""
    invitations.send()
    invitations.first_days()
    invitations.remind()


@shared_task
def plan_meetings():
    """Every hour: the weekly meetings of the weeks that came into sight, and probations that end before long."""
    weekly.fill_all()
    probation.remind()


@shared_task
def forget_mails():
    """Every hour: texts of past e-mails go after 90 days."""
    together.forget()
