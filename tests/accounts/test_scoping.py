"""No page reads a company's rows without saying whose: views start at fetch() or at .for_company()."""

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


def owned() -> set:
    """Models with a company: reading them without one would read everybody's."""
    return {
        model.__name__
        for model in apps.get_models()
        if model.__module__.split(".")[0] in APPS
        and any(field.name in {"company", "company_id"} for field in model._meta.fields)
    } - ALLOWED


def offences(source: str, models: set) -> list:
    """Lines where a view says `Model.objects` without going on to `.for_company(...)` or handing it to fetch()."""
    tree = ast.parse(source)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    found = []
    for node in ast.walk(tree):
        if _is_manager(node, models) and not (
            _goes_on_to_for_company(node, parents) or _is_handed_to_fetch(node, parents)
        ):
            found.append(f"{node.lineno}: {ast.unparse(parents[node])}")
    return found


def _is_manager(node, models) -> bool:
    managers = {"objects", "_default_manager", "_base_manager"}
    of_a_model = (
        isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in models
    )
    return of_a_model and node.attr in managers


def _goes_on_to_for_company(node, parents) -> bool:
    while isinstance(parent := parents.get(node), ast.Attribute | ast.Call) and node in ast.iter_child_nodes(
        parent
    ):
        if isinstance(parent, ast.Attribute) and parent.attr == "for_company":
            return True
        if isinstance(parent, ast.Call) and node is not parent.func:
            return False
        node = parent
    return False


def _is_handed_to_fetch(node, parents) -> bool:
    while (parent := parents.get(node)) is not None and not isinstance(parent, ast.stmt):
        if isinstance(parent, ast.Call) and isinstance(parent.func, ast.Name) and parent.func.id == "fetch":
            return node in parent.args
        node = parent
    return False


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: str(path.relative_to(ROOT)))
def test_views_say_whose_rows_they_read(path):
    assert offences(path.read_text(encoding="utf-8"), owned()) == []


def test_there_is_something_to_look_at():
    assert {"Membership", "Mail"} <= owned()
    assert len(VIEWS) > 5


@pytest.mark.parametrize(
    ("line", "offends"),
    [
        ("Membership.objects.all()", True),
        ("Membership.objects.get(pk=1)", True),
        ("Membership.objects.filter(company=request.company)", True),
        ("x(Membership.objects)", True),
        ("Membership._default_manager.all()", True),
        ("other(Membership.objects.select_related('user'))", True),
        ("Membership.objects.for_company(request.company).active()", False),
        ("Membership.objects.active().for_company(request.company)", False),
        ("fetch(request, Membership.objects.active(), pk=pk)", False),
        ("fetch(request, Membership, pk=pk)", False),
        ("User.objects.get(pk=1)", False),
    ],
)
def test_the_lint_sees_what_it_should(line, offends):
    assert bool(offences(line, {"Membership"})) == offends
