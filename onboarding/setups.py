"""The set-up list of a job: what the shop gets ready while it hires."""

import secrets

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import conflicts, listed, undoing
from accounts.models import Company
from onboarding import country_items, defaults
from onboarding.models import Onboarding, SetupItem, SetupList
from vault import trail

MOST = 60  # things on one list


class Refused(Exception):
    """What cannot be done; `str()` is a sentence for people."""


# -- the list


def prepare(*, company, job_ref, job_title) -> SetupList:
    """The list of this job; made at the first call. What the shop has set up for an earlier job is set up."""
    with transaction.atomic():
        setup, made = SetupList.objects.get_or_create(
            company=company,
            job_ref=job_ref,
            defaults={"job_title": job_title} | _known(company),
        )
        if made:
            done = _done_before(company)
            SetupItem.objects.bulk_create(
                SetupItem(company=company, setup=setup, key=key, position=position, **done.get(key, {}))
                for position, key in enumerate(defaults.SETUP, 1)
            )
    return setup


def _known(company) -> dict:
    """What an earlier list says. Somebody is on their way already: the next one is not the first."""
    known = {"first_employee": False} if Onboarding.objects.for_company(company).running().exists() else {}
    before = SetupList.objects.for_company(company).order_by("-pk").first()
    if before is None:
        return known
    return known | {name: getattr(before, name) for name in ("support_address", "help_desk", "seats")}


def _done_before(company) -> dict:
    rows = SetupItem.objects.for_company(company).filter(key__in=defaults.SETUP).exclude(done_at=None)
    return {
        row.key: {"done_at": row.done_at, "done_by_id": row.done_by_id} for row in rows.order_by("-done_at")
    }


def progress(company, job_ref) -> tuple[int, int, int] | None:
    """(number of the list, ready, of how many); None where this job has no list. One query."""
    rows = SetupList.objects.for_company(company).filter(job_ref=job_ref).with_counts()
    return rows.order_by("pk").values_list("pk", "ready", "total").first()


def shown(setup) -> dict[str, list]:
    """The items in three parts: `ours`, `country` and `own`; and `off`, what was taken off the list."""
    parts = {"ours": [], "country": [], "own": [], "off": []}
    for item in setup.items.select_related("done_by").order_by("position", "pk"):
        part = (
            "off" if item.removed_at else "country" if item.of_country else "own" if item.is_own else "ours"
        )
        parts[part].append(item)
    return parts


# -- ticking


def mark(item, *, by, done: bool) -> bool:
    """Done, or not yet after all. False when it was so already."""
    values = {"done_at": timezone.now() if done else None, "done_by": by if done else None}
    with transaction.atomic():
        rows = SetupItem.objects.filter(pk=item.pk, done_at__isnull=done, removed_at=None)
        changed = rows.update(**values)
        if changed:
            _record("setup.done" if done else "setup.undone", item, by, ["done_at"])
    return bool(changed)


def did(company, key, by) -> int:
    """The thing is done by doing it elsewhere, such as the handbook's first pages; on how many lists it was open."""
    rows = SetupItem.objects.for_company(company).filter(key=key, done_at=None, removed_at=None, needed=True)
    return sum(mark(item, by=by, done=True) for item in rows.order_by("pk"))


def need(item, *, by, needed: bool) -> bool:
    """A shop without the thing does not count it. What is done is not unneeded. False when it was so already."""
    with transaction.atomic():
        rows = SetupItem.objects.filter(pk=item.pk, needed=not needed, done_at=None, removed_at=None)
        if changed := rows.update(needed=needed):
            _record("setup.needed" if needed else "setup.not_needed", item, by, ["needed"])
    return bool(changed)


# -- what is known of two of our things


def set_address(setup, *, by, address: str) -> bool:
    """The address customers write to; saying it makes it done. False when it was this one."""
    with transaction.atomic():
        changed = setup.support_address != address
        SetupList.objects.filter(pk=setup.pk).update(support_address=address)
        setup.support_address = address
        if changed:
            _record("setup.changed", setup, by, ["support_address"])
        _done(setup, "support_address", by)
    return changed


def choose_desk(setup, *, by, name: str, seats: int) -> None:
    """The help desk the shop took, for how many people; choosing it makes it done."""
    with transaction.atomic():
        SetupList.objects.filter(pk=setup.pk).update(help_desk=name, seats=seats)
        setup.help_desk, setup.seats = name, seats
        _record("setup.changed", setup, by, ["help_desk", "seats"])
        _done(setup, "help_desk", by)


def _done(setup, key, by) -> None:
    item = setup.items.filter(key=key).first()
    if item is not None:
        mark(item, by=by, done=True)


def help_desks(company, seats: int) -> list[dict]:
    """`name`, the price a month for `one` and `together` for `seats` ("" where none is known), and whether `quoted`."""
    return [
        {
            "name": listed.name_of(tool),
            "one": listed.price_of(tool),
            "together": listed.price_of(tool, times=seats),
            "quoted": listed.is_quoted(tool),
        }
        for tool in listed.shown(company, listed.TOOL)
    ]


# -- the country's list


