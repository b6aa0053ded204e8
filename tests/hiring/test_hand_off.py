"""From the last signature to the first weeks: once, with everything that is known, so that nothing is asked twice."""

from datetime import date
from decimal import Decimal

import pytest
from django.forms import BaseForm

from accounts.models import Membership
from hiring import hand_off, signing
from hiring.models import Consent, Offer
from hiring.pipeline import Refused
from mailroom.models import Mail
from onboarding import defaults, forms, intake, lessons
from onboarding.models import Onboarding
from readiness.models import BeforeAfter
from tests.hiring.factories import make_card, make_offer
from tests.hiring.signed import accept, again, countersign, make_sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(company, owner):
    return make_sent(company, owner, language="sv", email="ada@mail.example")


def plan() -> Onboarding:
    return Onboarding.objects.select_related("hire", "manager").get()


def test_it_carries_what_is_known(sent, owner):
    Offer.objects.filter(pk=sent.pk).update(place="Linnankatu 1, Turku", start_date=date(2027, 1, 11))
    accept(sent)
    row = plan()
    assert (row.hire.name, row.hire.email, row.language) == ("Ada Lind", "ada@mail.example", "sv")
    assert (row.job_title, row.start_date, row.hours_week) == (
        "Support person",
        date(2027, 1, 11),
        Decimal(20),
    )
    assert (row.place, row.manager, row.reference) == (
        "Linnankatu 1, Turku",
        owner,
        f"application-{sent.application_id}-hire-1",
    )


@pytest.mark.parametrize(("level", "trained"), [(1, True), (3, True), (4, False)])
def test_a_skill_rated_three_or_less_becomes_a_dated_task(sent, owner, level, trained):
    make_card(sent.application, owner, levels=[level, 5])
    accept(sent)
    found = plan().steps.filter(about="Writes clearly")
    assert found.exists() is trained
    assert all(step.due_on for step in found)


def test_it_knows_what_the_person_agreed_to(sent):
    application = sent.application
    Consent.objects.create(
        company=application.company, application=application, purpose="keep", version="notice-2", text="Yes"
    )
    accept(sent)
    contract, kept = plan().documents
    offer = again(sent)
    assert contract == {
        "kind": "contract", "version": "offer-1", "sha256": offer.contract_sha256, "at": offer.answered_at.isoformat(),
    }  # fmt: skip
    assert (kept["kind"], kept["version"]) == ("keep", "notice-2")


def test_a_consent_taken_back_is_not_carried(sent):
    application = sent.application
    Consent.objects.create(
        company=application.company, application=application, purpose="keep", version="notice-2", text="Yes",
        withdrawn_at=application.submitted_at,
    )  # fmt: skip
    accept(sent)
    assert [row["kind"] for row in plan().documents] == ["contract"]


def test_both_ways_of_signing_last_hand_over_once(company, owner):
    offer = accept(make_sent(company, owner, signature=None))
    assert Onboarding.objects.count() == 0
    countersign(offer, owner)
    countersign(offer, owner)
    assert Onboarding.objects.count() == 1


def test_a_copy_signed_outside_hands_over_the_same(sent, owner):
    signing.signed_outside(sent, by=owner, file=None, name="Ada Lind")
    assert [row["kind"] for row in plan().documents] == ["contract"]


def test_what_a_new_colleague_or_their_manager_fills_in_asks_for_nothing_that_is_known(sent):
    """Every field of every form of the first weeks that speaks of the person, by hand: it has its value already."""
    accept(sent)
    known = {
        "name",
        "email",
        "job_title",
        "start_date",
        "hours_week",
        "language",
        "manager",
        "place",
        "contract",
    }
    asked = {
        name
        for form in vars(forms).values()
        if isinstance(form, type) and issubclass(form, BaseForm) and form.__module__ == forms.__name__
        for name in form.base_fields
        if form not in {forms.StartForm, forms.StartDateForm}  # a plan begun by hand; another first day
    }
    details = forms.DetailsForm(instance=plan(), invitation_waits=True)
    again_ = {name for name in asked & known if not details.initial.get(name)}
    assert asked & known == {"place"}  # where to come: filled in from the contract, and may be made clearer
    assert again_ == ({"place"} if not again(sent).place else set())


