from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from django.db import connection
from django.utils import timezone

from mailroom import delivery, outbox, tasks
from mailroom.models import Mail
from tests.mailroom.factories import make_mail
from vault import work
from vault.work import State

pytestmark = pytest.mark.django_db


def later(row, **ago):
    """As if the row had been due, or its worker had died, a while ago."""
    past = timezone.now() - timedelta(seconds=1)
    Mail.objects.filter(pk=row.pk).update(**({"due_at": past, "lease_until": past} | ago))


def test_a_mail_arrives_as_it_was_written(post, smtp):
    row = post(context={"name": "Łukasz 王"}, key="once")
    assert tasks.deliver(row.pk) is None
    message = smtp.messages[0]
    assert (message["To"], message["Message-ID"]) == ("ann@reader.example", row.message_id)
    assert message["Subject"] == "Home: Łukasz 王"
    assert smtp.handler.taken[0].mail_from == "post@localhost"
    row.refresh_from_db()
    assert (row.state, row.kept, row.tries, row.lease_until) == (State.DONE, False, 1, None)
    assert row.sent_at is not None


def test_a_second_task_does_nothing(post, smtp):
    row = post()
    tasks.deliver(row.pk)
    tasks.deliver(row.pk)
    assert len(smtp.messages) == 1


def test_a_task_for_a_row_that_is_gone_is_nothing(smtp, db):
    tasks.deliver(987654321)
    assert smtp.messages == []


def test_what_is_not_due_or_cancelled_stays(smtp, company):
    soon = make_mail(company, due_at=timezone.now() + timedelta(minutes=10))
    gone = make_mail(company, state=State.CANCELLED)
    tasks.deliver(soon.pk)
    tasks.deliver(gone.pk)
    assert smtp.messages == []


@pytest.mark.django_db(transaction=True)
def test_sending_happens_outside_any_transaction(post, smtp, monkeypatch):
    seen = []
    send = delivery.transmit
    monkeypatch.setattr(delivery, "transmit", lambda *a: seen.append(connection.in_atomic_block) or send(*a))
    tasks.deliver(post().pk)
    assert seen == [False]


@pytest.mark.parametrize("where", ["rcpt", "data"])
def test_a_greylisting_server_is_asked_again(post, smtp, where):
    row = post()
    setattr(smtp.handler, where, ["451 4.7.1 try again later"])
    tasks.deliver(row.pk)
    row.refresh_from_db()
    assert (row.state, row.tries, smtp.messages) == (State.WAITING, 1, [])
    assert row.last_error == "451 4.7.1 try again later"
    assert timedelta(seconds=50) < row.due_at - timezone.now() <= timedelta(seconds=60)
    later(row)
    tasks.deliver(row.pk)
    assert smtp.message_ids == [row.message_id]


@pytest.mark.parametrize("where", ["rcpt", "data"])
def test_a_permanent_refusal_is_shown_and_not_repeated(post, smtp, where):
    row = post()
    setattr(smtp.handler, where, ["550 5.1.1 no such reader"])
    tasks.deliver(row.pk)
    row.refresh_from_db()
    assert (row.state, row.last_error, row.tries) == (State.PARKED, "550 5.1.1 no such reader", 1)


def test_a_closed_port_is_temporary_until_the_last_try(post, smtp, settings):
    row = post()
    settings.EMAIL_PORT = 1
    for tried in range(1, len(delivery.DELAYS) + 1):
        tasks.deliver(row.pk)
        row.refresh_from_db()
        assert (row.state, row.tries) == (State.WAITING, tried)
        later(row)
    tasks.deliver(row.pk)
    row.refresh_from_db()
    assert row.state == State.PARKED
    assert "refused" in row.last_error


def test_the_button_starts_again(post, smtp, settings):
    row = post()
    smtp.handler.rcpt = ["550 no"]
    tasks.deliver(row.pk)
    row.refresh_from_db()
    work.retry(row)
    tasks.deliver(row.pk)
    assert smtp.message_ids == [row.message_id]


def test_one_bad_mail_does_not_stop_the_others(company, smtp):
    bad, good = make_mail(company), make_mail(company)
    Mail.objects.filter(pk=bad.pk).update(body=None)
    tasks.deliver(bad.pk)
    tasks.deliver(good.pk)
    bad.refresh_from_db()
    assert (bad.state, bad.tries) == (State.WAITING, 1)
    assert smtp.message_ids == [good.message_id]


def test_a_dead_worker_is_followed_with_the_same_message_id(post, smtp):
    row = post()
    assert work.claim(Mail, row.pk) is not None  # and its worker dies
    tasks.deliver(row.pk)
    assert smtp.messages == []
    later(row)
    tasks.deliver(row.pk)
    assert smtp.message_ids == [row.message_id]


def test_a_worker_that_comes_back_too_late_changes_nothing(post, smtp):
    slow = work.claim(Mail, post().pk)
    later(slow)
    tasks.deliver(slow.pk)
    assert work.failed(slow, "late", delays=()) is False
    slow.refresh_from_db()
    assert slow.state == State.DONE


