"""Words marked by a reader: facts to check and typing mistakes; the lists, their Undo, and who may."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import undoing
from hiring import facts
from hiring.models import Application, CvCheck, FactToCheck, TypingMark
from hiring.pipeline import Refused
from tests.hiring.acts import put, text, url
from tests.hiring.factories import make_application, make_job
from vault import erasing
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(company):
    return make_application(make_job(company), name="Ada")


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def quotes(model) -> list:
    return list(model.objects.order_by("pk").values_list("quote", flat=True))


def mark_of(row, word, by) -> str:
    return undoing.offered(Application.objects.get(pk=row.pk), word, by)


class TestAdding:
    def test_keeps_the_words_on_one_line(self, ada, owner):
        fact = facts.add_fact(
            ada, by=owner, quote="  Two years\n at   Zalando ", kind="employer", source="letter"
        )
        assert (fact.quote, fact.kind, fact.source, fact.by) == (
            "Two years at Zalando",
            "employer",
            "letter",
            owner,
        )

    def test_has_no_outcome_yet(self, ada, owner):
        fact = facts.add_fact(ada, by=owner, quote="Two years")
        assert (fact.outcome, fact.outcome_at, fact.outcome_by) == ("", None, None)

    @pytest.mark.parametrize("add", [facts.add_fact, facts.add_typing])
    def test_the_same_words_twice_are_one(self, ada, owner, add):
        assert add(ada, by=owner, quote="custmer").pk == add(ada, by=owner, quote=" custmer ").pk

    @pytest.mark.parametrize("add", [facts.add_fact, facts.add_typing])
    @pytest.mark.parametrize("empty", ["", "  \n\t "])
    def test_no_words_are_refused(self, ada, owner, add, empty):
        with pytest.raises(Refused, match="Select the words"):
            add(ada, by=owner, quote=empty)

    @settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(quote=st.text(alphabet="ab \n…ф", min_size=1, max_size=900))
    def test_whatever_is_selected_fits(self, quote):
        for model in (FactToCheck, TypingMark):
            if quote.split():
                assert 0 < len(facts._one_line(quote, model)) <= model._meta.get_field("quote").max_length

    @pytest.mark.parametrize(
        ("add", "model"), [(facts.add_fact, FactToCheck), (facts.add_typing, TypingMark)]
    )
    def test_a_list_ends_somewhere(self, ada, owner, monkeypatch, add, model):
        monkeypatch.setitem(facts.MOST, model, 1)
        add(ada, by=owner, quote="one")
        with pytest.raises(Refused, match="long list"):
            add(ada, by=owner, quote="two")

    def test_is_in_the_trail_without_its_words(self, ada, owner):
        facts.add_typing(ada, by=owner, quote="custmer")
        entry = TrailEntry.objects.get(action="typing.added")
        assert (entry.subject_id, "custmer" in str(vars(entry))) == (ada.pk, False)

    @pytest.mark.parametrize(
        "odd", [{"kind": "age"}, {"source": "rumour"}, {"outcome": "guessed"}, {"outcome": "differs"}]
    )
    def test_the_database_knows_what_there_is(self, ada, odd):
        with pytest.raises(IntegrityError), transaction.atomic():
            FactToCheck.objects.create(company_id=ada.company_id, application=ada, quote="x", **odd)


class TestTakingBack:
    @pytest.mark.parametrize(
        ("add", "word", "model"),
        [(facts.add_fact, "fact", FactToCheck), (facts.add_typing, "typing", TypingMark)],
    )
    def test_of_both_goes_both_ways(self, ada, owner, add, word, model):
        facts.remove(add(ada, by=owner, quote="custmer"), by=owner)
        assert quotes(model) == []
        facts.take_back(ada, mark_of(ada, word, owner), by=owner)
        assert quotes(model) == ["custmer"]

    def test_of_adding_takes_it_off(self, ada, owner):
        facts.add_fact(ada, by=owner, quote="Two years")
        facts.take_back(ada, mark_of(ada, "fact", owner), by=owner)
        assert quotes(FactToCheck) == []

    def test_what_comes_back_is_as_it_was(self, ada, owner, manager):
        fact = facts.add_fact(ada, by=manager, quote="Two years", kind="dates", source="answer")
        facts.remove(fact, by=owner)
        facts.take_back(ada, mark_of(ada, "fact", owner), by=owner)
        back = FactToCheck.objects.get()
        assert (back.kind, back.source, back.by, back.at) == ("dates", "answer", manager, fact.at)

    def test_twice_is_gone(self, ada, owner):
        facts.add_fact(ada, by=owner, quote="Two years")
        mark = mark_of(ada, "fact", owner)
        facts.take_back(ada, mark, by=owner)
        with pytest.raises(undoing.Gone):
            facts.take_back(ada, mark, by=owner)

    def test_removing_twice_is_once(self, ada, owner):
        fact = facts.add_fact(ada, by=owner, quote="Two years")
        facts.remove(fact, by=owner)
        facts.remove(fact, by=owner)
        assert TrailEntry.objects.filter(action="fact.removed").count() == 1

    def test_what_a_referee_was_asked_about_stays(self, ada, owner):
        fact = facts.add_fact(ada, by=owner, quote="Two years")
        mark = mark_of(ada, "fact", owner)
        FactToCheck.objects.update(outcome="differs", outcome_at=fact.at)
        with pytest.raises(Refused, match="stays with the answer"):
            facts.remove(fact, by=owner)
        with pytest.raises(undoing.Gone):
            facts.take_back(ada, mark, by=owner)


class TestCounting:
    def test_is_by_who_saw_them(self, ada, owner, manager):
        for by, word in ((owner, "custmer"), (manager, "adress"), (owner, "recieve")):
            facts.add_typing(ada, by=by, quote=word)
        assert facts.counted(facts.marked(ada)["typing"]) == [(2, "Olga"), (1, "Mika")]

    def test_of_none_is_nothing(self):
        assert facts.counted([]) == []


class TestPages:
    def add(self, client, row, name="fact_add", htmx=False, **data):
        headers = {"HX-Request": "true"} if htmx else {}
        return client.post(url(name, row), {"quote": "Two years"} | data, headers=headers)

    def test_leads_back_to_where_it_was_said(self, boss, ada):
        found = [self.add(boss, ada, how=how, quote=how)["Location"] for how in ("queue", "page")]
        assert found == [f"{url('read', ada.job)}?at={ada.pk}", f"{url('candidate', ada)}?panel=cv"]

    def test_without_scripts_the_ticks_on_the_page_stay(self, boss, ada):
        must = ada.job.requirements.first()
        self.add(boss, ada, expected="cv", **{f"mark_{must.pk}": "met"})
        assert CvCheck.objects.get().mark == "met"

    def test_but_not_after_somebody_decided(self, boss, ada):
        must = put(ada, "phone").job.requirements.first()
        self.add(boss, ada, expected="cv", **{f"mark_{must.pk}": "met"})
        assert CvCheck.objects.count() == 0

    def test_with_scripts_the_lists_alone_come_back(self, boss, ada):
        page = text(self.add(boss, ada, htmx=True))
        assert ("<html" in page, "Two years" in page, "data-toast" in page) == (False, True, True)

    def test_typing_mistakes_are_counted_on_the_row_about_writing(self, boss, ada):
        requirement = ada.job.requirements.first()
        type(requirement).objects.filter(pk=requirement.pk).update(key="writing")
        page = text(self.add(boss, ada, name="typing_add", htmx=True))
        assert ("1 typing mistake marked by Olga" in page, 'hx-swap-oob="true"' in page) == (True, True)
        assert "1 typing mistake marked by Olga" in text(boss.get(url("read", ada.job)))

    def test_without_such_a_row_nothing_is_put_on_it(self, boss, ada):
        assert "typing-count" not in text(self.add(boss, ada, name="typing_add", htmx=True))

    @pytest.mark.parametrize(
        "odd", [{"kind": "age"}, {"source": "x" * 99}, {"quote": "a\0b"}, {"quote": "x" * 9_999}]
    )
    def test_odd_words_are_cut_to_what_is_known(self, boss, ada, odd):
        self.add(boss, ada, **odd)
        fact = FactToCheck.objects.get()
        assert (fact.kind, fact.source, "\0" in fact.quote, len(fact.quote) <= 500) == (
            "other",
            "cv",
            False,
            True,
        )

    def test_no_words_are_told_and_nothing_is_kept(self, boss, ada):
        page = text(self.add(boss, ada, quote=" ", htmx=True))
        assert ("Select the words" in page, quotes(FactToCheck)) == (True, [])

    def test_undo_beside_the_reading_stays_there(self, boss, ada):
        page = text(self.add(boss, ada, how="queue", htmx=True))
        address = page.rsplit('action="', 1)[1].split('"')[0].replace("&amp;", "&")
        assert boss.post(address)["Location"] == f"{url('read', ada.job)}?at={ada.pk}"
        assert quotes(FactToCheck) == []

    @pytest.mark.parametrize(
        ("name", "add"), [("fact_remove", facts.add_fact), ("typing_remove", facts.add_typing)]
    )
    def test_each_comes_off_the_list(self, boss, ada, owner, name, add):
        mark = add(ada, by=owner, quote="custmer")
        boss.post(url(name, mark))
        assert not type(mark).objects.exists()

    def test_the_persons_page_lists_them(self, boss, ada, owner):
        facts.add_fact(ada, by=owner, quote="Two years at <b>Zalando</b>")
        page = text(boss.get(url("candidate", ada)))
        assert ("Facts to check" in page, "<b>Zalando" in page) == (True, False)

    def test_costs_the_same_for_one_and_three(self, boss, ada, owner, django_assert_num_queries):
        boss.get(url("candidate", ada))
        for words in (["one"], ["two", "three"]):
            for word in words:
                facts.add_fact(ada, by=owner, quote=word), facts.add_typing(ada, by=owner, quote=word)
            with django_assert_num_queries(2):
                facts.marked(ada)

    @pytest.mark.parametrize("name", ["fact_add", "typing_add"])
    def test_is_for_those_on_the_job(self, sign_in, manager, interviewer, hire, rival, ada, name):
        people = (manager, interviewer, hire, rival)
        assert [self.add(sign_in(who), ada, name).status_code for who in people] == [403, 403, 403, 404]
        assert (quotes(FactToCheck), quotes(TypingMark)) == ([], [])

    def test_nobody_elsewhere_takes_them_off(self, sign_in, rival, ada, owner):
        fact = facts.add_fact(ada, by=owner, quote="Two years")
        assert (sign_in(rival).post(url("fact_remove", fact)).status_code, quotes(FactToCheck)) == (
            404,
            ["Two years"],
        )


def test_marks_go_with_the_person(ada, owner):
    facts.add_fact(ada, by=owner, quote="Two years"), facts.add_typing(ada, by=owner, quote="custmer")
    erasing.erase("candidate", ada.candidate_id, company_id=ada.company_id)
    assert (quotes(FactToCheck), quotes(TypingMark)) == ([], [])
    assert Application.everything.get(pk=ada.pk).undoable == {}
