"""What the shop gets ready while it hires: made once, ticked, worded anew, keyed to the shop's country."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from accounts import conflicts, undoing
from accounts.models import Company
from onboarding import country_items, defaults, intake, setups
from onboarding.models import SetupItem, SetupList
from tests.factories import make_company
from tests.onboarding.factories import make_onboarding, step_of
from tests.onboarding.test_plan_pages import text
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
OURS = list(defaults.SETUP)


def prepare(company, ref="job:1"):
    return setups.prepare(company=company, job_ref=ref, job_title="Support person")


@pytest.fixture
def setup(company):
    return prepare(company)


@pytest.fixture
def first(setup, owner):
    """A first employer's list, for Finland."""
    setups.answer_first(setup, by=owner, first=True)
    setup.refresh_from_db()
    return setup


def move_to(company, country):
    Company.objects.filter(pk=company.pk).update(country=country)


def keys(setup, part):
    return [item.key for item in setups.shown(setup)[part]]


def item_of(setup, key) -> SetupItem:
    return setup.items.get(key=key)


def country_keys(country):
    return [item.key for item in country_items.items(country)]


# -- the list


def test_begins_with_what_every_shop_needs_and_a_question(setup):
    assert (keys(setup, "ours"), keys(setup, "country"), setup.first_employee) == (OURS, [], None)


def test_somebody_on_their_way_answers_the_question(company, owner):
    make_onboarding(company, manager=owner)
    assert prepare(company).first_employee is False


def test_another_shops_colleague_answers_nothing(company, rival):
    make_onboarding(rival.company, manager=rival)
    assert prepare(company).first_employee is None


def test_what_was_set_up_for_one_job_is_set_up_for_the_next(setup, company, owner):
    setups.set_address(setup, by=owner, address="support@lumi.example")
    setups.choose_desk(setup, by=owner, name="Zendesk", seats=2)
    later = prepare(company, "job:2")
    assert (later.support_address, later.help_desk, later.seats) == ("support@lumi.example", "Zendesk", 2)
    assert [item.key for item in setups.shown(later)["ours"] if item.done_at] == [
        "support_address",
        "help_desk",
    ]


def test_nothing_comes_over_from_another_shop(setup, owner):
    setups.set_address(setup, by=owner, address="support@lumi.example")
    other = prepare(make_company("Rival"))
    assert (other.support_address, other.items.exclude(done_at=None).count()) == ("", 0)


@pytest.mark.parametrize("count", [1, 3])
def test_the_progress_costs_one_query(company, owner, count, django_assert_num_queries):
    for n in range(count):
        prepare(company, f"job:{n}")
    setups.did(company, "handbook", owner)
    with django_assert_num_queries(1):
        found = intake.setup_progress(company, "job:0")
    assert (found["ready"], found["total"]) == (1, 5)


def test_a_job_without_a_list_has_no_progress(setup, rival):
    assert intake.setup_progress(rival.company, "job:1") is None


def test_progress_leads_to_the_list(setup, company):
    assert intake.setup_progress(company, "job:1")["url"] == reverse("onboarding:setup", args=[setup.pk])


# -- the first employee ever


def test_yes_brings_the_countrys_list(first):
    assert (keys(first, "country"), first.country) == (country_keys("FI"), "FI")


@pytest.mark.parametrize("country", ["US", "SE", "PL", "CN", "AE", "DE", "BR"])
def test_each_country_has_its_list(setup, company, owner, country):
    move_to(company, country)
    setups.answer_first(setup, by=owner, first=True)
    assert keys(setup, "country") == country_keys(country)


def test_no_takes_away_what_nobody_touched(first, owner):
    setups.mark(item_of(first, "fi.pension"), by=owner, done=True)
    setups.answer_first(first, by=owner, first=False)
    assert keys(first, "country") == ["fi.pension"]


def test_yes_again_brings_everything_back_once(first, owner):
    for answer in (False, True):
        setups.answer_first(first, by=owner, first=answer)
    assert keys(first, "country") == country_keys("FI")


def test_the_same_answer_twice_is_one(first, owner):
    before = TrailEntry.objects.count()
    assert setups.answer_first(first, by=owner, first=True) is False
    assert TrailEntry.objects.count() == before


def test_the_question_counts_until_it_is_answered(setup, company, owner):
    assert setups.progress(company, "job:1")[1:] == (0, 5)
    setups.answer_first(setup, by=owner, first=False)
    assert setups.progress(company, "job:1")[1:] == (0, 4)


# -- another country


