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
        rule.model
        for rule in keep.rules()
        if rule.personal and not rule.export and not rule.withheld and rule.on_erase != "keep"
    }
    assert closed == set()


def test_the_register_is_in_order():
    labels = [rule.model._meta.label for rule in keep.rules()]
    assert labels == sorted(labels)
    assert keep.rule(StoredFile).personal == ("original_name", "text")


def test_a_model_that_nobody_declared_is_found(register):
    assert keep.undeclared(User) == ["accounts.User"]


def test_a_personal_field_that_nobody_named_is_found(register):
    register(Membership, **GOOD, personal=["name"], of={"member": "pk"})
    assert keep.undeclared(Membership) == ["accounts.Membership.email"]
    register(Membership, **GOOD, personal=["name"], plain=["email"], of={"member": "pk"})
    assert keep.undeclared(Membership) == []


def test_rows_of_which_nobody_said_whose_they_are_are_found(register):
    register(Membership, **GOOD, plain=["name", "email"])
    assert keep.undeclared(Membership) == ["accounts.Membership: whose"]
    register(Membership, **GOOD, plain=["name", "email"], of={})
    assert keep.undeclared(Membership) == []
    register(Membership, **GOOD, personal=["name", "email"], of={})
    assert keep.undeclared(Membership) == ["accounts.Membership: whose"]


class TestWhose:
    """A register of its own, in which a membership is somebody's by a path, a word or a function."""

    def rows(self, kind, pk):
        return list(keep.rule(Membership).rows(kind, pk))

    def test_by_a_path(self, register, owner, manager):
        register(Membership, **GOOD, of={"member": "pk", "user": "user"})
        assert self.rows("member", manager.pk) == [manager]
        assert self.rows("user", owner.user_id) == [owner]
        assert self.rows("candidate", owner.pk) == []

    def test_by_a_function_and_by_what_an_app_above_adds(self, register, monkeypatch, owner, manager):
        monkeypatch.setattr(keep, "_ties", {})
        register(Membership, **GOOD, of={"member": lambda pk: Membership.objects.filter(pk=pk)})
        keep.tie(Membership, "candidate", "user")
        assert self.rows("member", owner.pk) == [owner]
        assert self.rows("candidate", manager.user_id) == [manager]

    def test_by_a_word_and_a_number(self, register, owner, manager):
        register(Membership, **GOOD, of={"member": "pk"})
        register(TrailEntry, **GOOD, of={"member": keep.Named("kind", "subject_id")})
        keep.called("membership", Membership)
        mine, _other, _third = (
            TrailEntry.objects.create(action="team.joined", kind=kind, subject_id=pk)
            for kind, pk in (("membership", owner.pk), ("membership", manager.pk), ("job", owner.pk))
        )
        assert list(keep.rule(TrailEntry).rows("member", owner.pk)) == [mine]

    def test_what_a_law_keeps(self, register, owner, manager):
        bosses = keep.Law(lambda rows: rows.filter(role="owner"), "A shop needs one")
        register(Membership, **GOOD, of={}, law=bosses)
        assert keep.rule(Membership).kept(Membership.objects.all()) == {owner.pk: bosses}


@pytest.mark.parametrize("rule", keep.rules(), ids=lambda rule: rule.model._meta.label)
@pytest.mark.django_db
def test_every_way_of_the_register_leads_somewhere(rule):
    """A path with a slip in it would find nobody, or fail on the day somebody asks."""
    assert [list(rule.rows(kind, 0)) for kind in ("candidate", "member")] == [[], []]
    assert list(rule.of_shop(0)) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"personal": ["nickname"]}, "has no field nickname"),
        ({"plain": ["nickname"]}, "has no field nickname"),
        ({"hidden": ["nickname"]}, "has no field nickname"),
        ({"blank": {"nickname": ""}}, "has no field nickname"),
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
