from datetime import date

from onboarding import plans
from onboarding.models import Onboarding, Step
from tests.factories import make_member

MONDAY = date(2026, 12, 7)


def make_onboarding(company, hire=None, manager=None, **fields) -> Onboarding:
    """A running plan that starts on Monday 7 December 2026, Monday to Friday."""
    hire = hire or make_member(company, "hire")
    defaults = {"start_date": MONDAY, "weekdays": [0, 1, 2, 3, 4], "job_title": "Support person"}
    return plans.start(
        company=company,
        by=manager,
        hire=hire,
        manager=manager or make_member(company, "owner"),
        **(defaults | fields),
    )


def step_of(onboarding, key) -> Step:
    return Step.objects.select_related("onboarding").get(onboarding=onboarding, key=key)
