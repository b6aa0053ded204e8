"""The pages of bridge plans, for owners and managers."""

import re
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.panels import Panel
from config import standing
from readiness import bridging, deleted, repeated
from readiness.models import BridgePlan, BridgeStep
from tests.readiness.factories import CALM, make_assessment, typed

pytestmark = pytest.mark.django_db
HOME = reverse("readiness:home")


@pytest.fixture
def plan(owner):
    return bridging.begin(company=owner.company, kind="outsource", by=owner)


@pytest.fixture
def faq_plan(owner, monkeypatch):
    monkeypatch.setattr(repeated, "subjects", lambda company: [("Where is <b>my</b> order?", 41)])
    return bridging.begin(company=owner.company, kind="self_service", by=owner)


@pytest.fixture
def boss(sign_in, owner):
    return sign_in(owner)


@pytest.fixture
def boss_in(sign_in, owner):
    """boss_in(weeks=4): the same owner, so much later; sessions do not last that long."""

    @contextmanager
    def later(**delta):
        with time_machine.travel(timezone.now() + timedelta(**delta)):
            yield sign_in(owner)

    return later


def at(name, row, *more) -> str:
    return reverse(f"readiness:{name}", args=[row.pk, *more])


def text(response):
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def page(client, plan):
    return text(client.get(at("bridge", plan)))


def undo_of(shown, part) -> str:
    """The address of the first Undo that leads to `part`."""
    return re.search(rf'action="([^"]*{part}[^"]*\?mark=[^"]*)"', shown).group(1)


# -- beginning


def test_the_answer_begins_a_plan(boss, owner):
    row = make_assessment(owner.company, by=owner.user, **CALM)
    shown = text(boss.get(reverse("readiness:show", args=[row.pk])))
    assert shown.count("Begin this plan") == 3
    response = boss.post(reverse("readiness:bridge_begin", args=["chatbot"]))
    assert response.url == at("bridge", BridgePlan.objects.get(kind="chatbot"))


def test_a_stranger_is_led_to_an_account_first(client):
    client.post(reverse("readiness:check"), {name: str(value) for name, value in CALM.items()})
    shown = text(client.get(reverse("readiness:answer")))
    assert shown.count('href="/accounts/signup/?next=/readiness/">Begin this plan') == 3


def test_home_begins_what_is_not_under_way_and_lists_the_rest(boss, owner, plan):
    shown = text(boss.get(HOME))
    assert f'<a href="{at("bridge", plan)}">Help from outside</a>' in shown
    assert re.findall(r">Begin: (.*?)</button>", shown) == [
        "Let customers help themselves",
        "Tools that take over the simple part",
    ]


def test_home_says_how_a_plan_ended(boss, owner, plan):
    bridging.end(plan, by=owner, verdict="good_enough")
    shown = text(boss.get(HOME))
    assert ("Good enough as it is" in shown, "Begin: Help from outside" in shown) == (True, True)


@pytest.mark.parametrize("kind", ["nothing", "x" * 100, "agency"])
def test_an_unknown_kind_is_not_there(boss, kind):
    assert boss.post(reverse("readiness:bridge_begin", args=[kind])).status_code == 404
    assert BridgePlan.objects.count() == 0


def test_a_double_post_is_one_plan(boss):
    addresses = {boss.post(reverse("readiness:bridge_begin", args=["chatbot"])).url for _ in range(2)}
    assert (len(addresses), BridgePlan.objects.count()) == (1, 1)


# -- who may


@pytest.mark.parametrize("who", ["interviewer", "hire"])
def test_staff_may_nothing(request, sign_in, plan, who):
    client = sign_in(request.getfixturevalue(who))
    step = plan.steps.there().first()
    found = [client.get(at("bridge", plan)), client.post(at("bridge_step", step, "tick"))]
    assert [response.status_code for response in found] == [403, 403]
    assert BridgeStep.objects.get(pk=step.pk).done_at is None


