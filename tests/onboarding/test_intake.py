from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from accounts.models import Membership
from mailroom.models import Mail
from onboarding import arrivals, defaults, intake, lessons, setups
from onboarding.models import Onboarding, SetupItem
from tests.factories import make_company, make_member
from tests.onboarding.factories import MONDAY, make_onboarding
from vault.models import Link, TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _two_weeks_before(clock):
    clock.move_to("2026-11-20 08:00 +0000")


def hired(company, by, **fields):
    values = {
        "name": "Sara Salo",
        "email": "sara@home.example",
        "job_title": "Support person",
        "start_date": MONDAY,
        "hours_week": 24,
        "working_days": [0, 1, 2],
        "remote": False,
        "manager": by,
        "language": "fi",
        "contract_file_id": 7,
        "reference": "application:5",
    }
    return intake.open(company=company, by=by, **(values | fields))


def mail(message):
    return Mail.objects.exclude(state="cancelled").get(message=message)


def tokens():
    """The welcome tokens that went out: the path in the text of each mail."""
    bodies = Mail.objects.filter(message__startswith="onboarding_").order_by("pk")
    texts = [row.body.decode() for row in bodies]
    return [text.split("/my/welcome/")[1].split("/")[0] for text in texts]


def test_a_hire_gets_a_place_a_plan_and_two_mails(company, owner):
    onboarding = hired(company, owner)
    place = onboarding.hire
    assert (place.role, place.name, place.email, place.user) == (
        "hire",
        "Sara Salo",
        "sara@home.example",
        None,
    )
    assert (onboarding.hours_week, onboarding.weekdays, onboarding.contract_file_id) == (24, [0, 1, 2], 7)
    assert mail("onboarding_welcome").recipient == "sara@home.example"
    assert mail("invitation").recipient == "sara@home.example"


def test_the_invitation_leaves_one_working_day_before_at_nine(company, owner):
    company.timezone = "Europe/Helsinki"
    company.save()
    onboarding = hired(company, owner)
    assert onboarding.invite_on == date(2026, 12, 2)
    assert mail("invitation").due_at == datetime(2026, 12, 2, 7, tzinfo=UTC)


def test_the_welcome_mail_speaks_the_agreed_language(company, owner):
    hired(company, owner)
    assert mail("onboarding_welcome").language == "fi"


def test_opened_again_it_is_the_same_one_and_nothing_is_sent(company, owner):
    first = hired(company, owner)
    assert hired(company, owner, name="Other", email="other@home.example") == first
    assert Mail.objects.count() == 2
    assert Membership.objects.for_company(company).filter(role="hire").count() == 1


def test_two_companies_may_use_the_same_reference(company, owner, rival):
    assert hired(company, owner) != hired(rival.company, rival)


def test_somebody_in_the_team_already_keeps_their_place(company, owner, interviewer):
    onboarding = hired(company, owner, email=interviewer.email.upper())
    assert onboarding.hire == interviewer
    assert not Mail.objects.exists()


def test_without_working_days_it_is_an_office_week(company, owner):
    assert hired(company, owner, working_days=[]).weekdays == [0, 1, 2, 3, 4]


def test_a_hire_who_never_starts_is_undone(company, owner):
    onboarding = hired(company, owner)
    assert intake.cancel(company=company, reference="application:5", by=owner, reason="Changed her mind")
    onboarding.refresh_from_db()
    assert (onboarding.cancel_reason, onboarding.hire.removed_at is None) == ("Changed her mind", False)
    assert set(Mail.objects.values_list("message", "state")) == {
        ("invitation", "cancelled"),
        ("onboarding_welcome", "cancelled"),
    }


def test_undone_twice_is_undone_once(company, owner):
    hired(company, owner)
    calls = [
        intake.cancel(company=company, reference="application:5", by=owner, reason="No") for _ in range(2)
    ]
    assert calls == [True, False]


def test_hired_after_all_opens_a_new_plan(company, owner):
    first = hired(company, owner)
    intake.cancel(company=company, reference="application:5", by=owner, reason="No")
    assert hired(company, owner) != first


def test_another_companys_reference_is_not_undone(company, owner, rival):
    hired(company, owner)
    assert not intake.cancel(company=rival.company, reference="application:5", by=rival, reason="No")


def test_a_members_place_is_kept_when_their_plan_ends(company, owner, interviewer):
    hired(company, owner, email=interviewer.email)
    intake.cancel(company=company, reference="application:5", by=owner, reason="No")
    interviewer.refresh_from_db()
    assert interviewer.removed_at is None


# The welcome link


def test_the_welcome_page_shows_when_where_and_who(company, owner, client):
    onboarding = hired(company, owner)
    Onboarding.objects.filter(pk=onboarding.pk).update(place="Harbour Street 3")
    page = client.get(reverse("onboarding_links:welcome", kwargs={"token": tokens()[0]})).content.decode()
    assert "Welcome, Sara." in page
    assert "You start on Monday, December 7 at 9:00. Nothing to do until then." in page
    assert "Harbour Street 3" in page


def test_the_welcome_link_is_no_sign_in(company, owner, client):
    hired(company, owner)
    client.get(reverse("onboarding_links:welcome", kwargs={"token": tokens()[0]}))
    assert "_auth_user_id" not in client.session
    for name in ("today", "ask", "me", "home"):
        assert client.get(reverse(f"onboarding:{name}")).url.startswith("/accounts/login/")


