"""Forms, catalogue and list of bridge plans."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from readiness import bridge_effect, bridge_steps, bridging, panels
from readiness.bridge_forms import DetailsForm, StepForm
from readiness.models import Bridge, BridgePlan, BridgeStep
from readiness.trail_words import SENTENCES
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
LANGUAGES = ["fi", "sv", "pl", "ar", "zh-hans"]


@pytest.fixture
def plan(owner):
    return bridging.begin(company=owner.company, kind="outsource", by=owner)


def details(plan, **given) -> DetailsForm:
    return DetailsForm({"provider": "", "fee": "", "look_on": plan.look_on.isoformat()} | given, plan=plan)


# -- details


@pytest.mark.parametrize(
    ("typed", "fee"),
    [
        ("", None),
        ("0", Decimal("0.00")),
        ("450,5", Decimal("450.50")),
        ("٤٥٠", Decimal("450.00")),
        ("0.005", Decimal("0.00")),
    ],
)
def test_a_fee_is_kept_to_the_cent(plan, typed, fee):
    form = details(plan, fee=typed)
    assert (form.is_valid(), form.values()["fee"]) == (True, fee)


def test_a_fee_is_in_the_money_of_the_shop(plan):
    plan.company.currency = "SEK"
    assert str(DetailsForm(plan=plan).fields["fee"].label) == "Fee a month, SEK"


def test_a_form_starts_with_what_is_kept(plan):
    plan.provider, plan.fee = "freelancer", Decimal("1234567.89")
    form = DetailsForm(plan=plan)
    assert [form["provider"].value(), form["fee"].value()] == ["freelancer", "1234567.89"]


def test_without_these_fields_they_stay_as_they_are(owner):
    plan = BridgePlan(
        kind="chatbot", company=owner.company, provider="agency", fee=Decimal(9), look_on=timezone.localdate()
    )
    form = DetailsForm({"look_on": plan.look_on.isoformat()}, plan=plan)
    assert form.is_valid()
    assert form.values() == {"provider": "agency", "fee": Decimal(9), "look_on": plan.look_on}


@pytest.mark.parametrize(
    ("days", "is_right"), [(-1, False), (0, False), (1, True), (3000, True), (4000, False)]
)
def test_a_new_day_is_one_to_come_and_not_too_far(plan, days, is_right):
    day = timezone.localdate() + timedelta(days=days)
    assert details(plan, look_on=day.isoformat()).is_valid() is is_right


@pytest.mark.parametrize("text", ["x" * 200, "  Ask my sister  ", "<b>Ask</b>", "اسأل أختي"])
def test_a_step_may_say_anything(text):
    form = StepForm({"text": text})
    assert (form.is_valid(), form.cleaned_data["text"]) == (True, text.strip())


@pytest.mark.parametrize("text", ["", " ", "x" * 201, "a\0b", None])
def test_a_step_says_something_that_fits(text):
    assert list(StepForm({"text": text}).errors) == ["text"]


# -- the catalogue


def test_the_kinds_are_those_of_the_advice():
    from readiness import advice

    assert set(Bridge.values) == {advice.SELF_SERVICE, advice.CHATBOT, advice.OUTSOURCE}
    assert set(bridge_steps.STEPS) == set(Bridge)


def test_every_page_of_a_step_is_there():
    pages = {known.page for steps in bridge_steps.STEPS.values() for known in steps if known.page}
    assert {reverse(page) for page in pages} == {reverse("readiness:help_desks"), reverse("readiness:costs")}


@pytest.mark.parametrize("kind", Bridge.values)
def test_no_step_is_longer_than_its_own_words_may_be(kind):
    most = BridgeStep._meta.get_field("text").max_length
    assert all(len(str(known.text)) <= most for known in bridge_steps.STEPS[kind])


def test_a_key_of_another_kind_or_of_yesterday_still_says_something(plan):
    step = BridgeStep(plan=plan, key="videos")
    assert (bridge_steps.known_of(step), bridge_steps.label(step)) == (None, "videos")


def test_the_same_key_speaks_for_each_kind(owner, plan):
    tools = bridging.begin(company=owner.company, kind="chatbot", by=owner)
    said = {bridge_steps.label(BridgeStep(plan=each, key="read")) for each in (plan, tools)}
    assert said == {"Read their first twenty answers", "After a week, read twenty of its answers"}


# -- the list


def test_the_list_of_a_shop_is_its_own(owner, rival, plan):
    found = bridging.listed(rival.company)
    assert (found["running"], found["ended"], len(found["left"])) == ([], [], 3)


def test_running_and_ended_the_newest_first(owner, plan):
    bridging.end(plan, by=owner, verdict="stopped")
    newer = bridging.begin(company=owner.company, kind="outsource", by=owner)
    found = bridging.listed(owner.company)
    assert (found["running"], found["ended"]) == ([newer], [plan])
    assert [code for code, _name in found["left"]] == ["self_service", "chatbot"]


# -- telling


def test_every_verb_has_its_words(owner, plan):
    step = plan.steps.there().first()
    bridging.tick(step, by=owner, done=True)
    bridging.tick(step, by=owner, done=False)
    bridging.go_on(plan, by=owner)
    bridging.end(plan, by=owner, verdict="stopped")
    bridging.reopen(plan, by=owner)
    told = set(TrailEntry.objects.filter(action__startswith="bridge.").values_list("action", flat=True))
    assert told <= set(SENTENCES)
    assert len(told) == 5


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", Bridge.values)
def test_every_language_has_the_page(sign_in, owner, kind, language):
    plan = bridging.begin(company=owner.company, kind=kind, by=owner)
    owner.user.language = language
    owner.user.save()
    response = sign_in(owner).get(reverse("readiness:bridge", args=[plan.pk]))
    assert (response.status_code, response.headers["Content-Language"]) == (200, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_what_has_changed(language):
    before = {"messages": 300, "full": 1.18, "counted": False}
    with translation.override(language):
        for now in (240, 300, 360):
            given = {"messages": now, "full": 0.8, "counted": True}
            found = [bridge_effect._messages(before, given), bridge_effect._full(before, given)]
            assert all(found)
        assert bridge_effect._change(300, 240).startswith("−")


def test_home_needs_no_answer_to_ask(owner, plan):
    BridgePlan.objects.update(look_on=timezone.localdate())
    assert [panel.template for panel in panels.for_member(owner)] == [
        "readiness/_panel_bridge.html",
        "readiness/_panel.html",
    ]