def test_a_rival_sees_and_does_nothing(sign_in, rival, plan):
    client, step = sign_in(rival), plan.steps.there().first()
    found = [client.get(at("bridge", plan)), client.post(at("bridge_step", step, "tick"))]
    found += [
        client.post(at("bridge_decide", plan), {"decision": "stopped"}),
        client.post(at("bridge_delete", plan)),
    ]
    assert [response.status_code for response in found] == [404] * 4
    assert BridgePlan.objects.get().is_open


def test_a_manager_may_what_an_owner_may(sign_in, manager, plan):
    sign_in(manager).post(at("bridge_step", plan.steps.there().first(), "tick"))
    assert plan.steps.get(position=1).done_by == manager


def test_steps_of_a_deleted_plan_are_not_there(boss, owner, plan):
    step = plan.steps.there().first()
    deleted.delete(plan, by=owner)
    assert [
        boss.get(at("bridge", plan)).status_code,
        boss.post(at("bridge_step", step, "tick")).status_code,
    ] == [404, 404]


# -- steps


def test_a_tick_shows_who_and_its_undo_which_takes_it_back(boss, plan):
    step = plan.steps.there().first()
    assert boss.post(at("bridge_step", step, "tick")).url == at("bridge", plan) + "#steps"
    shown = page(boss, plan)
    assert ("Done by Olga" in shown, "1 of 6 done" in shown) == (True, True)
    assert boss.post(undo_of(shown, "steps")).url == at("bridge", plan)
    assert "0 of 6 done" in page(boss, plan)


def test_a_stale_undo_is_a_409(boss, plan):
    step = plan.steps.there().first()
    boss.post(at("bridge_step", step, "tick"))
    address = undo_of(page(boss, plan), "steps")
    boss.post(at("bridge_step", step, "open"))
    assert boss.post(address).status_code == 409


@pytest.mark.parametrize("verb", ["burn", "take-back-2", "x" * 90])
def test_an_unknown_verb_is_not_there(boss, plan, verb):
    assert boss.post(at("bridge_step", plan.steps.there().first(), verb)).status_code == 404


def test_a_step_is_renamed_removed_and_added(boss, plan):
    first, second = plan.steps.there()[:2]
    boss.post(at("bridge_step", first, "rename"), {"text": "Ask <b>Ann</b>"})
    boss.post(at("bridge_step", second, "remove"))
    boss.post(at("bridge_step_add", plan), {"text": "Call my sister"})
    shown = page(boss, plan)
    assert "Ask &lt;b&gt;Ann&lt;/b&gt;" in shown
    assert ("Ask two or three for an offer" in shown, "Call my sister" in shown) == (False, True)


@pytest.mark.parametrize("typed_text", ["", "   ", "x" * 201, "a\0b"])
def test_a_step_that_says_nothing_or_too_much_is_refused_beside_it(boss, plan, typed_text):
    response = boss.post(at("bridge_step_add", plan), {"text": typed_text})
    assert (response.status_code, 'id="id_text_error"' in text(response)) == (422, True)
    assert plan.steps.count() == 6


def test_a_name_with_a_nul_or_far_too_long_is_cut(boss, plan):
    step = plan.steps.there().first()
    boss.post(at("bridge_step", step, "rename"), {"text": "a\0" + "b" * 500})
    assert BridgeStep.objects.get(pk=step.pk).text == "a" + "b" * 199


def test_too_many_steps_are_a_sentence(boss, owner, plan, monkeypatch):
    monkeypatch.setattr(bridging, "MOST", 6)
    shown = text(boss.post(at("bridge_step_add", plan), {"text": "One more"}, follow=True))
    assert "That is enough for one plan: remove a step first." in shown


# -- the plan


def details(client, plan, **given):
    data = {"provider": "agency", "fee": "450,50", "look_on": plan.look_on.isoformat()}
    return client.post(at("bridge_details", plan), data | given)


