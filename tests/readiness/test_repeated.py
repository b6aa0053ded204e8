"""The subjects that come again and again, as other pages ask for them."""

import pytest

from readiness import repeated
from readiness.models import Counted
from tests.readiness.test_imports import counted

pytestmark = pytest.mark.django_db


def test_nothing_is_there_without_an_import(owner):
    assert repeated.subjects(owner.company) == []


def test_a_log_without_subjects_has_none(owner):
    counted(owner)
    assert repeated.subjects(owner.company) == []


def test_they_are_names_and_counts_of_one_company(owner, rival):
    counted(owner)
    counted(rival)
    Counted.objects.create(company=owner.company, kind="mailbox", series={"subjects": [["Where is it?", 7]]})
    assert repeated.subjects(owner.company) == [("Where is it?", 7)]
    assert repeated.subjects(rival.company) == []
