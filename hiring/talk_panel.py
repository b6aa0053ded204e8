"""The times of one applicant, as the panels of the call and of the interview show them."""

from hiring.models import Interview
from hiring.talk_forms import InterviewForm
from hiring.undo_addresses import talk_address


def times(member, application, forms, **initial) -> dict:
    """`initial` is what the form of another time begins with; `forms` may hold one that was refused."""
    planned = Interview.objects.filter(application=application, cancelled_at=None).order_by("starts_at")
    form = forms.get("interview_form") or InterviewForm(initial=initial, auto_id="plan_%s")
    rows = list(planned)
    for row in rows:
        row.undo = talk_address(row, member)
    return {"interviews": rows, "interview_form": form}
