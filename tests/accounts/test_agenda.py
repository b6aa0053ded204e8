"""Entries of several apps in one calendar."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts import agenda

START = datetime(2026, 12, 7, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def entry(uid, begins=0, hours=1, **fields):
    start = START + begins * HOUR
    return agenda.Entry(uid, start, start + hours * HOUR, uid, START, **fields)


@pytest.fixture(autouse=True)
def _own_apps(monkeypatch):
    monkeypatch.setattr(agenda, "_looks", {})


def says(app, *entries):
    agenda.register(app, lambda members, start, end: entries)


def uids(begins=0, hours=24):
    return [found.uid for found in agenda.of([], START + begins * HOUR, START + (begins + hours) * HOUR)]


def test_the_earliest_first_whichever_app_says_it():
    says("a", entry("late", 3))
    says("b", entry("early", 1))
    assert uids() == ["early", "late"]


def test_only_what_touches_the_span():
    says("a", entry("before", -1), entry("into", -1, 2), entry("inside", 1), entry("after", 24))
    assert uids() == ["into", "inside"]


def test_each_once():
    says("a", entry("x"), entry("x"))
    assert uids() == ["x"]


def test_an_app_that_registers_again_replaces_itself():
    says("a", entry("old"))
    says("a", entry("new"))
    assert uids() == ["new"]


def test_taken_is_what_the_others_say_and_what_is_busy():
    says("asks", entry("own"))
    says("other", entry("busy", 1), entry("free", 2, busy=False))
    spans = agenda.taken([], START, START + 24 * HOUR, besides="asks")
    assert spans == [(START + HOUR, START + 2 * HOUR)]
