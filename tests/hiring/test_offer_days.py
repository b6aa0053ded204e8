"""How long an offer stands: the day, the zone and its clock, more time, and what is said before and after."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts import undoing
from hiring import offer_days, offer_telling, offers, signing
from hiring.models import Application, Offer, Outcome, Stage
from hiring.pipeline import Refused
from mailroom.models import Mail, Notice
from tests.hiring.acts import put, text, url
from tests.hiring.factories import make_application, make_job, make_offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(company, manager):
    return put(make_application(make_job(company, members=[manager]), name="Ada Lind"), Stage.OFFER)


@pytest.fixture
def sent(ada, owner):
    return offers.send(make_offer(ada, owner), by=owner)


def again(row):
    return type(row).objects.get(pk=row.pk)


def expire(offer):
    Offer.objects.filter(pk=offer.pk).update(expires_at=timezone.now())
    assert offers.expire() == 1
    return again(offer)


def mails(message):
    return Mail.objects.filter(message=message).exclude(state="cancelled").count()


# -- the last minute


@pytest.mark.parametrize(
    ("zone", "day", "ends"),
    [
        (
            "Europe/Helsinki",
            date(2027, 3, 28),
            datetime(2027, 3, 28, 20, 59, tzinfo=UTC),
        ),  # summer since 3:00
        (
            "Europe/Helsinki",
            date(2027, 10, 31),
            datetime(2027, 10, 31, 21, 59, tzinfo=UTC),
        ),  # winter since 4:00
        ("America/New_York", date(2027, 3, 14), datetime(2027, 3, 15, 3, 59, tzinfo=UTC)),
        ("America/St_Johns", date(2027, 1, 5), datetime(2027, 1, 6, 3, 29, tzinfo=UTC)),
        ("Pacific/Auckland", date(2027, 1, 5), datetime(2027, 1, 5, 10, 59, tzinfo=UTC)),
        ("Africa/Cairo", date(2027, 10, 28), datetime(2027, 10, 28, 21, 59, tzinfo=UTC)),  # 23:59 comes twice
    ],
)
def test_it_ends_with_the_day_where_the_shop_is(company, zone, day, ends):
    company.timezone = zone
    assert offers.end_of(day, company) == ends


@pytest.mark.parametrize(("seconds", "stands"), [(-1, True), (0, False), (1, False)])
def test_to_the_second(sent, seconds, stands):
    with time_machine.travel(sent.expires_at + timedelta(seconds=seconds), tick=False):
        if stands:
            assert offers.expire() == 0
            values = {"name": "Ada Lind", "address": "192.0.2.1", "agent": "Browser"}
            assert signing.accept(sent, **values).state == "accepted"
        else:
            with pytest.raises(Refused, match="expired"):
                signing.decline(sent)


def test_seven_days_unless_somebody_says_otherwise(sent, company):
    assert sent.expires_at == offers.end_of(offers.day_in(7, company), company)


def test_just_after_midnight_there_it_is_their_day_that_counts(company):
    company.timezone = "Pacific/Auckland"
    with time_machine.travel(datetime(2027, 1, 5, 11, 30, tzinfo=UTC)):
        assert offers.day_in(0, company) == date(2027, 1, 6)


# -- over


def test_whoever_sent_it_hears_that_it_is_over(sent, owner):
    expire(sent)
    assert Notice.objects.filter(member=owner, kind=offer_telling.KIND, handled_at=None).count() == 1
    assert Mail.objects.get(message="told_one").subject.endswith("has expired without an answer.")


def test_the_page_offers_it_again_with_one_tap(sent, ada, owner, sign_in):
    expire(sent)
    boss = sign_in(owner)
    assert "Offer again" in text(boss.get(url("candidate", ada)))
    boss.post(url("offer_extend", sent))
    offer = again(sent)
    assert (offer.state, offer.version, offer.expires_at) == ("sent", 1, sent.expires_at)
    assert Notice.objects.filter(kind=offer_telling.KIND, handled_at=None).count() == 0


# -- longer


def test_the_same_words_stand_longer(sent, owner, company):
    words, until = sent.contract_text, offers.day_in(20, company)
    offer = offer_days.extend(sent, by=owner, until=until)
    assert (offer.contract_text, offer.expires_at) == (words, offers.end_of(until, company))
    assert mails("offer_more_time") == 1


def test_twice_is_one_letter(sent, owner, company):
    for _ in range(2):
        offer_days.extend(sent, by=owner, until=offers.day_in(20, company))
    assert mails("offer_more_time") == 1


@pytest.mark.parametrize("state", ["draft", "declined", "withdrawn"])
def test_what_is_off_the_table_stays_off(sent, owner, state):
    Offer.objects.filter(pk=sent.pk).update(state=state)
    with pytest.raises(Refused, match="given more time"):
        offer_days.extend(sent, by=owner)


def test_nor_for_somebody_out_of_the_running(sent, ada, owner):
    expire(sent)
    put(ada, Stage.OFFER, Outcome.NOT_SELECTED)
    with pytest.raises(Refused, match="in the running"):
        offer_days.extend(again(sent), by=owner)


def test_nor_when_the_opening_is_promised_to_somebody_else(sent, ada, owner):
    expire(sent)
    other = put(make_application(ada.job), Stage.OFFER)
    offers.send(make_offer(other, owner), by=owner)
    with pytest.raises(Refused, match="openings"):
        offer_days.extend(sent, by=owner)


def test_nor_beside_a_newer_version(sent, ada, owner):
    expire(sent)
    offers.send(make_offer(ada, owner, pay="15.00"), by=owner)
    with pytest.raises(Refused, match="newer version"):
        offer_days.extend(sent, by=owner)


@pytest.mark.parametrize("over", [True, False])
def test_taken_back_it_stands_as_before(sent, owner, company, over):
    before = expire(sent) if over else sent
    offer = offer_days.extend(before, by=owner, until=offers.day_in(20, company))
    offer_days.take_back_extension(offer, undoing.offered(offer, "extended", owner), by=owner)
    offer = again(sent)
    assert (offer.state, offer.expires_at) == (before.state, before.expires_at)
    assert mails("offer_more_time") == 0


def test_once_the_letter_has_left_it_is_not_taken_back(sent, owner, company):
    offer = offer_days.extend(sent, by=owner, until=offers.day_in(20, company))
    Mail.objects.filter(message="offer_more_time").update(state="done")
    with pytest.raises(undoing.Refused, match="has left"):
        offer_days.take_back_extension(offer, undoing.offered(offer, "extended", owner), by=owner)


def test_nor_when_they_have_answered(sent, owner, company):
    offer = offer_days.extend(sent, by=owner, until=offers.day_in(20, company))
    mark = undoing.offered(offer, "extended", owner)
    signing.decline(sent)
    with pytest.raises(undoing.Gone):
        offer_days.take_back_extension(offer, mark, by=owner)


@pytest.mark.parametrize("day", [-1, 61, "soon", ""])
def test_an_impossible_day_is_refused_beside_the_field(sent, owner, company, sign_in, day):
    until = day if isinstance(day, str) else offers.day_in(day, company).isoformat()
    answer = sign_in(owner).post(url("offer_extend", sent), {"until": until})
    assert (answer.status_code, "invalid-feedback" in text(answer), again(sent).expires_at) == (
        422,
        True,
        sent.expires_at,
    )


def test_others_do_not_give_time(sent, interviewer, hire, rival, sign_in):
    found = [
        sign_in(member).post(url("offer_extend", sent)).status_code for member in (interviewer, hire, rival)
    ]
    assert found == [403, 403, 404]


def test_withdrawn_the_letter_about_more_time_does_not_leave(sent, owner, company):
    offer_days.extend(sent, by=owner, until=offers.day_in(20, company))
    offers.withdraw(sent, by=owner)
    assert mails("offer_more_time") == 0


# -- the day before


def at(offer, company, *, days_before, hour):
    """A moment so many days before the last one, at this hour where the shop is."""
    last = offer.expires_at.astimezone(zone(company))
    return (last - timedelta(days=days_before)).replace(hour=hour, minute=0)


def zone(company):
    from accounts import zones

    return zones.named(company.timezone)


@pytest.mark.parametrize(
    ("days", "hour", "told"),
    [(1, 9, 1), (1, 17, 1), (1, 8, 0), (1, 18, 0), (0, 12, 0), (2, 12, 0), (3, 12, 0)],
)
def test_the_candidate_hears_by_day_the_day_before(sent, company, days, hour, told):
    now = at(sent, company, days_before=days, hour=hour)
    assert [offer_days.remind(now), offer_days.remind(now)] == [told, 0]
    assert mails("offer_reminder") == told


def test_whoever_has_just_got_it_is_left_in_peace(sent, company):
    Offer.objects.filter(pk=sent.pk).update(sent_at=at(sent, company, days_before=1, hour=8))
    assert offer_days.remind(at(sent, company, days_before=1, hour=12)) == 0


@pytest.mark.parametrize("state", ["accepted", "declined", "withdrawn", "expired"])
def test_whoever_has_answered_hears_nothing(sent, company, state):
    values = {"signed_name": "Ada", "answered_at": timezone.now()} if state == "accepted" else {}
    Offer.objects.filter(pk=sent.pk).update(state=state, **values)
    assert offer_days.remind(at(sent, company, days_before=1, hour=12)) == 0


def test_nor_somebody_without_an_address(sent, company, ada):
    Application.objects.filter(pk=ada.pk).update(email="")
    assert offer_days.remind(at(sent, company, days_before=1, hour=12)) == 0


def test_with_more_time_one_is_reminded_of_the_new_day(sent, owner, company):
    offer_days.remind(at(sent, company, days_before=1, hour=12))
    offer = offer_days.extend(sent, by=owner, until=offers.day_in(20, company))
    assert offer_days.remind(at(offer, company, days_before=1, hour=12)) == 1
