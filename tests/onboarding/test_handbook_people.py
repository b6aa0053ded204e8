"""Who has read what, and what new colleagues propose."""

import io
import json
import re
import zipfile
from datetime import date

import pytest
from django.urls import reverse

from accounts import conflicts, undoing
from accounts.models import Role
from mailroom import told
from mailroom.models import Mail, Notice
from onboarding import handbook, handbook_proposals, handbook_reading, handbook_telling, plans
from onboarding.models import HandbookPage, HandbookProposal, HandbookRead, HandbookVersion
from onboarding.models.handbook import Answer
from tests.factories import make_company, make_member
from tests.onboarding.factories import make_onboarding
from tests.onboarding.handbook_pages import LETTER, make_page, rewrite
from vault import archive, erasing
from vault.models import Export, TrailEntry
from vault.work import State

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 12, 11)
TYPED = "Hello {{ customer.first_name }} <b>you</b> \u202eabc"


def address(name, *args):
    return reverse(f"onboarding:{name}", args=args)


def post(client, name, *args, **data):
    return client.post(address(name, *args), data)


def text(answer) -> str:
    main = answer.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def told_of(member, kind) -> list[int]:
    rows = Notice.objects.filter(member=member, kind=kind, handled_at=None)
    return list(rows.values_list("about_id", flat=True))


def waiting_mails() -> list[str]:
    return list(Mail.objects.filter(state=State.WAITING).order_by("pk").values_list("recipient", flat=True))


@pytest.fixture
def page(plan, owner):
    return make_page(owner)


@pytest.fixture
def sara(plan, hire, sign_in):
    client = sign_in(hire)
    client.get("/")
    return client


@pytest.fixture
def olga(plan, owner, sign_in):
    client = sign_in(owner)
    client.get("/")
    return client


def state(page, hire):
    page.refresh_from_db()
    [reader] = handbook_reading.readers(page)
    assert reader.member == hire
    return reader.number, reader.enough


# -- read marks


def test_a_version_is_read_once(page, hire):
    found = [handbook_reading.mark(page, by=hire, number=1) for _ in range(2)]
    row = HandbookRead.objects.get()
    assert (found, row.by, row.number) == ([True, False], hire, 1)


def test_only_the_version_that_is_there_is_read(page, owner, hire):
    rewrite(page, owner)
    for number in (0, 1, 3):
        with pytest.raises(handbook.Refused, match="changed while you were reading"):
            handbook_reading.mark(page, by=hire, number=number)
    assert HandbookRead.objects.count() == 0


def test_a_mark_is_taken_back(page, hire):
    handbook_reading.mark(page, by=hire, number=1)
    found = [handbook_reading.unmark(page, by=hire, number=1) for _ in range(2)]
    assert (found, HandbookRead.objects.count()) == ([True, False], 0)


def test_who_has_read_which_version(page, owner, hire):
    assert state(page, hire) == (0, False)
    handbook_reading.mark(page, by=hire, number=1)
    assert state(page, hire) == (1, True)
    rewrite(page, owner)
    assert state(page, hire) == (1, True)


def test_a_change_asks_again_only_when_its_writer_says_so(page, owner, hire):
    handbook_reading.ask(page, by=owner, until=FRIDAY)
    handbook_reading.mark(page, by=hire, number=1)
    rewrite(page, owner, body="A comma, more.")
    assert state(page, hire) == (1, True)
    rewrite(page, owner, body="Another limit.", ask_again=True)
    assert state(page, hire) == (1, False)
    handbook_reading.mark(page, by=hire, number=3)
    assert state(page, hire) == (3, True)


def test_a_page_nobody_is_asked_to_read_asks_nobody_again(page, owner):
    rewrite(page, owner, ask_again=True)
    assert page.asked_number == 0


def test_what_was_read_in_another_language_counts(page, owner, hire):
    other = make_page(owner, language="fi", beside=page)
    handbook_reading.ask(page, by=owner, until=FRIDAY)
    handbook_reading.mark(other, by=hire, number=1)
    assert state(page, hire) == (0, True)


def test_a_language_that_comes_later_is_asked_as_well(page, owner):
    handbook_reading.ask(page, by=owner, until=FRIDAY)
    other = make_page(owner, language="fi", beside=page)
    assert (other.asked_number, other.asked_until) == (1, FRIDAY)


