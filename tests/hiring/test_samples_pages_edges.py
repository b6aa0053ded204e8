"""Pages around a work sample: who may press which button, what wrong input keeps, and the forms by themselves."""

import pytest
from django.utils import timezone

from accounts import undoing
from accounts.models import Role
from hiring import sample_forms, sample_telling, samples, samples_rating, samples_sending
from hiring.models import Assignment, SampleRating, SampleText, Stage, WorkSample
from tests.factories import make_member
from tests.hiring.acts import deliver, put, refuse, text
from tests.hiring.factories import make_application, make_job
from tests.hiring.test_samples import BOTH, finish, fresh, page, url

pytestmark = pytest.mark.django_db
OWN = {"key": "own", "policy": "Rules", "message_1": "One", "message_2": "Two"}
GOOD = dict.fromkeys(samples.KEYS, "4") | {"answered": ["0-0"], "note": "Clear"}


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


class TestButtons:
    @pytest.mark.parametrize("name", ["sample_cancel", "sample_more"])
    def test_are_for_those_who_lead_the_job(self, sample, company, interviewer, hire, sign_in, name):
        stranger = make_member(company, Role.MANAGER, "other@lumi.example")
        Assignment.objects.create(company=company, application=sample.application, membership=interviewer)
        found = [sign_in(who).post(url(name, sample)).status_code for who in (stranger, interviewer, hire)]
        assert (found, fresh(sample).cancelled_at) == ([403, 403, 403], None)

    @pytest.mark.parametrize("name", ["samples_take_back", "sample_text_take_back"])
    @pytest.mark.parametrize(("who", "status"), [("rival", 404), ("interviewer", 403), ("hire", 403)])
    def test_undo_is_too(self, request, sample, sign_in, name, who, status):
        client = sign_in(request.getfixturevalue(who))
        answer = client.post(f"{url(name, sample.job)}?mark={sample.batch}")
        assert (answer.status_code, WorkSample.objects.count()) == (status, 1)

    @pytest.mark.parametrize("name", ["sample_cancel", "sample_more", "sample_take_back"])
    def test_a_get_changes_nothing(self, sample, boss, name):
        before = WorkSample.objects.values().get()
        assert boss.get(url(name, sample)).status_code == 405
        assert WorkSample.objects.values().get() == before

    def test_an_interviewer_does_not_bring_back_what_was_called_off(
        self, sample, owner, interviewer, sign_in
    ):
        Assignment.objects.create(
            company=sample.company, application=sample.application, membership=interviewer
        )
        row = samples_sending.cancel(sample, by=owner)
        mark = undoing.offered(row, "cancelled", owner)
        answer = sign_in(interviewer).post(f"{url('sample_take_back', sample)}?mark={mark}")
        assert (answer.status_code, fresh(sample).cancelled_at is not None) == (409, True)

    def test_calling_off_is_undone_from_its_notice(self, sample, owner, boss):
        boss.post(url("sample_cancel", sample))
        mark = undoing.offered(fresh(sample), "cancelled", owner)
        boss.post(f"{url('sample_take_back', sample)}?mark={mark}")
        assert fresh(sample).cancelled_at is None

    def test_calling_off_what_came_in_says_why_not(self, sample, boss):
        finish(sample)
        assert "has come in" in text(boss.post(url("sample_cancel", sample), follow=True))

    def test_more_time_says_until_when_it_leaves(self, sample, boss):
        assert "in ten minutes" in text(boss.post(url("sample_more", sample), follow=True))

    def test_more_time_for_somebody_out_says_why_not(self, sample, ada, owner, boss):
        refuse(ada, owner)
        assert "out of the running" in text(boss.post(url("sample_more", sample), follow=True))

    @pytest.mark.parametrize("mark", ["", "x", "cancelled-", "rating-1", "9" * 300])
    def test_a_mark_never_given_out_takes_nothing_back(self, sample, boss, mark):
        answer = boss.post(f"{url('sample_take_back', sample)}?mark={mark}")
        assert (answer.status_code, WorkSample.objects.count()) == (409, 1)

    def test_samples_that_have_left_are_not_taken_back_by_their_address(self, sample, boss):
        deliver("work_sample")
        answer = boss.post(f"{url('samples_take_back', sample.job)}?mark={sample.batch}", follow=True)
        assert ("have left" in text(answer), WorkSample.objects.count()) == (True, 1)

    @pytest.mark.parametrize("mark", ["", "x", "%00", "9" * 300])
    def test_a_click_never_made_is_gone(self, sample, boss, mark):
        answer = boss.post(f"{url('samples_take_back', sample.job)}?mark={mark}")
        assert (answer.status_code, WorkSample.objects.count()) == (409, 1)


