import sqlite3

from kombu import Connection

from config import settings as product
from config.queue_file import QueueFile


def test_the_product_opens_its_queue_this_way(tmp_path):
    options = product.CELERY_BROKER_TRANSPORT_OPTIONS
    with Connection(f"sqla+sqlite:///{tmp_path / 'q.sqlite3'}", transport_options=options) as connection:
        queue = connection.SimpleQueue("celery")
        queue.put("one")
        assert queue.get(timeout=5).payload == "one"
        queue.close()
    with sqlite3.connect(tmp_path / "q.sqlite3") as link:
        assert link.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_message_does_not_wait_for_the_disk(tmp_path):
    link = sqlite3.connect(tmp_path / "q.sqlite3", factory=QueueFile)
    normal = 1  # of OFF, NORMAL, FULL, EXTRA
    assert link.execute("PRAGMA synchronous").fetchone() == (normal,)
    link.close()


def test_it_opens_while_somebody_writes(tmp_path):
    first = sqlite3.connect(tmp_path / "q.sqlite3", factory=QueueFile)
    first.execute("CREATE TABLE t (n)")
    first.execute("BEGIN IMMEDIATE")
    second = sqlite3.connect(tmp_path / "q.sqlite3", factory=QueueFile, timeout=0)
    assert second.execute("SELECT count(*) FROM t").fetchone() == (0,)
    first.close()
    second.close()
