"""The shop's own contract: its words in a language, with a preview beside them."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import conflicts, notices
from accounts.guards import member
from accounts.models import Role
from hiring import contract_example, contract_templates
from hiring.models import ContractTemplate
from hiring.offer_forms import TemplateForm

SHOWN = 20  # versions in the list


def _known(language):
    if language not in dict(settings.LANGUAGES):
        raise Http404
    return language


@member(Role.OWNER)
def edit(request, language):
    company, before = request.company, contract_templates.newest(request.company, _known(language))
    seen = before.version if before else 0
    if request.method != "POST":
        words = contract_templates.current(company, language)[1]
        return _page(request, language, TemplateForm(initial={"text": words, "seen": seen}))
    form = TemplateForm(request.POST)
    if not form.is_valid() or request.POST.get("do") == "preview":
        return _page(request, language, form, status=422 if form.errors else 200)
    try:
        row = contract_templates.save(company, language, by=request.membership, **form.cleaned_data)
    except conflicts.Changed as now:
        text = now.row.text or contract_templates.shipped(language)
        theirs = [TemplateForm(initial={"text": text})]
        return conflicts.page(request, mine=[form], theirs=theirs, seen=now.row.version, back=request.path)
    return _said(request, language, _("Kept. What was sent already stays as it was."), row, seen)


def _said(request, language, said, row, seen):
    """With an Undo that brings back the words of the version before."""
    again = reverse("hiring:contract_template_again", args=[language, seen])
    if row.version == seen:
        messages.success(request, said)
    else:
        notices.undo(request, said, again)
    return redirect("hiring:contract_template", language)


def _page(request, language, form, *, status=200):
    text = form["text"].value() or ""
    context = {
        "form": form,
        "info": get_language_info(language),
        "language": language,
        "languages": [{"code": code, "name": name} for code, name in settings.LANGUAGES],
        "fields": contract_templates.FIELDS,
        "versions": _versions(request.company, language),
        "preview": contract_example.parts(text, language),
    }
    return render(request, "hiring/contract_template.html", context, status=status)


def _versions(company, language):
    rows = ContractTemplate.objects.for_company(company).filter(language=language)
    return list(rows.select_related("by").order_by("-version")[:SHOWN])


@member(Role.OWNER)
@require_POST
def preview(request, language):
    """The words typed this moment, with an invented offer in them; nothing is kept."""
    text = request.POST.get("text", "").replace("\x00", "")[:30_000]
    parts = contract_example.parts(text, _known(language))
    mistakes = contract_templates.mistakes(text)
    context = {"preview": parts, "mistakes": mistakes, "info": get_language_info(language)}
    return render(request, "hiring/_contract_preview.html", context)


@member(Role.OWNER)
@require_POST
def again(request, language, version):
    """The words of an earlier version, or ours (0), as the newest one."""
    company, text = request.company, ""
    if version:
        row = ContractTemplate.objects.for_company(company).filter(language=_known(language), version=version)
        if (found := row.first()) is None:
            raise Http404
        text = found.text
    before = contract_templates.newest(company, _known(language))
    seen = before.version if before else 0
    row = contract_templates.save(company, language, text, by=request.membership)
    return _said(request, language, _("These words count again."), row, seen)
