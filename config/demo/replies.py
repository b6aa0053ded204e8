"""Sara's first replies: one that Mika changed, one that is ready to go, one that waits."""

from decimal import Decimal

from onboarding import drafts, escalation, steps

MEANWHILE = "Thank you for writing. I am asking my colleague Mika and will write again by tomorrow at noon."
LATE = "Hello, my blanket was to be here on Wednesday and the tracking has said “on its way” since Monday. Is it lost?"
WIDER = "Could you weave the grey one 20 cm wider? We have a very large sofa. Of course I would pay more."
WASHED = "Can I wash it at 40 degrees, or does it shrink?"


def write(onboarding, *, owner, manager) -> None:
    refund = {"amount": Decimal(50), "currency": "EUR", "who": manager, "meanwhile": MEANWHILE}
    escalation.write(company=onboarding.company, by=owner, code="refund", seen=0, **refund)
    steps.did(onboarding, "accounts_given", by=owner)
    _changed(onboarding, manager)
    _ready(onboarding, manager)
    draft = _begin(
        onboarding, WIDER, "other", "Thank you for asking. We can make it 20 cm wider.", ["custom"]
    )
    drafts.submit(draft, by=onboarding.hire)
    _begin(onboarding, LATE, "practice_late", "", [])


def _begin(onboarding, message, situation, body, marked):
    words = {"message": message, "body": body, "marked": marked}
    return drafts.begin(onboarding, by=onboarding.hire, situation=situation, channel="email", **words)


def _changed(onboarding, manager):
    text = "Hello {{ customer.first_name }}, we are sorry. It will be with you soon."
    draft = _begin(onboarding, LATE, "practice_late", text, [])
    drafts.submit(draft, by=onboarding.hire)
    better = (
        "Hello {{ customer.first_name }}, it will be with you on Thursday. We are sorry that it took longer."
    )
    why = "Say the date first, then sorry: it is what she asked."
    drafts.review(draft, by=manager, body=better, tone=True, accuracy=True, comment=why, good=True)
    drafts.send(draft, by=onboarding.hire)


def _ready(onboarding, manager):
    text = "Yes: wash it at 30 degrees with wool soap and dry it lying flat. At 40 degrees it shrinks."
    draft = _begin(onboarding, WASHED, "other", text, [])
    drafts.submit(draft, by=onboarding.hire)
    drafts.review(draft, by=manager, body=text, tone=True, accuracy=True, comment="", good=True)
