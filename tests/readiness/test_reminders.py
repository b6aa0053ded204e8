import datetime
import email
from email import policy

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from mailroom.models import Mail
from readiness import reminders
from readiness.reminder_form import AskAgainForm
from readiness.reminders import Wish
from tests.readiness.factories import make_assessment
from tests.readiness.test_views import text
from vault.models import TrailEntry
from vault.work import State

pytestmark = pytest.mark.django_db
WEEK = datetime.timedelta(weeks=1)


def today():
    return timezone.localdate()


def posted(owner, **changes):
    row = make_assessment(owner.company, by=owner.user)
    for name, value in changes.items():
        setattr(row, name, value)
    mail = reminders.ask_again(row, by=owner)
    return row, mail, email.message_from_bytes(bytes(mail.body), policy=policy.default)


def parts(message):
    return [message.get_body((kind,)).get_content() for kind in ("plain", "html")]


def waiting():
    return [timezone.localdate(mail.due_at) for mail in Mail.objects.filter(state=State.WAITING)]


# -- the mail


def test_the_mail_waits_four_weeks_and_leaves_in_the_morning(owner):
    row, mail, _ = posted(owner)
    due = timezone.localtime(mail.due_at)
    assert (due.date(), due.time()) == (today() + 4 * WEEK, reminders.AT)
    assert reminders.wish(row) == Wish(today() + 4 * WEEK, owner.email)


def test_it_says_why_and_leads_to_the_questions(owner):
    _, _, message = posted(owner)
    for part in parts(message):
        assert "/readiness/check/" in part
        assert f"On {date_format(today(), 'DATE_FORMAT')} you asked us to remind you." in part


def test_the_day_it_names_is_written_in_the_readers_language(owner):
    owner.user.language = "fi"
    plain = parts(posted(owner)[2])[0]
    assert f"{today().day}. " in plain


def test_it_reminds_of_the_plan_and_escapes_it(owner):
    plain, html = parts(posted(owner, plan="New <b>photos</b> & more")[2])
    assert "New <b>photos</b> & more" in plain
    assert "New &lt;b&gt;photos&lt;/b&gt; &amp; more" in html


def test_without_a_plan_nothing_is_said_of_it(owner):
    assert all("What you wanted to do" not in part for part in parts(posted(owner)[2]))


def test_asking_twice_is_one_mail(owner):
    row, first, _ = posted(owner)
    assert reminders.ask_again(row, by=owner) == first
    assert Mail.objects.count() == 1


# -- another day


def test_another_day_replaces_the_first(owner):
    row, _, _ = posted(owner)
    reminders.ask_again(row, by=owner, on=today() + WEEK)
    assert waiting() == [today() + WEEK]
    assert reminders.wish(row).on == today() + WEEK


def test_there_and_back_again_is_still_one_mail(owner):
    row, _, _ = posted(owner)
    for days in (7, 28, 7, 28):
        reminders.ask_again(row, by=owner, on=today() + datetime.timedelta(days=days))
    assert waiting() == [today() + 4 * WEEK]


def test_somebody_else_who_asks_gets_the_mail_instead(owner, manager):
    row, _, _ = posted(owner)
    reminders.ask_again(row, by=manager)
    assert [mail.recipient for mail in Mail.objects.filter(state=State.WAITING)] == [manager.email]


def test_taken_back_nobody_is_asked(owner):
    row, _, _ = posted(owner)
    reminders.take_back(row, by=owner)
    reminders.take_back(row, by=owner)
    assert (reminders.wish(row), waiting()) == (None, [])
    said = TrailEntry.objects.filter(action__startswith="readiness.").values_list("action", flat=True)
    assert sorted(said) == ["readiness.answered", "readiness.asked", "readiness.not_asked"]


def test_taken_back_it_can_be_wished_again(owner):
    row, _, _ = posted(owner)
    reminders.take_back(row, by=owner)
    reminders.ask_again(row, by=owner)
    assert waiting() == [today() + 4 * WEEK]


def test_what_was_sent_is_no_wish_any_more(owner):
    row, mail, _ = posted(owner)
    Mail.objects.filter(pk=mail.pk).update(state=State.DONE)
    assert reminders.wish(row) is None
    reminders.take_back(row, by=owner)
    mail.refresh_from_db()
    assert mail.state == State.DONE


def test_nobody_asked(owner):
    assert reminders.wish(make_assessment(owner.company, by=owner.user)) is None


# -- the day that is suggested


@pytest.mark.parametrize(
    ("weeks", "ahead", "after"),
    [
        (None, 10, 4),
        ("never", 10, 4),
        (0.0, 10, 4),
        (20.0, 10, 10),
        (12.0, 10, 4),
        (500.0, 10, 52),
        (1e308, 10, 52),
        (30.0, None, 4),
    ],
)
def test_the_suggested_day_is_when_searching_must_begin(weeks, ahead, after):
    day = datetime.date(2026, 3, 2)
    found = reminders.suggested({"weeks_until_full": weeks, "weeks_ahead": ahead}, today=day)
    assert found == day + after * WEEK


