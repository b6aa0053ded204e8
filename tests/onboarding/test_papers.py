"""Bank, identity and tax numbers: off by default, encrypted, masked, read by owners alone, gone on their day."""

import json
import logging
import zipfile
from datetime import date

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from accounts import team
from mailroom.models import Mail
from onboarding import arrivals, papers, steps, tasks
from onboarding.kinds import State
from onboarding.models import Paper, PaperKind, PaperStore
from onboarding.models.papers import STEPS
from tests.factories import PASSWORD, make_member
from tests.onboarding.factories import make_onboarding, step_of
from tests.onboarding.test_plan_pages import text
from vault import archive, erasing
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
IBAN, TAIL = "FI2112345600000785", "•••• 0785"
KINDS = list(PaperKind.values)


@pytest.fixture
def on(company, owner):
    papers.switch_on(company, by=owner)


@pytest.fixture
def paper(plan, on, hire) -> Paper:
    """Sara's bank account, as she entered it."""
    return papers.enter(plan, kind="bank", value=IBAN, by=hire)


def actions():
    return list(
        TrailEntry.objects.filter(action__startswith="paper.").order_by("pk").values_list("action", flat=True)
    )


# -- off, until an owner says otherwise


def test_nothing_is_kept_by_default(plan, hire, owner, company):
    assert not papers.is_on(company)
    for by in (hire, owner):
        with pytest.raises(papers.Refused):
            papers.enter(plan, kind="bank", value=IBAN, by=by)
    assert Paper.objects.count() == 0


def test_switched_on_once(company, owner):
    assert [papers.switch_on(company, by=owner) for _ in range(2)] == [True, False]
    store = PaperStore.objects.get()
    assert (papers.is_on(company), store.on_by, actions()) == (True, owner, ["paper.storing_on"])


def test_one_shops_switch_is_not_anothers(on, rival):
    assert not papers.is_on(rival.company)


@pytest.mark.parametrize("who", ["manager", "interviewer", "hire"])
def test_only_owners_switch(request, company, who):
    by = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        papers.switch_on(company, by=by)
    with pytest.raises(PermissionDenied):
        papers.switch_off(company, by=by, seen=0)


def test_switching_off_erases_every_number_of_the_shop(paper, plan, owner, company, rival):
    papers.enter(plan, kind="tax", value="12345678", by=owner)
    papers.switch_on(rival.company, by=rival)
    theirs = make_onboarding(rival.company, manager=rival)
    papers.enter(theirs, kind="bank", value=IBAN, by=rival)
    assert papers.held(company) == (2, 1)
    assert papers.switch_off(company, by=owner, seen=2) == 2
    assert list(Paper.objects.values_list("onboarding", flat=True)) == [theirs.pk]
    assert (papers.is_on(company), actions().count("paper.erased")) == (False, 2)


def test_a_page_that_counted_others_erases_nothing(paper, owner, company):
    with pytest.raises(papers.Changed):
        papers.switch_off(company, by=owner, seen=0)
    assert (papers.is_on(company), Paper.objects.count()) == (True, 1)


def test_switching_off_what_is_off_erases_nothing(company, owner):
    assert (papers.switch_off(company, by=owner, seen=0), actions()) == (0, [])


# -- entering


@pytest.mark.parametrize("kind", KINDS)
def test_entering_gives_the_persons_step(plan, on, hire, kind):
    papers.enter(plan, kind=kind, value="123456789", by=hire)
    assert step_of(plan, STEPS[kind]).state == State.SUBMITTED


def test_an_owner_who_was_told_enters_it_and_gives_nothing(plan, on, owner):
    assert papers.enter(plan, kind="bank", value=IBAN, by=owner).entered_by == owner
    assert step_of(plan, "bank_details").state == State.OPEN


def test_a_step_that_is_done_stays_done(plan, on, hire, owner):
    steps.give(step_of(plan, "bank_details"), by=hire)
    steps.receive(step_of(plan, "bank_details"), by=owner)
    papers.enter(plan, kind="bank", value=IBAN, by=hire)
    assert step_of(plan, "bank_details").state == State.DONE


def test_another_number_takes_the_place_of_the_first(paper, plan, hire):
    papers.enter(plan, kind="bank", value="SE4550000000058398257466", by=hire)
    assert [row.masked for row in Paper.objects.all()] == ["•••• 7466"]


