"""Versions of a company's own weights: made one after the other, never changed, and found again by their name."""

import pytest

from accounts.conflicts import Changed
from readiness import answer_page, assessments, scoring, weighing
from readiness.models import Weighing
from readiness.scoring import DEFAULT
from tests.readiness.factories import BUSY, CALM, make_assessment
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
EARLIER = {"need_low": 10.0}


def weigh(member, changes=None, seen=0):
    changes = EARLIER if changes is None else changes
    return weighing.save(company=member.company, changes=changes, seen=seen, by=member)


def test_without_a_version_of_its_own_a_company_has_ours(owner):
    assert weighing.config_of(owner.company) is DEFAULT
    assert weighing.config_of(None) is DEFAULT


def test_a_version_is_ours_with_the_changes(owner):
    row = weigh(owner)
    config = weighing.config_of(owner.company)
    assert (row.version, config.version) == ("2026-1+1", "2026-1+1")
    assert (config.need_low, config.need_high) == (10, DEFAULT.need_high)


def test_each_saving_is_the_next_version_and_the_last_one_counts(owner):
    weigh(owner)
    second = weigh(owner, {"need_low": 20.0}, seen=1)
    assert (second.revision, weighing.config_of(owner.company).need_low) == (2, 20)
    assert list(Weighing.objects.values_list("changes", flat=True).order_by("revision")) == [
        EARLIER,
        {"need_low": 20.0},
    ]


def test_nothing_changed_is_no_version(owner):
    assert weigh(owner, {}) is None
    weigh(owner)
    assert weigh(owner, EARLIER, seen=1) is None
    assert Weighing.objects.count() == 1


def test_back_to_ours_is_a_version_too(owner):
    weigh(owner)
    assert weigh(owner, {}, seen=1).version == "2026-1+2"
    assert weighing.config_of(owner.company).need_low == DEFAULT.need_low


@pytest.mark.parametrize("seen", [0, 2, 99])
def test_somebody_was_faster(owner, seen):
    weigh(owner)
    with pytest.raises(Changed) as changed:
        weigh(owner, {"need_low": 20.0}, seen=seen)
    assert changed.value.row.revision == 1
    assert Weighing.objects.count() == 1


def test_saving_is_in_the_trail_with_the_fields_and_without_values(owner):
    weigh(owner, {"need_low": 10.0, "signals.growth": 0.5})
    entry = TrailEntry.objects.get(action="readiness.weighed")
    assert (entry.actor_id, entry.fields) == (owner.user_id, ["need_low", "signals.growth"])


def test_another_company_is_not_weighed_with_ours(owner, rival):
    weigh(owner)
    assert weighing.config_of(rival.company) is DEFAULT
    assert weighing.named("2026-1+1", rival.company) is None


@pytest.mark.parametrize("name", ["", "2025-1", "2026-1+", "2026-1+x", "2026-1+²", "2025-1+1", "2026-1+2"])
def test_a_version_nobody_made_is_not_known(owner, name):
    weigh(owner)
    assert weighing.named(name, owner.company) is None


def test_a_version_is_found_by_its_name(owner):
    row = weigh(owner)
    weigh(owner, {"need_low": 20.0}, seen=1)
    assert weighing.named(row.version, owner.company).need_low == 10
    assert weighing.named(DEFAULT.version, owner.company) is DEFAULT
    assert weighing.named(DEFAULT.version, None) is DEFAULT


def test_a_version_from_a_configuration_we_no_longer_have_counts_as_ours(owner):
    weigh(owner)
    Weighing.objects.update(base="2025-9")
    assert weighing.config_of(owner.company) is DEFAULT


# -- answers


def test_an_answer_is_computed_with_the_companys_version_and_says_so(owner):
    weigh(owner)
    row = make_assessment(owner.company, **CALM)
    assert (row.config_version, row.result["version"]) == ("2026-1+1", "2026-1+1")
    assert row.result == assessments.compute(CALM, {}, weighing.config_of(owner.company))
    assert make_assessment_of_a_stranger() == "2026-1"


def make_assessment_of_a_stranger():
    return assessments.compute(BUSY)["version"]


def test_saving_weights_computes_nothing(owner):
    row = make_assessment(owner.company)
    weigh(owner)
    row.refresh_from_db()
    assert (row.config_version, assessments.latest(owner.company)) == ("2026-1", row)


def test_the_same_answers_weighed_anew_are_a_new_row_and_the_old_one_stays(owner):
    old = make_assessment(owner.company, **CALM)
    before = old.result
    weigh(owner, {"need_low": 0.0})
    assessments.refresh(owner.company, by=owner.user)
    new = assessments.latest(owner.company)
    old.refresh_from_db()
    assert (old.result, new.config_version) == (before, "2026-1+1")
    assert (old.result["recommendation"], new.result["recommendation"]) == ("not_yet", "bridge")


def test_the_same_answers_weighed_as_before_stay_one_row(owner):
    weigh(owner)
    assert make_assessment(owner.company) == make_assessment(owner.company)


def test_the_page_of_an_older_answer_prints_the_numbers_it_was_computed_with(sign_in, owner):
    weigh(owner, {"need_high": 77.0})
    row = make_assessment(owner.company)
    weigh(owner, {"need_high": 88.0}, seen=1)
    now = assessments.Current(row.answers, row.result, "", row)
    printed = dict(answer_page.context(now, company=owner.company)["judgement"]["thresholds"])
    assert printed["Hire now: need for help from"] == "77"


def test_the_line_below_the_check_uses_the_companys_week(sign_in, owner):
    """Only the messages of a week are multiplied by its days: the minutes each follow."""
    weigh(owner, {"days_a_week": 6.0})
    config = weighing.config_of(owner.company)
    assert answer_page.strip(BUSY, config=config)["minutes"].startswith("25 hours for 360 messages")
    assert scoring.messages_week(assessments.inputs_of(BUSY)) == 300


def test_one_query_tells_the_weights(owner, django_assert_num_queries):
    weigh(owner)
    with django_assert_num_queries(1):
        weighing.config_of(owner.company)
    with django_assert_num_queries(0):
        weighing.named("2026-1", owner.company)
