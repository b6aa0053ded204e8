"""A work sample has come in: told to those who lead the job, until they have rated it."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hiring import telling
from hiring.models import SampleRating, WorkSample
from mailroom import told
from mailroom.models import How

KIND = "sample"


def register() -> None:
    told.register(
        KIND,
        label=gettext_lazy("A work sample has come in"),
        default=How.DIGEST,
        roles=telling.BOSSES,
        look=look,
        noun=KIND,
    )


def came_in(sample) -> None:
    told.tell(kind=KIND, members=telling.leading(sample.job), about=sample.pk)


def rated(sample) -> None:
    """Somebody has looked at it: it is new to nobody any more."""
    told.handled(KIND, company_id=sample.company_id, about=sample.pk)


def look(members, pks) -> dict[int, told.Thing]:
    rows = WorkSample.objects.for_company(members[0].company_id).filter(pk__in=pks)
    rows = list(rows.select_related("application__job").order_by("pk"))
    see = telling.readers(members, [row.application for row in rows])
    done = set(SampleRating.objects.filter(sample__in=rows).submitted().values_list("sample", flat=True))
    return {
        row.pk: told.Thing(
            see[row.application_id],
            row.pk in done or bool(row.cancelled_at),
            reverse("hiring:sample", args=[row.pk]),
            partial(_say, row),
        )
        for row in rows
    }


def _say(sample, reader) -> str:
    """Without a name: it is read blind."""
    values = {"n": sample.number, "job": sample.application.job.title}
    return _("Sample %(n)s has come in: %(job)s.") % values
