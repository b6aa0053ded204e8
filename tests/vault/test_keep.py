import pytest
from django.apps import apps
from django.db import models

from accounts.models import Membership, User
from hiring.models import Application
from mailroom.models import Mail
from vault import keep
from vault.fields import EncryptedTextField
from vault.models import StoredFile, TrailEntry

OURS = {"config", "hiring", "readiness", "onboarding", "mailroom", "accounts", "vault"}
MODELS = [model for model in apps.get_models() if model.__module__.split(".")[0] in OURS]
GOOD = {"purpose": "p", "retention": "r", "export": True, "erase": "delete"}


@pytest.fixture
def register(monkeypatch):
    """keep.register on a register of its own."""
    monkeypatch.setattr(keep, "_rules", {})
    return keep.register


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_model_says_why_it_is_kept_and_what_of_it_is_personal(model):
    """A new model or field? Declare it in <app>/keeping.py."""
    assert keep.undeclared(model) == []


def test_every_rule_is_a_sentence_people_can_read():
    for rule in keep.rules():
        assert len(rule.purpose) > 6, rule
        assert len(rule.retention) > 5, rule


def test_what_is_personal_is_exported_or_explained():
    closed = {
        rule.model for rule in keep.rules() if rule.personal and not rule.export and rule.on_erase != "keep"
    }
    assert closed == set()


def test_the_register_is_in_order():
    labels = [rule.model._meta.label for rule in keep.rules()]
    assert labels == sorted(labels)
    assert keep.rule(StoredFile).personal == ("original_name", "text")


def test_a_model_that_nobody_declared_is_found(register):
    assert keep.undeclared(User) == ["accounts.User"]


def test_a_personal_field_that_nobody_named_is_found(register):
    register(Membership, **GOOD, personal=["name"])
    assert keep.undeclared(Membership) == ["accounts.Membership.email"]
    register(Membership, **GOOD, personal=["name"], plain=["email"])
    assert keep.undeclared(Membership) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"personal": ["nickname"]}, "has no field nickname"),
        ({"plain": ["nickname"]}, "has no field nickname"),
        ({"erase": "forget"}, "'forget' is not delete, blank or keep"),
        ({"erase": "keep", "personal": ["email"]}, "kept for a reason"),
        ({"erase": "keep: ", "personal": ["email"]}, "kept for a reason"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(register, change, message):
    with pytest.raises(ValueError, match=message):
        register(User, **(GOOD | change))


def test_the_word_of_a_rule_stands_before_its_reason(register):
    register(TrailEntry, **(GOOD | {"erase": "keep: numbers only"}))
    assert keep.rule(TrailEntry).on_erase == "keep"


@pytest.mark.parametrize(
    ("model", "name", "personal"),
    [
        (User, "email", True),
        (User, "name", True),
        (User, "language", False),
        (Mail, "body", True),
        (Mail, "state", False),
        (Application, "cover_letter", True),
        (Application, "stage", False),
    ],
)
def test_what_looks_personal(model, name, personal):
    assert keep.looks_personal(model._meta.get_field(name)) is personal


@pytest.mark.parametrize(
    ("field", "personal"),
    [
        (models.TextField(name="anything"), True),
        (EncryptedTextField(name="anything"), True),
        (models.GenericIPAddressField(name="anything"), True),
        (models.CharField(name="home_address"), True),
        (models.CharField(name="bank_account"), True),
        (models.CharField(name="token_hash"), False),
        (models.CharField(name="colour"), False),
        (models.IntegerField(name="phone"), False),
    ],
)
def test_kinds_of_fields(field, personal):
    assert keep.looks_personal(field) is personal