def test_one_persons_mail_arrives_in_order(company, smtp):
    rows = [make_mail(company, to="ann@reader.example") for _ in range(3)]
    other = make_mail(company, to="bob@reader.example")
    tasks.deliver(rows[2].pk)
    assert smtp.message_ids == [row.message_id for row in rows]
    tasks.deliver(other.pk)
    assert len(smtp.messages) == 4


def test_while_a_worker_is_busy_with_a_person_the_rest_waits(company, smtp):
    first, second = (make_mail(company, to="ann@reader.example") for _ in range(2))
    work.claim(Mail, first.pk)
    tasks.deliver(second.pk)
    assert smtp.messages == []


def test_a_foreign_domain_is_written_in_ascii(company, smtp):
    row = make_mail(company, to="ann@työ.example")
    tasks.deliver(row.pk)
    assert smtp.handler.taken[0].rcpt_tos == ["ann@xn--ty-gka.example"]


def test_demo_mail_never_leaves(company, smtp):
    company.is_demo = True
    company.save()
    row = make_mail(company)
    tasks.deliver(row.pk)
    row.refresh_from_db()
    assert (smtp.messages, row.kept, row.state) == ([], True, State.DONE)


def test_keep_mode_keeps(post, settings, capsys):
    settings.KEEP_MAIL = True
    row = post()
    tasks.deliver(row.pk)
    row.refresh_from_db()
    assert (row.state, row.kept, row.shown_state) == (State.DONE, True, "kept")
    assert capsys.readouterr().out == ""


def test_keep_mode_shows_account_mail_on_the_terminal(settings, capsys):
    settings.KEEP_MAIL = True
    row = make_mail(None, to="olga@lumi.example", subject="Reset", text="http://localhost:8000/accounts/x/")
    tasks.deliver(row.pk)
    out = capsys.readouterr().out
    assert out.splitlines()[1:4] == [
        "Mail to olga@lumi.example: Reset",
        "",
        "http://localhost:8000/accounts/x/",
    ]


def test_the_sweeper_queues_what_is_due(company, monkeypatch):
    queued = []
    monkeypatch.setattr("mailroom.tasks.deliver.apply_async", lambda args, **_: queued.append(args[0]))
    due, left = make_mail(company), make_mail(company)
    make_mail(company, due_at=timezone.now() + timedelta(minutes=10))
    held = make_mail(company)
    work.claim(Mail, left.pk)
    later(left)
    work.claim(Mail, held.pk)
    tasks.sweep()
    assert sorted(queued) == [due.pk, left.pk]


def test_two_sweepers_send_once(company, smtp):
    rows = [make_mail(company) for _ in range(3)]
    for _ in range(2):
        for pk in work.due(Mail).values_list("pk", flat=True):
            tasks.deliver(pk)
    assert sorted(smtp.message_ids) == sorted(row.message_id for row in rows)


def test_bodies_go_after_thirty_days(company):
    now = timezone.now()
    old, young = now - timedelta(days=31), now - timedelta(days=29)
    gone = make_mail(company, state=State.DONE, sent_at=old, due_at=old)
    parked = make_mail(company, state=State.PARKED, due_at=old)
    kept = [
        make_mail(company, state=State.DONE, sent_at=young, due_at=old),
        make_mail(company, due_at=old),
        make_mail(company, state=State.PARKED, due_at=young),
    ]
    tasks.forget()
    tasks.forget()
    assert set(Mail.objects.filter(body__isnull=True)) == {gone, parked}
    assert len(kept) == 3
    gone.refresh_from_db()
    assert (delivery.text_of(gone), gone.subject) == ("", "Hello")


def test_the_beat_calls_what_exists():
    from config.celery import app

    app.loader.import_default_modules()
    called = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert {"mailroom.tasks.sweep", "mailroom.tasks.forget"} <= called <= set(app.tasks)


def test_a_body_that_no_key_opens_is_set_aside_alone(company, smtp, settings):
    bad = make_mail(company)
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    good = make_mail(company)
    tasks.deliver(bad.pk)
    tasks.deliver(good.pk)
    bad = Mail.objects.get(pk=bad.pk)
    assert (bad.state, bad.tries, bad.last_error) == (State.WAITING, 1, "InvalidToken")
    assert smtp.message_ids == [good.message_id]


@pytest.mark.parametrize("answer", ["250 OK", "451 later", "550 no"])
def test_nothing_of_a_mail_is_in_the_log(post, smtp, caplog, monkeypatch, answer):
    queued = []
    monkeypatch.setattr("mailroom.tasks.deliver.delay", lambda *args: queued.append(args))
    caplog.set_level("DEBUG")
    row = post(context={"name": "CANARY-63"})
    outbox.hand_over(row.pk)
    smtp.handler.data = [answer]
    tasks.deliver(row.pk)
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("mail.log")]
    assert "CANARY" not in " ".join(ours)
    assert queued == [(row.pk,)]
