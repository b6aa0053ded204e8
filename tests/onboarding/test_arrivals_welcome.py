"""How somebody arrives: the place, the invitation and its day, the welcome link, the details of the first day."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, Role
from mailroom.models import Mail
from onboarding import arrivals, intake, plans
from onboarding.models import Onboarding
from tests.factories import make_company, make_member
from tests.onboarding.factories import MONDAY, make_onboarding
from vault import links
from vault.models import Link

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _two_weeks_before(clock):
    clock.move_to("2026-11-20 08:00 +0000")


@pytest.fixture
def olga(owner, sign_in):
    return sign_in(owner)


def opened(company, by, **fields):
    values = {
        "name": "Sara Salo", "email": "sara@home.example", "job_title": "Support person", "start_date": MONDAY,
        "hours_week": 24, "working_days": [0, 1, 2], "remote": False, "manager": by, "language": "en",
        "contract_file_id": None, "reference": "application-5-hire-1",
    } | fields  # fmt: skip
    return intake.open(company=company, by=by, **values)


def waiting(message):
    return list(Mail.objects.filter(message=message, state="waiting").order_by("pk"))


def welcome(client, token):
    return client.get(reverse("onboarding_links:welcome", args=[token]))


class TestTheDoor:
    def test_opened_twice_is_the_same_and_silent(self, company, owner):
        first = opened(company, owner)
        mails = Mail.objects.count()
        second = opened(company, owner, name="Other", start_date=MONDAY + timedelta(days=30))
        assert (second.pk, second.start_date, Mail.objects.count()) == (first.pk, MONDAY, mails)

    def test_cancelled_twice_is_cancelled_once(self, company, owner):
        opened(company, owner)
        cancel = [
            intake.cancel(company=company, reference="application-5-hire-1", by=owner, reason="Other job")
            for _ in range(2)
        ]
        assert cancel == [True, False]

    def test_an_unknown_reference_cancels_nothing(self, company, owner):
        opened(company, owner)
        assert intake.cancel(company=company, reference="application-6-hire-1", by=owner, reason="x") is False
        assert Onboarding.objects.get().cancelled_at is None

    def test_another_companys_reference_cancels_nothing_of_ours(self, company, owner, rival):
        opened(company, owner)
        assert (
            intake.cancel(company=rival.company, reference="application-5-hire-1", by=rival, reason="x")
            is False
        )
        assert Onboarding.objects.get().cancelled_at is None

    def test_opened_again_after_cancelling_is_a_new_plan(self, company, owner):
        first = opened(company, owner)
        intake.cancel(company=company, reference="application-5-hire-1", by=owner, reason="Other job")
        second = opened(company, owner)
        assert (second.pk == first.pk, second.hire_id == first.hire_id) == (False, False)

    @pytest.mark.parametrize("days", [None, [], [0, 1, 2, 3, 4]])
    def test_without_days_of_their_own_it_is_an_office_week(self, company, owner, days):
        assert opened(company, owner, working_days=days).weekdays == [0, 1, 2, 3, 4]

    def test_a_second_plan_for_one_person_is_refused_whole(self, company, owner):
        opened(company, owner)
        mails = Mail.objects.count()
        with pytest.raises(IntegrityError):
            opened(company, owner, reference="application-6-hire-1")
        assert (Onboarding.objects.count(), Mail.objects.count()) == (1, mails)

    def test_two_companies_hire_one_person(self, company, owner, rival):
        ours, theirs = opened(company, owner), opened(rival.company, rival)
        assert ours.hire.email == theirs.hire.email
        assert {ours.hire.company_id, theirs.hire.company_id} == {company.pk, rival.company_id}

    @pytest.mark.parametrize("email", ["sara@home.example", "SARA@home.example", "  Sara@Home.Example "])
    def test_somebody_there_already_is_found_in_any_spelling(self, company, owner, email):
        there = make_member(company, Role.INTERVIEWER, "sara@home.example")
        assert opened(company, owner, email=email).hire == there
        assert waiting("invitation") == []


class TestTheInvitation:
    @pytest.mark.parametrize(
        ("zone", "leaves"),
        [
            ("UTC", "2026-12-02T09:00:00+00:00"),
            ("Europe/Helsinki", "2026-12-02T07:00:00+00:00"),
            ("America/New_York", "2026-12-02T14:00:00+00:00"),
        ],
    )
    def test_leaves_at_nine_where_the_company_is(self, owner, zone, leaves):
        """One working day before: they work Monday to Wednesday."""
        company = make_company("Zoned", timezone=zone)
        opened(company, make_member(company, Role.OWNER))
        assert [mail.due_at.isoformat() for mail in waiting("invitation")] == [leaves]

    def test_goes_along_when_the_start_moves(self, company, owner):
        plan = opened(company, owner)
        arrivals.move_start(plan, by=owner, start_date=MONDAY + timedelta(days=7))
        assert [mail.due_at.date().isoformat() for mail in waiting("invitation")] == ["2026-12-09"]

    def test_once_it_has_left_it_is_left_alone(self, company, owner):
        plan = opened(company, owner)
        Mail.objects.filter(message="invitation").update(state="done")
        arrivals.move_start(plan, by=owner, start_date=MONDAY + timedelta(days=7))
        assert (waiting("invitation"), arrivals.invitation_waits(plan)) == ([], False)

    def test_is_taken_back_with_the_plan(self, company, owner):
        plan = opened(company, owner)
        arrivals.end(plan, by=owner, reason="Other job")
        assert waiting("invitation") == []

    def test_its_day_is_asked_for_only_while_it_waits(self, company, owner, olga):
        plan = opened(company, owner)
        address = reverse("onboarding:details", args=[plan.pk])
        before = "invite_on" in olga.get(address).content.decode()
        Mail.objects.filter(message="invitation").update(state="done")
        assert (before, "invite_on" in olga.get(address).content.decode()) == (True, False)


class TestTheWelcomeLink:
    def test_shows_when_where_and_nothing_else(self, client, company, owner):
        plan = opened(company, owner)
        Onboarding.objects.filter(pk=plan.pk).update(place="Harbour Street 5", phone="+358 40 1")
        page = welcome(client, arrivals.welcome_link(plan)).content.decode()
        assert ("Harbour Street 5" in page, "Welcome, Sara." in page) == (True, True)
        assert ("/onboarding/today/" in page, "paperwork" in page) == (False, False)

    def test_is_no_sign_in(self, client, company, owner):
        welcome(client, arrivals.welcome_link(opened(company, owner)))
        assert client.get("/onboarding/today/").status_code == 302

    @pytest.mark.parametrize(
        ("day", "alive"),
        [("2026-12-07", True), ("2026-12-13", True), ("2026-12-14", True), ("2026-12-16", False)],
    )
    def test_lives_a_week_into_the_job(self, client, company, owner, clock, day, alive):
        token = arrivals.welcome_link(opened(company, owner))
        clock.move_to(f"{day} 07:00 +0000")
        assert welcome(client, token).status_code == (200 if alive else 404)

    def test_of_a_start_long_ago_lives_a_day(self, company, owner):
        plan = opened(company, owner, start_date=MONDAY - timedelta(days=60))
        arrivals.welcome_link(plan)
        left = Link.objects.latest("pk").expires_at - timezone.now()
        assert left == timedelta(days=1)

    def test_dies_with_the_plan(self, client, company, owner):
        plan = opened(company, owner)
        token = arrivals.welcome_link(plan)
        arrivals.end(plan, by=owner, reason="Other job")
        assert welcome(client, token).status_code == 404

    def test_of_one_person_opens_no_others(self, client, company, owner):
        sara, tomi = (
            opened(company, owner),
            opened(company, owner, name="Tomi", email="t@x.example", reference="a6"),
        )
        page = welcome(client, arrivals.welcome_link(tomi)).content.decode()
        assert (sara.hire.name in page, "Tomi" in page) == (False, True)

    def test_of_another_purpose_is_none(self, client, company, owner):
        plan = opened(company, owner)
        token = links.mint(purpose="status", subject=("onboarding", plan.pk), company_id=company.pk, days=9)
        assert welcome(client, token).status_code == 404

    @pytest.mark.parametrize("verb", ["post", "put", "delete"])
    def test_is_only_read(self, client, company, owner, verb):
        token = arrivals.welcome_link(opened(company, owner))
        address = reverse("onboarding_links:welcome", args=[token])
        assert getattr(client, verb)(address).status_code == 405

    def test_each_mail_has_its_own_and_older_ones_live(self, client, company, owner):
        plan = opened(company, owner)
        tokens = [arrivals.welcome_link(plan) for _ in range(2)]
        assert [welcome(client, token).status_code for token in tokens] == [200, 200]

    def test_markup_in_what_it_shows_is_text(self, client, company, owner):
        plan = opened(company, owner, name="<b>Sara</b> Salo")
        Onboarding.objects.filter(pk=plan.pk).update(note="<script>alert(1)</script>", place="<i>x</i>")
        page = welcome(client, arrivals.welcome_link(plan)).content.decode()
        assert [tag in page for tag in ("<b>Sara", "<script>alert", "<i>x</i>")] == [False] * 3


class TestDetails:
    def data(self, plan, **changes):
        return {
            "start_time": "09:00", "place": "Harbour Street 5", "video_link": "", "bring": "", "note": "",
            "buddy": "", "phone": "", "ask_until": "17:00", "invite_on": "2026-12-01",
        } | changes  # fmt: skip

    def save(self, client, plan, **changes):
        return client.post(reverse("onboarding:details", args=[plan.pk]), self.data(plan, **changes))

    @pytest.mark.parametrize(
        "wrong",
        [
            {"start_time": "25:00"},
            {"start_time": ""},
            {"ask_until": "soon"},
            {"video_link": "javascript:alert(1)"},
            {"video_link": "ftp://x.example"},
            {"video_link": "http://" + "x" * 600 + ".example"},
            {"place": "x" * 301},
            {"note": "x" * 2_001},
            {"note": "a\x00b"},
            {"phone": "1" * 41},
            {"invite_on": "0001-01-01"},
            {"invite_on": "9999-12-31"},
            {"invite_on": "2026-02-30"},
            {"buddy": "999999999"},
        ],
    )
    def test_odd_values_are_refused_and_the_rest_kept(self, company, owner, olga, wrong):
        plan = opened(company, owner)
        answer = self.save(olga, plan, **({"bring": "Your passport, please"} | wrong))
        plan.refresh_from_db()
        assert (answer.status_code, "Your passport, please" in answer.content.decode()) == (422, True)
        assert plan.bring == ""

    def test_nobody_is_their_own_buddy(self, company, owner, olga):
        plan = opened(company, owner)
        assert self.save(olga, plan, buddy=plan.hire_id).status_code == 422

    def test_another_companys_member_is_no_buddy(self, company, owner, olga, rival):
        assert self.save(olga, opened(company, owner), buddy=rival.pk).status_code == 422

    def test_a_new_day_for_the_invitation_moves_it(self, company, owner, olga):
        plan = opened(company, owner)
        self.save(olga, plan, invite_on="2026-11-30")
        assert [mail.due_at.date().isoformat() for mail in waiting("invitation")] == ["2026-11-30"]

    def test_saving_again_what_is_there_writes_no_mail(self, company, owner, olga):
        plan = opened(company, owner)
        self.save(olga, plan)
        mails = Mail.objects.count()
        self.save(olga, plan)
        assert Mail.objects.count() == mails

    def test_sending_writes_to_the_private_address(self, company, owner, olga):
        plan = opened(company, owner)
        self.save(olga, plan, send="1")
        assert [mail.recipient for mail in Mail.objects.filter(message="onboarding_first_day")] == [
            "sara@home.example"
        ]

    def test_is_not_the_hires_to_change(self, company, owner, sign_in, hire):
        plan = make_onboarding(company, hire, owner)
        assert self.save(sign_in(hire), plan).status_code == 403

    def test_fields_it_does_not_show_change_nothing(self, company, owner, olga):
        plan = opened(company, owner)
        self.save(
            olga, plan, start_date="2030-01-01", job_title="Boss", company="9", cancelled_at="2026-01-01"
        )
        plan.refresh_from_db()
        assert (plan.start_date, plan.job_title, plan.cancelled_at) == (MONDAY, "Support person", None)


class TestThePlace:
    def test_of_a_new_hire_is_given_back_with_the_plan(self, company, owner):
        plan = opened(company, owner)
        arrivals.end(plan, by=owner, reason="Other job")
        assert Membership.objects.get(pk=plan.hire_id).removed_at is not None

    def test_of_a_colleague_is_kept(self, company, owner, interviewer):
        plan = arrivals.by_hand(
            company=company, by=owner, member=interviewer, name="", email="", manager=owner,
            start_date=MONDAY, weekdays=[0, 1], job_title="Support",
        )  # fmt: skip
        arrivals.end(plan, by=owner, reason="Changed her mind")
        assert Membership.objects.get(pk=interviewer.pk).removed_at is None

    def test_somebody_removed_before_gets_a_new_one(self, company, owner):
        first = opened(company, owner)
        arrivals.end(first, by=owner, reason="Other job")
        second = opened(company, owner, reference="application-9-hire-1")
        assert (second.hire_id == first.hire_id, second.hire.is_waiting) == (False, True)

    def test_an_address_that_is_none_is_refused(self, company, owner):
        with pytest.raises((ValueError, plans.Refused)):
            opened(company, owner, email="no address\nBcc: evil@x.example")
        assert Onboarding.objects.count() == 0
