"""Side by side: the people one chooses from, on the skills of the job. Reading changes nothing."""

from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.guards import fetch, member
from hiring import comparing, filters
from hiring.models import Job
from hiring.views.moves import BOSSES


@member(*BOSSES)
@require_safe
def compare(request, pk):
    job = fetch(request, Job.objects.select_related("company"), pk=pk)
    chosen = _chosen(request)
    found = comparing.compare(job, request.membership, comparing.shown(job, chosen))
    sort = request.GET.get("sort", "")
    people, pages = _page(request, comparing.ordered(found, sort), chosen, sort)
    context = {
        "job": job,
        "found": found,
        "people": people,
        "skills": comparing.skill_lines(found, people),
        "others": comparing.other_lines(people),
        "offered": comparing.offered(job),
        "chosen": {person.pk for person in found.people},
        "sorts": _sorts(found, chosen, sort),
        "pages": pages,
        "advice": _advice(found, chosen),
        **_one(request, found, people, chosen, sort),
        **_raters(found),
    }
    return render(request, "hiring/compare.html", context)


def _chosen(request) -> list[int]:
    keys = map(filters.number, request.GET.getlist("who")[: comparing.MOST])
    return [int(key) for key in keys if key]


def _address(chosen, sort, **more) -> str:
    """This page again, with the same people in the same order."""
    kept = [("who", pk) for pk in chosen] + ([("sort", sort)] if sort else []) + list(more.items())
    return f"?{urlencode(kept)}"


def _page(request, people, chosen, sort) -> tuple[list, list[dict]]:
    """Those beside each other now, and the numbers of the pages where there are several."""
    cut = [people[n : n + comparing.SIDE] for n in range(0, len(people), comparing.SIDE)] or [[]]
    asked = filters.number(request.GET.get("page", ""))
    at = min(max(int(asked or 1), 1), len(cut))
    numbers = [
        {"n": n, "url": _address(chosen, sort, page=n), "now": n == at} for n in range(1, len(cut) + 1)
    ]
    return cut[at - 1], numbers if len(cut) > 1 else []


def _one(request, found, people, chosen, sort) -> dict:
    """A phone shows one person at a time; a tab for each of the others."""
    asked, page = filters.number(request.GET.get("one", "")), request.GET.get("page", "")
    one = next((person for person in people if str(person.pk) == asked), people[0] if people else None)
    more = {"page": page} if filters.number(page) else {}
    tabs = [
        {"person": person, "url": _address(chosen, sort, one=person.pk, **more), "now": person is one}
        for person in people
    ]
    shown = [one] if one else []
    return {
        "one": one,
        "tabs": tabs,
        "one_skills": comparing.skill_lines(found, shown),
        "one_others": comparing.other_lines(shown),
    }


def _sorts(found, chosen, sort) -> list[dict]:
    """Every order there is: by place, by name, by stage, and by each skill."""
    kinds = [("", _("Place over all")), ("name", _("Name")), ("stage", _("How far they are"))]
    kinds += [(str(row.pk), str(row.label)) for row in found.requirements]
    return [
        {"value": key, "label": label, "url": _address(chosen, key), "now": key == sort}
        for key, label in kinds
    ]


def _advice(found, chosen) -> list[str]:
    """Lines that only tell."""
    lines = []
    if len(found.people) == 1 and not chosen:
        lines.append(_("Only one person has come this far. Two make a choice."))
    if past := sum(person.skipped for person in found.people):
        lines.append(
            ngettext("%(n)s of them came here past a stage.", "%(n)s of them came here past a stage.", past)
            % {"n": past}
        )
    if any(person.unopened for person in found.people):
        lines.append(_("Colleagues have rated somebody here. You see their cards when yours is in."))
    return lines


def _raters(found) -> dict:
    """Nothing of it with one reviewer."""
    if not found.several:
        return {"differences": [], "agreed": None}
    return {"differences": comparing.differences(found), "agreed": comparing.agreed(found)}
