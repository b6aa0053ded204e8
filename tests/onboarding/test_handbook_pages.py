"""The handbook on the screen: who reads, who writes, and what each page says."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts import find
from onboarding import find as quick
from onboarding import handbook, handbook_reading, plans
from onboarding.models import HandbookPage, HandbookSkip, HandbookVersion
from tests.factories import make_member
from tests.onboarding.factories import MONDAY
from tests.onboarding.handbook_pages import LETTER, make_page, rewrite

pytestmark = pytest.mark.django_db
TYPED = "Hello {{ customer.first_name }} {% if x %} <b>you</b> \u202eabc"


def address(name="handbook", *args):
    return reverse(f"onboarding:{name}", args=args)


def text(answer) -> str:
    """What a reader sees of <main>, one space between words."""
    main = answer.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def get(client, name="handbook", *args, **query):
    return client.get(address(name, *args), query)


def post(client, name, *args, **data):
    return client.post(address(name, *args), data)


@pytest.fixture
def olga(owner, sign_in):
    client = sign_in(owner)
    client.get("/")
    return client


@pytest.fixture
def sara(plan, hire, sign_in):
    client = sign_in(hire)
    client.get("/")
    return client


# -- reading


def test_an_empty_handbook_offers_its_writers_the_first_question(olga):
    answer = get(olga)
    assert "Twelve short questions turn that into the first pages" in text(answer)
    assert f'href="{address("handbook_question", "return_window")}"' in answer.content.decode()


def test_an_empty_handbook_sends_a_new_hire_to_ask(sara):
    assert "Nothing is written yet. Until then: ask" in text(get(sara))


def test_the_shelves_stand_in_order_with_their_pages(olga, owner):
    make_page(owner)
    make_page(owner, title="Wool first", shelf="values")
    seen = text(get(olga))
    places = [
        seen.index(words) for words in ("Values Wool first", "Your role Nothing", "policies Broken things")
    ]
    assert places == sorted(places)


def test_a_new_hire_sees_no_empty_shelf_and_no_button_of_a_writer(sara, owner):
    make_page(owner)
    seen = text(get(sara))
    assert "Rules and policies Broken things When to ask first" in seen
    assert not re.search("Values|Add a page|Put in order|Write a page", seen)


def test_the_bar_of_a_new_hire_leads_here(sara, owner):
    bar = get(sara).content.decode().split('<nav class="fh-bottombar')[1].split("</nav>")[0]
    words = re.sub(r"<[^>]+>", " ", bar).split()[-4:]
    assert f'<a href="{address()}" aria-current="page">' in bar
    assert words.index("Ask") < words.index("Handbook") < words.index("Me")


def test_a_page_is_shown_as_it_is_typed(owner, sign_in):
    page = make_page(owner, title=TYPED, body=TYPED)
    client = Client()
    client.cookies = sign_in(owner).cookies
    html = client.get(address("handbook_page", page.pk)).content.decode()
    shown = "Hello {{ customer.first_name }} {% if x %} &lt;b&gt;you&lt;/b&gt; \u202eabc"
    assert f'<p dir="auto">{shown}</p>' in html
    assert f"{shown}</bdi></h1>" in html


def test_a_page_says_its_language_and_leads_to_the_others(olga, owner):
    page = make_page(owner)
    other = make_page(owner, title="مكسور", body="اعتذر أولاً", language="ar", beside=page)
    html = get(olga, "handbook_page", page.pk).content.decode()
    assert f'<a href="{address("handbook_page", other.pk)}" lang="ar" hreflang="ar">' in html
    assert (
        '<article class="fh-paper fh-handbook" lang="ar" dir="auto">'
        in get(olga, "handbook_page", other.pk).content.decode()
    )


def test_a_page_in_several_languages_is_one_row_in_the_readers(olga, owner):
    page = make_page(owner)
    make_page(owner, title="Rikki", language="fi", beside=page)
    assert "Broken things Also in: suomi" in text(get(olga))
    owner.user.language = "fi"
    owner.user.save()
    seen = text(get(olga))
    assert ("Rikki" in seen, "Broken things" in seen) == (True, False)


def test_a_page_about_limits_leads_to_where_they_are_kept(olga, owner):
    page = handbook.answer(owner.company, "refund_limit", by=owner, body="50 EUR", language="en", seen=0)
    tone = handbook.answer(owner.company, "tone", by=owner, body="Short", language="en", seen=0)
    assert (
        f'<a href="{address("ask_first")}">When to ask first</a>'
        in get(olga, "handbook_page", page.pk).content.decode()
    )
    assert f'href="{address("tone")}"' in get(olga, "handbook_page", tone.pk).content.decode()


def test_all_pages_on_one_for_the_printer(sara, owner):
    make_page(owner)
    make_page(owner, title="Wool first", shelf="values")
    seen = text(get(sara, "handbook_print"))
    assert seen.index("Wool first") < seen.index("Broken things Say sorry first. Ask for a photo.")


# -- who may not


def test_nobody_of_another_company_finds_any_of_it(rival, owner, sign_in):
    page = make_page(owner)
    client = sign_in(rival)
    names = ("handbook_page", "handbook_edit", "handbook_versions", "handbook_propose")
    assert {get(client, name, page.pk).status_code for name in names} == {404}
    assert "Broken" not in text(get(client)) + text(get(client, q="broken")) + text(
        get(client, "handbook_print")
    )
    assert quick.for_member(rival, ["broken"]) == []


def test_when_a_plan_has_ended_the_handbook_is_closed(plan, sara, owner, hire):
    page = make_page(owner)
    assert get(sara, "handbook_page", page.pk).status_code == 200
    plans.cancel(plan, by=owner, reason="Another job")
    assert get(sara, "handbook_page", page.pk).status_code == 403
    pages = [get(sara), get(sara, q="broken"), get(sara, "handbook_print"), get(sara, "handbook_proposals")]
    assert [("Broken" in text(page), "There is no plan for you" in text(page)) for page in pages] == [
        (False, True)
    ] * 4
    assert [line for line in quick.for_member(hire, ["broken"]) if line.group == "handbook"] == []
    assert post(sara, "handbook_read", page.pk, number=1).status_code == 403
    assert post(sara, "handbook_propose", page.pk, title="x", body="y", reason="z", seen=1).status_code == 403


def test_a_new_hire_writes_nothing_by_themselves(sara, owner):
    page = make_page(owner)
    names = ("handbook_edit", "handbook_archive", "handbook_place", "handbook_ask", "handbook_translate")
    assert {post(sara, name, page.pk, title="x", body="y", seen=1).status_code for name in names} == {403}
    assert post(sara, "handbook_new", title="x", body="y").status_code == 403
    assert (HandbookPage.objects.get().body, HandbookVersion.objects.count()) == (LETTER, 1)


# -- searching


def test_a_search_shows_the_line_that_was_meant(olga, owner):
    make_page(owner, body="First line.\n\nThe Łódź warehouse.")
    seen = text(get(olga, q="lodz"))
    assert "1 page found. Broken things The Łódź warehouse. Rules and policies" in seen


def test_a_search_that_finds_nothing_says_so(olga, owner):
    make_page(owner)
    assert "Nothing found. Try one word of it, or its beginning. All pages" in text(get(olga, q="zebra"))


def test_a_search_is_kept_as_typed(olga, owner):
    make_page(owner)
    assert 'value="&lt;b&gt;&quot;x"' in get(olga, q='<b>"x').content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_what_reading_costs(plan, olga, sara, owner, count, django_assert_num_queries):
    pages = [make_page(owner, title=f"Sorry {n}") for n in range(count)]
    for page in pages:
        handbook_reading.ask(page, by=owner, until=MONDAY)
    with django_assert_num_queries(8):
        get(olga)
    with django_assert_num_queries(7):
        get(sara)
    with django_assert_num_queries(6):
        get(sara, q="sorry")
    with django_assert_num_queries(8):
        get(sara, "handbook_page", pages[0].pk)
    with django_assert_num_queries(6):
        get(olga, "handbook_reading")


def test_quick_find_names_pages(owner, hire, plan, django_assert_num_queries):
    page = make_page(owner)
    make_page(owner, title="Other")
    found = [line for line in quick.for_member(hire, ["brok"]) if line.group == "handbook"]
    line = find.Found("handbook", "Broken things", address("handbook_page", page.pk), "Rules and policies")
    assert found == [line]


def test_quick_find_knows_the_handbook_itself(sara):
    found = sara.get("/find/", {"q": "handb"}).content.decode()
    assert f'href="{address()}"' in found


# -- writing


def test_a_page_is_added(olga, owner):
    values = {"title": "Wool first", "shelf": "values", "language": "sv", "body": "Ull."}
    answer = post(olga, "handbook_new", **values)
    page = HandbookPage.objects.get()
    assert (answer.url, page.shelf, page.language, page.label) == (
        address("handbook_page", page.pk),
        "values",
        "sv",
        "Wool first",
    )


def test_a_page_without_words_is_refused_and_what_was_typed_stays(olga):
    answer = post(olga, "handbook_new", title="Wool <first>", shelf="values", language="en", body=" ")
    assert answer.status_code == 422
    assert 'value="Wool &lt;first&gt;"' in answer.content.decode()
    assert "This field is required." in text(answer)


def test_the_shelf_of_the_button_is_chosen(olga):
    assert (
        '<option value="products" selected>' in get(olga, "handbook_new", shelf="products").content.decode()
    )
    assert '<option value="values" selected>' in get(olga, "handbook_new", shelf="attic").content.decode()


def test_a_page_is_looked_at_before_it_is_saved(olga, owner):
    page = make_page(owner)
    answer = post(olga, "handbook_edit", page.pk, title="", body="**Bold** <b>", do="preview", seen=1)
    assert answer.status_code == 200
    assert '<p dir="auto"><strong>Bold</strong> &lt;b&gt;</p>' in answer.content.decode()
    assert "This field is required." not in text(answer)
    page.refresh_from_db()
    assert page.body == LETTER


def test_the_preview_is_the_page(olga):
    html = post(olga, "handbook_preview", body="# Hello").content.decode()
    assert '<h2 dir="auto">Hello</h2>' in html
    assert "<html" not in html


def test_a_change_is_saved(olga, owner):
    page = make_page(owner)
    answer = post(olga, "handbook_edit", page.pk, title="Broken", body="Sorry.", note="Shorter", seen=1)
    page.refresh_from_db()
    assert (answer.url, page.label, page.body, page.revision) == (
        address("handbook_page", page.pk),
        "Broken",
        "Sorry.",
        2,
    )


def test_two_tabs_meet_with_both_texts(olga, owner):
    page = rewrite(make_page(owner), owner, body="Theirs.")
    answer = post(olga, "handbook_edit", page.pk, title="Broken things", body="Mine.", seen=1)
    seen = text(answer)
    assert (answer.status_code, "Yours Mine. There now Theirs." in seen) == (409, True)
    again = post(olga, "handbook_edit", page.pk, title="Broken things", body="Mine.", seen=2)
    assert again.status_code == 302


def test_a_language_that_is_there_is_not_offered_again(olga, owner):
    page = make_page(owner)
    make_page(owner, language="fi", beside=page)
    codes = re.findall(r'<option value="([\w-]*)"', get(olga, "handbook_translate", page.pk).content.decode())
    assert sorted(codes) == ["ar", "pl", "sv", "zh-hans"]
    answer = post(olga, "handbook_translate", page.pk, title="x", body="y", language="fi")
    assert (answer.status_code, HandbookPage.objects.count()) == (422, 2)


def test_the_original_stands_beside_a_translation(olga, owner):
    page = make_page(owner)
    assert "English Say sorry first." in text(get(olga, "handbook_translate", page.pk))
    post(olga, "handbook_translate", page.pk, title="Rikki", body="Anteeksi.", language="fi")
    assert HandbookPage.objects.get(language="fi").family == page.family


def test_a_page_in_every_language_needs_no_other(olga, owner, settings):
    page = make_page(owner)
    for code, _name in settings.LANGUAGES[1:]:
        make_page(owner, language=code, beside=page)
    assert get(olga, "handbook_translate", page.pk).url == address("handbook_page", page.pk)
    assert "Write it in another language" not in text(get(olga, "handbook_page", page.pk))


# -- versions


def test_versions_show_what_changed(olga, owner):
    page = rewrite(make_page(owner), owner)
    answer = get(olga, "handbook_versions", page.pk, **{"from": "1", "to": "2"})
    html = answer.content.decode()
    assert "<del>a</del><ins>two</ins> <del>photo</del><ins>photos</ins>" in html.replace(
        "</del><ins>", "</del><ins>"
    )
    assert "Version 2 There now" in text(answer)


@pytest.mark.parametrize("query", [{"from": "1"}, {"from": "x", "to": "2"}, {"from": "9", "to": "1"}])
def test_versions_that_are_not_there_are_not_compared(olga, owner, query):
    page = rewrite(make_page(owner), owner)
    assert "From version" not in text(get(olga, "handbook_versions", page.pk, **query))


def test_one_goes_back_to_a_version(olga, owner):
    page = rewrite(make_page(owner), owner)
    assert post(olga, "handbook_go_back", page.pk, 1, seen=2).url == address("handbook_page", page.pk)
    page.refresh_from_db()
    assert (page.revision, page.body) == (3, LETTER)


@pytest.mark.parametrize("seen", ["1", "", "x", "\u0661", "9" * 40])
def test_one_does_not_go_back_over_somebody(olga, owner, seen):
    page = rewrite(make_page(owner), owner)
    assert post(olga, "handbook_go_back", page.pk, 1, seen=seen).status_code == 409


def test_a_version_of_another_page_is_not_there(olga, owner):
    rewrite(make_page(owner), owner)
    assert post(olga, "handbook_go_back", make_page(owner, title="x").pk, 2, seen=1).status_code == 404


# -- order and putting away


def test_a_page_is_moved_by_a_button_and_back(olga, owner):
    first, second = make_page(owner, title="One"), make_page(owner, title="Two")
    html = post(olga, "handbook_place", first.pk, index=1).url
    assert html == f"{address()}?order"
    answer = olga.get(html)
    assert re.findall(r"Shelf of (One|Two)", text(answer)) == ["Two", "One"]
    undo = re.search(r'action="([^"]*/place/back/\?mark=[^"]*)"', answer.content.decode()).group(1)
    olga.post(undo)
    assert list(HandbookPage.objects.in_order()) == [first, second]


def test_an_unknown_shelf_is_not_there(olga, owner):
    assert post(olga, "handbook_place", make_page(owner).pk, shelf="attic").status_code == 404


def test_a_page_is_put_away_with_undo(olga, owner):
    page = make_page(owner)
    answer = olga.post(address("handbook_archive", page.pk), follow=True)
    assert address("handbook_put_back", page.pk) in answer.content.decode()
    assert get(olga, "handbook_page", page.pk).status_code == 404
    assert post(olga, "handbook_put_back", page.pk).url == address("handbook_page", page.pk)
    assert HandbookPage.objects.get() == page


def test_what_was_written_anew_is_not_put_back(olga, owner):
    page = handbook.answer(owner.company, "tone", by=owner, body="Short.", language="en", seen=0)
    handbook.archive(page, by=owner)
    handbook.answer(owner.company, "tone", by=owner, body="Long.", language="en", seen=0)
    assert post(olga, "handbook_put_back", page.pk).url == reverse("deleted")


# -- in an hour


def test_one_question_at_a_time(olga):
    answer = get(olga, "handbook_question", "return_window")
    seen = text(answer)
    assert "Question 1 of 12 · about 60 minutes left · about 5 minutes a question" in seen
    assert "It becomes the page “How long may things come back?” on the shelf Rules and policies." in seen
    assert answer.content.decode().count("<textarea") == 1
    assert "Customers have <strong>30 days</strong> from the day" in answer.content.decode()


def test_an_answer_leads_to_the_next_question(olga, owner):
    answer = post(olga, "handbook_question", "return_window", body="30 days.", seen=0)
    assert answer.url == address("handbook_question", "return_postage")
    assert HandbookPage.objects.get().body == "30 days."


def test_a_question_is_left_for_later(olga, owner):
    answer = post(olga, "handbook_question", "return_window", do="skip", body="half a thou")
    assert answer.url == address("handbook_question", "return_postage")
    assert list(HandbookSkip.objects.values_list("company", "key")) == [(owner.company_id, "return_window")]


def test_nothing_typed_is_said_beside_the_field(olga):
    answer = post(olga, "handbook_question", "tone", body=" ", seen=0)
    assert (answer.status_code, "A sentence is enough. Or leave it for later." in text(answer)) == (422, True)


def test_the_example_stands_below_what_is_typed_and_saves_nothing(olga):
    answer = post(olga, "handbook_question", "refund_limit", body="Mine.", do="example", seen=0)
    box = answer.content.decode().split("<textarea")[1].split("</textarea>")[0]
    assert "Mine.\n\nUp to **50 EUR** an order you decide alone." in box
    assert HandbookPage.objects.count() == 0


def test_an_answered_question_shows_its_answer(olga, owner):
    handbook.answer(owner.company, "tone", by=owner, body="Short & plain.", language="en", seen=0)
    html = get(olga, "handbook_question", "tone").content.decode()
    assert "Short &amp; plain.</textarea>" in html
    assert 'value="skip"' not in html


def test_two_tabs_with_one_question_meet(olga, owner):
    handbook.answer(owner.company, "tone", by=owner, body="Theirs.", language="en", seen=0)
    answer = post(olga, "handbook_question", "tone", body="Mine.", seen=0)
    assert (answer.status_code, "Yours Mine. There now Theirs." in text(answer)) == (409, True)


def test_the_last_answer_leads_to_the_twelve_at_a_glance(olga, owner):
    from onboarding import handbook_questions

    for row in handbook_questions.QUESTIONS[1:]:
        handbook.answer(owner.company, row.key, by=owner, body="x", language="en", seen=0)
    answer = olga.post(address("handbook_question", "return_window"), {"body": "y", "seen": 0}, follow=True)
    assert "All twelve are answered. Your handbook has its first pages." in text(answer)


def test_what_customers_ask_is_marked_until_it_is_written(olga, owner):
    make_page(owner)
    assert "delivery and returns have to be written down: How long may things come back? ·" in text(get(olga))
    assert text(get(olga, "handbook_start")).count("Needed before e-mails together") == 4


def test_an_unknown_question_is_not_there(olga):
    assert get(olga, "handbook_question", "weather").status_code == 404


def test_a_manager_goes_on_where_the_owner_left(owner, manager, sign_in):
    handbook.answer(owner.company, "return_window", by=owner, body="x", language="en", seen=0)
    seen = text(get(sign_in(manager)))
    assert "1 of 12 questions are answered. About 55 minutes left. Go on" in seen


def test_another_hire_of_another_company_reads_their_own(owner, rival, sign_in):
    from tests.onboarding.factories import make_onboarding

    make_page(owner)
    make_page(rival, title="Ours")
    bob = make_member(rival.company, "hire")
    make_onboarding(rival.company, bob, rival)
    seen = text(get(sign_in(bob)))
    assert ("Ours" in seen, "Broken things" in seen) == (True, False)
