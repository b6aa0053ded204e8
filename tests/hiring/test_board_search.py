"""Finding people again: columns and pages by key, words in any spelling, and nobody whose name is hidden."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.http import urlencode

from accounts.models import Role
from hiring.models import Application, JobMember, Outcome, Stage
from hiring.models.moves import MOVES, ORDER, Step
from hiring.views import board
from hiring.views import people as people_views
from tests.factories import make_member
from tests.hiring.acts import put, refuse, text, url, withdraw
from tests.hiring.factories import make_application, make_job

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def people(client, job, **query) -> list[str]:
    """The names on the page, in order."""
    page = text(client.get(f"{url('people', job)}?{urlencode(query)}"))
    return [row.split(">")[1].split("<")[0].strip() for row in page.split('href="/hiring/people/')[1:]]


def cards(page) -> list[str]:
    return [part.split(">")[1].split("<")[0].strip() for part in page.split('href="/hiring/people/')[1:]]


class TestSearch:
    @pytest.mark.parametrize(
        ("name", "asked"),
        [
            ("Łukasz Wróbel", "lukasz"),
            ("Łukasz Wróbel", "WROBEL"),
            ("José Núñez", "jose nunez"),
            ("Søren Ærø", "soren"),
            ("Jürgen Groß", "gross"),
            ("İpek Işık", "ipek isik"),
            ("أحمد", "احمد"),
            ("فاطمة", "فاطمه"),
            ("王小明", "小明"),
            ("田中太郎", "太郎"),
            ("Иван", "ИВАН"),
            ("Ann-Marie O'Neil", "neil"),
            ("Ada Lind", "  lind   ada "),
            ("Ada Lind", "li ad"),
        ],
    )
    def test_finds_any_spelling(self, boss, job, name, asked):
        make_application(job, name="Somebody Else")
        make_application(job, name=name)
        assert people(boss, job, q=asked) == [name.replace("'", "&#x27;")]

    @pytest.mark.parametrize("asked", ["ind", "xyz", "ada xyz", "lindada"])
    def test_finds_beginnings_of_words_and_nothing_else(self, boss, job, asked):
        make_application(job, name="Ada Lind")
        assert people(boss, job, q=asked) == []

    @pytest.mark.parametrize("asked", ["ada@lind", "lind.example", "0401234567", "358 40"])
    def test_finds_by_address_and_phone(self, boss, job, asked):
        make_application(job, name="Ada", email="ada@lind.example", phone="+358 40 1234567 0401234567")
        assert people(boss, job, q=asked) == ["Ada"]

    def test_finds_by_number(self, boss, job):
        first, _second = make_application(job, name="Ada"), make_application(job, name="Bo")
        assert people(boss, job, q=str(first.number)) == ["Ada"]

    @pytest.mark.parametrize(
        "asked",
        [
            "",
            " ",
            "'",
            '"',
            "%",
            "_",
            "\\",
            "\x00",
            "x" * 10_000,
            "a b c d e f g h i j k",
            "1" * 40,
            "<b>",
            "🙂",
            "*",
            "()",
        ],
    )
    def test_takes_anything(self, boss, job, asked):
        make_application(job, name="Ada")
        assert boss.get(f"{url('people', job)}?{urlencode({'q': asked})}").status_code == 200

    def test_a_percent_sign_is_no_joker(self, boss, job):
        make_application(job, name="Ada Lind")
        assert people(boss, job, q="%") == people(boss, job)

    def test_shows_again_what_was_asked_as_text(self, boss, job):
        page = text(boss.get(url("people", job), {"q": '"><script>alert(1)</script>'}))
        assert "<script>alert" not in page

    def test_somebody_hidden_is_found_by_number_only(self, boss, company):
        job = make_job(company, hide_names=True)
        person = make_application(job, name="Ada Lind", email="ada@lind.example")
        found = [people(boss, job, q=asked) for asked in ("ada", "lind.example", str(person.number))]
        assert found == [[], [], ["Applicant 1"]]

    def test_somebody_shown_is_found_again(self, boss, company):
        job = make_job(company, hide_names=True)
        person = make_application(job, name="Ada Lind")
        Application.objects.filter(pk=person.pk).update(name_shown_at=timezone.now())
        assert people(boss, job, q="ada") == ["Ada Lind"]


class TestFilters:
    @pytest.fixture
    def everybody(self, job, owner):
        rows = {stage.value: put(make_application(job, name=stage.value), stage) for stage in ORDER}
        later = make_application(job, name="later")
        Application.objects.filter(pk=later.pk).update(later_at=timezone.now())
        refuse(make_application(job, name="refused"), owner)
        withdraw(make_application(job, name="withdrawn"), owner)
        return rows

    @pytest.mark.parametrize(
        ("show", "names"),
        [
            ("unread", ["cv"]),
            ("later", ["later"]),
            ("cv", ["later", "cv"]),
            ("phone", ["phone"]),
            ("hired", ["hired"]),
            ("ended", ["withdrawn", "refused"]),
            ("odd", None),
            ("", None),
        ],
    )
    def test_show_who_they_say(self, boss, job, everybody, show, names):
        assert people(boss, job, show=show) == (names or people(boss, job))
        assert len(people(boss, job)) == 9

    def test_go_together_with_words(self, boss, job, everybody):
        assert people(boss, job, show="ended", q="refu") == ["refused"]


class TestPages:
    @pytest.fixture
    def many(self, job):
        return [make_application(job, name=f"P{n:02}") for n in range(people_views.ROWS + 3)]

    def test_show_everybody_once(self, boss, job, many):
        first = people(boss, job)
        second = people(boss, job, before=many[3].pk)
        assert (len(first), second) == (people_views.ROWS, ["P02", "P01", "P00"])
        assert first + second == [f"P{n:02}" for n in range(people_views.ROWS + 2, -1, -1)]

    def test_somebody_new_meanwhile_moves_nobody_to_another_page(self, boss, job, many):
        make_application(job, name="New")
        assert people(boss, job, before=many[3].pk) == ["P02", "P01", "P00"]

    @pytest.mark.parametrize("before", ["x", "-1", "1e9", "9" * 30, "1.5", "", "١"])
    def test_an_odd_key_starts_at_the_top(self, boss, job, many, before):
        assert people(boss, job, before=before) == people(boss, job)

    def test_the_fragment_is_the_same_rows(self, boss, job, many):
        address = f"{url('people', job)}?before={many[3].pk}"
        fragment = text(boss.get(address, headers={"hx-request": "true"}))
        assert ("<html" in fragment, cards(fragment)) == (False, ["P02", "P01", "P00"])


class TestColumns:
    @pytest.fixture
    def many(self, job):
        rows = [make_application(job, name=f"P{n:02}") for n in range(board.CARDS + 2)]
        for n, row in enumerate(rows):
            Application.objects.filter(pk=row.pk).update(
                stage_entered_at=timezone.now() - timedelta(days=30 - n)
            )
        return rows

    def more(self, boss, job, after, stage="cv"):
        return text(boss.get(f"{url('column', job)}?{urlencode({'stage': stage, 'after': after})}"))

    def test_show_those_longest_here_first(self, boss, job, many):
        assert cards(text(boss.get(url("board", job))))[: board.CARDS] == [
            f"P{n:02}" for n in range(board.CARDS)
        ]

    def test_go_on_behind_the_key(self, boss, job, many):
        last = Application.objects.get(pk=many[board.CARDS - 1].pk)
        found = cards(self.more(boss, job, f"{last.stage_entered_at.isoformat()},{last.pk}"))
        assert found == [f"P{n:02}" for n in range(board.CARDS, board.CARDS + 2)]

    def test_people_of_one_moment_are_all_shown(self, boss, job, many):
        at = timezone.now()
        Application.objects.update(stage_entered_at=at)
        last = many[board.CARDS - 1]
        assert len(cards(self.more(boss, job, f"{at.isoformat()},{last.pk}"))) == 2

    @pytest.mark.parametrize(
        "key",
        ["", ",", "x,1", "2026-01-01,1", "0001-01-01T00:00:00+23:59,1", "9999-12-31T23:59:59-23:59,1",
         "2026-01-01T00:00:00Z,x", "2026-01-01T00:00:00Z," + "9" * 30, "\x00", "2026-13-45T99:99:99Z,1"],
    )  # fmt: skip
    def test_an_odd_key_starts_at_the_top(self, boss, job, many, key):
        assert cards(self.more(boss, job, key))[0] in {"P00", "P01"}

    def test_an_odd_column_is_the_first(self, boss, job, many):
        assert len(cards(self.more(boss, job, "", stage="moon"))) == board.CARDS

    def test_a_fragment_of_another_company_does_not_exist(self, sign_in, rival, job):
        assert sign_in(rival).get(f"{url('column', job)}?stage=cv").status_code == 404


class TestCards:
    def test_say_the_next_step_else_how_long(self, boss, job):
        for name, days, step in (("A", 0, ""), ("B", 1, ""), ("C", 5, ""), ("D", 5, "Call on Monday")):
            row = make_application(job, name=name)
            Application.objects.filter(pk=row.pk).update(
                stage_entered_at=timezone.now() - timedelta(days=days, minutes=1), next_step=step
            )
        page = text(boss.get(url("board", job)))
        for words in ("since today", "1 day here", "5 days here", "Call on Monday"):
            assert page.count(words) == 1

    @pytest.mark.parametrize("stage", ORDER)
    def test_offer_every_way_of_the_table_but_hiring(self, stage):
        ways = board._ways(stage)
        expected = [to for to, kind in MOVES[stage].items() if kind not in {Step.HIRE, Step.UNHIRE}]
        assert sorted(part.split('"')[0] for part in ways.split('value="')[1:]) == sorted(expected)

    def test_offer_the_next_stage_first(self):
        assert board._ways(Stage.INTERVIEW).split('"')[1] == "references"

    def test_markup_in_a_name_or_step_is_text(self, boss, job):
        row = make_application(job, name="<script>alert(1)</script>")
        Application.objects.filter(pk=row.pk).update(next_step="<b>x</b>")
        page = text(boss.get(url("board", job)))
        assert ("<script>alert" in page, "<b>x</b>" in page) == (False, False)

    @pytest.mark.parametrize(
        ("n", "said"), [(0, "0"), (999, "999"), (1_000, "1,000"), (1_001, "1,000+"), (9_999, "1,000+")]
    )
    def test_counts_stop_at_a_thousand(self, n, said):
        assert board.count_text(n) == said

    def test_an_ended_person_goes_nowhere(self, job):
        row = put(make_application(job), Stage.PHONE, Outcome.WITHDRAWN)
        assert board.moved_menu(row) == ""


class TestWhoSeesWhom:
    @pytest.fixture
    def world(self, company, job):
        """One person on Mika's job, one on another; Ines is assigned to the first."""
        other = make_job(company)
        mine, theirs = make_application(job, name="Mine"), make_application(other, name="Theirs")
        return {"mine": mine, "theirs": theirs, "other": other}

    def visible(self, member):
        return set(
            Application.objects.for_company(member.company_id)
            .visible_to(member)
            .values_list("name", flat=True)
        )

    def test_an_owner_everybody(self, world, owner):
        assert self.visible(owner) == {"Mine", "Theirs"}

    def test_a_manager_those_of_their_jobs(self, world, manager):
        assert self.visible(manager) == {"Mine"}

    def test_an_interviewer_those_assigned(self, world, interviewer):
        assert self.visible(interviewer) == set()
        world["theirs"].assignments.create(company=interviewer.company, membership=interviewer)
        assert self.visible(interviewer) == {"Theirs"}

    def test_a_new_hire_nobody(self, world, hire):
        assert self.visible(hire) == set()

    def test_another_owner_nobody(self, world, rival):
        assert self.visible(rival) == set()

    def test_taken_off_the_job_a_manager_is_out_at_once(self, world, job, manager, sign_in):
        client = sign_in(manager)
        before = client.get(url("candidate", world["mine"])).status_code
        JobMember.objects.filter(membership=manager).delete()
        assert (before, client.get(url("candidate", world["mine"])).status_code) == (200, 403)

    @pytest.mark.parametrize("page", ["board", "people", "read", "unheard", "job", "job_edit"])
    def test_pages_of_a_job_are_for_those_on_it(self, world, page, sign_in, company, rival):
        stranger = make_member(company, Role.MANAGER)
        answers = [sign_in(who).get(url(page, world["other"])).status_code for who in (stranger, rival)]
        assert answers == [403, 404]

    @pytest.mark.parametrize("page", ["candidate", "not_select", "take_up", "unhire", "offer", "cv"])
    def test_pages_of_a_person_are_for_those_on_their_job(self, world, page, sign_in, manager, rival):
        answers = [sign_in(who).get(url(page, world["theirs"])).status_code for who in (manager, rival)]
        assert answers == [403, 404]

    def test_a_foreign_and_an_unknown_number_have_the_same_bytes(self, world, sign_in, rival):
        client = sign_in(rival)
        foreign = client.get(url("candidate", world["mine"])).content
        unknown = client.get("/hiring/people/999999999/").content
        assert foreign == unknown
