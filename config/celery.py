import os

from celery import Celery
from celery.signals import setup_logging
from kombu.transport.sqlalchemy import Transport

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
Transport.polling_interval = 0.5  # a class attribute: the SQLite queue has no option for it

app = Celery("firsthire")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    # every: seconds. Each task finds its own due rows, so a doubled or missed beat does no harm.
    "deliver-due-mail": {"task": "mailroom.tasks.sweep", "schedule": 15},
    "prune-queue": {"task": "config.tasks.prune_queue", "schedule": 3600},
}


@setup_logging.connect
def _django_logging(**_):
    """Celery would install its own handlers; the one-line format of the settings stays."""
    import logging.config

    from django.conf import settings

    logging.config.dictConfig(settings.LOGGING)
