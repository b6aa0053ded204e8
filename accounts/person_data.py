"""One person's data on a page: what is held, a copy of it, keeping it for a dispute, erasing it.

The same for candidates and for members; each app says who it is and where the pages are (Person).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Membership, Role
from vault import erasing, exports, files
from vault.models import Erasure, Hold

LONGEST_HOLD = timedelta(days=5 * 365)


@dataclass(frozen=True)
class Person:
    """Whom the page is about. `pages` are addresses: page, copy (the progress), take, erase, back."""

    kind: str
    pk: int
    name: str
    pages: dict
    goes_on: date | None = None
    note: str = ""  # a sentence about what else is held elsewhere


class HoldForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        help_text=gettext_lazy(
            "For example: a complaint that is not settled. The person may ask to read it."
        ),
    )
    until = forms.DateField(
        label=gettext_lazy("Until and including"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def clean_until(self):
        until = self.cleaned_data["until"]
        if not timezone.localdate() <= until <= timezone.localdate() + LONGEST_HOLD:
            raise forms.ValidationError(_("Choose a day within the next five years."))
        return until


class PlanForm(forms.Form):
    on = forms.DateField(
        label=gettext_lazy("Erase on"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    why = forms.CharField(label=gettext_lazy("Why"), max_length=300)

    def clean_on(self):
        on = self.cleaned_data["on"]
        if not timezone.localdate() < on <= timezone.localdate() + LONGEST_HOLD:
            raise forms.ValidationError(_("Choose a day after today, within the next five years."))
        return on


# -- the page


def page(request, person, template, *, status=200, **bound):
    """`bound` are forms that were refused and keep what was typed."""
    return render(request, template, context(request, person) | bound, status=status)


def context(request, person) -> dict:
    owner = request.membership.role == Role.OWNER
    return {
        "person": person,
        "owner": owner,
        "lines": erasing.outlook(person.kind, person.pk),
        "holds": _holds(person),
        "planned": erasing.planned(person.kind, person.pk),
        "copy": exports.latest(person.kind, person.pk, by_id=request.user.pk) if owner else None,
        "hold_form": HoldForm(auto_id="hold_%s"),
        "plan_form": PlanForm(auto_id="plan_%s"),
    }


def _holds(person) -> list[dict]:
    rows = list(erasing.holds(person.kind).filter(subject_id=person.pk).order_by("until", "pk"))
    names = {
        place.user_id: str(place)
        for place in Membership.objects.filter(user__in=[row.by_id for row in rows if row.by_id])
        if rows and place.company_id == rows[0].company_id
    }
    return [{"row": row, "by": names.get(row.by_id, "")} for row in rows]


# -- what the buttons do


def act(request, person, template):
    """One POST of the page: `do` says which button."""
    do = ACTIONS.get(request.POST.get("do", ""))
    if do is None:
        raise Http404
    return do(request, person, template) or redirect(person.pages["page"])


def _owner_only(request):
    if request.membership.role != Role.OWNER:
        raise PermissionDenied


def _copy(request, person, template):
    _owner_only(request)
    exports.ask(
        person.kind, person.pk, company_id=request.company.pk, by_id=request.user.pk,
        language=translation.get_language(),
    )  # fmt: skip


def _give_up(request, person, template):
    _owner_only(request)
    row = exports.latest(person.kind, person.pk, by_id=request.user.pk)
    if row and exports.cancel(row, by_id=request.user.pk):
        messages.success(request, _("The copy was given up."))


def _hold(request, person, template):
    form = HoldForm(request.POST, auto_id="hold_%s")
    if not form.is_valid():
        return page(request, person, template, status=422, hold_form=form)
    again = erasing.holds(person.kind).filter(subject_id=person.pk, **form.cleaned_data)
    if not again.exists():
        erasing.hold(
            person.kind, person.pk, company_id=request.company.pk, by_id=request.user.pk, **form.cleaned_data
        )
    messages.success(request, _("Nothing of this person is erased until then."))
    return None


def _lift(request, person, template):
    number = request.POST.get("hold", "")
    rows = Hold.objects.filter(subject_kind=person.kind, subject_id=person.pk)
    if number.isascii() and number.isdigit() and len(number) < 19 and (row := rows.filter(pk=number).first()):
        erasing.lift(row, by_id=request.user.pk)
        messages.success(request, _("The hold is lifted."))


def _plan(request, person, template):
    _owner_only(request)
    form = PlanForm(request.POST, auto_id="plan_%s")
    if not form.is_valid():
        return page(request, person, template, status=422, plan_form=form)
    erasing.plan(
        person.kind, person.pk, company_id=request.company.pk, on=form.cleaned_data["on"],
        reason=form.cleaned_data["why"], source=Erasure.Source.SHOP, by_id=request.user.pk,
    )  # fmt: skip
    messages.success(request, _("It will be erased on that day."))
    return None


def _call_off(request, person, template):
    """What the person asked for themselves is not called off by the shop: a hold with a reason is the way."""
    _owner_only(request)
    row = erasing.planned(person.kind, person.pk)
    if row is not None and row.source == Erasure.Source.PERSON:
        messages.error(request, _("The person asked for this. It can wait only under a hold with a reason."))
    elif row is not None and erasing.call_off(row, by_id=request.user.pk):
        messages.success(request, _("It is not erased on that day."))


ACTIONS = {
    "copy": _copy,
    "give_up": _give_up,
    "hold": _hold,
    "lift": _lift,
    "plan": _plan,
    "call_off": _call_off,
}


# -- the copy


def progress(request, person):
    """The fragment that asks again while the copy is being made."""
    row = exports.latest(person.kind, person.pk, by_id=request.user.pk)
    response = render(request, "accounts/_copy.html", {"copy": row, "pages": person.pages})
    if row is None or not row.under_way:
        response["HX-Refresh"] = "true"
    return response


@reauthentication_required
def take(request, person):
    """The file, for who asked for it and has proved lately who they are. Reading it is in the trail."""
    row = exports.latest(person.kind, person.pk, by_id=request.user.pk)
    if row is None or not row.is_ready:
        raise Http404
    if request.method == "GET":
        exports.taken(row, by_id=request.user.pk)
    return files.response(row.file, request)


# -- erasing


@reauthentication_required
def erase(request, person, template):
    """GET lists what goes and what stays; POST does it."""
    if request.method == "POST":
        try:
            erasing.erase(person.kind, person.pk, company_id=request.company.pk, by_id=request.user.pk)
        except erasing.Refused as refused:
            messages.error(request, str(refused))
            return redirect(person.pages["page"])
        messages.success(request, _("Erased. What stays, stays for the counts and for the law."))
        return redirect(person.pages["back"])
    return page(request, person, template)
