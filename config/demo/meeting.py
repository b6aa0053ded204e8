"""The weekly meeting of the sample's new colleague: a day, what waits for it, and what somebody will do."""

from datetime import time, timedelta

from onboarding import meetings, talks, weekly

VIDEO = "https://meet.example/lumi"


def write(onboarding) -> None:
    plan, manager, hire = onboarding, onboarding.manager, onboarding.hire
    weekly.set_up(plan, by=manager, weekday=weekly.suggested(plan), at=time(15), minutes=30, video_link=VIDEO)
    meetings.raise_point(plan, by=hire, text="Two people asked about washing. I could not find it anywhere.")
    meetings.raise_point(plan, by=hire, source="likes", text="The card with the name of the knitter.")
    meetings.raise_point(plan, by=manager, source="projects", text="A page with answers about wool care.")
    first = meetings.next_of(plan)
    meetings.add_action(
        first,
        by=manager,
        text="Write down how blankets are washed",
        owner=hire,
        due_on=plan.start_date + timedelta(days=4),
    )
    talks.write(plan, 30, by=manager, seen=0, body="Begin with easy tickets.", ready=False)
