"""Work samples on their way: who gets one, taking back, the applicant's page, reminders; and the words themselves."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from accounts import conflicts, undoing
from hiring import links_again, sample_counts, sample_forms, sample_telling, samples, samples_sending, tasks
from hiring.models import Application, SampleText, Stage, WorkSample
from hiring.pipeline import Refused
from mailroom import outbox
from mailroom.models import Mail, Notice
from tests.hiring.acts import deliver, put, refuse, text, withdraw
from tests.hiring.factories import make_application, make_job
from vault import erasing, keep, links
from vault.models import Link

pytestmark = pytest.mark.django_db
BOTH = ("Dear Jonna, the pole leaves today.", "Dear Mr Aalto, yes.")


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


@pytest.fixture
def ada(job):
    return put(make_application(job, name="Ada Lind"), Stage.PHONE)


@pytest.fixture
def sample(ada, owner):
    return samples_sending.send(ada.job, [ada], by=owner)[0]


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def mail_of(sample, message="work_sample"):
    return outbox.state(about=("sample", sample.pk), message=message)


def page(sample):
    token = links.mint(purpose="sample", subject=("sample", sample.pk), company_id=sample.company_id, days=9)
    return reverse("hiring_links:sample", args=[token])


def url(name, row):
    return reverse(f"hiring:{name}", args=[row.pk])


def words_of(mail) -> str:
    whole = message_from_bytes(bytes(mail.body), policy=policy.default)
    return whole.get_body(("plain",)).get_content()


def finish(sample, answers=BOTH):
    return samples_sending.finish(sample, answers=answers, seen=fresh(sample).revision)


class TestWords:
    @pytest.mark.parametrize("key", samples.BY_KEY)
    def test_each_set_has_a_shop_rules_and_two_customers_with_questions(self, key):
        found = samples.texts(key, "en")
        assert all(found[name] for name in ("shop", "policy"))
        assert [len(message["points"]) >= 2 for message in found["messages"]] == [True, True]

    def test_they_are_plain_values_in_the_language_asked_for(self):
        with translation.override("fi"):
            assert samples.texts("tea", "en")["shop"].startswith("Third Kettle")

    def test_four_criteria_with_three_anchors_each(self):
        assert [set(row.anchors) for row in samples.CRITERIA] == [{1, 3, 5}] * 4

    def test_without_a_choice_the_first_is_sent(self, sample):
        assert sample.texts == samples.texts("outdoor", "en")

    def test_the_shops_own_are_sent_as_they_are(self, ada, owner):
        own = sample_forms.as_own("tea", "en") | {"policy": "Be kind."}
        samples_sending.keep_text(ada.job, by=owner, values=own)
        sent = samples_sending.send(ada.job, [ada], by=owner)[0]
        assert (sent.texts["policy"], len(sent.texts["messages"][0]["points"])) == ("Be kind.", 3)

    def test_what_was_sent_stays_as_it_was(self, sample, job, owner):
        samples_sending.keep_text(job, by=owner, values={"key": "children"})
        assert fresh(sample).texts == samples.texts("outdoor", "en")

    def test_keeping_over_a_colleagues_keeping_shows_both(self, job, owner, boss):
        samples_sending.keep_text(job, by=owner, values={"key": "tea"})
        response = boss.post(url("sample_text", job), {"key": "children", "seen": "0"})
        assert (response.status_code, SampleText.objects.get().key) == (409, "tea")

    def test_keeping_can_be_taken_back(self, job, owner):
        samples_sending.keep_text(job, by=owner, values={"key": "tea"})
        kept = samples_sending.keep_text(job, by=owner, values={"key": "children"})
        samples_sending.take_back_text(job, undoing.offered(kept, "text", owner), by=owner)
        assert SampleText.objects.get().key == "tea"

    def test_ones_own_needs_rules_and_both_messages(self, job, boss):
        response = boss.post(url("sample_text", job), {"key": "own", "policy": "Typed rules", "seen": "0"})
        assert set(response.context["form"].errors) == {"message_1", "message_2"}
        assert "Typed rules" in text(response)

    def test_one_of_ours_is_a_beginning(self, job, boss):
        form = boss.get(url("sample_text", job), {"from": "tea"}).context["form"]
        assert (form["key"].value(), "Third Kettle" in form["shop"].value()) == ("own", True)


class TestWhoGetsIt:
    @pytest.mark.parametrize("stage", [Stage.PHONE, Stage.INTERVIEW, Stage.REFERENCES, Stage.OFFER])
    def test_whoever_one_talks_to(self, job, stage):
        put(make_application(job), stage)
        assert samples_sending.may_get(job).count() == 1

    def test_nobody_whose_cv_is_still_read_who_has_no_address_or_is_out(self, job, owner):
        make_application(job)
        put(make_application(job, email=""), Stage.PHONE)
        refuse(put(make_application(job), Stage.PHONE), owner)
        put(make_application(job), Stage.HIRED)
        assert samples_sending.may_get(job).count() == 0

    def test_nobody_twice(self, sample, job, ada, owner):
        with pytest.raises(Refused, match="Nobody"):
            samples_sending.send(job, [ada], by=owner)
        assert WorkSample.objects.count() == 1

    def test_twice_is_refused_by_the_database_too(self, sample):
        sample.pk, sample.number = None, 9
        with pytest.raises(IntegrityError), transaction.atomic():
            sample.save(force_insert=True)

    def test_nobody_of_another_job(self, company, job, owner):
        other = put(make_application(make_job(company)), Stage.PHONE)
        with pytest.raises(Refused):
            samples_sending.send(job, [other], by=owner)

    def test_several_get_numbers_in_order_and_one_batch(self, job, owner):
        people = [put(make_application(job), Stage.PHONE) for _ in range(3)]
        sent = samples_sending.send(job, people, by=owner)
        assert ([row.number for row in sent], len({row.batch for row in sent})) == ([1, 2, 3], 1)

    def test_who_asked_for_something_gets_twice_the_days(self, job, owner):
        people = [put(make_application(job), Stage.PHONE) for _ in range(2)]
        first, second = samples_sending.send(job, people, by=owner, days=5, relaxed={people[1].pk})
        assert ((second.expires_at - first.expires_at).days, second.relaxed) == (5, True)
        assert "take as long as you need" in words_of(
            Mail.objects.get(about_kind="sample", about_id=second.pk)
        )

    def test_the_last_day_ends_where_the_shop_is(self, company):
        company.timezone = "Pacific/Auckland"
        end = samples_sending.end_of_day(company, 3)
        assert (end.hour, end.minute, str(end.tzinfo)) == (23, 59, "Pacific/Auckland")


class TestMail:
    def test_leaves_in_ten_minutes_with_a_link_and_an_answer_to_the_sender(self, sample, owner):
        mail = Mail.objects.get(message="work_sample")
        assert (mail.recipient, mail.due_at > timezone.now() + timedelta(minutes=8)) == (
            sample.application.email,
            True,
        )
        assert "/my/sample/" in words_of(mail)

    def test_taking_back_stops_mail_and_link(self, sample, job, owner):
        assert samples_sending.take_back(job, sample.batch, by=owner) == 1
        assert (WorkSample.objects.count(), Mail.objects.get().state) == (0, "cancelled")
        assert Link.objects.filter(purpose="sample", revoked_at=None).count() == 0

    def test_and_then_it_can_be_sent_anew(self, sample, job, ada, owner):
        samples_sending.take_back(job, sample.batch, by=owner)
        again = samples_sending.send(job, [ada], by=owner)[0]
        assert mail_of(again) == "waiting"

    def test_what_has_left_cannot_be_taken_back(self, sample, job, owner):
        deliver("work_sample")
        with pytest.raises(undoing.Refused, match="have left"):
            samples_sending.take_back(job, sample.batch, by=owner)

    def test_twice_is_gone_and_later_is_late(self, sample, job, owner):
        with (
            time_machine.travel(timezone.now() + timedelta(minutes=11)),
            pytest.raises(undoing.Refused, match="over"),
        ):
            samples_sending.take_back(job, sample.batch, by=owner)
        samples_sending.take_back(job, sample.batch, by=owner)
        with pytest.raises(undoing.Gone):
            samples_sending.take_back(job, sample.batch, by=owner)

    def test_calling_off_and_back(self, sample, owner):
        row = samples_sending.cancel(sample, by=owner)
        assert (mail_of(sample), fresh(row).cancelled_at is not None) == ("cancelled", True)
        samples_sending.uncancel(row, undoing.offered(row, "cancelled", owner), by=owner)
        assert (mail_of(sample), fresh(row).cancelled_at) == ("waiting", None)

    def test_one_that_came_in_is_not_called_off(self, sample, owner):
        finish(sample)
        with pytest.raises(Refused, match="come in"):
            samples_sending.cancel(sample, by=owner)

    def test_called_off_and_another_sent_stays_called_off(self, sample, job, ada, owner):
        row = samples_sending.cancel(sample, by=owner)
        samples_sending.send(job, [ada], by=owner)
        with pytest.raises(undoing.Gone):
            samples_sending.uncancel(row, undoing.offered(row, "cancelled", owner), by=owner)

    def test_more_time_after_the_last_day_opens_the_page_again(self, sample, owner):
        WorkSample.objects.update(expires_at=timezone.now() - timedelta(days=1))
        assert not fresh(sample).is_open
        samples_sending.give_time(fresh(sample), by=owner)
        assert fresh(sample).is_open

    def test_more_time_for_somebody_out_is_refused(self, sample, ada, owner):
        refuse(ada, owner)
        with pytest.raises(Refused):
            samples_sending.give_time(fresh(sample), by=owner)


class TestApplicantsPage:
    def test_explains_before_it_shows_the_task_and_reading_changes_nothing(self, sample, client):
        before = WorkSample.objects.values().get()
        shown = text(client.get(page(sample)))
        assert ("about 25 minutes" in shown, "Jonna writes" in shown) == (True, False)
        assert WorkSample.objects.values().get() == before

    def test_beginning_shows_the_task_without_the_raters_questions(self, sample, client):
        shown = text(client.post(page(sample), {"do": "begin"}, follow=True))
        assert ("Jonna writes" in shown, sample.texts["messages"][0]["points"][0] in shown) == (True, False)

    def test_beginning_twice_is_once(self, sample):
        first = samples_sending.begin(sample).started_at
        assert samples_sending.begin(sample).started_at == first

    def test_keeping_brings_back_what_was_written(self, sample, client):
        address = page(sample)
        shown = client.post(address, {"do": "save", "answer_1": "Dear", "seen": "1"}, follow=True)
        assert ("Only you see it" in text(shown), fresh(sample).answer_1) == (True, "Dear")

    def test_sending_is_once(self, sample, client):
        address, data = page(sample), {"do": "send", "answer_1": "A", "answer_2": "B", "seen": "1"}
        assert "has arrived" in text(client.post(address, data, follow=True))
        again = client.post(address, data | {"answer_1": "Other"})
        assert (again.status_code, "Other" in text(again)) == (409, True)
        assert fresh(sample).answers == ("A", "B")

    def test_an_empty_answer_is_asked_about_once_and_kept_meanwhile(self, sample, client):
        address, data = page(sample), {"do": "send", "answer_1": "A", "answer_2": " "}
        asked = client.post(address, data | {"seen": "1"}, follow=True)
        assert ("Send it anyway" in text(asked), fresh(sample).finished_at) == (True, None)
        client.post(address, data | {"do": "anyway", "seen": "2"})
        assert fresh(sample).finished_at is not None

    @pytest.mark.parametrize("do", ["send", "anyway"])
    def test_two_empty_ones_are_not_sent(self, sample, client, do):
        response = client.post(page(sample), {"do": do, "seen": "1"})
        assert (response.status_code, fresh(sample).finished_at) == (422, None)

    def test_too_long_is_said_and_the_text_stays(self, sample, client):
        samples_sending.begin(sample)
        response = client.post(page(sample), {"do": "save", "answer_1": "x" * 8_001, "seen": "1"})
        assert (response.status_code, "x" * 8_001 in text(response)) == (422, True)

    def test_two_pages_open_shows_both_and_keeps_neither_by_itself(self, sample, client):
        samples_sending.save(sample, answers=("From the phone", ""), seen=1)
        response = client.post(page(sample), {"do": "save", "answer_1": "From the laptop", "seen": "1"})
        shown = text(response)
        assert (response.status_code, "From the phone" in shown, "From the laptop" in shown) == (
            409,
            True,
            True,
        )
        assert (fresh(sample).answer_1, 'name="seen" value="2"' in shown) == ("From the phone", True)

    def test_the_last_day_being_over_says_so_and_keeps_what_there_is_to_read(self, sample, client):
        samples_sending.save(sample, answers=("Dear Jonna", ""), seen=1)
        WorkSample.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
        shown = text(client.get(page(sample)))
        assert ("The last day for this was" in shown, "Dear Jonna" in shown) == (True, True)
        late = client.post(page(sample), {"do": "send", "answer_1": "Late words", "seen": "2"})
        assert (late.status_code, "Late words" in text(late), fresh(sample).finished_at) == (409, True, None)

    def test_called_off_says_so(self, sample, client, owner):
        samples_sending.cancel(sample, by=owner)
        assert "not needed any more" in text(client.get(page(sample)))

    def test_taken_back_by_the_applicant_says_so_and_takes_nothing(self, sample, client, ada):
        withdraw(ada)
        assert "taken your application back" in text(client.get(page(sample)))
        assert client.post(page(sample), {"do": "send", "answer_1": "A", "answer_2": "B"}).status_code == 409

    def test_a_refusal_is_not_told_here_before_its_mail_has_left(self, sample, client, ada, owner):
        refuse(ada, owner)
        assert "Show me the task" in text(client.get(page(sample)))
        deliver("not_selected")
        assert "not needed any more" in text(client.get(page(sample)))

    def test_who_asked_for_something_reads_no_minutes(self, job, ada, owner, client):
        sample = samples_sending.send(job, [ada], by=owner, relaxed={ada.pk})[0]
        shown = text(client.get(page(sample)))
        assert ("25 minutes" in shown, "take as long as you need" in shown) == (False, True)

    def test_speaks_the_applicants_language(self, sample, client, ada):
        Application.objects.update(language="ar")
        assert 'dir="rtl"' in text(client.get(page(sample)))

    def test_anothers_token_purpose_opens_nothing(self, sample, client):
        token = links.mint(
            purpose="status", subject=("sample", sample.pk), company_id=sample.company_id, days=9
        )
        assert client.get(reverse("hiring_links:sample", args=[token])).status_code == 404

    def test_a_link_of_another_company_opens_nothing(self, sample, client, rival):
        token = links.mint(
            purpose="sample", subject=("sample", sample.pk), company_id=rival.company_id, days=9
        )
        assert client.get(reverse("hiring_links:sample", args=[token])).status_code == 404

    def test_hostile_answers_are_only_text(self, sample, client, boss):
        finish(sample, ("<script>x()</script>", "{{ 7 }}"))
        assert [
            "<script>x" in text(got) for got in (client.get(page(sample)), boss.get(url("sample", sample)))
        ] == [False] * 2


class TestComingIn:
    def test_is_told_to_those_who_lead_the_job(self, sample, owner, manager, interviewer):
        finish(sample)
        assert set(Notice.objects.filter(kind="sample").values_list("member", flat=True)) == {
            owner.pk,
            manager.pk,
        }

    def test_the_notice_names_a_number_not_a_person(self, sample, owner):
        thing = sample_telling.look([owner], [sample.pk])[sample.pk]
        assert ("Sample 1" in thing.say(owner), "Ada" in thing.say(owner)) == (True, False)

    def test_stale_answers_are_not_sent(self, sample):
        samples_sending.save(sample, answers=("New", ""), seen=1)
        with pytest.raises(conflicts.Changed):
            samples_sending.finish(sample, answers=("Old", ""), seen=1)

    def test_the_database_refuses_an_empty_one(self, sample):
        with pytest.raises(IntegrityError), transaction.atomic():
            WorkSample.objects.update(finished_at=timezone.now())


class TestReminder:
    def at(self, sample, before, *, hour=12):
        """So long before the last minute, at this hour where the shop is."""
        moment = timezone.localtime(sample.expires_at) - before
        return time_machine.travel(moment.replace(hour=hour), tick=False)

    def test_once_two_days_before(self, sample, company):
        with self.at(sample, timedelta(days=1)):
            assert [samples_sending.remind(), samples_sending.remind()] == [1, 0]
        assert mail_of(sample, "work_sample_reminder") == "waiting"

    @pytest.mark.parametrize(
        ("before", "hour"), [(timedelta(days=3), 12), (timedelta(days=-1), 12), (timedelta(days=1), 3)]
    )
    def test_not_earlier_not_later_and_not_at_night(self, sample, before, hour):
        with self.at(sample, before, hour=hour):
            assert samples_sending.remind() == 0

    def test_not_who_has_sent_it_was_called_off_or_is_out(self, job, owner):
        people = [put(make_application(job), Stage.PHONE) for _ in range(3)]
        sent, off, out = samples_sending.send(job, people, by=owner)
        finish(sent)
        samples_sending.cancel(off, by=owner)
        refuse(out.application, owner)
        with self.at(out, timedelta(days=1)):
            tasks.remind_samples()
        assert Mail.objects.filter(message="work_sample_reminder").count() == 0

    def test_not_who_was_written_to_yesterday(self, ada, owner):
        samples_sending.send(ada.job, [ada], by=owner, days=2)
        with time_machine.travel(timezone.now() + timedelta(hours=5), tick=False):
            assert samples_sending.remind() == 0

    def test_sending_it_in_stops_one_that_waits(self, sample):
        with self.at(sample, timedelta(days=1)):
            samples_sending.remind()
            finish(sample)
        assert mail_of(sample, "work_sample_reminder") == "cancelled"


class TestPages:
    def test_sending_from_the_list_says_so_and_can_be_undone(self, job, ada, boss):
        response = boss.post(url("samples", job), {"who": [ada.pk], "days": "5"}, follow=True)
        sample = WorkSample.objects.get()
        assert "leaves for 1 person" in text(response)
        boss.post(f"{url('samples_take_back', job)}?mark={sample.batch}")
        assert WorkSample.objects.count() == 0

    def test_the_list_ticks_the_phone_screen_or_whom_one_came_for(self, job, ada, boss):
        later = put(make_application(job), Stage.INTERVIEW)
        ticked = [row["ticked"] for row in boss.get(url("samples", job)).context["form"].rows]
        chosen = [
            row["ticked"] for row in boss.get(url("samples", job), {"who": later.pk}).context["form"].rows
        ]
        assert (ticked, chosen) == ([True, False], [False, True])

    def test_what_somebody_asked_for_stands_beside_their_name(self, job, ada, boss):
        Application.objects.update(adjustments="Large letters please")
        shown = boss.get(url("samples", job))
        assert ("Large letters please" in text(shown), shown.context["form"].rows[0]["relaxed"]) == (
            True,
            True,
        )

    @pytest.mark.parametrize("days", ["1", "31", "x", ""])
    def test_days_out_of_bounds_are_refused_and_the_ticks_stay(self, job, ada, boss, days):
        response = boss.post(url("samples", job), {"who": [ada.pk], "days": days})
        assert (response.status_code, response.context["form"].rows[0]["ticked"]) == (422, True)

    def test_somebody_of_another_job_cannot_be_chosen(self, company, job, ada, boss):
        other = put(make_application(make_job(company)), Stage.PHONE)
        assert boss.post(url("samples", job), {"who": [other.pk], "days": "5"}).status_code == 422

    def test_nobody_chosen_is_said(self, job, ada, boss):
        assert "Choose at least one" in text(boss.post(url("samples", job), {"days": "5"}))

    def test_nobody_there_says_what_to_do(self, job, boss):
        assert "Nobody is there yet" in text(boss.get(url("samples", job)))

    @pytest.mark.parametrize("people", [1, 3])
    def test_queries_of_the_list(self, job, owner, boss, people, django_assert_num_queries):
        rows = [put(make_application(job), Stage.PHONE) for _ in range(2 * people)]
        samples_sending.send(job, rows[:people], by=owner)
        boss.get(url("samples", job))
        with django_assert_num_queries(QUERIES_LIST):
            boss.get(url("samples", job))

    def test_the_persons_page_offers_it_and_then_says_how_far_it_is(self, ada, owner, boss):
        assert f"?who={ada.pk}" in text(boss.get(url("candidate", ada)))
        sample = samples_sending.send(ada.job, [ada], by=owner)[0]
        assert "They may send it until" in text(boss.get(url("candidate", ada)))
        finish(sample)
        assert "Sent back" in text(boss.get(url("candidate", ada)))

    def test_nothing_of_it_while_the_cv_is_read(self, job, boss):
        assert 'id="sample"' not in text(boss.get(url("candidate", make_application(job))))

    def test_an_unfinished_one_shows_nobody_a_word_or_when_it_was_begun(self, sample, boss):
        samples_sending.save(sample, answers=("Secret draft", ""), seen=1)
        assert [
            "Secret draft" in text(boss.get(url(name, row)))
            for name, row in (("sample", sample), ("candidate", sample.application))
        ] == [False, False]

    @pytest.mark.parametrize("name", ["samples", "sample_text"])
    @pytest.mark.parametrize(("who", "status"), [("rival", 404), ("interviewer", 403), ("hire", 403)])
    def test_who_may_not(self, request, job, sign_in, name, who, status):
        assert sign_in(request.getfixturevalue(who)).get(url(name, job)).status_code == status

    @pytest.mark.parametrize("name", ["sample", "sample_cancel", "sample_more", "sample_take_back"])
    def test_another_companys_sample_is_not_there(self, sample, rival, sign_in, name):
        assert sign_in(rival).post(url(name, sample)).status_code == 404


class TestLostLinks:
    def test_a_sample_that_can_be_written_is_among_them(self, sample, ada):
        links_again.send(ada.email)
        assert "/my/sample/" in words_of(Mail.objects.get(message="links_again"))

    def test_one_that_is_in_is_not(self, sample, ada):
        finish(sample)
        links_again.send(ada.email)
        assert "/my/sample/" not in words_of(Mail.objects.get(message="links_again"))


class TestGoing:
    def test_the_persons_copy_holds_what_they_sent_and_not_when_they_began(self, sample):
        samples_sending.save(sample, answers=("Half", ""), seen=1)
        rule = keep.rule(WorkSample)
        assert rule.shown(WorkSample.objects.all()).count() == 0
        finish(sample)
        assert (rule.shown(WorkSample.objects.all()).count(), "started_at" in rule.hidden) == (1, True)

    def test_goes_with_the_person(self, sample, ada):
        finish(sample)
        erasing.erase("candidate", ada.candidate_id, company_id=ada.company_id)
        assert WorkSample.objects.count() == 0


class TestCounting:
    @pytest.mark.parametrize(
        ("words", "n"),
        [
            ("", 0),
            ("Dear Ada, it's here.", 4),
            ("See https://x.example/a?b=c now", 2),
            ("مرحبا بك", 2),
            ("你好世界", 4),
            ("e-mail 24 h", 3),
        ],
    )
    def test_words(self, words, n):
        assert sample_counts.words(words) == n

    def test_links(self):
        assert sample_counts.links("https://a.example and www.b.example, not c") == 2

    @pytest.mark.parametrize(
        ("levels", "expected"), [([], (None, 0)), (["none", ""], (None, 0)), (["1", "none", "5"], (3.0, 2))]
    )
    def test_no_evidence_is_never_a_zero(self, levels, expected):
        assert sample_counts.mean(levels) == expected

    @given(st.text(max_size=300))
    def test_takes_any_text(self, words):
        assert 0 <= sample_counts.words(words) <= len(words)


QUERIES_LIST = 8
