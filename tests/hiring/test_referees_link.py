"""Whom may we ask about you: the mail, the applicant's page, agreeing for each, correcting, taking it back."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts import conflicts, undoing
from hiring import links_again, referees, referees_asked, references, written_references
from hiring.applying import status_address
from hiring.models import Assignment, Consent, Referee, RefereesAsked, Stage, WrittenReference
from hiring.models.consents import Purpose
from hiring.pipeline import Refused
from mailroom import outbox
from mailroom.models import Mail, Notice
from tests.hiring.acts import put, refuse, text, url, withdraw
from tests.hiring.factories import make_application, make_job, make_reference
from tests.hiring.referred import (
    ROLF,
    line,
    make_asked,
    make_finalist,
    make_referee,
    names_page,
    sent,
)
from tests.hiring.test_samples import words_of
from vault import erasing
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(company, manager):
    return make_finalist(company, members=[manager])


@pytest.fixture
def asked(ada):
    return make_asked(ada)


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def now(row):
    return type(row).objects.get(pk=row.pk)


def mail_state(ada):
    return outbox.state(about=("application", ada.pk), message="referees_ask")


def posted(number="new0", **more) -> dict:
    """One line as the browser sends it, on a page of the first revision."""
    fields = ROLF | {"ok": "on"} | more
    return {"seen": "1"} | {f"r{number}-{name}": value for name, value in fields.items() if value}


class TestAsking:
    def test_writes_a_mail_in_ten_minutes(self, ada, owner):
        referees_asked.ask(ada, by=owner)
        mail = Mail.objects.get(message="referees_ask")
        assert (mail.recipient, mail.due_at > timezone.now() + timedelta(minutes=9)) == (ada.email, True)

    @pytest.mark.parametrize("language", ["fi", "ar", "zh-hans"])
    def test_in_the_language_they_applied_in(self, company, owner, language):
        person = make_finalist(company)
        type(person).objects.filter(pk=person.pk).update(language=language)
        person.refresh_from_db()
        referees_asked.ask(person, by=owner)
        assert Mail.objects.get(message="referees_ask").language == language

    def test_without_an_address_is_refused(self, company, owner):
        person = make_finalist(company, email="")
        with pytest.raises(Refused, match="no e-mail address"):
            referees_asked.ask(person, by=owner)
        assert RefereesAsked.objects.count() == 0

    def test_of_somebody_out_of_the_running_is_refused(self, ada, owner):
        withdraw(ada, owner)
        with pytest.raises(Refused, match="out of the running"):
            referees_asked.ask(ada, by=owner)

    def test_twice_while_the_mail_waits_is_refused(self, ada, owner, manager):
        referees_asked.ask(ada, by=owner)
        with pytest.raises(Refused, match="asked already"):
            referees_asked.ask(ada, by=manager)
        assert Mail.objects.filter(message="referees_ask").count() == 1

    def test_once_more_on_another_day_is_another_mail(self, ada, owner):
        referees_asked.ask(ada, by=owner)
        Mail.objects.update(state="done")
        with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
            referees_asked.ask(ada, by=owner)
        assert (RefereesAsked.objects.count(), Mail.objects.filter(message="referees_ask").count()) == (1, 2)

    def test_is_not_sent_to_somebody_who_ends_meanwhile(self, ada, owner):
        referees_asked.ask(ada, by=owner)
        refuse(ada, owner)
        assert mail_state(ada) == "cancelled"

    def test_by_the_button_says_so_with_its_undo(self, boss, ada):
        page = text(boss.post(url("referees_ask", ada), follow=True))
        assert ("leaves in ten minutes" in page, "mark=askref-" in page) == (True, True)

    def test_the_button_says_why_not(self, boss, ada, owner):
        referees_asked.ask(ada, by=owner)
        assert "asked already" in text(boss.post(url("referees_ask", ada), follow=True))


class TestTakingTheQuestionBack:
    def mark(self, ada, by):
        return undoing.offered(now(ada), referees_asked.WHAT, by)

    def test_stops_the_mail_and_kills_its_link(self, ada, owner, client):
        referees_asked.ask(ada, by=owner)
        address = names_page(ada)
        referees_asked.take_back(ada, self.mark(ada, owner), by=owner)
        assert (mail_state(ada), RefereesAsked.objects.count()) == ("cancelled", 0)
        assert client.get(address).status_code == 404

    def test_of_a_second_one_brings_the_first_day_back(self, ada, owner, manager):
        first = referees_asked.ask(ada, by=manager)
        Mail.objects.update(state="done")
        with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
            referees_asked.ask(ada, by=owner)
            referees_asked.take_back(ada, self.mark(ada, owner), by=owner)
        row = RefereesAsked.objects.get()
        assert (row.asked_at, row.by) == (first.asked_at, manager)

    def test_after_they_answered_is_gone(self, ada, owner):
        referees_asked.ask(ada, by=owner)
        mark = self.mark(ada, owner)
        referees_asked.keep(ada, [line()], seen=1)
        with pytest.raises(undoing.Gone, match="answered"):
            referees_asked.take_back(ada, mark, by=owner)
        assert Referee.objects.count() == 1

    def test_by_the_button_twice_is_told(self, boss, ada, owner):
        referees_asked.ask(ada, by=owner)
        address = f"{url('take_back', ada)}?mark={self.mark(ada, owner)}"
        assert [boss.post(address).status_code for _ in "12"] == [302, 409]


class TestKeeping:
    def test_names_somebody_with_their_agreement(self, ada, asked):
        referees_asked.keep(ada, [line()], seen=1)
        row = Referee.objects.get()
        assert (row.name, row.kind, row.named_by_link, row.agreed_how, row.may_be_asked) == (
            "Rolf Former", "manager", True, "link", True,
        )  # fmt: skip

    def test_without_the_tick_nobody_may_ask_them(self, ada, asked, owner):
        referees_asked.keep(ada, [line(ok=False)], seen=1)
        row = Referee.objects.get()
        with pytest.raises(Refused, match="not agreed"):
            references.save_call(row, by=owner, values={"overall": "good"})
        assert row.agreed_at is None

    def test_each_has_their_own_tick(self, ada, asked):
        referees_asked.keep(ada, [line(), line(name="Eve", ok=False)], seen=1)
        ticks = [(row.name, row.may_be_asked) for row in Referee.objects.order_by("pk")]
        assert ticks == [("Rolf Former", True), ("Eve", False)]

    def test_the_words_they_agreed_to_are_kept(self, ada, asked):
        referees_asked.keep(ada, [line()], seen=1)
        consent = Consent.objects.get(purpose=Purpose.REFEREES)
        assert (consent.stands, "whom I ticked" in consent.text, consent.version) == (True, True, "2026-11")

    def test_no_tick_is_no_consent(self, ada, asked):
        referees_asked.keep(ada, [line(ok=False)], seen=1)
        assert Consent.objects.count() == 0

    def test_a_tick_that_was_there_keeps_its_day(self, ada, asked):
        rolf = make_referee(ada)
        referees_asked.keep(ada, [line(rolf)], seen=1)
        assert now(rolf).agreed_at == rolf.agreed_at

    def test_corrects_and_takes_off(self, ada, asked):
        rolf, eve = make_referee(ada), make_referee(ada, name="Eve")
        referees_asked.keep(ada, [line(rolf, name="Rolf F."), line(eve, name="")], seen=1)
        assert list(Referee.objects.values_list("name", flat=True)) == ["Rolf F."]

    @pytest.mark.parametrize("used", ["call", "try", "written"])
    def test_somebody_who_was_asked_stays_as_they_are(self, ada, asked, owner, used):
        rolf = make_referee(ada)
        {
            "call": lambda: references.save_call(rolf, by=owner, values={"overall": "good"}),
            "try": lambda: references.note_try(rolf, by=owner, values={"outcome": "wrong"}),
            "written": lambda: written_references.send(rolf, by=owner),
        }[used]()
        referees_asked.keep(ada, [line(rolf, name="")], seen=1)
        assert (now(rolf).name, now(rolf).email) == ("Rolf Former", "rolf@boss.example")

    def test_an_older_page_is_told(self, ada, asked):
        referees_asked.keep(ada, [line()], seen=1)
        with pytest.raises(conflicts.Changed):
            referees_asked.keep(ada, [line(name="Eve")], seen=1)
        assert Referee.objects.count() == 1

    def test_somebody_elses_referee_is_never_touched(self, ada, asked, company):
        other = make_referee(make_application(make_job(company)), name="Theirs")
        referees_asked.keep(ada, [line(other, name="Mine")], seen=1)
        assert (now(other).name, Referee.objects.filter(application=ada).count()) == ("Theirs", 0)

    @pytest.mark.parametrize("end", [withdraw, refuse])
    def test_out_of_the_running_nothing_is_kept(self, ada, asked, owner, end):
        end(ada, owner)
        with pytest.raises(referees_asked.Over):
            referees_asked.keep(ada, [line()], seen=1)
        assert Referee.objects.count() == 0

    def test_is_told_to_those_who_lead_the_job(self, ada, asked, owner, manager, interviewer):
        Assignment.objects.create(company=ada.company, application=ada, membership=interviewer)
        referees_asked.keep(ada, [line()], seen=1)
        assert set(Notice.objects.filter(kind="referees").values_list("member", flat=True)) == {
            owner.pk, manager.pk,
        }  # fmt: skip

    def test_is_in_the_trail_without_names(self, ada, asked):
        referees_asked.keep(ada, [line()], seen=1)
        entry = TrailEntry.objects.get(action="reference.named")
        assert (entry.by_link, "Rolf" in str(vars(entry))) == ("referees", False)


class TestTakingConsentBack:
    def test_of_one_stops_their_question(self, ada, asked, owner):
        rolf = make_referee(ada)
        written = sent(rolf, owner)
        referees_asked.keep(ada, [line(rolf, ok=False)], seen=1)
        assert (now(rolf).withdrawn_at is None, now(written).cancelled_at is None) == (False, False)
        assert outbox.state(about=("reference", written.pk), message="reference_ask") == "cancelled"

    def test_given_again_is_a_new_day(self, ada, asked):
        rolf = make_referee(ada)
        referees_asked.keep(ada, [line(rolf, ok=False)], seen=1)
        referees_asked.keep(ada, [line(rolf)], seen=2)
        assert (now(rolf).may_be_asked, now(rolf).agreed_at > rolf.agreed_at) == (True, True)

    def test_the_shop_cannot_give_it_again(self, ada, asked, owner):
        rolf = make_referee(ada)
        referees_asked.keep(ada, [line(rolf, ok=False)], seen=1)
        with pytest.raises(Refused, match="took their agreement back"):
            referees.agree(rolf, by=owner)
        with pytest.raises(Refused, match="took their agreement back"):
            references.save_call(rolf, by=owner, values={"overall": "good"})

    @pytest.mark.parametrize("act", ["call", "try", "written"])
    def test_stops_every_way_of_asking(self, ada, owner, act):
        rolf = make_referee(ada)
        referees_asked.withdraw(ada)
        with pytest.raises(Refused, match="took their agreement back"):
            {
                "call": lambda: references.save_call(rolf, by=owner, values={"overall": "good"}),
                "try": lambda: references.note_try(rolf, by=owner, values={"outcome": "wrong"}),
                "written": lambda: written_references.send(rolf, by=owner),
            }[act]()

    def test_behind_the_status_link_is_for_everybody(self, ada, asked, owner, client):
        referees_asked.keep(ada, [line(), line(name="Eve", email="eve@boss.example")], seen=1)
        address = "/" + status_address(ada).split("/", 3)[3]
        assert "whom I ticked" in text(client.get(address))
        client.post(f"{address}consent/", {"purpose": "referees"})
        assert Referee.objects.exclude(withdrawn_at=None).count() == 2
        assert Consent.objects.get(purpose=Purpose.REFEREES).stands is False

    def test_twice_is_once(self, ada):
        make_referee(ada)
        assert (referees_asked.withdraw(ada), referees_asked.withdraw(ada)) == (True, False)

    def test_what_was_said_before_stays(self, ada, owner):
        call = make_reference(ada)
        referees_asked.withdraw(ada)
        assert now(call).overall == "good"

    def test_is_seen_by_the_shop(self, ada, boss):
        make_referee(ada)
        referees_asked.withdraw(ada)
        assert "Agreement taken back" in text(boss.get(url("candidate", ada)))


class TestThePage:
    def test_shows_four_lines_and_changes_nothing(self, ada, asked, client):
        page = text(client.get(names_page(ada)))
        assert (page.count("You may ask this person about me"), Referee.objects.count()) == (4, 0)

    def test_keeps_and_says_so(self, ada, asked, client):
        answer = client.post(names_page(ada), posted(), follow=True)
        assert ("Thank you" in text(answer), Referee.objects.get().may_be_asked) == (True, True)

    def test_shows_what_is_kept(self, ada, asked, client):
        make_referee(ada, name="Rolf <b>")
        page = text(client.get(names_page(ada)))
        assert ("Rolf &lt;b&gt;" in page, page.count("You may ask this person about me")) == (True, 4)

    @pytest.mark.parametrize(
        ("more", "why"),
        [
            ({"email": ""}, "An e-mail address or a phone number"),
            ({"email": "nowhere"}, "Enter a valid email address."),
            ({"email": "", "phone": "12"}, "does not look like a phone number"),
            ({"kind": "boss"}, "boss is not one of the available choices"),
            ({"name": "x" * 201}, "at most 200 characters"),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(self, ada, asked, client, more, why):
        answer = client.post(names_page(ada), posted(relation="Typed", **more))
        page = text(answer)
        assert (answer.status_code, why in page, "Typed" in page) == (422, True, True)
        assert Referee.objects.count() == 0

    def test_a_line_without_a_name_says_so(self, ada, asked, client):
        answer = client.post(names_page(ada), posted(name="", relation="Typed"))
        assert (answer.status_code, "Who is it?" in text(answer), "Typed" in text(answer)) == (
            422,
            True,
            True,
        )

    def test_nobody_at_all_says_so(self, ada, asked, client):
        answer = client.post(names_page(ada), {"seen": "1"})
        assert (answer.status_code, "Name at least one person" in text(answer)) == (422, True)

    def test_two_tabs_lose_nothing(self, ada, asked, client):
        client.post(names_page(ada), posted())
        answer = client.post(names_page(ada), posted(name="Eve"))
        page = text(answer)
        assert (answer.status_code, 'value="Eve"' in page, 'name="seen" value="2"' in page) == (
            409,
            True,
            True,
        )
        client.post(names_page(ada), posted(name="Eve") | {"seen": "2"})
        assert list(Referee.objects.order_by("pk").values_list("name", flat=True)) == ["Rolf Former", "Eve"]

    @pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30])
    def test_an_odd_revision_is_an_older_page(self, ada, asked, client, seen):
        assert client.post(names_page(ada), posted() | {"seen": seen}).status_code == 409

    def test_after_the_end_there_is_nothing_to_do(self, ada, asked, client, owner):
        address = names_page(ada)
        withdraw(ada, owner)
        page = text(client.get(address))
        assert ("nothing for you to do" in page, 'name="seen"' in page) == (True, False)
        assert client.post(address, posted()).status_code == 409

    def test_with_any_other_link_is_not_there(self, ada, asked, client):
        assert client.get("/my/referees/nonsense/").status_code == 404

    def test_reads_in_the_language_of_the_application(self, ada, asked, client):
        type(ada).objects.filter(pk=ada.pk).update(language="ar")
        assert 'dir="rtl"' in text(client.get(names_page(ada)))

    def test_stays_out_of_caches_and_referrers(self, ada, asked, client):
        answer = client.get(names_page(ada))
        assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store, private", "no-referrer")


class TestLostLink:
    def test_comes_again_with_the_others(self, ada, asked):
        links_again.send(ada.email)
        assert "/my/referees/" in words_of(Mail.objects.get(message="links_again"))

    def test_not_where_nobody_asked(self, ada):
        links_again.send(ada.email)
        assert "/my/referees/" not in words_of(Mail.objects.get(message="links_again"))


class TestAgreedOnThePhone:
    @pytest.mark.parametrize(("on", "status"), [("2026-01-05", 302), ("2999-01-01", 422), ("soon", 422)])
    def test_with_the_day_it_was_said(self, boss, ada, on, status):
        body = {"name": "Rolf", "agreed": "on", "agreed_on": on}
        answer = boss.post(url("referee", ada), body)
        assert (answer.status_code, Referee.objects.count()) == (status, int(status == 302))

    def test_is_kept_with_who_heard_it(self, ada, owner):
        day = timezone.localdate() - timedelta(days=4)
        row = referees.add(ada, by=owner, values={"name": "Rolf"}, agreed=True, on=day)
        assert (timezone.localdate(row.agreed_at), row.agreed_how, row.agreed_by) == (day, "told", owner)

    def test_the_first_time_counts(self, ada, owner, manager):
        row = make_referee(ada, agreed=False)
        referees.agree(row, by=owner)
        referees.agree(row, by=manager)
        assert now(row).agreed_by == owner

    def test_who_was_tried_stays_on_the_list(self, ada, owner):
        rolf = make_referee(ada)
        references.note_try(rolf, by=owner, values={"outcome": "not_reached"})
        with pytest.raises(Refused):
            referees.remove(rolf, by=owner)
        assert Referee.objects.count() == 1

    def test_removed_and_put_back_keeps_its_agreement(self, ada, owner):
        rolf = make_referee(ada, since="2020", until="2022", agreed_how="told", agreed_by=owner)
        referees.remove(rolf, by=owner)
        referees.take_back(ada, undoing.offered(now(ada), "referee", owner), by=owner)
        back = Referee.objects.get()
        assert (back.agreed_at, back.agreed_by, back.since, back.kind) == (
            rolf.agreed_at, owner, "2020", "manager",
        )  # fmt: skip


@pytest.mark.parametrize("stage", [Stage.CV, Stage.OFFER])
def test_may_be_asked_for_at_any_stage(company, owner, stage):
    person = put(make_application(make_job(company)), stage)
    assert referees_asked.ask(person, by=owner).pk


def test_of_somebody_erased_nothing_waits(ada, asked, client, owner):
    sent(make_referee(ada), owner)
    address = names_page(ada)
    erasing.erase("candidate", ada.candidate_id, company_id=ada.company_id)
    assert (Referee.objects.count(), WrittenReference.objects.count()) == (0, 0)
    assert client.get(address).status_code == 404
