"""The editor of a job: taken back to the saved version, and two tabs that do not fight."""

import re

import pytest
from django.urls import reverse

from accounts import undoing
from hiring import adverts, questions, requirements
from hiring.job_forms import Changed, Editor
from hiring.models import Job
from tests.hiring.adverts import make_draft, make_published, typed
from tests.hiring.test_undo import actions, address, undo_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(owner):
    return make_published(owner)


def save(job, by, *, auto=False, **changes):
    editor = Editor(Job.objects.get(pk=job.pk), typed(Job.objects.get(pk=job.pk), **changes))
    assert editor.is_valid()
    return editor.save(by=by, auto=auto)


def take_back(job, by):
    job = Job.objects.get(pk=job.pk)
    adverts.take_back(job, undoing.offered(job, "advert", by), by=by)
    return Job.objects.get(pk=job.pk)


def listed(job):
    return [(row.key or row.text, row.level) for row in requirements.listed(job)]


# -- taken back


def test_a_saving_is_taken_back_with_texts_levels_and_added_rows(job, owner, sign_in):
    client, rows, before = sign_in(owner), requirements.listed(job), listed(job)
    changes = {"summary": "New", "pay_min": "15.00", "answer_by": "", "add-requirement": "Loves tea"}
    changes |= {f"r{rows[0].pk}-level": "bonus", f"r{rows[1].pk}-text": "Writes like a friend"}
    changes |= {f"q{questions.asked(job)[0].pk}-text": "Since when?", "add-question": "Why tea?"}
    url = undo_url(client.post(address("job_edit", job), typed(job, **changes)))
    assert len(requirements.listed(job)) == len(rows) + 1
    client.post(url)
    now = Job.objects.get(pk=job.pk)
    assert [now.summary, now.pay_min, now.answer_by] == [job.summary, job.pay_min, job.answer_by]
    assert listed(job) == before
    assert [question.text for question in questions.asked(job)] == ["", ""]
    assert (actions()[-1], client.post(url).status_code) == ("job.taken_back", 409)


def test_what_is_saved_while_typing_is_one_change(owner):
    draft = make_draft(owner, summary="Old")
    for text in ("N", "Ne", "New"):
        save(draft, owner, auto=True, summary=text)
    save(draft, owner, summary="New", why_us="Tea")
    back = take_back(draft, owner)
    assert (back.summary, back.why_us) == ("Old", "")


def test_typing_after_a_saving_is_the_next_change(owner):
    draft = make_draft(owner, summary="Old")
    save(draft, owner, auto=True, summary="First")
    save(draft, owner, summary="First")
    save(draft, owner, auto=True, summary="Second")
    assert take_back(draft, owner).summary == "First"


def test_saving_nothing_new_offers_nothing(job, owner, sign_in):
    answer = sign_in(owner).post(address("job_edit", job), typed(job))
    assert undo_url(answer) == ""
    assert Job.objects.get(pk=job.pk).revision == job.revision


def test_somebody_elses_typing_is_not_part_of_mine(owner, manager):
    draft = make_draft(owner, summary="Old")
    save(draft, owner, auto=True, summary="Theirs")
    save(draft, manager, auto=True, summary="Mine")
    assert take_back(draft, manager).summary == "Theirs"


def test_a_requirement_taken_off_comes_back_in_its_place(job, owner, sign_in):
    client, rows = sign_in(owner), requirements.listed(job)
    answer = client.post(address("job_edit", job), typed(job, do=f"remove-r{rows[0].pk}"))
    assert requirements.listed(job) == rows[1:]
    client.post(undo_url(answer))
    assert requirements.listed(job) == rows
    assert actions()[-2:] == ["requirement.put_back", "job.taken_back"]


def test_a_question_taken_off_comes_back(job, owner, sign_in):
    client, rows = sign_in(owner), questions.asked(job)
    answer = client.post(address("job_edit", job), typed(job, do=f"remove-q{rows[0].pk}"))
    assert questions.asked(job) == rows[1:]
    client.post(undo_url(answer))
    assert questions.asked(job) == rows


