import sqlite3


class QueueFile(sqlite3.Connection):
    """The embedded queue's file. Nobody waits for the disk: it only carries numbers of rows that the database holds,
    and a sweeper finds the row of a message that a power cut took. The file itself stays whole (WAL)."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.execute("PRAGMA journal_mode=WAL")
        self.execute("PRAGMA synchronous=NORMAL")