@pytest.mark.parametrize("who", ["manager", "interviewer", "rival"])
def test_nobody_else_enters_it(request, plan, on, who):
    with pytest.raises(PermissionDenied):
        papers.enter(plan, kind="bank", value=IBAN, by=request.getfixturevalue(who))


def test_another_hire_enters_nothing_here(plan, on, company):
    with pytest.raises(PermissionDenied):
        papers.enter(plan, kind="bank", value=IBAN, by=make_member(company, "hire"))


def test_after_the_end_nothing_is_kept(plan, on, owner):
    arrivals.end(plan, by=owner, reason="Went elsewhere")
    with pytest.raises(papers.Refused):
        papers.enter(plan, kind="bank", value=IBAN, by=owner)


# -- masked


@pytest.mark.parametrize(
    ("value", "masked"),
    [(IBAN, TAIL), ("12345678", "•••• 5678"), ("1234567", "••••"), ("1234", "••••")],
)
def test_short_numbers_show_nothing(value, masked):
    assert Paper(value=value).masked == masked


def test_the_database_holds_no_number(paper):
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM onboarding_paper")
        stored = cursor.fetchone()[0]
    assert IBAN not in stored
    assert TAIL[-4:] not in stored


def test_no_trail_mail_or_log_says_it(plan, on, hire, owner, caplog, sign_in):
    caplog.set_level(logging.DEBUG)
    client = sign_in(hire)
    client.post(reverse("onboarding:my_paper_enter", args=["bank"]), {"number": IBAN})
    papers.read(Paper.objects.get(), by=owner)
    said = [str(vars(row)) for row in TrailEntry.objects.all()]
    said += [f"{mail.subject} {bytes(mail.body or b'')}" for mail in Mail.objects.all()]
    assert len(said) > 3
    assert [line for line in [*said, caplog.text] if IBAN in line or "0007 85" in line] == []


def test_a_copy_of_the_persons_data_masks_it(paper, hire, tmp_path):
    path = tmp_path / "copy.zip"
    archive.person(_export("member", hire), path, lambda percent: None)
    found = _texts(path)
    assert (IBAN in found, "0785" in found) == (False, True)


def test_a_copy_of_the_shops_data_masks_it(paper, hire, tmp_path):
    path = tmp_path / "copy.zip"
    archive.shop(_export("shop", hire), path, lambda percent: None)
    found = _texts(path)
    assert (IBAN in found, "0785" in found) == (False, True)


def _export(kind, hire):
    from vault.models import Export

    pk = hire.company_id if kind == "shop" else hire.pk
    return Export(subject_kind=kind, subject_id=pk, company_id=hire.company_id, language="en")


def _texts(path) -> str:
    with zipfile.ZipFile(path) as copy:
        raw = [copy.read(name).decode(errors="replace") for name in copy.namelist()]
    return "\n".join(raw) + json.dumps(raw, ensure_ascii=False)


# -- reading


def test_an_owner_reads_it_and_the_trail_says_so(paper, owner):
    assert papers.read(paper, by=owner) == IBAN
    entry = TrailEntry.objects.latest("pk")
    assert (entry.action, entry.actor_id, entry.kind, entry.subject_id, entry.fields) == (
        "paper.read", owner.user_id, "paper", paper.pk, ["bank"],
    )  # fmt: skip


@pytest.mark.parametrize("who", ["manager", "interviewer", "hire", "rival"])
def test_nobody_else_reads_it(request, paper, who):
    with pytest.raises(PermissionDenied):
        papers.read(paper, by=request.getfixturevalue(who))
    assert "paper.read" not in actions()


# -- the end


def test_it_goes_thirty_days_after_the_first_day(paper):
    assert paper.delete_on == date(2027, 1, 6)


@pytest.mark.parametrize(("now", "kept"), [("2027-01-06 23:00 +0000", 1), ("2027-01-07 00:30 +0000", 0)])
def test_it_is_there_on_its_last_day_and_gone_the_next(paper, clock, now, kept):
    clock.move_to(now)
    tasks.forget_papers()
    assert (Paper.objects.count(), papers.forget()) == (kept, 0)


def test_what_went_by_itself_stands_in_the_trail(paper, clock):
    clock.move_to("2027-02-01 09:00 +0000")
    papers.forget()
    entry = TrailEntry.objects.latest("pk")
    assert (entry.action, entry.actor_id, entry.subject_id) == ("paper.erased", None, paper.pk)


