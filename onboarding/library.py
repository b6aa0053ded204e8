"""Replies worth imitating: written, found, taken over from a real reply, put away; and what stands beside an editor.

Five of ours have no row until somebody changes them. Every saving is a version; card numbers are masked on the way in.
"""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Case, Value, When
from django.utils import timezone

from accounts import conflicts, find
from onboarding import cardnumbers, example_texts, handbook, tone
from onboarding.models import Channel, Example, ExampleVersion, Situation, Tone
from vault import folding, trail

WORDS = ("topic", "message", "reply", "why")
BESIDE = 3
SHOWN = 200  # examples on one page
LONGEST_NUMBER = 18  # digits that fit into a row's number
TERMS = 8  # words of a search that count


def ours(company, key) -> Example:
    """One of ours as long as it has no row."""
    return Example(company=company, key=key, situation=key)


def listed(company, *, words="", situation="", archived=False) -> list[Example]:
    """Found by the beginnings of their words, in the order of the situations, the newest first. Two queries."""
    rows = Example.objects.for_company(company)
    keyed = {row.key: row for row in rows.exclude(key="")}
    unseen = [ours(company, key) for key in example_texts.SHIPPED if key not in keyed]
    terms = folding.terms(words)[:TERMS]
    mine = rows.filter(find.begins("search", terms), key="", archived_at__isnull=not archived)
    if situation:
        mine = mine.filter(situation=situation)
    found = [*mine.order_by("-changed_at", "-pk")[:SHOWN], *keyed.values(), *unseen]
    kept = [row for row in found if _fits(row, terms, situation, archived)]
    order = [*Situation.values, ""]
    return sorted(kept, key=lambda row: order.index(row.situation) if row.situation in order else len(order))


def _fits(row, terms, situation, archived) -> bool:
    there = bool(row.archived_at) == archived and situation in ("", row.situation)
    return there and (not row.key or find.matches(terms, _spoken(row)))


def _spoken(row) -> str:
    return " ".join([row.label, str(row.get_situation_display()), row.said, row.answer, row.reason])


def add(company, *, by, **values) -> Example:
    row = Example(company=company)
    return _saved(row, by, values, "example.added")


def change(row, *, by, seen, **values) -> Example:
    """New words, as a version. Raises conflicts.Changed when somebody saved since revision `seen`.

    One of ours gets its row here; of two people who do that at once, the second is asked.
    """
    try:
        with transaction.atomic():
            if row.pk:
                row = Example.objects.select_for_update(no_key=True, of=("self",)).get(pk=row.pk)
            conflicts.check(row, seen)
            return row if _says(row, values) else _saved(row, by, values, "example.changed")
    except IntegrityError as error:
        raise conflicts.Changed(Example.objects.get(company=row.company_id, key=row.key)) from error


def shown(row) -> dict:
    """What a form begins with: the words that are on the page, own or ours."""
    fixed = {name: getattr(row, name) for name in ("situation", "channel", "language")}
    topic = row.topic or (str(row.ours.topic) if row.ours else "")
    return fixed | {"topic": topic, "message": row.said, "reply": row.answer, "why": row.reason}


def _says(row, values) -> bool:
    """Does it say this already?"""
    there = shown(row)
    return all(there[name] == value for name, value in values.items())


def _saved(row, by, values, action) -> Example:
    for name, value in values.items():
        setattr(row, name, cardnumbers.mask(value) if name in WORDS else value)
    row.search = folding.fold(" ".join([str(row.get_situation_display()), *(getattr(row, n) for n in WORDS)]))
    row.revision += 1
    row.changed_at, row.changed_by = timezone.now(), by
    with transaction.atomic():
        row.save()
        ExampleVersion.objects.create(
            company_id=row.company_id,
            example=row,
            number=row.revision,
            message=row.message,
            reply=row.reply,
            why=row.why,
            by=by,
        )
        _record(action, row, by)
    return row


def add_from(
    company, *, by, source, message, reply, situation="", channel=Channel.EMAIL, language="", why=""
):
    """A reply that was really sent, as an example; the one that is there when it was taken over before.

    `source` names where it comes from, such as "draft:5". Nobody can tell a name from a word for sure, so that the
    example asks to be looked at (`to_check`) until somebody has said that nobody is named in it.
    """
    there = Example.objects.filter(company=company, source=source)
    if (row := there.first()) is not None:
        return row
    values = {"message": message, "reply": reply, "why": why, "channel": channel, "language": language}
    values |= {
        "situation": situation if situation in Situation.values else "",
        "source": source,
        "to_check": True,
    }
    try:
        with transaction.atomic():
            return add(company, by=by, **values)
    except IntegrityError:
        return there.get()


def one(company, code) -> Example | None:
    """By its number, or one of ours by its key, with a row or without; None for nothing of this company."""
    rows = Example.objects.for_company(company)
    if code in example_texts.SHIPPED:
        return rows.filter(key=code).first() or ours(company, code)
    fits = code.isdecimal() and len(code) <= LONGEST_NUMBER
    return rows.filter(pk=int(code)).first() if fits else None


def as_draft(company, code) -> dict:
    """What a reply begins with that is made from an example; nothing for none."""
    row = one(company, code) if code else None
    if row is None:
        return {}
    return {"situation": row.situation or "other", "channel": row.channel, "body": row.answer}


def checked(row, *, by) -> bool:
    """Nobody is named in it."""
    return _set(row, "example.checked", by, {"to_check": True}, to_check=False)


def archive(row, *, by) -> bool:
    """Out of the lists, and kept. False when it lay there already."""
    if row.pk is None:
        row, _new = Example.objects.get_or_create(
            company_id=row.company_id, key=row.key, defaults={"situation": row.situation}
        )
    return _set(row, "example.archived", by, {"archived_at": None}, archived_at=timezone.now())


def put_back(row, *, by) -> bool:
    return _set(row, "example.put_back", by, {"archived_at__isnull": False}, archived_at=None)


def _set(row, action, by, before, **values) -> bool:
    with transaction.atomic():
        if not Example.objects.filter(pk=row.pk, **before).update(**values):
            return False
        _record(action, row, by)
    return True


def _record(action, row, by) -> None:
    trail.record(
        action, company_id=row.company_id, actor_id=by.user_id, kind="example", pk=row.pk, fields=["words"]
    )


@dataclass(frozen=True)
class Beside:
    tone: Tone
    examples: list[Example]
    facts: list[handbook.Fact]


def beside(company, situation="", language="") -> Beside:
    """What helps somebody who writes: how we sound, up to three examples, the handbook's facts. Four queries.

    Those in `language` first, then the newest; ours when there are fewer of the shop's own.
    """
    rows = Example.objects.for_company(company)
    keyed = rows.filter(key=situation).first() if situation else None
    in_language = Case(When(language=language, then=Value(0)), default=Value(1))
    own = rows.filter(situation=situation, archived_at=None, key="")
    found = list(own.order_by(in_language, "-changed_at", "-pk")[:BESIDE]) if situation else []
    last = keyed or (ours(company, situation) if situation in example_texts.SHIPPED else None)
    if last and not last.archived_at:
        found.append(last)
    return Beside(tone.of(company), found[:BESIDE], handbook.facts(company))