def test_looking_changes_nothing_and_uses_nothing_up(company, owner, client):
    hired(company, owner)
    address = reverse("onboarding_links:welcome", kwargs={"token": tokens()[0]})
    before = list(Link.objects.values())
    first, second = client.get(address), client.get(address)
    client.head(address)
    assert list(Link.objects.values()) == before
    assert (first.status_code, second.status_code) == (200, 200)


def test_the_welcome_link_stays_out_of_caches_and_referrers(company, owner, client):
    hired(company, owner)
    answer = client.get(reverse("onboarding_links:welcome", kwargs={"token": tokens()[0]}))
    assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("no-referrer", "noindex")
    assert answer["Cache-Control"] == "no-store, private"


def test_an_expired_an_ended_and_an_unknown_link_answer_alike(company, owner, client, clock):
    hired(company, owner)
    address = reverse("onboarding_links:welcome", kwargs={"token": tokens()[0]})
    unknown = client.get(reverse("onboarding_links:welcome", kwargs={"token": "x" * 43}))
    intake.cancel(company=company, reference="application:5", by=owner, reason="No")
    ended = client.get(address)
    clock.move_to("2026-12-30 08:00 +0000")
    expired = client.get(address)
    assert {answer.status_code for answer in (unknown, ended, expired)} == {404}
    assert unknown.content == ended.content == expired.content


def test_the_welcome_page_knows_nothing_of_other_hires(company, owner, client):
    hired(company, owner)
    make_onboarding(company, make_member(company, "hire", name="Zelda Zebra"), owner, job_title="Zookeeper")
    page = client.get(reverse("onboarding_links:welcome", kwargs={"token": tokens()[0]})).content.decode()
    assert "Zelda" not in page
    assert "Zookeeper" not in page


# The set-up list


def test_a_job_opens_a_set_up_list_once(company):
    first = intake.prepare(company=company, job_ref="job:1", job_title="Support person")
    assert intake.prepare(company=company, job_ref="job:1", job_title="Other words") == first
    assert list(first.items.order_by("position").values_list("key", flat=True)) == list(defaults.SETUP)


def test_a_thing_is_set_up_and_not_yet_after_all(company, owner):
    item = intake.prepare(company=company, job_ref="job:1", job_title="x").items.earliest("position")
    assert [setups.mark(item, by=owner, done=True) for _ in range(2)] == [True, False]
    assert SetupItem.objects.get(pk=item.pk).done_by == owner
    assert setups.mark(item, by=owner, done=False)
    assert list(TrailEntry.objects.order_by("pk").values_list("action", flat=True)) == [
        "setup.done",
        "setup.undone",
    ]


@pytest.mark.parametrize(
    ("currency", "seats", "prices"),
    [
        ("USD", 1, ["$49", "$20", "$19"]),
        ("USD", 3, ["$147", "$60", "$57"]),
        ("EUR", 3, ["€126", "€51", "€48"]),
    ],
)
def test_help_desks_cost_what_was_quoted_times_people(company, currency, seats, prices):
    company.currency = currency
    found = setups.help_desks(company, seats)
    assert [desk["together"] for desk in found if desk["together"]] == prices
    assert [desk["quoted"] for desk in found] == [False, True, True, True, False]


# Changing what was agreed


def test_another_start_takes_the_unsent_invitation_along(company, owner):
    onboarding = hired(company, owner)
    arrivals.move_start(onboarding, by=owner, start_date=date(2026, 12, 14))
    assert mail("invitation").due_at == datetime(2026, 12, 9, 9, tzinfo=UTC)


def test_an_invitation_that_has_left_is_not_sent_again(company, owner):
    onboarding = hired(company, owner)
    Mail.objects.filter(message="invitation").update(state="done")
    assert not arrivals.invitation_waits(onboarding)
    arrivals.move_start(onboarding, by=owner, start_date=date(2026, 12, 14))
    assert mail("invitation").state == "done"


def test_the_note_carries_a_link_of_its_own(company, owner, client):
    onboarding = hired(company, owner, language="en")
    onboarding.bring = "A warm coat"
    arrivals.set_details(onboarding, by=owner, changed=["bring"], send=True)
    first, second = tokens()
    assert first != second
    assert mail("onboarding_first_day").subject == "Monday, December 7, 9:00 at Lumi: what to expect"
    page = client.get(reverse("onboarding_links:welcome", kwargs={"token": second})).content.decode()
    assert "A warm coat" in page


def test_the_trail_tells_which_details_changed(company, owner):
    onboarding = hired(company, owner)
    onboarding.note = "Secret"
    arrivals.set_details(onboarding, by=owner, changed=["note"])
    entry = TrailEntry.objects.latest("pk")
    assert (entry.action, entry.fields) == ("onboarding.details_set", ["note"])


def test_the_demo_of_another_company_is_untouched(company, owner):
    other = make_company("Other")
    hired(company, owner)
    assert not Onboarding.objects.for_company(other).exists()


def test_the_address_of_before_and_after_goes_through_the_door(company, owner):
    row = hired(company, owner, after_url="/readiness/after/7/")
    assert row.onward.after_url == "/readiness/after/7/"


def test_what_was_learned_has_an_address_once_something_was(company, owner):
    assert intake.learned(company) == ""
    row = hired(company, owner)
    lessons.write(row, by=owner, keep="The call", change="", drop="", longest="")
    assert intake.learned(company) == "/onboarding/learned/"
