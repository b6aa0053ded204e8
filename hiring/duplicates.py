"""Applications that may be of one person: found in the background, grouped only by people, taken apart again.

The public form knows nothing of this and never writes to a person who is there already. What is found is a question
on the page of whoever may see both applications; grouping changes which Candidate an application hangs on, and not a
word of the application itself.
"""

import time

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import undoing
from hiring import likeness, subjects
from hiring.models import Application, Candidate, PersonKey, Said, SamePerson
from vault import erasing, trail
from vault.models import Erasure

BATCH = 50
SECONDS = 20  # then the next beat goes on
SURE, NAMES = (
    50,
    200,
)  # of one block that are looked at, the newest: an agency's address does not stop the rest
MOST = 5  # questions about one application
BESIDE = 30  # others on the page of one


class Refused(Exception):
    """They cannot be grouped now; `str()` is a sentence for people."""


class Decided(Exception):
    """Somebody was faster; `pair` is as it is now."""

    def __init__(self, pair):
        self.pair = pair
        super().__init__(f"pair {pair.pk} is {pair.said}")


# -- finding


def run(seconds: float = SECONDS) -> int:
    """Looks at what is due; how many applications. May run twice at once, and after a crash again."""
    until, done = time.monotonic() + seconds, 0
    while time.monotonic() < until and (found := _batch()):
        done += found
    return done


def _batch() -> int:
    """Two transactions: whose keys are not committed cannot be found by somebody who arrives at the same time."""
    with transaction.atomic():
        pks = [row.pk for row in _keep_keys()]
    with transaction.atomic():
        rows = list(_locked(Application.everything.filter(pk__in=pks, keys_due=True)).select_related("keys"))
        pairs = [pair for row in rows if not row.is_test for pair in _pairs(row)]
        once = {(pair.first_id, pair.second_id): pair for pair in pairs}  # found from both its ends
        SamePerson.objects.bulk_create(
            once.values(), update_conflicts=True, unique_fields=["first", "second"], update_fields=["reasons"]
        )
        Application.everything.filter(pk__in=[row.pk for row in rows]).update(keys_due=False)
    return len(pks)


def _locked(rows):
    return rows.order_by("pk").select_for_update(no_key=True, of=("self",), skip_locked=True)


def _keep_keys() -> list:
    due = Application.everything.filter(keys_due=True, erased_at=None).select_related("company")
    rows = list(_locked(due)[:BATCH])
    PersonKey.objects.bulk_create(
        [PersonKey(application=row, company_id=row.company_id, **_keys(row)) for row in rows],
        update_conflicts=True,
        unique_fields=["application"],
        update_fields=["email_key", "phone_key", "name_key"],
    )
    return rows


def _keys(row) -> dict:
    if row.is_test:
        return {}
    return {
        "email_key": likeness.email_key(row.email),
        "phone_key": likeness.phone_key(row.phone, row.company.country),
        "name_key": likeness.name_key(row.sort_name),
    }


def _pairs(row) -> list[SamePerson]:
    """The likeliest first, as many as one may be asked about: same address, same phone, similar name."""
    found = {other.pk: (_reasons(row.keys, other), other) for other in [*_sure(row), *_of_a_name(row)]}
    settled = _settled(row)
    likely = [
        (reasons, other)
        for reasons, other in found.values()
        if reasons and other.application.candidate_id not in settled
    ]
    likely.sort(key=lambda entry: (entry[0] == ["name"], -len(entry[0]), -entry[1].pk))
    return [_pair(row, other, reasons) for reasons, other in likely[:MOST]]


def _others(row):
    """Keys of the company's other applicants, the newest first."""
    rows = PersonKey.objects.filter(company=row.company_id, application__erased_at=None)
    rows = rows.exclude(application__candidate=row.candidate_id).select_related("application")
    return rows.order_by("-application")


def _sure(row):
    keys = row.keys
    same = Q(pk__in=[])
    if keys.email_key:
        same |= Q(email_key=keys.email_key)
    if keys.phone_key:
        same |= Q(phone_key=keys.phone_key)
    return _others(row).filter(same)[:SURE]


def _of_a_name(row):
    """Whose name alone is worth a question. Who has the same address or phone as well is found by that."""
    key = row.keys.name_key
    rows = list(_others(row).filter(name_key=key)[:NAMES] if key else [])
    people = len({other.application.candidate_id for other in rows}) + 1
    return [other for other in rows if _name_tells(row, other, people)]


