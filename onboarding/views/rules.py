"""When to ask first, as rules: the list, one rule with its versions, and "would this need approval?"."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import notices, undoing
from accounts.guards import member
from accounts.models import Role
from onboarding import autonomy, escalation, words
from onboarding.forms import posted
from onboarding.reply_forms import CheckForm, OwnRuleForm, RuleForm
from onboarding.reply_kinds import About, Level
from onboarding.views.mine import own


@member(Role.OWNER, Role.MANAGER)
def rules(request):
    form = OwnRuleForm(posted(request), company=request.company)
    if request.method == "POST" and form.is_valid():
        row = escalation.add(company=request.company, by=request.membership, **form.cleaned_data)
        if row is None:
            form.add_error(None, _("There are enough rules. Nobody remembers more than a page of them."))
        else:
            notices.undo(request, _("The rule holds from now on."), _undo_of(row))
            return redirect("onboarding:rules")
    listed = [_line(rule) for rule in escalation.current(request.company.pk)]
    context = {
        "form": form,
        "holding": [line for line in listed if line["rule"].on],
        "off": [line for line in listed if not line["rule"].on],
        "own_text": words.ask_first(request.company.pk).number,
    }
    return render(request, "onboarding/rules.html", context, status=422 if form.errors else 200)


def _line(rule) -> dict:
    return {"rule": rule, "said": escalation.sentence(rule), "meanwhile": escalation.meanwhile(rule)}


def _undo_of(row) -> str:
    return notices.marked(reverse("onboarding:rule_take_back", args=[row.code]), row.number)


def _find(request, code):
    found = [rule for rule in escalation.current(request.company.pk) if rule.code == code]
    if not found:
        raise Http404
    return found[0]


@member(Role.OWNER, Role.MANAGER)
def rule(request, code):
    shown = _find(request, code)
    form = RuleForm(
        posted(request),
        company=request.company,
        refund=shown.about == About.REFUND,
        initial={name: getattr(shown, name) for name in escalation.WRITTEN if getattr(shown, name) != ""}
        | {"seen": shown.number, "who": shown.who_id},
    )
    status, theirs = 200, None
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            row = escalation.write(
                company=request.company, by=request.membership, code=code, **_with_seen(values, shown)
            )
        except escalation.Changed:
            status, theirs = 409, _line(_find(request, code))
        else:
            notices.undo(request, _("Saved as a new version. Earlier ones are kept."), _undo_of(row))
            return redirect("onboarding:rules")
    context = {
        "form": form,
        "rule": shown,
        "label": escalation.label(shown),
        "theirs": theirs,
        "versions": [_line(row) for row in escalation.versions(request.company.pk, code)],
    }
    return render(request, "onboarding/rule.html", context, status=422 if form.errors else status)


def _with_seen(values, shown) -> dict:
    seen = values.pop("seen")
    return values | {"seen": shown.number if seen is None else seen}


@member(Role.OWNER, Role.MANAGER)
@require_POST
def take_back(request, code):
    """The version before, for ten minutes; the history keeps both."""
    shown = _find(request, code)

    def act(mark):
        if mark != str(shown.number) or not shown.number:
            raise undoing.Gone(_("Somebody wrote another version meanwhile. Nothing was changed."))
        undoing.check(request.membership, shown.by_id, shown.at)
        escalation.take_back(company=request.company, by=request.membership, code=code, number=shown.number)

    return notices.take_back(request, act, back=reverse("onboarding:rules"))


@member()
@require_safe
def check(request):
    """Answers from the rules alone: yes with who and what to say meanwhile, or what the level says."""
    active = escalation.active(request.company.pk)
    asked = "kind" in request.GET
    form = CheckForm(request.GET if asked else None, rules=active, company=request.company)
    verdict = None
    if asked and form.is_valid():
        values = form.cleaned_data
        verdict = escalation.ask(
            active,
            values["kind"],
            amount=values["amount"],
            currency=values["currency"] or request.company.currency,
        )
    onboarding = own(request)
    context = {
        "form": form,
        "verdict": verdict,
        "said": escalation.sentence(verdict.rule) if verdict and verdict.rule else "",
        "meanwhile": escalation.meanwhile(verdict.rule) if verdict and verdict.rule else "",
        "each_is_looked_at": onboarding is not None and autonomy.level_of(onboarding) == Level.ALL,
        "onboarding": onboarding,
    }
    page = "onboarding/_rule_check.html" if request.htmx else "onboarding/rule_check.html"
    return render(request, page, context, status=422 if form.errors else 200)
