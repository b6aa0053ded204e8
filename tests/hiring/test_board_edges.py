"""The board's words and bulk acts at their edges: every choice has a name, sentences by themselves, and who may not."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Role
from hiring import bulk, bulk_forms, filter_words, filtering, filters, staleness
from hiring.filters import Filter, parse
from hiring.models import Act, Application, Bulk, BulkItem, Outcome, Result, Stage, StageLimit, Told
from hiring.views import bulk as bulk_views
from tests.factories import make_member
from tests.hiring.acts import put, text, url
from tests.hiring.factories import make_application, make_job
from vault.models import TrailEntry
from vault.work import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def everybody(job):
    return Application.objects.for_company(job.company_id).filter(job=job)


def prepare(job, by, act=Act.LATER, **options):
    return bulk.prepare(job, act, everybody(job), by=by, **options)


class TestAddressOfAFilter:
    @settings(max_examples=40)
    @given(st.sampled_from(["q", "show", "source", "rating", "waiting", "flag", "who"]), st.text(max_size=9))
    def test_without_takes_just_one_away(self, name, words):
        wanted = Filter(q="ann", show="phone", waiting="7", flag="later")
        left = wanted.without(name)
        assert left.said() == {key: value for key, value in wanted.said().items() if key != name}

    @settings(max_examples=40)
    @given(st.text(max_size=25))
    def test_a_number_is_digits_a_database_can_hold(self, value):
        found = filters.number(value)
        assert found in ("", value)
        assert not found or int(found) < 2**63

    @pytest.mark.parametrize("rating", ["good", "fair", "low"])
    def test_bounds_of_means_leave_no_gap(self, rating):
        low, high = filters.BOUNDS[rating]
        assert low < high
        assert high > 5 or high in {bound[0] for bound in filters.BOUNDS.values()}


class TestWordsOfAFilter:
    def fields(self, job, reader, **said):
        return filter_words.fields(job, parse(said), reader)

    @pytest.mark.parametrize(
        ("name", "values"),
        [
            ("show", filters.SHOWS),
            ("source", filters.SOURCES),
            ("rating", filters.RATINGS),
            ("waiting", filters.WAITING),
            ("flag", filters.FLAGS),
            ("who", filters.PEOPLE),
        ],
    )
    def test_every_choice_an_address_knows_is_offered_and_no_other(self, job, owner, name, values):
        field = next(field for field in self.fields(job, owner) if field.name == name)
        offered = [value for value, _label in field.choices if not value.isdigit() or name == "waiting"]
        assert (offered[0], set(offered[1:])) == ("", set(values))

    def test_oneself_is_me_and_not_a_name_too(self, job, owner, manager):
        who = self.fields(job, owner)[-1]
        assert [label for value, label in who.choices if value.isdigit()] == ["Mika"]

    def test_nobody_of_another_shop_is_offered(self, job, owner, rival):
        assert str(rival.pk) not in dict(self.fields(job, owner)[-1].choices)

    def test_costs_three_queries_for_one_and_for_three(self, job, company, owner, django_assert_num_queries):
        for n in range(2):
            make_member(company, Role.MANAGER, f"m{n}@lumi.example")
            with django_assert_num_queries(3):
                self.fields(job, owner)

    @pytest.mark.parametrize(("days", "said"), [(1, "Longer than 1 day"), (7, "Longer than 7 days")])
    def test_days(self, days, said):
        assert filter_words.longer_than(days) == said

    def test_chips_stand_in_the_order_of_the_form_words_first(self, job, owner):
        wanted = Filter(q="ann", show="phone", flag="later")
        chips = filter_words.chips(wanted, filter_words.fields(job, wanted, owner))
        assert [chip.label for chip in chips] == ["Words: ann", "Phone screen", "Put aside for later"]

    def test_each_chip_leads_to_the_rest(self):
        chips = filter_words.chips(Filter(q="ann", show="phone"), [])
        assert [chip.away for chip in chips] == ["?show=phone", "?q=ann"]

    def test_a_filter_of_nothing_has_none(self):
        assert filter_words.chips(Filter(), []) == []

    @pytest.mark.parametrize(("number", "said"), [(1, "LinkedIn"), (2, "LinkedIn (2)")])
    def test_a_second_advert_at_one_place_has_its_number(self, number, said):
        assert filter_words._named("LinkedIn", SimpleNamespace(number=number)) == said


class TestCountsOfColumns:
    def test_are_none_for_everybody_of_nobody(self, job, owner):
        assert set(filtering.counts_of(job, Filter(), owner).values()) == {0}

    def test_leave_out_whoever_ended(self, job, owner):
        put(make_application(job), Stage.PHONE)
        put(make_application(job), Stage.PHONE, Outcome.WITHDRAWN)
        assert filtering.counts_of(job, Filter(), owner)["phone"] == 1

    @pytest.mark.parametrize("n", [1, 3])
    def test_cost_one_query(self, job, owner, n, django_assert_num_queries):
        for _ in range(n):
            make_application(job)
        with django_assert_num_queries(1):
            assert filtering.counts_of(job, Filter(), owner)["cv"] == n


class TestHindrance:
    def said(self, act, *, expected=None, **fields):
        row = Application(**({"stage": Stage.CV, "outcome": Outcome.ACTIVE} | fields))
        item = SimpleNamespace(application=row, expected=expected or row.standing)
        return bulk.hindrance(SimpleNamespace(act=act), item)

    @pytest.mark.parametrize("act", Act)
    def test_of_somebody_moved_meanwhile_goes_before_all_else(self, act):
        found = self.said(act, expected="phone", outcome=Outcome.WITHDRAWN)
        assert found == "Moved meanwhile."

    @pytest.mark.parametrize("act", [Act.ASSIGN, Act.STEP])
    def test_showing_and_planning_have_none_at_any_stage(self, act):
        assert [self.said(act, stage=stage) for stage in staleness.DEFAULTS] == [""] * 5

    @pytest.mark.parametrize("stage", [Stage.CV, Stage.PHONE, Stage.OFFER])
    def test_a_refusal_has_none_before_the_hire(self, stage):
        assert self.said(Act.REFUSE, stage=stage) == ""


class TestWayToTell:
    @pytest.mark.parametrize(
        ("tell", "email", "phone", "way"),
        [
            (Told.MAIL, "a@b.example", True, Told.MAIL),
            (Told.MORNING, "", True, Told.PHONE),
            (Told.MAIL, "", False, Told.MAIL),
            (Told.NONE, "", True, Told.NONE),
            (Told.PHONE, "", False, Told.PHONE),
        ],
    )
    def test_is_the_phone_only_for_those_without_an_address(self, tell, email, phone, way):
        assert bulk._way_to_tell({"tell": tell, "phone": phone}, Application(email=email)) == way


class TestBeginning:
    def test_twice_is_once(self, job, owner):
        make_application(job)
        row = prepare(job, owner)
        assert [bulk.begin(row, {}, by=owner) for _ in range(2)] == [True, False]
        assert TrailEntry.objects.filter(action="people.several").count() == 1

    @pytest.mark.parametrize("state", [State.PARKED, State.WAITING])
    def test_nothing_is_taken_back_before_it_is_done(self, job, owner, state):
        make_application(job)
        row = prepare(job, owner)
        Bulk.objects.update(state=state)
        assert bulk.begin_undo(row, by=owner) is False

    def test_a_colleague_takes_nothing_back(self, job, owner, manager):
        make_application(job)
        row = prepare(job, owner)
        bulk.begin(row, {}, by=owner)
        bulk.run(row.pk)
        assert bulk.begin_undo(row, by=manager) is False
        assert Application.objects.get().later_at is not None

    @pytest.mark.parametrize(("n", "now"), [(1, True), (2, True), (3, False)])
    def test_up_to_so_many_are_done_while_one_waits(self, job, owner, monkeypatch, n, now):
        monkeypatch.setattr(bulk, "AT_ONCE", 2)
        for _ in range(n):
            make_application(job)
        assert bulk.in_request(prepare(job, owner)) is now

    @pytest.mark.parametrize(("hours", "left"), [(23, 1), (25, 0)])
    def test_a_draft_is_kept_for_a_day(self, job, owner, hours, left):
        make_application(job)
        prepare(job, owner)
        with time_machine.travel(timezone.now() + timedelta(hours=hours)):
            bulk.forget()
        assert (Bulk.objects.count(), BulkItem.objects.count()) == (left, left)

    def test_what_is_done_is_no_draft_to_forget(self, job, owner):
        make_application(job)
        row = prepare(job, owner)
        bulk.begin(row, {}, by=owner)
        bulk.run(row.pk)
        with time_machine.travel(timezone.now() + timedelta(days=9)):
            assert bulk.forget() == 0
        assert row.items.get().result == Result.DONE


class TestBulkPages:
    @pytest.mark.parametrize("name", ["bulk", "bulk_undo"])
    def test_are_for_those_on_the_job(self, job, company, owner, interviewer, hire, rival, sign_in, name):
        make_application(job)
        row = prepare(job, owner)
        stranger = make_member(company, Role.MANAGER, "other@lumi.example")
        people = (stranger, interviewer, hire, rival)
        found = [sign_in(who).post(url(name, row)).status_code for who in people]
        assert (found[1:3], set(found) & {200, 302}) == ([403, 403], set())

    def test_undo_by_get_does_nothing(self, job, owner, boss):
        make_application(job)
        assert boss.get(url("bulk_undo", prepare(job, owner))).status_code == 405

    def test_undo_of_what_was_not_done_says_so(self, job, owner, boss):
        make_application(job)
        answer = boss.post(url("bulk_undo", prepare(job, owner)), follow=True)
        assert "or it was taken back already" in text(answer)

    @pytest.mark.parametrize(
        ("starts", "tell"),
        [({}, "mail"), ({Stage.CV: 1}, "morning"), ({Stage.CV: 1, Stage.PHONE: 1}, "mail")],
    )
    def test_the_way_to_tell_is_guessed(self, starts, tell):
        assert bulk_views._guess(starts)["tell"] == tell

    @pytest.mark.parametrize("why", ["", "  "])
    def test_no_message_needs_words_and_keeps_the_rest(self, why):
        form = bulk_forms.RefuseForm({"reason": "hours", "tell": "none", "why": why, "text": "Typed"})
        assert (list(form.errors), form["text"].value()) == (["why"], "Typed")


class TestLimits:
    def test_are_the_usual_without_any(self, job):
        assert {stage: limit.days for stage, limit in staleness.limits(job).items()} == staleness.DEFAULTS

    def test_cost_nothing_where_the_job_was_asked(self, job, django_assert_num_queries):
        job.has_limits = False
        with django_assert_num_queries(0):
            staleness.limits(job)

    def test_of_another_job_are_not_these(self, job, company, owner):
        staleness.keep(make_job(company), {Stage.CV: (99, None)}, by=owner)
        assert staleness.limits(job)[Stage.CV].days == staleness.DEFAULTS[Stage.CV]

    @pytest.mark.parametrize(("hours", "passed"), [(0, False), (7 * 24 + 23, False), (8 * 24, True)])
    def test_are_passed_after_whole_days(self, hours, passed):
        now = timezone.now()
        row = SimpleNamespace(stage_entered_at=now - timedelta(hours=hours))
        assert staleness.Limit(Stage.PHONE, 7).passed(row, now) is passed

    def test_kept_as_they_are_do_not_tell_again(self, job, owner):
        day = timezone.localdate()
        staleness.keep(job, {Stage.CV: (3, owner)}, by=owner)
        StageLimit.objects.update(told_on=day)
        staleness.keep(job, {Stage.CV: (3, owner)}, by=owner)
        assert StageLimit.objects.get().told_on == day

    @pytest.mark.parametrize("n", [1, 3])
    def test_telling_looks_at_each_with_one_query(self, job, owner, n, django_assert_num_queries):
        stages = [Stage.CV, Stage.PHONE, Stage.OFFER][:n]
        staleness.keep(job, dict.fromkeys(stages, (3, owner)), by=owner)
        pks = list(StageLimit.objects.values_list("pk", flat=True))
        with django_assert_num_queries(1 + n):
            assert len(staleness.look([owner], pks)) == n

    def test_another_companys_are_not_there(self, job, owner, rival):
        staleness.keep(job, {Stage.CV: (3, owner)}, by=owner)
        assert staleness.look([rival], [StageLimit.objects.get().pk]) == {}

    def test_many_are_counted_to_a_hundred(self, owner):
        row = SimpleNamespace(stage=Stage.CV, days=3, job=SimpleNamespace(title="Support"))
        said = staleness._say(row, staleness.CAP + 1, owner)
        assert said == "100+ people wait longer than 3 days at CV: Support."
