"""Results that were stored before today's pages: whatever they lack, they open."""

import json

import pytest
from django.urls import reverse

from readiness import answer_page, assessments, stored, words
from readiness.assessments import Current
from readiness.models import Assessment
from tests.readiness.factories import BUSY, make_assessment
from tests.readiness.test_views import text

FIRST = {"version": "2025-1", "recommendation": "part_time", "need": 62.5}
KEYS = sorted(set(assessments.compute(BUSY)) - {"recommendation", "need"})


def stored_as(company, result, **fields):
    row = make_assessment(company)
    Assessment.objects.filter(pk=row.pk).update(result=result, **fields)
    return row


def pages(row):
    return [
        reverse("readiness:show", args=[row.pk]),
        reverse("readiness:print", args=[row.pk]),
        reverse("readiness:compare"),
        reverse("readiness:home"),
        "/",
    ]


def test_what_is_not_there_is_none_or_empty():
    opened = stored.opened(FIRST)
    assert (opened["low"], opened["high"]) == (62.5, 62.5)
    assert (opened["firm"], opened["reasons"], opened["hours"]) == (False, [], None)
    assert opened["version"] == "2025-1"


def test_what_is_there_stays():
    result = assessments.compute(BUSY)
    opened = stored.opened(result)
    assert {key: opened[key] for key in result} == result


def test_a_signal_without_its_range():
    old = FIRST | {"signals": [{"code": "growth", "score": 40}, {"code": "metrics"}]}
    growth, metrics = stored.opened(old)["signals"]
    assert (growth["low"], growth["high"], growth["parts"]) == (40, 40, [])
    assert (metrics["score"], metrics["low"], metrics["high"]) == (None, 0, 100)


def test_every_key_of_today_has_its_blank():
    assert set(assessments.compute(BUSY)) - set(stored.opened(FIRST)) <= {"calm", "pressed", "days_week"}


def test_opening_changes_nothing_of_what_is_stored():
    result = assessments.compute(BUSY)
    before = json.dumps(result)
    stored.opened(result)
    assert json.dumps(result) == before


@pytest.mark.parametrize("key", KEYS)
def test_any_one_key_may_be_missing(key):
    result = {name: value for name, value in assessments.compute(BUSY).items() if name != key}
    row = Assessment(answers=BUSY, measured={}, result=result, pk=1)
    page = answer_page.context(Current(BUSY, result, "", row))
    assert page["headline"]
    assert page["firmness"]


@pytest.mark.django_db
@pytest.mark.parametrize("answers", [BUSY, {}, {"gone": 7, "breath": 3}])
def test_the_first_results_open_on_every_page(sign_in, owner, answers):
    row = stored_as(owner.company, FIRST, answers=answers, config_version="2025-1")
    client = sign_in(owner)
    for address in pages(row):
        assert "Hire part-time now" in text(client.get(address)) or address == reverse("readiness:compare")


@pytest.mark.django_db
def test_a_lost_configuration_is_said(sign_in, owner):
    row = stored_as(owner.company, assessments.compute(BUSY) | {"version": "2019-7"})
    page = text(sign_in(owner).get(reverse("readiness:show", args=[row.pk])))
    assert "Computed with configuration 2019-7, which is not kept any more." in page
    assert "When each sign begins to count" not in page


def test_likely_without_the_open_answers():
    assert words.firmness(stored.opened(FIRST)) == "Likely: what you left open could still change it."


@pytest.mark.parametrize(
    "reasons",
    [
        [{"code": "gone", "numbers": {}}],
        [{"code": "share", "numbers": {"support": 25}}],
        [{"code": "share"}],
        [{}],
    ],
)
def test_a_reason_without_its_words_or_numbers_is_left_unsaid(reasons):
    kept = {"code": "can_pay", "numbers": {}}
    assert words.said([*reasons, kept]) == ["The shop can pay for six months of help."]


def test_codes_of_another_time_are_left_out():
    result = assessments.compute(BUSY)
    result["open"] = ["gone", "afford"]
    result["flips"] += [{"input": "gone", "from": 1, "to": 2, "becomes": "bridge"}]
    result["signals"] += [{"code": "gone", "score": 3}]
    result["signals"][0]["parts"] += [{"code": "gone", "score": 3}]
    page = answer_page.context(Current(BUSY, result, "", Assessment(answers=BUSY, result=result, pk=1)))
    assert [str(each["label"]) for each in page["open"]] == ["Whether the shop can pay for help"]
    assert "gone" not in str(page["flips"]) + str([signal["code"] for signal in page["signals"]])


@pytest.mark.django_db
def test_a_strangers_old_session_opens(client):
    session = client.session
    session[assessments.SESSION] = {"answers": BUSY, "result": FIRST, "plan": ""}
    session.save()
    assert "<h1>Hire part-time now.</h1>" in text(client.get(reverse("readiness:answer")))
