"""Replies to customers: the moves, who may make them, versions and looks."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts import conflicts, undoing
from mailroom.models import Mail, Notice
from onboarding import drafts, escalation, plans, steps
from onboarding.kinds import State
from onboarding.models import Draft, DraftEvent, DraftReview, DraftVersion, Step
from onboarding.reply_kinds import Level, Purpose, Stand
from tests.onboarding.factories import make_onboarding, step_of
from tests.onboarding.replying import freely, look, write
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
HOSTILE = "Hi {{ customer.first_name }} {% if x %} <b>now</b> \u202eabc"


# -- drafting opens with the tools


def test_before_the_accounts_are_given_nobody_writes_to_customers(plan):
    with pytest.raises(steps.Refused, match="accounts are not open yet"):
        write(plan)
    assert not Draft.objects.exists()


def test_practising_is_open_before(plan, hire):
    draft = drafts.practise(plan, by=hire, situation="practice_late")
    assert (draft.purpose, draft.state) == (Purpose.PRACTICE, Stand.WRITING)


@pytest.mark.parametrize("state", [State.DONE, State.SKIPPED, State.LEFT_OUT])
def test_a_tools_step_that_nobody_asks_for_stands_in_nobodys_way(plan, state):
    values = {"skip_reason": "No help desk"} if state == State.SKIPPED else {}
    Step.objects.filter(onboarding=plan, key="accounts_given").update(state=state, **values)
    assert drafts.tools_ready(plan)


def test_a_plan_without_the_step_asks_for_no_tools(plan):
    step_of(plan, "accounts_given").delete()
    assert drafts.tools_ready(plan)


def test_nobody_writes_for_somebody_else(ready, owner):
    with pytest.raises(PermissionDenied):
        drafts.begin(ready, by=owner, situation="other", channel="email")


def test_in_a_plan_that_ended_nothing_is_written(ready, owner, hire):
    plans.cancel(ready, by=owner, reason="Another job")
    ready.refresh_from_db()
    with pytest.raises(steps.Refused, match="ended"):
        write(ready)


# -- what is kept


def test_texts_are_kept_as_typed(ready):
    draft = write(ready, message=HOSTILE, body=HOSTILE)
    row = Draft.objects.get(pk=draft.pk)
    assert (row.message, drafts.latest(row).body) == (HOSTILE, HOSTILE)


def test_texts_are_not_readable_in_the_table(ready):
    draft = write(ready, message="Anna Andersson wants money", body="Dear Anna")
    with connection.cursor() as cursor:
        cursor.execute("SELECT message FROM onboarding_draft WHERE id = %s", [draft.pk])
        message = cursor.fetchone()[0]
        cursor.execute("SELECT body FROM onboarding_draftversion WHERE draft_id = %s", [draft.pk])
        body = cursor.fetchone()[0]
    assert "Anna" not in message + body


def test_card_numbers_are_masked_wherever_they_come_in(ready, hire, owner):
    card, kept = "4111 1111 1111 1111", "•••• •••• •••• 1111"
    draft = write(ready, message=card, body=card)
    drafts.save(draft, by=hire, seen=1, body=f"a {card}", message=f"m {card}")
    drafts.submit(draft, by=hire)
    row = look(draft, owner, body=f"r {card}", comment=f"because {card}")
    assert (draft.message, row.body, row.comment) == (f"m {kept}", f"r {kept}", f"because {kept}")
    assert [version.body for version in draft.versions.order_by("number")] == [kept, f"a {kept}"]


def test_every_saving_of_other_words_is_a_version(ready, hire):
    draft = write(ready, body="One")
    assert drafts.save(draft, by=hire, seen=1, body="Two")
    assert not drafts.save(draft, by=hire, seen=2, body="Two")
    assert list(draft.versions.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert draft.revision == 2


def test_other_fields_are_saved_without_a_new_version(ready, hire):
    draft = write(ready)
    assert drafts.save(draft, by=hire, seen=1, body="On Friday.", ticket="https://desk.example/1")
    assert (Draft.objects.get().ticket, DraftVersion.objects.count()) == ("https://desk.example/1", 1)


def test_line_ends_of_a_browser_are_no_new_version(ready, hire):
    draft = write(ready, body="One\nTwo")
    assert not drafts.save(draft, by=hire, seen=1, body="One\r\nTwo")


def test_of_two_tabs_the_second_hears_of_the_first(ready, hire):
    draft = write(ready)
    drafts.save(draft, by=hire, seen=1, body="First tab")
    with pytest.raises(conflicts.Changed):
        drafts.save(draft, by=hire, seen=1, body="Second tab")
    assert drafts.latest(draft).body == "First tab"


@pytest.mark.parametrize("state", [Stand.SUBMITTED, Stand.APPROVED, Stand.SENT, Stand.LOOKED, Stand.DROPPED])
def test_what_waits_or_is_done_is_not_written_on(ready, hire, state):
    draft = write(ready)
    Draft.objects.filter(pk=draft.pk).update(state=state, approved_at=timezone.now())
    with pytest.raises(steps.Stale):
        drafts.save(draft, by=hire, seen=1, body="More")


# -- the table of moves


def test_every_move_goes_somewhere_else():
    assert [name for name, move in drafts.MOVES.items() if move.after in move.before] == []


def test_only_a_yes_or_freedom_leads_to_sent():
    before = {name: move.before for name, move in drafts.MOVES.items() if move.after == Stand.SENT}
    assert before == {"send": {Stand.APPROVED}, "send_alone": {Stand.WRITING}}


@pytest.mark.parametrize("state", Stand.values)
@pytest.mark.parametrize("action", drafts.MOVES)
def test_every_pair_of_state_and_move(ready, owner, hire, action, state):
    move = drafts.MOVES[action]
    draft = write(ready)
    now = timezone.now()
    purpose = Purpose.SAMPLE if move.purposes == drafts.SAMPLE else Purpose.REAL
    Draft.objects.filter(pk=draft.pk).update(state=state, approved_at=now, purpose=purpose)
    draft.refresh_from_db()
    draft.onboarding = ready
    by = hire if move.side == drafts.WRITER else owner
    if state == move.after:
        assert drafts._move(action, draft, by=by) is False
    elif state in move.before:
        assert drafts._move(action, draft, by=by) is True
    else:
        with pytest.raises(steps.Stale):
            drafts._move(action, draft, by=by)
    moved = state in move.before
    assert Draft.objects.get().state == (move.after if moved else state)
    assert DraftEvent.objects.count() == moved


@pytest.mark.parametrize("action", drafts.MOVES)
def test_nobody_makes_the_other_sides_move(ready, owner, hire, action):
    draft = write(ready)
    by = owner if drafts.MOVES[action].side == drafts.WRITER else hire
    with pytest.raises(PermissionDenied):
        drafts._move(action, draft, by=by)


@pytest.mark.parametrize("who", ["interviewer", "rival"])
@pytest.mark.parametrize("action", drafts.MOVES)
def test_others_make_no_move(ready, action, who, request):
    with pytest.raises(PermissionDenied):
        drafts._move(action, write(ready), by=request.getfixturevalue(who))


def test_a_boss_who_is_new_says_no_yes_to_their_own(company, manager, owner, clock):
    plan = make_onboarding(company, manager, owner)
    steps.did(plan, "accounts_given", by=owner)
    draft = write(plan)
    drafts.submit(draft, by=manager)
    with pytest.raises(PermissionDenied):
        look(draft, manager)


def test_a_move_is_written_down_once(given):
    assert list(DraftEvent.objects.values_list("action", "before", "after")) == [
        ("submit", "writing", "submitted")
    ]
    assert TrailEntry.objects.filter(action="draft.submit", kind="draft", subject_id=given.pk).count() == 1


# -- showing it


def test_an_empty_reply_is_shown_to_nobody(ready, hire):
    with pytest.raises(steps.Refused, match="Write a few words"):
        drafts.submit(write(ready, body="  \n"), by=hire)


def test_shown_twice_is_told_once(given, hire, owner):
    assert drafts.submit(given, by=hire) is False
    assert list(Notice.objects.filter(kind="draft").values_list("member", "about_id")) == [
        (owner.pk, given.pk)
    ]
    assert Mail.objects.filter(message="told_one").count() == 1


def test_the_mail_waits_while_it_can_be_taken_back(given, hire):
    mail = Mail.objects.get(message="told_one")
    assert mail.subject == "Lumi: Sara waits for your yes to a reply: Something else."
    assert drafts.withdraw(given, by=hire)
    assert Mail.objects.get(message="told_one").state == "cancelled"
    assert not Notice.objects.filter(kind="draft").exists()


def test_each_is_told_in_their_own_language(ready, hire, owner):
    owner.user.language = "fi"
    owner.user.save()
    ready.refresh_from_db()
    drafts.submit(write(ready), by=hire)
    assert Mail.objects.get(message="told_one").language == "fi"


# -- the look


def test_good_to_go(given, owner, hire):
    row = look(given, owner)
    assert (row.good, row.changed, given.state) == (True, False, Stand.APPROVED)
    assert Notice.objects.get(kind="draft_looked").member == hire
    assert Notice.objects.get(kind="draft").handled_at is not None


def test_a_yes_before_the_mail_left_saves_a_mail(given, owner, hire):
    look(given, owner)
    assert list(Mail.objects.filter(message="told_one").order_by("pk").values_list("recipient", "state")) == [
        (owner.email, "cancelled"),
        (hire.email, "waiting"),
    ]


@pytest.mark.parametrize("comment", ["", "  ", "ok", "OK!", "Good.", "👍", "hyvä", "好", "!!!"])
def test_a_changed_text_needs_a_comment_that_says_something(given, owner, comment):
    with pytest.raises(steps.Refused):
        look(given, owner, body="Sorry. On Friday.", comment=comment)
    assert not DraftReview.objects.exists()


def test_a_bare_ok_is_refused_kindly(given, owner):
    with pytest.raises(steps.Refused, match="That is kind, and it does not say what to do next time"):
        look(given, owner, body="Sorry. On Friday.", comment="ok")


@pytest.mark.parametrize("mark", ["tone", "accuracy", "good"])
def test_a_missing_mark_needs_a_comment(given, owner, mark):
    with pytest.raises(steps.Refused):
        look(given, owner, **{mark: False})


def test_as_written_a_word_is_enough(given, owner):
    assert look(given, owner, comment="ok").good


def test_the_draft_keeps_its_own_words(given, owner):
    row = look(given, owner, body="Sorry. On Friday.", comment="Sorry comes first")
    assert (row.version.body, row.body, row.changed) == ("On Friday.", "Sorry. On Friday.", True)
    assert ("new", "Sorry. ") in row.difference


def test_asked_for_changes_and_written_anew(given, owner, hire):
    look(given, owner, good=False, comment="Say sorry first")
    assert given.state == Stand.RETURNED
    drafts.save(given, by=hire, seen=given.revision, body="Sorry. On Friday.")
    assert drafts.submit(given, by=hire)
    assert [version.body for version in given.versions.order_by("number")] == [
        "On Friday.",
        "Sorry. On Friday.",
    ]


def test_of_two_reviewers_the_second_hears_of_the_first(given, owner, manager):
    same = Draft.objects.select_related("onboarding").get(pk=given.pk)
    look(given, owner)
    with pytest.raises(steps.Stale):
        look(same, manager, good=False, comment="Say sorry first")
    assert DraftReview.objects.count() == 1


def test_a_look_at_an_older_version_does_not_count(given, owner, hire):
    drafts.withdraw(given, by=hire)
    drafts.save(given, by=hire, seen=1, body="On Monday.")
    drafts.submit(given, by=hire)
    with pytest.raises(steps.Stale):
        look(given, owner, seen=1)
    assert look(given, owner, seen=2, body="On Monday.").version.number == 2


def test_nothing_shown_is_nothing_to_look_at(ready, owner):
    with pytest.raises(steps.Stale):
        look(write(ready), owner)


def test_a_missed_rule_is_counted_and_needs_a_word(given, owner, ready):
    with pytest.raises(steps.Refused):
        look(given, owner, missed="refund")
    look(given, owner, missed="refund", comment="Over the limit: ask me first")
    assert drafts.evidence(ready).missed == 1


def test_an_unknown_rule_is_no_missed_one(given, owner):
    assert look(given, owner, missed="nonsense", comment="Over the limit").missed == ""


def test_a_yes_is_taken_back_within_ten_minutes(approved, owner, hire, ready):
    drafts.unlook(approved, by=owner)
    assert (approved.state, approved.approved_at) == (Stand.SUBMITTED, None)
    assert drafts.evidence(ready).total == 0
    mails = Mail.objects.filter(message="told_one", recipient=hire.email)
    assert list(mails.values_list("state", flat=True)) == ["cancelled"]


def test_after_ten_minutes_it_stays(approved, owner, clock):
    clock.shift(timedelta(minutes=11))
    with pytest.raises(undoing.Refused):
        drafts.unlook(approved, by=owner)
    assert Draft.objects.get().state == Stand.APPROVED


def test_what_went_out_is_not_taken_back(approved, owner, hire):
    drafts.send(approved, by=hire)
    with pytest.raises(undoing.Gone):
        drafts.unlook(approved, by=owner)


def test_taken_back_twice_says_so(approved, owner):
    drafts.unlook(approved, by=owner)
    with pytest.raises(undoing.Gone):
        drafts.unlook(approved, by=owner)


# -- marking as sent


def test_after_the_yes_it_is_sent(approved, hire):
    assert drafts.send(approved, by=hire)
    row = Draft.objects.get()
    assert (row.state, row.alone, row.sent_at is not None) == (Stand.SENT, False, True)


@pytest.mark.parametrize("state", [Stand.SUBMITTED, Stand.RETURNED, Stand.DROPPED, Stand.LOOKED])
def test_nothing_is_sent_while_it_waits(ready, hire, owner, state):
    freely(ready, owner, Level.OWN)
    draft = write(ready)
    Draft.objects.filter(pk=draft.pk).update(state=state)
    draft.state = state
    with pytest.raises(steps.Refused, match="waits for a yes"):
        drafts.send(draft, by=hire)


def test_the_database_refuses_a_reply_sent_without_a_yes(given):
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.filter(pk=given.pk).update(state=Stand.SENT)


def test_at_the_first_level_nothing_goes_without_a_yes(ready, hire):
    with pytest.raises(steps.Refused, match="needs a yes"):
        drafts.send(write(ready), by=hire)


@pytest.mark.parametrize("level", [Level.SAMPLED, Level.OWN])
def test_with_freedom_it_goes_alone(ready, owner, hire, level):
    freely(ready, owner, level)
    draft = write(ready)
    assert drafts.send(draft, by=hire)
    assert (draft.state, draft.alone) == (Stand.SENT, True)


@pytest.mark.parametrize("level", Level.values)
@pytest.mark.parametrize("code", [about.value for about in escalation.SUGGESTED])
def test_a_rule_asks_for_a_yes_at_any_level(ready, owner, hire, level, code):
    freely(ready, owner, level)
    draft = write(ready, marked=[code])
    with pytest.raises(steps.Refused, match="needs a yes"):
        drafts.send(draft, by=hire)
    assert drafts.needs_yes(draft, Level(level), escalation.active(ready.company_id))


def test_a_rule_that_was_switched_off_asks_for_nothing(ready, owner, hire, company):
    freely(ready, owner, Level.OWN)
    escalation.write(company=company, by=owner, code="custom", seen=0, on=False)
    assert drafts.send(write(ready, marked=["custom"]), by=hire)


def test_once_changes_were_asked_for_freedom_does_not_send_it(ready, owner, hire):
    freely(ready, owner, Level.OWN)
    draft = write(ready)
    drafts.submit(draft, by=hire)
    look(draft, owner, good=False, comment="Say sorry first")
    drafts.submit(draft, by=hire)
    drafts.withdraw(draft, by=hire)
    with pytest.raises(steps.Refused, match="needs a yes"):
        drafts.send(draft, by=hire)


def test_an_empty_reply_is_not_sent(ready, owner, hire):
    freely(ready, owner)
    with pytest.raises(steps.Refused, match="Write a few words"):
        drafts.send(write(ready, body=""), by=hire)


def test_sent_twice_is_sent_once(approved, hire):
    assert drafts.send(approved, by=hire)
    assert drafts.send(approved, by=hire) is False


def test_not_sent_after_all(approved, hire):
    drafts.send(approved, by=hire)
    assert drafts.unsend(approved, by=hire)
    row = Draft.objects.get()
    assert (row.state, row.sent_at) == (Stand.APPROVED, None)


def test_sent_alone_comes_back_to_be_written(ready, owner, hire):
    freely(ready, owner)
    draft = write(ready)
    drafts.send(draft, by=hire)
    drafts.unsend(draft, by=hire)
    row = Draft.objects.get()
    assert (row.state, row.alone) == (Stand.WRITING, False)


def test_sent_long_ago_stays_sent(approved, hire, clock):
    drafts.send(approved, by=hire)
    clock.shift(timedelta(minutes=11))
    with pytest.raises(steps.Refused, match="ten minutes"):
        drafts.unsend(approved, by=hire)


def test_written_on_after_the_yes_needs_another_yes(approved, hire):
    drafts.reopen(approved, by=hire)
    assert (approved.state, approved.approved_at) == (Stand.WRITING, None)
    with pytest.raises(steps.Refused, match="needs a yes"):
        drafts.send(approved, by=hire)


def test_put_away_and_taken_up_again(approved, hire):
    drafts.drop(approved, by=hire)
    drafts.undrop(approved, by=hire)
    assert (approved.state, approved.approved_at) == (Stand.WRITING, None)
