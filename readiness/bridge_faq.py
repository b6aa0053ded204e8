"""The questions customers repeat, with the shop's answers: one form for all of them, and what is copied from them."""

import re

from django import forms
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.db import transaction
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import conflicts, undoing
from readiness import bridging, repeated
from readiness.models import FaqEntry
from vault import folding

MOST = 40
QUESTION, ANSWER = 200, 4000
FAQ = "faq"


def _text(label, most, *, required=False, rows=None):
    attrs = {"dir": "auto"}
    widget = (
        forms.Textarea(attrs | {"rows": rows}) if rows else forms.TextInput(attrs | {"autocomplete": "off"})
    )
    checks = [MaxLengthValidator(most), ProhibitNullCharactersValidator()]
    return forms.CharField(label=label, required=required, strip=True, validators=checks, widget=widget)


class FaqForm(forms.Form):
    """Every entry's question and answer, and room for one more question. `without`: an entry about to be removed."""

    new_question = _text(gettext_lazy("One more question"), QUESTION)

    def __init__(self, data=None, *, entries, without=None):
        super().__init__(data, use_required_attribute=False, label_suffix="")
        self.entries = [entry for entry in entries if entry.pk != without]
        for n, entry in enumerate(self.entries, 1):
            names = {"n": n}
            self.fields[f"question-{entry.pk}"] = _text(_("Question %(n)s") % names, QUESTION, required=True)
            self.fields[f"answer-{entry.pk}"] = _text(_("Answer %(n)s") % names, ANSWER, rows=3)
            self.initial |= {f"question-{entry.pk}": entry.question, f"answer-{entry.pk}": entry.answer}

    @property
    def rows(self) -> list[dict]:
        return [
            {"entry": entry, "question": self[f"question-{entry.pk}"], "answer": self[f"answer-{entry.pk}"]}
            for entry in self.entries
        ]

    def typed(self, entry) -> tuple[str, str]:
        given = (self.cleaned_data[f"{name}-{entry.pk}"] for name in ("question", "answer"))
        return tuple(text.replace("\r\n", "\n") for text in given)


def save(plan, form, *, by, seen, remove=None, more=()) -> bool:
    """What was typed, without the entry `remove`, and with (question, count) pairs of `more` at the end.

    Raises conflicts.Changed when somebody saved since `seen`, bridging.Refused past MOST and for an ended plan.
    """
    added = [
        *more,
        *([(form.cleaned_data["new_question"], None)] if form.cleaned_data["new_question"] else []),
    ]
    with transaction.atomic():
        plan = bridging.locked(plan)
        conflicts.check(plan, seen)
        before = _write(plan, form) | _remove(plan, remove)
        before |= _add(plan, added)
        if not before:
            return False
        undoing.remember(plan, FAQ, {"entries": before}, by=by)
        _raise_revision(plan)
        bridging.record("changed", plan, by, ["entries"])
    return True


def _raise_revision(plan):
    plan.revision += 1
    plan.save(update_fields=["revision", *undoing.FIELDS])


def _values(entry, **other) -> dict:
    return {
        str(entry.pk): {"question": entry.question, "answer": entry.answer, "gone_at": entry.gone_at} | other
    }


def _write(plan, form) -> dict:
    """What the changed entries were."""
    before = {}
    for entry in form.entries:
        question, answer = form.typed(entry)
        if (question, answer) != (entry.question, entry.answer):
            before |= _values(entry)
            FaqEntry.objects.filter(pk=entry.pk, plan=plan).update(question=question, answer=answer)
    return before


def _remove(plan, pk) -> dict:
    entry = plan.entries.there().filter(pk=pk).first() if pk else None
    if entry is None:
        return {}
    FaqEntry.objects.filter(pk=entry.pk).update(gone_at=timezone.now())
    return _values(entry)


def _add(plan, added) -> dict:
    """New entries; taken back, they go."""
    if added and plan.entries.there().count() + len(added) > MOST:
        raise bridging.Refused(_("That is enough for one page: remove a question first."))
    last = max(plan.entries.values_list("position", flat=True), default=0)
    before = {}
    for n, (question, count) in enumerate(added, 1):
        entry = FaqEntry.objects.create(
            company_id=plan.company_id,
            plan=plan,
            question=question[:QUESTION],
            count=count,
            position=last + n,
        )
        before |= _values(entry, gone_at=timezone.now())
    return before


def take_back(plan, mark, *, by) -> None:
    """The last saving of the questions. Raises undoing.Refused, and bridging.Refused when the plan has ended."""
    with transaction.atomic():
        plan = bridging.locked(plan)
        taken = undoing.take(plan, mark, by=by)
        for pk, values in taken.values["entries"].items():
            plan.entries.filter(pk=pk).update(**values)
        _raise_revision(plan)
        bridging.record("taken_back", plan, by, ["entries"])


def not_yet(plan, entries) -> list[tuple[str, int]]:
    """Repeated subjects of the shop's mail that are not among the entries."""
    there = {folding.fold(entry.question) for entry in entries}
    return [pair for pair in repeated.subjects(plan.company) if folding.fold(pair[0][:QUESTION]) not in there]


# -- to copy: only what is answered


def as_text(entries) -> str:
    return "\n\n".join(f"{entry.question}\n{entry.answer}" for entry in entries if entry.answer)


def as_html(entries) -> str:
    """Headings and paragraphs; everything that was typed is escaped."""
    return "\n".join(
        format_html("<h2>{}</h2>\n{}", entry.question, _paragraphs(entry.answer))
        for entry in entries
        if entry.answer
    )


BREAK = SafeString("<br>\n")


def _paragraphs(text) -> SafeString:
    blocks = re.split(r"\n{2,}", text)
    return format_html_join("\n", "<p>{}</p>", ((_lines(block),) for block in blocks))


def _lines(block) -> SafeString:
    return SafeString(BREAK.join(escape(line) for line in block.split("\n")))
