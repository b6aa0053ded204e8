import json
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core import signing
from django.utils import timezone, translation

from hiring import adverts, jsonld, questions, requirements, rows, wording
from hiring.models import Application, Candidate, Job
from hiring.models.jobs import EmploymentType, PayPeriod, Place
from tests.factories import make_company, make_member
from tests.hiring.adverts import make_draft, make_published
from tests.hiring.factories import bring, make_application, make_offer
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db


def actions():
    return list(TrailEntry.objects.order_by("pk").values_list("action", flat=True))


class TestDraft:
    def test_is_already_written(self, owner):
        job = adverts.draft(company=owner.company, by=owner, hours=15)
        assert job.title == "Customer support person, part-time, 15 hours a week"
        assert "15 hours a week" in job.summary
        assert [len(job.responsibilities.splitlines()), bool(job.how_to_apply)] == [5, True]
        assert job.employment_type == EmploymentType.PART_TIME

    def test_copies_ten_requirements_and_two_questions_in_order(self, owner):
        job = adverts.draft(company=owner.company, by=owner)
        rows = requirements.listed(job)
        assert Counter(r.level for r in rows if r.kind == "skill") == {"must": 4, "nice": 2, "bonus": 1}
        assert [r.key for r in rows][-3:] == ["availability", "place", "plans"]
        assert [q.key for q in questions.asked(job)] == ["when", "support"]

    def test_copies_no_words_so_that_each_reader_gets_their_own_language(self, owner):
        job = adverts.draft(company=owner.company, by=owner)
        assert set(job.requirements.values_list("text", flat=True)) == {""}
        assert set(job.questions.values_list("text", flat=True)) == {""}

    def test_speaks_the_companys_language_money_and_country(self, db):
        company = make_company(language="pl", currency="PLN", country="PL")
        owner = make_member(company)
        with translation.override("en"):
            job = adverts.draft(company=company, by=owner, hours=10)
        assert [job.language, job.currency, job.country] == ["pl", "PLN", "PL"]

    def test_puts_its_maker_on_it_and_says_so_in_the_trail(self, manager):
        job = adverts.draft(company=manager.company, by=manager)
        assert list(Job.objects.all().visible_to(manager)) == [job]
        assert actions() == ["job.drafted"]

    @pytest.mark.parametrize(("hours", "kind"), [(34, "PART_TIME"), (35, "FULL_TIME"), (None, "PART_TIME")])
    def test_35_hours_are_full_time(self, owner, hours, kind):
        assert adverts.draft(company=owner.company, by=owner, hours=hours).employment_type == kind

    def test_has_an_address_nobody_can_guess(self, owner):
        one, other = make_draft(owner), make_draft(owner)
        assert one.slug != other.slug
        assert one.slug.startswith("draft-")


class TestRewrite:
    def change(self, job, **fields):
        before = Job.objects.get(pk=job.pk)
        for name, value in fields.items():
            setattr(job, name, value)
        return adverts.rewrite(job, before=before)

    def test_follows_new_hours(self, owner):
        job = make_draft(owner)
        assert self.change(job, hours_week=Decimal(12)) == ["title", "summary"]
        assert "12 hours a week" in job.title

    def test_leaves_alone_what_somebody_wrote(self, owner):
        job = make_draft(owner, title="Tea friend")
        assert self.change(job, hours_week=Decimal(12)) == ["summary"]
        assert job.title == "Tea friend"

    def test_other_changes_write_nothing(self, owner):
        assert self.change(make_draft(owner), city="Oulu") == []


class TestPublish:
    def test_opens_and_makes_the_address_of_the_title(self, owner):
        job = make_published(owner, title="Łagodny głos sklepu")
        assert [job.status, job.slug] == ["open", "lagodny-glos-sklepu"]
        assert job.first_opened_at is not None
        assert actions()[-1] == "job.published"

    def test_twice_is_once(self, owner):
        job = make_published(owner)
        again = adverts.publish(job, by=owner)
        assert again.first_opened_at == job.first_opened_at
        assert actions().count("job.published") == 1

    @pytest.mark.parametrize("part", ["summary", "about_company", "responsibilities", "how_to_apply"])
    def test_waits_for_each_required_part(self, owner, part):
        job = make_draft(owner, **({"about_company": "Tea."} | {part: ""}))
        with pytest.raises(adverts.Incomplete) as refused:
            adverts.publish(job, by=owner)
        assert refused.value.missing == [part]

    def test_waits_for_a_skill_and_for_the_hours(self, owner):
        job = make_draft(owner, about_company="Tea.", hours_week=None)
        job.requirements.all().delete()
        with pytest.raises(adverts.Incomplete) as refused:
            adverts.publish(job, by=owner)
        assert refused.value.missing == ["summary", "skills"]

    def test_does_not_wait_for_pay(self, owner):
        assert adverts.publish(make_draft(owner, about_company="Tea."), by=owner).is_open

    @pytest.mark.parametrize("title", ["Rep", "Rep!", "rep"])
    def test_same_titles_get_addresses_of_their_own(self, owner, title):
        slugs = [make_published(owner, title=title).slug for _ in range(3)]
        assert slugs == ["rep", "rep-2", "rep-3"]

    def test_a_title_without_latin_letters_still_gets_an_address(self, owner):
        assert make_published(owner, title="客服").slug == "job"


