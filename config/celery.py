import os

from celery import Celery
from celery.signals import celeryd_init, setup_logging, worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("firsthire")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    # every: seconds. Each task finds its own due rows, so a doubled or missed beat does no harm.
    "deliver-due-mail": {"task": "mailroom.tasks.sweep", "schedule": 15, "options": {"expires": 15}},
    "count-due-imports": {"task": "readiness.tasks.sweep", "schedule": 30, "options": {"expires": 30}},
    "send-lost-links": {"task": "mailroom.tasks.sweep_lost", "schedule": 60, "options": {"expires": 60}},
    "forget-old-mail": {"task": "mailroom.tasks.forget", "schedule": 3600},
    "send-digests": {"task": "mailroom.tasks.send_digests", "schedule": 300, "options": {"expires": 300}},
    "read-waiting-files": {"task": "vault.tasks.sweep_texts", "schedule": 30, "options": {"expires": 30}},
    "drop-old-drafts": {"task": "vault.tasks.sweep_drafts", "schedule": 3600},
    "drop-old-links": {"task": "vault.tasks.sweep_links", "schedule": 3600},
    "make-due-copies": {"task": "vault.tasks.sweep_copies", "schedule": 60, "options": {"expires": 60}},
    "take-files-away": {"task": "vault.tasks.sweep_removals", "schedule": 60, "options": {"expires": 60}},
    "ask-about-freedom": {"task": "onboarding.tasks.ask_freedom", "schedule": 3600},
    "forget-replies": {"task": "onboarding.tasks.forget_replies", "schedule": 3600},
    "forget-papers": {"task": "onboarding.tasks.forget_papers", "schedule": 3600},
    "remind-of-late-steps": {"task": "onboarding.tasks.remind", "schedule": 3600},
    "remind-of-questions": {
        "task": "onboarding.tasks.remind_of_questions",
        "schedule": 300,
        "options": {"expires": 300},
    },
    "tell-first-evenings": {
        "task": "onboarding.tasks.tell_evenings",
        "schedule": 600,
        "options": {"expires": 600},
    },
    "call-together": {
        "task": "onboarding.tasks.call_together",
        "schedule": 300,
        "options": {"expires": 300},
    },
    "plan-meetings": {"task": "onboarding.tasks.plan_meetings", "schedule": 3600},
    "forget-past-mails": {"task": "onboarding.tasks.forget_mails", "schedule": 3600},
    "expire-offers": {"task": "hiring.tasks.expire_offers", "schedule": 300, "options": {"expires": 300}},
    "index-words": {"task": "hiring.tasks.index_words", "schedule": 30, "options": {"expires": 30}},
    "find-same-people": {
        "task": "hiring.tasks.find_same_people",
        "schedule": 30,
        "options": {"expires": 30},
    },
    "bring-due-people": {"task": "hiring.tasks.sweep_imports", "schedule": 30, "options": {"expires": 30}},
    "read-calendars": {"task": "hiring.tasks.sweep_calendars", "schedule": 60, "options": {"expires": 60}},
    "tidy-words": {"task": "hiring.tasks.tidy_words", "schedule": 3600},
    "remind-of-cards": {"task": "hiring.tasks.remind_cards", "schedule": 600},
    "remind-of-adverts": {"task": "hiring.tasks.remind_adverts", "schedule": 3600},
    "remind-of-long-waits": {"task": "hiring.tasks.remind_stale", "schedule": 3600},
    "do-several": {"task": "hiring.tasks.sweep_several", "schedule": 30, "options": {"expires": 30}},
    "ask-the-pool": {"task": "hiring.tasks.ask_pool", "schedule": 3600},
    "remind-referees": {"task": "hiring.tasks.remind_referees", "schedule": 3600},
    "remind-of-samples": {"task": "hiring.tasks.remind_samples", "schedule": 3600},
    "remind-of-talks": {"task": "hiring.tasks.remind_talks", "schedule": 600, "options": {"expires": 600}},
    "make-signed-contracts": {
        "task": "hiring.tasks.sweep_contracts",
        "schedule": 30,
        "options": {"expires": 30},
    },
    "let-people-go": {"task": "hiring.tasks.retention", "schedule": 3600},
    "close-shops": {"task": "accounts.tasks.close_shops", "schedule": 3600},
    "forget-old-invitations": {"task": "accounts.tasks.forget_invitations", "schedule": 3600},
    "seal-the-trail": {"task": "vault.tasks.seal_trail", "schedule": 60, "options": {"expires": 60}},
    "purge-deleted": {"task": "config.tasks.purge_deleted", "schedule": 3600},
    "forget-old-sessions": {"task": "config.tasks.forget_sessions", "schedule": 3600},
    "prune-queue": {"task": "config.tasks.prune_queue", "schedule": 3600},
}


@setup_logging.connect
def _django_logging(**_):
    """Celery would install its own handlers; the one-line format of the settings stays."""
    import logging.config

    from django.conf import settings

    logging.config.dictConfig(settings.LOGGING)


@celeryd_init.connect
def _look_often(**_):
    """The SQLite queue is asked twice a second; its interval is a class attribute, there is no option for it.

    Imported here, because only the worker waits for the queue and SQLAlchemy takes long to load.
    """
    if app.conf.broker_url.startswith("sqla+"):
        from kombu.transport.sqlalchemy import Transport

        Transport.polling_interval = 0.5


@worker_init.connect
def _check_keys(**_):
    """Celery logs what a receiver raises and goes on; only leaving stops it."""
    from vault import keys

    try:
        keys.verify()
    except keys.WrongKey as exc:
        raise SystemExit(str(exc)) from exc
