from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.timezone import localdate

from accounts.models import Role
from hiring import questions, requirements
from hiring.models import Application, Job, JobMember, JobStatus
from readiness import result
from tests.factories import make_company, make_member
from tests.hiring.adverts import address, make_draft, make_published, typed
from tests.hiring.factories import make_application
from tests.readiness.factories import make_assessment
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db


def url(name, job):
    return reverse(f"hiring:{name}", args=[job.pk])


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


@pytest.fixture
def draft(owner):
    return make_draft(owner)


@pytest.fixture
def job(owner):
    return make_published(owner)


def said(response) -> str:
    return response.content.decode()


def post(client, job, **changes):
    return client.post(url("job_edit", job), typed(job, **changes))


class TestStart:
    def test_offers_to_begin_when_nothing_is_known(self, boss):
        assert "Begin" in said(boss.get(reverse("hiring:start")))

    def test_post_writes_a_draft_and_opens_it(self, boss, owner):
        answer = boss.post(reverse("hiring:start"))
        job = Job.objects.get()
        assert answer.url == url("job_edit", job)
        assert [job.status, job.company, job.hours_week] == ["draft", owner.company, None]

    def test_hours_come_from_the_latest_answer(self, boss, owner):
        row = make_assessment(owner.company)
        hours = result.latest(owner.company).hours
        assert f"{hours} hours a week" in said(boss.get(reverse("hiring:start")))
        boss.post(reverse("hiring:start"))
        job = Job.objects.get()
        assert [job.hours_week, job.assessment] == [hours, str(row.pk)]
        assert f"{hours} hours a week" in job.title

    def test_goes_on_with_a_draft_that_is_there(self, boss, draft):
        page = said(boss.get(reverse("hiring:start")))
        assert url("job_edit", draft) in page
        assert "Begin another job instead" in page

    def test_get_writes_nothing(self, boss):
        boss.get(reverse("hiring:start"))
        assert Job.objects.count() == 0

    @pytest.mark.parametrize("role", [Role.INTERVIEWER, Role.HIRE])
    def test_is_for_owners_and_managers(self, company, sign_in, role):
        assert sign_in(make_member(company, role)).post(reverse("hiring:start")).status_code == 403