def test_who_helps_and_for_how_much(boss, plan):
    assert details(boss, plan).status_code == 302
    shown = page(boss, plan)
    assert '<option value="agency" selected>An agency</option>' in shown
    assert 'name="fee" value="450.5"' in shown
    boss.post(undo_of(shown, "take-back"))
    assert BridgePlan.objects.get().fee is None


@pytest.mark.parametrize("kind", ["self_service", "chatbot"])
def test_only_help_from_outside_has_a_fee(boss, owner, kind):
    plan = bridging.begin(company=owner.company, kind=kind, by=owner)
    assert 'name="fee"' not in page(boss, plan)
    details(boss, plan)
    assert (BridgePlan.objects.get().provider, BridgePlan.objects.get().fee) == ("", None)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("provider", "robot"),
        ("fee", "-1"),
        ("fee", "1e18"),
        ("fee", "NaN"),
        ("look_on", ""),
        ("look_on", "soon"),
        ("look_on", "2020-01-01"),
        ("look_on", "9999-12-31"),
    ],
)
def test_a_wrong_detail_is_refused_beside_it_and_the_rest_is_kept(boss, plan, name, wrong):
    response = details(boss, plan, **{name: wrong})
    shown = text(response)
    assert (response.status_code, f'id="id_{name}_error"' in shown) == (422, True)
    assert name == "fee" or 'value="450,50"' in shown
    assert BridgePlan.objects.get().fee is None


def test_a_day_that_is_here_may_stay_but_not_be_chosen(boss_in, plan):
    with boss_in(weeks=6) as client:
        assert details(client, plan).status_code == 302
        today = timezone.localdate().isoformat()
        assert details(client, plan, look_on=today).status_code == 422


def test_an_ended_plan_shows_no_form_and_takes_none(boss, owner, plan):
    bridging.end(plan, by=owner, verdict="stopped")
    shown = page(boss, plan)
    assert ("Take it up again" in shown, 'class="fh-tick"' in shown, 'name="fee"' in shown) == (
        True,
        False,
        False,
    )
    assert "This plan has ended. Take it up again first." in text(
        boss.post(at("bridge_step_add", plan), {"text": "One more"}, follow=True)
    )


def test_it_is_taken_up_again(boss, owner, plan):
    bridging.end(plan, by=owner, verdict="stopped")
    boss.post(at("bridge_reopen", plan))
    assert BridgePlan.objects.get().is_open


def test_beside_another_it_is_not_and_says_so(boss, owner, plan):
    bridging.end(plan, by=owner, verdict="stopped")
    bridging.begin(company=owner.company, kind="outsource", by=owner)
    assert "Another plan of this kind is under way." in text(
        boss.post(at("bridge_reopen", plan), follow=True)
    )


def test_delete_and_its_undo(boss, plan):
    shown = text(boss.post(at("bridge_delete", plan), follow=True))
    assert "The plan is deleted, and can be put back for 14 days." in shown
    assert BridgePlan.objects.count() == 0
    boss.post(reverse("readiness:put_back", args=["bridge", plan.pk]))
    assert BridgePlan.objects.get() == plan


# -- looking again


def test_before_its_day_nothing_is_asked(boss, plan):
    shown = page(boss, plan)
    assert ('id="look"' in shown, "we remind you by mail, once." in shown) == (False, True)


def test_on_its_day_the_check_and_an_import_are_offered(boss_in, plan):
    with boss_in(weeks=4, days=1) as client:
        shown = page(client, plan)
    assert ("Has it helped?" in shown, f'href="{reverse("readiness:upload")}"' in shown) == (True, True)
    assert re.findall(r'name="decision" value="(\w+)"', shown) == [
        "good_enough",
        "hire_now",
        "go_on",
        "stopped",
    ]