def _name_tells(row, other, people) -> bool:
    mine, names = row.keys, (row.sort_name, other.application.sort_name)
    given = [(mine.email_key, other.email_key), (mine.phone_key, other.phone_key)]
    return likeness.name_tells(names, given, people=people)


def _reasons(mine, theirs) -> list[str]:
    names = (mine.application.sort_name, theirs.application.sort_name)
    alike = {
        "email": mine.email_key and mine.email_key == theirs.email_key,
        "phone": mine.phone_key and mine.phone_key == theirs.phone_key,
        "name": likeness.names_alike(*names),
    }
    return [reason for reason, is_so in alike.items() if is_so]


def _settled(row) -> set[int]:
    """Candidates of whom somebody has said already that this one is not they."""
    mine = row.candidate_id
    rows = SamePerson.objects.filter(company=row.company_id, said=Said.OTHER)
    pairs = rows.filter(Q(first__candidate=mine) | Q(second__candidate=mine))
    return {pk for pair in pairs.values_list("first__candidate", "second__candidate") for pk in pair} - {mine}


def _pair(row, other, reasons) -> SamePerson:
    first, second = sorted((row.pk, other.pk))
    return SamePerson(company_id=row.company_id, first_id=first, second_id=second, reasons=reasons)


# -- deciding


@transaction.atomic
def same(pair, *, by) -> Application:
    """Both are one person: the later one's applications hang on the earlier Candidate. Raises Decided and Refused."""
    pair = _lock(pair)
    first, second = pair.first.candidate_id, pair.second.candidate_id
    keep, goes = sorted((first, second))
    _refuse_if_leaving(keep, goes)
    moved = list(Application.everything.filter(candidate=goes).order_by("pk").values_list("pk", flat=True))
    pairs = _say(SamePerson.objects.between(keep, goes), Said.SAME, by)
    Application.everything.filter(pk__in=moved).update(candidate=keep)
    values = {"moved": moved, "from": goes, "to": keep, "pairs": pairs}
    return _remember(pair.second_id, "grouped", values, by, action="candidate.grouped")


@transaction.atomic
def somebody_else(pair, *, by) -> Application:
    """They are two: nobody is asked again, of none of their applications. Raises Decided."""
    pair = _lock(pair)
    first, second = pair.first.candidate_id, pair.second.candidate_id
    values = {"pairs": _say(SamePerson.objects.between(first, second), Said.OTHER, by)}
    values |= {"from": first, "to": second}
    return _remember(pair.second_id, "apart", values, by, action="candidate.told_apart")


@transaction.atomic
def ungroup(application, *, by) -> Application:
    """This application is somebody else's after all: a Candidate of its own. Raises Refused when it stands alone."""
    subjects.lock(application.candidate_id)
    row = Application.everything.get(pk=application.pk)
    others = Application.everything.filter(candidate=row.candidate_id).exclude(pk=row.pk).order_by("pk")
    rest = list(others.values_list("pk", flat=True))
    if not rest or row.candidate_id != application.candidate_id:
        raise Refused(_("This application stands alone already."))
    _refuse_if_leaving(row.candidate_id)
    alone = Candidate.objects.create(company_id=row.company_id)
    _know_apart(row, rest, by)
    values = {"moved": [row.pk], "from": row.candidate_id, "to": alone.pk, "pairs": []}
    Application.everything.filter(pk=row.pk).update(candidate=alone)
    return _remember(row.pk, "ungrouped", values, by, action="candidate.ungrouped")


def _know_apart(row, rest, by) -> None:
    said = {"said": Said.OTHER, "said_by": by, "said_at": timezone.now()}
    pairs = [_pair(row, Application(pk=pk), []) for pk in rest]
    for pair in pairs:
        for name, value in said.items():
            setattr(pair, name, value)
    SamePerson.objects.bulk_create(
        pairs, update_conflicts=True, unique_fields=["first", "second"], update_fields=list(said)
    )


def _lock(pair) -> SamePerson:
    """The company, the jobs, the applications of both, then the pair, read afresh."""
    both = Application.everything.filter(pk__in=[pair.first_id, pair.second_id])
    subjects.lock(*sorted(set(both.values_list("candidate", flat=True))))
    rows = SamePerson.objects.select_related("first", "second", "said_by")
    row = rows.select_for_update(no_key=True, of=("self",)).get(pk=pair.pk)
    if row.said or row.first.candidate_id == row.second.candidate_id:
        raise Decided(row)
    if any(person.erased_at or person.deleted_at for person in (row.first, row.second)):
        raise Refused(_("One of the two is gone."))
    return row