class TestEditor:
    def test_shows_prompts_blanks_and_what_is_missing(self, boss, draft):
        page = said(boss.get(url("job_edit", draft)))
        assert "What will make this person good at helping your customers?" in page
        assert "What else will they help with?" in page
        assert "4 of 9 ready." in page
        assert "Missing: what you sell, why work with us, pay, place, apply by." in strip_tags(page)

    def test_blanks_are_yellow_until_they_are_filled_in(self, boss, draft, job):
        def yellow(page):
            return page.count("fh-blank") - page.count("Still to fill in")

        assert [yellow(said(boss.get(url("job_edit", row)))) for row in (draft, job)] == [6, 0]

    def test_saves_what_was_typed(self, boss, draft):
        answer = post(
            boss, draft, about_company="We sell tea.", pay_min="12,50".replace(",", "."), city="Oulu"
        )
        draft.refresh_from_db()
        assert answer.url == url("job_edit", draft)
        assert [draft.about_company, draft.pay_min, draft.city] == ["We sell tea.", Decimal("12.50"), "Oulu"]

    def test_the_trail_names_the_fields_and_never_what_they_say(self, boss, draft):
        post(boss, draft, city="Oulu")
        assert TrailEntry.objects.get(action="job.changed").fields == ["city"]

    def test_new_hours_are_told_in_the_texts_that_are_still_ours(self, boss, draft):
        post(boss, draft, hours_week="12")
        draft.refresh_from_db()
        assert "12 hours a week" in draft.title

    def test_nothing_changed_writes_nothing(self, boss, draft):
        before = TrailEntry.objects.count()
        post(boss, draft)
        assert TrailEntry.objects.count() == before
        assert set(draft.requirements.values_list("text", flat=True)) == {""}

    def test_levels_and_own_words_of_requirements(self, boss, draft):
        first, second = requirements.listed(draft)[:2]
        post(boss, draft, **{f"r{first.pk}-level": "bonus", f"r{second.pk}-text": "Writes well"})
        first.refresh_from_db()
        second.refresh_from_db()
        assert [first.level, first.weight, first.text, second.text] == ["bonus", 1, "", "Writes well"]

    def test_own_words_put_back_are_the_suggestion_again(self, boss, draft):
        row = requirements.listed(draft)[0]
        suggested = str(row.label)
        post(boss, draft, **{f"r{row.pk}-text": "Mine"})
        post(boss, draft, **{f"r{row.pk}-text": suggested})
        row.refresh_from_db()
        assert row.text == ""

    def test_adds_a_requirement_and_a_question(self, boss, draft):
        post(boss, draft, do="add", **{"add-requirement": "Loves tea", "add-question": "Which tea?"})
        assert str(requirements.listed(draft)[-1].label) == "Loves tea"
        assert str(questions.asked(draft)[-1].label) == "Which tea?"

    @pytest.mark.parametrize(("verb", "place"), [("up", 0), ("down", 2)])
    def test_a_rows_button_moves_it_saves_the_page_and_comes_back_to_the_row(self, boss, draft, verb, place):
        row = requirements.listed(draft)[1]
        answer = post(boss, draft, do=f"{verb}-r{row.pk}", city="Oulu")
        draft.refresh_from_db()
        assert [requirements.listed(draft)[place], draft.city] == [row, "Oulu"]
        assert answer.url == f"{url('job_edit', draft)}#r{row.pk}"

    def test_removes_rows(self, boss, draft):
        requirement, question = requirements.listed(draft)[0], questions.asked(draft)[0]
        post(boss, draft, do=f"remove-r{requirement.pk}")
        post(boss, draft, do=f"remove-q{question.pk}")
        assert [len(requirements.listed(draft)), len(questions.asked(draft))] == [9, 1]

    @pytest.mark.parametrize("do", ["up-", "up-r", "up-x5", "up-r²", "up-r99999999999999999999", "remove-r0"])
    def test_odd_buttons_do_nothing(self, boss, draft, do):
        assert post(boss, draft, do=do).url == url("job_edit", draft)
        assert len(requirements.listed(draft)) == 10

    def test_another_jobs_row_is_not_touched(self, boss, draft, job):
        row = requirements.listed(job)[0]
        post(boss, draft, do=f"remove-r{row.pk}", **{f"r{row.pk}-text": "Stolen"})
        row.refresh_from_db()
        assert [row.text, row.retired_at] == ["", None]

    def test_unknown_fields_change_nothing(self, boss, draft, rival):
        post(boss, draft, status="open", slug="mine", company=rival.company_id, last_number="9", openings="5")
        draft.refresh_from_db()
        assert [draft.status, draft.company_id == rival.company_id, draft.last_number, draft.openings] == [
            "draft",
            False,
            0,
            1,
        ]

    WRONG = [
        ("title", "", "This field is required."),
        ("title", "x" * 121, "at most 120 characters"),
        ("title", "a\x00b", "Null characters are not allowed."),
        ("summary", "x" * 10_000, "at most 2000 characters"),
        ("hours_week", "0", "more than 0, at most 80"),
        ("hours_week", "81", "more than 0, at most 80"),
        ("hours_week", "many", "Enter a number."),
        ("pay_min", "-5", "Pay is more than nothing."),
        ("pay_max", "1", "The upper end of the pay is below the lower end."),
        ("pay_min", "NaN", "Enter a number."),
        ("answer_by", "2020-01-01", "has passed. Choose a day to come."),
        ("answer_by", "soon", "Enter a valid date."),
        ("country", "XX", "not one of the available choices"),
        ("currency", "dollars", "not one of the available choices"),
        ("language", "tlh", "not one of the available choices"),
        ("place", "moon", "not one of the available choices"),
    ]

    @pytest.mark.parametrize(("field", "value", "sentence"), WRONG, ids=lambda value: str(value)[:20])
    def test_wrong_input_gets_its_sentence_and_the_rest_is_kept(self, boss, draft, field, value, sentence):
        draft.pay_min = Decimal(10)
        draft.save()
        answer = post(boss, draft, **{"about_company": "Typed and kept", field: value})
        page = said(answer)
        assert answer.status_code == 422
        assert sentence in page
        assert "Typed and kept" in page
        draft.refresh_from_db()
        assert draft.about_company == ""

    def test_an_emptied_requirement_is_refused_beside_its_row(self, boss, draft):
        row = requirements.listed(draft)[0]
        page = said(post(boss, draft, **{f"r{row.pk}-text": " "}))
        assert page.count("This field is required.") == 1

    @pytest.mark.parametrize("name", ["ا" * 40, "漢字", "Zoë O’Neil", "<script>alert(1)</script>"])
    def test_any_script_may_be_typed_and_none_of_it_is_live(self, boss, draft, name):
        post(boss, draft, title=name, about_company=name)
        page = said(boss.get(url("job_edit", draft)))
        assert "<script>alert" not in page
        draft.refresh_from_db()
        assert draft.title == name

    def test_changing_the_language_speaks_it_in_the_preview(self, boss, draft):
        post(boss, draft, language="ar")
        assert 'lang="ar"' in said(boss.get(url("job_edit", draft)))

    def test_warns_when_people_were_read_with_this_list(self, boss, job):
        make_application(job, read_at=timezone.now())
        assert "1 person was read with this list." in said(boss.get(url("job_edit", job)))

    def test_does_not_while_it_asks_why_an_older_list_was_changed(self, boss, owner, job):
        make_application(job, read_at=timezone.now())
        requirements.add(job, text="Tea", level="must", by=owner)
        make_application(job, read_at=timezone.now(), rubric_version=2)
        page = said(boss.get(url("job_edit", job)))
        assert ("read with the old list" in page, "read with this list" in page) == (True, False)
        requirements.explain(Job.objects.get(pk=job.pk), number=1, reason="learned", by=owner)
        assert "1 person was read with this list." in said(boss.get(url("job_edit", job)))