def answer_first(setup, *, by, first: bool) -> bool:
    """Is it the shop's first employee ever? Yes brings the country's list, no takes what nobody touched of it away.

    False when that was the answer before.
    """
    with transaction.atomic():
        row = _locked(setup)
        if row.first_employee == first:
            return False
        row.first_employee = first
        row.save(update_fields=["first_employee"])
        if first:
            _bring(row, _country(row))
        else:
            _take_away(row)
        _record("setup.first_answered", row, by, ["first_employee"])
    return True


def take_country(setup, *, by) -> bool:
    """The list of the country the shop is in now. What somebody ticked, noted or worded of the old one stays.

    False when it is the list of that country already, or none is asked for.
    """
    with transaction.atomic():
        row, country = _locked(setup), _country(setup)
        if not row.first_employee or row.country == country:
            return False
        before = {"country": row.country, "gone": _take_away(row)}
        before["came"] = _bring(row, country)
        undoing.remember(row, "country", before, by=by)
        row.save(update_fields=undoing.FIELDS)
        _record("setup.country_taken", row, by, ["country"])
    return True


def take_back_country(setup, mark: str, *, by) -> None:
    """The list as it was before the other country's; what was ticked since stays. Raises undoing.Refused."""
    with transaction.atomic():
        row = _locked(setup)
        values = undoing.take(row, mark, by=by).values
        _take_away(row, values["came"])
        row.items.filter(pk__in=values["gone"]).update(removed_at=None)
        row.country = values["country"]
        row.save(update_fields=["country", *undoing.FIELDS])
        _record("setup.taken_back", row, by, ["country"])


def _country(setup) -> str:
    """As it is now, whatever the request read before."""
    return Company.objects.only("country").get(pk=setup.company_id).country


def _bring(row, country) -> list[int]:
    """The items of this country that are not on the list, in their order; the numbers of those that came."""
    wanted = country_items.items(country)
    there = {item.key: item for item in row.items.filter(key__in=[item.key for item in wanted])}
    after = row.items.aggregate(last=Max("position"))["last"] or 0
    back = [item.pk for item in there.values() if item.removed_at]
    row.items.filter(pk__in=back).update(removed_at=None)
    new = [item for item in wanted if item.key not in there]
    made = SetupItem.objects.bulk_create(
        SetupItem(company_id=row.company_id, setup=row, key=item.key, position=position)
        for position, item in enumerate(new, after + 1)
    )
    row.country = country
    row.save(update_fields=["country"])
    return [*back, *(item.pk for item in made)]


def _take_away(row, among=None) -> list[int]:
    """Off the list goes what is a country's and nobody touched; the numbers of it."""
    rows = row.items.filter(key__in=country_items.BY_KEY, removed_at=None)
    rows = rows if among is None else rows.filter(pk__in=among)
    gone = [item.pk for item in rows.order_by("pk") if not item.touched]
    row.items.filter(pk__in=gone).update(removed_at=timezone.now())
    return gone


# -- the shop's own words


def add(setup, *, by, title: str) -> SetupItem:
    """Something of the shop's own. Raises Refused when the list is full."""
    with transaction.atomic():
        row = _locked(setup)
        if row.items.filter(removed_at=None).count() >= MOST:
            raise Refused(_("The list is full. Take something off it first."))
        last = row.items.aggregate(last=Max("position"))["last"] or 0
        item = SetupItem.objects.create(
            company_id=row.company_id,
            setup=row,
            key=f"own-{secrets.token_hex(6)}",
            title=title,
            position=last + 1,
        )
        _record("setup.added", item, by, ["title"])
    return item


def change(item, *, by, seen, title, note, link) -> bool:
    """The item in the shop's words; our title stays ours, in every reader's language. False when nothing changed.

    `seen` is the revision the form was made from. Raises conflicts.Changed.
    """
    with transaction.atomic():
        row = SetupItem.objects.select_for_update(no_key=True, of=("self",)).get(pk=item.pk)
        conflicts.check(row, seen)
        wanted = {
            "title": "" if title == defaults.setup_title(row.key) else title,
            "note": note,
            "link": link,
        }
        fields = [name for name, value in wanted.items() if getattr(row, name) != value]
        if not fields:
            return False
        for name in fields:
            setattr(row, name, wanted[name])
        row.revision += 1
        row.save(update_fields=[*fields, "revision"])
        _record("setup.changed", row, by, fields)
    return True


def take_off(item, *, by) -> bool:
    """Off the list, with what was noted and ticked; it can come back. False when it was off already."""
    return _removed(item, by, timezone.now())


def put_back(item, *, by) -> bool:
    return _removed(item, by, None)


def _removed(item, by, when) -> bool:
    with transaction.atomic():
        rows = SetupItem.objects.filter(pk=item.pk, removed_at__isnull=when is not None)
        if changed := rows.update(removed_at=when):
            _record("setup.taken_off" if when else "setup.put_back", item, by, ["removed_at"])
    return bool(changed)


def _locked(setup) -> SetupList:
    return SetupList.objects.select_for_update(no_key=True, of=("self",)).get(pk=setup.pk)


def _record(action, row, by, fields) -> None:
    trail.record(
        action,
        company_id=row.company_id,
        actor_id=by.user_id,
        kind="setup" if isinstance(row, SetupList) else "setup_item",
        pk=row.pk,
        fields=fields,
    )