def _refuse_if_leaving(*candidates) -> None:
    """Whoever asked to be erased, or is held for a dispute, is not mixed with anybody. The clock looks again itself."""
    asked = Erasure.objects.filter(subject_kind="candidate", subject_id__in=candidates)
    asked = asked.filter(done_at=None, cancelled_at=None).exclude(source=Erasure.Source.CLOCK)
    if asked.exists():
        raise Refused(_("One of the two is to be erased soon. Decide that first."))
    if erasing.holds("candidate").filter(subject_id__in=candidates).exists():
        raise Refused(_("The data of one of the two is kept for a reason of its own. Lift that first."))


def _say(pairs, said, by) -> list[int]:
    """Says it of every pair nobody spoke of; which."""
    pks = list(pairs.filter(said=Said.NOTHING).order_by("pk").values_list("pk", flat=True))
    SamePerson.objects.filter(pk__in=pks).update(said=said, said_by=by, said_at=timezone.now())
    return pks


def _remember(pk, what, values, by, *, action) -> Application:
    row = Application.everything.get(pk=pk)
    undoing.remember(row, what, values, by=by)
    row.save(update_fields=undoing.FIELDS)
    _trail(action, row, by)
    return row


# -- taking back


@transaction.atomic
def take_back(application, mark: str, *, by) -> None:
    """The last grouping, ungrouping or telling apart. Raises undoing.Refused."""
    values = application.undoable.get(mark.partition("-")[0], {}).get("values", {})
    known = Candidate.objects.filter(pk__in=[values.get("from"), values.get("to")])
    subjects.lock(*known.order_by("pk").values_list("pk", flat=True))
    row = Application.everything.get(pk=application.pk)
    taken = undoing.take(row, mark, by=by)
    _BACK[taken.what](row, taken.values)
    row.save(update_fields=undoing.FIELDS)
    _trail("candidate.grouping_taken_back", row, by)


def _apart_again(_row, values):
    rows = Application.everything.filter(pk__in=values["moved"], candidate=values["to"], erased_at=None)
    if rows.count() != len(values["moved"]):
        raise undoing.Gone(_("Somebody has grouped them otherwise since. Nothing was changed."))
    rows.update(candidate=values["from"])
    _ask_again(_row, values)


def _together_again(row, values):
    _apart_again(row, values)
    between = SamePerson.objects.filter(Q(first=row.pk) | Q(second=row.pk), said=Said.OTHER)
    between.filter(first__candidate=values["from"], second__candidate=values["from"]).update(said=Said.SAME)


def _ask_again(_row, values):
    SamePerson.objects.filter(pk__in=values["pairs"]).update(said=Said.NOTHING, said_by=None, said_at=None)


_BACK = {"grouped": _apart_again, "ungrouped": _together_again, "apart": _ask_again}


def _trail(action, row, by) -> None:
    trail.record(
        action,
        company_id=row.company_id,
        actor_id=by.user_id,
        kind="application",
        pk=row.pk,
        fields=["candidate"],
    )


# -- looking


def beside(application, member) -> list[Application]:
    """Other applications this member may see, of the same person (`pair` None) or perhaps so (`pair`, `reasons`).

    In one query: every page of a person asks.
    """
    mine = SamePerson.objects.for_company(application.company_id).filter(said=Said.NOTHING)
    asked = mine.filter(
        Q(first=application.pk, second=OuterRef("pk")) | Q(second=application.pk, first=OuterRef("pk"))
    )
    rows = Application.objects.for_company(application.company_id).visible_to(member)
    rows = rows.exclude(pk=application.pk).select_related("job")
    rows = rows.annotate(pair=Subquery(asked.values("pk")[:1]), reasons=Subquery(asked.values("reasons")[:1]))
    rows = rows.filter(pk__in=_kin(application, mine)).order_by("-pk")[:BESIDE]
    for row in rows:
        if row.candidate_id == application.candidate_id:
            row.pair = None  # grouped by way of another
    return list(rows)


def _kin(application, pairs):
    """Numbers of the same person's applications and of those in `pairs` with this one.

    A union, not three conditions joined by "or": each part goes along an index of its own, however many applications
    the company has.
    """
    own = Application.objects.filter(candidate=application.candidate_id).order_by().values("pk")
    return own.union(
        pairs.filter(second=application.pk).order_by().values("first"),
        pairs.filter(first=application.pk).order_by().values("second"),
    )
