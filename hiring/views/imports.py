"""Bringing people in from another system: upload, columns, words, a look before, progress, report, taking back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.guards import fetch, member
from hiring import import_reading, import_result, import_words, importing, pipeline
from hiring.import_forms import AgreeForm, ColumnsForm, FilesForm, WordsForm
from hiring.models import Job, PeopleImport
from hiring.views.moves import BOSSES
from vault import sheets, tablefile, trail

SHOWN = 100


@member(*BOSSES)
def start(request, pk):
    job = fetch(request, Job.objects.select_related("company"), pk=pk)
    sent = request.method == "POST"
    form = FilesForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        job=job,
        by=request.membership,
        known=_known(request, job),
    )
    if sent and job.is_over:
        form.add_error(None, _("This job is closed. Open it again to enter somebody."))
    elif sent and form.is_valid() and (row := form.save()):
        return redirect(*_next(row))
    context = {"job": job, "form": form, "last": import_result.latest(job)}
    return render(request, "hiring/import_start.html", context, status=422 if sent else 200)


def _known(request, job):
    """What was good of files that were sent before, while something else was wrong."""
    said = request.POST.get("known", "")
    rows = PeopleImport.objects.for_company(request.company).filter(job=job, created_by=request.membership)
    row = rows.filter(pk=said).first() if said.isascii() and said.isdecimal() and len(said) < 16 else None
    return row if row and row.is_open else None


def _next(row):
    """The page where this import goes on."""
    if not row.is_open:
        return "hiring:import", row.pk
    if not row.mapping.get("mapped"):
        return "hiring:import_columns", row.pk
    return (
        "hiring:import_words" if row.mapping.get("asks") and not row.words else "hiring:import_check"
    ), row.pk


def _row(request, pk):
    behind = ("job__company", "table", "cvs", "created_by")
    return fetch(request, PeopleImport.objects.select_related(*behind), pk=pk)


@member(*BOSSES)
def columns(request, pk):
    row = _row(request, pk)
    if not row.is_open or not row.has_table:
        return redirect(*_next(row))
    form = _columns_form(request, row)
    if form.is_bound and form.is_valid():
        importing.map_columns(row, columns=form.mapping, order=form.cleaned_data["order"])
        return redirect(*_next(row))
    context = {"row": row, "job": row.job, "form": form}
    return render(request, "hiring/import_columns.html", context, status=422 if form.is_bound else 200)


def _columns_form(request, row):
    table = tablefile.sample(row.table.path, encoding=row.encoding, delimiter=row.delimiter)
    return ColumnsForm(
        request.POST if request.method == "POST" else None,
        header=row.header,
        samples=table.samples,
        chosen=row.mapping["columns"],
        order=row.mapping.get("order", ""),
    )


@member(*BOSSES)
def words(request, pk):
    """What the other system's stages mean here."""
    row = _row(request, pk)
    if not row.is_open or not row.mapping.get("asks"):
        return redirect(*_next(row))
    said = import_reading.said_words(row)
    form = WordsForm(request.POST if request.method == "POST" else None, said=said, chosen=row.words)
    if form.is_bound and form.is_valid():
        importing.choose_words(row, form.words())
        return redirect(*_next(row))
    groups = [
        (import_words.LABELS[field], [form[f"{field}-{n}"] for n in range(len(found))])
        for field, found in said.items()
    ]
    context = {"row": row, "job": row.job, "form": form, "groups": groups}
    return render(request, "hiring/import_words.html", context, status=422 if form.is_bound else 200)


@member(*BOSSES)
def check(request, pk):
    """What would happen, before it does; and the ground on which these people are kept."""
    row = _row(request, pk)
    if _next(row)[0] != "hiring:import_check":
        return redirect(*_next(row))
    form = AgreeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        importing.start(row, by=request.membership)
        return redirect("hiring:import", row.pk)
    context = _look(row) | {"row": row, "job": row.job, "form": form}
    return render(request, "hiring/import_check.html", context, status=422 if form.is_bound else 200)


def _look(row) -> dict:
    looked = row.looked
    return {
        "found": {name: looked.get(name, 0) for name in ("new", "already", "left_out", "broken", "matched")},
        "broken": [(line, import_words.LINES[code]) for line, code in looked["examples"]],
        "loose": [(name, import_words.loose_why(code)) for name, code in looked["loose"]],
        "loose_count": looked["loose_count"],
        "people": [_as_shown(each) for each in import_reading.first(row)],
        "letter": letter(row.job),
        "same_before": import_result.same_before(row),
    }


