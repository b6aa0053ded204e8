"""Opening a letter or an answer that came as a file: who may, when, and the line it leaves."""

import pytest
from django.urls import reverse

from accounts.models import Role
from hiring import details
from hiring.models import Application, Stage
from tests.factories import make_member
from tests.hiring.acts import put, text, url
from tests.hiring.adverts import make_published
from tests.hiring.asked import apply, ask, file
from vault.models import StoredFile, TrailEntry

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("what", ["letter", "answer"])


@pytest.fixture
def ann(owner):
    """Came by the form, with a letter and an answer as files whose text was read, and agreed to be kept."""
    job = make_published(owner, hide_names=True)
    [question] = ask(job, owner, "file")
    row = apply(job, {question: file("answer.txt")}, letter=file("letter.txt"), keep_longer=True)
    StoredFile.objects.update(state="done", text="Dear customer")
    return row


@pytest.fixture
def read(ann):
    """The same after the CV stage, when names are not hidden."""
    return put(ann, Stage.PHONE)


def at(application, what) -> str:
    if what == "letter":
        return url("letter", application)
    return reverse("hiring:answer_file", args=[application.answers.get(kind="file").pk])


def opened(client, place) -> int:
    answer = client.get(place)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code


def lines() -> list:
    rows = TrailEntry.objects.filter(action="cv.file_opened").order_by("pk")
    return list(rows.values_list("actor_id", "subject_id", "fields"))


@BOTH
def test_is_saved_never_shown_and_leaves_a_line(sign_in, owner, read, what):
    answer = sign_in(owner).get(at(read, what))
    assert b"".join(answer.streaming_content).startswith(b"Dear customer")
    assert answer["Content-Disposition"] == f'attachment; filename="{what}.txt"'
    assert "no-store" in answer["Cache-Control"]
    assert [(actor, pk, list(fields)) for actor, pk, fields in lines()] == [(owner.user_id, read.pk, [what])]


@BOTH
@pytest.mark.parametrize(
    ("who", "status"), [("interviewer", 403), ("hire", 403), ("manager", 403), ("rival", 404)]
)
def test_is_closed_to_whoever_has_no_part_in_it(request, sign_in, read, what, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert (client.get(at(read, what)).status_code, lines()) == (status, [])


@BOTH
def test_is_closed_to_strangers(client, read, what):
    answer = client.get(at(read, what))
    assert (answer.status_code, "/accounts/login/" in answer["Location"], lines()) == (302, True, [])


@BOTH
def test_an_interviewer_opens_it_of_whom_they_meet_and_of_nobody_else(
    sign_in, owner, interviewer, read, what
):
    other = put(apply(read.job, key="other", letter=file("letter.txt")), Stage.PHONE)
    read.assignments.create(company=read.company, membership=interviewer)
    client = sign_in(interviewer)
    assert [opened(client, at(read, what)), opened(client, at(other, "letter"))] == [200, 403]
    assert [pk for _actor, pk, _fields in lines()] == [read.pk]


@BOTH
def test_a_manager_of_the_job_opens_it_and_one_of_another_does_not(sign_in, company, manager, read, what):
    read.job.job_members.create(company=company, membership=manager)
    clients = [sign_in(manager), sign_in(make_member(company, Role.MANAGER))]
    assert [opened(client, at(read, what)) for client in clients] == [200, 403]


@BOTH
class TestWhileTheNameIsHidden:
    def test_it_stays_closed_and_no_button_leads_there(self, sign_in, owner, ann, what):
        client = sign_in(owner)
        assert at(ann, what) not in text(client.get(url("candidate", ann)))
        page = text(client.get(at(ann, what), follow=True))
        assert ("The original opens after the CV stage" in page, lines()) == (True, [])

    def test_showing_the_name_opens_it(self, sign_in, owner, ann, what):
        details.show_name(ann, by=owner)
        client = sign_in(owner)
        assert at(ann, what) in text(client.get(url("candidate", ann)))
        assert (opened(client, at(ann, what)), len(lines())) == (200, 1)

    def test_without_words_there_is_no_other_way_to_read_it(self, sign_in, owner, ann, what):
        StoredFile.objects.update(text="")
        assert (opened(sign_in(owner), at(ann, what)), len(lines())) == (200, 1)

    def test_one_that_is_still_being_read_waits(self, sign_in, owner, ann, what):
        StoredFile.objects.update(text="", state="waiting")
        assert (sign_in(owner).get(at(ann, what)).status_code, lines()) == (302, [])


@pytest.mark.parametrize("name", ["letter", "answer_file"])
def test_a_number_of_nobody_is_not_found(sign_in, owner, read, name):
    assert sign_in(owner).get(reverse(f"hiring:{name}", args=[999_999])).status_code == 404


def test_an_erased_one_is_not_found(sign_in, owner, read):
    letter, answer = at(read, "letter"), at(read, "answer")
    Application.objects.filter(pk=read.pk).update(erased_at=read.submitted_at)
    assert [sign_in(owner).get(place).status_code for place in (letter, answer)] == [404, 404]


@pytest.mark.parametrize("n", [1, 3])
@pytest.mark.parametrize("who", ["owner", "interviewer"])
def test_the_persons_page_costs_the_same_for_one_file_and_three(
    request, sign_in, owner, django_assert_max_num_queries, who, n
):
    job = make_published(owner)
    given = {question: file(f"{question.pk}.txt") for question in ask(job, owner, *["file"] * n)}
    row = put(apply(job, given, letter=file(), cv=file("cv.txt"), keep_longer=True), Stage.INTERVIEW)
    member = request.getfixturevalue(who)
    row.assignments.create(company=row.company, membership=member)
    client = sign_in(member)
    client.get(url("candidate", row))
    with django_assert_max_num_queries({"owner": 18, "interviewer": 13}[who]):
        page = text(client.get(url("candidate", row)))
    assert page.count("/file/") >= n
    assert ("one more year" in page) == (who == "owner")
