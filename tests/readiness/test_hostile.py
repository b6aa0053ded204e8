"""Whatever is posted to the check and its steps, it gets a page or an address, never an error of ours."""

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from readiness.forms import STEPS, CheckForm
from readiness.import_forms import ColumnsForm
from vault.tablefile import Layout

# A browser cannot send half a surrogate pair; everything else it can.
text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def posts(form):
    names = [*form.base_fields, "go", "minutes_right", "support_hours-unknown", "company", "result"]
    return st.dictionaries(st.sampled_from(names), text, max_size=8)


class AnythingGoes(TestCase):
    @given(posts(CheckForm))
    @settings(max_examples=25)
    def test_the_check(self, data):
        assert self.client.post(reverse("readiness:check"), data).status_code in {200, 302}

    @given(posts(CheckForm))
    @settings(max_examples=25)
    def test_the_strip(self, data):
        assert self.client.post(reverse("readiness:strip"), data).status_code == 200

    @given(st.sampled_from(sorted(STEPS)), st.data())
    @settings(max_examples=25)
    def test_the_steps(self, name, data):
        answers = data.draw(posts(STEPS[name]))
        assert self.client.post(reverse("readiness:step", args=[name]), answers).status_code in {200, 302}

    @given(st.dictionaries(text, text, max_size=4))
    @settings(max_examples=20)
    def test_what_stands_behind_the_question_mark(self, query):
        for name in ("check", "answer"):
            assert self.client.get(reverse(f"readiness:{name}"), query).status_code in {200, 302}


cells = st.lists(st.lists(text, min_size=1, max_size=3), min_size=1, max_size=5)


@given(cells, st.dictionaries(st.sampled_from(["shape", "created", "resolved", "case", "order"]), text))
@settings(max_examples=60)
def test_the_columns_of_any_table(samples, data):
    form = ColumnsForm(data, table=Layout("utf-8", ",", ["a", "b", "c"], samples))
    assert form.is_valid() or form.errors


@pytest.mark.django_db
@pytest.mark.parametrize("extra", ["company", "pk", "created_by", "config_version", "result"])
def test_fields_that_are_not_on_the_form_change_nothing(sign_in, owner, rival, extra):
    from readiness.models import Assessment
    from tests.readiness.factories import typed

    sign_in(owner).post(reverse("readiness:check"), typed() | {extra: str(rival.company_id)})
    row = Assessment.objects.get()
    assert (row.company, row.created_by, row.config_version) == (owner.company, owner.user, "2026-1")
    assert extra not in row.answers
