"""A plan in which replies are written: what its tests do again and again."""

from onboarding import autonomy, drafts
from onboarding.reply_kinds import Level


def write(plan, **values):
    defaults = {"situation": "other", "channel": "email", "message": "Where is it?", "body": "On Friday."}
    return drafts.begin(plan, by=plan.hire, **(defaults | values))


def look(draft, by, **values):
    defaults = {"body": "On Friday.", "tone": True, "accuracy": True, "comment": "", "good": True}
    return drafts.review(draft, by=by, **(defaults | values))


def freely(plan, owner, level=Level.SAMPLED):
    autonomy.change(plan, by=owner, seen=autonomy.level_of(plan), level=level, reason="Well done")


def sample(plan, **values):
    defaults = {"situation": "other", "channel": "email", "body": "It came today."}
    return drafts.sample(plan, by=plan.hire, **(defaults | values))
