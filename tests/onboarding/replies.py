"""Replies, rules and freedom for the world of all pages."""

from decimal import Decimal

from onboarding import autonomy, drafts, escalation, steps
from onboarding.models import FreedomQuestion
from onboarding.reply_kinds import Level
from tests.onboarding.factories import step_of


def build(onboarding, world) -> dict:
    """One reply being written, one that waits, one with a yes; a level that was changed, and a rule."""
    hire, boss = world["hire"], world["owner"]
    steps.did(onboarding, "accounts_given", by=boss)
    words = {
        "situation": "other",
        "channel": "email",
        "message": "Where is it?",
        "body": "It comes on Friday.",
    }
    mine, given, approved = (drafts.begin(onboarding, by=hire, **words) for _ in range(3))
    for draft in (given, approved):
        drafts.submit(draft, by=hire)
    marks = {"tone": True, "accuracy": True, "good": True, "comment": "As it should be"}
    drafts.review(approved, by=boss, body="It comes on Friday.", **marks)
    FreedomQuestion.objects.create(company=onboarding.company, onboarding=onboarding, week=2)
    change = autonomy.change(onboarding, by=boss, seen=Level.ALL, level=Level.SAMPLED, reason="Well done")
    refund = {"amount": Decimal(50), "currency": "EUR"}
    escalation.write(company=world["company"], by=boss, code="refund", seen=0, **refund)
    return {
        "draft": mine.pk,
        "given_draft": given.pk,
        "approved_draft": approved.pk,
        "freedom_change": change.pk,
        "rule": "refund",
        "gate": step_of(onboarding, "gate_1").pk,
    }
