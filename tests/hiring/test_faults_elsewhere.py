"""Faults that other systems for hiring are known for, each shown not to be ours."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from hiring import adverts, cards, closing, hand_off, offers
from hiring.job_forms import Editor
from hiring.models import Answer, Application, Candidate, Offer, Question, Scorecard, Stage, Told
from hiring.pipeline import NotOpen, Refused
from mailroom.models import Mail
from onboarding.models import Onboarding
from tests.factories import make_company, make_member
from tests.hiring.acts import deliver, put, refusal_mail, refuse, standing, take_up, text, undo, url
from tests.hiring.adverts import address, application, make_published
from tests.hiring.factories import (
    ANSWERS,
    bring,
    go,
    make_application,
    make_card,
    make_interview,
    make_job,
    make_offer,
    offer_values,
)
from vault import files, links
from vault.models import StoredFile, TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


@pytest.fixture
def ada(job):
    return make_application(job, name="Ada Lind", email="ada@mail.example")


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def send(client, job, **changes):
    return client.post(address(job), application(job, **changes))


def test_an_offer_made_to_a_rejected_person(ada, owner):
    draft = make_offer(put(ada, Stage.OFFER), owner)
    refuse(ada, owner)
    with pytest.raises(Refused):
        offers.send(Offer.objects.get(pk=draft.pk), by=owner)
    assert Mail.objects.filter(message="offer").count() == 0


def test_passing_one_interview_marks_the_person_accepted(ada, owner):
    put(ada, Stage.INTERVIEW)
    make_card(ada, owner, levels=(5, 5), recommendation="strong_yes")
    assert (standing(ada), Onboarding.objects.count()) == ("interview", 0)


def test_closing_an_unfilled_job_counts_as_filled(job, owner):
    closing.close(job, by=owner)
    job.refresh_from_db()
    assert (job.status, hand_off.hired(job)) == ("closed", 0)


def test_dragging_moves_people_by_a_get_without_history(boss, ada):
    assert boss.get(url("advance", ada), {"to": "phone", "expected": "cv"}).status_code == 405
    assert (standing(ada), ada.moves.count()) == ("cv", 1)


def test_a_refusal_taken_back_snaps_back(boss, ada, owner):
    refuse(ada, owner, tell=Told.PHONE)
    take_up(ada, owner)
    for _ in range(2):
        boss.get(url("board", ada.job))
        boss.get(url("candidate", ada))
    assert standing(ada) == "cv"


def test_today_was_fixed_when_the_server_started(owner):
    """A day that is to come today has passed in a month, with no restart between."""
    job = make_published(owner)
    soon = timezone.localdate() + timedelta(days=5)
    found = []
    for days in (0, 30):
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            form = Editor(type(job).objects.get(pk=job.pk), {"answer_by": soon.isoformat()}).form
            found.append("answer_by" in form.errors)
    assert found == [False, True]


def test_candidates_sign_in_with_address_and_phone(client, ada):
    answer = client.post("/accounts/login/", {"login": ada.email, "password": "0401234567"})
    assert (answer.status_code, "_auth_user_id" in client.session) == (200, False)


def test_the_form_tells_whether_an_address_applied_before(client, owner):
    job = make_published(owner)
    pages = [
        (answer.status_code, answer.get("Location"), answer.content)
        for answer in (send(client, job, key=letter * 32) for letter in "ab")
    ]
    assert pages[0] == pages[1]


def test_a_refusal_is_shown_as_sent_but_not_mailed(client, ada, owner):
    from hiring import applying

    page = applying.status_address(ada).partition("/my/")
    refuse(ada, owner)
    seen = [text(client.get(f"/my/{page[2]}"))]
    deliver("not_selected")
    seen.append(text(client.get(f"/my/{page[2]}")))
    assert ["You have had a message about it." in shown for shown in seen] == [False, True]


def test_typing_somebodys_address_overwrites_their_profile(client, owner):
    job = make_published(owner)
    send(client, job, name="Ann", phone="+358 40 1111111")
    send(client, job, name="Mallory", phone="+358 40 6666666", key="m" * 32)
    first = Application.objects.earliest("pk")
    assert (first.name, first.phone, Candidate.objects.count()) == ("Ann", "+358 40 1111111", 2)


def test_feedback_is_demanded_before_the_interview_took_place(ada, owner):
    make_interview(put(ada, Stage.INTERVIEW), owner, hours=3)
    with pytest.raises(Refused):
        cards.save(ada, by=owner, submit=True, values={"recommendation": "yes", "trust": "", "ratings": {}})
    assert Scorecard.objects.count() == 0


def test_answers_are_orphaned_when_a_question_is_renamed(boss, ada, company):
    question = Question.objects.create(company=company, job=ada.job, text="When can you work?")
    Answer.objects.create(company=company, application=ada, question=question, text="Mornings only")
    Question.objects.filter(pk=question.pk).update(text="Which hours?")
    page = text(boss.get(url("candidate", ada)))
    assert re.search(r'Which hours\?</dt>\s*<dd dir="auto">\s*Mornings only', page)


def test_the_form_behaves_differently_for_a_colleague(client, boss, owner):
    job = make_published(owner)
    forms = [re.sub(r'value="[\w-]{20,}"', "", text(one.get(address(job)))) for one in (client, boss)]
    names = [
        re.findall(r'name="([\w-]+)"', form.partition("<main")[2].partition("</main")[0]) for form in forms
    ]
    assert names[0] == names[1]
    assert len(names[0]) > 6


def test_the_upload_is_lost_when_another_field_is_wrong(client, owner):
    job = make_published(owner)
    cv = SimpleUploadedFile("my cv.txt", b"Two years in a tea shop, answering people. " * 4)
    page = text(send(client, job, email="no address", cv=cv))
    token = re.search(r'name="cv_draft" value="([^"]+)"', page) or re.search(
        r'name="cv-[\w-]*" value="([^"]+)"', page
    )
    assert ("my cv.txt" in page, token is not None, StoredFile.objects.count()) == (True, True, 1)


def test_draft_feedback_of_others_is_readable(boss, ada, manager):
    make_card(put(ada, Stage.INTERVIEW), manager, submitted=False, trust="Zebra stripes")
    pages = [
        text(boss.get(url("candidate", ada), {"panel": panel})) for panel in ("interview", "cv", "offer")
    ]
    assert ["Zebra" in page for page in pages] == [False] * 3


@pytest.mark.parametrize("verb", ["get", "head", "options"])
def test_an_anonymous_get_deletes_somebody_or_answers_an_offer(client, ada, owner, verb):
    offer = offers.send(make_offer(put(ada, Stage.OFFER), owner), by=owner)
    token = links.mint(purpose="offer", subject=("offer", offer.pk), company_id=offer.company_id, days=9)
    for name in ("offer", "offer_accept", "offer_decline"):
        getattr(client, verb)(reverse(f"hiring_links:{name}", args=[token]))
    offer.refresh_from_db()
    assert (offer.state, standing(ada)) == ("sent", "offer")


class TestCvs:
    """They were open to anyone who sent a certain Referer, and to every colleague."""

    @pytest.fixture
    def with_cv(self, ada, company):
        upload = SimpleUploadedFile("cv.txt", b"Ada Lind, shop work for years and years")
        stored = files.store(upload, company_id=company.pk, accept=files.DOCUMENTS)
        type(stored).objects.filter(pk=stored.pk).update(text="Ada Lind", state="done")
        Application.objects.filter(pk=ada.pk).update(cv=stored)
        return put(ada, Stage.PHONE)

    @pytest.mark.parametrize(
        "headers", [{}, {"referer": "http://testserver/hiring/"}, {"range": "bytes=0-9"}]
    )
    def test_to_strangers_they_are_closed(self, client, with_cv, headers):
        answer = client.get(url("cv", with_cv), headers=headers)
        assert (answer.status_code, "/accounts/login/" in answer["Location"]) == (302, True)

    @pytest.mark.parametrize(("who", "status"), [("hire", 403), ("interviewer", 403), ("rival", 404)])
    def test_to_colleagues_without_a_reason_too(self, request, sign_in, with_cv, who, status):
        client = sign_in(request.getfixturevalue(who))
        assert client.get(url("cv", with_cv)).status_code == status
        assert TrailEntry.objects.filter(action="cv.opened").count() == 0

    def test_to_a_manager_of_another_job_too(self, sign_in, with_cv, company):
        other = make_member(company, Role.MANAGER)
        assert sign_in(other).get(url("cv", with_cv)).status_code == 403

    def test_an_assigned_interviewer_opens_it_and_it_is_noted(self, sign_in, with_cv, interviewer):
        with_cv.assignments.create(company=with_cv.company, membership=interviewer)
        answer = sign_in(interviewer).get(url("cv", with_cv))
        assert b"".join(answer.streaming_content).startswith(b"Ada Lind")
        assert TrailEntry.objects.get(action="cv.opened").actor_id == interviewer.user_id

    def test_they_are_saved_and_never_shown(self, boss, with_cv):
        answer = boss.get(url("cv", with_cv))
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Content-Disposition"].startswith("attachment")
        assert "no-store" in answer["Cache-Control"]
        answer.close()


def test_the_form_stores_what_it_does_not_show(client, owner):
    job = make_published(owner)
    send(
        client,
        job,
        converted="on",
        stage="hired",
        rating="5",
        read_at="2026-01-01",
        told="phone",
        candidate="1",
    )
    row = Application.objects.get()
    assert (row.standing, row.read_at, row.told, row.number) == ("cv", None, "", 1)


def test_one_companys_answer_holds_anothers_people(sign_in, owner, rival):
    ours, theirs = (
        make_application(make_job(who.company), name=name)
        for who, name in ((owner, "Ours"), (rival, "Theirs"))
    )
    clients = [sign_in(owner), sign_in(rival)]
    for _ in range(3):
        pages = [
            text(one.get(url("people", row.job))) for one, row in zip(clients, (ours, theirs), strict=True)
        ]
        assert [("Ours" in page, "Theirs" in page) for page in pages] == [(True, False), (False, True)]


def test_dragging_fails_on_a_board_left_open(boss, ada):
    boss.get(url("board", ada.job))
    with time_machine.travel(timezone.now() + timedelta(minutes=50), tick=False):
        answer = boss.post(url("advance", ada), {"to": "phone", "expected": "cv", "how": "board"})
    assert (answer.status_code, standing(ada)) == (302, "phone")


def test_racing_moves_of_one_person_are_all_answered_200(sign_in, ada, owner, manager):
    clients = [sign_in(owner), sign_in(manager)]
    answers = [
        clients[n % 2].post(url("advance", ada), {"to": "phone", "expected": "cv"}).status_code
        for n in range(8)
    ]
    assert (answers.count(302), answers.count(409), ada.moves.count()) == (1, 7, 2)


def test_the_address_in_capitals_makes_a_second_person_of_a_hire(owner, ada):
    """Hired under an address that a colleague has in other letters: one place in the team."""
    Application.objects.filter(pk=ada.pk).update(email="OLGA@lumi.example")
    bring(Application.objects.get(pk=ada.pk), Stage.HIRED, owner)
    assert Onboarding.objects.get().hire == owner


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("cv.pdf", b"<html><script>alert(1)</script></html>"),
        ("cv.pdf", b"MZ" + b"\x00" * 500),
        ("cv.docx", b"PK\x03\x04" + b"x" * 200),
    ],
)
def test_a_web_page_named_pdf_is_taken(client, owner, name, data):
    job = make_published(owner)
    answer = send(client, job, cv=SimpleUploadedFile(name, data))
    assert (answer.status_code, StoredFile.objects.count(), Application.objects.count()) == (422, 0, 0)


def test_a_move_by_the_hiring_manager_is_an_error_page(sign_in, ada, manager, owner):
    """The whole way by somebody who is no administrator."""
    client = sign_in(manager)
    answers = {f"ask_{code}": chip for code, chip in ANSWERS.items()}
    for start, to in (
        ("cv", "phone"),
        ("phone", "interview"),
        ("interview", "references"),
        ("references", "offer"),
    ):
        answer = client.post(url("advance", ada), answers | {"to": to, "expected": start})
        assert (answer.status_code, standing(ada)) == (302, to)
    client.post(url("offer", ada), {name: str(value) for name, value in offer_values().items()})
    offer = ada.offers.get()
    client.post(url("offer_approval", offer))
    sign_in(owner).post(url("offer_decide", offer.approvals.get()))
    data = {"until": offers.day_in(7, owner.company).isoformat(), "contract_check": "standard"}
    answer = client.post(url("offer_send", offer), data)
    assert (answer.status_code, ada.offers.get().state) == (302, "sent")


@pytest.mark.parametrize(
    "name", ["job", "board", "people", "read", "candidate", "cv", "advance", "undo", "contract"]
)
@pytest.mark.parametrize("pk", [0, 999_999_999, 2**63 - 1])
def test_unknown_numbers_are_error_pages(boss, name, pk):
    address = reverse(f"hiring:{name}", args=[pk])
    answer = boss.post(address) if name in {"advance", "undo"} else boss.get(address)
    assert answer.status_code == 404


@pytest.mark.parametrize("token", ["x", "a" * 500, "../../etc/passwd", "%00", "' OR 1=1 --", "令牌"])
@pytest.mark.parametrize("purpose", ["status", "offer"])
def test_unknown_tokens_are_error_pages_or_fine(client, db, token, purpose):
    assert client.get(f"/my/{purpose}/{token}/").status_code == 404


@pytest.mark.parametrize("n", [1, 3])
def test_anonymous_pages_load_every_candidate(client, owner, django_assert_num_queries, n):
    job = make_published(owner)
    for _ in range(n):
        make_application(job)
    with django_assert_num_queries(2):
        client.get(reverse("careers:job", args=[job.company.slug, job.slug]))


@pytest.mark.parametrize("who", ["hire", "interviewer"])
def test_somebody_without_rights_lists_everybody(request, sign_in, ada, who):
    client = sign_in(request.getfixturevalue(who))
    pages = [client.get(url(name, ada.job)) for name in ("people", "board", "job", "unheard")]
    assert [page.status_code for page in pages] == [403] * 4
    assert not any(b"Ada Lind" in page.content for page in pages)


class TestTheAdvertAsData:
    """JSON inside a script element, whatever people typed."""

    EVIL = [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "]]>",
        '"}],"x":"',
        "\u2028\u2029",
        "&lt;/script&gt;",
    ]

    @pytest.mark.parametrize("evil", EVIL)
    @pytest.mark.parametrize("field", ["title", "about_company", "benefits"])
    def test_stays_inside_and_whole(self, client, owner, field, evil):
        job = make_published(owner, **{field: f"Tea {evil} shop"})
        page = text(client.get(reverse("careers:job", args=[job.company.slug, job.slug])))
        inside = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
        found = json.loads(inside)
        assert found["@type"] == "JobPosting"
        assert "<script>alert" not in page.replace(inside, "")
        assert field != "title" or found["title"] == job.title

    @pytest.mark.parametrize(
        ("status", "code"), [("open", 200), ("paused", 200), ("closed", 410), ("filled", 410)]
    )
    def test_is_there_while_one_can_apply(self, client, owner, status, code):
        job = make_published(owner)
        job.status, job.closed_at = status, timezone.now() if code == 410 else None
        job.save()
        answer = client.get(reverse("careers:job", args=[job.company.slug, job.slug]))
        assert (answer.status_code, "ld+json" in text(answer)) == (code, status == "open")
        assert answer.get("X-Robots-Tag", "") == ("" if status == "open" else "noindex")

    @pytest.mark.parametrize(
        ("status", "code"), [("open", 302), ("paused", 410), ("closed", 410), ("filled", 410)]
    )
    def test_and_the_form_with_it(self, client, owner, status, code):
        job = make_published(owner)
        job.status, job.closed_at = status, timezone.now() if status in {"closed", "filled"} else None
        job.save()
        answer = send(client, job)
        assert (answer.status_code, Application.objects.count()) == (code, int(status == "open"))


class TestFirstTouch:
    def test_a_day_first_posted_is_never_bumped(self, owner):
        job = make_published(owner)
        first = job.first_opened_at
        closing.stop(job, by=owner)
        closing.resume(job, by=owner)
        job.refresh_from_db()
        assert job.first_opened_at == first

    def test_an_address_never_changes_with_the_title(self, owner):
        job = make_published(owner)
        slug = job.slug
        job.title = "Something else entirely"
        job.save()
        assert adverts.publish(job, by=owner).slug == slug

    def test_a_draft_takes_nobody_in(self, owner):
        with pytest.raises(NotOpen):
            make_application(adverts.draft(company=owner.company, by=owner))


def test_two_shops_with_one_job_title_have_their_own_addresses(owner, client):
    other = make_member(make_company("Other"), Role.OWNER)
    ours, theirs = make_published(owner), make_published(other)
    mixed = client.get(reverse("careers:job", args=[ours.company.slug, theirs.slug + "-x"]))
    assert (ours.slug, mixed.status_code) == (theirs.slug, 404)


def test_undo_of_a_refusal_leaves_no_mail_behind(ada, owner):
    undo(refuse(ada, owner), owner)
    ada.refresh_from_db()
    go(ada, Stage.PHONE, owner)
    assert (refusal_mail(ada), Mail.objects.filter(state="waiting", message="not_selected").count()) == (
        "cancelled",
        0,
    )