class TestRequirements:
    @pytest.fixture
    def job(self, owner):
        return make_published(owner)

    def keys(self, job):
        return [r.key or r.text for r in requirements.listed(job)]

    def test_move_up_and_down_and_stop_at_the_ends(self, job):
        first, second, *_rest = requirements.listed(job)
        rows.shift(second, up=True)
        assert self.keys(job)[:2] == [second.key, first.key]
        rows.shift(second, up=True)
        assert self.keys(job)[:2] == [second.key, first.key]
        rows.shift(second, up=False)
        assert self.keys(job)[:2] == [first.key, second.key]

    def test_own_ones_go_to_the_end_and_are_tested_in_the_interview(self, job, owner):
        row = requirements.add(job, text="Loves tea", by=owner)
        assert self.keys(job)[-1] == "Loves tea"
        assert row.places == ("interview",)

    def test_removed_before_anybody_was_read_is_gone(self, job, owner):
        requirements.remove(requirements.listed(job)[0], by=owner)
        assert len(requirements.listed(job)) == 9
        job.refresh_from_db()
        assert job.rubric_version == 1

    def test_removed_after_somebody_was_read_is_kept_and_makes_a_version(self, job, owner):
        make_application(job, read_at=timezone.now())
        requirements.remove(requirements.listed(job)[0], by=owner)
        assert [len(requirements.listed(job)), job.requirements.count()] == [9, 10]
        job.refresh_from_db()
        assert job.rubric_version == 2

    def test_level_carries_the_weight(self, job, owner):
        row = requirements.listed(job)[0]
        requirements.set_level(row, level="bonus", by=owner)
        row.refresh_from_db()
        assert [row.level, row.weight] == ["bonus", 1]


class TestQuestions:
    def test_removed_without_answers_is_gone(self, owner):
        job = make_published(owner)
        questions.remove(questions.asked(job)[0], by=owner)
        assert [q.key for q in questions.asked(job)] == ["support"]

    def test_answered_one_is_kept_but_no_longer_asked(self, owner):
        job = make_published(owner)
        question = questions.asked(job)[0]
        question.answers.create(company=job.company, application=make_application(job), text="Mornings")
        questions.remove(question, by=owner)
        assert [q.key for q in questions.asked(job)] == ["support"]
        assert question.answers.get().text == "Mornings"


class TestTests:
    def test_a_test_is_signed_for_its_job(self, owner):
        one, other = make_published(owner), make_published(owner)
        mark = adverts.mark_of_test(one)
        assert [adverts.is_test(one, mark), adverts.is_test(other, mark)] == [True, False]
        assert not adverts.is_test(one, "1")

    def test_a_test_lasts_a_day(self, owner, time_machine):
        job = make_published(owner)
        mark = adverts.mark_of_test(job)
        time_machine.move_to(timezone.now() + timedelta(hours=25))
        assert not adverts.is_test(job, mark)

    def test_a_mark_for_something_else_is_none(self, owner):
        job = make_published(owner)
        assert not adverts.is_test(job, signing.dumps(job.pk, salt="other"))

    def test_removing_tests_leaves_real_people(self, owner):
        job = make_published(owner)
        real, trial = make_application(job), make_application(job, is_test=True)
        bring(trial, "offer", owner)
        make_offer(trial, owner)
        assert adverts.remove_tests(job, by=owner) == 1
        assert list(Application.objects.all()) == [real]
        assert list(Candidate.objects.all()) == [real.candidate]
        assert actions()[-1] == "job.tests_removed"


