"""An applicant asks something on their page: told to those who lead the job, until somebody has answered."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hiring import answering, telling
from hiring.models import Message, MessageKind
from mailroom import told
from mailroom.models import How

KIND = "message"


def register() -> None:
    told.register(
        KIND,
        label=gettext_lazy("An applicant asks something"),
        default=How.ONCE,
        roles=telling.BOSSES,
        look=look,
        noun=KIND,
    )


def asked(message, application) -> None:
    if not application.is_test:
        told.tell(kind=KIND, members=telling.leading(application.job), about=message.pk)


def answered(application) -> None:
    """It is new to nobody any more."""
    asked = Message.objects.filter(application=application, kind=MessageKind.QUESTION)
    for pk in asked.values_list("pk", flat=True):
        told.handled(KIND, company_id=application.company_id, about=pk)


def look(members, pks) -> dict[int, told.Thing]:
    rows = Message.objects.for_company(members[0].company_id).filter(pk__in=pks).defer("text", "subject")
    rows = list(rows.select_related("application__job").order_by("pk"))
    see = telling.readers(members, [row.application for row in rows])
    bosses = {member.pk for member in members if member.is_boss}
    waits = set(answering.unanswered(Message.objects.filter(pk__in=pks)).values_list("pk", flat=True))
    return {
        row.pk: told.Thing(
            see[row.application_id] & bosses,
            row.pk not in waits,
            reverse("hiring:messages", args=[row.application_id]),
            partial(_say, row),
        )
        for row in rows
    }


def _say(message, reader) -> str:
    values = {"name": message.application.shown_name, "job": message.application.job.title}
    return _("%(name)s asks something: %(job)s.") % values
