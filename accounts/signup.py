"""A shop opens its account: the company, its first owner, and what other apps do about it."""

from contextlib import contextmanager

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts import slugs
from accounts.models import Company, Membership, Role
from vault import trail

after_signup: list = []  # callables (request, membership); apps add themselves in AppConfig.ready
DOOR = 7_401  # the advisory lock that lets one shop in at a time


class Closed(Exception):
    """Somebody else's shop lives here already."""


def is_open() -> bool:
    """Until the first shop that is not the sample one; for ever where the operator says so."""
    return settings.SIGNUP_OPEN or not Company.objects.filter(is_demo=False).exists()


@contextmanager
def door():
    """A transaction in which the answer to "is it open?" stays true. Raises Closed.

    Two strangers who sign up in the same second would otherwise both find no company; there is no row
    to lock yet, so PostgreSQL locks a number. SQLite has one writer anyway.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql" and not settings.SIGNUP_OPEN:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [DOOR])
        if not is_open():
            raise Closed(_("Sign-up is closed here."))
        yield


def found(*, user, request, name: str, slug: str = "", **place) -> Membership:
    """Makes the company with `user` as its owner, inside `door()`. `place`: country, currency, timezone, language."""
    company = Company.objects.create(
        name=name, slug=slug or slugs.free(name), privacy_contact=user.email, **place
    )
    owner = Membership.objects.create(
        company=company, user=user, role=Role.OWNER, name=user.name, email=user.email
    )
    trail.record("company.founded", company_id=company.pk, actor_id=user.pk, kind="company", pk=company.pk)
    for callback in after_signup:
        callback(request, owner)
    return owner