def test_a_new_answer_shows_before_and_now(boss_in, owner):
    make_assessment(owner.company, by=owner.user)
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        plan = bridging.begin(company=owner.company, kind="chatbot", by=owner)
    with boss_in(weeks=3) as client:
        client.post(reverse("readiness:check"), typed(messages_day=48, well_day=60))
        shown = page(client, plan)
    assert "<h2>From 300 to 240 messages a week: 20 % fewer.</h2>" in shown
    assert '<td class="fh-num">−20 %</td>' in shown
    assert "Good enough</button>" in shown


@pytest.mark.parametrize(
    ("decision", "leads", "verdict"),
    [
        ("good_enough", None, "good_enough"),
        ("stopped", None, "stopped"),
        ("hire_now", "/hiring/start/", "hire_now"),
    ],
)
def test_a_decision_ends_the_plan(boss, plan, decision, leads, verdict):
    response = boss.post(at("bridge_decide", plan), {"decision": decision})
    assert (response.url, BridgePlan.objects.get().verdict) == (leads or at("bridge", plan), verdict)


def test_a_decision_is_taken_back(boss, plan):
    boss.post(at("bridge_decide", plan), {"decision": "good_enough"})
    boss.post(undo_of(page(boss, plan), "take-back"))
    assert BridgePlan.objects.get().is_open


def test_another_four_weeks(boss_in, plan):
    with boss_in(weeks=5) as client:
        client.post(at("bridge_decide", plan), {"decision": "go_on"})
        assert BridgePlan.objects.get().look_on == timezone.localdate() + timedelta(weeks=4)


@pytest.mark.parametrize("decision", ["", "maybe", "a\0b"])
def test_no_decision_decides_nothing_and_says_so(boss, plan, decision):
    shown = text(boss.post(at("bridge_decide", plan), {"decision": decision}, follow=True))
    assert "Choose one of the buttons." in shown
    assert BridgePlan.objects.get().is_open


def test_deciding_twice_decides_once(boss, plan):
    for decision in ("good_enough", "stopped"):
        boss.post(at("bridge_decide", plan), {"decision": decision})
    assert BridgePlan.objects.get().verdict == "good_enough"


def test_home_of_the_shop_leads_here_on_its_day(boss_in, owner, plan):
    make_assessment(owner.company, by=owner.user)
    with boss_in(weeks=4, days=1) as client:
        shown = text(client.get("/"))
    assert f'href="{at("bridge", plan)}">Look again' in shown
    assert "It is time to look whether your bridge holds." in shown


def test_applications_to_read_come_before_a_bridge(owner, plan):
    panels = [Panel(3, standing.BRIDGE), Panel(20, standing.HIRING, {"jobs": [1]}), Panel(40, standing.CHECK)]
    assert [panel.order for panel in standing.ordered(panels)] == [20, 3, 40]
    assert [panel.order for panel in standing.ordered(panels[::2])] == [3, 40]


# -- questions and answers


def posted(plan, **more):
    entries = plan.entries.there()
    data = {f"question-{entry.pk}": entry.question for entry in entries}
    data |= {f"answer-{entry.pk}": "In three days." for entry in entries}
    return data | {"new_question": "", "seen": "1", "do": "save"} | more


def test_repeated_questions_stand_there_with_their_number(boss, faq_plan):
    shown = page(boss, faq_plan)
    assert ('value="Where is &lt;b&gt;my&lt;/b&gt; order?"' in shown, "asked 41 times" in shown) == (
        True,
        True,
    )
    assert "Copy all of it" not in shown


def test_an_answer_is_saved_copied_and_taken_back(boss, faq_plan):
    assert boss.post(at("bridge_faq", faq_plan), posted(faq_plan)).url == at("bridge", faq_plan) + "#faq"
    shown = page(boss, faq_plan)
    assert 'data-copy="#faq-html"' in shown
    assert "&lt;h2&gt;Where is &amp;lt;b&amp;gt;my" in shown
    boss.post(undo_of(shown, "faq"))
    assert faq_plan.entries.get().answer == ""


