from celery import shared_task

from onboarding import reminders


@shared_task
def remind():
    """Every hour: what is late is said once."""
    reminders.send()
