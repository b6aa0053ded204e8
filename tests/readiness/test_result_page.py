"""The result page and its print: what stands unfolded, what folded, for whom, and at what cost."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from readiness import assessments, imports, words
from readiness.models import Assessment, TicketImport
from tests.readiness import logs
from tests.readiness.factories import BUSY, CALM, make_assessment, typed
from tests.readiness.test_heat_page import counted
from tests.readiness.test_heatmap import filled
from tests.readiness.test_import_views import counted as count_a_log
from tests.readiness.test_views import text

pytestmark = pytest.mark.django_db
FOLDS = ["Why?", "How sure?", "What would change it?", "The numbers"]


def show(row, name="show"):
    return reverse(f"readiness:{name}", args=[row.pk])


def folds(page):
    return re.findall(r'<details class="fh-fold"> <summary>([^<]+)</summary>', page)


def first_screen(page):
    return page[
        page.index('<section class="fh-card fh-verdict"') : page.index('<section class="fh-card fh-folds">')
    ]


# -- the first screen and the four folds


def test_four_folds_follow_the_first_screen(sign_in, owner):
    page = text(sign_in(owner).get(show(make_assessment(owner.company))))
    assert folds(page) == FOLDS
    assert "fh-fold" not in first_screen(page)


def test_the_answer_its_firmness_and_the_buttons_come_before_the_reasons(sign_in, owner):
    page = first_screen(text(sign_in(owner).get(show(make_assessment(owner.company)))))
    order = [
        "Hire part-time now, about 15 hours a week.",
        "Firm: nothing you left open would change this.",
        "Start hiring",
        "What would it cost?",
        "Ask me again in four weeks",
        "You spend 25 hours on customers and 12 on the shop.",
        "What speaks against it",
        "You would get back about 15 hours a week. What will you do with them?",
    ]
    assert [page.index(each) for each in order] == sorted(page.index(each) for each in order)


def test_hours_that_are_not_known_still_ask_what_they_are_for(sign_in, owner):
    row = make_assessment(owner.company, support_hours=None, brand_hours=None)
    page = first_screen(text(sign_in(owner).get(show(row))))
    assert "is not known yet; imagine twenty a week. What will you do with them?" in page


def test_why_holds_range_weeks_and_what_help_gives(sign_in, owner):
    row = make_assessment(owner.company, messages_day=32, support_hours=14, messages_before=20)
    page = text(sign_in(owner).get(show(row)))
    why = page[page.index("<summary>Why?") : page.index("<summary>How sure?")]
    result = row.result
    need, low, high = (round(result[key]) for key in ("need", "low", "high"))
    assert f"How much you need help: {need} of 100, between {low} and {high}." in why
    assert "At this growth you are full in" in why
    assert "Customers who are looked after come back." in why
    assert why.count('<svg class="fh-span"') == 1 + 3  # nothing is known of one signal
    assert why.count("The numbers behind it") == 3


def test_how_sure_holds_robustness_and_both_kinds_of_numbers(sign_in, owner):
    page = text(sign_in(owner).get(show(make_assessment(owner.company))))
    sure = page[page.index("<summary>How sure?") : page.index("<summary>What would change it?")]
    assert "With 1,000 other ways to weigh them, 100 % give the same answer." in sure
    assert (
        '<td class="fh-num">300</td> <td class="fh-num"><span class="fh-quiet">not counted</span></td>'
        in sure
    )
    assert "Bring your numbers in" in sure


def test_the_numbers_hold_every_answer_and_the_version(sign_in, owner):
    page = text(sign_in(owner).get(show(make_assessment(owner.company))))
    numbers = page[page.index("<summary>The numbers</summary>") :]
    assert "What is our judgement: configuration 2026-1" in numbers
    assert "<dt>The oldest message still unanswered is</dt> <dd>2-3 days</dd>" in numbers
    assert numbers.count("<dd>") >= len(BUSY)


def test_a_log_fills_lines_evidence_and_both_columns(sign_in, owner):
    make_assessment(owner.company)
    count_a_log(owner)
    page = text(sign_in(owner).get(show(assessments.latest(owner.company))))
    assert page.count('<figure class="fh-spark">') == 3
    assert "Strong evidence" in page
    assert '<td class="fh-num">300</td> <td class="fh-num"><strong>55.5</strong></td>' in page


def test_an_earlier_answer_shows_the_weeks_it_knew(sign_in, owner):
    row = make_assessment(owner.company)
    count_a_log(owner)
    row.refresh_from_db()
    until = datetime.date.fromisoformat(row.measured["counted_until"]) - datetime.timedelta(weeks=4)
    Assessment.objects.filter(pk=row.pk).update(measured=row.measured | {"counted_until": until.isoformat()})
    page = sign_in(owner).get(show(row)).context
    growth = next(each for each in page["signals"] if each["code"] == "growth")
    assert growth["line"]["last"] == until - datetime.timedelta(days=6)


# -- on paper


def test_paper_has_nothing_folded(sign_in, owner):
    make_assessment(owner.company)
    count_a_log(owner)
    row = assessments.latest(owner.company)
    page = text(sign_in(owner).get(show(row, "print")))
    main = page[page.index("<main") : page.index("</main>")]
    assert "<details" not in main
    assert "data-print hidden" in main


def test_paper_says_shop_day_answer_and_version(sign_in, owner):
    row = make_assessment(owner.company)
    asked = timezone.now() - datetime.timedelta(days=20)
    Assessment.objects.filter(pk=row.pk).update(created_at=asked, plan="Photos & <b>blog</b>")
    page = text(sign_in(owner).get(show(row, "print")))
    today, then = (
        date_format(day, "DATE_FORMAT") for day in (timezone.localdate(), timezone.localdate(asked))
    )
    assert f"<strong>{owner.company.name}</strong> <span>{today}</span>" in page
    assert f"Answered on {then}, computed with configuration 2026-1." in page
    assert "<h1>Hire part-time now, about 15 hours a week.</h1>" in page
    assert "Photos &amp; &lt;b&gt;blog&lt;/b&gt;" in page


def test_paper_holds_what_the_folds_hold(sign_in, owner):
    row = make_assessment(owner.company)
    page = sign_in(owner).get(show(row, "print"))
    content = text(page)
    for label, value in page.context["numbers"]:
        assert f'<dt>{label}</dt> <dd class="fh-numbers">{value}</dd>' in content
    for _, label, value in words.answers.told(row.answers):
        assert f"<dt>{label}</dt> <dd>{value}</dd>".replace("'", "&#x27;") in content.replace(
            "&#39;", "&#x27;"
        )
    assert content.count('<section class="fh-signal">') == 4
    assert "38 or less" in content


def test_open_answers_are_named_on_paper(sign_in, owner):
    row = make_assessment(owner.company, afford=None)
    page = text(sign_in(owner).get(show(row, "print")))
    assert "These open answers could still change it: Whether the shop can pay for help" in page


@pytest.mark.parametrize(
    ("who", "status"), [("manager", 200), ("interviewer", 403), ("hire", 403), ("rival", 404)]
)
def test_paper_is_for_those_who_decide(sign_in, owner, request, who, status):
    row = make_assessment(owner.company)
    assert sign_in(request.getfixturevalue(who)).get(show(row, "print")).status_code == status


def test_paper_needs_an_account(client, owner):
    assert client.get(show(make_assessment(owner.company), "print")).status_code == 302


@pytest.mark.parametrize("language", ["fi", "sv", "pl", "ar", "zh-hans"])
@pytest.mark.parametrize("name", ["show", "print"])
def test_every_language_opens_both(sign_in, owner, language, name):
    row = make_assessment(owner.company)
    counted(owner.company, heat=filled(range(3), range(9, 12), 20))
    owner.user.language = language
    owner.user.save()
    page = text(sign_in(owner).get(show(row, name)))
    assert "%(" not in page[page.index("<main") :]


# -- a stranger's page is the same without what needs a company


def test_a_strangers_page_has_the_same_folds(client):
    page = text(client.post(reverse("readiness:check"), typed(), follow=True))
    assert folds(page) == FOLDS
    assert "With an account you can bring in your tickets" in page


@pytest.mark.parametrize("name", ["upload", "compare", "home"])
def test_a_stranger_is_not_led_to_what_needs_a_company(client, name):
    page = text(client.post(reverse("readiness:check"), typed(), follow=True))
    main = page[page.index("<main") : page.index("</main>")]
    assert f'href="{reverse(f"readiness:{name}")}"' not in main
    assert "Print or save as PDF" not in main
    assert "Ask me on another day" not in main


def test_not_yet_leads_with_the_reminder(client):
    page = text(client.post(reverse("readiness:check"), {k: str(v) for k, v in CALM.items()}, follow=True))
    assert '<button class="btn btn-primary">Ask me again in four weeks</button>' in page


# -- what it costs


def queries(client, address, django_assert_num_queries, number):
    client.get("/")
    with django_assert_num_queries(number):
        client.get(address)


@pytest.mark.parametrize("rows", [1, 3, 30])
@pytest.mark.parametrize(("name", "number"), [("show", 7), ("print", 6)])
def test_the_page_takes_as_many_queries_for_one_result_as_for_thirty(
    sign_in, owner, django_assert_num_queries, rows, name, number
):
    for n in range(rows):
        made = make_assessment(owner.company, support_hours=25 + n)
        Assessment.objects.filter(pk=made.pk).update(
            created_at=timezone.now() - datetime.timedelta(days=40 - n)
        )
    queries(sign_in(owner), show(made, name), django_assert_num_queries, number)


@pytest.mark.parametrize(("cases", "logs_"), [(3, 1), (60, 1), (3, 3)])
def test_its_cost_does_not_grow_with_what_was_imported(
    sign_in, owner, django_assert_num_queries, cases, logs_
):
    for n in range(logs_):
        count_rows(owner, cases + n)
    row = make_assessment(owner.company, afford="no")  # never a hire, so that bridges stand on each page
    queries(sign_in(owner), show(row), django_assert_num_queries, 8)


def count_rows(owner, a_week):
    body = logs.event_log(logs.cases_by_week([a_week] * 10, start=logs.mondays_ago(14)))
    row = imports.receive(company=owner.company, by=owner.user, upload=logs.upload(body))[0]
    mapping = {"shape": "events", "case": 0, "created": 2, "resolved": None, "order": "ymd"}
    imports.start(row, mapping=mapping, by=owner.user)
    imports.run(row.pk)


def test_what_is_kept_of_a_log_does_not_grow_with_its_rows(owner):
    """Weeks, not tickets: a thousand times the tickets are a few digits more."""
    sizes = []
    for cases in (4, 400):
        count_rows(owner, cases)
        sizes.append(len(str(TicketImport.objects.latest("pk").series)))
    assert sizes[1] < 1.4 * sizes[0]


def test_a_page_of_everything_stays_within_twelve_queries(sign_in, owner, django_assert_max_num_queries):
    make_assessment(owner.company, afford="no")
    count_a_log(owner)
    client = sign_in(owner)
    row = assessments.latest(owner.company)
    client.post(reverse("readiness:remind", args=[row.pk]))
    with django_assert_max_num_queries(12):
        client.get(show(row))