class TestAnotherCountry:
    @pytest.fixture(autouse=True)
    def _moved(self, first, company):
        move_to(company, "SE")

    def test_is_offered_and_not_taken_by_itself(self, first, olga):
        page = text(olga.get(reverse("onboarding:setup", args=[first.pk])).content.decode())
        assert "The shop's country is another one now: Sweden. What you have ticked stays." in page
        assert keys(first, "country") == country_keys("FI")

    def test_loses_nothing_that_was_ticked_noted_or_worded(self, first, owner):
        setups.mark(item_of(first, "fi.business_id"), by=owner, done=True)
        words = {"title": "Our pension", "note": "", "link": ""}
        setups.change(item_of(first, "fi.pension"), by=owner, seen=1, **words)
        words = {"title": item_of(first, "fi.health").label, "note": "Ask Anna", "link": ""}
        setups.change(item_of(first, "fi.health"), by=owner, seen=1, **words)
        assert setups.take_country(first, by=owner)
        kept = ["fi.business_id", "fi.pension", "fi.health"]
        assert sorted(keys(first, "country")) == sorted([*kept, *country_keys("SE")])

    def test_shares_what_the_union_asks_for(self, first, owner):
        setups.mark(item_of(first, "eu.pay"), by=owner, done=True)
        setups.take_country(first, by=owner)
        assert item_of(first, "eu.pay").done_at

    def test_is_taken_once(self, first, owner):
        assert [setups.take_country(first, by=owner) for _ in range(2)] == [True, False]

    def test_is_taken_back_with_what_went(self, first, owner):
        setups.take_country(first, by=owner)
        first.refresh_from_db()
        setups.take_back_country(first, undoing.offered(first, "country", owner), by=owner)
        first.refresh_from_db()
        assert (keys(first, "country"), first.country) == (country_keys("FI"), "FI")

    def test_taking_it_back_keeps_what_was_ticked_since(self, first, owner):
        setups.take_country(first, by=owner)
        setups.mark(item_of(first, "se.number"), by=owner, done=True)
        first.refresh_from_db()
        setups.take_back_country(first, undoing.offered(first, "country", owner), by=owner)
        assert set(keys(first, "country")) == {*country_keys("FI"), "se.number"}

    def test_asks_nothing_of_somebody_who_has_employed_before(self, first, owner):
        setups.answer_first(first, by=owner, first=False)
        assert setups.take_country(first, by=owner) is False
        assert keys(first, "country") == []


# -- ticking


@pytest.mark.parametrize("done", [True, False])
def test_what_is_off_the_list_is_not_ticked(setup, owner, done):
    item = item_of(setup, "handbook")
    setups.take_off(item, by=owner)
    assert setups.mark(item, by=owner, done=done) is False


def test_done_elsewhere_ticks_every_open_list_of_the_shop(company, owner, rival):
    lists = [prepare(company), prepare(company, "job:2"), prepare(rival.company)]
    assert [setups.did(company, "handbook", owner) for _ in range(2)] == [2, 0]
    done = [item_of(one, "handbook").done_by for one in lists]
    assert done == [owner, owner, None]


def test_what_is_not_needed_is_not_counted(setup, company, owner):
    item = item_of(setup, "help_desk")
    assert [setups.need(item, by=owner, needed=False) for _ in range(2)] == [True, False]
    assert setups.progress(company, "job:1")[1:] == (0, 4)
    assert setups.did(company, "help_desk", owner) == 0


def test_what_is_done_was_needed(setup, owner):
    item = item_of(setup, "help_desk")
    setups.mark(item, by=owner, done=True)
    assert setups.need(item, by=owner, needed=False) is False


# -- own words


def test_own_words_win_and_our_own_stay_ours(setup, owner):
    item = item_of(setup, "handbook")
    assert setups.change(item, by=owner, seen=1, title=item.label, note="", link="") is False
    setups.change(item, by=owner, seen=1, title="Write it all down", note="", link="")
    item.refresh_from_db()
    assert (item.label, item.text, item.revision) == ("Write it all down", "", 2)


def test_two_who_word_it_at_once_hear_of_each_other(setup, owner):
    item, words = item_of(setup, "handbook"), {"note": "", "link": ""}
    setups.change(item, by=owner, seen=1, title="One", **words)
    with pytest.raises(conflicts.Changed):
        setups.change(item, by=owner, seen=1, title="Two", **words)
    assert item_of(setup, "handbook").title == "One"


def test_something_of_ones_own_comes_last(setup, owner):
    item = setups.add(setup, by=owner, title="A chair")
    assert (keys(setup, "own"), item.label, item.text) == ([item.key], "A chair", "")


def test_a_list_has_an_end(setup, owner, monkeypatch):
    monkeypatch.setattr(setups, "MOST", 4)
    with pytest.raises(setups.Refused):
        setups.add(setup, by=owner, title="A chair")


