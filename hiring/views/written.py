"""Reading out what was written about an applicant, and the qualifications of whoever was hired; looked over first."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts import notices, undoing
from accounts.guards import by_link, fetch, member
from hiring import extracts, pipeline, written
from hiring.memo_forms import ExtractForm, StrikeForm
from hiring.models import Application, ReadOut
from hiring.models.memos import ReadOutKind
from hiring.views.moves import BOSSES
from vault import files


def _person(request, pk) -> Application:
    return fetch(request, Application.objects.select_related("job__company"), pk=pk)


@member(*BOSSES)
def page(request, pk):
    """Line by line as the applicant would read it: in their language, with or without who wrote it."""
    application = _person(request, pk)
    with translation.override(application.language):
        sections = written.gather(application)
    closed = written.unopened(application, request.membership)
    form = StrikeForm(request.POST if request.method == "POST" else None, sections=sections)
    if request.method != "POST" or not form.is_valid():
        return _page(request, application, form, closed, status=422 if form.errors else 200)
    if closed:
        form.add_error(None, _("Colleagues have rated this person. Hand in your own card first."))
        return _page(request, application, form, closed, status=409)
    read, struck = written.final(sections, names=form.cleaned_data["names"], struck=form.struck)
    try:
        return _give(request, application, ReadOutKind.WRITTEN, read, struck)
    except pipeline.Refused as why:
        form.add_error(None, str(why))
        return _page(request, application, form, closed, status=422)


def _page(request, application, form, closed, status=200):
    context = {"application": application, "job": application.job, "form": form, "closed": closed}
    context |= {"given": _given(request, application, ReadOutKind.WRITTEN), "days": written.DAYS}
    return render(request, "hiring/written.html", context, status=status)


def _given(request, application, kind) -> list[ReadOut]:
    rows = list(
        ReadOut.objects.filter(application=application, kind=kind).select_related("by").order_by("-pk")[:20]
    )
    address = reverse("hiring:written_take_back", args=[application.pk])
    for row in rows:
        row.undo = notices.marked(address, undoing.offered(row, "sent", request.membership))
    return rows


def _give(request, application, kind, sections, struck=()):
    """As a file now, or as a link by mail. Raises Refused."""
    if request.POST.get("do") == "pdf":
        written.record("read_out.downloaded", application, request.membership)
        return _file(application, kind, sections)
    made = written.send(application, by=request.membership, kind=kind, sections=sections, struck=struck)
    mark = undoing.offered(made, "sent", request.membership)
    address = reverse("hiring:written_take_back", args=[application.pk])
    notices.undo(request, _("The link leaves in ten minutes."), notices.marked(address, mark))
    return redirect("hiring:extract" if kind == ReadOutKind.EXTRACT else "hiring:written", application.pk)


def _file(application, kind, sections):
    from hiring import read_out_paper  # fonts and their engine: only for a process that is asked for paper

    made = read_out_paper.pdf(application, kind=kind, sections=sections)
    with translation.override(application.language):
        return files.made(made, name=read_out_paper.name(kind), kind="application/pdf")


@member(*BOSSES)
@require_POST
def take_back(request, pk):
    application = _person(request, pk)
    return notices.take_back(
        request,
        lambda mark: written.take_back(application, mark, by=request.membership),
        back=reverse("hiring:written", args=[pk]),
    )


@member(*BOSSES)
def extract(request, pk):
    """The qualifications of whoever was hired: looked over and changed before an applicant reads them."""
    application = _person(request, pk)
    with translation.override(application.language):
        found = extracts.of(application.job)
    may = bool(found.hired) and extracts.may_ask(application)
    if request.method != "POST":
        form = ExtractForm(initial={"text": found.text}, hired=found.hired)
        return _extract_page(request, application, found, form, may)
    form = ExtractForm(request.POST, hired=found.hired)
    if not form.is_valid() or not may:
        return _extract_page(request, application, found, form, may, status=422 if may else 409)
    with translation.override(application.language):
        sections = extracts.sections(form.cleaned_data["text"])
    try:
        return _give(request, application, ReadOutKind.EXTRACT, sections)
    except pipeline.Refused as why:
        form.add_error(None, str(why))
        return _extract_page(request, application, found, form, may, status=422)


def _extract_page(request, application, found, form, may, status=200):
    context = {
        "application": application,
        "job": application.job,
        "form": form,
        "hired": found.hired,
        "may": may,
        "owed": application.job.company.country in extracts.OWED_IN,
        "given": _given(request, application, ReadOutKind.EXTRACT),
    }
    return render(request, "hiring/extract.html", context, status=status)


# -- behind the applicant's link


def _read_out(request) -> ReadOut:
    rows = ReadOut.objects.for_company(request.link.company_id).filter(application__erased_at=None)
    found = rows.select_related("application__job__company").filter(pk=request.link.subject_id).first()
    if found is None:  # taken back, or a person who was deleted or erased
        raise Http404
    return found


@by_link(written.PURPOSE)
@require_GET
def of_applicant(request, token):
    row = _read_out(request)
    with translation.override(row.application.language):
        context = {
            "row": row,
            "job": row.application.job,
            "shop": row.application.job.company,
            "token": token,
            "until": request.link.expires_at,
            "extract": row.kind == ReadOutKind.EXTRACT,
        }
        return render(request, "hiring/link_written.html", context)


@by_link(written.PURPOSE)
@require_GET
def of_applicant_on_paper(request, token):
    row = _read_out(request)
    written.record("read_out.downloaded", row.application, None, by_link=written.PURPOSE)
    return _file(row.application, row.kind, row.sections)
