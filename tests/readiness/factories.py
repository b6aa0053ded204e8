from readiness import assessments

BUSY = {
    "breath": 3,
    "support_hours": 25,
    "brand_hours": 12,
    "messages_day": 60,
    "well_day": 51,
    "oldest_days": 2.5,
    "trend": "more",
    "ratings": "same",
    "help": "no",
    "afford": "yes",
}
CALM = BUSY | {
    "breath": 0,
    "support_hours": 5,
    "brand_hours": 35,
    "messages_day": 10,
    "well_day": 40,
    "oldest_days": 0,
    "trend": "same",
    "ratings": "better",
}


def make_assessment(company, by=None, **answers):
    """A kept result: the busy shop, changed by `answers`."""
    return assessments.save(company=company, by=by, answers=BUSY | answers)


def typed(**answers):
    """The check as a browser posts it."""
    return {name: str(value) for name, value in (BUSY | answers).items() if value is not None}
