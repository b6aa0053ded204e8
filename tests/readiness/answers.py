"""Answers for the tests of the pure cores: one familiar shop, and strategies for any."""

from hypothesis import strategies as st

from readiness.scoring import Inputs

# The shop of the result page everybody knows: 25 hours for 300 messages a week.
BUSY = Inputs(
    breath=3,
    support_hours=25,
    brand_hours=12,
    messages_day=60,
    well_day=51,
    oldest_days=2.5,
    trend="more",
    ratings="same",
    helpers=0,
    afford="yes",
)
CALM = Inputs(
    breath=0,
    support_hours=5,
    brand_hours=35,
    messages_day=10,
    well_day=40,
    oldest_days=0,
    trend="same",
    ratings="better",
    helpers=0,
    afford="yes",
)


def number(low, high):
    return st.none() | st.floats(low, high, allow_nan=False).map(lambda value: round(value, 3))


def whole(low, high):
    return st.none() | st.integers(low, high)


FIELDS = {
    "breath": whole(0, 4),
    "keeping_up": whole(0, 4),
    "support_hours": number(0, 60),
    "brand_hours": number(0, 60),
    "messages_day": number(1, 200),
    "well_day": number(1, 200),
    "handle_minutes": number(1, 30),
    "available_hours": number(1, 60),
    "handover_hours": number(0, 50),
    "oldest_days": number(0, 14),
    "ratings": st.sampled_from([None, "better", "same", "worse", "much_worse"]),
    "stars_before": number(1, 5),
    "stars_now": number(1, 5),
    "reviews_now": whole(0, 200),
    "low_before": number(0, 50),
    "low_now": number(0, 50),
    "resolution_before": number(1, 100),
    "resolution_now": number(1, 100),
    "satisfied": whole(0, 50),
    "asked": whole(50, 99),
    "sales_before": number(1, 999),
    "sales_now": number(1, 999),
    "trend": st.sampled_from([None, "fewer", "same", "more", "much_more"]),
    "messages_before": number(1, 200),
    "afford": st.sampled_from([None, "no", "some", "yes", "not_sure"]),
    "repeatable": number(0, 100),
}

inputs = st.fixed_dictionaries(FIELDS).map(Inputs.of)

# Which way is worse for the shop.
WORSE_UP = (
    "breath", "keeping_up", "support_hours", "messages_day", "handle_minutes", "handover_hours", "oldest_days",
    "low_now", "resolution_now", "sales_before",
)  # fmt: skip
WORSE_DOWN = (
    "brand_hours",
    "well_day",
    "available_hours",
    "stars_now",
    "satisfied",
    "sales_now",
    "messages_before",
)
