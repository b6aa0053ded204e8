"""No page reads a company's rows without saying whose.

A view starts at fetch(), at .for_company(), at a filter for the company, or at a filter for a row that was fetched
already (`.filter(application=application)`). Whatever else is right for a reason stands in REVIEWED.
"""

import ast
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).parents[2]
APPS = ("accounts", "config", "hiring", "mailroom", "onboarding", "readiness", "vault")
VIEWS = sorted(
    found
    for app in APPS
    for pattern in ("views*.py", "views/**/*.py", "panels*.py", "api*.py", "*_views.py")
    for found in (ROOT / app).glob(pattern)
)
# Rows that belong to a person or to nobody, looked for by their own key; and one's own company.
ALLOWED = {"User", "Company", "Link", "TrailEntry", "StoredFile"}
REVIEWED = {
    # counted beside a job that fetch() finds or does not find
    ("hiring/views/board.py", "Application.objects.filter"),
    ("hiring/views/board.py", "Job.objects.annotate"),
    # counted beside each job of the company
    ("hiring/views/home.py", "Application.objects.filter"),
    # narrowed to the applications this member is assigned to
    ("hiring/panels.py", "Application.objects.filter"),
    ("hiring/panels.py", "Interview.objects.filter"),
    ("hiring/panels.py", "InterviewHost.objects.filter"),
    # beside applications of a job that fetch() found
    ("hiring/views/booking.py", "Booking.objects.filter"),
    # narrowed to the company of the link one line below
    ("hiring/views/offer_link.py", "Offer.objects.select_related"),
    # a queryset with a name, only ever handed to fetch()
    ("hiring/views/offers.py", "Offer.objects.select_related"),
    ("hiring/views/booking.py", "Booking.objects.select_related"),
    ("hiring/views/facts.py", "FactToCheck.objects.select_related"),
    ("hiring/views/messages.py", "Application.objects.select_related"),
    ("hiring/views/offer_talk.py", "Offer.objects.select_related"),
    ("hiring/views/offer_talk.py", "OfferApproval.objects.select_related"),
    ("hiring/views/offer_talk.py", "OfferQuestion.objects.select_related"),
    ("hiring/views/references.py", "Referee.objects.select_related"),
    ("hiring/views/talks.py", "Interview.objects.select_related"),
    ("hiring/views/samples.py", "WorkSample.objects.select_related"),
    ("readiness/bridge_views.py", "BridgePlan.objects.select_related"),
    ("accounts/views/team.py", "Membership.objects.active"),
    # the public page of a shop's job: the company is part of the address
    ("hiring/views/careers.py", "Job.objects.filter"),
    # `chosen` holds a fetched application and a member whom the form offers
    ("hiring/views/candidate.py", "Assignment.objects.filter"),
    ("hiring/views/candidate.py", "Assignment.objects.get_or_create"),
}


def owned() -> set:
    """Models with a company: reading them without one would read everybody's."""
    return {
        model.__name__
        for model in apps.get_models()
        if model.__module__.split(".")[0] in APPS
        and any(field.name in {"company", "company_id"} for field in model._meta.fields)
    } - ALLOWED


def parents_of(model_name: str) -> set:
    """The foreign keys of a model that lead to rows which have a company themselves."""
    model = next(model for model in apps.get_models() if model.__name__ == model_name)
    return {
        field.name
        for field in model._meta.fields
        if field.is_relation and field.related_model.__name__ in owned()
    }


def offences(source: str, models: set) -> list:
    """What a view reads by `Model.objects` without saying whose rows it wants."""
    tree = ast.parse(source)
    above = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    return [
        ast.unparse(above[node])
        for node in ast.walk(tree)
        if _is_manager(node, models) and not (_says_whose(node, above) or _is_handed_to_fetch(node, above))
    ]


def _is_manager(node, models) -> bool:
    managers = {"objects", "_default_manager", "_base_manager"}
    of_a_model = (
        isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in models
    )
    return of_a_model and node.attr in managers


def _says_whose(node, above) -> bool:
    """Along the chain `Model.objects.x(..).y(..)`: for_company, a company, or a fetched parent."""
    keys = {"company", "company_id"} | parents_of(node.value.id)
    while isinstance(step := above.get(node), ast.Attribute | ast.Call):
        if isinstance(step, ast.Attribute) and step.attr == "for_company":
            return True
        if isinstance(step, ast.Call):
            if node is not step.func:
                return False
            if any(
                word.arg in keys and isinstance(word.value, ast.Name | ast.Attribute)
                for word in step.keywords
            ):
                return True
        node = step
    return False


def _is_handed_to_fetch(node, above) -> bool:
    while (parent := above.get(node)) is not None and not isinstance(parent, ast.stmt):
        if isinstance(parent, ast.Call) and isinstance(parent.func, ast.Name) and parent.func.id == "fetch":
            return node in parent.args
        node = parent
    return False


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: str(path.relative_to(ROOT)))
def test_views_say_whose_rows_they_read(path):
    name = path.relative_to(ROOT).as_posix()
    found = {(name, line) for line in offences(path.read_text(encoding="utf-8"), owned())}
    assert found - REVIEWED == set()


def test_there_is_something_to_look_at():
    assert {"Membership", "Mail"} <= owned()
    assert len(VIEWS) > 5


@pytest.mark.parametrize(
    ("line", "offends"),
    [
        ("Membership.objects.all()", True),
        ("Membership.objects.get(pk=1)", True),
        ("Membership.objects.filter(pk=pk)", True),
        ("Mail.objects.filter(company=request.POST['company'])", True),
        ("Invitation.objects.filter(membership=request.GET['m'])", True),
        ("Invitation.objects.filter(membership_id=pk)", True),
        ("x(Membership.objects)", True),
        ("Membership._default_manager.all()", True),
        ("other(Membership.objects.select_related('user'))", True),
        ("Membership.objects.for_company(request.company).active()", False),
        ("Membership.objects.active().for_company(request.company)", False),
        ("fetch(request, Membership.objects.active(), pk=pk)", False),
        ("fetch(request, Membership, pk=pk)", False),
        ("Membership.objects.filter(company=request.company)", False),
        ("Invitation.objects.filter(membership=membership).first()", False),
        ("User.objects.get(pk=1)", False),
    ],
)
def test_the_lint_sees_what_it_should(line, offends):
    assert bool(offences(line, {"Membership", "Mail", "Invitation"})) == offends
