"""What is kept about whom, why and how long: every model of the product says so in its app's AppConfig.ready.

A model nobody declared, or a field that looks personal and is not named, fails a test. Showing the record of
processing, exporting and erasing read this register.
"""

from dataclasses import dataclass
from typing import Literal

from django.db import models

from vault.fields import EncryptedBinaryField, EncryptedTextField

# delete: the row goes. blank: its personal fields are emptied, the row stays for the numbers. keep: it stays.
Erase = Literal["delete", "blank", "keep"]
_LOOKS_PERSONAL = (
    "name", "email", "phone", "address", "birth", "iban", "bank", "tax", "note", "comment", "reason", "answer",
    "recipient", "subject", "text", "body", "message", "letter", "links", "city", "ip",
)  # fmt: skip


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

    @property
    def on_erase(self) -> Erase:
        return self.erase.partition(":")[0]


_rules: dict[type[models.Model], Rule] = {}


def register(model, *, purpose: str, retention: str, export: bool, erase: str, personal=(), plain=()) -> None:
    """Declares one model. `personal` names the fields that say something about a person, `plain` those that only
    look so; `export`: whether the person's copy of their data holds the row. `erase`: "delete", "blank" or
    "keep: why".

    Raises ValueError for an unknown field, an unknown word in `erase`, or a "keep" without a reason.
    """
    rule = Rule(model, purpose, retention, export, erase, tuple(personal), tuple(plain))
    known = {field.name for field in model._meta.local_concrete_fields}
    if unknown := {*personal, *plain} - known:
        raise ValueError(f"{model._meta.label} has no field {', '.join(sorted(unknown))}")
    if rule.on_erase not in {"delete", "blank", "keep"}:
        raise ValueError(f"{model._meta.label}: {erase!r} is not delete, blank or keep")
    if rule.on_erase == "keep" and personal and not erase.partition(":")[2].strip():
        raise ValueError(f"{model._meta.label}: what is kept of a person is kept for a reason")
    _rules[model] = rule


def rule(model) -> Rule | None:
    return _rules.get(model)


def rules() -> list[Rule]:
    return sorted(_rules.values(), key=lambda rule: rule.model._meta.label)


def undeclared(model) -> list[str]:
    """What the register does not say about a model: itself, or fields that look personal."""
    if (declared := rule(model)) is None:
        return [model._meta.label]
    names = [field.name for field in model._meta.local_concrete_fields if looks_personal(field)]
    return [
        f"{model._meta.label}.{name}" for name in names if name not in {*declared.personal, *declared.plain}
    ]


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
