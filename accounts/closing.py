"""A shop closes: two weeks in which it is frozen and may change its mind, then everything of it is erased."""

from collections.abc import Callable
from datetime import timedelta

from django.apps import apps
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import letters, team
from accounts.addresses import absolute
from accounts.models import Company, Membership, Role, User
from vault import erased_list, erasing, keep, trail
from vault.models import Appended, FileRemoval, StoredFile

GRACE = timedelta(days=14)
KIND = "shop"  # on the list of the erased
kept: list[Callable] = []  # callables (company) -> [(what, last day)]: what the law orders the shop to keep


class Refused(Exception):
    """`str()` is a sentence for people."""


def kept_by_law(company) -> list:
    return [line for callback in kept for line in callback(company)]


@transaction.atomic
def ask(company, *, by) -> None:
    """Frozen from now on, erased in 14 days; every member hears of it. Twice is once. Raises Refused."""
    company = _locked(company)
    if company.is_demo:
        raise Refused(_("The sample shop goes with one button, at the end of the home page."))
    if company.closes_at:
        return
    company.closes_at = timezone.now() + GRACE
    company.save(update_fields=["closes_at"])
    _record("data.closing", company, by)
    _tell(company, by)


@transaction.atomic
def keep_open(company, *, by) -> None:
    """Everything is as it was. Twice is once."""
    company = _locked(company)
    if company.closes_at is None:
        return
    company.closes_at = None
    company.save(update_fields=["closes_at"])
    _record("data.kept_open", company, by)


def erase_due() -> int:
    """Erases every shop whose two weeks are over; how many. Run by the beat, and harmless twice."""
    due = list(
        Company.objects.filter(closes_at__lte=timezone.now()).order_by("pk").values_list("pk", flat=True)
    )
    return sum(_erase(pk) for pk in due)


def erase_again(known: set[tuple[str, str]]) -> int:
    """After a backup came back: shops on the list of the erased (vault.erased_list) go again; how many."""
    back = [shop for shop in Company.objects.order_by("pk") if (KIND, _mark(shop)) in known]
    for shop in back:
        Company.objects.filter(pk=shop.pk).update(closes_at=timezone.now())
    return sum(_erase(shop.pk) for shop in back)


def _mark(company) -> str:
    """With the moment it was founded: in a restored database a new shop may get the number of an erased one."""
    return erased_list.fingerprint(KIND, f"{company.pk}:{company.created_at.timestamp()}")


@transaction.atomic
def _erase(pk) -> bool:
    team.lock(pk)
    company = Company.objects.filter(pk=pk, closes_at__lte=timezone.now()).first()
    if company is None:
        return False
    mark, today = _mark(company), timezone.localdate()
    transaction.on_commit(lambda: erased_list.note(KIND, mark, on=today), robust=True)
    people = list(User.objects.filter(memberships__company=company).values_list("pk", flat=True))
    stored = StoredFile.objects.filter(company_id=pk)
    erasing.take_away(
        [FileRemoval(stored_name=name) for name in stored.values_list("stored_name", flat=True)]
    )
    for model in _protecting():
        model._base_manager.filter(company=company).delete()
    company.delete()
    for model in _by_number():
        model._base_manager.filter(company_id=pk).delete()
    User.objects.filter(pk__in=people, memberships=None).delete()
    return True


def _protecting() -> list:
    """Company-owned rows that forbid the deleting of what they point at: they go first."""
    return [
        rule.model
        for rule in keep.rules()
        if rule.shop == "company"
        and any(_protects(column) for column in rule.model._meta.local_concrete_fields)
    ]


def _protects(column) -> bool:
    declared = column.related_model and keep.rule(column.related_model)
    protects = getattr(column.remote_field, "on_delete", None) is models.PROTECT
    return bool(protects and declared and declared.shop == "company")


def _by_number() -> list:
    """Rows of vault, which know a company only by its number; what points at others goes first. The trail stays."""
    found = [
        model
        for model in apps.get_app_config("vault").get_models()
        if not issubclass(model, Appended)
        and any(column.name == "company_id" for column in model._meta.local_concrete_fields)
    ]
    return sorted(found, key=lambda model: -erasing.depth(model))


def _tell(company, by) -> None:
    members = Membership.objects.for_company(company).active().exclude(user=None).select_related("user")
    for member in members.order_by("pk"):
        _mail(company, member, by)


def _mail(company, member, by) -> None:
    member.company = company  # with its new day
    values = {
        "who": str(by),
        "day": company.closes_at,
        "url": absolute(reverse("accounts:data")) if member.role == Role.OWNER else "",
    }
    letters.send(member, kind="shop_closing", key=f"{company.closes_at:%Y%m%d%H%M}", values=values)


def _locked(company) -> Company:
    team.lock(company.pk)
    return Company.objects.get(pk=company.pk)


def _record(action, company, by) -> None:
    trail.record(action, company_id=company.pk, actor_id=by.user_id, kind="company", pk=company.pk)
