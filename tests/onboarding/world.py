from onboarding import (
    arrivals,
    filling,
    friction,
    goals,
    library,
    meetings,
    papers,
    probation,
    setups,
    together,
)
from onboarding.models import DayOff, Question
from tests.onboarding import goals as goal_rows
from tests.onboarding import handbook_pages, replies, weeks
from tests.onboarding.factories import make_onboarding, step_of


def build(world: dict) -> None:
    company = world["company"]
    onboarding = make_onboarding(company, world["hire"], world["owner"])
    together.add(onboarding, by=world["owner"], mails=[{"message": "Where is it?", "reply": "On its way"}])
    world["together"] = onboarding.together.get().pk
    question = Question.objects.create(company=company, onboarding=onboarding, body="Where is the printer?")
    setup = setups.prepare(company=company, job_ref="job:1", job_title="Support person")
    example = library.add(
        company, by=world["owner"], topic="Wrong size", message="Too small", reply="We change it"
    )
    point = friction.add(
        company, by=world["owner"], kind="stumble", body="No size chart", mark=f"world{company.pk}"
    )
    world |= replies.build(onboarding, world)
    weekly = weeks.set_up(onboarding)
    meeting = meetings.next_of(onboarding)
    raised = meetings.raise_point(onboarding, by=world["hire"], text="The printer")
    action = meetings.add_action(
        meeting, by=world["hire"], text="Order labels", owner=world["hire"], due_on=weekly.starts_on
    )
    world |= handbook_pages.world_of(world)
    papers.switch_on(company, by=world["owner"])
    number = papers.enter(onboarding, kind="bank", value="FI2112345600000785", by=world["owner"])
    world |= {
        "paper_kind": number.kind,
        "friction": point.pk,
        "sighting": point.sightings.get().pk,
        "meeting": meeting.pk,
        "point": raised.pk,
        "talk_day": 30,
        "decision": probation.decide(
            onboarding, by=world["owner"], seen=0, what="continue", reason="All is well"
        ).pk,
        "action": action.pk,
        "onboarding": onboarding.pk,
        "step": step_of(onboarding, "welcome").pk,
        "paper": step_of(onboarding, "paperwork").pk,
        "reading": step_of(onboarding, "ask_first").pk,
        "reply": step_of(onboarding, "practice_late").pk,
        "question": question.pk,
        "account_key": "shop",
        "plan_template": onboarding.version.template_id,
        "plan_ref": "values",
        "day_off": DayOff.objects.create(company=company, day="2027-03-01", name="Stocktaking").pk,
        "plan_version": 1,
        "setup": setup.pk,
        "setup_item": setup.items.earliest("position").pk,
        "example": str(example.pk),
        "welcome_token": arrivals.welcome_link(onboarding),
    }
    world["own_form"] = _own_form(world, onboarding).pk
    _goals(world, onboarding)


def _goals(world, onboarding) -> None:
    goal = goal_rows.make_goal(onboarding)
    day = onboarding.today()
    reading = goals.read(goal, goal_rows.said(day, 12), by=onboarding.manager)
    world |= {"goal": goal.pk, "goal_number": reading.pk, "goal_kind": "csat"}


def _own_form(world, onboarding):
    asks = [filling.Ask("Your shirt size?")]
    day = onboarding.start_date
    return filling.compose(onboarding, by=world["owner"], title="About you", due_on=day, asks=asks)
