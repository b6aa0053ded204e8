"""The page of the list: everything saved on the way, taken back, and nobody else's."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from accounts.models import Role
from hiring import requirements
from hiring.models import Job, RequirementVersion
from hiring.requirement_forms import ListPage
from tests.factories import make_member
from tests.hiring.adverts import make_draft, make_published
from tests.hiring.factories import make_application
from tests.hiring.test_undo import undo_url
from tests.readiness.test_heat_page import HEAT, counted

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(owner):
    return make_published(owner)


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


@pytest.fixture
def first(job):
    return requirements.listed(job)[0]


def address(job, name="requirements"):
    return reverse(f"hiring:{name}", args=[job.pk])


def typed(job, **changes) -> dict:
    """What the page posts when only `changes` were typed."""
    data = {}
    for form in ListPage(Job.objects.get(pk=job.pk)).forms:
        for bound in form:
            value = bound.value()
            data[bound.html_name] = (
                [*value] if isinstance(value, list | tuple) else "" if value is None else value
            )
    return data | changes


def post(client, job, **changes):
    return client.post(address(job), typed(job, **changes))


def now(job):
    return Job.objects.get(pk=job.pk)


def listed(job):
    return [(row.key or row.text, row.level) for row in requirements.listed(job)]


def said(response) -> str:
    return " ".join(response.content.decode().split())


# -- what it shows


def test_prompts_list_suggestions_and_hours(boss, job):
    page = said(boss.get(address(job)))
    for words in (
        "What will make this person good at helping your customers?",
        "What else will they help with?",
        "Likes helping customers, angry ones too",
        "Speaks of customers as a nuisance, or blames them.",
        "Which customer do you still think about",
        "Has worked in our line of business",
        "Hours to be covered",
    ):
        assert words in page


def lines(client, job, row) -> tuple[str, str]:
    """(what stands in the row, what is behind its Refine)"""
    page = said(client.get(address(job)))
    shown, _fold, behind = page.partition(f'id="r{row.pk}"')[2].partition("</li>")[0].partition("<details")
    return shown, behind


def test_reason_and_hint_of_a_suggestion_stand_below_its_text(boss, job, first):
    shown, behind = lines(boss, job, first)
    for words in (first.suggestion.why, first.suggestion.hint):
        assert f'<p class="fh-row-sub">{escape(words)}</p>' in shown
    assert str(escape(first.suggestion.hint)) not in behind
    for label in ("What a 1 looks like", "How much it counts", "Where it is tested", "Questions"):
        assert (label in shown, label in behind) == (False, True)


def test_an_own_reason_takes_the_place_of_ours_and_none_of_it_is_live(boss, job, first):
    type(first).objects.filter(pk=first.pk).update(why="<b>Rude</b> mails")
    shown, _behind = lines(boss, job, first)
    assert '<p class="fh-row-sub">&lt;b&gt;Rude&lt;/b&gt; mails</p>' in shown
    assert str(escape(first.suggestion.why)) not in shown


def test_a_requirement_of_ones_own_has_no_empty_lines(boss, job, owner):
    row = requirements.add(job, text="Loves tea", by=owner)
    assert "fh-row-sub" not in lines(boss, job, row or requirements.listed(job)[-1])[0]


@pytest.mark.parametrize(("place", "offered"), [("onsite", 2), ("hybrid", 4), ("remote", 4)])
def test_two_checks_are_offered_for_work_elsewhere(boss, owner, place, offered):
    page = said(boss.get(address(make_draft(owner, place=place))))
    assert page.count('value="suggest-') == offered


def test_nothing_is_said_of_four_musts_and_one_line_of_five(boss, job, first, owner):
    assert "must-haves: people who have all of them are rare" not in said(boss.get(address(job)))
    requirements.add(job, text="Loves tea", level="must", by=owner)
    assert "5 must-haves: people who have all of them are rare" in said(boss.get(address(job)))


def test_without_a_log_one_line_says_so_and_leads_to_the_import(boss, job):
    page = said(boss.get(address(job)))
    assert "When your customers write is not known yet." in page
    assert f'href="{reverse("readiness:upload")}"' in page


def test_with_a_log_its_counts_stand_in_the_hours(boss, job):
    counted(job.company, heat=HEAT)
    Job.objects.filter(pk=job.pk).update(cover_hours="1110000")
    page = said(boss.get(address(job)))
    assert (page.count("fh-week-count"), page.count(">63</span>")) == (28, 3)
    assert "Mon to Wed: mornings" in page
    assert "56 of 100 messages come in these hours." in page


def test_an_empty_list_says_what_to_do(boss, job, owner):
    requirements.save(
        job, requirements.Change(removed=[row.pk for row in requirements.listed(job)]), by=owner, seen=None
    )
    assert "Nothing is looked for yet." in said(boss.get(address(job)))


@pytest.mark.parametrize("more", [0, 3])
def test_the_queries_do_not_grow_with_the_list(boss, job, owner, more, django_assert_num_queries):
    for n in range(more):
        requirements.add(job, text=f"More {n}", by=owner)
    boss.get(address(job))
    with django_assert_num_queries(QUERIES):
        boss.get(address(job))


QUERIES = 6


def test_the_way_there(boss, job):
    make_application(job)
    for name in ("job", "job_edit", "read"):
        assert f'href="{address(job)}"' in boss.get(address(job, name)).content.decode()


# -- saving


def test_nothing_changed_writes_nothing(boss, job):
    before = now(job).revision
    answer = post(boss, job)
    assert (answer.status_code, undo_url(answer) if answer.cookies.get("messages") else "") == (302, "")
    assert now(job).revision == before
    assert set(job.requirements.values_list("text", "why", "questions")) == {("", "", "")}


def test_everything_typed_is_saved_and_taken_back(boss, job, first):
    code = f"r{first.pk}"
    changes = {
        "good_at": "Patience",
        "cover_hours": ["mo-morning", "tu-morning"],
        f"{code}-text": " Loves   people ",
        f"{code}-why": "So",
        f"{code}-anchor_1": "Shrugs",
        f"{code}-weight": "5",
        f"{code}-tested_in": ["phone"],
        f"{code}-questions": "Why?\n\n How? ",
        f"{code}-kind": "quality",
        "add-text": "Loves tea",
        "add-level": "bonus",
    }
    answer = post(boss, job, **changes)
    first.refresh_from_db()
    assert (now(job).good_at, now(job).cover_hours) == ("Patience", "1100000")
    assert (first.text, first.why, first.anchor_1, first.weight) == ("Loves people", "So", "Shrugs", 5)
    assert (first.tested_in, first.questions, first.kind) == (["phone"], "Why?\nHow?", "quality")
    assert listed(job)[-1] == ("Loves tea", "bonus")
    boss.post(undo_url(answer))
    first.refresh_from_db()
    assert (now(job).good_at, first.text, first.why, first.tested_in, len(listed(job))) == (
        "",
        "",
        "",
        [],
        10,
    )


@pytest.mark.parametrize("field", ["text", "why", "anchor_1", "questions"])
def test_emptied_our_words_are_back(boss, job, first, field):
    post(boss, job, **{f"r{first.pk}-{field}": "Mine"})
    post(boss, job, **{f"r{first.pk}-{field}": " "})
    first.refresh_from_db()
    assert getattr(first, field) == ""


def test_our_own_words_typed_are_ours(boss, job, first):
    post(boss, job, **{f"r{first.pk}-text": str(first.label), f"r{first.pk}-tested_in": list(first.places)})
    first.refresh_from_db()
    assert (first.text, first.tested_in) == ("", [])


@pytest.mark.parametrize(("weight", "kept"), [("3", 1), ("4", 4)])
def test_the_weight_follows_the_level_unless_it_is_chosen(boss, job, first, weight, kept):
    post(boss, job, **{f"r{first.pk}-level": "bonus", f"r{first.pk}-weight": weight})
    first.refresh_from_db()
    assert (first.level, first.weight) == ("bonus", kept)


@pytest.mark.parametrize(("verb", "place"), [("up", 0), ("down", 2)])
def test_a_rows_button_moves_it_saves_the_page_and_comes_back_to_the_row(boss, job, verb, place):
    row = requirements.listed(job)[1]
    answer = post(boss, job, do=f"{verb}-r{row.pk}", good_at="Patience")
    assert (requirements.listed(job)[place], now(job).good_at) == (row, "Patience")
    assert answer.url == f"{address(job)}#r{row.pk}"


def test_removed_with_what_was_typed_elsewhere_and_taken_back(boss, job, first):
    answer = post(boss, job, do=f"remove-r{first.pk}", good_at="Patience")
    assert (len(listed(job)), now(job).good_at) == (9, "Patience")
    boss.post(undo_url(answer))
    assert (len(listed(job)), now(job).good_at) == (10, "")


def test_a_suggestion_is_one_press(boss, job):
    post(boss, job, do="suggest-industry")
    assert listed(job)[-1] == ("industry", "bonus")
    assert 'value="suggest-industry"' not in said(boss.get(address(job)))


@pytest.mark.parametrize(
    "do",
    [
        "suggest-",
        "suggest-service",
        "suggest-nonsense",
        "up-",
        "up-r²",
        "remove-r0",
        "down-r" + "9" * 30,
        "x",
    ],
)
def test_odd_buttons_only_save(boss, job, do):
    assert post(boss, job, do=do, good_at="Patience").status_code == 302
    assert (len(listed(job)), now(job).good_at) == (10, "Patience")


def test_another_jobs_row_is_not_touched(boss, job, owner):
    other = requirements.listed(make_published(owner))[0]
    post(boss, job, do=f"remove-r{other.pk}", **{f"r{other.pk}-text": "Stolen"})
    other.refresh_from_db()
    assert (other.text, other.retired_at) == ("", None)


# -- what is wrong is said beside it


WRONG = [
    ("text", "x" * 201, "at most 200 characters"),
    ("level", "vital", "not one of the available choices"),
    ("weight", "6", "not one of the available choices"),
    ("why", "x" * 501, "at most 500 characters"),
    ("anchor_5", "a\x00b", "Null characters are not allowed"),
    ("tested_in", ["dream"], "not one of the available choices"),
    ("questions", "\n".join("1234567"), "At most 6 questions."),
    ("questions", "x" * 301, "more than 300 characters"),
    ("kind", "hobby", "not one of the available choices"),
]


@pytest.mark.parametrize(("field", "value", "sentence"), WRONG, ids=lambda value: str(value)[:12])
def test_a_mistake_keeps_everything_typed(boss, job, first, field, value, sentence):
    answer = post(boss, job, good_at="Typed and kept", **{f"r{first.pk}-{field}": value})
    page = said(answer)
    assert (answer.status_code, now(job).good_at) == (422, "")
    assert sentence in page
    assert "Typed and kept" in page


def test_the_fold_with_the_mistake_is_open(boss, job, first):
    page = said(post(boss, job, **{f"r{first.pk}-why": "x" * 501}))
    assert page.count('<details class="fh-refine" open>') == 1


def test_one_of_ones_own_needs_words(boss, job, owner):
    row = requirements.add(job, text="Loves tea", by=owner)
    page = said(post(boss, job, **{f"r{row.pk}-text": " "}))
    assert page.count("This field is required.") == 1


def test_hours_that_do_not_exist_are_refused(boss, job):
    assert post(boss, job, cover_hours=["mo-noon"]).status_code == 422


def test_a_list_that_is_full_says_so_and_keeps_what_was_typed(boss, job, monkeypatch):
    monkeypatch.setattr(requirements, "MOST_ROWS", 10)
    page = said(post(boss, job, **{"add-text": "One too many"}))
    assert "A list holds at most 10 lines." in page
    assert "One too many" in page


@pytest.mark.parametrize("words", ["ا" * 40, "漢字", "Zoë O’Neil", "<script>alert(1)</script>"])
def test_any_script_may_be_typed_and_none_of_it_is_live(boss, job, first, words):
    post(boss, job, **{f"r{first.pk}-text": words, f"r{first.pk}-questions": words})
    page = said(boss.get(address(job)))
    assert "<script>alert" not in page
    first.refresh_from_db()
    assert (first.text, first.questions) == (words, words)


# -- two tabs


def test_a_stale_page_shows_both_and_saves_nothing(boss, job, first, owner):
    form = typed(job, **{f"r{first.pk}-text": "Mine", "cover_hours": ["mo-morning"]})
    requirements.save(job, requirements.Change(rows={first.pk: {"text": "Theirs"}}), by=owner, seen=None)
    answer = boss.post(address(job), form)
    page = said(answer)
    first.refresh_from_db()
    assert (answer.status_code, first.text) == (409, "Theirs")
    for words in ("Mine", "Theirs", "Monday, Morning", "requirement"):
        assert words in page


def test_a_line_that_came_meanwhile_is_a_conflict_and_no_mistake(boss, job, owner):
    form = typed(job, good_at="Mine")
    requirements.save(job, requirements.Change(added=[{"text": "Theirs"}]), by=owner, seen=None)
    assert boss.post(address(job), form).status_code == 409


def test_use_mine_wins(boss, job, owner):
    form = typed(job, good_at="Mine", cover_hours=["mo-morning", "su-night"])
    requirements.save(job, requirements.Change(job={"good_at": "Theirs"}), by=owner, seen=None)
    fields = re.findall(
        r'<input type="hidden" name="([^"]+)" value="([^"]*)">',
        boss.post(address(job), form).content.decode(),
    )
    body = {}
    for name, value in fields:
        body.setdefault(name, []).append(value)
    assert boss.post(address(job), body).status_code == 302
    assert (now(job).good_at, now(job).cover_hours) == ("Mine", "1000008")


def after_reading(job, owner):
    """The job with its list changed after somebody was read with the old one."""
    make_application(job, read_at=timezone.now())
    requirements.add(job, text="Loves tea", by=owner)
    return now(job)


# -- whose it is


@pytest.fixture
def changed(job, owner):
    return after_reading(job, owner)


NAMES = ["requirements", "requirements_before", "requirements_sheet", "requirements_bring"]


@pytest.mark.parametrize("name", NAMES)
def test_another_shop_finds_nothing(rival, sign_in, job, name):
    assert sign_in(rival).get(address(job, name)).status_code == 404


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("role", "status"), [(Role.INTERVIEWER, 403), (Role.HIRE, 403), (Role.MANAGER, 403)])
def test_who_does_not_run_this_hiring_does_not_get_in(company, sign_in, job, name, role, status):
    assert sign_in(make_member(company, role)).get(address(job, name)).status_code == status


def test_another_shop_changes_nothing(rival, sign_in, changed):
    client = sign_in(rival)
    for name, body in (
        ("requirements", typed(changed)),
        ("requirements_why", {"number": "1", "reason": "role"}),
    ):
        assert client.post(address(changed, name), body).status_code == 404
    assert RequirementVersion.objects.get().reason == ""
