"""The history in sentences, what the advert says in numbers, and the words of channels, tests and addresses."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone, translation
from hypothesis import given, settings
from hypothesis import strategies as st

from hiring import adverts, history, jsonld, offers, signing, wording
from hiring.models import Application, Job, Outcome, Requirement, Stage, StageMove
from hiring.models.jobs import Place
from hiring.trail_words import KINDS, SENTENCES
from tests.hiring.acts import put, refuse, take_up, text, undo, unhire, url, withdraw
from tests.hiring.factories import ANSWERS, go, make_application, make_job, make_offer, sign
from vault.models import TrailEntry


@pytest.fixture
def ada(company):
    return make_application(make_job(company), name="Ada Lind")


def said(application) -> str:
    """The newest line of the history."""
    return history.sentence(application.moves.select_related("actor").latest("pk"), application)


@pytest.mark.django_db
class TestSentences:
    def test_applied(self, ada):
        assert said(ada) == "Ada Lind applied."

    def test_entered_by_hand(self, company, owner):
        row = make_application(make_job(company), name="Bo", by=owner)
        assert said(row) == "Olga entered Bo by hand."

    def test_moved_on(self, ada, owner):
        go(ada, Stage.PHONE, owner)
        assert said(ada) == "Olga moved Ada Lind to Phone screen."

    def test_moved_on_the_board(self, ada, owner):
        go(ada, Stage.PHONE, owner, how="board")
        assert said(ada) == "Olga moved Ada Lind to Phone screen on the board."

    def test_moved_past_stages(self, ada, owner):
        go(ada, Stage.OFFER, owner)
        assert said(ada) == "Olga moved Ada Lind to Offer, skipping stages."

    def test_moved_back(self, ada, owner):
        go(put(ada, Stage.OFFER), Stage.PHONE, owner)
        assert said(ada) == "Olga moved Ada Lind back to Phone screen."

    def test_taken_back(self, ada, owner):
        undo(go(ada, Stage.PHONE, owner), owner)
        assert said(ada) == "Olga took the last step back: CV."

    def test_not_selected(self, ada, owner):
        refuse(ada, owner)
        assert said(ada) == "Olga did not select Ada Lind. Reason: The working hours do not fit."

    def test_withdrew(self, ada):
        withdraw(ada)
        assert said(ada) == "Ada Lind withdrew."

    def test_noted_that_they_withdrew(self, ada, owner):
        withdraw(ada, owner)
        assert said(ada) == "Olga noted that Ada Lind withdrew."

    @pytest.mark.parametrize("reason", ["mistake", "news", "other_fell_out", "other"])
    def test_taken_up(self, ada, owner, reason):
        refuse(ada, owner)
        take_up(ada, owner, reason=reason)
        assert said(ada).startswith("Olga took Ada Lind up again. Reason: ")

    def test_hired(self, ada, owner):
        sign(put(ada, Stage.OFFER), owner)
        assert said(ada) == "Olga hired Ada Lind."

    def test_signed_by_link(self, ada, owner):
        offer = offers.send(make_offer(put(ada, Stage.OFFER), owner), by=owner)
        signing.accept(offer, name="Ada Lind", address="", agent="")
        ada.refresh_from_db()
        assert said(ada) == "Ada Lind signed and is hired."

    def test_undid_the_hire(self, ada, owner):
        unhire(sign(put(ada, Stage.OFFER), owner), owner)
        assert said(ada) == "Olga undid the hire of Ada Lind. Reason: They did not come."

    def test_hide_a_hidden_name(self, company, owner):
        row = make_application(make_job(company, hide_names=True), name="Ada Lind")
        assert said(row) == "Applicant 1 applied."

    @pytest.mark.parametrize("name", ["50 % Ada", "%(actor)s", "{who}", "%s", "<b>Ada</b>"])
    def test_any_name_is_only_a_name(self, company, owner, name):
        row = make_application(make_job(company), name=name)
        go(row, Stage.PHONE, owner)
        assert said(row) == f"Olga moved {name} to Phone screen."

    def test_somebody_who_left_is_still_named(self, ada, owner, manager):
        go(ada, Stage.PHONE, manager)
        type(manager).objects.filter(pk=manager.pk).update(removed_at=timezone.now())
        assert said(ada) == "Mika moved Ada Lind to Phone screen."

    def test_a_reason_of_old_days_still_reads(self, ada, owner):
        move = refuse(ada, owner)
        StageMove.objects.filter(pk=move.pk).update(reason="gone")
        assert said(ada).endswith("Reason: gone.")


@pytest.mark.django_db
class TestDetails:
    def test_say_what_was_asked_and_answered(self, ada, owner):
        move = go(ada, Stage.OFFER, owner, text="Met before")
        assert history.details(move) == [
            "I know this person's work", "Skipped: Phone screen, Interview, References", "Met before",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("tell", "words"),
        [("mail", "By mail, now"), ("phone", "Told by phone"), ("none", "No message")],
    )
    def test_say_how_they_hear_of_it(self, ada, owner, tell, words):
        move = refuse(ada, owner, tell=tell, why="" if tell != "none" else "They asked so")
        assert history.details(move)[0] == words

    def test_of_a_plain_step_are_none(self, ada, owner):
        assert history.details(go(ada, Stage.PHONE, owner)) == []

    def test_are_on_the_page_for_those_who_run_the_job_only(self, ada, owner, interviewer, sign_in):
        go(ada, Stage.INTERVIEW, owner, text="Known from school")
        ada.assignments.create(company=ada.company, membership=interviewer)
        pages = [text(sign_in(who).get(url("candidate", ada))) for who in (owner, interviewer)]
        assert ["Known from school" in page for page in pages] == [True, False]


@pytest.mark.django_db
class TestOneSourceOfTruth:
    """Every number about hiring comes from the lines of history: they retell the way without the row."""

    def retold(self, application):
        stage, outcome = "", ""
        for line in application.moves.order_by("pk"):
            assert (line.from_stage, line.from_outcome) == (stage, outcome)
            stage, outcome = line.to_stage, line.to_outcome
        return stage, outcome

    def test_a_long_way_is_retold(self, ada, owner):
        go(ada, Stage.INTERVIEW, owner)
        undo(go(ada, Stage.REFERENCES, owner), owner)
        ada.refresh_from_db()
        refuse(ada, owner)
        take_up(ada, owner)
        go(ada, Stage.OFFER, owner)
        withdraw(ada)
        assert self.retold(ada) == (ada.stage, ada.outcome) == ("offer", "withdrawn")

    def test_a_hire_that_was_undone_is_retold(self, ada, owner):
        go(ada, Stage.OFFER, owner)
        unhire(sign(ada, owner), owner)
        assert self.retold(ada) == ("offer", "withdrawn")

    def test_lines_follow_in_time(self, ada, owner):
        go(ada, Stage.PHONE, owner)
        refuse(ada, owner)
        times = list(ada.moves.order_by("pk").values_list("at", flat=True))
        assert times == sorted(times)

    def test_a_new_application_of_the_same_person_begins_anew(self, ada, owner):
        refuse(ada, owner)
        second = make_application(ada.job, name="Ada Lind", email=ada.email)
        assert (second.standing, second.moves.count(), ada.moves.count()) == ("cv", 1, 2)

    def test_nothing_else_writes_a_stage(self, ada, owner):
        before = (ada.stage, ada.outcome, ada.moves.count())
        ada.notes.create(company=ada.company, author=owner, text="Kind")
        make_offer(put(ada, Stage.CV), owner)
        ada.refresh_from_db()
        assert (ada.stage, ada.outcome, ada.moves.count()) == before


class TestTheTrail:
    def test_every_kind_of_an_action_has_a_name(self):
        nouns = {action.partition(".")[0] for action in SENTENCES}
        assert nouns <= set(KINDS)

    @pytest.mark.parametrize("action", SENTENCES)
    def test_every_sentence_names_who_and_nothing_else(self, action):
        assert str(SENTENCES[action]) % {"who": "Olga"} == str(SENTENCES[action]).replace("%(who)s", "Olga")

    @pytest.mark.django_db
    def test_no_line_holds_a_value(self, ada, owner):
        refuse(ada, owner, text="Secret words", why="Secret reason")
        rows = TrailEntry.objects.values_list("action", "kind", "fields")
        assert not any("Secret" in str(row) or "Ada" in str(row) for row in rows)

    @pytest.mark.django_db
    def test_a_refused_move_leaves_no_line(self, ada, owner, sign_in):
        before = TrailEntry.objects.count()
        sign_in(owner).post(url("advance", ada), {"to": "hired", "expected": "cv"})
        assert TrailEntry.objects.filter(kind="application").count() == before


class TestNumbersOfAnAdvert:
    @settings(max_examples=30)
    @given(st.decimals(min_value=1, max_value=10**9, places=2))
    def test_any_pay_can_be_said(self, amount):
        job = Job(pay_min=amount, pay_max=amount, currency="EUR", pay_period="hour")
        assert wording.pay(job).endswith(" an hour")

    @pytest.mark.parametrize(
        ("language", "pay"),
        [("en", "€14.50 an hour"), ("fi", "14,50"), ("pl", "14,50"), ("zh-hans", "14.50")],
    )
    def test_pay_is_written_as_the_reader_writes(self, language, pay):
        job = Job(pay_min=Decimal("14.5"), pay_max=Decimal("14.5"), currency="EUR", pay_period="hour")
        with translation.override(language):
            assert pay in wording.pay(job)

    @pytest.mark.parametrize("currency", ["EUR", "USD", "JPY", "PLN", "", "XXX"])
    def test_any_currency_prints(self, currency):
        job = Job(pay_min=Decimal(10), currency=currency, pay_period="day")
        assert "10" in wording.pay(job)

    @pytest.mark.parametrize(
        ("country", "eu"),
        [("FI", True), ("PL", True), ("GB", False), ("US", False), ("", False), ("F", False)],
    )
    def test_the_union_is_known(self, country, eu):
        assert wording.in_eu(country) is eu

    @pytest.mark.parametrize("line", ["- a", "* a", "• a", "\t a ", "a", "· a"])
    def test_bullets_are_taken_off(self, line):
        assert wording.lines(f"{line}\n\n  \n") == ["a"]

    def test_a_job_without_anything_is_still_an_advert(self):
        job = Job(title="T", place=Place.ONSITE)
        assert wording.advert(job, []).title == "T"
        assert wording.completeness(job, []).done == 0

    @pytest.mark.parametrize("level", ["must", "nice", "bonus"])
    def test_each_level_has_its_own_part(self, level):
        sections = wording._skills([Requirement(text="Tea", level=level)])
        assert [section.items for section in sections] == [["Tea"]]


class TestJsonLd:
    @settings(max_examples=40)
    @given(st.dictionaries(st.text(max_size=8), st.text(max_size=40), max_size=4))
    def test_whatever_is_in_it_comes_out_again(self, data):
        script = jsonld.script(data)
        assert json.loads(script) == data
        assert not set(script) & {"<", ">", "&", "\u2028", "\u2029"}

    @pytest.mark.parametrize(
        ("low", "high", "value"),
        [
            (None, None, None),
            (10, None, {"minValue": 10.0}),
            (None, 20, {"maxValue": 20.0}),
            (10, 20, {"minValue": 10.0, "maxValue": 20.0}),
        ],
    )
    def test_pay_is_left_out_or_whole(self, low, high, value):
        job = Job(
            pay_min=low and Decimal(low), pay_max=high and Decimal(high), currency="EUR", pay_period="month"
        )
        found = jsonld._pay(job)
        assert (found == {}) is (value is None)
        if value:
            rest = {"@type": "QuantitativeValue", "unitText": "MONTH"}
            assert found["baseSalary"]["value"] == rest | value

    @pytest.mark.parametrize("place", ["onsite", "hybrid"])
    def test_a_place_is_a_place(self, place):
        found = jsonld._place(Job(place=place, city="Turku", country="FI"))
        assert found["jobLocation"]["address"]["addressLocality"] == "Turku"
        assert "jobLocationType" not in found

    def test_remote_is_none(self):
        found = jsonld._place(Job(place="remote", city="Turku", country="FI"))
        assert ("jobLocation" in found, found["jobLocationType"]) == (False, "TELECOMMUTE")

    def test_a_description_is_only_paragraphs_and_lists(self):
        section = wording.Section("<h1>", ["<script>"], ["a & b"])
        assert jsonld.description([section]) == (
            "<p>&lt;h1&gt;</p><p>&lt;script&gt;</p><ul><li>a &amp; b</li></ul>"
        )


class TestTests:
    @pytest.mark.parametrize("mark", ["", "x", "1:2:3", "a" * 500, ":::", "\x00"])
    def test_nobody_forges_a_test(self, mark):
        assert adverts.is_test(Job(pk=1), mark) is False

    def test_a_mark_is_for_one_job(self):
        mark = adverts.mark_of_test(Job(pk=1))
        assert [adverts.is_test(Job(pk=pk), mark) for pk in (1, 2)] == [True, False]


@pytest.mark.django_db
def test_every_answer_asked_for_on_a_whole_way_is_a_known_rule(ada, owner):
    for stage in (Stage.PHONE, Stage.INTERVIEW, Stage.REFERENCES, Stage.OFFER):
        go(ada, stage, owner)
    found = {code for answers in ada.moves.values_list("answers", flat=True) for code in answers}
    assert found <= set(ANSWERS)
    assert {"judgements", "musts", "references", "only_one"} <= found


@pytest.mark.django_db
def test_a_day_applied_stays_while_everything_else_moves(ada, owner):
    day = Application.objects.get(pk=ada.pk).submitted_at
    go(ada, Stage.PHONE, owner)
    refuse(ada, owner)
    assert Application.objects.get(pk=ada.pk).submitted_at == day
    assert (ada.outcome, ada.ended_at >= day) == (Outcome.NOT_SELECTED, True)
    assert day.date() >= date(2026, 1, 1)
