"""A job begun from an earlier one or from a template: its words, and nothing that happened."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accounts import deleting
from config import deleted
from hiring import adverts, copying, questions, requirements
from hiring.models import Application, Job, JobMember, JobTemplate
from tests.factories import make_company, make_member
from tests.hiring.adverts import make_draft, make_published
from tests.hiring.factories import make_application
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db


def url(name, row=None):
    return reverse(f"hiring:{name}", args=[row.pk] if row else [])


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


@pytest.fixture
def job(owner):
    return make_published(owner, title="Tea support", words_left=["young"], cover_hours="")


@pytest.fixture
def template(job, owner):
    return copying.save_template(job, name="Tea", by=owner)


def said(response) -> str:
    return response.content.decode()


def texts(job):
    return (
        {name: getattr(job, name) for name in copying.FIELDS},
        [(row.key, row.text, row.level, row.weight, row.position) for row in requirements.listed(job)],
        [(row.key, row.text, row.kind) for row in questions.asked(job)],
    )


class TestCopy:
    def test_has_the_same_words(self, job, owner):
        row = requirements.add(job, text="Loves tea", by=owner)
        requirements.set_level(row, level="must", by=owner)
        questions.add(job, text="Which tea?", by=owner)
        made = copying.copy(Job.objects.get(pk=job.pk), by=owner)
        assert texts(Job.objects.get(pk=made.pk)) == texts(Job.objects.get(pk=job.pk))

    def test_has_nothing_that_happened(self, job, owner):
        make_application(job)
        adverts.set_openings(job, number=3, by=owner)
        made = Job.objects.get(pk=copying.copy(Job.objects.get(pk=job.pk), by=owner).pk)
        assert [made.status, made.first_opened_at, made.closed_at, made.openings, made.last_number] == [
            "draft", None, None, 1, 0,
        ]  # fmt: skip
        assert (made.slug != job.slug, made.undoable, made.rubric_version) == (True, {}, 1)
        assert Application.objects.filter(job=made).count() == made.placements.count() == 0

    @pytest.mark.parametrize(("days", "stays"), [(-1, False), (0, True), (20, True)])
    def test_a_day_that_has_passed_is_left_empty(self, owner, days, stays):
        day = localdate() + timedelta(days=days)
        made = copying.copy(make_draft(owner, answer_by=day), by=owner)
        assert made.answer_by == (day if stays else None)

    def test_what_was_taken_off_the_list_stays_off(self, job, owner):
        requirements.remove(requirements.listed(job)[0], by=owner)
        questions.remove(questions.asked(job)[0], by=owner)
        made = copying.copy(job, by=owner)
        assert [made.requirements.count(), made.questions.count()] == [9, 1]

    def test_who_copies_runs_it(self, job, manager):
        JobMember.objects.create(company=job.company, job=job, membership=manager)
        made = copying.copy(job, by=manager)
        assert [made.created_by, list(made.members.all())] == [manager, [manager]]

    def test_the_button_leads_to_the_new_one(self, boss, job):
        answer = boss.post(url("job_copy", job))
        made = Job.objects.latest("pk")
        assert (answer.url, made.title) == (url("job_edit", made), "Tea support")
        assert TrailEntry.objects.latest("pk").action == "job.drafted"

    def test_the_earlier_one_stays_as_it_was(self, boss, job):
        before = texts(Job.objects.get(pk=job.pk))
        boss.post(url("job_copy", job))
        assert texts(Job.objects.get(pk=job.pk)) == before

    def test_a_manager_copies_only_their_own_jobs(self, job, manager, sign_in):
        assert sign_in(manager).post(url("job_copy", job)).status_code == 403
        assert Job.objects.count() == 1


class TestTemplate:
    def test_is_a_job_again(self, template, job, owner):
        made = Job.objects.get(pk=copying.use_template(template, company=owner.company, by=owner).pk)
        fields, *rows = texts(Job.objects.get(pk=job.pk))
        assert texts(made) == (fields | {"answer_by": None}, *rows)
        assert [made.pay_min, made.hours_week] == [Decimal("13.50"), Decimal(20)]

    def test_stays_as_it_was_when_the_job_changes_or_goes(self, template, job, owner):
        Job.objects.filter(pk=job.pk).update(title="Another")
        again = JobTemplate.objects.get(pk=template.pk)
        assert copying.use_template(again, company=owner.company, by=owner).title == "Tea support"

    def test_forgets_what_the_models_do_not_know_any_more(self, template, owner):
        template.content["fields"]["horoscope"] = "lion"
        template.content["requirements"][0]["colour"] = "red"
        del template.content["questions"]
        made = copying.use_template(template, company=owner.company, by=owner)
        assert [made.title, made.requirements.count(), made.questions.count()] == ["Tea support", 10, 0]

    def test_holds_no_person_and_no_day(self, template, job):
        assert template.content["fields"]["answer_by"] is None
        assert set(template.content) == {"fields", "requirements", "questions"}
        assert not {"created_by", "slug", "status", "first_opened_at"} & set(template.content["fields"])


class TestPages:
    def test_saved_from_the_job_under_a_name(self, boss, job):
        page = said(boss.post(url("job_template_save", job), {"name": "Autumn"}, follow=True))
        assert "“Autumn” is a template now." in page
        assert JobTemplate.objects.get().name == "Autumn"

    @pytest.mark.parametrize(
        ("name", "sentence"), [("", "required"), ("x" * 121, "at most 120"), ("a\0b", "Null")]
    )
    def test_an_odd_name_is_refused_beside_the_field(self, boss, job, template, name, sentence):
        saved = boss.post(url("job_template_save", job), {"name": name})
        renamed = boss.post(url("job_template_rename", template), {"name": name})
        assert [saved.status_code, renamed.status_code] == [422, 422]
        assert [sentence in said(answer) for answer in (saved, renamed)] == [True, True]
        assert JobTemplate.objects.get().name == "Tea"

    def test_renamed(self, boss, template):
        boss.post(url("job_template_rename", template), {"name": "Green tea"})
        boss.post(url("job_template_rename", template), {"name": "Green tea"})
        assert JobTemplate.objects.get().name == "Green tea"
        assert TrailEntry.objects.filter(action="job_template.renamed").count() == 1

    def test_a_refused_name_stands_in_its_own_row(self, boss, job, template, owner):
        copying.save_template(job, name="Coffee", by=owner)
        page = said(boss.post(url("job_template_rename", template), {"name": "y" * 121}))
        assert (page.count("y" * 121), "Coffee" in page, page.count('<details class="fh-small" open')) == (
            1,
            True,
            1,
        )

    def test_begun_with(self, boss, template):
        answer = boss.post(url("job_template_use", template))
        assert answer.url == url("job_edit", Job.objects.latest("pk"))

    def test_deleted_with_undo_and_put_back(self, boss, template):
        page = said(boss.post(url("job_template_delete", template), follow=True))
        assert "Tea is deleted. It can be put back for 14 days." in page
        assert JobTemplate.objects.count() == 0
        boss.post(reverse("deleted_put_back", args=["template", template.pk]))
        assert JobTemplate.objects.get().deleted_at is None

    def test_lies_in_recently_deleted_and_goes_for_good(self, boss, template, owner, settings):
        copying.delete_template(template, by=owner)
        assert "Template of a job" in said(boss.get(reverse("deleted")))
        JobTemplate.everything.update(deleted_at=deleting.limit() - timedelta(seconds=1))
        deleted.purge()
        assert JobTemplate.everything.count() == 0

    @pytest.mark.parametrize("name", ["job_template_use", "job_template_rename", "job_template_delete"])
    def test_a_deleted_one_is_not_there(self, boss, template, owner, name):
        copying.delete_template(template, by=owner)
        assert boss.post(url(name, template), {"name": "x"}).status_code == 404

    @pytest.mark.parametrize("name", ["job_template_use", "job_template_rename", "job_template_delete"])
    def test_another_shops_is_not_there(self, sign_in, rival, template, name):
        assert sign_in(rival).post(url(name, template), {"name": "x"}).status_code == 404
        assert (JobTemplate.objects.get().name, Job.objects.filter(company=rival.company_id).count()) == (
            "Tea",
            0,
        )

    def test_none_yet_says_how_to_make_one(self, boss):
        assert "No template yet." in said(boss.get(url("job_templates")))

    def test_a_name_is_never_live(self, boss, job, owner):
        copying.save_template(job, name="<script>1</script>", by=owner)
        assert "<script>1" not in said(boss.get(url("job_templates")))

    @pytest.mark.parametrize("number", [1, 3])
    def test_the_list_costs_the_same(self, boss, job, owner, django_assert_num_queries, number):
        for n in range(number):
            copying.save_template(job, name=f"No {n}", by=owner)
        boss.get(url("job_templates"))
        with django_assert_num_queries(4):  # session, user, membership with company; the templates
            boss.get(url("job_templates"))


class TestStart:
    def test_offers_templates_and_earlier_jobs(self, boss, job, template):
        page = said(boss.get(url("start")))
        assert [url("job_template_use", template) in page, url("job_copy", job) in page] == [True, True]

    def test_with_nothing_there_it_offers_neither(self, boss):
        page = said(boss.get(url("start")))
        assert ["From a template" in page, "Copy an earlier job" in page] == [False, False]

    def test_not_those_of_another_shop(self, sign_in, template):
        other = make_member(make_company("Other"))
        page = said(sign_in(other).get(url("start")))
        assert ["Tea support" in page, "From a template" in page] == [False, False]

    def test_a_manager_is_offered_their_own_jobs_and_the_shops_templates(
        self, sign_in, manager, job, template
    ):
        page = said(sign_in(manager).get(url("start")))
        assert [url("job_template_use", template) in page, url("job_copy", job) in page] == [True, False]

    @pytest.mark.parametrize("number", [1, 3])
    def test_costs_the_same(self, boss, owner, django_assert_num_queries, number):
        for n in range(number):
            copying.save_template(make_published(owner), name=f"No {n}", by=owner)
        boss.get(url("start"))
        with django_assert_num_queries(
            7
        ):  # three for who it is; the answer, jobs, templates, what was learned
            boss.get(url("start"))
