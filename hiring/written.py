"""What was written about an applicant, gathered to be read out on request, and what was given to them of it.

What referees said is withheld (hiring.keeping_references says why), and so is every draft. A line that tells about
somebody else can be struck, with a reason that is kept.
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts import undoing
from accounts.addresses import absolute
from hiring import letters, outward, samples
from hiring.judging import locked
from hiring.locking import Refused
from hiring.models import (
    CardAnswer,
    CvCheck,
    DecisionMemo,
    Note,
    PhoneScreen,
    Rating,
    ReadOut,
    SampleRating,
    Scorecard,
    StageMove,
)
from hiring.models.history import Reason
from hiring.models.judging import CallCheck
from hiring.models.memos import ReadOutKind
from mailroom import outbox
from vault import links, trail

DAYS = 14
MESSAGE = "read_out"
PURPOSE = "written"
JUDGEMENTS = ("direct", "polite", "interested")


@dataclass(frozen=True)
class Line:
    """`key` names the row it comes from; `who` wrote it; `free`: in somebody's own words, which can be struck."""

    key: str
    text: str
    who: str = ""
    free: bool = True


@dataclass
class Section:
    title: str
    lines: list[Line] = field(default_factory=list)


def gather(application) -> list[Section]:
    """Everything, section by section, in the reader's language; empty ones are left out. Ten queries."""
    found = [
        Section(_("How it was decided"), [*_decisions(application)]),
        Section(_("Notes"), [*_notes(application)]),
        Section(pgettext("where a skill shows", "CV"), [*_marks(application)]),
        Section(_("The phone call"), [*_call(application)]),
        *_cards(application),
        Section(_("Work sample"), [*_samples(application)]),
        Section(_("Decision memo"), [*_memo(application)]),
    ]
    return [section for section in found if section.lines]


def _decisions(application):
    rows = StageMove.objects.filter(application=application, undone_by=None).select_related("actor")
    reasons = dict(Reason.choices)
    for move in rows.order_by("pk"):
        said = [str(reasons[move.reason])] if move.reason in reasons else []
        if text := ". ".join([*said, *filter(None, [move.text])]):
            yield Line(f"move-{move.pk}", f"{_day(move.at)}: {text}", _name(move.actor), bool(move.text))


def _day(moment) -> str:
    return date_format(timezone.localtime(moment).date(), "DATE_FORMAT")


def _name(member) -> str:
    return str(member) if member else ""


def _notes(application):
    for note in Note.objects.filter(application=application).select_related("author").order_by("pk"):
        yield Line(f"note-{note.pk}", f"{_day(note.created_at)}: {note.text}", _name(note.author))


def _marks(application):
    rows = CvCheck.objects.filter(application=application).select_related("requirement", "by")
    for row in rows.order_by("requirement__position", "pk"):
        yield Line(f"cv-{row.pk}", f"{row.requirement.label}: {row.get_mark_display()}", _name(row.by), False)


def _call(application):
    screen = PhoneScreen.objects.filter(application=application).select_related("by").first()
    if screen is None:
        return
    who = _name(screen.by)
    for name in JUDGEMENTS:
        said = [str(getattr(screen, f"get_{name}_display")()), getattr(screen, f"{name}_note")]
        if any(said):
            label = PhoneScreen._meta.get_field(name).verbose_name
            yield Line(f"call-{name}", f"{label} {'. '.join(filter(None, said))}", who, bool(said[1]))
    for name in ("hours_note", "plans_note", "notes"):
        if text := getattr(screen, name):
            label = PhoneScreen._meta.get_field(name).verbose_name
            yield Line(f"call-{name}", text if name == "notes" else f"{label} {text}", who)
    for row in CallCheck.objects.filter(screen=screen).select_related("requirement").order_by("pk"):
        said = ". ".join(filter(None, [str(row.get_mark_display()) if row.mark else "", row.note]))
        yield Line(f"check-{row.pk}", f"{row.requirement.label}: {said}", who, bool(row.note))


def _cards(application) -> list[Section]:
    """The newest of each that was handed in; several are told apart by numbers, not by names."""
    cards = list(
        Scorecard.objects.filter(application=application)
        .latest()
        .select_related("interviewer")
        .order_by("pk")
    )
    ratings = Rating.objects.filter(scorecard__in=cards).select_related("requirement").order_by("pk")
    ratings, answers = list(ratings), list(CardAnswer.objects.filter(scorecard__in=cards).order_by("pk"))
    return [
        Section(
            _("Scorecard %(n)s") % {"n": n} if len(cards) > 1 else _("Scorecard"),
            [*_card(card, ratings, answers)],
        )
        for n, card in enumerate(cards, 1)
    ]