def test_what_was_taken_off_comes_back_with_its_tick(setup, owner):
    item = item_of(setup, "handbook")
    setups.mark(item, by=owner, done=True)
    assert [setups.take_off(item, by=owner) for _ in range(2)] == [True, False]
    assert keys(setup, "off") == ["handbook"]
    assert [setups.put_back(item, by=owner) for _ in range(2)] == [True, False]
    assert item_of(setup, "handbook").done_at


# -- the pages


@pytest.fixture
def olga(owner, sign_in):
    return sign_in(owner)


def at(name, row):
    return reverse(f"onboarding:{name}", args=[row.pk])


def undo_url(response) -> str:
    """Where the newest notice is taken back."""
    return [m.extra_tags for m in response.wsgi_request._messages][-1].removeprefix("undo:")


class TestPages:
    def test_the_address_is_kept_and_makes_it_done(self, olga, setup):
        olga.post(at("setup_address", setup), {"address": "support@lumi.example"})
        page = text(olga.get(at("setup", setup)).content.decode())
        assert "Address for customers: support@lumi.example" in page
        assert item_of(setup, "support_address").done_at

    def test_an_address_with_a_slip_stays_in_its_field(self, olga, setup):
        answer = olga.post(at("setup_address", setup), {"address": "support@"})
        assert (answer.status_code, answer.context["address_form"]["address"].value()) == (422, "support@")
        assert item_of(setup, "support_address").done_at is None

    def test_the_help_desk_is_kept(self, olga, setup):
        olga.post(at("setup_desk", setup), {"name": "Help Scout", "seats": "3"})
        setup.refresh_from_db()
        assert (setup.help_desk, setup.seats, bool(item_of(setup, "help_desk").done_at)) == (
            "Help Scout",
            3,
            True,
        )
        page = text(olga.get(at("setup", setup)).content.decode())
        assert "Help desk: Help Scout" in page
        assert "Help Scout €17 €51 as quoted" in page

    @pytest.mark.parametrize(
        "body",
        [{}, {"name": "Made up", "seats": "1"}, {"name": "Zendesk", "seats": "0"}, {"name": "Zendesk"}],
    )
    def test_a_help_desk_that_is_not_offered_is_refused(self, olga, setup, body):
        answer = olga.post(at("setup_desk", setup), body)
        assert (answer.status_code, answer.context["desk_error"]) == (422, "Choose one of the list.")
        assert SetupList.objects.get().help_desk == ""

    def test_the_question_is_asked_and_answered(self, olga, setup):
        assert "Is this your first employee ever?" in olga.get(at("setup", setup)).content.decode()
        olga.post(at("setup_first", setup), {"first": "yes"})
        page = text(olga.get(at("setup", setup)).content.decode())
        assert "Becoming an employer: Finland" in page
        said = "General information, not legal advice. Last looked through on Nov. 22, 2026"
        assert said in page

    @pytest.mark.parametrize("answer", ["", "maybe"])
    def test_an_answer_nobody_offers_is_no_answer(self, olga, setup, answer):
        assert olga.post(at("setup_first", setup), {"first": answer}).status_code == 404

    def test_the_country_is_taken_and_taken_back(self, olga, first, company):
        move_to(company, "PL")
        url = undo_url(olga.post(at("setup_country", first)))
        assert "pl.zus" in keys(first, "country")
        assert [olga.post(url).status_code for _ in range(2)] == [302, 409]
        assert "pl.zus" not in keys(first, "country")

    @pytest.mark.parametrize(
        ("verb", "opposite"), [("done", "undone"), ("not_needed", "needed"), ("remove", "put_back")]
    )
    def test_every_act_offers_its_opposite(self, olga, setup, verb, opposite):
        item = item_of(setup, "handbook")
        url = undo_url(olga.post(at(f"setup_{verb}", item)))
        assert url == at(f"setup_{opposite}", item)
        assert undo_url(olga.post(url)) == at(f"setup_{verb}", item)

    def test_a_double_click_says_nothing_twice(self, olga, setup):
        item = item_of(setup, "handbook")
        olga.post(at("setup_done", item))
        assert list(olga.post(at("setup_done", item)).wsgi_request._messages)[1:] == []
        assert TrailEntry.objects.filter(action="setup.done").count() == 1

    def test_something_of_ones_own_is_added(self, olga, setup):
        olga.post(at("setup_add", setup), {"title": "A chair"})
        assert "A chair" in text(olga.get(at("setup", setup)).content.decode())

    def test_nothing_is_added_without_a_word(self, olga, setup):
        assert olga.post(at("setup_add", setup), {"title": " "}).status_code == 422

    def test_note_link_and_words_are_kept(self, olga, setup):
        item = item_of(setup, "handbook")
        body = {"title": item.label, "note": "Ask Ida", "link": "https://lumi.example/book", "seen": "1"}
        olga.post(at("setup_item", item), body)
        page = text(olga.get(at("setup", setup)).content.decode())
        assert "Ask Ida" in page
        assert "https://lumi.example/book" in page
        assert item_of(setup, "handbook").title == ""

    @pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://lumi.example/x", "no link"])
    def test_only_links_of_the_web_are_kept(self, olga, setup, link):
        item = item_of(setup, "handbook")
        answer = olga.post(at("setup_item", item), {"title": "x", "link": link, "seen": "1"})
        assert answer.status_code == 422
        assert item_of(setup, "handbook").link == ""

    def test_a_stale_page_shows_both(self, olga, setup, owner):
        item = item_of(setup, "handbook")
        setups.change(item, by=owner, seen=1, title="Theirs", note="", link="")
        answer = olga.post(at("setup_item", item), {"title": "Mine", "seen": "1"})
        assert answer.status_code == 409
        assert item_of(setup, "handbook").title == "Theirs"

    @pytest.mark.parametrize(
        "words", ["{{ 7|add:1 }}", "{% if x %}", "<b>bold</b>", "\u202eevil", "it's “quoted” & co"]
    )
    def test_words_are_shown_as_typed(self, olga, setup, owner, words):
        item = setups.add(setup, by=owner, title=words)
        setups.change(item, by=owner, seen=1, title=words, note=words, link="")
        plain = Client()  # ours takes an opened brace for a template that was not filled in
        plain.cookies = olga.cookies
        page = plain.get(at("setup_item", item))
        assert page.context["item"].label == words
        assert escape(words) in page.content.decode()
        assert "<b>bold" not in page.content.decode()

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_page_costs_the_same(self, olga, first, owner, count, django_assert_num_queries):
        for n in range(count):
            setups.mark(setups.add(first, by=owner, title=f"Thing {n}"), by=owner, done=True)
        olga.get(at("setup", first))
        with django_assert_num_queries(3 + 3):  # identity; the list, its things, the prices
            olga.get(at("setup", first))


