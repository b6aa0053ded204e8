"""Why we ask: every field of the forms that people fill in says it, at the field or in a fold of its card."""

import pytest
from django import forms

from accounts.forms import CompanyForm, ShopForm
from accounts.models import Company
from accounts.why import Explained
from hiring.apply_forms import ApplicationForm
from hiring.job_forms import JobForm
from hiring.models import Job
from onboarding.forms import DetailsForm, StartForm
from onboarding.models import Onboarding
from tests.factories import PASSWORD
from tests.hiring.adverts import make_draft
from tests.hiring.factories import make_job
from tests.onboarding.factories import make_onboarding

pytestmark = pytest.mark.django_db
NOBODY_SEES = {"website", "key", "via", "test", "seen"}


class Pair(Explained, forms.Form):
    WHY = {"one": "Because.", "two": "Therefore.", "gone": "Never."}
    one = forms.CharField()
    two = forms.CharField(help_text="Two words.")
    three = forms.CharField()

    def __init__(self):
        super().__init__()
        self.explain()


def test_the_reason_stands_behind_the_help():
    texts = {name: field.help_text for name, field in Pair().fields.items()}
    assert texts == {"one": "Because.", "two": "Two words. Therefore.", "three": ""}


def test_a_second_form_does_not_say_it_twice():
    assert Pair().fields["two"].help_text == Pair().fields["two"].help_text


def silent(form) -> list:
    """Fields that somebody fills in and that give no reason."""
    return [name for name, field in form.fields.items() if not field.help_text and name not in NOBODY_SEES]


def test_the_details_of_the_shop(company):
    assert silent(CompanyForm(instance=company)) == []


def test_opening_a_shop():
    assert silent(ShopForm()) == []


def test_sign_up(client):
    assert silent(client.get("/accounts/signup/").context["form"]) == []


def test_the_application():
    assert silent(ApplicationForm(job=Job(pk=1), questions=[])) == []


def test_the_first_day(owner):
    plan = make_onboarding(owner.company)
    assert silent(DetailsForm(instance=plan, invitation_waits=True)) == []


def test_a_plan_by_hand(owner):
    assert silent(StartForm(company=owner.company, by=owner)) == []


def test_the_job():
    assert sorted(JobForm.WHY) == sorted(JobForm.Meta.fields)


@pytest.mark.parametrize("form", [ShopForm, CompanyForm, ApplicationForm, JobForm, StartForm, DetailsForm])
def test_reasons_are_short_and_of_fields_that_exist(form):
    known = {*form.base_fields}
    assert [name for name, why in form.WHY.items() if name not in known or len(str(why)) > 90] == []


def test_an_applicant_reads_why(client):
    job = make_job(Company.objects.create(name="Lumi", slug="lumi"))
    page = client.get(f"/careers/lumi/{job.slug}/apply/").content.decode()
    assert "It shows how you write, which is most of the work." in page
    assert "PDF, Word, OpenDocument or plain text, up to 10 MB. It shows what you have done." in page


def test_every_card_of_the_job_has_its_fold(sign_in, owner):
    job = make_draft(owner)
    page = sign_in(owner).get(f"/hiring/jobs/{job.pk}/edit/").content.decode()
    assert page.count('<details class="fh-whys">') == 3
    assert [why for why in JobForm.WHY.values() if str(why).replace("'", "&#x27;") not in page] == []


def test_signing_up_works_as_before(client):
    client.post(
        "/accounts/signup/", {"email": "olga@lumi.example", "password1": PASSWORD, "shop_name": "Lumi"}
    )
    assert Company.objects.get().name == "Lumi"
    assert Onboarding.objects.count() == 0