def test_a_question_is_added_and_removed_without_losing_what_was_typed(boss, faq_plan):
    boss.post(at("bridge_faq", faq_plan), posted(faq_plan, new_question="Abroad?"))
    first, second = faq_plan.entries.there()
    assert (first.answer, second.question) == ("In three days.", "Abroad?")
    boss.post(at("bridge_faq", faq_plan), posted(faq_plan, seen="2", do=f"remove-{first.pk}"))
    assert [entry.answer for entry in faq_plan.entries.there()] == ["In three days."]


def test_what_the_mail_repeats_since_is_added(boss, faq_plan, monkeypatch):
    monkeypatch.setattr(repeated, "subjects", lambda company: [("Sizes?", 9), ("Refund?", 8)])
    assert "Add 2 repeated questions from your mail" in page(boss, faq_plan)
    boss.post(at("bridge_faq", faq_plan), posted(faq_plan, do="repeated"))
    assert [entry.question for entry in faq_plan.entries.there()][1:] == ["Sizes?", "Refund?"]


def test_an_empty_question_is_refused_and_the_answer_kept(boss, faq_plan):
    pk = faq_plan.entries.get().pk
    response = boss.post(at("bridge_faq", faq_plan), posted(faq_plan, **{f"question-{pk}": ""}))
    assert (response.status_code, "In three days." in text(response)) == (422, True)
    assert faq_plan.entries.get().answer == ""


def test_a_stale_page_shows_both(boss, owner, faq_plan):
    boss.post(at("bridge_faq", faq_plan), posted(faq_plan))
    pk = faq_plan.entries.get().pk
    response = boss.post(at("bridge_faq", faq_plan), posted(faq_plan, **{f"answer-{pk}": "In a week."}))
    shown = text(response)
    assert (response.status_code, "In three days." in shown, "In a week." in shown) == (409, True, True)
    assert faq_plan.entries.get().answer == "In three days."


def test_a_stale_page_that_does_not_know_a_new_question_shows_both(boss, faq_plan):
    stale = posted(faq_plan)
    boss.post(at("bridge_faq", faq_plan), posted(faq_plan, new_question="Abroad?"))
    assert boss.post(at("bridge_faq", faq_plan), stale).status_code == 409


@pytest.mark.parametrize(
    "do", ["remove-", "remove-x", "remove-٣", "remove-999999999999999999999", "burn", ""]
)
def test_a_strange_button_saves(boss, faq_plan, do):
    assert boss.post(at("bridge_faq", faq_plan), posted(faq_plan, do=do)).status_code == 302
    assert faq_plan.entries.get().answer == "In three days."


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30])
def test_a_strange_revision_is_none(boss, faq_plan, seen):
    assert boss.post(at("bridge_faq", faq_plan), posted(faq_plan, seen=seen)).status_code == 302


def test_other_plans_have_no_questions(boss, plan):
    assert boss.post(at("bridge_faq", plan), {"do": "save"}).status_code == 404
    assert 'id="faq"' not in page(boss, plan)


# -- queries


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(boss, owner, faq_plan, django_assert_num_queries, rows):
    make_assessment(owner.company, by=owner.user)
    for n in range(rows):
        bridging.tick(bridging.add(faq_plan, by=owner, text=f"Step {n}"), by=owner, done=True)
        faq_plan.entries.create(company=owner.company, question=f"Q{n}", answer="A", position=9)
    page(boss, faq_plan)
    with django_assert_num_queries(7):
        page(boss, faq_plan)


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_home(boss, owner, plan, django_assert_num_queries, rows):
    for _ in range(rows):
        again = bridging.begin(company=owner.company, kind="chatbot", by=owner)
        bridging.end(again, by=owner, verdict="stopped")
    boss.get(HOME)
    with django_assert_num_queries(6):
        boss.get(HOME)
