import pytest
from django.utils import translation

from onboarding import defaults, words
from onboarding.models import Wording
from tests.onboarding.factories import make_onboarding, step_of
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db


def write(company, by, body, seen, **fields):
    return words.write(
        company=company, subject=words.Subject.ASK_FIRST, by=by, body=body, seen=seen, **fields
    )


def test_until_a_shop_writes_its_own_the_suggested_words_speak(company):
    shown = words.ask_first(company.pk)
    assert (shown.number, shown.body) == (0, defaults.ask_first())
    assert shown.body.count("\n- ") == len(defaults.ASK_FIRST) - 2


def test_own_words_win_in_every_language(company, owner):
    write(company, owner, "Over 50 EUR: ask.", 0)
    with translation.override("fi"):
        assert words.ask_first(company.pk).body == "Over 50 EUR: ask."


def test_numbers_count_up_and_nothing_is_overwritten(company, owner):
    for seen, body in enumerate(["One", "Two", "Three"]):
        assert write(company, owner, body, seen).number == seen + 1
    assert list(Wording.objects.order_by("number").values_list("body", flat=True)) == ["One", "Two", "Three"]


def test_an_older_page_does_not_win(company, owner):
    write(company, owner, "One", 0)
    with pytest.raises(words.Changed):
        write(company, owner, "Other", 0)
    assert words.ask_first(company.pk).body == "One"


def test_another_companys_words_are_not_ours(company, owner, rival):
    write(rival.company, rival, "Theirs", 0)
    assert words.ask_first(company.pk).number == 0


def test_expectations_are_one_persons(plan, company, owner):
    other = make_onboarding(company, manager=owner)
    words.write(company=company, subject="expectations", by=owner, body="For Sara", seen=0, onboarding=plan)
    assert words.of_step(step_of(plan, "expectations")).body == "For Sara"
    assert words.of_step(step_of(other, "expectations")).body == ""


def test_a_step_that_asks_for_no_reading_has_no_words(plan):
    assert words.of_step(step_of(plan, "values")) is None


def test_the_trail_has_the_version_and_not_the_words(company, owner):
    write(company, owner, "Secret", 0)
    entry = TrailEntry.objects.latest("pk")
    assert (entry.action, entry.fields, entry.subject_id) == (
        "wording.written",
        ["body"],
        Wording.objects.get().pk,
    )
