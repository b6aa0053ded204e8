"""Facts to check of one person: claims noted in a talk, what referees said to them, what the applicant said to that."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import conflicts, notices, undoing
from accounts.guards import fetch, member
from hiring import fact_outcomes, fact_words, facts
from hiring.fact_forms import CandidateSaidForm, OutcomeForm, SaidForm
from hiring.models import FactOutcome, FactToCheck, Source, Stage
from hiring.pipeline import Refused
from hiring.undo_addresses import person_address
from hiring.views.candidate import READERS, person
from hiring.views.moves import BOSSES

ROWS = FactToCheck.objects.select_related("application__job__company")
TO_EXPLAIN = {FactOutcome.DIFFERS, FactOutcome.CONTRADICTED}


@member(*READERS)
@require_POST
def said(request, pk):
    """A claim from a talk joins the facts to check."""
    application = person(request, pk)
    form = SaidForm(request.POST)
    back = _panel_of(request, application)
    if not form.is_valid():
        context = {"application": application, "form": form, "panel": request.POST.get("panel", "")}
        return render(request, "hiring/fact_said.html", context, status=422)
    try:
        facts.add_fact(application, by=request.membership, source=Source.INTERVIEW, **form.cleaned_data)
    except Refused as refused:
        messages.error(request, str(refused))
        return back
    application.refresh_from_db(fields=undoing.FIELDS)
    mark = undoing.offered(application, "fact", request.membership)
    notices.undo(request, _("Noted for the references."), person_address(application, mark))
    return back


def _panel_of(request, application) -> HttpResponseRedirect:
    panel = request.POST.get("panel")
    where = panel if panel in Stage.values else Stage.INTERVIEW.value
    return redirect(f"{reverse('hiring:candidate', args=[application.pk])}?panel={where}")


@member(*BOSSES)
def page(request, pk):
    """There only while there is something on it."""
    application = person(request, pk)
    if not FactToCheck.objects.filter(application=application).exists():
        return redirect("hiring:candidate", application.pk)
    return _page(request, application)


def _page(request, application, *, status=200, forms=None, note=""):
    """`forms` are bound ones by what they are about: ("outcome", fact) or ("said", fact)."""
    forms, referees = forms or {}, list(application.referees.order_by("pk"))
    rows = fact_outcomes.of(application)
    for fact in rows:
        bound = forms.get(("outcome", fact.pk)), forms.get(("said", fact.pk))
        fact.outcome_form = bound[0] or OutcomeForm(fact=fact, referees=referees)
        fact.said_form = bound[1] or CandidateSaidForm(fact=fact)
        fact.open_outcome, fact.open_said = map(bool, bound)
        fact.to_explain = fact.outcome in TO_EXPLAIN or bool(fact.candidate_said)
        fact.undos = [url for what in fact_outcomes.UNDO if (url := address(fact, what, request.membership))]
        for answer in fact.answered:
            answer.apart = fact_words.apart(answer.claimed, answer.found)
    context = {"application": application, "facts": rows, "note": note}
    return render(request, "hiring/facts.html", context, status=status)


def address(fact, what, membership) -> str:
    mark = undoing.offered(fact, what, membership)
    return notices.marked(reverse("hiring:fact_take_back", args=[fact.pk]), mark)


@member(*BOSSES)
@require_POST
def outcome(request, pk):
    """Kept, or only compared: the words then stay in the form."""
    fact = fetch(request, ROWS, pk=pk)
    referees = list(fact.application.referees.order_by("pk"))
    form = OutcomeForm(request.POST, fact=fact, referees=referees)
    if request.POST.get("do") == "compare":
        return _compared(request, fact, form)
    if not form.is_valid():
        return _again(request, fact, "outcome", form)
    values, who = form.values(), form.cleaned_data["referee"]
    return _kept(
        request,
        fact,
        "outcome",
        form,
        lambda seen: fact_outcomes.note(fact, by=request.membership, referee=who, values=values, seen=seen),
        lambda row: OutcomeForm(
            instance=row.answers.filter(referee=who).first(), fact=row, referees=referees
        ),
    )


def _compared(request, fact, form):
    """What two dates or numbers say about each other. Nothing is kept, and an unfinished form is no fault."""
    note = fact_words.apart(*(str(form[name].value() or "")[:40] for name in ("claimed", "found")))
    form.errors.clear()
    note = note or _("Type two dates, such as 3/2021, or two numbers.")
    return _page(request, fact.application, forms={("outcome", fact.pk): form}, note=note)


@member(*BOSSES)
@require_POST
def candidate_said(request, pk):
    fact = fetch(request, ROWS, pk=pk)
    form = CandidateSaidForm(request.POST, fact=fact)
    if not form.is_valid():
        return _again(request, fact, "said", form)
    data = form.cleaned_data
    words = {"said": data["candidate_said"], "on": data["candidate_said_on"]}
    return _kept(
        request,
        fact,
        "said",
        form,
        lambda seen: fact_outcomes.note_candidate(fact, by=request.membership, seen=seen, **words),
        lambda row: CandidateSaidForm(fact=row),
    )


def _kept(request, fact, what, form, act, now):
    """Does it; a form older than what is there shows both."""
    try:
        row = act(form.cleaned_data["seen"])
    except conflicts.Changed as changed:
        theirs, seen = [now(changed.row)], changed.row.revision
        back = reverse("hiring:facts", args=[fact.application_id])
        return conflicts.page(request, mine=[form], theirs=theirs, seen=seen, back=back)
    except (Refused, undoing.Gone) as refused:
        messages.error(request, str(refused))
        return redirect("hiring:facts", fact.application_id)
    notices.undo(request, _("Kept."), address(row, what, request.membership))
    return redirect("hiring:facts", fact.application_id)


def _again(request, fact, what, form):
    return _page(request, fact.application, status=422, forms={(what, fact.pk): form})


@member(*BOSSES)
@require_POST
def take_back(request, pk):
    fact = fetch(request, ROWS, pk=pk)
    return notices.take_back(
        request,
        lambda mark: fact_outcomes.take_back(fact, mark, by=request.membership),
        back=reverse("hiring:facts", args=[fact.application_id]),
    )
