"""The e-mail address of an applicant, corrected after a mail did not arrive (mailroom.corrections)."""

from hiring.models import Application, Interview, Message, Offer, PoolInvitation, ReadOut, Referee, WorkSample
from vault import folding, trail


def correct(pk: int, email: str, by) -> None:
    """Writes the address into the application, in the caller's transaction. Raises LookupError."""
    rows = Application.objects.for_company(by.company).select_for_update(no_key=True, of=("self",))
    row = rows.filter(pk=pk).first()
    if row is None:
        raise LookupError(pk)
    row.email = email
    row.search = folding.fold(" ".join([row.name, row.email, row.phone]))
    row.keys_due = True
    row.save(update_fields=["email", "search", "keys_due"])
    trail.record(
        "application.address_corrected",
        company_id=row.company_id,
        actor_id=by.user_id,
        kind="application",
        pk=row.pk,
        fields=["email"],
    )


def _through(model):
    """For mails about an offer or an interview: the application behind it."""

    def correct_behind(pk, email, by):
        found = model.objects.for_company(by.company).filter(pk=pk).values_list("application", flat=True)
        correct(found.first(), email, by)

    return correct_behind


HOLDERS = {"application": correct, "offer": _through(Offer), "interview": _through(Interview)}
HOLDERS["pool_invitation"] = _through(PoolInvitation)
HOLDERS["sample"] = _through(WorkSample)
HOLDERS["read_out"] = _through(ReadOut)
HOLDERS["message"] = _through(Message)


def _of_referee(pk, email, by):
    """For mails to a referee: theirs, while they are kept."""
    rows = Referee.objects.for_company(by.company).filter(written=pk, forgotten_at=None)
    referee = rows.select_for_update(no_key=True, of=("self",)).first()
    if referee is None:
        raise LookupError(pk)
    Referee.objects.filter(pk=referee.pk).update(email=email)
    trail.record(
        "reference.address_corrected",
        company_id=referee.company_id,
        actor_id=by.user_id,
        kind="application",
        pk=referee.application_id,
        fields=["email"],
    )


HOLDERS["reference"] = _of_referee