class TestSendForm:
    def form(self, people, data=None, **options):
        return sample_forms.SendForm(data, people=people, **options)

    def test_ticks_those_on_the_phone(self, ada, job):
        other = put(make_application(job), Stage.INTERVIEW)
        assert [row["ticked"] for row in self.form([ada, other]).rows] == [True, False]

    def test_ticks_whom_one_came_for_alone(self, ada, job):
        other = put(make_application(job), Stage.INTERVIEW)
        found = self.form([ada, other], chosen={other.pk}).rows
        assert [row["ticked"] for row in found] == [False, True]

    @pytest.mark.parametrize(("days", "ok"), [(1, False), (2, True), (30, True), (31, False), ("x", False)])
    def test_days(self, ada, days, ok):
        assert self.form([ada], {"days": days, "who": [ada.pk]}).is_valid() == ok

    def test_a_bound_one_keeps_what_was_ticked_off(self, ada):
        ada.adjustments = "More time"
        form = self.form([ada], {"days": "5", "who": [str(ada.pk)]})
        assert [row["relaxed"] for row in form.rows] == [False]

    def test_gives_numbers_of_those_who_have_longer(self, ada):
        form = self.form([ada], {"days": 5, "who": [ada.pk], "relaxed": [ada.pk]})
        assert (form.is_valid(), form.chosen, form.at_ease) == (True, [ada], {ada.pk})

    @pytest.mark.parametrize("who", ["999999", "x", "-1", "\0"])
    def test_somebody_not_offered_is_refused(self, ada, who):
        assert "who" in self.form([ada], {"days": 5, "who": [who]}).errors


class TestTextForm:
    def form(self, **values):
        return sample_forms.TextForm(OWN | values, instance=SampleText(key="outdoor"))

    @pytest.mark.parametrize("lacking", ["policy", "message_1", "message_2"])
    @pytest.mark.parametrize("empty", ["", " \n"])
    def test_own_words_need(self, lacking, empty):
        assert list(self.form(**{lacking: empty}).errors) == [lacking]

    def test_one_of_ours_needs_nothing_else(self):
        assert self.form(key="tea", policy="", message_1="", message_2="").is_valid()

    @pytest.mark.parametrize("key", ["", "coffee", "TEA", "\0"])
    def test_a_set_that_is_not_there_is_refused(self, key):
        assert "key" in self.form(key=key).errors

    @pytest.mark.parametrize(("name", "most"), [("shop", 600), ("policy", 4_000), ("points_1", 1_000)])
    def test_too_long_is_said_beside_its_field(self, name, most):
        assert self.form(**{name: "x" * most}).is_valid()
        assert list(self.form(**{name: "x" * (most + 1)}).errors) == [name]

    @pytest.mark.parametrize("key", samples.BY_KEY)
    def test_each_of_ours_fits_as_a_beginning(self, key):
        assert self.form(**sample_forms.as_own(key, "en")).is_valid()


class TestAnswerForm:
    def form(self, sample, **data):
        form = sample_forms.AnswerForm(data, sample=sample)
        assert form.is_valid()
        return form

    @pytest.mark.parametrize(
        ("answers", "empty"), [(("a", "b"), 0), (("a", " \n"), 1), ((" ", "\t"), 2), (("", ""), 2)]
    )
    def test_counts_those_without_a_word(self, sample, answers, empty):
        assert self.form(sample, answer_1=answers[0], answer_2=answers[1]).empty == empty

    def test_leaves_lines_and_spaces_as_they_were_written(self, sample):
        assert self.form(sample, answer_1="  Dear\n\nJonna ").answers[0].startswith("  Dear")

    def test_names_no_customer_where_the_shops_own_have_no_name(self, sample):
        sample.texts = samples_sending.texts(SampleText(**OWN), "en")
        assert sample_forms.AnswerForm(sample=sample).fields["answer_1"].label == "Your answer"

    @pytest.mark.parametrize("seen", ["x", "-1", "9" * 20])
    def test_an_odd_revision_is_refused_and_the_words_stay(self, sample, client, seen):
        samples_sending.begin(sample)
        answer = client.post(page(sample), {"do": "save", "answer_1": "Dear Jonna", "seen": seen})
        assert (answer.status_code, "Dear Jonna" in text(answer)) == (422, True)

    @pytest.mark.parametrize("do", ["", "delete", "SEND", "\0"])
    def test_an_odd_button_only_keeps(self, sample, client, do):
        client.post(page(sample), {"do": do, "answer_1": "A", "answer_2": "B", "seen": "1"})
        assert (fresh(sample).answers, fresh(sample).finished_at) == (("A", "B"), None)


