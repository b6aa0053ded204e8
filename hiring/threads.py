"""What went to an applicant and what came back, in the order of time."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from accounts import undoing
from hiring import masking, quoting
from hiring.models import Interview, Message, MessageKind, Offer, PoolInvitation, WorkSample
from mailroom import quiet_hours, told
from mailroom.models import Mail
from vault.work import State

MOST = 100  # of each, the newest
_BEHIND = (
    ("offer", Offer),
    ("interview", Interview),
    ("sample", WorkSample),
    ("pool_invitation", PoolInvitation),
)


@dataclass(frozen=True)
class Number:
    """Of a mail that another one follows."""

    message_id: str


@dataclass
class Line:
    """One letter or note. `state` is a mail's (waiting, sent, kept, parked, cancelled) or empty."""

    at: datetime
    kind: str
    title: str
    who: str = ""
    text: str = ""
    quoted: str = ""
    state: str = ""
    leaves: datetime | None = None
    mail: Mail | None = None
    files: list = field(default_factory=list)
    undo: str = ""
    pk: int = 0

    @property
    def incoming(self) -> bool:
        return self.kind in {MessageKind.MAIL, MessageKind.QUESTION}


def mails(application):
    """Ours to this person, about whatever of theirs; not what only told the team."""
    own = [Q(about_kind="application", about_id=application.pk)]
    for word, model in _BEHIND:
        own.append(
            Q(about_kind=word, about_id__in=model.objects.filter(application=application).values("pk"))
        )
    letters = Message.objects.filter(application=application).values("pk")
    own.append(Q(about_kind="message", about_id__in=letters))
    found = Q()
    for each in own:
        found |= each
    rows = Mail.objects.for_company(application.company_id).filter(found)
    return rows.exclude(message__in=told.MESSAGES | told.letters)


def of(application, reader) -> list[Line]:
    """The oldest first. Three queries. Names stay hidden as long as they are on the rest of the page."""
    sent = list(mails(application).order_by("-pk")[:MOST])
    by_letter = {mail.about_id: mail for mail in sent if mail.about_kind == "message"}
    rows = (
        Message.objects.filter(application=application).select_related("by").prefetch_related("files__file")
    )
    lines = [
        _line(row, by_letter.get(row.pk), application, reader) for row in rows.order_by("-at", "-pk")[:MOST]
    ]
    lines += [_mail(mail, application) for mail in sent if mail.about_kind != "message"]
    return sorted(lines, key=lambda line: (line.at, line.pk))


def _line(row, mail, application, reader) -> Line:
    new, quoted = quoting.parted(row.text) if row.kind == MessageKind.MAIL else (row.text, "")
    shown = _shown(application)
    line = Line(
        at=row.at,
        kind=row.kind,
        title=shown(row.subject),
        who=_who(row, application),
        text=shown(new),
        quoted=shown(quoted),
        pk=row.pk,
        files=[] if application.name_hidden else list(row.files.all()),
        undo=_undo(row, mail, reader),
    )
    if row.kind == MessageKind.WRITTEN:
        _state(line, mail, application, gone="cancelled" if row.cancelled_at else "sent")
    return line


def _mail(mail, application) -> Line:
    line = Line(at=mail.created_at, kind="sent", title=_shown(application)(mail.subject), pk=mail.pk)
    return _state(line, mail, application)


def _state(line, mail, application, gone="") -> Line:
    line.state = mail.shown_state if mail else gone
    line.mail = mail
    if mail and mail.state in {State.WAITING, State.RUNNING}:
        line.leaves = mail.due_at
        if mail.message in quiet_hours.messages:
            line.leaves = quiet_hours.leaves(mail.due_at, application.job.company)
    return line


def _shown(application):
    if application.name_hidden:
        return lambda text: masking.mask(text, name=application.name)
    return lambda text: text


def _who(row, application) -> str:
    """Who wrote or noted it; of a stranger's mail the address, of the applicant's their name, unless it is hidden."""
    if row.kind == MessageKind.QUESTION or (
        row.kind == MessageKind.MAIL and (application.name_hidden or same(row.sender, application.email))
    ):
        return application.shown_name
    return row.sender if row.kind == MessageKind.MAIL else str(row.by or "")


def same(one: str, other: str) -> bool:
    return one.strip().lower() == other.strip().lower()


def _undo(row, mail, reader) -> str:
    if row.kind == MessageKind.WRITTEN:
        open_still = mail is not None and mail.state == State.WAITING
    else:
        open_still = bool(undoing.offered(row, "kept", reader))
    return reverse("hiring:message_take_back", args=[row.pk]) if open_still else ""


# -- which mail belongs to which


def last_number(application) -> Number | None:
    """Of the mail that the next letter follows: their last one, else our last that left."""
    theirs = Message.objects.filter(application=application, kind=MessageKind.MAIL).order_by("-at").first()
    if theirs and theirs.message_id:
        return Number(theirs.message_id)
    ours = mails(application).filter(about_kind="message", state=State.DONE).order_by("-pk").first()
    return Number(ours.message_id) if ours else None


def number_of(application, numbers) -> int | None:
    """The number of the newest mail of ours to this person that is among `numbers` (In-Reply-To, References)."""
    found = (
        mails(application).filter(message_id__in=numbers).order_by("-pk") if numbers else Mail.objects.none()
    )
    return found.values_list("pk", flat=True).first()


def sent_back(application, bounce: dict) -> Mail | None:
    """The mail of ours that a delivery report is about: by its number, else the newest to that address."""
    rows = mails(application).order_by("-pk")
    if bounce["message_id"] and (found := rows.filter(message_id=bounce["message_id"]).first()):
        return found
    if bounce["message_id"] or not bounce["to"]:
        return None
    return rows.filter(recipient__iexact=bounce["to"], state__in=[State.DONE, State.PARKED]).first()