def test_asking_tells_those_on_their_way_and_nobody_else(page, owner, hire, manager, interviewer):
    stranger = make_company("Rival")
    make_onboarding(stranger, make_member(stranger, "hire"), make_member(stranger))
    assert handbook_reading.ask(page, by=owner, until=FRIDAY)
    assert not handbook_reading.ask(page, by=owner, until=FRIDAY)
    assert list(Notice.objects.filter(kind="page_to_read").values_list("member", flat=True)) == [hire.pk]
    mail = Mail.objects.get(recipient=hire.email, message=told.ONE)
    assert (mail.about_kind, mail.about_id, mail.due_at > mail.created_at) == ("handbook", page.pk, True)


def test_who_has_read_it_already_is_not_told(page, owner, hire):
    handbook_reading.mark(page, by=hire, number=1)
    handbook_reading.ask(page, by=owner, until=FRIDAY)
    assert told_of(hire, "page_to_read") == []


def test_asking_is_taken_back_before_the_mail_leaves(page, owner, hire):
    handbook_reading.ask(page, by=owner, until=FRIDAY)
    found = [handbook_reading.stop_asking(page, by=owner) for _ in range(2)]
    page.refresh_from_db()
    assert (found, page.asked_number, page.asked_until) == ([True, False], 0, None)
    assert (told_of(hire, "page_to_read"), waiting_mails()) == ([], [])


def test_what_is_told_of_a_page_knows_who_has_read_it(page, owner, hire):
    handbook_reading.ask(page, by=owner, until=FRIDAY)
    [thing] = handbook_telling.pages([hire], [page.pk]).values()
    said = "Please read this page of the handbook: Broken things."
    assert (thing.readers, thing.handled, thing.say(hire)) == ({hire.pk}, False, said)
    handbook_reading.mark(page, by=hire, number=1)
    [thing] = handbook_telling.pages([hire], [page.pk]).values()
    assert thing.readers == set()


def test_a_hire_is_asked_on_the_first_page_and_on_the_page(sara, page, owner):
    handbook_reading.ask(page, by=owner, until=FRIDAY)
    assert "Please read Broken things Please read until Fri, Dec 11" in text(sara.get(address("handbook")))
    assert "Please read it until Friday, December 11. I have read it" in text(
        sara.get(address("handbook_page", page.pk))
    )


def test_i_have_read_it_and_not_yet_after_all(sara, page, owner):
    handbook_reading.ask(page, by=owner, until=FRIDAY)
    answer = sara.post(address("handbook_read", page.pk), {"number": 1}, follow=True)
    assert "You have read this version." in text(answer)
    assert "Broken things Read" in text(sara.get(address("handbook")))
    assert "Please read" not in text(sara.get(address("handbook")))
    post(sara, "handbook_unread", page.pk)
    assert "Please read" in text(sara.get(address("handbook")))


def test_a_page_that_changed_under_the_reader_comes_back_as_it_is(sara, page, owner):
    rewrite(page, owner, body="Now it says this.")
    answer = post(sara, "handbook_read", page.pk, number=1)
    seen = text(answer)
    assert answer.status_code == 409
    assert "This page was changed while you were reading." in seen
    assert "Now it says this." in seen
    assert HandbookRead.objects.count() == 0


def test_a_hire_sees_what_changed_since(sara, page, owner, hire):
    handbook_reading.mark(page, by=hire, number=1)
    rewrite(page, owner)
    answer = sara.get(address("handbook_page", page.pk))
    assert "It was changed since you read it. See what changed" in text(answer)
    link = f"{address('handbook_versions', page.pk)}?from=1&amp;to=2"
    assert link in answer.content.decode()
    assert "Changed since you read it" in text(sara.get(address("handbook")))


def test_the_owner_asks_with_a_day_that_comes(olga, page):
    late = post(olga, "handbook_ask", page.pk, until="2026-12-06")
    assert (late.status_code, "This day is over." in text(late)) == (422, True)
    assert post(olga, "handbook_ask", page.pk, until="2026-12-11").status_code == 302
    page.refresh_from_db()
    assert (page.asked_number, page.asked_until) == (1, FRIDAY)


