"""A job's own page: what comes next, what can be done with it now, who runs it; and the line on the home page."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from hiring import closing
from hiring.models import Application, Job, JobMember, JobStatus, Stage, Told
from tests.hiring.acts import refuse, withdraw
from tests.hiring.adverts import address, make_published
from tests.hiring.factories import bring, go, make_application, make_job

pytestmark = pytest.mark.django_db
OVER = (JobStatus.FILLED, JobStatus.CLOSED)


def url(name, job):
    return reverse(f"hiring:{name}", args=[job.pk])


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


@pytest.fixture
def job(company):
    return make_job(company)


def put(job, status, **fields):
    closed_at = timezone.now() if status in OVER else None
    Job.objects.filter(pk=job.pk).update(status=status, closed_at=closed_at, **fields)
    return Job.objects.select_related("company").get(pk=job.pk)


def said(response) -> str:
    return " ".join(strip_tags(response.content.decode()).split())


def page(boss, job):
    return boss.get(url("job", job)).content.decode()


def buttons(boss, job):
    return [do for do in ("stop", "resume", "close") if f'value="{do}"' in page(boss, job)]


class TestWhatIsPossible:
    @pytest.mark.parametrize(
        ("status", "wanted"),
        [
            ("open", ["stop", "close"]),
            ("paused", ["resume", "close"]),
            ("closed", ["resume"]),
            ("filled", ["resume"]),
        ],
    )
    def test_with_room(self, boss, job, status, wanted):
        assert buttons(boss, put(job, status)) == wanted

    @pytest.mark.parametrize(("status", "wanted"), [("filled", []), ("paused", ["close"]), ("closed", [])])
    def test_with_every_opening_filled(self, boss, job, owner, status, wanted):
        bring(make_application(job), Stage.HIRED, owner)
        assert buttons(boss, put(job, status)) == wanted

    @pytest.mark.parametrize(
        ("status", "wanted"), [("open", ["stop", "close"]), ("paused", ["close"]), ("closed", [])]
    )
    def test_with_its_day_over(self, boss, job, status, wanted):
        job = put(job, status, answer_by=timezone.now().date() - timedelta(days=2))
        assert buttons(boss, job) == wanted
        assert (f"{url('job_edit', job)}#id_answer_by" in page(boss, job)) == (status != "filled")

    def test_nothing_with_a_draft(self, job):
        assert closing.acts(Job(status=JobStatus.DRAFT), 0) == []

    @pytest.mark.parametrize("status", ["open", "paused", "closed", "filled"])
    def test_every_button_shown_does_what_it_says(self, boss, job, status):
        for do in buttons(boss, put(job, status)):
            put(job, status)
            boss.post(url("job_state", job), {"do": do})
            wanted = {"stop": "paused", "resume": "open", "close": "closed"}[do]
            assert Job.objects.get(pk=job.pk).status == wanted

    def test_more_openings_offer_to_open_it_again(self, boss, job, owner):
        bring(make_application(job), Stage.HIRED, owner)
        assert "first say below how many you need" in said(boss.get(url("job", job)))
        answer = said(boss.post(url("job_openings", job), {"openings": "2"}, follow=True))
        assert "Open the job again when people may apply." in answer
        assert buttons(boss, job) == ["resume"]
        boss.post(url("job_state", job), {"do": "resume"})
        assert Job.objects.get(pk=job.pk).status == "open"

    def test_with_a_later_day_it_opens_again(self, boss, job):
        job = put(job, "paused", answer_by=timezone.now().date() - timedelta(days=2))
        assert "First choose a later one" in said(
            boss.post(url("job_state", job), {"do": "resume"}, follow=True)
        )
        put(job, "paused", answer_by=timezone.now().date() + timedelta(days=9))
        assert buttons(boss, job) == ["resume", "close"]


class TestWhatComesNext:
    def next(self, boss, job):
        return said(boss.get(url("job", job)))

    def test_nobody_yet(self, boss, job):
        assert "Nobody has applied yet. Your link works." in self.next(boss, job)
        assert url("job_live", job) in page(boss, job)

    def test_a_stopped_one_does_not_say_that_its_link_works(self, boss, job):
        text = self.next(boss, put(job, "paused"))
        assert ("Nobody has applied yet." in text, "Your link works" in text) == (True, False)

    def test_to_read_then_in_the_running(self, boss, job, owner):
        person = make_application(job)
        assert "1 application to read." in self.next(boss, job)
        go(person, Stage.PHONE, owner)
        assert "1 person is in the running." in self.next(boss, job)
        withdraw(person)
        assert "Nobody is in the running at the moment." in self.next(boss, job)

    def test_who_has_not_heard_comes_first_when_it_is_over(self, boss, job, owner):
        person = make_application(job)
        closing.close(job, by=owner)
        assert "1 person has not heard." in self.next(boss, job)
        assert url("unheard", job) in page(boss, job)
        refuse(person, owner)
        assert "This hiring is over, and everybody has heard." in self.next(boss, job)

    def test_when_its_day_has_passed_it_says_who_waits(self, boss, job):
        make_application(job)
        text = self.next(boss, put(job, "paused", answer_by=date(2026, 1, 5)))
        assert "The day to apply by, Jan. 5, 2026, has passed. 1 person has not heard." in text

    @pytest.mark.parametrize("number", [1, 3])
    def test_costs_the_same(self, boss, job, owner, django_assert_num_queries, number):
        for _ in range(number):
            make_application(job)
        closing.close(job, by=owner)
        boss.get(url("job", job))
        # three for who it is; the job with its counts, tests, who has not heard, members, the managers to choose from
        with django_assert_num_queries(8):
            boss.get(url("job", job))


class TestWhoRunsIt:
    def test_a_manager_reads_who_is_on_it(self, company, manager, sign_in):
        job = make_job(company, members=[manager])
        text = said(sign_in(manager).get(url("job", job)))
        assert "Who runs this hiring Mika" in text
        assert url("job_members", job) not in page(sign_in(manager), job)

    def test_an_owner_says_who(self, boss, job, manager):
        assert url("job_members", job) in page(boss, job)


class TestOffTheAir:
    """Closing holds everywhere at once: advert, form, list, feed, sitemap."""

    PLACES = ("company", "atom", "jobs_xml", "sitemap")

    @pytest.fixture
    def advert(self, owner):
        return make_published(owner)

    @pytest.mark.parametrize("do", ["stop", "close"])
    @pytest.mark.parametrize("name", PLACES)
    def test_it_is_listed_nowhere(self, advert, owner, client, do, name):
        from hiring import careers_site

        careers_site.save(owner.company, by=owner, jobs_feed=True)
        there = address(advert, "job")
        place = reverse(f"careers:{name}", args=[owner.company.slug])
        listed = [there in client.get(place).content.decode()]
        {"stop": closing.stop, "close": closing.close}[do](advert, by=owner)
        assert [*listed, there in client.get(place).content.decode()] == [True, False]

    @pytest.mark.parametrize(("do", "status"), [("stop", 200), ("close", 410)])
    def test_its_page_has_no_form_and_no_posting(self, advert, owner, client, do, status):
        {"stop": closing.stop, "close": closing.close}[do](advert, by=owner)
        answer = client.get(address(advert, "job"))
        text = answer.content.decode()
        assert (answer.status_code, answer["X-Robots-Tag"]) == (status, "noindex")
        assert ("ld+json" in text, address(advert) in text) == (False, False)
        assert client.get(address(advert)).status_code == 410

    def test_today_is_asked_each_time_and_not_when_the_program_began(self, advert, owner, client):
        day = advert.answer_by
        with time_machine.travel(f"{day:%Y-%m-%d} 10:00 +0000", tick=False):
            first = client.get(address(advert)).status_code
        with time_machine.travel(f"{day + timedelta(days=2):%Y-%m-%d} 10:00 +0000", tick=False):
            assert [first, client.get(address(advert)).status_code] == [200, 410]


class TestHomeLine:
    def home(self, client):
        return said(client.get("/"))

    @pytest.mark.parametrize(
        ("status", "day", "sentence"),
        [
            ("paused", date(2026, 1, 5), "the day to apply by has passed. 1 person has not heard."),
            ("open", date(2026, 1, 5), "the day to apply by has passed. 1 person has not heard."),
            ("closed", None, "is over. 1 person has not heard."),
            ("filled", None, "is over. 1 person has not heard."),
        ],
    )
    def test_says_who_waits(self, boss, job, status, day, sentence):
        make_application(job)
        put(job, status, answer_by=day)
        assert sentence in self.home(boss)

    @pytest.mark.parametrize("status", ["open", "paused"])
    def test_not_while_it_goes_on(self, boss, job, status):
        make_application(job)
        put(job, status, answer_by=timezone.now().date() + timedelta(days=5))
        assert "has not heard" not in self.home(boss)

    def test_not_once_everybody_heard_and_never_of_tests(self, boss, job, owner):
        refuse(make_application(job), owner, tell=Told.PHONE)
        make_application(job, is_test=True)
        put(job, "closed")
        assert "not heard" not in self.home(boss)

    def test_not_to_a_manager_of_other_jobs_nor_to_another_shop(self, job, manager, rival, sign_in):
        make_application(job)
        put(job, "closed")
        assert ["not heard" in self.home(sign_in(who)) for who in (manager, rival)] == [False, False]
        JobMember.objects.create(company=job.company, job=job, membership=manager)
        assert "1 person has not heard." in self.home(sign_in(manager))

    @pytest.mark.parametrize("number", [1, 3])
    def test_costs_one_query_however_many(self, owner, django_assert_num_queries, number):
        from hiring import unheard

        jobs = []
        for _ in range(number):
            make_application(job := make_job(owner.company))
            jobs.append(put(job, "closed"))
        with django_assert_num_queries(1):
            assert len(unheard.panels(owner, jobs)[0].context["lines"]) == number
        with django_assert_num_queries(0):
            assert unheard.panels(owner, []) == []


class TestOneByOne:
    @pytest.fixture
    def over(self, job, owner):
        people = [make_application(job, name="Ada"), make_application(job, email="", name="Bo")]
        closing.close(job, by=owner)
        return people

    def tell(self, boss, person, do="mail", /, **fields):
        data = {"person": person.pk, "expected": person.standing, "how": "unheard", "do": do} | fields
        return boss.post(url("unheard", person.job), data, follow=True)

    def told(self, person):
        person.refresh_from_db()
        return [person.outcome, person.told, person.reason]

    @pytest.mark.parametrize(
        ("do", "told", "sentence"), [("mail", "mail", "Ada will hear"), ("phone", "phone", "Ada knows.")]
    )
    def test_one_is_told_and_the_other_still_waits(self, boss, over, do, told, sentence):
        page = said(self.tell(boss, over[0], do))
        assert self.told(over[0]) == ["not_selected", told, "job_closed"]
        assert (sentence in page, "1 person has not heard" in page, "Undo" in page) == (True, True, True)

    def test_undo_leads_back_to_the_list(self, boss, over):
        page = self.tell(boss, over[0]).content.decode()
        undo = page.partition("/hiring/moves/")[2].partition('"')[0]
        answer = boss.post(f"/hiring/moves/{undo}")
        assert (answer.url, self.told(over[0])[:2]) == (url("unheard", over[0].job), ["active", ""])

    def test_without_an_address_no_mail_is_offered_and_none_leaves(self, boss, over):
        page = boss.get(url("unheard", over[1].job)).content.decode()
        assert (page.count('value="mail"'), page.count('value="phone"')) == (1, 2)
        assert "There is no e-mail address" in said(self.tell(boss, over[1]))
        assert self.told(over[1])[0] == "active"

    def test_whoever_was_told_elsewhere_meanwhile_is_not_told_again(self, boss, over, owner):
        refuse(over[0], owner)
        answer = said(self.tell(boss, over[0], "phone"))
        assert ("They have heard meanwhile." in answer, self.told(over[0])[1]) == (True, "mail")

    def test_whoever_was_moved_meanwhile_is_shown_and_not_told(self, boss, over, owner):
        before = over[0].standing
        go(over[0], Stage.PHONE, owner)
        assert self.tell(boss, over[0], expected=before).status_code == 409
        assert self.told(over[0])[0] == "active"

    def test_somebody_whose_way_ended_without_a_word(self, boss, job, owner):
        person = make_application(job, name="Cy")
        refuse(person, owner)
        Application.objects.filter(pk=person.pk).update(told="")
        closing.close(job, by=owner)
        person.refresh_from_db()
        self.tell(boss, person, "phone")
        assert self.told(person)[1] == "phone"

    @pytest.mark.parametrize("who", ["", "x", "²", "9" * 30])
    def test_an_odd_number_tells_nobody(self, boss, over, who):
        self.tell(boss, over[0], person=who)
        assert self.told(over[0])[0] == "active"

    def test_nobody_of_another_job(self, boss, over, company, owner):
        other = make_application(make_job(company))
        boss.post(url("unheard", over[0].job), {"person": other.pk, "expected": other.standing, "do": "mail"})
        assert self.told(other)[0] == "active"

    def test_while_the_job_goes_on_there_is_a_reason_of_its_own(self, boss, job):
        person = make_application(job)
        self.tell(boss, person)
        assert self.told(person)[0] == "active"
        assert 'value="mail"' not in boss.get(url("unheard", job)).content.decode()

    def test_a_reason_of_its_own_comes_back_here(self, boss, over):
        data = {
            "expected": over[0].standing,
            "how": "unheard",
            "reason": "pay",
            "tell": "mail",
            "text": "",
            "why": "",
        }
        answer = boss.post(url("not_select", over[0]), data)
        assert (answer.url, self.told(over[0])[2]) == (url("unheard", over[0].job), "pay")

    @pytest.mark.parametrize(("who", "status"), [("rival", 404), ("manager", 403), ("interviewer", 403)])
    def test_nobody_else_tells(self, over, sign_in, who, status, request):
        answer = self.tell(sign_in(request.getfixturevalue(who)), over[0])
        assert (answer.status_code, self.told(over[0])[0]) == (status, "active")
