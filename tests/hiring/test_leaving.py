"""Who goes when: the clock by country, the week before, the day, and what stops it."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from hiring import leaving, pipeline, retention
from hiring.models import Application, Candidate, How, Job, Offer, Reason, Told
from mailroom.models import Mail
from tests.factories import make_company, make_member
from tests.hiring.factories import make_application, make_job
from tests.vault import planted
from vault import erasing
from vault.models import Erasure, TrailEntry

pytestmark = pytest.mark.django_db
REFUSED = date(2026, 1, 10)


def noon(day) -> str:
    return f"{day}T12:00:00Z"


@pytest.fixture
def refused(owner, time_machine):
    """refused("Ann") -> somebody refused on 10 January 2026, in a shop in Finland: a year."""
    time_machine.move_to(noon(REFUSED), tick=False)
    job = make_job(owner.company, title="Tea")

    def make(name="Ann", **fields):
        time_machine.move_to(noon(REFUSED), tick=False)
        application = make_application(job, name=name, email=f"{name.lower()}@mail.example", **fields)
        end(application, owner)
        return application

    return make


def end(application, by):
    pipeline.not_select(
        application, by=by, expected=application.standing, reason=Reason.HOURS, tell=Told.PHONE, how=How.PAGE
    )


def day_of(application):
    return retention.goes_on(Candidate.objects.select_related("company").get(pk=application.candidate_id))


def planned(application):
    return erasing.planned("candidate", application.candidate_id)


def is_gone(application) -> bool:
    application.refresh_from_db()
    return application.erased_at is not None


GOES = REFUSED + timedelta(days=365)


class TestClock:
    def test_whoever_is_in_the_running_has_no_day(self, owner):
        assert day_of(make_application(make_job(owner.company))) is None

    @pytest.mark.parametrize(
        ("country", "days"), [("FI", 365), ("SE", 730), ("NL", 28), ("AT", 210), ("PL", 1095), ("XX", 180)]
    )
    def test_by_the_country_of_the_shop(self, refused, owner, country, days):
        ann = refused()
        owner.company.country = country
        owner.company.save()
        assert day_of(ann) == REFUSED + timedelta(days=days)

    @pytest.mark.parametrize("country", retention.COUNTRIES)
    def test_the_shortest_time_of_the_law_is_never_undercut(self, country):
        here = retention.times(country)
        assert max(here.least, here.usual) >= here.least
        assert here.contract >= 3 * 365
        assert len(here.source) > 8
        assert here.checked is None or here.checked <= date(2026, 12, 31)

    def test_a_new_contact_begins_it_anew(self, refused, owner, time_machine):
        ann = refused()
        time_machine.move_to(noon("2026-03-01"), tick=False)
        ann.refresh_from_db()
        pipeline.take_up(ann, by=owner, expected=ann.standing, reason="again", how=How.PAGE)
        assert day_of(ann) is None
        ann.refresh_from_db()
        end(ann, owner)
        assert day_of(ann) == date(2026, 3, 1) + timedelta(days=365)

    def test_somebody_grouped_with_a_new_application_stays(self, refused, time_machine):
        ann, time = refused(), time_machine
        time.move_to(noon("2026-06-01"), tick=False)
        again = make_application(ann.job, name="Ann")
        Application.objects.filter(pk=again.pk).update(candidate=ann.candidate)
        assert day_of(ann) is None

    def test_consent_keeps_longer_and_never_shorter(self, refused):
        later, sooner = refused("Bea"), refused("Cas")
        Application.objects.filter(pk=later.pk).update(keep_longer_until=GOES + timedelta(days=5))
        Application.objects.filter(pk=sooner.pk).update(keep_longer_until=REFUSED)
        assert (day_of(later), day_of(sooner)) == (GOES + timedelta(days=5), GOES)

    def test_a_job_that_is_over_ends_the_waiting(self, refused, owner):
        waiting = make_application(refused().job)
        Job.objects.filter(pk=waiting.job_id).update(status="closed", closed_at=timezone.now())
        assert day_of(waiting) == GOES

    def test_a_signed_contract_keeps_its_person(self, owner, time_machine):
        time_machine.move_to(noon(REFUSED), tick=False)
        hired = planted.make_hired(make_job(owner.company), "qwzanna", owner)
        assert day_of(hired) == REFUSED + timedelta(days=3650)

    def test_the_soonest_come_first(self, refused, owner, time_machine):
        first = refused("Ann")
        time_machine.move_to(noon("2026-02-01"), tick=False)
        second = make_application(first.job)
        end(second, owner)
        days = list(retention.leaving(owner.company).values_list("pk", "goes_on"))
        assert days == [(first.candidate_id, GOES), (second.candidate_id, date(2027, 2, 1))]


class TestWeekBefore:
    def test_nothing_is_announced_eight_days_before_and_all_of_it_seven(self, refused, owner, time_machine):
        ann = refused()
        time_machine.move_to(noon(GOES - timedelta(days=8)))
        assert (leaving.run(), planned(ann)) == ({}, None)
        time_machine.move_to(noon(GOES - timedelta(days=7)))
        assert leaving.run() == {owner.company_id: {"announced": 1, "erased": 0}}
        assert (planned(ann).on, planned(ann).source) == (GOES, "clock")

    def test_the_owner_hears_of_it_once_and_without_a_name(self, refused, owner, manager, time_machine):
        refused("Qwzanna")
        time_machine.move_to(noon(GOES - timedelta(days=7)), tick=False)
        for _time in range(2):
            leaving.run()
        (mail,) = Mail.objects.filter(message="data_leaving")
        assert (mail.recipient, mail.subject) == (owner.email, "1 person goes in a week")
        assert b"wzanna" not in bytes(mail.body)
        assert b"/hiring/leaving/" in bytes(mail.body)

    def test_whoever_is_late_still_gets_their_week(self, refused, time_machine):
        """Nobody ran for ten days, or a shop comes from an older version."""
        ann = refused()
        time_machine.move_to(noon(GOES + timedelta(days=10)))
        leaving.run()
        assert planned(ann).on == GOES + timedelta(days=17)
        assert is_gone(ann) is False

    def test_whoever_is_held_is_not_announced(self, refused, owner, time_machine):
        ann = refused()
        time_machine.move_to(noon(GOES))
        hold(ann, owner, legal=False)
        assert (leaving.run(), planned(ann)) == ({}, None)

    def test_the_sample_shop_keeps_its_people(self, refused, owner, time_machine):
        ann = refused()
        owner.company.is_demo = True
        owner.company.save()
        time_machine.move_to(noon(GOES))
        assert (leaving.run(), planned(ann)) == ({}, None)


def hold(application, owner, legal):
    return erasing.hold(
        "candidate", application.candidate_id, company_id=application.company_id, reason="A complaint",
        until=timezone.localdate() + timedelta(days=30), by_id=owner.user_id, legal=legal,
    )  # fmt: skip


class TestDay:
    @pytest.fixture
    def ann(self, refused, time_machine):
        """Announced, to go on GOES."""
        ann = refused()
        time_machine.move_to(noon(GOES - timedelta(days=7)), tick=False)
        leaving.run()
        return ann

    def test_not_the_day_before_and_then_on_the_day(self, ann, time_machine):
        time_machine.move_to(noon(GOES - timedelta(days=1)), tick=False)
        assert (leaving.run(), is_gone(ann)) == ({}, False)
        time_machine.move_to(noon(GOES), tick=False)
        assert leaving.run() == {ann.company_id: {"announced": 0, "erased": 1}}
        assert is_gone(ann) is True

    def test_run_twice_it_is_once(self, ann, time_machine):
        time_machine.move_to(noon(GOES), tick=False)
        assert [bool(leaving.run()), bool(leaving.run())] == [True, False]
        assert TrailEntry.objects.filter(action="person.erased").count() == 1

    def test_ten_missed_days_are_caught_up(self, ann, time_machine):
        time_machine.move_to(noon(GOES + timedelta(days=10)), tick=False)
        leaving.run()
        assert is_gone(ann) is True

    def test_a_new_contact_calls_it_off(self, ann, owner, time_machine):
        ann.refresh_from_db()
        pipeline.take_up(ann, by=owner, expected=ann.standing, reason="again", how=How.PAGE)
        time_machine.move_to(noon(GOES), tick=False)
        leaving.run()
        assert (is_gone(ann), planned(ann)) == (False, None)

    def test_a_clock_that_goes_back_erases_nobody(self, ann, time_machine):
        time_machine.move_to(noon(GOES - timedelta(days=30)), tick=False)
        assert (leaving.run(), is_gone(ann)) == ({}, False)

    @pytest.mark.parametrize("legal", [True, False])
    def test_a_hold_wins(self, ann, owner, time_machine, legal):
        held = hold(ann, owner, legal)
        time_machine.move_to(noon(GOES), tick=False)
        assert (leaving.run(), is_gone(ann)) == ({}, False)
        erasing.lift(held, by_id=owner.user_id)
        leaving.run()
        assert is_gone(ann) is True

    def test_what_the_person_asked_for_goes_though_the_shop_wants_to_keep_it(self, ann, owner, time_machine):
        Erasure.objects.update(source="person")
        hold(ann, owner, legal=False)
        time_machine.move_to(noon(GOES), tick=False)
        leaving.run()
        assert is_gone(ann) is True

    def test_a_member_goes_on_their_day_too(self, company, owner):
        sara = planted.make_newcomer(company, "qwzsara", owner)
        erasing.plan("member", sara.pk, company_id=company.pk, on=timezone.localdate(), source="shop")
        leaving.run()
        sara.refresh_from_db()
        assert sara.is_erased is True

    def test_somebody_who_cannot_go_stops_nobody_else(self, ann, owner, time_machine):
        time_machine.move_to(noon(GOES), tick=False)
        erasing.plan("member", owner.pk, company_id=ann.company_id, on=GOES, source="shop")
        leaving.run()
        assert is_gone(ann) is True
        owner.refresh_from_db()
        assert owner.is_erased is False


class TestTooMany:
    @pytest.fixture
    def six(self, refused, owner, time_machine):
        """Six of ten would go at once: more than a handful and more than a fifth."""
        people = [refused(name) for name in ("Ann", "Bea", "Cas", "Dan", "Eva", "Fay")]
        time_machine.move_to(noon(GOES - timedelta(days=7)), tick=False)
        for _number in range(4):
            make_application(people[0].job)
        return people

    def test_nothing_is_announced_and_the_owner_is_told_once_a_day(self, six, owner):
        for _time in range(2):
            assert leaving.run() == {}
        assert Erasure.objects.count() == 0
        assert list(Mail.objects.values_list("message", "recipient").filter(message__startswith="data")) == [
            ("data_stopped", owner.email)
        ]
        assert TrailEntry.objects.filter(action="data.retention_stopped").count() == 1

    def test_the_owner_looks_and_lets_them_go(self, six, owner, sign_in, time_machine):
        client = sign_in(owner)
        assert "6 people would go at once" in client.get(reverse("hiring:leaving")).content.decode()
        client.post(reverse("hiring:leaving"))
        assert Erasure.objects.filter(source="clock", asked_by_id=owner.user_id).count() == 6
        time_machine.move_to(noon(GOES), tick=False)
        leaving.run()
        assert [is_gone(person) for person in six] == [True] * 6

    def test_five_of_ten_are_a_handful(self, six):
        Application.objects.filter(pk=six[0].pk).update(keep_longer_until=GOES + timedelta(days=99))
        assert list(leaving.run().values()) == [{"announced": 5, "erased": 0}]

    def test_six_of_forty_are_less_than_a_fifth(self, six):
        for _number in range(30):
            make_application(six[0].job)
        assert list(leaving.run().values()) == [{"announced": 6, "erased": 0}]

    def test_a_clock_that_jumps_ahead_after_the_announcement(self, six, time_machine):
        Erasure.objects.bulk_create(
            Erasure(subject_kind="candidate", subject_id=row.candidate_id, company_id=row.company_id,
                    source="clock", on=GOES, subject_hash="x") for row in six
        )  # fmt: skip
        time_machine.move_to(noon(GOES + timedelta(days=30)), tick=False)
        assert leaving.run() == {}
        assert [is_gone(person) for person in six] == [False] * 6

    def test_another_shop_goes_on(self, six, time_machine):
        other = make_member(make_company("Rival", country="NL"))
        time_machine.move_to(noon(REFUSED), tick=False)
        theirs = make_application(make_job(other.company))
        end(theirs, other)
        time_machine.move_to(noon(GOES - timedelta(days=7)), tick=False)
        assert leaving.run() == {other.company_id: {"announced": 1, "erased": 0}}


class TestPage:
    def page(self, client, query="") -> str:
        return client.get(reverse("hiring:leaving") + query).content.decode()

    def test_nobody_has_a_day(self, sign_in, owner):
        assert "Nobody has a day." in self.page(sign_in(owner))

    def test_names_days_and_how_they_are_counted(self, refused, sign_in, owner, time_machine):
        ann = refused()
        time_machine.move_to(noon(GOES - timedelta(days=20)), tick=False)
        shown = self.page(sign_in(owner))
        for words in (
            "Ann",
            "Jan. 10, 2027",
            "1 person goes within the next 60 days",
            "Your shop is in Finland.",
        ):
            assert words in shown
        assert reverse("hiring:data", args=[ann.pk]) in shown
        assert "Tasa-arvolaki" in shown

    def test_held_and_announced_are_said(self, refused, sign_in, owner, time_machine):
        ann = refused()
        time_machine.move_to(noon(GOES - timedelta(days=7)), tick=False)
        leaving.run()
        assert "announced" in self.page(sign_in(owner))
        hold(ann, owner, legal=True)
        assert "held until" in self.page(sign_in(owner))

    def test_a_contract_of_somebody_erased_has_no_name(self, owner, sign_in):
        hired = planted.make_hired(make_job(owner.company), "qwzanna", owner)
        erasing.erase("candidate", hired.candidate_id, company_id=hired.company_id)
        shown = self.page(sign_in(owner))
        assert "A signed contract of somebody erased" in shown
        assert "qwzanna" not in shown
        assert Offer.objects.get().signed_name == "qwzanna signs"

    def test_pages_go_by_key(self, refused, sign_in, owner, monkeypatch):
        monkeypatch.setattr("hiring.views.leaving.PAGE", 2)
        for name in ("Ann", "Bea", "Cas"):
            refused(name)
        client = sign_in(owner)
        first = self.page(client)
        key = f"?after={GOES},{Candidate.objects.order_by('pk')[1].pk}"
        assert (key in first, "Cas" in first) == (True, False)
        second = self.page(client, key)
        assert ("Cas" in second, "Bea" in second) == (True, False)

    @pytest.mark.parametrize(
        "after", ["x", "2026-99-99,1", "2026-01-01,x", "2026-01-01," + "9" * 40, ",", "%00"]
    )
    def test_a_key_that_is_none_is_the_first_page(self, refused, sign_in, owner, after):
        refused()
        assert "Ann" in self.page(sign_in(owner), f"?after={after}")

    def test_queries_stay_the_same(self, refused, sign_in, owner, django_assert_num_queries):
        refused("Ann")
        client = sign_in(owner)
        self.page(client)
        with django_assert_num_queries(8):
            self.page(client)
        refused("Bea")
        refused("Cas")
        with django_assert_num_queries(8):
            self.page(client)

    def test_only_the_owner_sees_it(self, sign_in, manager, rival, refused):
        refused("Ann")
        assert sign_in(manager).get(reverse("hiring:leaving")).status_code == 403
        assert "Ann" not in self.page(sign_in(rival))


class TestCommands:
    def test_a_dry_run_says_and_changes_nothing(self, refused, owner, time_machine, capsys):
        ann = refused()
        time_machine.move_to(noon(GOES))
        call_command("retention", dry_run=True)
        assert capsys.readouterr().out == (
            f"company {owner.company_id}: 1 announced, 0 erased\nNothing was changed.\n"
        )
        assert planned(ann) is None

    def test_it_does_what_the_beat_does(self, refused, time_machine, capsys):
        ann = refused()
        time_machine.move_to(noon(GOES))
        call_command("retention")
        assert "1 announced" in capsys.readouterr().out
        assert planned(ann) is not None
        call_command("retention")
        assert capsys.readouterr().out == "Nobody's time is over.\n"

    def test_a_backup_that_was_put_back_is_erased_again(self, refused, on_commit, capsys):
        ann, bea = refused("Ann"), refused("Bea")
        with on_commit():
            erasing.erase("candidate", ann.candidate_id, company_id=ann.company_id)
        Application.objects.filter(pk=ann.pk).update(name="Ann", erased_at=None)
        call_command("reapply_erasures")
        assert capsys.readouterr().out == "1 on the list, 1 erased again, 0 refused\n"
        assert (is_gone(ann), is_gone(bea)) == (True, False)
        call_command("reapply_erasures")
        assert capsys.readouterr().out == "1 on the list, 0 erased again, 0 refused\n"

    def test_a_hold_refuses_and_says_who(self, refused, owner, on_commit, capsys):
        ann = refused("Ann")
        with on_commit():
            erasing.erase("candidate", ann.candidate_id, company_id=ann.company_id)
        Application.objects.filter(pk=ann.pk).update(name="Ann", erased_at=None)
        hold(ann, owner, legal=True)
        call_command("reapply_erasures")
        said = capsys.readouterr()
        assert said.out == "1 on the list, 0 erased again, 1 refused\n"
        assert "A legal hold keeps this data." in said.err
