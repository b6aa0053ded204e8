"""With which weights and thresholds a company's answers are computed: ours, or the latest version of its own."""

from django.db import transaction

from accounts import conflicts
from readiness import settable
from readiness.models import Weighing
from readiness.scoring import CONFIGS, DEFAULT
from vault import trail


def config_of(company):
    """The configuration in force. Strangers (None) and the command line use ours."""
    row = latest(company) if company is not None else None
    return DEFAULT if row is None else config_from(row)


def latest(company) -> Weighing | None:
    return Weighing.objects.for_company(company).order_by("-revision").first()


def config_from(row):
    """The configuration of one version; our default when the version it started from is no longer known."""
    base = CONFIGS.get(row.base)
    return DEFAULT if base is None else settable.changed(base, row.changes, version=row.version)


def named(version, company):
    """The configuration a result was computed with; None when it is not known (any more)."""
    if version in CONFIGS or company is None:
        return CONFIGS.get(version)
    base, _plus, revision = version.partition("+")
    if base not in CONFIGS or not (revision.isascii() and revision.isdigit()):
        return None
    row = Weighing.objects.for_company(company).filter(base=base, revision=int(revision)).first()
    return None if row is None else config_from(row)


def check(row, seen) -> None:
    """Raises conflicts.Changed when `row`, the latest, is not the revision somebody has `seen`; None says nothing."""
    if row is not None and seen not in {None, row.revision}:
        raise conflicts.Changed(row)


@transaction.atomic
def save(*, company, changes, seen, by) -> Weighing | None:
    """The next version, with `changes` {path: value} from our default. None when it would say what the latest says.

    `seen` is the revision the page was made from, 0 for ours. Raises conflicts.Changed when there is a newer one.
    """
    company = type(company).objects.select_for_update(no_key=True, of=("self",)).get(pk=company.pk)
    row = latest(company)
    check(row, seen)
    if (row.base, row.changes) == (DEFAULT.version, changes) if row else not changes:
        return None
    made = Weighing.objects.create(
        company=company,
        base=DEFAULT.version,
        revision=row.revision + 1 if row else 1,
        changes=changes,
        created_by=by.user,
    )
    trail.record(
        "readiness.weighed",
        company_id=company.pk,
        actor_id=by.user_id,
        kind="weighing",
        pk=made.pk,
        fields=sorted(changes),
    )
    return made
