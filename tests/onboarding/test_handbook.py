"""Pages of the handbook: written, changed, put in order, put away; and the twelve questions."""

import pytest
from django.db import IntegrityError
from django.utils import translation

from accounts import conflicts, deleting, undoing
from onboarding import handbook, handbook_questions, handbook_start, setups
from onboarding.models import HandbookPage, HandbookSkip, HandbookVersion, SetupItem
from onboarding.models.handbook import Shelf
from tests.factories import make_company
from tests.onboarding.handbook_pages import LETTER, make_page, rewrite
from vault import folding
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
TYPED = "Hello {{ customer.first_name }} {% if x %} <b>you</b> \u202eabc"


def order(company, shelf="policies"):
    return [page.label for page in HandbookPage.objects.for_company(company).filter(shelf=shelf).in_order()]


# -- writing


def test_a_page_begins_with_its_first_version(owner):
    page = make_page(owner)
    assert (page.label, page.body, page.revision, page.language) == ("Broken things", LETTER, 1, "en")
    version = HandbookVersion.objects.get()
    assert (version.page, version.number, version.body, version.by) == (page, 1, LETTER, owner)
    assert TrailEntry.objects.latest("pk").action == "handbook.written"


def test_what_is_typed_is_kept_as_typed(owner):
    page = make_page(owner, title=TYPED, body=TYPED)
    page.refresh_from_db()
    assert (page.title, page.body) == (TYPED, TYPED)


def test_lines_are_alike_however_a_browser_ends_them(owner):
    page = make_page(owner, body=" a\r\nb \n")
    assert page.body == "a\nb"
    assert not handbook.write(page, by=owner, seen=1, title=page.label, body="a\r\nb")


def test_other_words_are_another_version(owner, manager):
    page = rewrite(make_page(owner), manager, note="Two, please")
    assert (page.revision, page.body) == (2, "Say sorry first.\n\nAsk for two photos.")
    rows = HandbookVersion.objects.order_by("number").values_list("number", "by", "note")
    assert list(rows) == [(1, owner.pk, ""), (2, manager.pk, "Two, please")]


def test_the_same_words_are_no_version(owner):
    page = make_page(owner)
    assert not handbook.write(page, by=owner, seen=1, title="Broken  things ", body=LETTER)
    assert (
        HandbookVersion.objects.count(),
        TrailEntry.objects.filter(action="handbook.changed").count(),
    ) == (1, 0)


def test_two_tabs_meet(owner):
    page = rewrite(make_page(owner), owner)
    with pytest.raises(conflicts.Changed) as found:
        handbook.write(page, by=owner, seen=1, title="Mine", body="Mine")
    assert (found.value.row.pk, found.value.row.revision, HandbookVersion.objects.count()) == (page.pk, 2, 2)


def test_going_back_is_a_version_of_its_own(owner, manager):
    page = rewrite(make_page(owner), owner)
    assert handbook.go_back(page, 1, by=manager, seen=2)
    page.refresh_from_db()
    newest = page.versions.latest("number")
    assert (page.revision, page.body, newest.note, newest.by) == (3, LETTER, "Back to version 1", manager)


def test_going_back_meets_who_wrote_meanwhile(owner):
    page = rewrite(rewrite(make_page(owner), owner), owner, body="Third")
    with pytest.raises(conflicts.Changed):
        handbook.go_back(page, 1, by=owner, seen=2)


def test_a_page_that_was_put_away_is_not_written(owner):
    page = make_page(owner)
    handbook.archive(page, by=owner)
    with pytest.raises(handbook.Gone, match="put away"):
        handbook.write(page, by=owner, seen=1, title="x", body="x")


# -- languages


def test_a_page_in_two_languages_stands_in_one_place(owner):
    page = make_page(owner)
    other = make_page(
        owner, title="Rikki", body="Pyydä anteeksi.", language="fi", beside=page, shelf="values"
    )
    assert (other.family, other.shelf, other.position) == (page.family, "policies", page.position)


def test_a_page_is_there_once_in_each_language(owner):
    page = make_page(owner)
    with pytest.raises(handbook.Refused, match="in this language already"):
        make_page(owner, beside=page)
    other = make_page(owner, language="fi", beside=page)
    with pytest.raises(handbook.Refused, match="in this language already"):
        handbook.write(other, by=owner, seen=1, title="x", body="x", language="en")
    assert HandbookPage.objects.count() == 2


def test_a_page_may_change_its_language(owner):
    page = make_page(owner)
    assert handbook.write(page, by=owner, seen=1, title=page.label, body=page.body, language="sv")
    page.refresh_from_db()
    assert (page.language, page.revision) == ("sv", 2)


def test_the_title_of_an_answer_is_the_readers_until_it_is_somebodys_own(owner):
    page = handbook.answer(owner.company, "tone", by=owner, body="Short.", language="en", seen=0)
    assert (page.title, page.label) == ("", "How we write")
    handbook.write(page, by=owner, seen=1, title="How we write", body="Shorter.")
    page.refresh_from_db()
    assert page.title == ""
    handbook.write(page, by=owner, seen=2, title="Our way", body="Shorter.")
    page.refresh_from_db()
    assert (page.title, page.label) == ("Our way", "Our way")


