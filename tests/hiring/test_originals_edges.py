"""Our own rendering of an original as a pure function, and its door: who gets in, until when, with which record."""

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from hiring import masking, originals
from hiring.models import Application, Assignment, Stage
from tests.hiring.acts import put, text, url
from tests.hiring.factories import make_job
from tests.hiring.test_originals import looks, person, piece
from tests.vault import samples as s
from vault.models import StoredFile, TrailEntry

pytestmark = pytest.mark.django_db
NAMES = ("original", "original_file", "cv")
TEXT = st.text(st.sampled_from("ab -•*.)12\n\t\u05d0"), max_size=60)
LINES = st.fixed_dictionaries(
    {}, optional={"heading": st.lists(st.integers(0, 9)), "item": st.lists(st.integers(0, 9))}
)


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


class TestBlocks:
    @given(TEXT, LINES)
    def test_every_line_with_words_is_one_block_and_none_begins_blank(self, words, lines):
        found = originals.blocks(words, lines)
        assert len(found) == sum(bool(line.strip()) for line in words.split("\n"))
        assert all(block.text == block.text.strip() for block in found)

    @given(TEXT, LINES)
    def test_lists_open_and_close_in_turn_around_items_alone(self, words, lines):
        is_open = False
        for block in originals.blocks(words, lines):
            assert not (block.begins and is_open)
            is_open = is_open or block.begins
            assert is_open == (block.kind == "item")
            is_open = is_open and not block.ends
        assert not is_open

    @given(TEXT)
    def test_no_letter_is_lost(self, words):
        shown = "".join(block.text for block in originals.blocks(words, {}))
        assert [letter for letter in words if letter.isalpha()] == [
            letter for letter in shown if letter.isalpha()
        ]

    @pytest.mark.parametrize("lines", [{}, {"heading": []}, {"item": [7]}, {"heading": [-1], "other": [0]}])
    def test_numbers_of_lines_that_are_not_there_change_nothing(self, lines):
        assert [block.kind for block in originals.blocks("Anna", lines)] == ["text"]

    def test_a_heading_is_one_even_with_a_bullet_and_keeps_it(self):
        [block] = originals.blocks("1. Work", {"heading": [0], "item": [0]})
        assert (block.kind, block.text) == ("heading", "1. Work")

    @pytest.mark.parametrize("words", ["", "\n\n", "  \t\n "])
    def test_of_nothing_there_are_none(self, words):
        assert originals.blocks(words, {}) == ()


class TestRightToLeft:
    @given(st.text("abcåßж", max_size=50))
    def test_letters_of_the_left_never_are(self, words):
        assert not originals.is_right_to_left(words)

    @pytest.mark.parametrize(
        ("words", "is_so"),
        [
            ("12345 !?", False),
            ("א 123 ---", True),
            ("אבa", True),
            ("אaaa", False),
            ("x" * 5_000 + "א" * 9_000, False),
        ],
    )
    def test_by_letters_of_the_beginning_alone(self, words, is_so):
        assert originals.is_right_to_left(words) == is_so


class TestDoor:
    @pytest.mark.parametrize(("stage", "status"), [(Stage.CV, 302), (Stage.PHONE, 200), (Stage.OFFER, 200)])
    def test_opens_after_the_cv_stage(self, boss, company, stage, status):
        application = put(person(company, hide=True), stage)
        assert boss.get(url("original", application)).status_code == status

    @pytest.mark.parametrize("name", NAMES)
    def test_is_closed_to_a_new_hire(self, company, hire, sign_in, name):
        application = person(company)
        Assignment.objects.create(company=company, application=application, membership=hire)
        assert (sign_in(hire).get(url(name, application)).status_code, looks()) == (403, [])

    @pytest.mark.parametrize("name", NAMES)
    def test_is_closed_to_managers_and_interviewers_of_others(
        self, company, manager, interviewer, sign_in, name
    ):
        application = person(company)
        found = [sign_in(who).get(url(name, application)).status_code for who in (manager, interviewer)]
        assert (found, looks()) == ([403, 403], [])

    @pytest.mark.parametrize("name", NAMES)
    def test_an_interviewer_waits_for_the_name_too(self, company, interviewer, sign_in, name):
        application = person(company, hide=True)
        Assignment.objects.create(company=company, application=application, membership=interviewer)
        assert sign_in(interviewer).get(url(name, application)).status_code in {302, 404}
        assert looks() == []

    @pytest.mark.parametrize("field", ["erased_at", "deleted_at"])
    @pytest.mark.parametrize("name", NAMES)
    def test_of_somebody_gone_there_is_none(self, boss, company, name, field):
        application = person(company)
        Application.objects.filter(pk=application.pk).update(**{field: timezone.now()})
        assert (boss.get(url(name, application)).status_code, looks()) == (404, [])

    @pytest.mark.parametrize("name", ["original", "original_file"])
    def test_only_reading(self, boss, company, name):
        assert boss.post(url(name, person(company))).status_code == 405

    def test_a_text_typed_beside_a_scan_keeps_it_closed(self, company):
        application = person(company, hide=True, words="")
        application.cv.refresh_from_db()
        assert masking.may_open_original(application)
        application.cv_text = "My own words"
        assert not masking.may_open_original(application)

    @pytest.mark.parametrize("state", ["waiting", "running"])
    def test_a_file_that_is_still_read_stays_closed(self, company, state):
        application = person(company, hide=True, words="", state=state)
        application.cv.refresh_from_db()
        assert (StoredFile.objects.get().text, masking.may_open_original(application)) == ("", False)

    def test_each_look_is_a_line_with_who_and_whom(self, boss, company, owner):
        application = person(company, "cv.txt", b"Anna")
        for _n in range(2):
            piece(boss, application)
        entries = TrailEntry.objects.filter(action="cv.shown").values_list("actor_id", "subject_id")
        assert list(entries) == [(owner.user_id, application.pk)] * 2


class TestWays:
    @pytest.mark.parametrize(
        ("name", "data", "way"),
        [
            ("cv.pdf", s.printed_pdf(), "frame"),
            ("cv.png", s.png(), "picture"),
            ("cv.docx", s.docx(), "blocks"),
            ("cv.txt", b"Anna", "blocks"),
        ],
    )
    def test_by_the_kind_of_the_file(self, company, name, data, way):
        application = person(company, name, data)
        application.cv.refresh_from_db()
        original = originals.of(application)
        assert (original.way, bool(original.blocks)) == (way, way == "blocks")

    def test_a_picture_says_that_it_has_no_text(self, company):
        application = person(company, "cv.png", s.png(), words="")
        assert "is a picture" in originals.of(application).sentence

    @pytest.mark.parametrize("n", [1, 3])
    def test_queries_do_not_grow_with_the_words(self, boss, company, n, django_assert_num_queries):
        application = person(company, "cv.txt", b"Anna", words="- Refunds\n" * n, job=make_job(company))
        piece(boss, application)
        with django_assert_num_queries(5):
            assert text(piece(boss, application)).count("Refunds") == n
