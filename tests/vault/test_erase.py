"""Erasing by the register: nothing with the person's word is left, the neighbour keeps everything, counts stay."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from hiring.models import Application, Offer, StageMove
from onboarding import gates
from onboarding.models import GateSigning
from tests.factories import make_member
from tests.hiring.adverts import make_published
from tests.vault import planted
from vault import erased_list, erasing, keep
from vault.models import Erasure, FileRemoval, TrailEntry

pytestmark = pytest.mark.django_db
ANNA, NELE = "qwzanna", "qwznele"
BY_HAND = {"vault.Erasure", "vault.Hold", "vault.Export", "django.Session"}


@pytest.fixture
def anna(owner):
    return planted.make_applicant(make_published(owner), ANNA, owner)


@pytest.fixture
def nele(anna, owner):
    """Applied for the same job, and went as far."""
    return planted.make_applicant(anna.job, NELE, owner)


def erase(application, **kwargs):
    return erasing.erase("candidate", application.candidate_id, company_id=application.company_id, **kwargs)


def personal_of(kind) -> set[str]:
    return {
        f"{rule.model._meta.label}.{name}"
        for rule, _rows in keep.tied(kind, 0)
        for name in rule.personal
        if rule.model._meta.get_field(name).get_internal_type() in {"CharField", "TextField", "EmailField"}
    }


def test_the_word_reaches_every_field_that_is_called_personal(anna, owner):
    """A new personal field? Plant it in tests/vault/planted.py, so that its erasing is seen."""
    planted.fill("candidate", anna.candidate_id, ANNA)
    missing = personal_of("candidate") - set(planted.found_in_rows(ANNA))
    assert missing == {"vault.Erasure.reason", "vault.Hold.reason"}


def test_nothing_with_the_word_is_left(anna, nele, owner):
    planted.fill("candidate", anna.candidate_id, ANNA)
    assert len(planted.found_in_rows(ANNA)) > 30
    erase(anna)
    planted.sweep_files()
    assert planted.found_in_rows(ANNA) == []
    assert planted.found_in_files(ANNA) == []


def test_the_neighbour_keeps_everything(anna, nele):
    before = planted.found_in_rows(NELE), planted.found_in_files(NELE)
    erase(anna)
    planted.sweep_files()
    assert (planted.found_in_rows(NELE), planted.found_in_files(NELE)) == before
    assert before[1] != []


def test_counts_stay(anna):
    moves = list(StageMove.objects.order_by("pk").values_list("from_stage", "to_stage", "at"))
    erase(anna)
    after = list(StageMove.objects.order_by("pk").values_list("from_stage", "to_stage", "at"))
    assert after[: len(moves)] == moves
    assert len(after) == len(moves) + 1  # withdrawn: nobody is erased while in the running
    anna.refresh_from_db()
    assert (anna.stage, anna.outcome, anna.name) == ("offer", "withdrawn", "")
    assert Offer.objects.get().state == "declined"


def test_whoever_was_erased_is_on_no_page(anna, owner):
    rows = Application.objects.for_company(owner.company)
    assert rows.count() == 1
    erase(anna)
    assert rows.count() == 0
    assert Application.objects.filter(company=owner.company).count() == 1


def test_a_second_run_does_nothing(anna):
    first = erase(anna)
    lines = TrailEntry.objects.count()
    assert erase(anna) is None
    assert TrailEntry.objects.count() == lines
    assert list(Erasure.objects.all()) == [first]


def test_the_trail_says_that_it_was_done_and_by_whom(anna, owner):
    erase(anna, by_id=owner.user_id)
    entry = TrailEntry.objects.latest("pk")
    assert (entry.action, entry.actor_id) == ("person.erased", owner.user_id)
    assert (entry.kind, entry.subject_id) == ("candidate", anna.candidate_id)


def test_a_legal_hold_stops_it_and_says_so(anna, owner):
    held = hold(anna, owner)
    with pytest.raises(erasing.Held, match="A legal hold keeps this data"):
        erase(anna)
    anna.refresh_from_db()
    assert (anna.outcome, anna.erased_at) == ("active", None)
    erasing.lift(held, by_id=owner.user_id)
    erase(anna)
    assert planted.found_in_rows(ANNA) == []


def hold(application, owner, **changes):
    values = {"reason": f"{ANNA} went to court", "until": timezone.localdate() + timedelta(days=30)}
    return erasing.hold(
        "candidate",
        application.candidate_id,
        company_id=application.company_id,
        by_id=owner.user_id,
        **(values | changes),
    )


def test_a_hold_ends_with_its_last_day(anna, owner):
    hold(anna, owner, until=timezone.localdate())
    with pytest.raises(erasing.Held):
        erase(anna)
    erasing.Hold.objects.update(until=timezone.localdate() - timedelta(days=1))
    assert erase(anna).done_at is not None


def test_what_is_kept_for_a_while_without_a_court_is_no_bar(anna, owner):
    hold(anna, owner, legal=False)
    erase(anna)
    assert planted.found_in_rows(ANNA) == []


class TestContract:
    @pytest.fixture
    def hired(self, owner):
        return planted.make_hired(make_published(owner), ANNA, owner)

    def test_a_signed_contract_stays_until_the_law_lets_it_go(self, hired):
        row = erase(hired)
        assert row.kept_until == Offer.objects.get().start_date + timedelta(days=3650)
        offer = Offer.objects.get()
        assert (offer.signed_name, offer.state) == (f"{ANNA} signs", "accepted")
        hired.refresh_from_db()
        assert (hired.name, hired.email) == ("", "")

    def test_and_goes_afterwards(self, hired, time_machine):
        last = erase(hired).kept_until
        time_machine.move_to(f"{last}T12:00:00Z")
        assert erase(hired) is None
        time_machine.move_to(f"{last + timedelta(days=1)}T12:00:00Z")
        assert erase(hired).kept_until is None
        offer = Offer.objects.get()
        assert (offer.signed_name, offer.contract_text, offer.state) == ("", "-", "accepted")

    def test_the_page_that_asks_is_told_what_stays(self, hired):
        lines = {line.rule.model: line for line in erasing.outlook("candidate", hired.candidate_id)}
        assert (lines[Offer].goes, lines[Offer].stays) == (0, 1)
        assert lines[Offer].until == Offer.objects.get().start_date + timedelta(days=3650)
        assert "proof for both sides" in lines[Offer].why
        assert lines[Application].goes == 1


class TestMember:
    @pytest.fixture
    def sara(self, company, owner):
        return planted.make_newcomer(company, ANNA, owner)

    def go(self, member):
        return erasing.erase("member", member.pk, company_id=member.company_id)

    def test_the_word_reaches_every_field(self, sara):
        missing = personal_of("member") - set(planted.found_in_rows(ANNA))
        assert missing <= {
            "vault.Erasure.reason",
            "vault.Hold.reason",
            "vault.StoredFile.original_name",
            "vault.StoredFile.text",
        }

    def test_nothing_is_left_and_the_account_is_gone(self, sara, sign_in):
        client = sign_in(sara)
        assert client.get("/onboarding/").status_code in {200, 302}
        self.go(sara)
        assert planted.found_in_rows(ANNA) == []
        assert client.get("/onboarding/").url.startswith("/accounts/login/")
        sara.refresh_from_db()
        assert (sara.user, str(sara), sara.is_erased) == (None, "Somebody who left", True)

    def test_whoever_signed_a_gate_leaves_the_signature_without_a_name(self, sara, owner, sign_in):
        lead = make_member(sara.company, Role.MANAGER, name=f"{NELE} leads", email=f"{NELE}@mail.example")
        step = sara.onboardings.get().steps.get(key="gate_1")
        gates.sign(step, by=lead, note=f"{ANNA} is exact, says {NELE}")
        self.go(lead)
        row = GateSigning.objects.get(by=lead)
        assert (row.name, row.note, row.seen["total"]) == ("", "", 2)
        assert planted.found_in_rows(NELE) == []
        page = sign_in(owner).get(reverse("onboarding:gate", args=[step.pk])).content.decode()
        assert "Signed by Somebody who left" in page

    def test_an_account_that_another_shop_needs_stays(self, sara, rival):
        sara.user.memberships.create(company=rival.company, role="interviewer", email=sara.email)
        self.go(sara)
        sara.user.refresh_from_db()
        assert sara.user.name == f"{ANNA} name"
        assert planted.found_in_rows(ANNA) == [
            "account.EmailAddress.email", "accounts.Membership.email", "accounts.User.email", "accounts.User.name",
        ]  # fmt: skip

    def test_the_last_owner_stays(self, owner):
        with pytest.raises(erasing.Refused, match="A shop needs an owner"):
            self.go(owner)
        owner.refresh_from_db()
        assert owner.removed_at is None

    def test_a_second_run_does_nothing(self, sara):
        self.go(sara)
        assert self.go(sara) is None


class TestPlan:
    def plan(self, application, days=7, **changes):
        on = timezone.localdate() + timedelta(days=days)
        values = {"company_id": application.company_id, "on": on, "source": "shop", "reason": f"{ANNA} asked"}
        return erasing.plan("candidate", application.candidate_id, **(values | changes))

    def test_one_plan_at_a_time(self, anna):
        first, second = self.plan(anna), self.plan(anna, days=3)
        assert (second.pk, second.on) == (first.pk, timezone.localdate() + timedelta(days=3))
        assert erasing.planned("candidate", anna.candidate_id) == second

    def test_it_can_be_called_off_once(self, anna):
        row = self.plan(anna)
        assert erasing.call_off(row) is True
        assert erasing.call_off(row) is False
        assert erasing.planned("candidate", anna.candidate_id) is None
        assert Erasure.objects.get().reason == ""

    def test_erasing_fulfils_it_and_forgets_the_reason(self, anna):
        row = self.plan(anna)
        assert erase(anna) == row
        row.refresh_from_db()
        assert (row.reason, row.done_at is None) == ("", False)


class TestFiles:
    def test_the_file_goes_after_the_commit(self, anna, on_commit):
        path = anna.cv.path
        with on_commit():
            erase(anna)
            assert path.exists()
        assert FileRemoval.objects.count() == 3  # the CV, the letter, and what hung on a mail
        planted.sweep_files()
        assert (path.exists(), FileRemoval.objects.count()) == (False, 0)

    def test_a_file_that_is_gone_already_is_no_trouble(self, anna):
        path = anna.cv.path
        erase(anna)
        path.unlink()
        planted.sweep_files()
        assert FileRemoval.objects.count() == 0


class TestList:
    def test_a_line_tells_nobody_who_it_was(self, anna, on_commit, settings):
        with on_commit():
            row = erase(anna)
        line = settings.ERASED_LIST.read_text().split()
        assert line == [f"{timezone.now():%Y-%m-%d}", "candidate", row.subject_hash]
        assert erased_list.read() == {("candidate", erased_list.fingerprint("candidate", anna.candidate_id))}
        assert settings.ERASED_LIST.stat().st_mode & 0o777 == 0o600

    def test_no_list_and_broken_lines_are_read_as_nobody(self, settings):
        assert erased_list.read() == set()
        settings.ERASED_LIST.write_text("2026-01-01 candidate\n\nnonsense\n")
        assert erased_list.read() == set()
