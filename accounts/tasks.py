from celery import shared_task

from accounts import closing, invitations


@shared_task
def close_shops():
    """Every hour: shops whose two weeks are over are erased."""
    closing.erase_due()


@shared_task
def forget_invitations() -> int:
    return invitations.forget()
