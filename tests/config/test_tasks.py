from kombu import Connection

from config import tasks


def test_consumed_rows_of_the_queue_go(settings, tmp_path):
    settings.CELERY_BROKER_URL = f"sqla+sqlite:///{tmp_path / 'queue.sqlite3'}"
    with Connection(settings.CELERY_BROKER_URL) as connection:
        queue = connection.SimpleQueue("celery")
        queue.put("one")
        queue.put("two")
        queue.get(timeout=5).ack()
        queue.close()
    assert tasks.prune_queue() == 1
    assert tasks.prune_queue() == 0


def test_nothing_to_prune_on_a_new_queue(settings, tmp_path):
    settings.CELERY_BROKER_URL = f"sqla+sqlite:///{tmp_path / 'queue.sqlite3'}"
    assert tasks.prune_queue() == 0


def test_redis_cleans_up_after_itself(settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    assert tasks.prune_queue() == 0