# -- search


@pytest.mark.parametrize(
    ("title", "body", "query"),
    [
        ("Paketti", "Kestää 2 päivää", "paiv"),
        ("Łódź", "x", "lodz"),
        ("الإرجاع", "خلال ٣٠ يومًا", "الارجاع 30"),
        ("退货", "三十天内可以退货", "可以退"),
        ("Tea", "Refunds: 50 EUR", "refund tea"),
        ("100%_x", "a", "100 x"),
    ],
)
def test_words_are_found_as_people_spell_them(owner, title, body, query):
    page = make_page(owner, title=title, body=body)
    make_page(owner, title="Something else", body="Other words")
    assert list(HandbookPage.objects.matching(folding.terms(query))) == [page]


def test_a_middle_of_a_word_and_an_old_version_are_not_found(owner):
    page = rewrite(make_page(owner, body="Marmalade"), owner, body="Honey")
    assert [list(HandbookPage.objects.matching([term])) for term in ("armalade", "marmalade", "hon")] == [
        [],
        [],
        [page],
    ]


def test_the_title_of_an_answer_is_found_in_the_language_of_the_page(owner):
    page = handbook.answer(owner.company, "tone", by=owner, body="Short.", language="en", seen=0)
    with translation.override("fi"):
        assert list(HandbookPage.objects.matching(["write"])) == [page]


# -- the place of a page


@pytest.fixture
def three(owner):
    return [make_page(owner, title=title) for title in ("One", "Two", "Three")]


@pytest.mark.parametrize(
    ("which", "index", "after"),
    [
        (0, 1, ["Two", "One", "Three"]),
        (2, 0, ["Three", "One", "Two"]),
        (0, 99, ["Two", "Three", "One"]),
        (1, -5, ["Two", "One", "Three"]),
    ],
)
def test_a_page_goes_up_and_down(owner, three, which, index, after):
    assert handbook.place(three[which], by=owner, shelf="policies", index=index)
    assert order(owner.company) == after


def test_a_page_that_stands_there_already_does_not_move(owner, three):
    assert not handbook.place(three[1], by=owner, shelf="policies", index=1)
    assert not TrailEntry.objects.filter(action="handbook.moved").exists()


def test_a_page_goes_to_another_shelf_with_its_other_languages(owner, three):
    other = make_page(owner, language="fi", beside=three[1])
    handbook.archive(other, by=owner)
    assert handbook.place(three[1], by=owner, shelf="customers", index=0)
    assert (order(owner.company), order(owner.company, "customers")) == (["One", "Three"], ["Two"])
    assert HandbookPage.everything.get(pk=other.pk).shelf == "customers"


def test_a_move_is_taken_back_for_ten_minutes(owner, three, clock):
    handbook.place(three[0], by=owner, shelf="customers", index=0)
    three[0].refresh_from_db()
    mark = undoing.offered(three[0], "place", owner)
    handbook.place_back(three[0], mark, by=owner)
    assert order(owner.company) == ["One", "Two", "Three"]
    with pytest.raises(undoing.Gone):
        handbook.place_back(three[0], mark, by=owner)


def test_after_ten_minutes_a_move_stays(owner, three, clock):
    handbook.place(three[0], by=owner, shelf="customers", index=0)
    three[0].refresh_from_db()
    mark = undoing.offered(three[0], "place", owner)
    clock.move_to("2026-12-07 07:41 +0000")
    with pytest.raises(undoing.Refused, match="ten minutes"):
        handbook.place_back(three[0], mark, by=owner)


def test_shelves_stand_in_the_order_of_the_handbook(owner):
    for shelf in ("policies", "values", "products", "role"):
        make_page(owner, title=shelf, shelf=shelf)
    rows = HandbookPage.objects.in_order().values_list("shelf", flat=True)
    assert list(rows) == ["values", "role", "products", "policies"]


def test_an_unknown_shelf_is_refused_by_the_database(owner):
    with pytest.raises(IntegrityError):
        HandbookPage.objects.filter(pk=make_page(owner).pk).update(shelf="attic")


# -- putting away


def test_a_page_is_put_away_once_and_back_once(owner):
    page = make_page(owner)
    assert (handbook.archive(page, by=owner), handbook.archive(page, by=owner)) == (True, False)
    assert order(owner.company) == []
    assert (handbook.put_back(page, by=owner), handbook.put_back(page, by=owner)) == (True, False)
    assert order(owner.company) == ["Broken things"]


def test_a_page_that_was_written_anew_keeps_its_place(owner):
    page = handbook.answer(owner.company, "tone", by=owner, body="Short.", language="en", seen=0)
    handbook.archive(page, by=owner)
    handbook.answer(owner.company, "tone", by=owner, body="Long.", language="en", seen=0)
    with pytest.raises(deleting.Refused, match="written anew"):
        handbook.put_back(page, by=owner)
    assert HandbookPage.objects.get().body == "Long."