class TestRatingForm:
    def form(self, sample, **values):
        return sample_forms.RatingForm(GOOD | values, sample=sample)

    @pytest.mark.parametrize("key", samples.KEYS)
    @pytest.mark.parametrize("level", ["0", "6", "best", "\0"])
    def test_knows_five_levels_and_no_evidence(self, sample, key, level):
        assert list(self.form(sample, **{key: level}).errors) == [key]

    @pytest.mark.parametrize("point", ["2-0", "0-9", "x", "0"])
    def test_a_question_nobody_asked_is_refused(self, sample, point):
        assert "answered" in self.form(sample, answered=[point]).errors

    def test_offers_every_question_of_both(self, sample):
        points = sample_forms.RatingForm(sample=sample).points
        assert [len(part) for part in points] == [len(row["points"]) for row in sample.texts["messages"]]

    def test_shows_what_was_chosen_before(self, sample, owner):
        finish(sample)
        rating = samples_rating.save(fresh(sample), by=owner, values=GOOD)
        form = sample_forms.RatingForm(sample=sample, rating=rating)
        assert ([part[0]["ticked"] for part in form.points], form["tone"].value()) == ([True, False], "4")

    def test_too_long_a_note_is_refused_and_stays(self, sample, boss):
        finish(sample)
        answer = boss.post(url("sample", sample), GOOD | {"note": "n" * 2_001})
        assert (answer.status_code, "n" * 2_001 in text(answer)) == (422, True)
        assert SampleRating.objects.count() == 0


class TestMeans:
    def test_of_nobody_are_nothing(self):
        assert samples_rating.means([]) == dict.fromkeys(samples.KEYS, (None, 0))

    def test_of_each_criterion_alone(self):
        rows = [SampleRating(solved="1", tone="5"), SampleRating(solved="2", tone="none")]
        found = samples_rating.means(rows)
        assert [found[key] for key in ("solved", "tone", "policy")] == [(1.5, 2), (5.0, 1), (None, 0)]


class TestRatingAtItsEdges:
    def test_one_called_off_is_not_rated(self, sample, owner):
        finish(sample)
        WorkSample.objects.update(cancelled_at=timezone.now())
        with pytest.raises(samples_rating.Refused):
            samples_rating.save(fresh(sample), by=owner, values=GOOD)

    def test_nobody_takes_back_a_colleagues_draft(self, sample, owner, manager):
        finish(sample)
        row = samples_rating.save(fresh(sample), by=manager, values=GOOD)
        mark = undoing.offered(row, "rating", manager)
        with pytest.raises(undoing.Gone):
            samples_rating.take_back(sample, mark, by=owner)
        assert fresh(row).tone == "4"

    def test_mine_is_the_draft_before_what_is_in(self, sample, owner, manager):
        finish(sample)
        first = samples_rating.save(fresh(sample), by=owner, values=GOOD, submit=True)
        assert (samples_rating.mine(sample, owner), samples_rating.mine(sample, manager)) == (first, None)
        draft = samples_rating.save(fresh(sample), by=owner, values=GOOD | {"tone": "1"})
        assert (samples_rating.mine(sample, owner), draft.version) == (draft, 2)


class TestNotices:
    def look(self, member, sample):
        return sample_telling.look([member], [sample.pk]).get(sample.pk)

    def test_leads_to_the_rating(self, sample, owner):
        assert self.look(owner, finish(sample)).path == url("sample", sample)

    def test_is_not_for_a_manager_of_another_job(self, sample, company):
        stranger = make_member(company, Role.MANAGER, "other@lumi.example")
        assert stranger.pk not in self.look(stranger, finish(sample)).readers

    def test_another_companys_are_not_there(self, sample, rival):
        assert self.look(rival, finish(sample)) is None

    @pytest.mark.parametrize(("submit", "handled"), [(False, False), (True, True)])
    def test_is_over_with_a_rating_that_is_in(self, sample, owner, submit, handled):
        finish(sample)
        samples_rating.save(fresh(sample), by=owner, values=GOOD, submit=submit)
        assert self.look(owner, sample).handled is handled

    def test_costs_the_same_for_one_and_three(self, job, owner, django_assert_max_num_queries):
        people = [put(make_application(job), Stage.PHONE) for _ in range(3)]
        pks = [finish(row).pk for row in samples_sending.send(job, people, by=owner)]
        for some in (pks[:1], pks):
            with django_assert_max_num_queries(4):
                assert len(sample_telling.look([owner], some)) == len(some)


def test_answers_go_with_their_customer(sample, client):
    samples_sending.begin(sample)
    client.post(page(sample), {"do": "save", "answer_1": BOTH[0], "answer_2": BOTH[1], "seen": "1"})
    pairs = client.get(page(sample)).context["pairs"]
    assert [(message["sender"], answer) for message, answer in pairs] == [
        (message["sender"], answer) for message, answer in zip(sample.texts["messages"], BOTH, strict=True)
    ]
