"""What is kept about whom, why and how long: every model of the product says so in its app's AppConfig.ready.

A model nobody declared, a field that looks personal and is not named, or a row of which nobody said whose it is
fails a test. The record of processing, the exports and the erasing walk this register and know no model by name.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from django.db import models
from django.db.models import Q, QuerySet

from vault.fields import EncryptedBinaryField, EncryptedTextField

# delete: the row goes. blank: its personal fields are emptied, the row stays for the numbers. keep: it stays.
Erase = Literal["delete", "blank", "keep"]
_LOOKS_PERSONAL = (
    "name", "email", "phone", "address", "birth", "iban", "bank", "tax", "note", "comment", "reason", "answer",
    "recipient", "subject", "text", "body", "message", "letter", "links", "city", "ip",
)  # fmt: skip


# -- whose a row is


@dataclass(frozen=True)
class Named:
    """The row says what it is about with a word and a number: `called()` tells which rows a word means."""

    word: str
    number: str


@dataclass(frozen=True)
class Own:
    """The row names the person itself: the kind of subject and its number."""

    kind: str = "subject_kind"
    number: str = "subject_id"


# A lookup path from the row to the person ("application__candidate"), or a function from the person's number
# to a queryset.
Way = str | Named | Own | Callable[[int], QuerySet]


@dataclass(frozen=True)
class Law:
    """Rows an erasure has to leave. `until` gives the last day of one of them, None where no day is known."""

    rows: Callable[[QuerySet], QuerySet]
    why: str
    until: Callable[[models.Model], date | None] | None = None


@dataclass(frozen=True)
class Rule:
    """`retention` is a sentence with its clock ("2 years after the decision"); `erase` may say why after a colon."""

    model: type[models.Model]
    purpose: str
    retention: str
    export: bool
    erase: str
    personal: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    # Kind of subject -> the ways to the rows of one; None: nobody has said yet.
    of: dict[str, list[Way]] | None = None
    blank: dict = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    withheld: str = ""
    because: str = ""  # why it stays, for people
    shown: Callable[[QuerySet], QuerySet] | None = None
    besides: Callable[[models.Model], dict] | None = None
    shop: str | None = None
    laws: list[Law] = field(default_factory=list)

    @property
    def on_erase(self) -> Erase:
        return self.erase.partition(":")[0]

    def ways(self, kind: str) -> list[Way]:
        """How rows are tied to this kind of subject; empty when they are not."""
        return [*(self.of or {}).get(kind, ()), *_ties.get((self.model, kind), ())]

    def rows(self, kind: str, pk: int) -> QuerySet:
        """The rows tied to this person, by every way there is."""
        found = Q(pk__in=[])
        for way in self.ways(kind):
            found |= _by(self.model, way, kind, pk)
        return self.model._base_manager.filter(found)

    def of_shop(self, company_id: int) -> QuerySet:
        """The rows of one company; none where rows belong to no company."""
        if self.shop is None:
            return self.model._base_manager.none()
        # Several ways may lead from one row to the company.
        pks = self.model._base_manager.filter(**{self.shop: company_id}).values("pk")
        return self.model._base_manager.filter(pk__in=pks)

    def kept(self, rows: QuerySet) -> dict[int, Law]:
        """Which of these rows have to stay, by the first law that says so."""
        found: dict[int, Law] = {}
        for law in [*_duties.get(self.model, ()), *self.laws]:
            for pk in law.rows(rows).values_list("pk", flat=True):
                found.setdefault(pk, law)
        return found

    def emptied(self) -> dict:
        """Values for update(): what is personal, with nothing in it. `blank` says what else, or otherwise."""
        return {name: _nothing(self.model._meta.get_field(name)) for name in self.personal} | self.blank


def _by(model, way, kind, pk) -> Q:
    if isinstance(way, Named):
        return about(kind, pk, way)
    if isinstance(way, Own):
        return Q(**{way.kind: kind, way.number: pk})
    if callable(way):
        return Q(pk__in=list(way(pk).values_list("pk", flat=True)))
    return Q(pk__in=model._base_manager.filter(**{way: pk}).values("pk"))


def _nothing(column):
    if column.null:
        return None
    return column.get_default() if column.has_default() else ""


# -- the register

_rules: dict[type[models.Model], Rule] = {}
_words: dict[str, type[models.Model]] = {}
# What apps above say of models below; apps above are ready first.
_ties: dict[tuple[type[models.Model], str], list[Way]] = {}
_duties: dict[type[models.Model], list[Law]] = {}
_seen: dict[str, str] = {}


def register(
    model, *, purpose, retention, export: bool, erase: str, personal=(), plain=(), of=None, hidden=(), **more
) -> None:
    """Declares one model. `personal` names the fields that say something about a person, `plain` those that only
    look so; `export`: whether the person's copy of their data holds the row. `erase`: "delete", "blank" or
    "keep: why". `of` says whose a row is, by kind of subject: {} for nobody's.

    More: `blank` {field: value} beside the personal ones, `hidden` fields no export shows, `because` in words why
    it is kept, `withheld` a sentence why personal rows are not exported, `shown` a function that narrows what is
    exported, `besides` values of one row that are no field, `shop` the path to the company where it is not
    "company", `law` a Law.

    Raises ValueError for an unknown field, an unknown word in `erase`, or a "keep" without a reason.
    """
    ways = None if of is None else {kind: way if isinstance(way, list) else [way] for kind, way in of.items()}
    laws = [more.pop("law")] if "law" in more else []
    more.setdefault("shop", _company_field(model))
    rule = Rule(
        model, purpose, retention, export, erase, tuple(personal), tuple(plain), ways,
        hidden=tuple(hidden), laws=laws, **more,
    )  # fmt: skip
    known = {column.name for column in model._meta.local_concrete_fields}
    if unknown := {*personal, *plain, *hidden, *rule.blank} - known:
        raise ValueError(f"{model._meta.label} has no field {', '.join(sorted(unknown))}")
    if rule.on_erase not in {"delete", "blank", "keep"}:
        raise ValueError(f"{model._meta.label}: {erase!r} is not delete, blank or keep")
    if rule.on_erase == "keep" and personal and not (rule.because or erase.partition(":")[2].strip()):
        raise ValueError(f"{model._meta.label}: what is kept of a person is kept for a reason")
    _rules[model] = rule


def _company_field(model) -> str | None:
    names = {column.name for column in model._meta.local_concrete_fields}
    return next((name for name in ("company", "company_id") if name in names), None)


def called(word: str, model) -> None:
    """What mails, links and the trail mean by `word` beside a number."""
    _words[word] = model


def tie(model, kind: str, way: Way) -> None:
    """One more way from an app above to rows of a model below it."""
    ways = _ties.setdefault((model, kind), [])
    if way not in ways:
        ways.append(way)


def oblige(model, law: Law) -> None:
    """One more reason why rows of a model stay; asked before the model's own."""
    laws = _duties.setdefault(model, [])
    if law not in laws:
        laws.append(law)


