"""The list a job looks for: one writer, one version a change, and everything taken back at once."""

from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from accounts import conflicts, undoing
from hiring import requirements, rows, suggestions
from hiring.models import Application, Job, RequirementVersion, Stage
from hiring.models.requirements import WhyChanged
from hiring.requirements import Change
from tests.hiring.acts import refuse
from tests.hiring.adverts import make_draft, make_published
from tests.hiring.factories import go, make_application, make_job
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(owner):
    return make_published(owner)


@pytest.fixture
def read(job):
    """Somebody was read with the list."""
    return make_application(job, read_at=timezone.now())


def now(job):
    return Job.objects.get(pk=job.pk)


def listed(job):
    return [(row.key or row.text, row.level) for row in requirements.listed(job)]


def versions(job):
    return list(job.requirement_versions.order_by("number").values_list("number", "reason"))


def save(job, by, /, **change):
    return requirements.save(job, Change(**change), by=by, seen=now(job).revision)


def take_back(job, by):
    requirements.take_back(job, undoing.offered(now(job), "list", by), by=by)


# -- what a new job begins with


def test_a_first_time_founder_gets_four_musts_two_nice_and_one_bonus(job):
    skills = [row.level for row in requirements.listed(job) if row.kind == "skill"]
    assert [skills.count(level) for level in ("must", "nice", "bonus")] == [4, 2, 1]
    assert {row.key for row in requirements.listed(job)} == {s.key for s in suggestions.SUGGESTIONS}


@pytest.mark.parametrize(("more", "told"), [(0, 0), (1, 5), (3, 7)])
def test_a_fifth_must_is_told_and_never_refused(job, owner, more, told):
    for n in range(more):
        requirements.add(job, text=f"Must {n}", level="must", by=owner)
    assert requirements.too_many_musts(requirements.listed(job)) == told


def test_the_list_ends_somewhere(job, owner, monkeypatch):
    monkeypatch.setattr(requirements, "MOST_ROWS", 11)
    requirements.add(job, text="The last", by=owner)
    with pytest.raises(requirements.Full, match="at most 11 lines"):
        requirements.add(job, text="One more", by=owner)


# -- versions