def test_no_step_of_the_plan_asks_for_a_signature_name_or_address_again():
    words = " ".join(str(step.title) for step in [*defaults.PLAN]).lower()
    assert [word for word in ("sign the contract", "e-mail address", "full name") if word in words] == []


def test_the_file_joins_the_plan_of_this_hire_alone(sent):
    accept(sent)
    reference = plan().reference
    assert intake.add_contract(company=sent.company, reference="application-0-hire-1", file_id=7) is False
    assert intake.add_contract(company=sent.company, reference=reference, file_id=8) is True
    assert plan().contract_file_id == 8


def test_a_plan_of_another_company_is_out_of_reach(sent, rival):
    accept(sent)
    assert intake.add_contract(company=rival.company, reference=plan().reference, file_id=9) is False


def test_whoever_sent_it_has_left_the_team_and_an_owner_takes_over(company, owner):
    offer = make_sent(company, owner)
    Offer.objects.filter(pk=offer.pk).update(sent_by=None)
    accept(offer)
    assert plan().manager == owner


def test_without_an_address_nobody_can_be_handed_over(sent, owner):
    application = sent.application
    type(application).objects.filter(pk=application.pk).update(email="")
    draft = make_offer(again(sent).application, owner)
    with pytest.raises(Refused, match="e-mail address"):
        signing.signed_outside(draft, by=owner, file=None, name="Ada")
    assert (Onboarding.objects.count(), Membership.objects.filter(role="hire").count()) == (0, 0)


def test_the_number_of_openings_is_counted_from_people(sent):
    accept(sent)
    job = again(sent).application.job
    assert (hand_off.hired(job), job.status) == (1, "filled")


def test_the_end_of_probation_and_the_day_of_the_yes_come_from_the_contract(sent):
    Offer.objects.filter(pk=sent.pk).update(probation_months=4, start_date=date(2027, 1, 11))
    accept(sent)
    answered = Offer.objects.get(pk=sent.pk).answered_at
    assert (plan().probation_until, plan().signed_on) == (date(2027, 5, 10), answered.date())
    assert plan().steps.get(key="probation").due_on == date(2027, 5, 10)


def test_a_contract_without_probation_says_nothing_of_it(sent):
    Offer.objects.filter(pk=sent.pk).update(probation_months=None)
    accept(sent)
    assert plan().probation_until is None


# -- before and after


def test_a_hire_begins_the_comparison_and_the_plan_leads_to_it(sent, owner):
    Offer.objects.filter(pk=sent.pk).update(start_date=date(2027, 1, 11))
    accept(sent)
    row, onboarding = BeforeAfter.objects.get(), plan()
    assert (row.start_date, row.hours_week, row.person) == (date(2027, 1, 11), Decimal(20), onboarding.hire)
    assert row.reference == onboarding.reference
    assert onboarding.onward.after_url == f"/readiness/after/{row.pk}/"
    asked = Mail.objects.get(message="readiness_after_look")
    assert (asked.recipient, asked.due_at.date()) == (owner.email, date(2027, 4, 11))


def test_a_hire_that_is_undone_ends_the_comparison_and_its_reminder(sent, owner):
    accept(sent)
    application = again(sent).application
    hand_off.cancel(application.job, application, by=owner, reason="Changed their mind")
    row = BeforeAfter.objects.get()
    assert (row.ended_at is None, row.reference) == (False, None)
    assert Mail.objects.get(message="readiness_after_look").state == "cancelled"


def test_the_next_job_leads_to_what_was_learned(sent, owner, sign_in):
    accept(sent)
    start = "/hiring/start/"
    assert "/onboarding/learned/" not in sign_in(owner).get(start).content.decode().split("<main")[1]
    lessons.write(plan(), by=owner, keep="The call", change="", drop="", longest="")
    assert "/onboarding/learned/" in sign_in(owner).get(start).content.decode().split("<main")[1]
