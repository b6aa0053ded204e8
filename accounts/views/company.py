from django.contrib import messages
from django.db import IntegrityError, transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import colours, conflicts, trail_words
from accounts import look as looks
from accounts.forms import CompanyForm, LookForm
from accounts.guards import member
from accounts.models import Company, Membership, Role
from vault.models import TrailEntry
from vault.trail import record

PAGE = 50


@member(Role.OWNER)
def company(request):
    """409 with both versions when another owner, or another tab, saved meanwhile."""
    form = CompanyForm(request.POST or None, instance=Company.objects.get(pk=request.company.pk))
    try:
        if request.method == "POST" and form.is_valid() and _save(request, form):
            messages.success(request, _("Saved."))
            return redirect("accounts:company")
    except conflicts.Changed as changed:
        theirs, seen = [CompanyForm(instance=changed.row)], changed.row.revision
        return conflicts.page(request, mine=[form], theirs=theirs, seen=seen, back=request.path)
    return render(request, "accounts/company.html", {"form": form, "shop": request.company})


def _save(request, form) -> bool:
    """False when another shop took the address between the look and the saving. Raises conflicts.Changed."""
    changed = [name for name in form.changed_data if name != "seen"]
    try:
        with transaction.atomic():
            rows = Company.objects.select_for_update(no_key=True, of=("self",))
            now = rows.get(pk=request.company.pk)
            conflicts.check(now, form.cleaned_data["seen"])
            if changed:
                form.instance.revision = now.revision + 1
                form.instance.save(update_fields=[*changed, "revision"])
                record(
                    "company.changed",
                    company_id=request.company.pk,
                    actor_id=request.user.pk,
                    kind="company",
                    pk=request.company.pk,
                    fields=changed,
                )
    except IntegrityError:
        form.add_error("slug", _("Another shop has this address. Please choose another."))
        return False
    return True


@member(Role.OWNER)
def look(request):
    """Logo and colours, with a preview that follows what is typed."""
    shop = Company.objects.get(pk=request.company.pk)
    initial = {"accent": shop.accent, "on_accent": shop.on_accent}
    form = LookForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        looks.save(shop, by=request.membership, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("accounts:look")
    status = 422 if form.is_bound else 200
    return render(request, "accounts/look.html", _look(form, shop), status=status)


@member(Role.OWNER)
@require_safe
def look_preview(request):
    """The preview of what is typed this moment; nothing is kept."""
    form = LookForm({name: request.GET.get(name, "") for name in ("accent", "on_accent")})
    form.is_valid()
    return render(request, "accounts/_look_preview.html", _look(form, request.company))


def _look(form, shop) -> dict:
    """What the page and the preview show: the pair where it can be read, else the proposal beside the refusal."""
    data = form.cleaned_data if form.is_bound else form.initial
    accent, text = data.get("accent") or "", data.get("on_accent") or ""
    own = not (accent or text or form.errors)
    if own:
        accent, text = colours.OURS
    shown = bool(accent and text)
    return {
        "form": form,
        "shop": shop,
        "own_colours": own,
        "pair": colours.pages(accent, text) if shown else None,
        "ratio": int(colours.contrast(accent, text) * 10) / 10 if shown else None,
    }


@member(Role.OWNER)
@require_safe
def trail(request):
    """Who did what and when, the newest first; pages go by key."""
    people = list(Membership.objects.for_company(request.company).exclude(user=None).order_by("name", "pk"))
    chosen = _filters(request, people)
    entries = _entries(request.company, chosen)
    names = {place.user_id: str(place) for place in people}
    page = entries[:PAGE]
    return render(
        request,
        "accounts/trail.html",
        {
            "lines": [_line(entry, names) for entry in page],
            "older": page[-1].pk if len(entries) > PAGE else None,
            "people": list({place.user_id: place for place in people}.values()),
            "kinds": trail_words.kinds.items(),
            "chosen": chosen,
        },
    )


def _filters(request, people) -> dict:
    """Only what the page offers is looked for; anything else is as if it had not been asked."""
    person, kind, before = (request.GET.get(name, "") for name in ("person", "kind", "before"))
    known = {str(place.user_id) for place in people}
    is_number = before.isascii() and before.isdigit() and len(before) < 19
    return {
        "person": int(person) if person in known else None,
        "kind": kind if kind in trail_words.kinds else "",
        "before": int(before) if is_number else None,
    }


def _entries(company, chosen) -> list:
    entries = TrailEntry.objects.filter(company_id=company.pk)
    if chosen["person"]:
        entries = entries.filter(actor_id=chosen["person"])
    if chosen["kind"]:
        entries = entries.filter(action__startswith=f"{chosen['kind']}.")
    if chosen["before"]:
        entries = entries.filter(pk__lt=chosen["before"])
    return list(entries.order_by("-pk")[: PAGE + 1])


def _line(entry, names) -> dict:
    who = names.get(entry.actor_id) or (
        _("Somebody with a link")
        if entry.by_link
        else _("Firsthire")
        if entry.actor_id is None
        else _("Somebody")
    )
    return {
        "at": entry.at,
        "sentence": trail_words.words(entry.action, who),
        "fields": [field.replace("_", " ") for field in entry.fields],
    }
