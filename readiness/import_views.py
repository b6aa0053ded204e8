from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import notices
from accounts.guards import fetch, member
from readiness import charts, deleted, import_words, imports, ticketlog, weighing
from readiness.import_forms import ColumnsForm, UploadForm
from readiness.models import TicketImport
from readiness.views import BOSSES
from vault.work import State

PREVIEW = 6
SHOWN = 100


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
    return render(request, "readiness/upload.html", {"form": form})


def _address(row):
    name = "columns" if row.unmapped else "import"
    return reverse(f"readiness:{name}", args=[row.pk])


def _row(request, pk):
    """Without the file: no page shows it, and it may be large."""
    return fetch(request, TicketImport.objects.select_related("company").defer("body"), pk=pk)


@member(*BOSSES)
def columns(request, pk):
    """Which column is what, beside the first rows of the file."""
    row = fetch(request, TicketImport.objects.select_related("company"), pk=pk)
    if row.state != State.PARKED or not row.body:
        return redirect("readiness:import", pk=pk)
    table = ticketlog.layout(bytes(row.body))
    form = ColumnsForm(request.POST if request.method == "POST" else None, table=table)
    if form.is_bound and form.is_valid():
        imports.start(row, mapping=form.mapping(), by=request.user)
        return redirect("readiness:import", pk=row.pk)
    context = {"row": row, "form": form, "table": table, "preview": _preview(table)}
    return render(request, "readiness/columns.html", context)


def _preview(table):
    width = len(table.header)
    return [(cells + [""] * width)[:width] for cells in table.samples[:PREVIEW]]


@member(*BOSSES)
def show(request, pk):
    row = _row(request, pk)
    if row.unmapped:
        return redirect(_address(row))
    return render(request, "readiness/import.html", _context(row))


@member(*BOSSES)
def progress(request, pk):
    """The fragment that asks again while the counting is under way."""
    row = _row(request, pk)
    response = render(request, "readiness/_import_progress.html", _context(row))
    if not row.under_way:
        response["HX-Refresh"] = "true"
    return response


def _context(row):
    context = {"row": row, "error": import_words.refusal(row.last_error) if row.last_error else ""}
    if row.state == State.DONE:
        series = row.series
        context |= {
            "findings": import_words.findings(series),
            "warnings": _warnings(row),
            "period": import_words.period(series),
            "rejected": [
                (line, import_words.left_out(code), text) for line, code, text in row.rejected[:SHOWN]
            ],
            "counts": charts.bars([[monday, count] for monday, count, _ in series["weeks"]]),
            "times": charts.bars([[monday, hours] for monday, _, hours in series["weeks"]]),
        }
    return context


def _warnings(row):
    config = weighing.config_of(row.company)
    return import_words.warnings(row.series, on=timezone.now().date(), config=config)


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
