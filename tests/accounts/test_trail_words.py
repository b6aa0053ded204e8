"""Every action the product writes down has a sentence; the code of an action is nothing for people."""

import ast
import re
from pathlib import Path

import pytest

from accounts import trail_words
from onboarding.steps import MOVES

ROOT = Path(__file__).parents[2]
APPS = ("accounts", "config", "hiring", "mailroom", "onboarding", "readiness", "vault")
ACTION = re.compile(r"[a-z]+\.[a-z_]+")


def recorded(source: str) -> set:
    """The actions in calls like trail.record("noun.verb", ...), also of helpers named so."""
    found = set()
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and re.search(r"record|trail|note|version", ast.unparse(call.func)):
            texts = [
                node.value
                for argument in call.args
                for node in ast.walk(argument)
                if isinstance(node, ast.Constant)
            ]
            found |= {text for text in texts if isinstance(text, str) and ACTION.fullmatch(text)}
    return found


def actions(app) -> set:
    return set().union(*(recorded(path.read_text(encoding="utf-8")) for path in (ROOT / app).rglob("*.py")))


@pytest.mark.parametrize("app", APPS)
def test_every_action_has_a_sentence(app):
    assert sorted(actions(app) - set(trail_words.sentences)) == []


def test_every_move_of_a_step_has_a_sentence():
    assert sorted({f"step.{move}" for move in MOVES} - set(trail_words.sentences)) == []


def test_the_look_finds_what_is_recorded():
    assert "team.joined" in actions("accounts")
    assert recorded('x.record("a.b" if y else "c.d", pk=1)\n_trail("e.f", z)\nother("g.h")') == {
        "a.b",
        "c.d",
        "e.f",
    }


def test_every_kind_of_action_can_be_filtered_for():
    assert {action.partition(".")[0] for action in trail_words.sentences} == set(trail_words.kinds)


@pytest.mark.parametrize("action", sorted(trail_words.sentences))
def test_every_sentence_names_who(action):
    said = trail_words.words(action, "Ann")
    assert said.startswith("Ann ")
    assert "%" not in said