def test_the_owner_sees_who_has_read(olga, page, owner, hire):
    handbook_reading.ask(page, by=owner, until=FRIDAY)
    assert "Sara: not yet" in text(olga.get(address("handbook_reading")))
    handbook_reading.mark(page, by=hire, number=1)
    assert "Sara: read" in text(olga.get(address("handbook_reading")))
    assert "Who has read it Sara read on" in text(olga.get(address("handbook_page", page.pk)))


def test_asking_again_with_a_change_tells_again(olga, page, owner, hire):
    handbook_reading.ask(page, by=owner, until=FRIDAY)
    handbook_reading.mark(page, by=hire, number=1)
    Notice.objects.all().delete()
    post(olga, "handbook_edit", page.pk, title="Broken things", body="New.", seen=1, ask_again="on")
    assert told_of(hire, "page_to_read") == [page.pk]


# -- proposing


def propose(page, by, body="Say sorry.\n\nAsk for a photo.", **fields):
    page.refresh_from_db()
    values = {"number": page.revision, "title": page.label, "reason": "Shorter"} | fields
    return handbook_proposals.propose(page, by=by, body=body, **values)


def test_a_proposal_changes_nothing_and_tells_the_manager(page, owner, manager, hire):
    found = propose(page, hire)
    page.refresh_from_db()
    assert (page.body, page.revision, found.number, found.state) == (LETTER, 1, 1, Answer.OPEN)
    assert (told_of(owner, "page_proposed"), told_of(manager, "page_proposed")) == ([found.pk], [])


def test_what_the_page_says_already_is_no_proposal(page, hire):
    with pytest.raises(handbook.Refused, match="says already"):
        propose(page, hire, body=LETTER.replace("\n", "\r\n"))
    assert HandbookProposal.objects.count() == 0


def test_a_version_that_never_was_is_no_ground_for_a_proposal(page, hire):
    with pytest.raises(handbook.Refused):
        propose(page, hire, number=7)


def test_a_second_proposal_takes_the_place_of_the_first(page, hire, interviewer):
    propose(page, hire)
    other = propose(page, interviewer)
    again = propose(page, hire, body="Sorry.", reason="Shorter still")
    assert list(HandbookProposal.objects.order_by("pk").values_list("pk", "body", "reason")) == [
        (again.pk, "Sorry.", "Shorter still"),
        (other.pk, "Say sorry.\n\nAsk for a photo.", "Shorter"),
    ]


def test_taken_over_as_it_is(page, owner, hire):
    found = propose(page, hire)
    row = handbook_proposals.take_over(
        found, by=owner, seen=1, title="Broken things", body=found.body, comment="Thanks"
    )
    page.refresh_from_db()
    version = HandbookVersion.objects.latest("number")
    assert (row.state, row.result, row.comment, row.answered_by) == (Answer.TAKEN, 2, "Thanks", owner)
    assert (page.body, version.by, version.note) == (found.body, owner, "Proposed by a new colleague")
    assert (told_of(owner, "page_proposed"), told_of(hire, "proposal_answered")) == ([], [found.pk])


def test_taken_over_with_changes(page, owner, hire):
    found = propose(page, hire)
    row = handbook_proposals.take_over(found, by=owner, seen=1, title="Broken things", body="Sorry. Photo.")
    page.refresh_from_db()
    assert (row.state, page.body) == (Answer.CHANGED, "Sorry. Photo.")
    [thing] = handbook_telling.answered([hire], [found.pk]).values()
    assert thing.say(hire) == "Your proposal is in the handbook now, with changes: Broken things."


def test_declined_with_a_comment(page, owner, hire):
    found = propose(page, hire)
    row = handbook_proposals.decline(found, by=owner, comment="The photo is for the carrier.")
    page.refresh_from_db()
    assert (row.state, row.comment, page.revision) == (Answer.DECLINED, "The photo is for the carrier.", 1)
    assert told_of(hire, "proposal_answered") == [found.pk]


def test_an_answered_proposal_is_answered_no_more(page, owner, hire):
    found = propose(page, hire)
    handbook_proposals.decline(found, by=owner, comment="No")
    with pytest.raises(handbook_proposals.Answered):
        handbook_proposals.take_over(found, by=owner, seen=1, title="x", body="y")
    with pytest.raises(handbook_proposals.Answered):
        handbook_proposals.decline(found, by=owner, comment="Again")
    assert not handbook_proposals.withdraw(found, by=hire)