class TestWording:
    def complete(self, job):
        return wording.completeness(job, requirements.listed(job))

    def test_counts_nine_parts(self, owner):
        assert [self.complete(make_draft(owner)).done, self.complete(make_published(owner)).done] == [4, 9]

    def test_names_what_is_missing_in_the_order_of_the_page(self, owner):
        job = make_published(owner, why_us="", pay_min=None, pay_max=None)
        assert self.complete(job).missing_names == "why work with us, pay"

    def test_remote_needs_no_town(self, owner):
        assert "place" not in self.complete(make_draft(owner, place=Place.REMOTE)).missing

    def test_required_parts_that_are_empty_show_while_drafting_only(self, owner):
        job = make_draft(owner)
        headings = [
            {s.heading for s in wording.advert(job, [], drafting=drafting).sections}
            for drafting in (True, False)
        ]
        assert headings[0] - headings[1] == {"About us", "Why work with us", "Pay and benefits"}

    def test_bullets_people_type_are_not_shown_twice(self, owner):
        job = make_draft(owner, responsibilities="- Answer mail\n\n * Send parcels")
        section = next(s for s in wording.advert(job, []).sections if s.heading == "What you will do")
        assert section.items == ["Answer mail", "Send parcels"]

    @pytest.mark.parametrize(
        ("low", "high", "period", "said"),
        [
            ("2400", "2800", "month", "€2,400 – €2,800 a month"),
            ("13.50", None, "hour", "from €13.50 an hour"),
            (None, "100", "day", "up to €100 a day"),
            ("600", "600", "week", "€600 a week"),
            (None, None, "year", ""),
        ],
    )
    def test_pay(self, low, high, period, said):
        job = Job(
            pay_min=low and Decimal(low), pay_max=high and Decimal(high), pay_period=period, currency="EUR"
        )
        assert wording.pay(job) == said

    @pytest.mark.parametrize(
        ("place", "city", "said"),
        [
            ("remote", "", "Remote, from Finland"),
            ("onsite", "Turku", "Turku, Finland"),
            ("hybrid", "Turku", "Turku, Finland, partly remote"),
            ("onsite", "", "Finland"),
        ],
    )
    def test_place(self, place, city, said):
        assert wording.place(Job(place=place, city=city, country="FI")) == said

    @pytest.mark.parametrize(("hours", "said"), [("1", "1 hour"), ("20", "20 hours"), ("7.5", "7.5 hours")])
    def test_hours(self, hours, said):
        assert wording.hours(Decimal(hours)) == f"{said} a week"

    def test_every_period_and_every_part_has_words(self):
        assert set(wording.PER) == set(PayPeriod)
        assert len(wording.PARTS) == 9


class TestJsonLd:
    def posting(self, job):
        advert = wording.advert(job, requirements.listed(job))
        return jsonld.posting(job, sections=advert.sections, path="/careers/lumi/rep/")

    def test_tells_what_the_page_tells(self, owner):
        job = make_published(owner, answer_by=date(2027, 3, 1))
        data = self.posting(job)
        assert data["title"] == job.title
        assert data["datePosted"] == job.first_opened_at.date().isoformat()
        assert [data["validThrough"], data["employmentType"], data["directApply"]] == [
            "2027-03-01",
            "PART_TIME",
            True,
        ]
        assert data["identifier"] == {"@type": "PropertyValue", "name": "Lumi", "value": str(job.pk)}
        assert data["jobLocation"]["address"]["addressLocality"] == "Turku"
        assert data["baseSalary"]["value"] == {
            "@type": "QuantitativeValue",
            "unitText": "HOUR",
            "minValue": 13.5,
            "maxValue": 16.0,
        }

    def test_remote_has_a_country_of_applicants_and_no_place(self, owner):
        data = self.posting(make_published(owner, place=Place.REMOTE))
        assert data["jobLocationType"] == "TELECOMMUTE"
        assert data["applicantLocationRequirements"]["name"] == "Finland"
        assert "jobLocation" not in data

    def test_what_is_not_told_is_left_out(self, owner):
        data = self.posting(make_published(owner, pay_min=None, pay_max=None, answer_by=None, city=""))
        assert {"baseSalary", "validThrough"} & set(data) == set()
        assert "addressLocality" not in data["jobLocation"]["address"]

    def test_description_is_p_ul_li_and_escaped(self, owner):
        job = make_published(owner, about_company="<b>Tea</b> & more")
        description = self.posting(job)["description"]
        assert "<p>&lt;b&gt;Tea&lt;/b&gt; &amp; more</p>" in description
        assert "<ul><li>" in description

    @pytest.mark.parametrize("hostile", ["</script><script>x", "<!--", "\u2028", "a & b"])
    def test_cannot_leave_its_script_element(self, hostile):
        written = jsonld.script({"title": hostile})
        assert not {"<", ">", "&", "\u2028"} & set(written)
        assert json.loads(written) == {"title": hostile}