def test_an_old_result_suggests_four_weeks():
    assert reminders.suggested({}, today=datetime.date(2026, 3, 2)) == datetime.date(2026, 3, 30)


# -- what is refused


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("", "Choose a day."),
        ("soon", "Enter a valid date."),
        ("2026-02-30", "Enter a valid date."),
        ("1" * 19, "Enter a valid date."),
        ("NaN", "Enter a valid date."),
        ("2001-01-01", "This day is past. Choose one from tomorrow on."),
        ("9999-12-31", "That is more than two years away. Choose a nearer day."),
    ],
)
def test_days_that_cannot_be_are_told(value, sentence):
    form = AskAgainForm({"on": value})
    assert form.errors == {"on": [sentence]}


@pytest.mark.parametrize(("days", "fine"), [(0, False), (1, True), (730, True), (731, False)])
def test_from_tomorrow_to_two_years(days, fine):
    assert AskAgainForm({"on": (today() + datetime.timedelta(days=days)).isoformat()}).is_valid() is fine


def test_arabic_digits_are_a_day():
    day = today() + WEEK
    typed = day.isoformat().translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    form = AskAgainForm({"on": typed})
    assert form.is_valid()
    assert form.cleaned_data["on"] == day


# -- the page


def address(row, name="remind"):
    return reverse(f"readiness:{name}", args=[row.pk])


def test_a_day_of_ones_own(sign_in, manager):
    row, day = make_assessment(manager.company), today() + 9 * WEEK
    page = text(sign_in(manager).post(address(row), {"on": day.isoformat()}, follow=True))
    assert f"On {date_format(day, 'DATE_FORMAT')} we ask again, once, by mail to {manager.email}." in page
    assert "Ask me again in four weeks" not in page
    assert "We ask you again on that day, by mail, once." in page
    assert waiting() == [day]


def test_a_refused_day_stays_beside_its_sentence(sign_in, owner):
    row = make_assessment(owner.company)
    page = text(sign_in(owner).post(address(row), {"on": "2001-01-01"}))
    assert 'value="2001-01-01"' in page
    assert "This day is past. Choose one from tomorrow on." in page
    assert '<details class="fh-ask-day" open>' in page
    assert Mail.objects.count() == 0


def test_a_wrong_day_leaves_the_old_wish(sign_in, owner):
    row, _, _ = posted(owner)
    page = text(sign_in(owner).post(address(row), {"on": "9999-12-31"}))
    assert "That is more than two years away." in page
    assert waiting() == [today() + 4 * WEEK]


def test_the_wish_is_taken_back_on_the_page(sign_in, owner):
    row, _, _ = posted(owner)
    client = sign_in(owner)
    assert "Don't ask me" in text(client.get(address(row, "show")))
    page = text(client.post(address(row, "dont_remind"), follow=True))
    assert "We do not ask again." in page
    assert "Ask me again in four weeks" in page
    assert waiting() == []


def test_the_list_shows_the_day(sign_in, owner):
    row, _, _ = posted(owner)
    page = text(sign_in(owner).get(reverse("readiness:home")))
    assert f"We ask again on {date_format(today() + 4 * WEEK, 'DATE_FORMAT')}" in page
    reminders.take_back(row, by=owner)
    assert "We ask again on" not in text(sign_in(owner).get(reverse("readiness:home")))


@pytest.mark.parametrize("name", ["remind", "dont_remind"])
def test_another_company_cannot_touch_it(sign_in, owner, rival, name):
    row, _, _ = posted(owner)
    response = sign_in(rival).post(address(row, name), {"on": (today() + WEEK).isoformat()})
    assert (response.status_code, waiting()) == (404, [today() + 4 * WEEK])


@pytest.mark.parametrize("name", ["remind", "dont_remind"])
def test_staff_cannot_touch_it(sign_in, owner, interviewer, name):
    row, _, _ = posted(owner)
    assert sign_in(interviewer).post(address(row, name)).status_code == 403
    assert waiting() == [today() + 4 * WEEK]


def test_a_deleted_answer_is_asked_about_by_nobody(sign_in, owner):
    row = make_assessment(owner.company)
    client = sign_in(owner)
    client.post(reverse("readiness:answer_delete", args=[row.pk]))
    assert client.post(address(row)).status_code == 404
    assert Mail.objects.count() == 0


def test_the_suggestion_is_explained_only_where_it_is_one(sign_in, owner):
    plain = make_assessment(owner.company)
    assert "Suggested is the day" not in text(sign_in(owner).get(address(plain, "show")))
    later = plain.result | {"weeks_until_full": 20.0, "weeks_ahead": 10}
    type(plain).objects.filter(pk=plain.pk).update(result=later)
    page = text(sign_in(owner).get(address(plain, "show")))
    assert "Suggested is the day to begin searching" in page
    assert f'value="{(today() + 10 * WEEK).isoformat()}"' in page