def test_an_answer_is_taken_back_with_the_version_it_made(page, owner, hire):
    found = propose(page, hire)
    row = handbook_proposals.take_over(found, by=owner, seen=1, title="Broken things", body=found.body)
    handbook_proposals.reopen(row, undoing.offered(row, "answer", owner), by=owner)
    page.refresh_from_db()
    row.refresh_from_db()
    assert (row.state, row.result, page.body, page.revision) == (Answer.OPEN, None, LETTER, 3)
    assert told_of(hire, "proposal_answered") == []
    assert hire.email not in waiting_mails()


def test_an_answer_stays_when_somebody_wrote_on(page, owner, hire):
    found = propose(page, hire)
    row = handbook_proposals.take_over(found, by=owner, seen=1, title="Broken things", body=found.body)
    rewrite(page, owner, body="Later words.")
    with pytest.raises(undoing.Gone, match="gone on writing"):
        handbook_proposals.reopen(row, undoing.offered(row, "answer", owner), by=owner)
    page.refresh_from_db()
    assert page.body == "Later words."


def test_a_declined_one_is_not_reopened_beside_a_newer_one(page, owner, hire):
    row = handbook_proposals.decline(propose(page, hire), by=owner, comment="No")
    propose(page, hire, body="Newer.")
    with pytest.raises(undoing.Gone, match="newer proposal"):
        handbook_proposals.reopen(row, undoing.offered(row, "answer", owner), by=owner)


def test_what_the_page_says_by_now_makes_no_version(page, owner, hire):
    found = propose(page, hire)
    rewrite(page, owner, body=found.body)
    row = handbook_proposals.take_over(found, by=owner, seen=2, title="Broken things", body=found.body)
    assert (row.state, row.result, HandbookVersion.objects.count()) == (Answer.TAKEN, None, 2)
    handbook_proposals.reopen(row, undoing.offered(row, "answer", owner), by=owner)
    page.refresh_from_db()
    assert page.revision == 2


def test_a_proposal_is_withdrawn(page, owner, hire):
    found = propose(page, hire)
    assert [handbook_proposals.withdraw(found, by=hire) for _ in range(2)] == [True, False]
    assert told_of(owner, "page_proposed") == []


# -- against a page that was changed meanwhile


def test_changes_that_fit_are_put_together(page, owner, hire):
    found = propose(page, hire, body="Say sorry at once.\n\nAsk for a photo.")
    rewrite(page, owner, body="Say sorry first.\n\nAsk for two photos.")
    texts = handbook_proposals.texts(HandbookProposal.objects.get(pk=found.pk))
    assert (texts.is_stale, texts.start) == (True, "Say sorry at once.\n\nAsk for two photos.")


def test_changes_that_do_not_fit_begin_with_what_is_there(page, owner, hire):
    found = propose(page, hire, body="Mine.")
    rewrite(page, owner, body="Theirs.")
    texts = handbook_proposals.texts(HandbookProposal.objects.get(pk=found.pk))
    assert (texts.base, texts.now, texts.mine, texts.merged, texts.start) == (
        LETTER,
        "Theirs.",
        "Mine.",
        None,
        "Theirs.",
    )


def test_all_three_texts_are_shown(olga, page, owner, hire):
    found = propose(page, hire, body="Mine.")
    rewrite(page, owner, body="Theirs.")
    answer = olga.get(address("handbook_proposal", found.pk))
    seen = text(answer)
    assert "The page was changed after this proposal was made." in seen
    assert "As it was Say sorry first. Ask for a photo. As it is now" in seen
    assert "<ins>Theirs</ins>" in answer.content.decode()
    assert "<ins>Mine</ins>" in answer.content.decode()
    assert ">\nTheirs.</textarea>" in answer.content.decode()


def test_a_page_that_changes_while_one_decides_is_a_conflict(page, owner, hire):
    found = propose(page, hire)
    rewrite(page, owner)
    with pytest.raises(conflicts.Changed):
        handbook_proposals.take_over(found, by=owner, seen=1, title="x", body="Mine.")
    found.refresh_from_db()
    assert (found.state, HandbookPage.objects.get().revision) == (Answer.OPEN, 2)


