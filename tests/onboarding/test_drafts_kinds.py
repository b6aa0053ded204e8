"""Practising, samples, what a gate looks back on, the end of the texts, and what becomes an example."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from onboarding import drafts, practice, steps
from onboarding.reply_kinds import Situation, Stand
from tests.onboarding.factories import make_onboarding
from tests.onboarding.replying import freely, look, sample, write

pytestmark = pytest.mark.django_db


# -- practice


@pytest.mark.parametrize("situation", practice.VARIANTS)
def test_each_situation_has_at_least_three_messages(situation):
    messages = [str(each.message) for each in practice.VARIANTS[situation]]
    assert len(set(messages)) == len(messages) >= 3


def test_practising_again_is_new(plan, hire, owner):
    seen = []
    for _ in range(2):
        draft = drafts.practise(plan, by=hire, situation="practice_late")
        drafts.save(draft, by=hire, seen=1, body="Sorry.")
        drafts.submit(draft, by=hire)
        look(draft, owner, body="Sorry.")
        seen.append(draft.customer)
    first = str(practice.SITUATIONS["practice_late"].message)
    assert len({first, *seen}) == 3


def test_a_practice_begun_is_gone_on_with(plan, hire):
    assert drafts.practise(plan, by=hire, situation="practice_late") == drafts.practise(
        plan, by=hire, situation="practice_late"
    )


@pytest.mark.parametrize("situation", ["other", "", None, "x" * 200])
def test_only_our_situations_are_practised(plan, hire, situation):
    with pytest.raises(steps.Refused):
        drafts.practise(plan, by=hire, situation=situation)


def test_a_practice_is_never_sent(plan, hire, owner):
    draft = drafts.practise(plan, by=hire, situation="practice_late")
    drafts.save(draft, by=hire, seen=1, body="Sorry.")
    drafts.submit(draft, by=hire)
    look(draft, owner, body="Sorry.")
    with pytest.raises(steps.Refused):
        drafts.send(draft, by=hire)


def test_the_situations_of_forms_are_those_that_are_practised():
    assert set(Situation.values) == {*practice.VARIANTS, "other"}


# -- samples


def test_samples_begin_with_freedom(ready):
    with pytest.raises(steps.Refused, match="Samples begin"):
        sample(ready)


@pytest.mark.parametrize("values", [{"body": "It came."}, {"body": "", "ticket": "https://desk.example/1"}])
def test_a_sample_is_pasted_or_a_link(ready, owner, values):
    freely(ready, owner)
    assert sample(ready, **values).state == Stand.SUBMITTED


def test_a_sample_of_nothing_is_refused(ready, owner):
    freely(ready, owner)
    with pytest.raises(steps.Refused, match="Paste the reply"):
        sample(ready, body="  ")


def test_a_sample_is_marked_in_the_same_way(ready, owner):
    freely(ready, owner)
    draft = sample(ready)
    with pytest.raises(steps.Refused):
        look(draft, owner, body="It came today.", tone=False)
    look(draft, owner, body="It came today.", tone=False, comment="Warmer at the end", missed="refund")
    assert draft.state == Stand.LOOKED
    assert drafts.evidence(ready) == drafts.Evidence(1, as_written=1, changed=0, returned=0, missed=1)


def test_the_look_at_a_sample_is_taken_back(ready, owner):
    freely(ready, owner)
    draft = sample(ready)
    look(draft, owner, body="It came today.")
    drafts.unlook(draft, by=owner)
    assert draft.state == Stand.SUBMITTED


def test_samples_count_from_monday_where_the_writer_is(ready, owner, clock):
    freely(ready, owner)
    sample(ready)
    assert drafts.samples_this_week(ready) == 1
    clock.move_to("2026-12-13 21:00 +0000")
    assert drafts.samples_this_week(ready) == 1
    clock.move_to("2026-12-14 08:00 +0000")
    assert drafts.samples_this_week(ready) == 0


# -- what a gate looks back on


def test_evidence_counts_each_kind(ready, hire, owner):
    for body, values in [
        ("A", {"body": "A"}),
        ("B", {"body": "Other", "comment": "Kinder words"}),
        ("C", {"body": "C", "good": False, "comment": "Say the date"}),
    ]:
        draft = write(ready, body=body)
        drafts.submit(draft, by=hire)
        look(draft, owner, **values)
    assert drafts.evidence(ready) == drafts.Evidence(3, as_written=1, changed=1, returned=1, missed=0)


def test_evidence_of_another_plan_counts_nothing(approved, company):
    assert drafts.evidence(make_onboarding(company)).total == 0


@pytest.mark.parametrize("n", [1, 3])
def test_evidence_costs_two_queries(ready, hire, owner, n, django_assert_num_queries):
    for _ in range(n):
        draft = write(ready)
        drafts.submit(draft, by=hire)
        look(draft, owner)
    with django_assert_num_queries(2):
        drafts.evidence(ready)


# -- after 90 days


def texts(draft):
    rows = draft.versions.values_list("body"), draft.reviews.values_list("body", "comment")
    return [draft.message, draft.ticket, *(text for found in rows for row in found for text in row)]


def test_after_90_days_the_texts_go_and_the_marks_stay(ready, hire, owner, clock):
    draft = write(ready, ticket="https://desk.example/1")
    drafts.submit(draft, by=hire)
    look(draft, owner, body="Sorry. On Friday.", comment="Sorry first")
    clock.shift(timedelta(days=89))
    assert drafts.forget() == 0
    clock.shift(timedelta(days=1, minutes=1))
    assert drafts.forget() == 1
    draft.refresh_from_db()
    assert set(texts(draft)) == {""}
    assert drafts.evidence(ready) == drafts.Evidence(1, as_written=0, changed=1, returned=0, missed=0)
    assert drafts.forget() == 0


def test_younger_texts_stay(ready, clock):
    write(ready, message="Old")
    clock.shift(timedelta(days=60))
    young = write(ready, message="Young")
    clock.shift(timedelta(days=31))
    drafts.forget()
    young.refresh_from_db()
    assert (young.message, drafts.latest(young).body) == ("Young", "On Friday.")


@pytest.mark.parametrize("n", [1, 3])
def test_forgetting_costs_the_same_for_one_and_for_many(ready, clock, n, django_assert_num_queries):
    for _ in range(n):
        write(ready)
    clock.shift(timedelta(days=91))
    with django_assert_num_queries(7):
        drafts.forget()


# -- into the library


def test_a_reply_that_went_out_becomes_an_example_once(given, owner, hire):
    look(given, owner, body="Sorry. On Friday.", comment="Sorry first")
    row = drafts.keep_as_example(given, by=owner)
    assert (row.message, row.reply, row.why) == ("Where is it?", "Sorry. On Friday.", "Sorry first")
    assert (row.source, row.to_check) == (f"draft:{given.pk}", True)
    assert drafts.keep_as_example(given, by=owner) == row


def test_what_nobody_has_looked_at_is_no_example(given, owner):
    with pytest.raises(steps.Refused, match="looked at"):
        drafts.keep_as_example(given, by=owner)


def test_without_its_words_it_is_no_example(approved, owner, clock):
    clock.shift(timedelta(days=91))
    drafts.forget()
    approved.refresh_from_db()
    with pytest.raises(steps.Refused):
        drafts.keep_as_example(approved, by=owner)


def test_the_writer_does_not_make_it_one(approved, hire):
    with pytest.raises(PermissionDenied):
        drafts.keep_as_example(approved, by=hire)
