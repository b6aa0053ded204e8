"""An applicant has named referees, or one of those has answered: told to those who lead the job."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hiring import telling
from hiring.models import Application, ReferenceCall, WrittenReference
from hiring.models.references import Reply
from mailroom import told
from mailroom.models import How

NAMED, CAME_IN = "referees", "reference"


def register() -> None:
    rows = [
        (NAMED, gettext_lazy("An applicant has named referees"), "application", _look_named),
        (CAME_IN, gettext_lazy("A referee has answered"), "reference", _look_came_in),
    ]
    for key, label, noun, look in rows:
        told.register(key, label=label, default=How.DIGEST, roles=telling.BOSSES, look=look, noun=noun)


def named(application) -> None:
    told.tell(kind=NAMED, members=telling.leading(application.job), about=application.pk)


def came_in(written) -> None:
    told.tell(kind=CAME_IN, members=telling.leading(written.application.job), about=written.pk)


def _page(application) -> str:
    return f"{reverse('hiring:candidate', args=[application.pk])}?panel=references"


def _look_named(members, pks) -> dict[int, told.Thing]:
    rows = Application.objects.for_company(members[0].company_id).filter(pk__in=pks)
    rows = list(rows.select_related("job").order_by("pk"))
    see = telling.readers(members, rows)
    return {
        row.pk: told.Thing(see[row.pk], row.is_over, _page(row), partial(_say_named, row)) for row in rows
    }


def _say_named(application, reader) -> str:
    values = {"name": application.shown_name, "job": application.job.title}
    return _("%(name)s has named referees: %(job)s.") % values


def _look_came_in(members, pks) -> dict[int, told.Thing]:
    rows = WrittenReference.objects.for_company(members[0].company_id).filter(pk__in=pks)
    rows = list(rows.select_related("application__job", "referee").order_by("pk"))
    see = telling.readers(members, [row.application for row in rows])
    heard = set(ReferenceCall.objects.filter(referee__written__in=rows).values_list("referee", flat=True))
    return {
        row.pk: told.Thing(
            see[row.application_id],
            row.referee_id in heard or row.application.is_over,
            reverse("hiring:reference_call", args=[row.referee_id]),
            partial(_say_came_in, row),
        )
        for row in rows
    }


def _say_came_in(written, reader) -> str:
    values = {"referee": written.referee.shown_name, "name": written.application.shown_name}
    if written.reply == Reply.WRITTEN:
        return _("%(referee)s has answered about %(name)s.") % values
    if written.reply == Reply.TALK:
        return _("%(referee)s would rather talk about %(name)s.") % values
    return _("%(referee)s does not answer about %(name)s.") % values
