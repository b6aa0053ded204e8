"""What the panel of an offer says besides its versions: who has to look at it, what was asked, and what changed."""

from hiring import approvals, contract, offer_questions, offer_words, terms_lists
from hiring.models import Decision, OfferState
from hiring.offer_forms import AnswerForm, CommentForm, UntilForm


def context(member, application, versions, forms) -> dict:
    """`versions` are the offers of the application, the newest first."""
    draft = next((row for row in versions if row.state == OfferState.DRAFT), None)
    table = next((row for row in versions if row.state == OfferState.SENT), None)
    ended = versions[0] if versions and versions[0].state == OfferState.EXPIRED else None
    company = application.job.company
    approval = approvals.newest(draft) if draft else None
    return {
        "approval": approval,
        "asks_owner": approvals.needed(member),
        "stands": bool(approval) and _stands(draft, approval),
        "open_terms": [str(line.item.label) for line in terms_lists.still_open(draft)] if draft else [],
        "changed": offer_words.changed(draft or table) if draft or table else [],
        "expired_offer": ended,
        "offer_questions": offer_questions.of(table or ended) if table or ended else [],
        "comment_form": forms.get("comment_form") or CommentForm(auto_id="comment_%s"),
        "answer_form": forms.get("answer_form") or AnswerForm(auto_id="answer_%s"),
        "answer_to": forms.get("answer_to"),
        "until_form": forms.get("until_form") or UntilForm(company=company, auto_id="until_%s"),
    }


def _stands(draft, approval) -> bool:
    """Whether the owner's yes is of the words as they are now: a template may have changed since."""
    if approval.decision != Decision.APPROVED or contract.gaps(draft):
        return False
    return contract.sha256(contract.text(draft)) == approval.sha256