def _as_shown(each) -> dict:
    return each | {"stage": dict(import_words.MEANINGS)[each["stage"]], "meant": _ended(each["ended"])}


def _ended(ended) -> str:
    return str(dict(import_words.MEANINGS)[ended]) if ended else ""


def letter(job) -> str:
    """A draft of what to tell people whose data came from elsewhere, in the job's language."""
    values = {"shop": job.company.name, "job": job.title, "contact": job.company.privacy_contact}
    with translation.override(job.language):
        return (
            _(
                "Hello,\n\nyou applied to %(shop)s (%(job)s). We now keep applications in one program of our own and "
                "have moved yours there: your name, how to reach you, your CV and what we noted. Nothing else "
                "changes, and you need not do anything.\n\nYou can ask what we keep about you, have it corrected or "
                "erased, or object: %(contact)s. You may also complain to your data protection authority.\n\n%(shop)s"
            )
            % values
        )


@member(*BOSSES)
def show(request, pk):
    row = _row(request, pk)
    if row.is_open:
        return redirect(*_next(row))
    return render(request, "hiring/import_show.html", _context(request, row))


@member(*BOSSES)
def progress(request, pk):
    """The fragment that asks again while it is under way."""
    row = _row(request, pk)
    response = render(request, "hiring/_import_progress.html", _context(request, row))
    if not row.under_way:
        response["HX-Refresh"] = "true"
    return response


def _context(request, row) -> dict:
    context = {
        "row": row,
        "job": row.job,
        "error": import_words.refusal(row.last_error) if row.last_error else "",
    }
    if row.under_way:
        return context
    lines = row.lines.exclude(became="entered").order_by("line")[:SHOWN]
    refused = row.lines.exclude(cv_code="").select_related("application__job").order_by("line")[:SHOWN]
    return context | {
        "counts": import_result.counts(row),
        "lines": [(line.line, import_words.why(line)) for line in lines],
        "refused": [(line, import_words.cv_why(line.cv_code)) for line in refused],
        "loose": [(name, import_words.loose_why(code)) for name, code in row.loose[:SHOWN]],
        "may_undo": import_result.may_undo(row, request.membership),
        "letter": letter(row.job),
    }


@member(*BOSSES)
@require_safe
def left_out(request, pk):
    """Who was not brought in, as they stood in the table, with the reason: to mend and to bring once more."""
    row = _row(request, pk)
    trail.record(
        "people_import.left_out_taken",
        company_id=row.company_id,
        actor_id=request.user.pk,
        kind="people_import",
        pk=row.pk,
    )
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="not-brought-in.csv"'
    response.write("\ufeff")  # else a spreadsheet takes it for another encoding
    names = [sheets.cell(name) for name in row.header or [_("File")]]
    sheet = sheets.Sheet(response, [_("Line"), _("Why"), *names])
    for line in row.lines.exclude(became="entered").order_by("line").iterator():
        sheet.add([line.line, import_words.why(line), *line.cells])
    return response


@member(*BOSSES)
@require_POST
def cancel(request, pk):
    row = _row(request, pk)
    if importing.cancel(row, by=request.membership):
        messages.success(
            request, _("Given up, and the files are deleted. Whoever was brought in before stays.")
        )
    return redirect("hiring:import", row.pk)


@member(*BOSSES)
@require_POST
def again(request, pk):
    row = _row(request, pk)
    importing.again(row, by=request.membership)
    return redirect("hiring:import", row.pk)


@member(*BOSSES)
@require_POST
def undo(request, pk):
    row = _row(request, pk)
    try:
        gone, stay = import_result.undo(row, by=request.membership)
    except pipeline.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _taken_back(gone, stay))
    return redirect("hiring:import", row.pk)


def _taken_back(gone, stay) -> str:
    said = ngettext("%(n)d person was taken out again.", "%(n)d people were taken out again.", gone) % {
        "n": gone
    }
    if not stay:
        return said
    kept = ngettext(
        "%(n)d stays: somebody went on with them.", "%(n)d stay: somebody went on with them.", stay
    ) % {"n": stay}
    return f"{said} {kept}"
