"""Phone screen, interview, scorecards, references, and the reading of CVs."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hiring import cards, rules
from hiring.models import Application, Assignment, CvCheck, PhoneScreen, Question, Scorecard, Stage
from hiring.pipeline import Refused
from mailroom import outbox
from tests.hiring.factories import (
    bring,
    go,
    make_application,
    make_card,
    make_interview,
    make_job,
    make_reference,
)
from vault.models import StoredFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(company, manager):
    return make_application(make_job(company, members=[manager]), name="Ada Lind")


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def url(name, row):
    return reverse(f"hiring:{name}", args=[row.pk])


def card_values(application, levels, **values):
    rows = application.job.requirements.order_by("position")
    ratings = {row.pk: (level, "") for row, level in zip(rows, levels, strict=False)}
    return {"recommendation": "yes", "trust": "", "reason": "slip", "ratings": ratings} | values


# -- reading


def test_reading_goes_from_the_oldest_to_the_end(boss, application):
    second = make_application(application.job)
    queue = url("read", application.job)
    assert "Ada Lind" in boss.get(queue).content.decode()
    boss.post(url("decide", application), {"decision": "talk", "expected": "cv"})
    assert second.name in boss.get(queue).content.decode()
    boss.post(url("decide", second), {"decision": "later", "expected": "cv"})
    assert "Everything is read" in boss.get(queue).content.decode()
    assert second.name in boss.get(queue, {"later": "1"}).content.decode()


def test_no_keeps_the_marks_and_asks_why_prefilled(boss, application):
    must = application.job.requirements.first()
    answer = boss.post(
        url("decide", application), {"decision": "no", f"mark_{must.pk}": "not_met"}, follow=True
    )
    page = answer.content.decode()
    assert ("Not met: Writes clearly" in page, 'value="morning"' in page, "autofocus" in page) == (
        True,
        True,
        True,
    )


def test_a_refusal_while_reading_goes_back_to_reading(boss, application):
    data = {"reason": "hours", "tell": "morning", "expected": "cv", "how": "queue"}
    assert boss.post(url("not_select", application), data).url == url("read", application.job)


def test_undo_while_reading_leads_back_to_the_same_cv(boss, application):
    make_application(application.job)
    queue = url("read", application.job)
    answer = boss.post(url("decide", application), {"decision": "talk", "expected": "cv"}, follow=True)
    undo = f"{url('undo', application.moves.latest('pk'))}?how=queue"
    assert undo in answer.content.decode()
    back = boss.post(undo).url
    assert back == f"{queue}?at={application.pk}"
    assert "Ada Lind" in boss.get(back).content.decode()


def test_empty_answers_are_told_only_after_a_mark(boss, application, company):
    Question.objects.create(company=company, job=application.job, text="When can you work?", created_at=None)
    page = f"{url('candidate', application)}?panel=cv"
    assert "Left 1 question" not in boss.get(page).content.decode()
    boss.post(url("marks", application), {f"mark_{application.job.requirements.first().pk}": "met"})
    assert "Left 1 question of the form empty." in boss.get(page).content.decode()


@pytest.mark.parametrize("n", [1, 3])
def test_reading_costs_the_same_however_many_wait(boss, application, django_assert_num_queries, n):
    for _ in range(n - 1):
        make_application(application.job)
    boss.get(url("read", application.job))
    with django_assert_num_queries(3 + 12):
        page = boss.get(url("read", application.job)).content.decode()
    assert f"1 of {n} · {n} left" in page


def reading(boss, application, **query) -> str:
    return boss.get(url("read", application.job), query).content.decode()


def test_the_line_on_top_counts_what_is_done(boss, application):
    make_application(application.job), make_application(application.job)
    boss.post(url("decide", application), {"decision": "later", "expected": "cv"})
    assert "2 of 3 · 2 left" in reading(boss, application)
    assert ">1 left<" in reading(boss, application, later="1")


def test_the_page_fetched_ahead_is_the_one_that_follows(boss, application):
    second = make_application(application.job)
    ahead = f"{url('read', application.job)}?after={application.pk}"
    assert f'data-next="{ahead}"' in reading(boss, application)
    fetched = boss.get(ahead).content.decode()
    assert (second.name in fetched, "2 of 2 · 1 left" in fetched) == (True, True)
    boss.post(url("decide", application), {"decision": "talk", "expected": "cv"})
    assert "2 of 2 · 1 left" in reading(boss, application)


@pytest.mark.parametrize("after", ["", "x", "٣", "9" * 30])
def test_a_mistyped_page_ahead_is_the_first_one(boss, application, after):
    assert "Ada Lind" in reading(boss, application, after=after)


def test_what_was_put_aside_is_read_without_a_page_ahead(boss, application):
    boss.post(url("decide", application), {"decision": "later", "expected": "cv"})
    assert "data-next" not in reading(boss, application, later="1")


def test_without_scripts_the_two_tabs_lead_to_two_sections(boss, application):
    page = reading(boss, application)
    for part in ("sent", "checklist"):
        assert (f'href="#{part}"' in page, f'id="{part}"' in page) == (True, True)


def with_file(company, kind="pdf", **fields):
    values = {"stored_name": "a", "original_name": "cv", "size": 9, "sha256": "", "state": "done"}
    cv = StoredFile.objects.create(company_id=company.pk, kind=kind, **(values | fields))
    return make_application(make_job(company, hide_names=True), cv=cv)


@pytest.mark.parametrize(
    ("fields", "sentence", "opens"),
    [
        ({}, "probably it is a scan: look at it as it is.", True),
        ({"kind": "jpeg"}, "The CV is a picture, without text", True),
        ({"state": "waiting"}, "The text of the CV is being read.", False),
        ({"state": "parked", "last_error": "unreadable"}, "The text of this file could not be read.", True),
        ({"state": "parked", "last_error": "slow"}, "took too long", True),
    ],
)
def test_a_file_without_text_says_why_and_opens_as_it_is(boss, company, fields, sentence, opens):
    application = with_file(company, **fields)
    page = reading(boss, application)
    assert sentence in page
    assert (url("cv", application) in page, "The file may show the name." in page) == (opens, opens)


def test_no_cv_at_all_says_what_to_read_instead(boss, application):
    assert "No CV was sent. Decide from the letter and the answers." in reading(boss, application)


def test_an_arabic_cv_is_read_as_text(boss, company):
    application = make_application(make_job(company), cv_text="خبرة في خدمة العملاء")
    assert 'dir="auto"' in reading(boss, application).split("خبرة")[0].rsplit("<", 2)[1]


@pytest.mark.parametrize("mark", ["met", "", "perhaps"])
def test_marks_are_kept_from_a_closed_list(boss, application, mark):
    must = application.job.requirements.first()
    boss.post(url("marks", application), {f"mark_{must.pk}": mark})
    assert list(CvCheck.objects.values_list("mark", flat=True)) == ([mark] if mark == "met" else [])


def test_marks_of_another_jobs_requirement_are_ignored(boss, application, company):
    foreign = make_job(company).requirements.first()
    boss.post(url("marks", application), {f"mark_{foreign.pk}": "met"})
    assert CvCheck.objects.count() == 0


# -- the call


def test_the_call_is_kept(boss, application):
    go_on = {"direct": "yes", "polite": "unsure", "interested": "no", "notes": "Quiet line", "seen": ""}
    boss.post(url("phone", application), go_on)
    screen = PhoneScreen.objects.get()
    assert (screen.direct, screen.polite, screen.interested, screen.is_complete) == (
        "yes",
        "unsure",
        "no",
        True,
    )


def test_two_people_writing_up_one_call_lose_nothing(boss, application, sign_in, manager):
    boss.post(url("phone", application), {"direct": "yes", "notes": "First", "seen": ""})
    answer = sign_in(manager).post(url("phone", application), {"notes": "Second words", "seen": ""})
    page = answer.content.decode()
    assert (answer.status_code, "Second words" in page) == (409, True)
    assert PhoneScreen.objects.get().notes == "First"


def test_what_the_cv_left_open_is_on_the_phone_panel(boss, application, owner):
    go(application, Stage.PHONE, owner)
    page = boss.get(url("candidate", application)).content.decode()
    assert ("Ask about" in page, "Stays calm" in page) == (True, True)


# -- the interview's time


def plan(client, application, **changes):
    starts = timezone.now() + timedelta(days=2)
    data = {
        "starts_at": starts.strftime("%Y-%m-%dT%H:%M"),
        "minutes": 60,
        "kind": "video",
        "place": "",
        "invite": "on",
    }
    return client.post(url("plan", application), data | changes)


def test_an_agreed_time_invites_and_a_cancelled_one_in_time_sends_nothing(boss, application):
    plan(boss, application)
    interview = application.interviews.get()
    about = ("interview", interview.pk)
    assert outbox.state(about=about, message="interview_invitation") == "waiting"
    for _ in range(2):
        boss.post(url("interview_cancel", interview))
    assert outbox.state(about=about, message="interview_invitation") == "cancelled"
    assert outbox.state(about=about, message="interview_cancelled") is None


@pytest.mark.parametrize(
    "wrong", [{"starts_at": "2020-01-01T09:00"}, {"starts_at": "soon"}, {"minutes": "0"}, {"kind": "fax"}]
)
def test_an_impossible_time_is_refused_beside_the_field(boss, application, wrong):
    answer = plan(boss, application, **wrong)
    assert (answer.status_code, application.interviews.count()) == (422, 0)
    assert "invalid-feedback" in answer.content.decode()


# -- scorecards


def test_a_draft_is_seen_by_its_author_only(application, owner, manager):
    cards.save(application, by=owner, values=card_values(application, [4], trust="Mine alone"))
    assert [Scorecard.objects.visible_to(member).count() for member in (owner, manager)] == [1, 0]


def test_others_cards_open_when_ones_own_is_in(application, owner, manager, sign_in):
    cards.save(application, by=manager, values=card_values(application, [5], trust="Bright"), submit=True)
    client = sign_in(owner)
    page = reverse("hiring:candidate", args=[application.pk]) + "?panel=interview"
    before = client.get(page).content.decode()
    assert ("Bright" in before, "when yours is in" in before) == (False, True)
    cards.save(application, by=owner, values=card_values(application, [2]), submit=True)
    assert "Bright" in client.get(page).content.decode()


def test_alone_there_is_no_word_of_colleagues(application, owner, boss):
    bring(application, Stage.INTERVIEW, owner)
    page = boss.get(url("candidate", application)).content.decode()
    assert "olleague" not in page


def test_a_card_handed_in_is_amended_by_a_new_version(application, owner):
    cards.save(application, by=owner, values=card_values(application, [4, 4]), submit=True)
    cards.save(application, by=owner, values=card_values(application, [2, 4]), submit=True)
    assert list(Scorecard.objects.order_by("version").values_list("version", "ratings__level").distinct()) == [
        (1, 4), (2, 2), (2, 4),
    ]  # fmt: skip
    assert [card.version for card in Scorecard.objects.latest()] == [2]


def test_a_card_waits_for_the_interview_and_needs_a_recommendation(application, owner):
    with pytest.raises(Refused, match="recommendation"):
        cards.save(application, by=owner, values=card_values(application, [], recommendation=""), submit=True)
    make_interview(application, owner, hours=2)
    with pytest.raises(Refused, match="begun"):
        cards.save(application, by=owner, values=card_values(application, [4]), submit=True)
    assert Scorecard.objects.count() == 0


def test_no_evidence_is_no_zero(application, owner, manager):
    must, other = application.job.requirements.order_by("position")
    make_card(application, owner, levels=[None, 4])
    make_card(application, manager, levels=[None, 2])
    assert rules.means(application) == {must.pk: None, other.pk: 3.0}


def test_a_weak_must_asks_before_the_next_stage(application, owner):
    make_card(application, owner, levels=[5, 2])
    assert rules._weak_musts(application, owner) is True
    Scorecard.objects.all().delete()
    make_card(application, owner, levels=[5, 3])
    assert rules._weak_musts(application, owner) is False
    assert rules.weak_skills(application) == ("Stays calm",)


def test_an_assigned_colleague_without_a_card_is_asked_about(application, owner, interviewer):
    assert rules._card_missing(application, owner) is False
    Assignment.objects.create(company=owner.company, application=application, membership=interviewer)
    assert rules._card_missing(application, owner) is True
    make_card(application, interviewer)
    assert rules._card_missing(application, owner) is False


def test_the_form_keeps_levels_notes_and_no_evidence(boss, application, owner):
    first, second = application.job.requirements.order_by("position")
    data = {
        f"level_{first.pk}": "4", f"note_{first.pk}": "Clear", f"level_{second.pk}": "none",
        "recommendation": "strong_yes", "submit": "1",
    }  # fmt: skip
    boss.post(url("scorecard", application), data)
    card = Scorecard.objects.get()
    ratings = card.ratings.order_by("requirement__position").values_list("level", "note")
    assert (card.recommendation, list(ratings)) == ("strong_yes", [(4, "Clear"), (None, "")])


def test_an_interviewer_hands_in_for_people_they_see_only(application, interviewer, sign_in):
    client = sign_in(interviewer)
    data = {"recommendation": "yes", "submit": "1"}
    assert client.post(url("scorecard", application), data).status_code == 403
    Assignment.objects.create(company=interviewer.company, application=application, membership=interviewer)
    client.post(url("scorecard", application), data)
    assert Scorecard.objects.get().interviewer == interviewer


# -- references


def test_a_referee_is_called_once_the_applicant_agreed(boss, application):
    boss.post(url("referee", application), {"name": "Rolf Former"})
    referee = application.referees.get()
    refused = boss.post(url("reference_call", referee), {"overall": "good"})
    assert (refused.status_code, "has not agreed yet" in refused.content.decode()) == (422, True)
    boss.post(url("reference_call", referee), {"overall": "good", "agreed": "1", "hesitation": "on"})
    referee.refresh_from_db()
    assert (referee.call.overall, referee.call.hesitation) == ("good", True)


def test_what_differs_has_to_be_said(boss, application):
    call = make_reference(application)
    refused = boss.post(url("reference_call", call.referee), {"overall": "mixed", "deviation": "on"})
    assert (refused.status_code, "Say what differs." in refused.content.decode()) == (422, True)


def test_names_shown_while_reading_are_recorded_on_the_way(boss, company):
    application = make_application(make_job(company, hide_names=True))
    boss.post(url("show_name", application), {"how": "queue"})
    assert Application.objects.get(pk=application.pk).name_shown_at is not None
