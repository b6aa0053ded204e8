import pytest
from django.urls import reverse

from hiring import panels
from hiring.models import JobMember
from tests.hiring.adverts import make_draft, make_published
from tests.readiness.factories import CALM, make_assessment

pytestmark = pytest.mark.django_db


def next_step(membership):
    """The address of the second step of the path, when it is the next one."""
    found = [panel for panel in panels.for_member(membership) if "describe" in panel.template]
    return found[0].context["url"] if found else None


def test_nothing_before_the_check(owner):
    assert next_step(owner) is None


def test_an_answer_that_says_to_hire_leads_to_the_job(owner):
    make_assessment(owner.company)
    assert next_step(owner) == reverse("hiring:start")


def test_an_answer_that_says_not_to_leads_nowhere(owner):
    make_assessment(owner.company, **CALM)
    assert next_step(owner) is None


def test_a_draft_is_gone_on_with(owner, sign_in):
    draft = make_draft(owner)
    assert next_step(owner) == reverse("hiring:job_edit", args=[draft.pk])
    assert "Step 2 of 6" in sign_in(owner).get("/").content.decode()


def test_a_published_job_is_beyond_this_step(owner):
    make_assessment(owner.company)
    make_published(owner)
    assert next_step(owner) is None


def test_a_manager_goes_on_with_drafts_they_are_on(owner, manager):
    draft = make_draft(owner)
    assert next_step(manager) is None
    JobMember.objects.create(company=owner.company, job=draft, membership=manager)
    assert next_step(manager) == reverse("hiring:job_edit", args=[draft.pk])


@pytest.mark.parametrize("who", ["interviewer", "hire", "rival"])
def test_others_see_nothing_of_it(owner, who, request):
    make_draft(owner)
    assert next_step(request.getfixturevalue(who)) is None