def test_the_conflict_page_keeps_what_was_decided(olga, page, owner, hire):
    found = propose(page, hire)
    rewrite(page, owner, body="Theirs.")
    answer = post(
        olga, "handbook_take", found.pk, title="Broken things", body="Decided.", seen=1, comment="Ok"
    )
    assert (answer.status_code, "Yours Decided. There now Theirs." in text(answer)) == (409, True)
    again = post(
        olga, "handbook_take", found.pk, title="Broken things", body="Decided.", seen=2, comment="Ok"
    )
    assert again.url == address("handbook_page", page.pk)


# -- on the screen


def test_a_hire_proposes_and_hears(sara, olga, page, hire):
    answer = sara.post(
        address("handbook_propose", page.pk),
        {"title": "Broken things", "body": "Sorry.", "reason": "Shorter", "seen": 1},
        follow=True,
    )
    assert "Proposed. You hear what becomes of it." in text(answer)
    found = HandbookProposal.objects.get()
    assert "Sara proposes other words" in text(olga.get(address("handbook_page", page.pk)))
    assert "1 proposal waits for you" in text(olga.get(address("handbook")))
    answer = olga.post(address("handbook_decline", found.pk), {"comment": "For the carrier."}, follow=True)
    assert address("handbook_proposal_reopen", found.pk) in answer.content.decode()
    seen = text(sara.get(address("handbook_proposal", found.pk)))
    assert ("Not taken over" in seen, "For the carrier." in seen) == (True, True)


@pytest.mark.parametrize("missing", ["title", "body", "reason"])
def test_a_proposal_without_words_keeps_the_others(sara, page, missing):
    words = {"title": TYPED, "body": TYPED, "reason": TYPED, "seen": 1} | {missing: " "}
    answer = post(sara, "handbook_propose", page.pk, **words)
    shown = "Hello {{ customer.first_name }} &lt;b&gt;you&lt;/b&gt; \u202eabc"
    assert (answer.status_code, answer.content.decode().count(shown)) == (422, 2)


def test_a_proposal_is_shown_as_it_is_typed(olga, page, hire):
    found = propose(page, hire, body=TYPED, title=TYPED, reason=TYPED)
    html = olga.get(address("handbook_proposal", found.pk)).content.decode()
    assert "<b>you</b>" not in html
    assert html.count("Hello {{ customer.first_name }} &lt;b&gt;you&lt;/b&gt; \u202eabc") >= 3


def test_who_leads_changes_the_page_itself(olga, page):
    assert olga.get(address("handbook_propose", page.pk)).url == address("handbook_edit", page.pk)


def test_a_decline_without_a_reason_is_refused(olga, page, hire):
    found = propose(page, hire)
    answer = post(olga, "handbook_decline", found.pk, comment=" ")
    assert (answer.status_code, "This field is required." in text(answer)) == (422, True)
    found.refresh_from_db()
    assert found.state == Answer.OPEN


def test_who_is_too_late_keeps_what_was_typed(olga, page, owner, hire):
    found = propose(page, hire)
    handbook_proposals.withdraw(found, by=hire)
    answer = post(olga, "handbook_take", found.pk, title="x", body="My <b>words</b>", seen=1)
    assert answer.status_code == 409
    assert "answered or withdrawn meanwhile" in text(answer)
    assert "What you typed My &lt;b&gt;words&lt;/b&gt;" in text(answer)


def test_an_answer_is_taken_back_by_undo(olga, page, owner, hire):
    row = handbook_proposals.decline(propose(page, hire), by=owner, comment="No")
    mark = undoing.offered(row, "answer", owner)
    answer = olga.post(f"{address('handbook_proposal_reopen', row.pk)}?mark={mark}")
    row.refresh_from_db()
    assert (answer.status_code, row.state) == (302, Answer.OPEN)
    assert olga.post(f"{address('handbook_proposal_reopen', row.pk)}?mark={mark}").status_code == 409


def test_nobody_sees_or_withdraws_the_proposal_of_another(page, hire, interviewer, rival, sign_in):
    found = propose(page, hire)
    for member, status in ((interviewer, 403), (rival, 404)):
        client = sign_in(member)
        assert client.get(address("handbook_proposal", found.pk)).status_code == status
        assert post(client, "handbook_withdraw", found.pk).status_code == status
        assert "Broken" not in text(client.get(address("handbook_proposals")))