@pytest.mark.parametrize("how", ["removed", "ended"])
@pytest.mark.parametrize(("minutes", "kept"), [(9, 1), (11, 0)])
def test_it_goes_when_the_person_leaves_and_nobody_takes_that_back(
    paper, plan, owner, clock, how, minutes, kept
):
    if how == "removed":
        team.remove(plan.hire, by=owner)
    else:
        arrivals.end(plan, by=owner, reason="Went elsewhere")
    clock.shift(minutes * 60)
    papers.forget()
    assert Paper.objects.count() == kept


@pytest.mark.parametrize("day", [date(2026, 12, 6), date(2027, 3, 8), date(9999, 12, 31)])
def test_a_day_that_is_over_or_far_is_refused(paper, owner, day):
    with pytest.raises(papers.Refused):
        papers.keep_until(paper, by=owner, day=day)


@pytest.mark.parametrize("day", [date(2026, 12, 7), date(2027, 3, 7)])
def test_an_owner_sets_another_day(paper, owner, day):
    assert [papers.keep_until(paper, by=owner, day=day) for _ in range(2)] == [True, False]
    assert Paper.objects.get().delete_on == day


def test_it_goes_with_the_persons_data(paper, hire, owner):
    team.remove(hire, by=owner)
    erasing.erase("member", hire.pk, company_id=hire.company_id)
    assert Paper.objects.count() == 0


def test_erased_once_by_the_person(paper, hire):
    assert [papers.erase(paper, by=hire) for _ in range(2)] == [True, False]


@pytest.mark.parametrize("who", ["manager", "interviewer"])
def test_nobody_else_erases_it(request, paper, who):
    with pytest.raises(PermissionDenied):
        papers.erase(paper, by=request.getfixturevalue(who))


def test_a_new_key_covers_it(paper, settings):
    old, new = settings.FIELD_KEYS[0], Fernet.generate_key().decode()
    settings.FIELD_KEYS = [new, old]
    call_command("rotate_keys")
    settings.FIELD_KEYS = [new]
    assert Paper.objects.get().value == IBAN


# -- the pages


def at(name, plan, *more):
    return reverse(f"onboarding:{name}", args=[plan.pk, *more])


@pytest.fixture
def olga(plan, owner, sign_in):
    return sign_in(owner)


@pytest.fixture
def sara(plan, hire, sign_in):
    return sign_in(hire)


def sure(client):
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def shown(client, address) -> str:
    return text(client.get(address).content.decode())


MINE = "/onboarding/papers/mine/"


class TestOff:
    def test_the_person_is_told_to_give_them_in_person(self, sara):
        page = shown(sara, MINE)
        assert "Give these to Olga in person or by phone. We never ask for them by mail" in page
        assert 'name="number"' not in sara.get(MINE).content.decode()

    def test_a_form_from_before_is_refused_with_what_was_typed(self, sara):
        answer = sara.post(f"{MINE}bank/", {"number": IBAN})
        form = next(row["form"] for row in answer.context["rows"] if row["form"].is_bound)
        assert (answer.status_code, form["number"].value(), Paper.objects.count()) == (422, IBAN, 0)

    def test_received_and_checked_are_said_with_who_and_when(self, olga, plan, hire, owner):
        steps.give(step_of(plan, "identity"), by=hire)
        assert "Identity number Given Mon, Dec 7" in shown(olga, at("papers", plan))
        steps.receive(step_of(plan, "identity"), by=owner)
        assert "Identity number Checked By Olga, Mon, Dec 7" in shown(olga, at("papers", plan))

    def test_the_country_has_its_say(self, olga, plan, company):
        type(company).objects.filter(pk=company.pk).update(country="PL")
        assert "Identity papers are looked at, not copied." in shown(olga, at("papers", plan))


