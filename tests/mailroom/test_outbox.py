from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from mailroom import outbox
from mailroom.models import Mail
from vault.work import State

pytestmark = pytest.mark.django_db


def test_a_mail_is_a_row_with_both_parts(post, parsed, company):
    row = post(about=("application", 5))
    message = parsed(row)
    assert (row.company, row.recipient, row.message) == (company, "ann@reader.example", "test_both")
    assert (row.about_kind, row.about_id, row.state) == ("application", 5, State.WAITING)
    assert message.get_body(("plain",)).get_content().startswith("Home Ann\r\n") or "Home Ann" in str(message)
    assert "<p>Ann</p>" in message.get_body(("html",)).get_content()


def test_the_row_takes_one_query(post, django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(3):  # savepoint, insert, release
        post(key="receipt-5")


def test_the_sender_is_the_shop_at_our_address(post, parsed, company, settings):
    settings.DEFAULT_FROM_EMAIL = "Firsthire <post@hire.example>"
    message = parsed(post(reply_to=("Mika M.", "mika@lumi.example")))
    assert message["From"] == "Lumi <post@hire.example>"
    assert message["Reply-To"] == '"Mika M." <mika@lumi.example>'
    assert message["Message-ID"].endswith("@hire.example>")


def test_the_same_key_is_one_row(post):
    first = post(key="receipt-5")
    assert post(key="receipt-5", context={"name": "Again"}) == first
    assert Mail.objects.count() == 1


def test_a_key_belongs_to_one_company(post, rival):
    assert post(key="receipt-5") != post(key="receipt-5", company=rival.company)


def test_without_a_key_every_mail_is_its_own(post):
    assert post() != post()


def test_mail_and_business_row_are_saved_together(post, company):
    def business():
        with transaction.atomic():
            post()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        business()
    assert Mail.objects.count() == 0


def test_a_decision_waits_until_it_can_no_longer_be_undone(post, settings):
    settings.UNDO_MINUTES = 10
    row = post(not_before=outbox.soon())
    assert timedelta(minutes=9) < row.due_at - timezone.now() <= timedelta(minutes=10)


def test_the_date_of_a_waiting_mail_is_the_day_it_leaves(post, parsed):
    leaves = timezone.now().replace(microsecond=0) + timedelta(days=3)
    assert parsed(post(not_before=leaves))["Date"].datetime == leaves


def test_undo_cancels_what_has_not_left(post):
    about = ("application", 5)
    row = post(about=about, not_before=outbox.soon(), key="no-5")
    post(about=("application", 6), not_before=outbox.soon())
    assert outbox.cancel(about=about, message="test_both") == 1
    assert outbox.state(about=about, message="test_both") == "cancelled"
    assert outbox.state(about=("application", 6), message="test_both") == "waiting"
    again = post(about=about, key="no-5")
    assert again != row
    assert outbox.state(about=about, message="test_both") == "waiting"


def test_what_left_cannot_be_cancelled(post):
    row = post(about=("application", 5))
    Mail.objects.filter(pk=row.pk).update(state=State.DONE)
    assert outbox.cancel(about=("application", 5), message="test_both") == 0
    assert outbox.state(about=("application", 5), message="test_both") == "sent"


def test_no_mail_has_no_state(db):
    assert outbox.state(about=("application", 5), message="test_both") is None


def test_a_later_mail_joins_the_thread(post, parsed):
    first = post()
    later = parsed(post(follows=first))
    assert (later["In-Reply-To"], later["References"]) == (first.message_id, first.message_id)
    assert later["Message-ID"] != first.message_id


def test_the_body_is_unreadable_in_the_database(post):
    from django.db import connection

    row = post(context={"name": "CANARY-77"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM mailroom_mail WHERE id = %s", [row.pk])
        raw = bytes(cursor.fetchone()[0])
    assert b"CANARY" not in raw
    assert b"Subject" not in raw


def test_the_number_is_queued_after_the_commit(post, monkeypatch, django_capture_on_commit_callbacks):
    queued = []
    monkeypatch.setattr("mailroom.tasks.deliver.delay", queued.append)
    with django_capture_on_commit_callbacks(execute=True):
        row = post()
        post(not_before=outbox.soon())
        assert queued == []
    assert queued == [row.pk]


def test_what_did_not_arrive_is_told_beside_whom_it_concerns(post):
    lost = post(about=("application", 5))
    post(about=("application", 6))
    offer = post(about=("offer", 5))
    Mail.objects.filter(pk__in=[lost.pk, offer.pk]).update(
        state=State.PARKED, last_error="550 no such reader"
    )
    assert outbox.troubles(application=[5, 6]) == [lost]
    assert outbox.troubles(application=[5], offer=[5]) == [lost, offer]
    assert outbox.troubles(offer=[6]) == []