@pytest.mark.parametrize(("who", "status"), [("interviewer", 403), ("hire", 403), ("rival", 404)])
@pytest.mark.parametrize(
    "name", ["setup_add", "setup_address", "setup_desk", "setup_first", "setup_country", "setup_country_back"]
)
def test_a_list_is_for_those_who_lead(request, setup, sign_in, name, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.post(at(name, setup), {"first": "yes", "title": "x"}).status_code == status


@pytest.mark.parametrize(("who", "status"), [("interviewer", 403), ("hire", 403), ("rival", 404)])
@pytest.mark.parametrize("verb", ["done", "undone", "not_needed", "needed", "remove", "put_back"])
def test_a_thing_is_for_those_who_lead(request, setup, sign_in, verb, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.post(at(f"setup_{verb}", item_of(setup, "handbook"))).status_code == status


# -- the lists


@pytest.mark.parametrize("country", ["US", "FI", "SE", "PL", "CN", "SA", "DE", "BR", ""])
def test_a_countrys_list_has_words_and_keys_that_fit(country):
    items = country_items.items(country)
    assert len({item.key for item in items}) == len(items) > 5
    assert all(item.title and len(item.key) <= 40 for item in items)
    assert [key for key in (item.key for item in items) if key in OURS] == []


@pytest.mark.parametrize(
    ("country", "code"), [("FI", "FI"), ("AE", "arab"), ("EG", "arab"), ("DE", "any"), ("", "any")]
)
def test_which_list_a_country_has(country, code):
    assert country_items.code_of(country) == code


@pytest.mark.parametrize(("country", "more"), [("FI", True), ("DE", True), ("US", False), ("GB", False)])
def test_the_union_adds_its_own(country, more):
    assert ("eu.pay" in country_keys(country)) is more


@pytest.mark.parametrize("code", [*country_items.OWN])
@pytest.mark.parametrize("kind", ["identity", "tax"])
def test_every_list_has_a_note_on_papers(code, kind):
    country = {"arab": "SA", "any": "BR"}.get(code, code)
    assert len(country_items.note(country, kind)) > 20


def test_the_step_of_a_first_employer_leads_to_the_lists(company, owner, sign_in):
    step = step_of(make_onboarding(company, manager=owner), "payroll_ready")
    html = sign_in(owner).get(at("step", step)).content.decode()
    assert f'href="{reverse("onboarding:home")}#setups"' in html
