"""The page of a job's questions, and the page of one of them."""

import pytest
from django.urls import reverse

from accounts.models import Role
from hiring import questions
from hiring.models import JobMember, Question
from tests.factories import make_member
from tests.hiring.acts import text
from tests.hiring.adverts import make_published
from tests.hiring.asked import apply, ask, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(owner, manager):
    job = make_published(owner)
    JobMember.objects.create(company=job.company, job=job, membership=manager)
    return job


@pytest.fixture
def boss(sign_in, owner):
    return sign_in(owner)


def at(row) -> str:
    return reverse("hiring:questions" if not isinstance(row, Question) else "hiring:question", args=[row.pk])


def act(client, row, do):
    return client.post(reverse("hiring:question_act", args=[row.pk]), {"do": do})


def typed(row=None, **changes) -> dict:
    data = {
        "text": "Which tea?",
        "kind": "text",
        "choices": "",
        "unit": "",
        "least": "",
        "most": "",
        "hint": "",
    }
    return data | ({"seen": questions.stamp(row)} if row else {}) | changes


def messages(client, answer) -> list[str]:
    return [str(message) for message in client.get(answer.url).context["messages"]]


class TestList:
    def test_shows_kind_options_hint_and_how_many_answered(self, boss, owner, job):
        [row] = ask(job, owner, "one", hint="Roughly")
        apply(job, {row: said(row)})
        page = " ".join(text(boss.get(at(job))).split())
        assert "One of a list: E-mail · Chat" in page
        assert "Roughly" in page
        assert "1 answer" in page

    def test_options_that_are_off_are_not_offered_here(self, boss, owner, job):
        [row] = ask(job, owner, "one")
        questions.change(row, values={"options": ["Fax", "Letter"]}, seen=questions.stamp(row), by=owner)
        assert "Chat" not in text(boss.get(at(job)))

    def test_empty_says_what_to_do(self, boss, owner, job):
        for row in questions.asked(job):
            questions.remove(row, by=owner)
        assert "No question yet." in text(boss.get(at(job)))

    @pytest.mark.parametrize("n", [1, 3])
    def test_queries(self, boss, owner, job, django_assert_max_num_queries, n):
        ask(job, owner, *["one"] * n)
        boss.get(at(job))
        with django_assert_max_num_queries(7):
            boss.get(at(job))

    @pytest.mark.parametrize("name", ["job", "job_edit"])
    def test_the_job_and_its_editor_lead_here(self, boss, job, name):
        assert f'href="{at(job)}"' in text(boss.get(reverse(f"hiring:{name}", args=[job.pk])))


class TestAdd:
    def test_puts_it_at_the_end_and_comes_back_to_it(self, boss, job):
        answer = boss.post(at(job), typed(kind="several", choices="Mon\n\n Tue \nMon\nTue"))
        row = questions.asked(job)[-1]
        assert answer.url == f"{at(job)}#q{row.pk}"
        assert [option["text"] for option in row.options] == ["Mon", "Tue"]
        assert messages(boss, answer) == ["The question is in the form."]

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"text": ""}, "This field is required."),
            ({"text": "x" * 401}, "at most 400 characters"),
            ({"text": "W\x00hy"}, "Null characters are not allowed."),
            ({"kind": "colour"}, "Select a valid choice."),
            ({"kind": "one", "choices": "Only"}, "Write at least two options, each on a line of its own."),
            ({"kind": "several", "choices": "a\na\n \na"}, "Write at least two options"),
            ({"kind": "one", "choices": "\n".join(map(str, range(51)))}, "At most 50 options, please."),
            (
                {"kind": "one", "choices": f"a\n{'b' * 201}"},
                "One of the lines is longer than 200 characters.",
            ),
            ({"kind": "number", "least": "9", "most": "1"}, "The highest number is below the lowest."),
            ({"kind": "number", "least": "many"}, "Enter a number."),
            ({"kind": "number", "most": "1e99"}, "no more than"),
        ],
        ids=lambda value: str(value)[:24],
    )
    def test_wrong_input_gets_a_sentence_and_stays(self, boss, job, changes, sentence):
        answer = boss.post(at(job), typed(**{"hint": "My hint"} | changes))
        page = text(answer)
        assert (answer.status_code, sentence in page, "My hint" in page) == (422, True, True)
        assert len(questions.asked(job)) == 2

    def test_fields_the_form_does_not_show_change_nothing(self, boss, job):
        boss.post(at(job), typed(key="when", position="0", retired_at="2026-01-01", job="999", company="1"))
        row = questions.asked(job)[-1]
        assert (row.key, row.position, row.retired_at, row.job) == ("", 3, None, job)