def about(kind: str, pk: int, names: Named) -> Q:
    """Rows whose word and number mean something of this person."""
    found = Q(pk__in=[])
    for word, model in sorted(_words.items()):
        declared = _rules.get(model)
        if declared and kind in (declared.of or {}):
            numbers = list(declared.rows(kind, pk).values_list("pk", flat=True))
            if numbers:
                found |= Q(**{names.word: word, f"{names.number}__in": numbers})
    return found


def tied(kind: str, pk: int) -> Iterator[tuple[Rule, QuerySet]]:
    """Every rule that knows this kind of subject, with the rows of this one."""
    for declared in rules():
        if declared.ways(kind):
            yield declared, declared.rows(kind, pk)


def seen_by(app: str, words) -> None:
    """Who sees the rows of an app, in a sentence: for the record of processing."""
    _seen[app] = words


def readers(declared: Rule) -> str:
    return str(_seen.get(declared.model._meta.app_label, ""))


def rule(model) -> Rule | None:
    return _rules.get(model)


def rules() -> list[Rule]:
    return sorted(_rules.values(), key=lambda rule: rule.model._meta.label)


def undeclared(model) -> list[str]:
    """What the register does not say about a model: itself, fields that look personal, or whose its rows are."""
    if (declared := rule(model)) is None:
        return [model._meta.label]
    names = [field.name for field in model._meta.local_concrete_fields if looks_personal(field)]
    missing = [
        f"{model._meta.label}.{name}" for name in names if name not in {*declared.personal, *declared.plain}
    ]
    if declared.of is None or (declared.personal and not declared.of and declared.on_erase != "keep"):
        missing.append(f"{model._meta.label}: whose")
    return missing


def looks_personal(field) -> bool:
    """E-mail addresses, free text, encrypted fields, and short text named like something about a person."""
    if isinstance(
        field, models.EmailField | models.GenericIPAddressField | EncryptedTextField | EncryptedBinaryField
    ):
        return True
    if (
        not isinstance(field, models.CharField | models.TextField)
        or field.choices
        or field.name.endswith("_hash")
    ):
        return False
    if type(field) is models.TextField:
        return True
    words = field.name.split("_")
    return any(part in words for part in _LOOKS_PERSONAL)
