from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from mailroom import outbox
from mailroom.models import Mail

pytestmark = pytest.mark.django_db


def test_the_tests_use_the_products_backend():
    assert type(mail.get_connection()).__module__ == "mailroom.backend"


def test_mail_of_packages_becomes_rows_of_nobody():
    assert mail.send_mail("Reset", "Text", None, ["a@x.example", "b@x.example"]) == 1
    rows = Mail.objects.order_by("recipient")
    assert [(r.company, r.recipient, r.subject) for r in rows] == [
        (None, "a@x.example", "Reset"),
        (None, "b@x.example", "Reset"),
    ]
    assert len({row.message_id for row in rows}) == 1


def test_nobody_to_write_to_is_no_mail():
    assert mail.EmailMessage("S", "B", to=[]).send() == 0
    assert Mail.objects.count() == 0


def test_a_message_from_below_says_whose_it_is(company):
    leaves = timezone.now() + timedelta(days=1)
    email = mail.EmailMessage("Come in", "Text", None, ["a@x.example"])
    email.outbox = {"company": company, "about": ("membership", 7), "kind": "invitation", "key": "i:1"}
    email.outbox |= {"not_before": leaves, "language": "fi"}
    assert [email.send(), email.send()] == [1, 1]
    row = Mail.objects.get()
    assert (row.company, row.message, row.due_at, row.language) == (company, "invitation", leaves, "fi")
    assert outbox.state(about=("membership", 7), message="invitation") == "waiting"


def test_an_invitation_is_on_the_shops_page(sign_in, owner, company):
    from accounts import team
    from accounts.models import Role

    team.invite(company=company, email="new@lumi.example", name="New", role=Role.MANAGER, by=owner)
    row = Mail.objects.get()
    assert (row.company, row.message) == (company, "invitation")
    text = sign_in(owner).get(f"/mail/{row.pk}/").content.decode()
    assert '<a href="http://localhost:8000/my/invitation/' in text


def test_a_forged_subject_is_refused():
    with pytest.raises(mail.BadHeaderError):
        mail.send_mail("Hi\nBcc: eve@evil.example", "Text", None, ["a@x.example"])
    assert Mail.objects.count() == 0


def test_a_password_reset_takes_our_way_out(client, owner):
    client.post("/accounts/password/reset/", {"email": owner.email})
    row = Mail.objects.get()
    assert (row.company, row.recipient) == (None, owner.email)


def test_a_dead_queue_costs_nothing_but_time(post, monkeypatch):
    def refuse(pk):
        raise ConnectionError

    tried = []
    monkeypatch.setattr(outbox, "_rest_until", 0.0)
    monkeypatch.setattr("mailroom.tasks.deliver.delay", lambda pk: tried.append(pk) or refuse(pk))
    assert [outbox.hand_over(1), outbox.hand_over(2)] == [False, False]
    assert tried == [1]  # the second mail of the page does not wait again
