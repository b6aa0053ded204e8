"""What the panel of references shows: who may be asked, who was, and what stands open. Plain values, few queries."""

from hiring import facts, rules, written_references
from hiring.models import RefereesAsked, WrittenReference
from hiring.models.references import Again, Reply
from hiring.reference_forms import RefereeForm
from hiring.undo_addresses import written_address

NOT_ASKABLE = {Reply.UNKNOWN, Reply.REFUSED}


def context(member, application, forms) -> dict:
    """The same number of queries for one referee and for four."""
    rows = application.referees.select_related("call", "agreed_by").prefetch_related("tries")
    rows, standing = list(rows.order_by("pk")), _standing(application)
    for row in rows:
        _describe(row, standing.get(row.pk), member, application)
    return {
        "referees": rows,
        "facts": facts.facts_of(application),
        "names_asked": RefereesAsked.objects.filter(application=application).select_related("by").first(),
        "may_ask_names": application.is_active and bool(application.email),
        "referee_form": forms.get("referee_form") or RefereeForm(auto_id="referee_%s"),
        "weak": rules.weak_skills(application),
    }


def _standing(application) -> dict[int, WrittenReference]:
    rows = WrittenReference.objects.filter(application=application, cancelled_at=None)
    return {row.referee_id: row for row in rows}


def _describe(row, written, member, application):
    row.application = application
    row.called = bool(getattr(row, "call", None))
    row.written_one = written
    row.last_try = next(reversed(row.tries.all()), None)
    row.used = bool(row.called or written or row.last_try)
    if written:
        written.referee, written.application = row, application
        written.state = written_references.state(written)
        written.undo = written_address(written, member)
        written.empty = empty(written)
    open_again = written is None or written.has_expired
    row.may_write = row.may_be_asked and bool(row.email) and open_again and application.is_active


def empty(written) -> int:
    """How many questions they left out, of those who wrote. It tells; people judge."""
    if written.reply != Reply.WRITTEN:
        return 0
    left = sum(1 for key, _words in written.questions if not written.answers.get(key))
    return left + (not written.again)


def wrote(written) -> dict | None:
    """Their answers beside the questions, for the page of the call; None while there is nothing to read."""
    if written is None or not written.reply:
        return None
    lines = [(question, written.answers.get(key, "")) for key, question in written_references.worded(written)]
    return {
        "row": written,
        "lines": lines if written.reply == Reply.WRITTEN else [],
        "again": Again(written.again).label if written.again else "",
        "unsure": written.again in {Again.UNSURE, Again.NO},
        "empty": empty(written),
    }