def _card(card, ratings, answers):
    who = str(card.interviewer)
    for row in (row for row in ratings if row.scorecard_id == card.pk):
        said = ". ".join(filter(None, [str(row.level or _("no evidence")), row.note]))
        yield Line(f"rating-{row.pk}", f"{row.requirement.label}: {said}", who, bool(row.note))
    for row in (row for row in answers if row.scorecard_id == card.pk):
        yield Line(f"answer-{row.pk}", f"{row.question} {row.note}", who)
    said = ". ".join(filter(None, [str(card.get_recommendation_display()), card.trust]))
    yield Line(f"card-{card.pk}", _("Recommendation: %(said)s") % {"said": said}, who, bool(card.trust))


def _samples(application):
    rows = SampleRating.objects.filter(sample__application=application).latest().select_related("rater")
    for row in rows.order_by("pk"):
        who = str(row.rater)
        for criterion in samples.CRITERIA:
            level = getattr(row, f"get_{criterion.key}_display")()
            yield Line(f"sample-{row.pk}-{criterion.key}", f"{criterion.name}: {level}", who, False)
        if row.note:
            yield Line(f"sample-{row.pk}-note", row.note, who)


def _memo(application):
    row = DecisionMemo.objects.filter(application=application).select_related("by").first()
    for name in ("why", "doubts") if row else ():
        if text := getattr(row, name):
            yield Line(f"memo-{name}", text, _name(row.by))


# -- what is given


def unopened(application, member) -> bool:
    """Colleagues have handed in cards, and this reader's own is not in: reading them out would open them."""
    if application.is_over:
        return False
    handed_in = Scorecard.objects.filter(application=application).latest()
    return handed_in.exclude(pk__in=handed_in.visible_to(member).values("pk")).exists()


def final(sections: list[Section], *, names: bool, struck: dict[str, str]) -> tuple[list[dict], list[dict]]:
    """(what is read, what is not): without the lines whose keys are in `struck`, {key: why}."""
    read, left_out = [], []
    for section in sections:
        lines = [_said(line, names) for line in section.lines if line.key not in struck]
        if lines:
            read.append({"title": section.title, "lines": lines})
        left_out += [
            {"title": section.title, "why": struck[line.key]} for line in section.lines if line.key in struck
        ]
    return read, left_out


def _said(line, names) -> str:
    return f"{line.text} ({line.who})" if names and line.who else line.text


@transaction.atomic
def send(application, *, by, kind: str, sections: list[dict], struck=()) -> ReadOut:
    """Mails a link to these very words in ten minutes; they can be read for DAYS days.

    Raises Refused for somebody without an address, and when there is nothing to read.
    """
    row = locked(application)
    if not row.email:
        raise Refused(_("There is no address to send it to. Take it along as PDF instead."))
    if not sections:
        raise Refused(_("Nothing is left to read. Leave at least one line in."))
    made = ReadOut(
        company_id=row.company_id, application=row, kind=kind, sections=sections, struck=list(struck), by=by
    )
    undoing.remember(made, "sent", {}, by=by)
    made.save()
    _write(made, application, by)
    record("read_out.sent", application, by)
    return made


def _write(made, application, by):
    outbox.post(
        message=MESSAGE,
        to=application.email,
        company=application.job.company,
        about=("read_out", made.pk),
        language=application.language,
        context={
            "name": application.name,
            "job_title": application.job.title,
            "extract": made.kind == ReadOutKind.EXTRACT,
            "days": DAYS,
            "url": address(made),
            "sender": outward.name(by, application.job.company),
        },
        not_before=outbox.soon(),
        key=f"read-out-{made.pk}",
        reply_to=(by.name, by.email),
    )


def address(made) -> str:
    """A new link to the page."""
    token = links.mint(purpose=PURPOSE, subject=("read_out", made.pk), company_id=made.company_id, days=DAYS)
    return absolute(reverse("hiring_links:written", args=[token]))


@transaction.atomic
def take_back(application, mark: str, *, by) -> None:
    """Nobody gets to read it whose mail has not left. Raises undoing.Refused."""
    locked(application)
    rows = ReadOut.objects.select_for_update(no_key=True, of=("self",)).filter(application=application)
    made = next((row for row in rows if row.undoable.get("sent", {}).get("mark") == mark), None)
    if made is None:
        raise undoing.Gone(_("This was taken back already. Nothing was changed."))
    undoing.take(made, mark, by=by)
    if not letters.hold_back(("read_out", made.pk), MESSAGE):
        raise undoing.Refused(_("The mail has left."))
    links.revoke(purpose=PURPOSE, subject=("read_out", made.pk))
    made.delete()
    record("read_out.taken_back", application, by)


def record(action, application, by, *, by_link="") -> None:
    trail.record(
        action,
        company_id=application.company_id,
        actor_id=by.user_id if by else None,
        kind="application",
        pk=application.pk,
        by_link=by_link,
    )