class TestPreview:
    def test_shows_what_is_typed_and_saves_a_draft(self, boss, draft):
        page = said(boss.post(url("job_preview", draft), typed(draft, about_company="Fresh tea")))
        draft.refresh_from_db()
        assert "<p>Fresh tea</p>" in page
        assert "5 of 9 ready." in strip_tags(page)
        assert draft.about_company == "Fresh tea"

    def test_does_not_save_a_published_job(self, boss, job):
        page = said(boss.post(url("job_preview", job), typed(job, about_company="Fresh tea")))
        job.refresh_from_db()
        assert [("Fresh tea" in page), job.about_company] == [True, "We sell tea."]

    def test_wrong_input_saves_nothing(self, boss, draft):
        boss.post(url("job_preview", draft), typed(draft, about_company="Tea", hours_week="900"))
        draft.refresh_from_db()
        assert draft.about_company == ""

    def test_is_a_post(self, boss, draft):
        assert boss.get(url("job_preview", draft)).status_code == 405

    def test_without_a_script_a_button_does_it(self, boss, draft, job):
        answer = post(boss, draft, do="preview", about_company="Fresh tea")
        assert answer.url == f"{url('job_edit', draft)}#preview"
        assert "<p>Fresh tea</p>" in said(post(boss, job, do="preview", about_company="Fresh tea"))

    def test_the_page_holds_the_very_same_parts(self, boss, draft):
        draft.title = "Young rockstar"
        draft.save()
        answer = said(boss.post(url("job_preview", draft), typed(draft, needs="1")))
        parts = [
            part.partition(">")[2].rpartition("</")[0] for part in answer.split('hx-swap-oob="innerHTML"')
        ]
        page = said(boss.get(url("job_edit", draft) + "?needs=1"))
        assert len(parts) > 20
        assert [part for part in parts[1:] if part not in page] == []
        assert answer.partition('<div id="meter"')[0].strip() in page


