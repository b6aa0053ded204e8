from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import notices
from accounts.guards import fetch, member
from readiness import assessments, counting, deleted, filekinds, import_page, import_words, imports, weighing
from readiness.import_forms import FORMS, UploadForm, WhichForm
from readiness.models import ImportKind, TicketImport
from readiness.views import BOSSES
from vault import sheets, tablefile
from vault.tablefile import Unreadable
from vault.work import State

PREVIEW = 6


@member(*BOSSES)
def upload(request):
    sent = request.method == "POST"
    form = UploadForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        company=request.company,
        by=request.user,
    )
    if form.is_bound and form.is_valid():
        if not form.is_new:
            messages.info(request, _("This file is here already. Nothing was changed."))
        return redirect(_address(form.row))
    return render(request, "readiness/upload.html", {"form": form, "most": imports.LARGEST_MB})


def _address(row):
    name = "columns" if row.unmapped else "import"
    return reverse(f"readiness:{name}", args=[row.pk])


def _row(request, pk):
    return fetch(request, TicketImport.objects.select_related("company", "file"), pk=pk)


@member(*BOSSES)
def columns(request, pk):
    """What the file is, and which column is what, beside its first rows."""
    row = _row(request, pk)
    if row.state != State.PARKED or row.file is None:
        return redirect("readiness:import", pk=pk)
    kind, table = _kind(request, row), _table(row)
    last = imports.remembered(request.company, row.header_key)
    form = _form(request, row, kind, table, last)
    if form.is_bound and form.is_valid() and _start(request, row, kind, form):
        return redirect("readiness:import", pk=row.pk)
    context = {
        "row": row,
        "form": form,
        "kind": kind,
        "kinds": import_words.kinds(kind),
        "last": last if last and last.kind == kind and not form.is_bound else None,
        "table": table,
        "preview": _preview(table),
        "recognised": import_words.recognised(kind, row.header),
    }
    return render(request, "readiness/columns.html", context)


def _kind(request, row):
    """Of a table one may say that it is something else; a mailbox is nothing else."""
    asked = request.GET.get("kind")
    tables = set(ImportKind) - {ImportKind.MAILBOX}
    return ImportKind(asked if row.kind in tables and asked in tables else row.kind)


def _table(row):
    if row.kind == ImportKind.MAILBOX:
        return None
    return tablefile.sample(row.file.path, encoding=row.encoding, delimiter=row.delimiter)


def _form(request, row, kind, table, last):
    """Filled with what was chosen for the last file with the same columns, else with a guess."""
    chosen = last.mapping if last and last.kind == kind else None
    data = request.POST if request.method == "POST" else None
    if kind == ImportKind.MAILBOX:
        return FORMS[kind](data, chosen=chosen["own"] if chosen else _owners(row))
    return FORMS[kind](data, table=table, chosen=chosen)


def _owners(row):
    zone = imports.zone_of(row.company)
    return filekinds.owners_of_box(row.file.path, zone=zone, latest=imports.latest(zone))


def _start(request, row, kind, form):
    try:
        imports.start(row, mapping=form.mapping(), kind=kind, by=request.user)
    except Unreadable as refused:
        form.add_error(None, import_words.refusal(refused.code))
        return False
    return True


def _preview(table):
    if table is None:
        return []
    width = len(table.header)
    return [(cells + [""] * width)[:width] for cells in table.samples[:PREVIEW]]


@member(*BOSSES)
def show(request, pk):
    row = _row(request, pk)
    if row.unmapped:
        return redirect(_address(row))
    return render(request, "readiness/import.html", _context(request, row))


@member(*BOSSES)
def progress(request, pk):
    """The fragment that asks again while the counting is under way."""
    row = _row(request, pk)
    response = render(request, "readiness/_import_progress.html", _context(request, row))
    if not row.under_way:
        response["HX-Refresh"] = "true"
    return response


def _context(request, row):
    code, _space, line = row.last_error.partition(" ")
    context = {"row": row, "error": import_words.refusal(code, line) if row.last_error else ""}
    if row.state == State.DONE:
        latest = assessments.latest(request.company)
        context |= import_page.context(
            row,
            on=timezone.now().date(),
            answers=latest.answers if latest else {},
            config=weighing.config_of(request.company),
        )
        context["others"] = counting.overlapping(row)
    return context


@member(*BOSSES)
def which(request, pk):
    """Two files have the same weeks: which of them counts?"""
    row = _row(request, pk)
    others = counting.overlapping(row) if row.state == State.DONE else []
    if not others:
        return redirect("readiness:import", pk=pk)
    files = [row, *(other for other, _mondays in others)]
    form = WhichForm(request.POST if request.method == "POST" else None, files=files)
    if form.is_bound and form.is_valid():
        chosen = next(each for each in files if each.pk == form.cleaned_data["counts"])
        imports.choose(chosen, by=request.user)
        messages.success(request, _("%(name)s counts for these weeks.") % {"name": chosen.name})
        return redirect("readiness:import", pk=pk)
    context = {"row": row, "form": form, "files": import_page.side_by_side(row, others)}
    return render(request, "readiness/which.html", context)


@member(*BOSSES)
@require_safe
def left_out(request, pk):
    """The rows left out, as a file that a spreadsheet opens."""
    row = _row(request, pk)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="left-out.csv"'
    response.write("\ufeff")  # else a spreadsheet takes it for another encoding
    sheet = sheets.Sheet(response, [_("Line"), _("Why"), _("It says")])
    for line, code, text in row.rejected:
        sheet.add([line, import_words.left_out(code), text])
    return response


@member(*BOSSES)
@require_POST
def cancel(request, pk):
    imports.cancel(_row(request, pk), by=request.user)
    messages.success(request, _("The import was given up and the file deleted."))
    return redirect("readiness:home")


@member(*BOSSES)
@require_POST
def delete(request, pk):
    deleted.delete(_row(request, pk), by=request.membership)
    said = _("The import and its numbers are deleted. Your own answers are used.")
    notices.undo(request, said, reverse("readiness:put_back", args=["import", pk]))
    return redirect("readiness:home")