CHANGES = {
    "added": lambda job, by: requirements.add(job, text="Loves tea", by=by),
    "removed": lambda job, by: requirements.remove(requirements.listed(job)[0], by=by),
    "levelled": lambda job, by: requirements.set_level(requirements.listed(job)[0], level="bonus", by=by),
    "several": lambda job, by: save(
        job, by, added=[{"key": "industry"}], removed=[requirements.listed(job)[0].pk]
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_before_anybody_was_read_nothing_is_kept(job, owner, change):
    make_application(job)
    CHANGES[change](job, owner)
    assert (now(job).rubric_version, versions(job)) == (1, [])


@pytest.mark.parametrize("change", CHANGES)
def test_after_somebody_was_read_the_old_list_is_kept_once(job, read, owner, change):
    before = requirements.snapshot(requirements.listed(job))
    CHANGES[change](job, owner)
    kept = RequirementVersion.objects.get()
    assert (now(job).rubric_version, kept.number, kept.by, kept.reason) == (2, 1, owner, "")
    assert kept.listed == before


@pytest.mark.parametrize(
    "values",
    [{"text": "In my words"}, {"why": "So"}, {"weight": 5}, {"anchor_3": "Fair"}, {"questions": "Why?"}],
    ids=lambda values: next(iter(values)),
)
def test_words_and_weights_are_free(job, read, owner, values):
    row = requirements.listed(job)[0]
    save(job, owner, rows={row.pk: values})
    row.refresh_from_db()
    assert {name: getattr(row, name) for name in values} == values
    assert versions(job) == []


def test_another_order_is_the_same_list(job, read):
    rows.shift(requirements.listed(job)[1], up=True)
    assert versions(job) == []


def test_a_list_nobody_was_read_with_is_simply_changed(job, read, owner):
    for change in CHANGES.values():
        change(job, owner)
    assert (now(job).rubric_version, versions(job)) == (2, [(1, "")])


def test_read_again_with_the_new_list_the_next_change_keeps_that_too(job, read, owner):
    CHANGES["added"](job, owner)
    make_application(now(job), read_at=timezone.now(), rubric_version=2)
    CHANGES["removed"](job, owner)
    assert (now(job).rubric_version, versions(job)) == (3, [(1, ""), (2, "")])


def test_moved_on_with_a_list_it_is_kept_too(job, read, owner):
    CHANGES["added"](job, owner)
    ada = Application.objects.get(pk=read.pk)
    go(ada, Stage.PHONE, owner)
    CHANGES["removed"](job, owner)
    assert now(job).rubric_version == 3


@pytest.mark.parametrize(
    ("forth", "back"),
    [
        ("added", lambda job, by: requirements.remove(requirements.listed(job)[-1], by=by)),
        (
            "levelled",
            lambda job, by: requirements.set_level(requirements.listed(job)[0], level="must", by=by),
        ),
        (
            "removed",
            lambda job, by: requirements.put_back(job.requirements.exclude(retired_at=None).get(), by=by),
        ),
    ],
)
def test_changed_back_before_anybody_was_read_the_old_list_never_ended(job, read, owner, forth, back):
    CHANGES[forth](job, owner)
    back(job, owner)
    assert (now(job).rubric_version, versions(job)) == (1, [])


def test_ones_own_test_keeps_nothing(job, owner):
    make_application(job, read_at=timezone.now(), is_test=True)
    CHANGES["added"](job, owner)
    assert versions(job) == []


def test_somebody_elses_job_is_another_list(job, read, owner):
    other = make_published(owner)
    CHANGES["added"](other, owner)
    assert (now(other).rubric_version, now(job).rubric_version) == (1, 1)


# -- who was read with which


def test_reading_notes_the_list_it_was_done_with(job, read, owner):
    CHANGES["added"](job, owner)
    ann, bob = make_application(job), make_application(job)
    go(ann, Stage.PHONE, owner)
    refuse(bob, owner)
    assert [ann.rubric_version, bob.rubric_version, read.rubric_version] == [2, 2, 1]


def test_the_first_reading_counts(job, read, owner):
    CHANGES["added"](job, owner)
    ada = Application.objects.get(pk=read.pk)
    go(ada, Stage.PHONE, owner)
    assert ada.rubric_version == 1


def test_read_before_the_change(job, read, owner):
    CHANGES["added"](job, owner)
    unread = make_application(job)
    later = make_application(job, read_at=timezone.now(), rubric_version=2)
    assert list(requirements.read_before(now(job))) == [read]
    everybody = Application.objects.filter(job=job).order_by("pk")
    assert list(everybody.read_before_version(1)) == []
    assert list(everybody.read_before_version(2)) == [read]
    assert list(everybody.read_before_version(3)) == [read, later]
    assert unread not in everybody.read_before_version(9)


def test_the_filter_narrows_what_it_is_given_and_stays_in_its_job(job, read, owner, manager):
    CHANGES["added"](job, owner)
    make_application(make_job(owner.company), read_at=timezone.now())
    mine = Application.objects.for_company(owner.company)
    assert list(requirements.read_before(now(job), mine.visible_to(owner))) == [read]
    assert list(requirements.read_before(now(job), mine.visible_to(manager))) == []


def test_who_was_read_before_there_were_versions_has_the_one_of_their_first_step(job, read, owner):
    migration = import_module("hiring.migrations.0014_requirements")
    CHANGES["added"](job, owner)
    ada, unread = make_application(job), make_application(job)
    go(ada, Stage.PHONE, owner)
    Application.objects.update(rubric_version=1)
    migration.version_of_reading(apps, None)
    now_with = dict(Application.objects.values_list("pk", "rubric_version"))
    assert (now_with[ada.pk], now_with[read.pk], now_with[unread.pk]) == (2, 1, 1)


# -- what is told of a change, and why it was made


def test_nothing_is_told_before_a_list_has_ended(job, read):
    assert requirements.last_change(job) is None


def test_the_last_change_tells_how_many_were_read_before_it(job, read, owner):
    make_application(job, read_at=timezone.now())
    CHANGES["added"](job, owner)
    last = requirements.last_change(now(job))
    assert (last.people, last.version.number, last.version.by) == (2, 1, owner)


@pytest.mark.parametrize("reason", WhyChanged.values)
def test_why_it_was_changed_is_recorded(job, read, owner, reason):
    CHANGES["added"](job, owner)
    assert requirements.explain(job, number=1, reason=reason, by=owner)
    assert versions(job) == [(1, reason)]
    assert TrailEntry.objects.latest("pk").action == "requirement.explained"


def test_a_mistake_puts_nothing_back(job, read, owner):
    CHANGES["added"](job, owner)
    after = listed(job)
    requirements.explain(job, number=1, reason="mistake", by=owner)
    assert listed(job) == after


def test_a_list_that_is_not_there_has_no_reason(job, owner):
    assert not requirements.explain(job, number=1, reason="role", by=owner)


# -- several changes at once


def test_everything_is_saved_at_once_and_taken_back_at_once(job, read, owner):
    before, first = listed(job), requirements.listed(job)[0]
    save(
        job,
        owner,
        job={"good_at": "Patience", "cover_hours": "3333300"},
        rows={first.pk: {"text": "Kind", "level": "nice", "weight": 4}},
        added=[{"text": "Loves tea", "level": "bonus", "weight": 1}, {"key": "interest"}],
        removed=[requirements.listed(job)[1].pk],
    )
    assert (now(job).good_at, now(job).cover_hours, len(listed(job))) == ("Patience", "3333300", 11)
    assert versions(job) == [(1, "")]
    take_back(job, owner)
    assert (now(job).good_at, now(job).cover_hours, listed(job)) == ("", "", before)
    assert (requirements.listed(job)[0].text, versions(job)) == ("", [])


def test_a_removed_one_comes_back_with_the_words_it_had(job, owner):
    row = requirements.listed(job)[0]
    save(job, owner, rows={row.pk: {"text": "Kind"}})
    save(job, owner, removed=[row.pk])
    save(job, owner, added=[{"key": "service"}])
    back = requirements.listed(job)[-1]
    assert (back.pk, back.text, back.retired_at) == (row.pk, "Kind", None)


def test_a_suggestion_that_is_there_is_not_there_twice(job, owner):
    save(job, owner, added=[{"key": "service"}])
    assert len(listed(job)) == 10


def test_rows_of_other_jobs_are_left_alone(job, owner):
    other = requirements.listed(make_published(owner))[0]
    save(job, owner, rows={other.pk: {"text": "Stolen"}}, removed=[other.pk])
    other.refresh_from_db()
    assert (other.text, other.retired_at) == ("", None)


def test_saved_elsewhere_meanwhile_nothing_is_written(job, owner):
    with pytest.raises(conflicts.Changed):
        requirements.save(job, Change(job={"good_at": "Mine"}), by=owner, seen=now(job).revision - 1)
    assert now(job).good_at == ""


def test_a_saving_makes_an_open_form_stale_and_is_in_the_trail(job, owner):
    before = now(job).revision
    save(job, owner, job={"good_at": "Patience"})
    assert now(job).revision == before + 1
    assert TrailEntry.objects.latest("pk").action == "requirement.saved"


def test_somebody_else_of_the_team_takes_back_only_as_a_leader(job, owner, manager, interviewer):
    save(job, owner, job={"good_at": "Patience"})
    mark = now(job).undoable["list"]["mark"]
    with pytest.raises(undoing.Refused):
        requirements.take_back(job, mark, by=interviewer)
    requirements.take_back(job, mark, by=manager)
    assert now(job).good_at == ""


def test_twice_taken_back_is_gone(job, owner):
    save(job, owner, job={"good_at": "Patience"})
    mark = now(job).undoable["list"]["mark"]
    requirements.take_back(job, mark, by=owner)
    with pytest.raises(undoing.Gone):
        requirements.take_back(job, mark, by=owner)


def test_the_editor_still_changes_the_same_list(owner):
    draft = make_draft(owner)
    row = requirements.add(draft, text="Loves tea", by=owner)
    requirements.set_level(row, level="must", by=owner)
    row.refresh_from_db()
    assert (row.level, row.weight, row.position) == ("must", 3, 11)


# -- what a row says


@pytest.mark.parametrize(("own", "said"), [("", 3), ("One?\n\n Two? \n", 2)])
def test_own_questions_else_the_suggestions(job, own, said):
    row = requirements.listed(job)[0]
    row.questions = own
    assert len(row.interview_questions) == said


def test_one_of_ones_own_has_no_questions_until_somebody_writes_them(job, owner):
    assert requirements.add(job, text="Loves tea", by=owner).interview_questions == []
