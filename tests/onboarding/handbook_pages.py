"""Pages of a handbook for tests."""

from onboarding import handbook, handbook_proposals
from onboarding.models import HandbookPage

LETTER = "Say sorry first.\n\nAsk for a photo."


def make_page(by, title="Broken things", body=LETTER, **fields) -> HandbookPage:
    values = {"shelf": "policies", "language": "en"} | fields
    return handbook.create(company=by.company, by=by, title=title, body=body, **values)


def rewrite(page, by, body="Say sorry first.\n\nAsk for two photos.", **fields) -> HandbookPage:
    page.refresh_from_db()
    values = {"seen": page.revision, "title": page.label, "body": body} | fields
    assert handbook.write(page, by=by, **values)
    page.refresh_from_db()
    return page


def world_of(world) -> dict:
    """A page in two versions, one that was put away, and a proposal of the new hire."""
    page = rewrite(make_page(world["owner"]), world["owner"])
    gone = make_page(world["owner"], title="Gone")
    handbook.archive(gone, by=world["owner"])
    words = {"title": "Broken", "body": "Shorter.", "reason": "Too long."}
    proposal = handbook_proposals.propose(page, by=world["hire"], number=2, **words)
    return {
        "handbook_page": page.pk,
        "handbook_gone": gone.pk,
        "handbook_proposal": proposal.pk,
        "handbook_key": "tone",
        "handbook_number": 1,
    }
