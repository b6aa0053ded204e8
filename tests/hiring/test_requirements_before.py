"""After a change of the list: one line, why it was made, and the lists one after the other."""

import pytest

from hiring.models import RequirementVersion
from tests.hiring.adverts import make_published
from tests.hiring.test_requirements_page import address, after_reading, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(owner):
    return make_published(owner)


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


@pytest.fixture
def changed(job, owner):
    return after_reading(job, owner)


def test_one_line_says_how_many_were_read_with_the_old_list(boss, changed):
    page = said(boss.get(address(changed)))
    assert "1 person was read with the old list." in page
    for chip in ("Learned what matters", "Role changed", "Mistake"):
        assert f">{chip}</button>" in page


def test_the_editor_says_it_too_outside_its_own_form(boss, changed):
    page = said(boss.get(address(changed, "job_edit")))
    assert "1 person was read with the old list." in page
    assert page.index("Role changed") < page.index('id="job-editor"')


def test_a_chip_records_why_and_the_line_goes(boss, changed):
    answer = boss.post(address(changed, "requirements_why"), {"number": "1", "reason": "learned"})
    assert answer.url == address(changed)
    assert RequirementVersion.objects.get().reason == "learned"
    assert "was read with the old list" not in said(boss.get(address(changed)))


@pytest.mark.parametrize(
    "body", [{}, {"number": "1"}, {"number": "9", "reason": "role"}, {"number": "²", "reason": "role"},
             {"number": "1", "reason": "boredom"}, {"number": "9" * 30, "reason": "role"}]
)  # fmt: skip
def test_odd_chips_record_nothing(boss, changed, body):
    assert boss.post(address(changed, "requirements_why"), body).status_code == 302
    assert RequirementVersion.objects.get().reason == ""


def test_the_lists_one_after_the_other_and_what_changed(boss, changed):
    page = said(boss.get(address(changed, "requirements_before")))
    assert "Added: Loves tea (Nice to have)" in page
    assert "1 person was read with it." in page
    assert "Olga changed it on" in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?from=2&to=1", "Removed: Loves tea (Nice to have)"),
        ("?from=1&to=1", "These two say the same."),
        ("?from=x&to=99", "Added: Loves tea (Nice to have)"),
    ],
)
def test_any_two_lists_are_compared(boss, changed, query, words):
    assert words in said(boss.get(address(changed, "requirements_before") + query))


def test_without_an_earlier_list_there_is_the_one_of_now(boss, job):
    page = said(boss.get(address(job, "requirements_before")))
    assert "List 1" in page
    assert "Compare" not in page


@pytest.mark.parametrize("lists", [1, 3])
def test_the_queries_do_not_grow_with_the_lists(boss, changed, owner, lists, django_assert_num_queries):
    for number in range(2, lists + 1):
        RequirementVersion.objects.create(
            company=changed.company, job=changed, number=number, by=owner, listed=[]
        )
    boss.get(address(changed, "requirements_before"))
    with django_assert_num_queries(BEFORE):
        boss.get(address(changed, "requirements_before"))


BEFORE = 7