class TestPublish:
    def test_asks_for_what_is_required(self, boss, draft):
        answer = boss.get(url("job_publish", draft), follow=True)
        assert "Before publishing, please fill in: what you sell." in said(answer)
        boss.post(url("job_publish", draft))
        draft.refresh_from_db()
        assert draft.status == "draft"

    def test_asks_once_for_pay_with_the_sentence_for_the_eu(self, boss, owner):
        job = make_draft(owner, about_company="Tea")
        page = said(boss.get(url("job_publish", job)))
        assert "In the EU applicants have a right to know the pay in good time" in page
        assert "Publish without" in page

    def test_elsewhere_it_gives_another_reason(self, boss, owner):
        job = make_draft(owner, about_company="Tea", country="US")
        page = said(boss.get(url("job_publish", job)))
        assert "In the EU" not in page
        assert "Adverts that tell the pay are answered by more people" in page

    def test_publishes_with_the_pay_typed_there(self, boss, owner):
        job = make_draft(owner, about_company="Tea")
        data = {"do": "pay", "pay_min": "12", "pay_max": "", "currency": "EUR", "pay_period": "hour"}
        assert boss.post(url("job_publish", job), data).url == url("job_live", job)
        job.refresh_from_db()
        assert [job.status, job.pay_min] == ["open", Decimal(12)]

    @pytest.mark.parametrize(
        ("low", "high", "sentence"),
        [
            ("", "", "Type what you pay, or publish without."),
            ("9", "3", "below the lower end"),
            ("-1", "", "more"),
        ],
    )
    def test_odd_pay_publishes_nothing(self, boss, owner, low, high, sentence):
        job = make_draft(owner, about_company="Tea")
        data = {"do": "pay", "pay_min": low, "pay_max": high, "currency": "EUR", "pay_period": "hour"}
        assert sentence in said(boss.post(url("job_publish", job), data))
        job.refresh_from_db()
        assert job.status == "draft"

    def test_publishes_without(self, boss, owner):
        job = make_draft(owner, about_company="Tea")
        boss.post(url("job_publish", job), {"do": "publish"})
        job.refresh_from_db()
        assert [job.status, job.pay_min] == ["open", None]

    def test_says_on_a_trial_that_nobody_outside_sees_it(self, boss, draft, settings):
        draft.about_company, draft.pay_min = "Tea", Decimal(12)
        draft.save()
        page = said(boss.get(url("job_publish", draft)))
        assert "Trial on this computer" in page
        assert "Publish anyway" in page

    def test_says_it_once_in_the_life_of_a_shop(self, boss, owner, job):
        second = make_draft(owner, about_company="Tea", pay_min=Decimal(12))
        page = said(boss.get(url("job_publish", second)))
        assert "Publish now" in page
        assert "You can publish to see how everything works." not in page

    def test_the_editor_publishes_at_once_when_nothing_is_left_to_ask(self, boss, owner, job):
        second = make_draft(owner, about_company="Tea", pay_min=Decimal(12))
        answer = boss.post(url("job_edit", second), typed(second, do="publish"))
        assert answer.url == url("job_live", second)
        second.refresh_from_db()
        assert second.status == "open"

    @pytest.mark.parametrize("lacking", [{"pay_min": None}, {"about_company": ""}])
    def test_the_editor_asks_when_something_is_missing(self, boss, owner, job, lacking):
        second = make_draft(owner, **({"about_company": "Tea", "pay_min": Decimal(12)} | lacking))
        answer = boss.post(url("job_edit", second), typed(second, do="publish"))
        assert answer.url == url("job_publish", second)
        second.refresh_from_db()
        assert second.status == "draft"

    def test_get_never_publishes(self, boss, draft, settings):
        settings.KEEP_MAIL = settings.LOOPBACK = False
        draft.about_company, draft.pay_min = "Tea", Decimal(12)
        draft.save()
        boss.get(url("job_publish", draft))
        draft.refresh_from_db()
        assert draft.status == "draft"


class TestLive:
    def test_has_the_link_three_texts_and_the_test(self, boss, job):
        page = said(boss.get(url("job_live", job)))
        assert "Live." in page
        assert "http://localhost:8000" + address(job, "job") in page
        assert [page.count(f"?via={code}") for code in ("linkedin", "wwr", "friend")] == [1, 1, 1]
        assert f"{address(job)}?test=" in page

    def test_of_a_draft_is_the_editor(self, boss, draft):
        assert boss.get(url("job_live", draft)).url == url("job_edit", draft)


class TestOverview:
    def test_counts_people_and_not_tests(self, boss, job):
        make_application(job)
        make_application(job, is_test=True)
        page = said(boss.get(url("job", job)))
        assert "<strong>1</strong><span>applied</span>" in page
        assert "1 application here is a test of your own." in page

    def test_without_applicants_offers_the_link(self, boss, job):
        page = said(boss.get(url("job", job)))
        assert "Nobody has applied yet. Your link works." in page
        assert f'data-copy="http://localhost:8000{address(job, "job")}"' in page

    def test_of_a_draft_is_the_editor(self, boss, draft):
        assert boss.get(url("job", draft)).url == url("job_edit", draft)

    def test_tests_go_with_one_click(self, boss, job):
        make_application(job, is_test=True)
        page = boss.post(url("job_remove_tests", job), follow=True)
        assert "1 test application removed." in said(page)
        assert Application.objects.count() == 0

    def test_closing_leads_to_those_who_have_not_heard(self, boss, job):
        assert boss.post(url("job_state", job), {"do": "close"}).url == url("job", job)
        boss.post(url("job_state", job), {"do": "resume"})
        make_application(job)
        assert boss.post(url("job_state", job), {"do": "close"}).url == url("unheard", job)

    @pytest.mark.parametrize(
        ("do", "status"), [("stop", "paused"), ("close", "closed"), ("draft", "open"), ("", "open")]
    )
    def test_states(self, boss, job, do, status):
        boss.post(url("job_state", job), {"do": do})
        job.refresh_from_db()
        assert job.status == status

    @pytest.mark.parametrize("first", ["stop", "close"])
    def test_takes_applications_again_at_the_same_address(self, boss, job, client, first):
        boss.post(url("job_state", job), {"do": first})
        boss.post(url("job_state", job), {"do": "resume"})
        assert job.title in said(client.get(address(job, "job")))

    def test_a_draft_has_no_states(self, boss, draft):
        boss.post(url("job_state", draft), {"do": "close"})
        draft.refresh_from_db()
        assert draft.status == "draft"

    @pytest.mark.parametrize(("typed", "openings"), [("3", 3), ("0", 1), ("100", 1), ("x", 1), ("", 1)])
    def test_openings(self, boss, job, typed, openings):
        boss.post(url("job_openings", job), {"openings": typed})
        job.refresh_from_db()
        assert job.openings == openings

    def test_owner_says_which_managers_run_it(self, boss, job, manager, interviewer, rival, sign_in):
        boss.post(url("job_members", job), {"managers": [manager.pk]})
        assert set(JobMember.objects.filter(job=job).values_list("membership", flat=True)) == {manager.pk}
        assert job.title in said(sign_in(manager).get(url("job", job)))

    @pytest.mark.parametrize("who", ["interviewer", "rival"])
    def test_others_cannot_be_put_on_it(self, boss, job, who, request):
        other = request.getfixturevalue(who)
        assert boss.post(url("job_members", job), {"managers": [other.pk]}).status_code == 422
        assert not JobMember.objects.filter(membership=other).exists()


