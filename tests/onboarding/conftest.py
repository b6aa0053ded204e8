import pytest
import time_machine

from onboarding import drafts, steps
from tests.onboarding.factories import make_onboarding
from tests.onboarding.replying import look, write

MONDAY_MORNING = "2026-12-07 07:30 +0000"


@pytest.fixture
def clock():
    """The morning of the first day; clock.move_to("2026-12-08 09:00 +0000") goes on."""
    with time_machine.travel(MONDAY_MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def plan(clock, company, hire, owner):
    """Sara's plan with Olga as manager, as it was made two weeks before the first day."""
    clock.move_to("2026-11-20 08:00 +0000")
    onboarding = make_onboarding(company, hire, owner)
    clock.move_to(MONDAY_MORNING)
    return onboarding


@pytest.fixture
def ready(plan, owner):
    """Sara's plan with her accounts given: replies to customers may be written."""
    steps.did(plan, "accounts_given", by=owner)
    return plan


@pytest.fixture
def given(ready, hire):
    """A reply that waits for a yes."""
    draft = write(ready)
    drafts.submit(draft, by=hire)
    return draft


@pytest.fixture
def approved(given, owner):
    look(given, owner)
    return given