class TestChange:
    def test_writes_what_was_typed(self, boss, owner, job):
        [row] = ask(job, owner, "one")
        answer = boss.post(at(row), typed(row, kind="number", unit="EUR", least="1", most="2.5"))
        row.refresh_from_db()
        assert (answer.url, row.text, row.kind, row.offered) == (
            f"{at(job)}#q{row.pk}",
            "Which tea?",
            "number",
            [],
        )
        assert (row.unit, str(row.least), str(row.most)) == ("EUR", "1.00", "2.50")

    def test_our_own_words_stay_ours(self, boss, job):
        row = questions.asked(job)[0]
        boss.post(at(row), typed(row, text=str(row.label), kind="hours"))
        row.refresh_from_db()
        assert (row.text, row.key) == ("", "when")

    def test_says_how_many_have_answered(self, boss, owner, job):
        [row] = ask(job, owner, "one")
        apply(job, {row: said(row)})
        assert "1 person has answered it. That answer stays as it was given." in text(boss.get(at(row)))

    def test_shows_the_options_one_a_line(self, boss, owner, job):
        [row] = ask(job, owner, "one")
        assert "E-mail\nChat</textarea>" in text(boss.get(at(row)))

    def test_wrong_input_changes_nothing(self, boss, owner, job):
        [row] = ask(job, owner, "one")
        assert boss.post(at(row), typed(row, kind="one", choices="x")).status_code == 422
        assert len(Question.objects.get(pk=row.pk).offered) == 2

    def test_who_was_slower_sees_both_and_may_insist(self, boss, owner, job):
        [row] = ask(job, owner, "text")
        mine = typed(row, text="Mine?")
        boss.post(at(row), typed(row, text="Theirs?"))
        answer = boss.post(at(row), mine)
        page = text(answer)
        assert (answer.status_code, "Mine?" in page, "Theirs?" in page) == (409, True, True)
        row.refresh_from_db()
        boss.post(at(row), mine | {"seen": questions.stamp(row)})
        row.refresh_from_db()
        assert row.text == "Mine?"


class TestActs:
    @pytest.mark.parametrize(("do", "place"), [("up", 0), ("down", 2), ("sideways", 1), ("", 1)])
    def test_order(self, boss, owner, job, do, place):
        ask(job, owner, "line")
        row = questions.asked(job)[1]
        assert act(boss, row, do).url == f"{at(job)}#q{row.pk}"
        assert questions.asked(job)[place] == row

    def test_off_and_back(self, boss, job):
        row = questions.asked(job)[0]
        answer = act(boss, row, "remove")
        assert (answer.url, questions.asked(job)[0] == row) == (at(job), False)
        undo = reverse("hiring:question_back", args=[row.pk])
        assert f'action="{undo}"' in text(boss.get(answer.url))
        boss.post(undo)
        assert questions.asked(job)[0] == row

    def test_twice_is_a_404_and_not_an_error(self, boss, job):
        row = questions.asked(job)[0]
        assert [act(boss, row, "remove").status_code for _time in range(2)] == [302, 404]


class TestWhoMayNot:
    def pages(self, job):
        row = questions.asked(job)[0]
        return [at(job), at(row)], [
            reverse("hiring:question_act", args=[row.pk]),
            reverse("hiring:question_back", args=[row.pk]),
        ]

    @pytest.mark.parametrize(("who", "status"), [("rival", 404), ("interviewer", 403), ("hire", 403)])
    def test_strangers(self, request, sign_in, job, who, status):
        gets, posts = self.pages(job)
        client, before = sign_in(request.getfixturevalue(who)), questions.asked(job)
        found = [client.get(page) for page in gets] + [
            client.post(page, typed(do="remove")) for page in gets + posts
        ]
        assert {answer.status_code for answer in found} == {status}
        assert questions.asked(job) == before

    def test_a_manager_of_another_job(self, sign_in, job):
        gets, posts = self.pages(job)
        client = sign_in(make_member(job.company, Role.MANAGER))
        assert {client.get(page).status_code for page in gets} == {403}
        assert {client.post(page, {"do": "remove"}).status_code for page in posts} == {403}

    def test_the_manager_of_this_one_may(self, sign_in, manager, job):
        assert sign_in(manager).post(at(job), typed()).status_code == 302
        assert len(questions.asked(job)) == 3