# -- two tabs


def stale(job, sign_in, member, **changes):
    """The answer to a form that was opened before somebody else saved "Theirs"."""
    form = typed(job, **changes)
    save(job, job.created_by, summary="Theirs")
    return sign_in(member).post(address("job_edit", job), form)


def test_a_stale_form_shows_both_and_saves_nothing(job, owner, sign_in):
    answer = stale(job, sign_in, owner, summary="Mine & <b>", why_us="Tea for all")
    page = answer.content.decode()
    assert (answer.status_code, Job.objects.get(pk=job.pk).summary) == (409, "Theirs")
    assert ("Mine &amp; &lt;b&gt;" in page, "Theirs" in page, page.count("<h2>")) == (True, True, 2)


def test_use_mine_posts_what_was_typed_and_wins(job, owner, sign_in):
    answer = stale(job, sign_in, owner, summary="Mine", why_us="Tea for all")
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', answer.content.decode())
    body = {name: value for name, value in fields if name != "csrfmiddlewaretoken"}
    again = sign_in(owner).post(address("job_edit", job), body)
    now = Job.objects.get(pk=job.pk)
    assert (again.status_code, now.summary, now.why_us) == (302, "Mine", "Tea for all")


def test_keep_theirs_leads_to_the_page_as_it_is_now(job, owner, sign_in):
    page = stale(job, sign_in, owner, summary="Mine").content.decode()
    assert f'href="{address("job_edit", job)}">Keep theirs' in page


def test_a_draft_that_was_saved_elsewhere_is_not_overwritten_while_typing(owner, sign_in):
    draft = make_draft(owner)
    form = typed(draft, summary="Mine")
    save(draft, owner, summary="Theirs")
    answer = sign_in(owner).post(address("job_preview", draft), form)
    assert (answer.status_code, b"saved elsewhere" in answer.content) == (200, True)
    assert b'name="seen" value="1"' in answer.content  # still the one it was made from: Save shows both
    assert Job.objects.get(pk=draft.pk).summary == "Theirs"


def test_typing_goes_on_with_the_revision_that_was_just_saved(owner, sign_in):
    draft, client = make_draft(owner), sign_in(owner)
    answer = client.post(address("job_preview", draft), typed(draft, summary="One"))
    seen = re.search(rb'name="seen" value="(\d+)"', answer.content).group(1).decode()
    answer = client.post(address("job_preview", draft), typed(draft, summary="Two", seen=seen))
    assert b"saved elsewhere" not in answer.content
    assert Job.objects.get(pk=draft.pk).summary == "Two"


def test_pay_given_on_the_publish_page_makes_an_open_editor_stale(owner):
    draft = make_draft(owner)
    form = typed(draft, summary="Mine")
    adverts.set_pay(draft, values={"pay_min": 15}, by=owner)
    editor = Editor(Job.objects.get(pk=draft.pk), form)
    assert editor.is_valid()
    with pytest.raises(Changed):
        editor.save(by=owner)


def test_an_undo_makes_an_open_editor_stale(job, owner):
    save(job, owner, summary="New")
    form = typed(Job.objects.get(pk=job.pk), why_us="Tea")
    take_back(job, owner)
    editor = Editor(Job.objects.get(pk=job.pk), form)
    assert editor.is_valid()
    with pytest.raises(Changed):
        editor.save(by=owner)


@pytest.mark.parametrize("seen", ["x", "-1", "9" * 30, "0"])
def test_an_odd_revision_is_never_our_failure(job, owner, sign_in, seen):
    answer = sign_in(owner).post(address("job_edit", job), typed(job, seen=seen, summary="Mine"))
    assert answer.status_code in {409, 422}
    assert Job.objects.get(pk=job.pk).summary == job.summary


def test_the_rival_has_no_such_job(job, rival, sign_in):
    answer = sign_in(rival).post(reverse("hiring:job_take_back", args=[job.pk]) + "?mark=advert-1")
    assert answer.status_code == 404