class TestHome:
    def test_empty_says_what_to_do(self, boss):
        page = said(boss.get(reverse("hiring:home")))
        assert "No job yet. Describing one takes about six minutes." in page

    def test_lists_jobs_with_counts(self, boss, job, draft):
        make_application(job)
        make_application(job, is_test=True)
        page = said(boss.get(reverse("hiring:home")))
        assert "1 person has applied" in page
        assert "1 to read" in page
        assert page.index(url("job", job)) < page.index(url("job_edit", draft))

    @pytest.mark.parametrize("number", [1, 3])
    def test_queries_do_not_grow_with_the_list(self, boss, owner, django_assert_num_queries, number):
        for _ in range(number):
            make_application(make_published(owner))
        boss.get(reverse("hiring:home"))
        with django_assert_num_queries(4):  # session, user, membership with company; jobs with counts
            boss.get(reverse("hiring:home"))

    def test_managers_see_the_jobs_they_are_on(self, job, manager, sign_in):
        assert "No job yet" in said(sign_in(manager).get(reverse("hiring:home")))
        JobMember.objects.create(company=job.company, job=job, membership=manager)
        assert job.title in said(sign_in(manager).get(reverse("hiring:home")))

    def test_interviewers_see_the_people_they_are_asked_to_see(self, job, interviewer, sign_in):
        application = make_application(job, name="Ann Applicant", name_shown_at=timezone.now())
        make_application(job, name="Bob Other")
        application.assignments.create(company=job.company, membership=interviewer)
        page = said(sign_in(interviewer).get(reverse("hiring:home")))
        assert "Ann Applicant" in page
        assert "Bob Other" not in page


PAGES = ("job", "job_edit", "job_publish", "job_live", "application_add")
POSTS = (
    "job_state",
    "job_openings",
    "job_members",
    "job_remove_tests",
    "job_preview",
    "job_edit",
    "job_publish",
)


class TestStrangers:
    @pytest.mark.parametrize("name", PAGES)
    def test_another_company_gets_a_404(self, job, rival, sign_in, name):
        client = sign_in(rival)
        gone = client.get(reverse(f"hiring:{name}", args=[987654]))
        answer = client.get(url(name, job))
        assert [answer.status_code, answer.content] == [404, gone.content]

    @pytest.mark.parametrize("name", POSTS)
    def test_another_company_changes_nothing(self, job, rival, sign_in, name):
        assert sign_in(rival).post(url(name, job), {"do": "close", "openings": "7"}).status_code == 404
        again = Job.objects.get(pk=job.pk)
        assert [again.status, again.openings] == [JobStatus.OPEN, 1]

    @pytest.mark.parametrize("name", PAGES)
    def test_a_manager_who_is_not_on_the_job_gets_a_403(self, job, manager, sign_in, name):
        assert sign_in(manager).get(url(name, job)).status_code == 403

    def test_a_second_company_never_shows_in_the_list(self, job, sign_in):
        other = make_member(make_company("Other"))
        make_published(other, title="Their secret job")
        assert "Their secret job" not in said(sign_in(job.created_by).get(reverse("hiring:home")))


def test_last_day_may_stay_when_it_has_passed_meanwhile(boss, owner):
    job = make_published(owner, answer_by=localdate() - timedelta(days=3))
    assert post(boss, job, why_us="New words").status_code == 302
