"""Erased is erased on the disk too, not only for those who ask the database."""

from pathlib import Path

import pytest
from django.db import connection

from hiring import tasks
from tests.hiring.adverts import make_published
from tests.vault import planted
from vault import erasing

ANNA = "qwzanna"


def bytes_on_disk() -> bytes:
    """The database file and its log, after what is in the log has been moved over."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = Path(connection.settings_dict["NAME"])
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_no_byte_of_the_database_file_holds_the_word(owner):
    anna = planted.make_applicant(make_published(owner), ANNA, owner)
    assert ANNA.encode() in bytes_on_disk()
    erasing.erase("candidate", anna.candidate_id, company_id=anna.company_id)
    tasks.tidy_words()  # within the hour: the index of words lets go of what was erased
    assert ANNA.encode() not in bytes_on_disk()