# -- the twelve questions


def test_there_are_twelve_and_each_has_a_shelf_an_example_and_a_hint():
    rows = handbook_questions.QUESTIONS
    assert [row.key for row in rows] == [
        "return_window",
        "return_postage",
        "delivery_times",
        "tracking",
        "damaged",
        "refund_limit",
        "exchanges",
        "tone",
        "never_say",
        "best_products",
        "who_does_what",
        "opening_hours",
    ]
    assert all(str(text) for row in rows for text in (row.title, row.ask, row.hint, row.example))
    assert {row.shelf for row in rows} <= set(Shelf.values)


def answer(owner, key, body="So.", seen=0):
    return handbook.answer(owner.company, key, by=owner, body=body, language="en", seen=seen)


def test_an_answer_is_a_page_on_its_shelf(owner):
    page = answer(owner, "best_products", "Blankets.")
    assert (page.shelf, page.label, page.body, page.revision) == (
        "products",
        "Our three best sellers",
        "Blankets.",
        1,
    )


def test_an_answer_changed_is_the_next_version(owner):
    answer(owner, "tone", "Short.")
    page = answer(owner, "tone", "Shorter.", seen=1)
    assert (page.revision, page.body, HandbookPage.objects.count()) == (2, "Shorter.", 1)


def test_the_same_answer_twice_is_one(owner):
    answer(owner, "tone", "Short.")
    page = answer(owner, "tone", "Short.\r\n", seen=0)
    assert (page.revision, HandbookVersion.objects.count()) == (1, 1)


def test_another_answer_from_another_tab_meets(owner):
    answer(owner, "tone", "Short.")
    with pytest.raises(conflicts.Changed):
        answer(owner, "tone", "Long.", seen=0)
    assert HandbookPage.objects.get().body == "Short."


def test_one_goes_on_where_one_left(owner):
    progress = handbook_start.progress(owner.company)
    assert (progress.answered, progress.total, progress.minutes, progress.next.key) == (
        0,
        12,
        60,
        "return_window",
    )
    answer(owner, "return_window")
    handbook.skip(owner.company, "return_postage")
    progress = handbook_start.progress(owner.company)
    assert (progress.answered, progress.minutes, progress.next.key) == (1, 50, "delivery_times")
    assert [row.key for row in progress.put_off] == ["return_postage"]


def test_after_a_question_comes_the_next_open_one_then_the_first(owner):
    for key in ("tone", "never_say"):
        answer(owner, key)
    progress = handbook_start.progress(owner.company)
    assert [progress.after(key).key for key in ("exchanges", "tone", "opening_hours")] == [
        "best_products",
        "best_products",
        "return_window",
    ]


def test_a_skipped_question_that_is_answered_is_put_off_no_more(owner):
    handbook.skip(owner.company, "tone")
    handbook.skip(owner.company, "tone")
    assert HandbookSkip.objects.count() == 1
    answer(owner, "tone")
    assert HandbookSkip.objects.count() == 0


def test_when_all_are_through_nothing_is_next(owner):
    for row in handbook_questions.QUESTIONS[1:]:
        answer(owner, row.key)
    handbook.skip(owner.company, "return_window")
    progress = handbook_start.progress(owner.company)
    assert (progress.next, progress.minutes, progress.after("tone")) == (None, 0, None)
    assert [row.key for row in progress.missing] == ["return_window"]


@pytest.mark.parametrize(
    ("key", "needed"),
    [("shipping", ("delivery_times", "tracking")), ("returns", ("return_window", "return_postage"))],
)
def test_a_fact_is_there_when_its_questions_are_answered(owner, rival, key, needed):
    answer(rival, needed[0])
    answer(rival, needed[1])
    answer(owner, needed[0])
    assert not handbook.has(owner.company, key)
    page = answer(owner, needed[1])
    assert handbook.has(owner.company, key)
    handbook.archive(page, by=owner)
    assert not handbook.has(owner.company, key)


def test_facts_say_what_is_there_and_what_is_missing(owner, django_assert_num_queries):
    page = answer(owner, "tracking")
    with django_assert_num_queries(1):
        shipping, returns = handbook.facts(owner.company)
    assert (shipping.key, shipping.pages, shipping.missing, shipping.ready) == (
        "shipping",
        [page],
        ["delivery_times"],
        False,
    )
    assert (returns.title, returns.pages, returns.missing) == (
        "What may come back, and who pays",
        [],
        ["return_window", "return_postage"],
    )


def test_the_first_page_ticks_the_set_up_list(owner):
    mine = setups.prepare(company=owner.company, job_ref="job:1", job_title="Support")
    theirs = setups.prepare(company=make_company("Rival"), job_ref="job:1", job_title="Support")
    answer(owner, "tone")
    done = SetupItem.objects.exclude(done_at=None).values_list("setup", "key", "done_by")
    assert list(done) == [(mine.pk, "handbook", owner.pk)]
    assert not theirs.items.exclude(done_at=None).exists()
