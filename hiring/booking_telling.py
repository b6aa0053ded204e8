"""No offered time suits an applicant, who says when it would: told to whoever sent the link and to the hosts."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hiring import telling
from hiring.models import Booking
from mailroom import told
from mailroom.models import How

KIND = "booking"


def register() -> None:
    told.register(
        KIND,
        label=gettext_lazy("No time of yours suits an applicant"),
        default=How.ONCE,
        roles=telling.TALKERS,
        look=look,
        noun=KIND,
    )


def wished(booking, hosts) -> None:
    told.tell(kind=KIND, members=[booking.sent_by, *hosts], about=booking.pk)


def look(members, pks) -> dict[int, told.Thing]:
    rows = Booking.objects.for_company(members[0].company_id).filter(pk__in=pks)
    rows = list(rows.select_related("application__job", "interview").order_by("pk"))
    see = telling.readers(members, [row.application for row in rows])
    return {
        row.pk: told.Thing(
            see[row.application_id],
            row.ended_at is not None or row.booked is not None,
            reverse("hiring:candidate", args=[row.application_id]),
            partial(_say, row),
        )
        for row in rows
    }


def _say(booking, reader) -> str:
    values = {"name": booking.application.shown_name, "job": booking.application.job.title}
    return _("%(name)s found no time that suits, and says when it would: %(job)s.") % values
