"""Who waits for an answer from us, and since when: what came last is later than anything we sent or noted."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hiring.models import (
    Application,
    Interview,
    Message,
    MessageKind,
    Offer,
    Outcome,
    PhoneScreen,
    Stage,
    WorkSample,
)
from hiring.models.messages import ANSWERS, INCOMING
from mailroom import told
from mailroom.models import Mail
from vault.work import State

# What leaves by itself answers nobody.
AUTOMATIC = {"application_received", "links_again", "data_copy", "data_erasing", "data_stopped"}
ON_ITS_WAY = (State.WAITING, State.RUNNING, State.DONE)
MOST = 100
WHAT = {MessageKind.MAIL: "wrote", MessageKind.QUESTION: "asked"}
BY_MAIL = "email"  # where somebody came from who was entered from their own mail (hiring.by_mail)


@dataclass(frozen=True)
class Waits:
    """`what` is "wrote", "asked" or "applied"."""

    application: Application
    since: datetime
    what: str

    @property
    def sentence(self) -> str:
        words = {
            "wrote": _("Wrote on %(day)s, and waits for an answer."),
            "asked": _("Asked something on %(day)s, and waits for an answer."),
            "applied": _("Applied on %(day)s, and has heard nothing but the receipt."),
        }
        return words[self.what] % {"day": day_of(self.since)}


def day_of(moment: datetime) -> str:
    """ "Tuesday" within the week, else the date; by the reader's clock."""
    local, today = timezone.localtime(moment), timezone.localdate()
    return date_format(local, "l" if (today - local.date()).days < 7 else "DATE_FORMAT")


# -- what counts as an answer


def _ours(**about) -> Q:
    return Q(state__in=ON_ITS_WAY) & ~Q(message__in=AUTOMATIC | told.MESSAGES | told.letters) & Q(**about)


def _written(after: str | None, app: str):
    """Conditions, any of which means that somebody was answered; `after` names the column with the moment."""
    later = {"created_at__gte": OuterRef(after)} if after else {}
    noted = {"at__gte": OuterRef(after)} if after else {}
    found = Exists(Mail.objects.filter(_ours(about_kind="application", about_id=OuterRef(app)), **later))
    for word, model in (
        ("message", Message),
        ("interview", Interview),
        ("offer", Offer),
        ("sample", WorkSample),
    ):
        behind = model.objects.filter(application=OuterRef(OuterRef(app))).values("pk")
        found |= Exists(Mail.objects.filter(_ours(about_kind=word, about_id__in=behind), **later))
    return found | Exists(Message.objects.filter(application=OuterRef(app), kind__in=ANSWERS, **noted))


def unanswered(rows):
    """Of these messages, those of applicants that nobody has answered."""
    return rows.filter(kind__in=INCOMING).exclude(_written("at", "application_id"))


def unheard(applications):
    """Of these, who applied themselves, is in the running, and got nothing from a person since."""
    themselves = Q(entered_by=None) | Q(source=BY_MAIL)
    rows = applications.filter(themselves, outcome=Outcome.ACTIVE, ended_at=None, is_test=False)
    called = PhoneScreen.objects.filter(application=OuterRef("pk"))
    return rows.exclude(stage=Stage.HIRED).exclude(Exists(called)).exclude(_written(None, "pk"))


# -- for one, and for all


def columns() -> dict:
    """Annotations of an application that `of` reads: no query of its own where somebody is fetched anyway."""
    heard_nothing = Exists(unheard(Application.objects.filter(pk=OuterRef("pk"))))
    return columns_of_letters() | {"waits_unheard": heard_nothing}


def columns_of_letters() -> dict:
    """The same of what they wrote, which `letter` reads."""
    theirs = unanswered(Message.objects.filter(application=OuterRef("pk"))).order_by("at", "pk")
    return {"waits_at": Subquery(theirs.values("at")[:1]), "waits_kind": Subquery(theirs.values("kind")[:1])}


def writers(company_id):
    """Numbers of those of the company who wrote and have no answer (a queryset)."""
    return unanswered(Message.objects.filter(company=company_id)).order_by().values("application")


def letter(application) -> Waits | None:
    if application.waits_at is None:
        return None
    return Waits(application, application.waits_at, WHAT[application.waits_kind])


def of(application) -> Waits | None:
    """Whether this person, fetched with `columns`, waits, and since when."""
    unheard_since = (
        Waits(application, application.submitted_at, "applied") if application.waits_unheard else None
    )
    return letter(application) or unheard_since


def since(application) -> Waits | None:
    """The same of any application. One query."""
    return of(Application.everything.filter(pk=application.pk).annotate(**columns()).get())


def _waits(message, application) -> Waits:
    return Waits(application, message.at, WHAT[message.kind])


def wrote(mine, company_id) -> list[Waits]:
    """Whoever of the company, among `mine`, wrote and has no answer: the longest wait first, each once. One query.

    It goes along the company's letters and looks for each writer among `mine`, of whom there may be many more.
    """
    rows = Message.objects.filter(Exists(mine.filter(pk=OuterRef("application"))), company=company_id)
    rows = unanswered(rows).select_related("application__job__created_by").defer("text", "subject")
    found: dict[int, Waits] = {}
    for message in rows.order_by("at", "pk")[: 3 * MOST]:
        found.setdefault(message.application_id, _waits(message, message.application))
    return list(found.values())[:MOST]


def applied(mine, *, without=()) -> list[Waits]:
    """Whoever applied and heard nothing but the receipt, the longest wait first. One query."""
    rows = unheard(mine).exclude(pk__in=without).select_related("job__created_by")
    rows = rows.defer("cover_letter", "cv_text", "search").order_by(F("submitted_at"), "pk")
    return [Waits(row, row.submitted_at, "applied") for row in rows[:MOST]]
