"""The applicant's page in each of its states, for reading and for posting; counting words; the sets."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from hiring import sample_counts, samples, samples_sending
from hiring.models import Outcome, Stage, WorkSample
from hiring.views import sample_link
from tests.hiring.acts import deliver, put, refuse, text, withdraw
from tests.hiring.factories import make_application, make_job
from tests.hiring.test_samples import finish, fresh, page, url
from vault import erasing

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


@pytest.fixture
def ada(job):
    return put(make_application(job, name="Ada Lind"), Stage.PHONE)


@pytest.fixture
def sample(ada, owner):
    return samples_sending.send(ada.job, [ada], by=owner)[0]


def state(sample) -> str:
    return sample_link._state(WorkSample.objects.select_related("application__job").get(pk=sample.pk))


def move_day(sample, days):
    WorkSample.objects.filter(pk=sample.pk).update(expires_at=timezone.now() + timedelta(days=days))


class TestState:
    def test_goes_from_new_over_begun_to_sent(self, sample):
        found = [state(sample)]
        samples_sending.begin(sample)
        found.append(state(sample))
        finish(sample)
        assert [*found, state(sample)] == ["new", "begun", "sent"]

    @pytest.mark.parametrize(("days", "now"), [(-1, "expired"), (1, "new")])
    def test_ends_with_its_day(self, sample, days, now):
        move_day(sample, days)
        assert state(sample) == now

    def test_sent_stays_sent_after_its_day_and_after_a_refusal(self, sample, ada, owner):
        finish(sample)
        move_day(sample, -1)
        refuse(ada, owner)
        deliver("not_selected")
        assert state(sample) == "sent"

    def test_called_off_goes_before_its_day(self, sample, owner):
        samples_sending.cancel(sample, by=owner)
        move_day(sample, -1)
        assert state(sample) == "cancelled"

    def test_withdrawn_goes_before_called_off(self, sample, ada, owner):
        samples_sending.cancel(sample, by=owner)
        withdraw(ada)
        assert state(sample) == "withdrawn"


class TestPosting:
    @pytest.mark.parametrize("end", ["cancel", "expire"])
    @pytest.mark.parametrize("do", ["begin", "save", "send", "anyway"])
    def test_changes_nothing_once_it_is_over(self, sample, client, owner, end, do):
        samples_sending.cancel(sample, by=owner) if end == "cancel" else move_day(sample, -1)
        before = WorkSample.objects.values().get()
        answer = client.post(page(sample), {"do": do, "answer_1": "A", "answer_2": "B", "seen": "1"})
        assert (answer.status_code, WorkSample.objects.values().get()) == (409, before)

    def test_of_somebody_erased_finds_nothing(self, sample, ada, client):
        address = page(sample)
        erasing.erase("candidate", ada.candidate_id, company_id=ada.company_id)
        assert client.get(address).status_code in {404, 410}

    def test_of_one_taken_back_finds_nothing(self, sample, job, owner, client):
        address = page(sample)
        samples_sending.take_back(job, sample.batch, by=owner)
        assert client.post(address, {"do": "begin"}).status_code in {404, 410}

    def test_asks_about_the_second_when_only_it_is_written(self, sample, client):
        data = {"do": "send", "answer_1": "", "answer_2": "B", "seen": "1"}
        answer = client.post(page(sample), data)
        assert (answer["Location"].endswith("?half=1#send"), fresh(sample).answer_2) == (True, "B")

    @pytest.mark.parametrize("query", ["half=1", "kept=1"])
    def test_an_address_alone_asks_nothing_of_what_is_in(self, sample, client, query):
        finish(sample)
        context = client.get(f"{page(sample)}?{query}").context
        assert (context["half"], context["kept"]) == (False, False)

    def test_two_links_lead_to_the_same_words(self, sample, client):
        first, second = page(sample), page(sample)
        client.post(first, {"do": "save", "answer_1": "From the phone", "seen": "1"})
        assert "From the phone" in text(client.get(second))


class TestList:
    def test_shows_the_newest_number_first_and_no_words(self, job, owner, sign_in):
        people = [put(make_application(job), Stage.PHONE) for _ in range(3)]
        for row in samples_sending.send(job, people, by=owner):
            samples_sending.save(row, answers=("Secret draft", ""), seen=1)
        answer = sign_in(owner).get(url("samples", job))
        assert [row.number for row in answer.context["rows"]] == [3, 2, 1]
        assert "Secret draft" not in text(answer)

    def test_next_to_rate_is_the_first_that_came_in(self, job, owner, sign_in):
        people = [put(make_application(job), Stage.PHONE) for _ in range(3)]
        _first, second, third = samples_sending.send(job, people, by=owner)
        finish(third), finish(second)
        assert sign_in(owner).get(url("samples", job)).context["next"] == second

    @pytest.mark.parametrize("who", ["x", "-1", "9" * 30, "999999", "\0"])
    def test_an_odd_number_in_the_address_ticks_as_usual(self, job, ada, owner, sign_in, who):
        form = sign_in(owner).get(url("samples", job), {"who": who}).context["form"]
        assert [row["row"] for row in form.rows] == [ada]

    def test_is_of_this_job_alone(self, sample, company, owner, sign_in):
        other = make_job(company)
        assert sign_in(owner).get(url("samples", other)).context["rows"] == []

    @pytest.mark.parametrize("stage", [Stage.CV, Stage.HIRED])
    def test_offers_nobody_outside_the_talks(self, job, owner, sign_in, stage):
        put(make_application(job), stage, Outcome.ACTIVE)
        assert sign_in(owner).get(url("samples", job)).context["form"].people == []


class TestCountingAlone:
    @settings(max_examples=30)
    @given(st.lists(st.text(alphabet="abcäöéф", min_size=1, max_size=6), max_size=10))
    def test_words_with_spaces_are_counted_each(self, words):
        assert sample_counts.words(" ".join(words)) == len(words)

    @settings(max_examples=30)
    @given(st.text(alphabet="ab c你", max_size=30), st.integers(0, 4))
    def test_links_are_no_words(self, words, n):
        whole = f"{words} " + "https://x.example/a " * n
        assert (sample_counts.words(whole), sample_counts.links(whole)) == (sample_counts.words(words), n)

    @settings(max_examples=30)
    @given(st.lists(st.sampled_from(["1", "2", "3", "4", "5", "none", ""]), max_size=12))
    def test_a_mean_lies_among_its_levels(self, levels):
        mean, n = sample_counts.mean(levels)
        numbers = [int(level) for level in levels if level.isdigit()]
        assert n == len(numbers)
        assert mean is None if not numbers else min(numbers) <= mean <= max(numbers)

    @pytest.mark.parametrize("odd", ["6", "0", "12", "1.5", "²", "best"])
    def test_what_is_no_level_counts_in_nothing(self, odd):
        assert sample_counts.mean([odd, "4"]) == (4.0, 1)


class TestSets:
    @pytest.mark.parametrize("key", samples.BY_KEY)
    @pytest.mark.parametrize("language", ["fi", "ar", "zh-hans"])
    def test_are_whole_in_every_language(self, key, language):
        found = samples.texts(key, language)
        assert all(row["sender"] and row["text"] and all(row["points"]) for row in found["messages"])

    def test_keys_are_named_once(self):
        assert len(samples.BY_KEY) == len(samples.SETS)
        assert samples.OWN not in samples.BY_KEY
