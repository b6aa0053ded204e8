"""Questions and answers: one form for all, nothing typed is lost, and only what is answered is copied."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts import conflicts, undoing
from readiness import bridge_faq, bridging, repeated
from readiness.bridge_faq import FaqForm
from readiness.models import BridgePlan, FaqEntry

pytestmark = pytest.mark.django_db
SUBJECTS = [("Where is my order?", 41), ("Can I change the size?", 17)]


@pytest.fixture
def subjects(monkeypatch):
    """What the mailbox of the shop repeats; a test may change it."""
    found = list(SUBJECTS)
    monkeypatch.setattr(repeated, "subjects", lambda company: found)
    return found


@pytest.fixture
def plan(owner, subjects):
    return bridging.begin(company=owner.company, kind="self_service", by=owner)


def there(plan) -> list:
    return list(plan.entries.there())


def posted(plan, **typed) -> FaqForm:
    """The form as a browser sends it: what is there, changed by q0=.., a0=.., new_question=..."""
    data = {}
    for n, entry in enumerate(there(plan)):
        data[f"question-{entry.pk}"] = typed.get(f"q{n}", entry.question)
        data[f"answer-{entry.pk}"] = typed.get(f"a{n}", entry.answer)
    form = FaqForm(data | {"new_question": typed.get("new_question", "")}, entries=there(plan))
    assert form.is_valid(), form.errors
    return form


def save(plan, by, *, remove=None, more=(), seen=None, **typed):
    return bridge_faq.save(plan, posted(plan, **typed), by=by, seen=seen, remove=remove, more=more)


def lines(plan) -> list:
    return [(entry.question, entry.answer) for entry in there(plan)]


def mark(plan, by) -> str:
    return undoing.offered(BridgePlan.objects.get(pk=plan.pk), "faq", by)


def test_a_plan_begins_with_what_customers_repeat(plan):
    assert [(entry.question, entry.count) for entry in there(plan)] == SUBJECTS


@pytest.mark.parametrize("kind", ["chatbot", "outsource"])
def test_other_plans_have_no_questions(owner, subjects, kind):
    assert there(bridging.begin(company=owner.company, kind=kind, by=owner)) == []


def test_without_a_mailbox_the_list_is_empty(owner):
    assert there(bridging.begin(company=owner.company, kind="self_service", by=owner)) == []


def test_a_long_subject_is_cut(owner, subjects):
    subjects[:] = [("x" * 500, 3)]
    assert (
        there(bridging.begin(company=owner.company, kind="self_service", by=owner))[0].question == "x" * 200
    )


def test_everything_typed_is_saved_at_once(owner, plan):
    save(plan, owner, a0="In three days.", q1="Can I swap?", new_question="Do you ship abroad?")
    assert lines(plan) == [
        ("Where is my order?", "In three days."),
        ("Can I swap?", ""),
        ("Do you ship abroad?", ""),
    ]


def test_removing_one_saves_the_others(owner, plan):
    save(plan, owner, a1="Yes, for free.", remove=there(plan)[0].pk)
    assert lines(plan) == [("Can I change the size?", "Yes, for free.")]


def test_a_saving_is_taken_back_whole(owner, plan):
    before = lines(plan)
    save(plan, owner, a0="In three days.", new_question="Abroad?", remove=there(plan)[1].pk)
    bridge_faq.take_back(plan, mark(plan, owner), by=owner)
    assert lines(plan) == before


def test_after_ten_minutes_it_is_not(owner, plan):
    save(plan, owner, a0="In three days.")
    found = mark(plan, owner)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)), pytest.raises(undoing.Refused):
        bridge_faq.take_back(plan, found, by=owner)
    assert lines(plan)[0][1] == "In three days."


def test_nothing_typed_changes_nothing(owner, plan):
    assert save(plan, owner) is False
    assert (BridgePlan.objects.get(pk=plan.pk).revision, mark(plan, owner)) == (1, "")


def test_what_a_colleague_saved_is_not_overwritten(owner, manager, plan):
    form = posted(plan, a0="Mine")
    save(plan, manager, a0="Theirs", seen=1)
    with pytest.raises(conflicts.Changed):
        bridge_faq.save(plan, form, by=owner, seen=1)
    assert lines(plan)[0][1] == "Theirs"
    bridge_faq.save(plan, form, by=owner, seen=2)
    assert lines(plan)[0][1] == "Mine"


def test_an_ended_plan_takes_nothing(owner, plan):
    save(plan, owner, a0="In three days.")
    found = mark(plan, owner)
    bridging.end(plan, by=owner, verdict="stopped")
    with pytest.raises(bridging.Refused):
        save(plan, owner, a0="Never")
    with pytest.raises(bridging.Refused):
        bridge_faq.take_back(plan, found, by=owner)
    assert lines(plan)[0][1] == "In three days."


def test_an_entry_of_another_plan_is_not_removed(owner, rival, plan):
    theirs = bridging.begin(company=rival.company, kind="self_service", by=rival)
    save(plan, owner, remove=there(theirs)[0].pk)
    assert (len(there(theirs)), len(there(plan))) == (2, 2)


def test_an_empty_question_is_refused(plan):
    entry = there(plan)[0]
    form = FaqForm({f"question-{entry.pk}": " ", f"answer-{entry.pk}": "Kept"}, entries=[entry])
    assert list(form.errors) == [f"question-{entry.pk}"]


@pytest.mark.parametrize(("name", "most"), [("question", 200), ("answer", 4000)])
@pytest.mark.parametrize("tail", ["x", "\0"])
def test_too_long_and_nul_are_refused(plan, name, most, tail):
    entry = there(plan)[0]
    data = {f"question-{entry.pk}": "Q", f"answer-{entry.pk}": "A"}
    form = FaqForm(data | {f"{name}-{entry.pk}": "y" * (most if tail == "x" else 3) + tail}, entries=[entry])
    assert list(form.errors) == [f"{name}-{entry.pk}"]


def test_there_is_an_end_to_questions(owner, plan):
    FaqEntry.objects.bulk_create(
        FaqEntry(company=owner.company, plan=plan, question=f"Q{n}", position=n)
        for n in range(3, bridge_faq.MOST + 1)
    )
    with pytest.raises(bridging.Refused, match="enough for one page"):
        save(plan, owner, new_question="One more?")
    assert len(there(plan)) == bridge_faq.MOST


# -- what later mail repeats


def test_a_later_mailbox_offers_what_is_not_there_yet(owner, plan, subjects):
    assert bridge_faq.not_yet(plan, there(plan)) == []
    subjects[:] = [("WHERE is my Order?", 60), ("Do you ship abroad?", 9)]
    assert bridge_faq.not_yet(plan, there(plan)) == [("Do you ship abroad?", 9)]
    save(plan, owner, more=bridge_faq.not_yet(plan, there(plan)))
    assert [(entry.question, entry.count) for entry in there(plan)][-1] == ("Do you ship abroad?", 9)


# -- to copy


def entries(*pairs):
    return [FaqEntry(question=question, answer=answer) for question, answer in pairs]


def test_only_what_is_answered_is_copied():
    found = entries(("Where?", "Here."), ("When?", ""), ("Why?", "Because."))
    assert bridge_faq.as_text(found) == "Where?\nHere.\n\nWhy?\nBecause."
    assert bridge_faq.as_html(found) == "<h2>Where?</h2>\n<p>Here.</p>\n<h2>Why?</h2>\n<p>Because.</p>"


def test_paragraphs_and_lines_stay():
    assert (
        bridge_faq.as_html(entries(("Q", "One\ntwo\n\nthree")))
        == "<h2>Q</h2>\n<p>One<br>\ntwo</p>\n<p>three</p>"
    )


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "a & b", "'\">"])
def test_what_was_typed_is_escaped_in_html(typed):
    found = bridge_faq.as_html(entries((typed, typed)))
    assert typed not in found
    assert found.count("&amp;amp;") == 0


def test_nothing_answered_is_nothing_to_copy():
    assert (bridge_faq.as_text(entries(("Q", ""))), bridge_faq.as_html(entries(("Q", "")))) == ("", "")