class TestEntering:
    @pytest.fixture(autouse=True)
    def _on(self, on):
        pass

    def test_the_person_enters_it_and_sees_it_masked(self, sara):
        sara.post(f"{MINE}bank/", {"number": "fi21 1234 5600 0007 85"})
        assert Paper.objects.get().value == IBAN
        html = sara.get(MINE).content.decode()
        assert (TAIL in html, IBAN in html) == (True, False)

    @pytest.mark.parametrize(
        ("kind", "number"),
        [
            ("bank", "FI21 1234 5600 0007 86"),
            ("bank", "12"),
            ("tax", "1"),
            ("identity", " "),
            ("tax", "9" * 61),
            ("bank", "a\x00bcdef"),
        ],
    )
    def test_a_slip_is_said_beside_the_field(self, sara, kind, number):
        answer = sara.post(f"{MINE}{kind}/", {"number": number})
        form = next(row["form"] for row in answer.context["rows"] if row["form"].is_bound)
        assert (answer.status_code, len(form.errors["number"]), Paper.objects.count()) == (422, 1, 0)

    @pytest.mark.parametrize("kind", ["", "visa", "BANK"])
    def test_other_kinds_are_not_there(self, sara, kind):
        assert sara.post(f"{MINE}{kind or 'x'}/", {"number": IBAN}).status_code == 404

    def test_somebody_without_a_plan_enters_nothing(self, interviewer, sign_in):
        client = sign_in(interviewer)
        assert client.post(f"{MINE}bank/", {"number": IBAN}).status_code == 404
        assert client.post(f"{MINE}bank/erase/").status_code == 404

    def test_the_person_erases_their_own(self, sara, paper):
        sara.post(f"{MINE}bank/erase/")
        assert Paper.objects.count() == 0

    def test_an_owner_enters_what_was_told(self, olga, plan):
        olga.post(at("paper_enter", plan, "tax"), {"number": "12345678"})
        assert "•••• 5678" in shown(olga, at("papers", plan))

    def test_an_owners_slip_keeps_what_was_typed(self, olga, plan):
        answer = olga.post(at("paper_enter", plan, "bank"), {"number": "FI21"})
        form = next(row["form"] for row in answer.context["rows"] if row["form"].is_bound)
        assert (answer.status_code, form["number"].value()) == (422, "FI21")

    @pytest.mark.parametrize(
        "number", ["{{ 7|add:1 }}{{ x }}", "<b>12345678</b>", "\u202e12345678", "١٢٣٤٥٦٧٨"]
    )
    def test_a_number_is_shown_as_typed(self, sara, olga, plan, number):
        sara.post(f"{MINE}identity/", {"number": number})
        answer = sure(olga).post(at("paper_read", plan, "identity"))
        assert (answer.context["number"], b"<b>123" in answer.content) == (number, False)


class TestReading:
    def test_asks_for_the_password_first(self, olga, plan, paper):
        asked = olga.post(at("paper_read", plan, "bank"))
        assert asked.url.startswith("/accounts/reauthenticate/")
        assert "paper.read" not in actions()

    def test_comes_back_to_it_after_the_password(self, olga, plan, paper):
        asked = olga.post(at("paper_read", plan, "bank"))
        answer = olga.post(asked.url, {"password": PASSWORD}, follow=True)
        assert IBAN in answer.content.decode()
        assert actions()[-1] == "paper.read"

    def test_every_time_stands_in_the_trail(self, olga, plan, paper):
        sure(olga)
        for _ in range(2):
            assert IBAN in olga.post(at("paper_read", plan, "bank")).content.decode()
        assert actions().count("paper.read") == 2

    def test_is_asked_again_after_a_while(self, olga, plan, paper, clock):
        sure(olga)
        clock.shift(601)
        assert olga.post(at("paper_read", plan, "bank")).status_code == 302

    def test_is_kept_by_no_browser(self, olga, plan, paper):
        answer = sure(olga).post(at("paper_read", plan, "bank"))
        assert "no-store" in answer["Cache-Control"]

    def test_a_number_that_is_not_there_is_not_there(self, olga, plan, on):
        assert sure(olga).post(at("paper_read", plan, "bank")).status_code == 404


class TestOthers:
    """A manager leads the plan, and sees of a number that it is there."""

    def test_a_manager_sees_no_sign_of_it(self, plan, paper, manager, sign_in):
        client = sign_in(manager)
        html = client.get(at("papers", plan)).content.decode()
        assert ("0785" in html, "Only owners and the person can see it." in text(html)) == (False, True)

    @pytest.mark.parametrize("name", ["paper_read", "paper_enter", "paper_until", "paper_erase"])
    @pytest.mark.parametrize(
        ("who", "status"), [("manager", 403), ("interviewer", 403), ("hire", 403), ("rival", 404)]
    )
    def test_owners_alone_act(self, request, plan, paper, sign_in, name, who, status):
        client = sure(sign_in(request.getfixturevalue(who)))
        answer = client.post(at(name, plan, "bank"), {"number": IBAN, "day": "2026-12-24"})
        assert (answer.status_code, Paper.objects.count()) == (status, 1)
        assert IBAN not in answer.content.decode()

    @pytest.mark.parametrize(("who", "status"), [("interviewer", 403), ("hire", 403), ("rival", 404)])
    def test_the_page_is_for_those_who_lead(self, request, plan, paper, sign_in, who, status):
        assert sign_in(request.getfixturevalue(who)).get(at("papers", plan)).status_code == status

    def test_another_hire_sees_their_own_alone(self, plan, paper, company, owner, sign_in):
        other = make_onboarding(company, make_member(company, "hire"), owner)
        client = sign_in(other.hire)
        assert "0785" not in client.get(MINE).content.decode()
        assert client.post(f"{MINE}bank/erase/").status_code == 404
        assert Paper.objects.count() == 1


