"""Reviews from both sides: hidden until both are in, agreed, signed, kept as versions."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts import conflicts
from mailroom.models import Notice
from onboarding import plans, steps, talks, words
from onboarding.models import Onboarding, Signature, Talk, TalkText
from tests.factories import make_member
from tests.onboarding.factories import step_of

pytestmark = pytest.mark.django_db
ODD = "{{ x }} {% now %} <b>\u202etext</b>"


def write(plan, by, body="Words", seen=0, ready=True, day=30):
    return talks.write(plan, day, by=by, seen=seen, body=body, ready=ready)


def both(plan, day=30):
    write(plan, plan.hire, "Hers", day=day)
    write(plan, plan.manager, "Mine", day=day)


def agreed(plan, body="We agree", seen=0, day=30, **fields):
    return talks.agree(plan, day, by=plan.manager, seen=seen, body=body, **fields)


def reads(plan, part, day=30):
    """{side: words} as somebody with this part reads them."""
    talk = Talk.objects.get(onboarding=plan, day=day)
    return {side: text.body for side, text in talks.shown(talk, talks.latest(talk), part).items()}


# -- hidden


def test_the_other_side_is_hidden_until_both_are_in(plan, hire, owner):
    write(plan, hire, ODD)
    assert (reads(plan, "hire"), reads(plan, "manager")) == ({"hire": ODD}, {})
    write(plan, owner, "Mine")
    assert reads(plan, "hire") == reads(plan, "manager") == {"hire": ODD, "manager": "Mine"}


def test_a_draft_opens_nothing(plan, hire, owner):
    write(plan, hire)
    write(plan, owner, "Draft", ready=False)
    assert reads(plan, "manager") == {"manager": "Draft"}


def test_the_talk_begins_and_a_draft_stays_with_its_writer(plan, hire, owner):
    write(plan, hire, "Draft", ready=False)
    write(plan, owner, "Mine")
    assert [talks.begin(plan, 30, by=owner) for _ in range(2)] == [True, False]
    assert reads(plan, "hire") == {"hire": "Draft", "manager": "Mine"}
    assert reads(plan, "manager") == {"manager": "Mine"}


def test_only_who_leads_begins_it(plan, hire):
    with pytest.raises(PermissionDenied):
        talks.begin(plan, 30, by=hire)


def test_open_it_is_no_more_changed(plan, hire):
    both(plan)
    with pytest.raises(steps.Refused):
        write(plan, hire, "Other", seen=1)
    assert reads(plan, "hire")["hire"] == "Hers"


def test_nothing_is_not_handed_in(plan, hire):
    with pytest.raises(steps.Refused):
        write(plan, hire, "  ")
    assert not TalkText.objects.exists()


def test_handed_in_the_other_hears_of_it_and_not_what(plan, hire, owner):
    write(plan, hire)
    assert [(row.member, row.kind) for row in Notice.objects.all()] == [(owner, "review_waits")]


def test_a_draft_tells_nobody(plan, hire):
    write(plan, hire, ready=False)
    assert not Notice.objects.exists()


def test_every_saving_is_a_version_and_the_same_is_none(plan, hire):
    write(plan, hire, "One", ready=False)
    write(plan, hire, "Two", seen=1, ready=False)
    assert write(plan, hire, "Two", seen=2, ready=False) is None
    assert list(TalkText.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_two_devices_meet(plan, hire):
    write(plan, hire, "One", ready=False)
    with pytest.raises(conflicts.Changed) as now:
        write(plan, hire, "Other", seen=0)
    assert now.value.row.body == "One"


def test_it_is_not_readable_in_the_database(plan, hire):
    write(plan, hire, "Secret trouble")
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM onboarding_talktext")
        assert "Secret" not in cursor.fetchone()[0]


@pytest.mark.parametrize("role", ["manager", "interviewer", "hire"])
def test_nobody_else_writes(plan, company, role):
    with pytest.raises(PermissionDenied):
        write(plan, make_member(company, role))


def test_nor_the_buddy_nor_another_company(plan, interviewer, rival):
    Onboarding.objects.update(buddy=interviewer)
    plan.refresh_from_db()
    for other in (interviewer, rival):
        with pytest.raises(PermissionDenied):
            write(plan, other)


def test_not_in_a_plan_that_has_ended(plan, hire, owner):
    plans.cancel(plan, by=owner, reason="No")
    with pytest.raises(steps.Refused):
        write(plan, hire)


# -- agreed and signed


def test_agreed_only_once_it_is_open(plan, hire):
    write(plan, hire)
    with pytest.raises(steps.Refused):
        agreed(plan)


def test_signed_by_both_the_step_is_done(plan, hire, owner):
    both(plan)
    agreed(plan)
    assert talks.sign(plan, 30, by=hire, seen=1) is True
    assert step_of(plan, "review_30").state == "open"
    assert [talks.sign(plan, 30, by=owner, seen=1) for _ in range(2)] == [True, False]
    assert step_of(plan, "review_30").state == "done"


def test_what_was_written_is_not_on_the_steps_page(plan, hire, owner):
    both(plan)
    agreed(plan)
    for member in (hire, owner):
        talks.sign(plan, 30, by=member, seen=1)
    assert [row.body for row in step_of(plan, "review_30").answers.all()] == [
        "It stands on the page of the review."
    ]


@pytest.mark.parametrize("day", [60, 90])
def test_the_later_steps_are_ticked(plan, hire, owner, day):
    both(plan, day)
    agreed(plan, day=day)
    for member in (owner, hire):
        talks.sign(plan, day, by=member, seen=1)
    assert step_of(plan, f"review_{day}").state == "done"


def test_a_step_that_was_done_before_does_not_hinder(plan, hire, owner):
    steps.skip(step_of(plan, "review_30"), by=owner, reason="Talked already")
    both(plan)
    agreed(plan)
    assert [talks.sign(plan, 30, by=member, seen=1) for member in (hire, owner)] == [True, True]


def test_nobody_signs_what_they_have_not_read(plan, hire):
    both(plan)
    agreed(plan)
    agreed(plan, "Something else", seen=1)
    with pytest.raises(conflicts.Changed):
        talks.sign(plan, 30, by=hire, seen=1)


def test_nothing_is_not_signed(plan, hire):
    both(plan)
    with pytest.raises(steps.Refused):
        talks.sign(plan, 30, by=hire, seen=0)


def test_a_new_version_is_signed_anew_and_the_old_keeps_its_names(plan, hire, owner):
    both(plan)
    agreed(plan)
    talks.sign(plan, 30, by=hire, seen=1)
    agreed(plan, "More", seen=1)
    assert list(Signature.objects.values_list("text__number", "part")) == [(1, "hire")]
    talks.sign(plan, 30, by=owner, seen=2)
    assert step_of(plan, "review_30").state == "open"


def test_taken_away_while_the_other_has_not_signed(plan, hire, owner):
    both(plan)
    agreed(plan)
    talks.sign(plan, 30, by=hire, seen=1)
    assert [talks.unsign(plan, 30, by=hire) for _ in range(2)] == [True, False]
    for member in (hire, owner):
        talks.sign(plan, 30, by=member, seen=1)
    with pytest.raises(steps.Refused):
        talks.unsign(plan, 30, by=hire)


# -- pages


def url(plan, name="talk", day=30):
    from django.urls import reverse

    return reverse(f"onboarding:{name}", args=[plan.pk, *([day] if name != "talks" else [])])


@pytest.fixture
def sara(hire, sign_in):
    return sign_in(hire)


@pytest.fixture
def olga(owner, sign_in):
    return sign_in(owner)


def shown(client, plan, **at):
    from tests.hiring.acts import text

    return text(client.get(url(plan, **at)))


def test_the_page_hides_the_other_side_and_says_that_it_is_in(plan, sara, olga):
    sara.post(url(plan, "talk_write"), {"body": "Secret trouble", "ready": "1", "seen": "0"})
    page = shown(olga, plan)
    assert ("Secret trouble" in page, "The other side is in." in page) == (False, True)
    olga.post(url(plan, "talk_write"), {"body": "{{ x }} <b>", "ready": "1", "seen": "0"})
    assert "Secret trouble" in shown(olga, plan)
    assert "{{ x }} &lt;b&gt;" in shown(sara, plan)


def test_what_was_expected_stands_beside(plan, owner, hire, olga):
    words.write(
        company=plan.company, subject="expectations", by=owner, body="Ten a day", seen=0, onboarding=plan
    )
    assert "Ten a day" in shown(olga, plan)
    both(plan)
    agreed(plan, expected="Twenty a day")
    assert "Twenty a day" in shown(olga, plan, day=60)


def test_two_tabs_of_what_is_agreed(plan, olga):
    both(plan)
    agreed(plan, "First")
    response = olga.post(url(plan, "talk_agree"), {"body": "Second", "seen": "0"})
    assert response.status_code == 409
    assert TalkText.objects.filter(part="agreed").count() == 1


def test_signed_on_a_stale_page(plan, sara):
    both(plan)
    agreed(plan)
    agreed(plan, "Newer", seen=1)
    assert sara.post(url(plan, "talk_sign"), {"seen": "1"}).status_code == 409
    assert not Signature.objects.exists()


@pytest.mark.parametrize("day", [0, 31, 9999])
def test_there_are_three(plan, olga, day):
    assert olga.get(url(plan, day=day)).status_code == 404


@pytest.mark.parametrize("role", ["manager", "interviewer", "hire"])
def test_others_find_no_such_page(plan, company, sign_in, role):
    both(plan)
    other = sign_in(make_member(company, role))
    assert [other.get(url(plan)).status_code, other.get(url(plan, "talks")).status_code] == [404, 404]
    assert other.post(url(plan, "talk_sign"), {"seen": "1"}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same(plan, olga, count, django_assert_num_queries):
    from tests.onboarding.test_mine import IDENTITY

    for day in talks.DAYS[:count]:
        both(plan, day)
        agreed(plan, day=day)
    with django_assert_num_queries(IDENTITY + 7):
        shown(olga, plan, name="talks")
