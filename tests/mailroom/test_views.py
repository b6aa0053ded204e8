import pytest

from mailroom.models import Mail
from tests.mailroom.factories import make_mail
from vault.models import TrailEntry
from vault.work import State

pytestmark = pytest.mark.django_db
LINK = "http://localhost:8000/my/status/abc/"


def page(client, row) -> str:
    return client.get(f"/mail/{row.pk}/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_one_query_however_long(sign_in, owner, company, rows, django_assert_num_queries):
    for _ in range(rows):
        make_mail(company)
    client = sign_in(owner)
    client.get("/mail/")
    with django_assert_num_queries(4):  # session, user, membership, and the mails
        assert client.get("/mail/").content.count(b"reader") == rows


def test_an_empty_list_says_what_will_be_there(sign_in, owner):
    assert b"No mail yet." in sign_in(owner).get("/mail/").content


def test_the_list_shows_our_company_alone(sign_in, owner, company, rival):
    make_mail(company, subject="Ours")
    make_mail(rival.company, subject="Foreign")
    make_mail(None, subject="Account reset")
    text = sign_in(owner).get("/mail/").content
    assert [word in text for word in (b"Ours", b"Foreign", b"Account reset")] == [True, False, False]


def test_an_account_mail_is_on_nobodys_page(sign_in, owner):
    assert sign_in(owner).get(f"/mail/{make_mail(None).pk}/").status_code == 404


def test_pages_go_by_key(sign_in, owner, company, monkeypatch):
    monkeypatch.setattr("mailroom.views.PAGE", 2)
    rows = [make_mail(company, subject=f"Number {n}.") for n in range(5)]
    client = sign_in(owner)
    seen, address = [], "/mail/"
    for _ in range(3):
        response = client.get(address)
        seen += [mail.pk for mail in response.context["mails"]]
        address = f"/mail/?before={response.context['more']}"
    assert seen == [row.pk for row in reversed(rows)]
    assert response.context["more"] is None


@pytest.mark.parametrize("before", ["x", "-1", "9" * 30, "1'--", "%00", "²"])
def test_a_bent_page_address_is_the_first_page(sign_in, owner, company, before):
    make_mail(company, subject="Ours")
    assert b"Ours" in sign_in(owner).get(f"/mail/?before={before}").content


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Leaves at"),
        ({"tries": 1}, "Tried, again at"),
        ({"state": State.RUNNING}, "Leaving now"),
        ({"state": State.PARKED}, "Not delivered"),
        ({"state": State.CANCELLED}, "Taken back"),
    ],
)
def test_every_state_has_a_name(sign_in, owner, company, fields, said):
    make_mail(company, **fields)
    assert said in sign_in(owner).get("/mail/").content.decode()


def test_a_kept_mail_has_links_that_can_be_followed(sign_in, owner, company):
    row = make_mail(company, text=f"Look: {LINK}. Not http://evil.example/x")
    text = page(sign_in(owner), row)
    assert f'<a href="{LINK}">{LINK}</a>.' in text
    assert "evil.example/x</a>" not in text
    assert "Kept on this computer" in text


def test_where_mail_leaves_the_links_are_taken_out(sign_in, owner, company, settings):
    row = make_mail(company, text=f"Look: {LINK} or HTTPS://x.example/{{secret}} now")
    settings.KEEP_MAIL = False
    text = page(sign_in(owner), row)
    assert "Look: [link taken out] or [link taken out] now" in text
    assert "/my/status/" not in text
    assert "Links are taken out" in text


def test_a_mail_that_left_before_keep_mode_keeps_its_secret(sign_in, owner, company, settings):
    settings.KEEP_MAIL = True
    row = make_mail(company, text=LINK, state=State.DONE, kept=False)
    assert "/my/status/" not in page(sign_in(owner), row)


def test_the_text_is_escaped(sign_in, owner, company):
    row = make_mail(company, subject="<script>s</script>", text="<script>t</script>")
    text = page(sign_in(owner), row)
    assert "<script>s" not in text
    assert "<script>t" not in text


def test_reading_a_mail_is_in_the_trail(sign_in, owner, company):
    row = make_mail(company)
    page(sign_in(owner), row)
    entry = TrailEntry.objects.get(action="mail.read")
    assert (entry.company_id, entry.actor_id, entry.subject_id) == (company.pk, owner.user_id, row.pk)


def test_an_old_mail_says_that_its_text_is_gone(sign_in, owner, company):
    row = make_mail(company)
    Mail.objects.update(body=None)
    assert "The text is gone" in page(sign_in(owner), row)


def test_a_parked_mail_says_why_and_leaves_again(sign_in, owner, company):
    row = make_mail(company, state=State.PARKED, last_error="550 no such reader", tries=1)
    client = sign_in(owner)
    assert "550 no such reader" in page(client, row)
    answer = client.post(f"/mail/{row.pk}/retry/", follow=True).content.decode()
    row.refresh_from_db()
    assert (row.state, row.tries) == (State.WAITING, 0)
    assert f"The mail to {row.recipient} is on its way again." in answer
    assert TrailEntry.objects.filter(action="mail.retried", subject_id=row.pk).count() == 1


@pytest.mark.parametrize("state", [State.DONE, State.WAITING, State.CANCELLED])
def test_only_a_parked_mail_is_sent_again(sign_in, owner, company, state):
    row = make_mail(company, state=state)
    answer = sign_in(owner).post(f"/mail/{row.pk}/retry/", follow=True).content
    row.refresh_from_db()
    assert row.state == state
    assert b"nothing to send again" in answer


def test_nobody_retries_another_companys_mail(sign_in, rival, manager, company):
    row = make_mail(company, state=State.PARKED)
    assert sign_in(rival).post(f"/mail/{row.pk}/retry/").status_code == 404
    assert sign_in(manager).post(f"/mail/{row.pk}/retry/").status_code == 403
    row.refresh_from_db()
    assert row.state == State.PARKED
