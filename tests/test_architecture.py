"""What import-linter cannot see: foreign keys by name, links in templates, and who may write a stage."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[1]
MAY_IMPORT = {
    "vault": set(),
    "accounts": {"vault"},
    "mailroom": {"accounts", "vault"},
    "readiness": {"mailroom", "accounts", "vault"},
    "onboarding": {"mailroom", "accounts", "vault"},
    "hiring": {"readiness", "mailroom", "accounts", "vault"},
}
URL_TAG = re.compile(r"{%\s*url\s+[\"']([\w-]+):")
RAW = {"raw", "extra", "execute", "executescript", "RawSQL"}
OWNER = {"careers": "hiring"} | {f"{app}_links": app for app in MAY_IMPORT}
SOURCES = [
    path
    for app in (*MAY_IMPORT, "config")
    for path in sorted((ROOT / app).rglob("*.py"))
    if "migrations" not in path.parts
]


def relations():
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete and field.related_model:
                yield model, field


def test_foreign_keys_point_the_way_the_imports_do():
    wrong = [
        f"{model.__name__}.{field.name}"
        for model, field in relations()
        if (app := model._meta.app_label) in MAY_IMPORT
        and (other := field.related_model._meta.app_label) in MAY_IMPORT
        and other not in MAY_IMPORT[app] | {app}
    ]
    assert wrong == []


@pytest.mark.parametrize("app", MAY_IMPORT)
def test_templates_link_where_their_app_may_import(app):
    wrong = [
        f"{path.name}: {space}"
        for path in sorted((ROOT / "templates" / app).rglob("*.html"))
        for space in URL_TAG.findall(path.read_text(encoding="utf-8"))
        if OWNER.get(space, space) not in MAY_IMPORT[app] | {app}
    ]
    assert wrong == []


def assigned(tree):
    """Names of attributes assigned, and of keywords given to update(), anywhere in a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"update", "bulk_update"}:
            yield from (keyword.arg for keyword in node.keywords)


def test_only_the_pipeline_assigns_a_stage_or_an_outcome():
    writers = {
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        if "hiring" in path.parts
        and {"stage", "outcome"} & set(assigned(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert writers <= {"hiring/pipeline.py"}


def test_no_sql_is_built_from_strings():
    """Raw SQL only as a literal or a constant: never an f-string, a format or a sum at the call."""
    wrong = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "attr", "")
            args = node.args if name in RAW else []
            if args and isinstance(args[0], ast.JoinedStr | ast.BinOp):
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert wrong == []


def test_no_view_is_exempt_from_csrf():
    assert [path.name for path in SOURCES if "csrf_exempt" in path.read_text(encoding="utf-8")] == []


def lengths():
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node.end_lineno - node.lineno + 1, f"{path.relative_to(ROOT)}:{node.name}"


def test_functions_read_top_to_bottom():
    found = sorted(lengths())
    assert [name for length, name in found if length > 60] == []
    assert found[len(found) // 2][0] <= 8


def test_files_stay_under_600_lines():
    long = [
        str(path.relative_to(ROOT)) for path in SOURCES if path.read_text(encoding="utf-8").count("\n") > 600
    ]
    assert long == []


def used_templates():
    """Names in code and in other templates: an unused template is a page nobody can reach."""
    text = "".join(path.read_text(encoding="utf-8") for path in SOURCES)
    text += "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*") if path.is_file()
    )
    return text


def test_every_template_is_used():
    text = used_templates()
    folders = [*MAY_IMPORT, "config", "careers"]
    names = [
        p.relative_to(ROOT / "templates").as_posix()
        for f in folders
        for p in (ROOT / "templates" / f).rglob("*.html")
    ]
    assert [name for name in names if f'"{name}"' not in text] == []


HEAVY = (
    "fpdf",
    "uharfbuzz",
    "lxml",
    "icalendar",
    "recurring_ical_events",
    "pyhanko",
    "pypdf",
    "aiohttp",
    "holidays",
)
LOADED = f"""
import sys, django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
print([name for name in {HEAVY!r} if name in sys.modules])
"""


def test_a_web_process_begins_without_the_engines_of_papers_calendars_and_seals():
    """Together they weigh as much as half the process; they come when somebody asks for what they make."""
    environ = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings_test"}
    done = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=ROOT, env=environ, capture_output=True, text=True
    )
    assert (done.stdout.strip(), done.returncode) == ("[]", 0)