class TestTheDay:
    def test_is_set(self, olga, plan, paper):
        olga.post(at("paper_until", plan, "bank"), {"day": "2026-12-24"})
        assert Paper.objects.get().delete_on == date(2026, 12, 24)

    @pytest.mark.parametrize("day", ["", "soon", "2020-01-01", "2030-01-01"])
    def test_an_odd_one_is_refused_and_stays_typed(self, olga, plan, paper, day):
        answer = olga.post(at("paper_until", plan, "bank"), {"day": day})
        form = next(row["until"] for row in answer.context["rows"] if row["until"])
        assert (answer.status_code, form["day"].value()) == (422, day)


SWITCH = "/onboarding/papers/keeping/"


class TestTheSwitch:
    def test_asks_for_the_password_first(self, olga, company):
        assert olga.post(SWITCH, {"do": "on"}).url.startswith("/accounts/reauthenticate/")
        assert not papers.is_on(company)

    def test_says_what_it_means_and_switches(self, olga, company):
        assert "It is switched off, and no number is kept." in shown(olga, SWITCH)
        sure(olga).post(SWITCH, {"do": "on"})
        assert papers.is_on(company)

    def test_off_says_how_many_and_erases_them(self, olga, company, paper):
        assert "Switch off and erase 1 number" in shown(olga, SWITCH)
        answer = sure(olga).post(SWITCH, {"do": "off", "seen": "1"}, follow=True)
        assert "Switched off. 1 number was erased." in text(answer.content.decode())
        assert (papers.is_on(company), Paper.objects.count()) == (False, 0)

    def test_a_page_from_before_asks_again(self, olga, company, paper):
        answer = sure(olga).post(SWITCH, {"do": "off", "seen": "0"})
        assert (answer.status_code, Paper.objects.count(), papers.is_on(company)) == (409, 1, True)

    @pytest.mark.parametrize("body", [{}, {"do": "x"}, {"do": "off"}, {"do": "off", "seen": "x"}])
    def test_anything_else_is_not_there(self, olga, body, on):
        assert sure(olga).post(SWITCH, body).status_code == 404

    @pytest.mark.parametrize("who", ["manager", "interviewer", "hire"])
    def test_is_the_owners(self, request, company, sign_in, who):
        client = sure(sign_in(request.getfixturevalue(who)))
        assert [client.get(SWITCH).status_code, client.post(SWITCH, {"do": "on"}).status_code] == [403, 403]
        assert not papers.is_on(company)


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same(plan, on, hire, olga, sara, count, django_assert_num_queries):
    for kind in KINDS[:count]:
        papers.enter(plan, kind=kind, value="123456789", by=hire)
    for client, address, queries in ((olga, at("papers", plan), 4), (sara, MINE, 4)):
        client.get(address)
        with django_assert_num_queries(3 + queries):  # identity; the plan, its steps, numbers, the switch
            client.get(address)


def test_one_default_step_is_about_customers_data(plan):
    step = step_of(plan, "data_safety")
    assert (step.owner, step.required, bool(step.text)) == ("hire", True, True)


@pytest.mark.parametrize("kind", KINDS)
def test_the_steps_lead_to_the_page_of_whoever_looks(plan, olga, sara, kind):
    step = reverse("onboarding:step", args=[step_of(plan, STEPS[kind]).pk])
    found = [f'href="{at("papers", plan)}"' in client.get(step).content.decode() for client in (olga, sara)]
    own = [f'href="{MINE}"' in client.get(step).content.decode() for client in (olga, sara)]
    assert (found, own) == ([True, False], [False, True])