def test_a_manager_does_not_withdraw_for_a_hire(olga, page, hire):
    found = propose(page, hire)
    assert post(olga, "handbook_withdraw", found.pk).status_code == 403
    found.refresh_from_db()
    assert found.state == Answer.OPEN


def test_a_proposal_for_a_page_that_was_put_away_waits_for_nobody(olga, page, owner, hire):
    found = propose(page, hire)
    handbook.archive(page, by=owner)
    assert olga.get(address("handbook_proposal", found.pk)).status_code == 404
    assert "No proposal waits." in text(olga.get(address("handbook_proposals")))
    handbook.put_back(page, by=owner)
    assert olga.get(address("handbook_proposal", found.pk)).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_what_proposals_cost(olga, owner, hire, plan, count, django_assert_num_queries):
    for number in range(count):
        propose(make_page(owner, title=f"Page {number}"), hire)
    with django_assert_num_queries(4):
        olga.get(address("handbook_proposals"))


# -- what is kept


def test_the_shops_copy_holds_the_pages_as_files(page, owner, tmp_path):
    gone = make_page(owner, title="Gone")
    handbook.archive(gone, by=owner)
    make_page(make_member(make_company("Rival")), title="Theirs")
    path = tmp_path / "copy.zip"
    archive.shop(Export(company_id=owner.company_id), path, lambda percent: None)
    copy = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    names = [name for name in copy.namelist() if name.startswith("handbook/")]
    assert names == [f"handbook/policies/{page.pk}-en-Broken things.md"]
    assert copy.read(names[0]).decode() == f"# Broken things\n\n{LETTER}\n"
    rows = json.loads(copy.read("json/onboarding.handbookpage.json"))
    assert [row["body"] for row in rows] == [LETTER, LETTER]


def test_a_name_of_a_file_leads_nowhere(owner, tmp_path):
    from onboarding import handbook_files

    page = make_page(owner, title="../../etc/passwd\u202e")
    [(name, _text)] = handbook_files.files(owner.company_id)
    assert name == f"handbook/policies/{page.pk}-en-passwd.md"


def test_whoever_is_erased_takes_their_marks_and_proposals_along(page, owner, hire, plan):
    handbook_reading.mark(page, by=hire, number=1)
    handbook_proposals.take_over(propose(page, hire), by=owner, seen=1, title="Broken things", body="Sorry.")
    erasing.erase("member", hire.pk, company_id=owner.company_id, by_id=owner.user_id)
    assert (HandbookRead.objects.count(), HandbookProposal.objects.count()) == (0, 0)
    page.refresh_from_db()
    notes = " ".join(HandbookVersion.objects.values_list("note", flat=True))
    assert (page.body, "Sara" in notes, "Shorter" in notes) == ("Sorry.", False, False)


def test_the_trail_says_what_happened(page, owner, hire):
    handbook_reading.ask(page, by=owner, until=FRIDAY)
    handbook_reading.mark(page, by=hire, number=1)
    handbook_proposals.decline(propose(page, hire), by=owner, comment="No")
    rows = TrailEntry.objects.filter(kind__in=["handbook", "proposal"]).order_by("pk")
    assert list(rows.values_list("action", "actor_id")) == [
        ("handbook.written", owner.user_id),
        ("handbook.asked", owner.user_id),
        ("handbook.read", hire.user_id),
        ("proposal.proposed", hire.user_id),
        ("proposal.answered", owner.user_id),
    ]


def test_a_plan_that_ended_is_asked_to_read_nothing(page, plan, owner):
    plans.cancel(plan, by=owner, reason="Another job")
    handbook_reading.ask(page, by=owner, until=FRIDAY)
    assert (handbook_reading.readers(page), Notice.objects.filter(kind="page_to_read").count()) == ([], 0)


def test_somebody_new_in_another_role_reads_and_proposes_as_well(company, owner, sign_in, clock):
    ines = make_member(company, Role.INTERVIEWER)
    make_onboarding(company, ines, owner)
    page = make_page(owner)
    handbook_reading.ask(page, by=owner, until=FRIDAY)
    client = sign_in(ines)
    html = client.get(address("handbook")).content.decode()
    assert ("Please read" in html, "fh-bottombar-links" in html) == (True, True)
