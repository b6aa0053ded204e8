import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from vault import links
from vault.models import Link

ABOUT = ("application", 5)


def mint(**kwargs):
    return links.mint(**({"purpose": "status", "subject": ABOUT, "company_id": 1, "days": 2} | kwargs))


def find(token, purpose="status"):
    return links.find(purpose=purpose, token=token)


@pytest.mark.django_db
def test_a_link_says_what_it_is_for():
    link = find(mint())
    assert (link.purpose, link.subject_kind, link.subject_id, link.company_id) == (
        "status",
        "application",
        5,
        1,
    )
    assert timedelta(days=1) < link.expires_at - timezone.now() <= timedelta(days=2)


@pytest.mark.django_db
def test_only_the_hash_is_kept():
    token = mint()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM vault_link")
        [row] = cursor.fetchall()
    assert token not in str(row)
    assert len(token) >= 43  # 256 bits in base 64


@pytest.mark.django_db
def test_each_mail_has_its_own_and_older_ones_live_on():
    first, second = mint(), mint()
    assert first != second
    assert find(first).pk != find(second).pk


@pytest.mark.django_db
def test_an_expired_link_opens_nothing(time_machine):
    token = mint(days=2)
    time_machine.move_to(timezone.now() + timedelta(days=2, seconds=1))
    assert find(token) is None


@pytest.mark.django_db
def test_of_the_wrong_purpose_altered_unknown_and_empty_all_are_nothing():
    token = mint()
    assert find(token, "offer") is None
    for other in (token[:-1], token + "a", token.swapcase(), "", "\x00", "\ud800", "a" * 10_000):
        assert find(other) is None


@pytest.mark.django_db
def test_looking_uses_nothing_up():
    token = mint()
    assert find(token) == find(token)
    assert Link.objects.get().used_at is None


@pytest.mark.django_db
def test_a_link_is_used_once():
    token = mint()
    link, same = find(token), find(token)
    assert links.use(link) is True
    assert links.use(same) is False
    assert find(token) is None


@pytest.mark.django_db
def test_revoking_ends_what_lives_of_one_purpose_and_subject():
    mine, used = mint(), mint()
    links.use(find(used))
    other_purpose, other_subject = mint(purpose="offer"), mint(subject=("application", 6))
    assert links.revoke(purpose="status", subject=ABOUT) == 1
    assert find(mine) is None
    assert find(other_purpose, "offer")
    assert find(other_subject)


@pytest.mark.django_db
def test_revoking_everything_about_somebody():
    status, offer, other = mint(), mint(purpose="offer"), mint(subject=("application", 6))
    assert links.revoke_all(subject=ABOUT) == 2
    assert (find(status), find(offer, "offer")) == (None, None)
    assert find(other)


@pytest.mark.django_db
def test_a_revoked_link_cannot_be_used():
    link = find(mint())
    links.revoke(purpose="status", subject=ABOUT)
    assert links.use(link) is False


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_uses_the_link():
    """The first holds its transaction open while the second tries."""
    link, results = find(mint()), []
    second = threading.Thread(target=_use, args=(link, results))
    with transaction.atomic():
        assert links.use(link)
        second.start()
        second.join(0.5)
        assert results == []
    second.join(10)
    assert results == [False]


def _use(link, results):
    try:
        results.append(links.use(link))
    finally:
        connection.close()
