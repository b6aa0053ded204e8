"""The pages of before and after."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from readiness import after
from readiness.models import Assessment, BeforeAfter, HoursWeek
from tests.onboarding.test_mine import text as seen
from tests.onboarding.test_undo import undo_url
from tests.readiness.factories import CALM, make_assessment, typed
from tests.readiness.test_after import LOOK, MONDAY, begin, on, timedelta, write

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=60)


@pytest.fixture
def old(company, owner):
    """The answer from three weeks before the first day."""
    with on(MONDAY - timedelta(days=21)):
        return make_assessment(company, by=owner.user)


@pytest.fixture
def hire(company, owner, old):
    with on(MONDAY - timedelta(days=14)):
        return begin(company, owner)


@pytest.fixture
def boss(owner, sign_in):
    with on(LATER):
        yield sign_in(owner)


def at(name, pk) -> str:
    return reverse(f"readiness:{name}", args=[pk])


def page(client, row) -> str:
    return seen(client.get(at("after", row.pk)).content.decode()).replace("\xa0", " ")


def test_nothing_yet_and_a_form_to_begin(owner, sign_in):
    shown = seen(sign_in(owner).get(reverse("readiness:afters")).content.decode())
    assert "Whoever signs an offer here appears by themselves" in shown
    assert "Begin the comparison" in shown


def test_begun_by_hand_with_arabic_digits(owner, sign_in):
    values = {"job_title": "Help <b>on</b> {{ x }}", "start_date": "٢٠٢٦-٠١-٠٥", "hours_week": "١٢٫٥"}
    response = sign_in(owner).post(reverse("readiness:afters"), values)
    row = BeforeAfter.objects.get()
    assert response.url == at("after", row.pk)
    assert (row.start_date.isoformat(), str(row.hours_week)) == ("2026-01-05", "12.5")
    assert "Help &lt;b&gt;on&lt;/b&gt; {{ x }}" in sign_in(owner).get(response.url).content.decode()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"start_date": "2026-01-05"}, "This field is required."),
        ({"job_title": "A", "start_date": "9999-01-01"}, "This day is very far away."),
        (
            {"job_title": "A", "start_date": "2026-01-05", "hours_week": "200"},
            "Write a number from 0 to 168.",
        ),
    ],
)
def test_what_cannot_be_is_a_sentence(owner, sign_in, values, sentence):
    response = sign_in(owner).post(reverse("readiness:afters"), values)
    assert response.status_code == 422
    assert sentence in seen(response.content.decode())
    assert not BeforeAfter.objects.exists()


def test_before_it_is_measured_one_button_says_what_to_do(hire, boss):
    shown = page(boss, hire)
    assert "Answer the same questions once more, and the difference stands here. Measure again" in shown
    assert "On March 7, 2027 we remind you by mail, once." in shown


def test_before_the_first_day_the_page_waits(hire, owner, sign_in):
    with on(MONDAY - timedelta(days=2)):
        client = sign_in(owner)
        assert "The comparison opens on the first day." in page(client, hire)
        assert client.get(at("after_measure", hire.pk)).url == at("after", hire.pk)


def test_without_a_first_answer_there_is_nothing_to_compare(company, owner, boss):
    row = begin(company, owner)
    make_assessment(company, **CALM)
    assert "There is no answer from before the hire" in page(boss, row)


def test_the_old_answers_stand_in_the_form(hire, boss):
    shown = boss.get(at("after_measure", hire.pk)).content.decode()
    assert 'name="support_hours" value="25"' in shown
    assert 'name="messages_day" value="60"' in shown


def measure(boss, hire, **answers):
    shown = boss.get(at("after_measure", hire.pk)).context["form"].seen
    return boss.post(at("after_measure", hire.pk), typed(**answers) | {"seen": shown})


def test_only_what_is_different_is_changed(hire, old, boss):
    assert measure(boss, hire, support_hours=6).url == at("after", hire.pk)
    now = after.now_of(hire)
    assert now.answers == old.answers | {"support_hours": 6}
    assert Assessment.objects.count() == 2


def test_hours_are_given_back_in_the_first_sentence(hire, boss):
    measure(boss, hire, support_hours=6, brand_hours=30)
    shown = page(boss, hire)
    assert "19 hours a week are yours again: you answered customers 25 hours, and it is 6 hours now." in shown
    assert "As you answered." in shown


def test_every_sign_with_its_range_and_in_words(hire, company, boss):
    make_assessment(company, **CALM)
    shown = page(boss, hire)
    assert "How much help is needed Lighter than before. 82, between 72 and 94 3, between 2 and 56 " in shown
    assert "could still change that. 20, between 3 and 87 0, between 0 and 83 " in shown
    assert "Not answered both times, so there is nothing to compare." in shown
    assert "Other things may have changed, too: a season, a sale, a new product." in shown


def test_what_was_answered_differently_is_named(hire, boss):
    measure(boss, hire, oldest_days=0)
    shown = page(boss, hire)
    assert "The oldest message still unanswered is: 2-3 days · From today" in shown


def test_the_same_answers_again_are_a_measure_too(hire, boss):
    measure(boss, hire)
    shown = page(boss, hire)
    assert "You answer customers 25 hours a week, as before the hire." in shown
    assert "About as before." in shown


def test_more_hours_than_before_are_said_as_they_are(hire, boss):
    measure(boss, hire, support_hours=30)
    assert "You answer customers 5 hours a week more than before the hire" in page(boss, hire)


def test_written_hours_speak_before_answered_ones(hire, owner, boss):
    measure(boss, hire, support_hours=10)
    for weeks, hours in enumerate([20, 9, 7, 5, 3]):
        write(hire, owner, weeks=weeks, owner=hours)
    shown = page(boss, hire)
    assert "you answered customers 25 hours, and it is 6 hours now. The mean of the last 4 weeks" in shown


def test_too_few_answers_ask_for_more(company, owner, boss):
    row = begin(company, owner)
    response = boss.post(at("after_measure", row.pk), {"breath": "1"})
    assert response.url == at("after_measure", row.pk)
    assert not Assessment.objects.exists()


def test_an_answer_that_cannot_be_is_kept_on_the_page(hire, boss):
    response = measure(boss, hire, support_hours="a lot")
    assert response.status_code == 422
    assert 'value="a lot"' in response.content.decode()


# -- hours


def week(client, hire, **values):
    return client.post(at("after_week", hire.pk), values)


def test_one_number_a_week_by_any_day_of_it_with_undo(hire, boss):
    response = week(boss, hire, day="2026-12-10", owner="12,5")
    row = HoursWeek.objects.get()
    assert (row.monday, str(row.owner)) == (MONDAY, "12.5")
    assert response.url == at("after", hire.pk) + "#hours"
    boss.post(undo_url(response))
    assert after.weeks(hire) == []


def test_a_rise_without_a_why_is_asked_for_it_and_keeps_what_was_typed(hire, boss):
    response = week(boss, hire, day="2026-12-10", person="24")
    assert response.status_code == 422
    shown = response.content.decode()
    assert "These are more hours than before." in seen(shown)
    assert 'value="24"' in shown


def test_each_rise_stands_with_its_why(hire, boss):
    week(boss, hire, day="2026-12-07", owner="20", person="20")
    week(boss, hire, day="2026-12-14", owner="15", person="24", why="Christmas <rush>")
    shown = boss.get(at("after", hire.pk)).content.decode()
    assert "Each rise Dec. 14, 2026: From 20 hours to 24 hours a week · Christmas &lt;rush&gt;" in seen(shown)
    assert shown.count('class="fh-line-rise"') == 1
    assert shown.count('class="dot') == 4


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"day": "2027-02-15", "owner": "1"}, "This week has not begun yet."),
        ({"day": "2026-12-07"}, "Write your hours, or those of the new person."),
        ({"day": "2026-12-07", "owner": "169"}, "Write a number from 0 to 168."),
        ({"day": "2026-12-07", "owner": "-1"}, "Write a number from 0 to 168."),
        ({"day": "", "owner": "1"}, "This field is required."),
    ],
)
def test_hours_that_cannot_be(hire, boss, values, sentence):
    response = week(boss, hire, **values)
    assert response.status_code == 422
    assert sentence in seen(response.content.decode())
    assert not HoursWeek.objects.exists()


def test_a_week_is_taken_off_with_undo(hire, owner, boss):
    row = write(hire, owner, owner=10)
    response = boss.post(at("week_remove", row.pk))
    assert after.weeks(hire) == []
    boss.post(undo_url(response))
    assert len(after.weeks(hire)) == 1


# -- details


def test_another_reminder_with_undo(hire, old, boss):
    values = {"start_date": "2026-12-07", "look_on": "2027-04-01", "before": str(old.pk), "seen": "1"}
    response = boss.post(at("after_details", hire.pk), values)
    assert "On April 1, 2027 we remind you" in page(boss, hire)
    stale = boss.post(at("after_details", hire.pk), values | {"look_on": "2027-05-01"})
    assert stale.status_code == 409
    boss.post(undo_url(response))
    hire.refresh_from_db()
    assert hire.look_on == LOOK


def test_a_day_that_is_past_and_an_answer_of_another_shop_are_refused(hire, rival, boss):
    foreign = make_assessment(rival.company)
    values = {"start_date": "2026-12-07", "look_on": "2027-01-01", "before": str(foreign.pk), "seen": "1"}
    response = boss.post(at("after_details", hire.pk), values)
    assert response.status_code == 422
    shown = seen(response.content.decode())
    assert "Choose a day to come." in shown
    assert "Select a valid choice." in shown


# -- who, and what it costs


def test_the_staff_and_other_shops_stay_outside(hire, rival, interviewer, sign_in, owner):
    row = write(hire, owner, owner=3)
    for member, status in [(interviewer, 403), (rival, 404)]:
        client = sign_in(member)
        assert client.get(at("after", hire.pk)).status_code == status
        assert client.get(at("after_measure", hire.pk)).status_code == status
        assert week(client, hire, day="2026-12-07", owner="1").status_code == status
        assert client.post(at("week_remove", row.pk)).status_code == status
    assert [str(each.owner) for each in after.weeks(hire)] == ["3.0"]


def count(client, address) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        client.get(address)
    return len(found)


def test_one_week_costs_as_much_as_three(hire, company, owner, boss):
    make_assessment(company, **CALM)
    write(hire, owner, owner=10)
    one = count(boss, at("after", hire.pk))
    for weeks in (1, 2):
        write(hire, owner, weeks=weeks, owner=10)
    assert count(boss, at("after", hire.pk)) == one == 8


def test_one_hire_costs_as_much_as_three(company, owner, boss):
    begin(company, owner)
    one = count(boss, reverse("readiness:afters"))
    for _ in range(2):
        begin(company, owner, reference=None)
    assert count(boss, reverse("readiness:afters")) == one == 4


def test_in_arabic_numbers_of_the_picture_stay_numbers(hire, owner, boss):
    write(hire, owner, owner="12.5")
    owner.user.language = "ar"
    owner.user.save()
    shown = boss.get(at("after", hire.pk)).content.decode()
    assert 'dir="rtl"' in shown
    assert 'd="M300.00 12.00h0"' in shown
