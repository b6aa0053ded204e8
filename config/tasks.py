from celery import shared_task
from django.conf import settings

from accounts import undoing
from config import deleted


@shared_task
def purge_deleted() -> int:
    """What was deleted long enough ago goes for good, and what nobody can take back any more is forgotten."""
    undoing.forget()
    return deleted.purge()


@shared_task
def prune_queue() -> int:
    """Rows that the SQLite queue has handed out are only marked; this removes them. How many went."""
    if not settings.CELERY_BROKER_URL.startswith("sqla+"):
        return 0
    from sqlalchemy import create_engine, inspect, text

    engine = create_engine(settings.CELERY_BROKER_URL.removeprefix("sqla+"))
    try:
        if not inspect(engine).has_table("kombu_message"):
            return 0
        with engine.begin() as connection:
            return connection.execute(text("DELETE FROM kombu_message WHERE NOT visible")).rowcount
    finally:
        engine.dispose()


@shared_task
def forget_sessions() -> int:
    """Sessions whose time is over; how many went."""
    from accounts import sessions

    return sessions.forget()
