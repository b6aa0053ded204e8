"""Times to offer: the clock on the wall is the measure, in every zone, on every day of the year."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring import slots
from hiring.slots import Hours

ZONES = ("Europe/Helsinki", "America/New_York", "Africa/Cairo", "Pacific/Auckland", "America/St_Johns")
ODD = (*ZONES, "Asia/Kathmandu", "Australia/Lord_Howe", "UTC", "Pacific/Apia")
OFFICE = tuple(((9 * 60, 17 * 60),) if day < 5 else () for day in range(7))
ALWAYS = (((0, slots.DAY),),) * 7
HELSINKI = ZoneInfo("Europe/Helsinki")


def at(text: str, zone=UTC) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def office(zone=HELSINKI, **fields) -> Hours:
    return Hours(zone=zone, week=OFFICE, **({"notice": 0, "before": 0, "after": 0} | fields))


def clock(found, zone=HELSINKI) -> list[str]:
    return [f"{when.astimezone(zone):%a %H:%M}" for when in found]


def offer(*hours, now="2026-12-07T00:00", minutes=60, busy=()):
    return slots.offered(list(hours), busy=list(busy), minutes=minutes, now=at(now))


# -- one day


def test_an_office_day_is_cut_into_half_hours():
    found = clock(offer(office(ahead=0)))
    assert (found[0], found[1], found[-1], len(found)) == ("Mon 09:00", "Mon 09:30", "Mon 16:00", 15)


def test_a_time_ends_within_the_hours():
    assert clock(offer(office(ahead=0), minutes=480)) == ["Mon 09:00"]
    assert offer(office(ahead=0), minutes=481) == []


def test_nothing_sooner_than_the_notice():
    found = offer(office(ahead=1, notice=24), now="2026-12-07T08:10")
    assert clock(found)[0] == "Tue 10:30"  # 8:10 UTC is 10:10 there


def test_nothing_later_than_the_days_ahead():
    assert clock(offer(office(ahead=3)))[-1] == "Thu 16:00"


def test_the_weekend_and_days_off_have_none():
    off = ((date(2026, 12, 8), date(2026, 12, 10)),)
    days = {text[:3] for text in clock(offer(office(ahead=6, off=off)))}
    assert days == {"Mon", "Fri"}


def test_two_ranges_a_day_leave_the_lunch_alone():
    week = (((540, 720), (780, 1020)),) + ((),) * 6
    found = clock(offer(Hours(HELSINKI, week, notice=0, ahead=0)))
    assert "Mon 11:00" in found
    assert not {"Mon 11:30", "Mon 12:00", "Mon 12:30"} & set(found)


# -- what is taken


def test_what_is_taken_is_not_offered():
    taken = (at("2026-12-07T10:00", HELSINKI), at("2026-12-07T11:00", HELSINKI))
    found = clock(offer(office(ahead=0), busy=[taken]))
    assert found[:3] == ["Mon 09:00", "Mon 11:00", "Mon 11:30"]


def test_around_what_is_taken_there_is_room():
    taken = (at("2026-12-07T11:00", HELSINKI), at("2026-12-07T12:00", HELSINKI))
    found = clock(offer(office(ahead=0, before=15, after=45), busy=[taken]))
    assert found[:4] == ["Mon 09:00", "Mon 12:30", "Mon 13:00", "Mon 13:30"]


def test_without_room_one_follows_the_other():
    taken = (at("2026-12-07T10:00", HELSINKI), at("2026-12-07T10:30", HELSINKI))
    assert "Mon 10:30" in clock(offer(office(ahead=0), busy=[taken]))


# -- several hosts


def test_all_of_them_have_to_have_time():
    late = Hours(HELSINKI, (((15 * 60, 20 * 60),),) * 7, notice=0, before=0, after=0)
    assert clock(offer(office(ahead=0), late)) == ["Mon 15:00", "Mon 15:30", "Mon 16:00"]


def test_hosts_of_two_zones_meet_where_both_are_awake():
    found = clock(
        offer(office(ahead=0), office(ZoneInfo("America/New_York"), ahead=0), now="2026-12-07T06:00")
    )
    assert found == ["Mon 16:00"]  # nine in the morning there


def test_hosts_who_never_meet_have_nothing_to_offer():
    assert offer(office(ahead=0), office(ZoneInfo("Pacific/Auckland"), ahead=0), minutes=240) == []


def test_the_longest_notice_and_the_nearest_end_count():
    found = clock(offer(office(ahead=9, notice=48), office(ahead=3)))
    assert (found[0][:3], found[-1][:3]) == ("Wed", "Thu")


# -- the clock jumps


SPRING = {
    "Europe/Helsinki": (date(2027, 3, 28), "03:00"),
    "America/New_York": (date(2027, 3, 14), "02:00"),
    "Africa/Cairo": (date(2027, 4, 30), "00:00"),
    "Pacific/Auckland": (date(2027, 9, 26), "02:00"),
    "America/St_Johns": (date(2027, 3, 14), "02:00"),
}
AUTUMN = {
    "Europe/Helsinki": (date(2027, 10, 31), "03:00"),
    "America/New_York": (date(2027, 11, 7), "01:00"),
    "Africa/Cairo": (date(2027, 10, 28), "23:00"),
    "Pacific/Auckland": (date(2027, 4, 4), "02:00"),
    "America/St_Johns": (date(2027, 11, 7), "01:00"),
}


def shown(day, zone, minutes=30):
    """What an always free person's clock shows at the times of one day."""
    midnight = slots.moment(day, 0, zone)
    hours = Hours(zone, ALWAYS, notice=0, before=0, after=0, ahead=0)
    found = slots.offered([hours], busy=[], minutes=minutes, now=midnight)
    return [f"{when.astimezone(zone):%H:%M}" for when in found if when.astimezone(zone).date() == day]


@pytest.mark.parametrize("name", ZONES)
def test_an_hour_that_is_skipped_is_never_offered(name):
    day, hour = SPRING[name]
    found = shown(day, ZoneInfo(name))
    assert (hour in found, f"{hour[:3]}30" in found, len(found)) == (False, False, 46)


@pytest.mark.parametrize("name", ZONES)
def test_an_hour_that_comes_twice_is_offered_twice_and_told_apart(name):
    day, hour = AUTUMN[name]
    zone = ZoneInfo(name)
    first = datetime.combine(day, time.fromisoformat(hour), tzinfo=zone)
    moments = [first.astimezone(UTC), first.replace(fold=1).astimezone(UTC)]
    assert (shown(day, zone).count(hour), len(shown(day, zone))) == (2, 50)
    assert [slots.is_twice(when, zone) for when in moments] == [True, True]
    assert len({slots.distance(when, zone) for when in moments}) == 2


def test_an_ordinary_time_stands_once():
    assert not slots.is_twice(at("2026-12-07T09:00"), HELSINKI)


def test_the_distance_is_said_in_hours_and_minutes():
    when = at("2026-12-07T09:00")
    zones = ("Europe/Helsinki", "America/St_Johns", "Asia/Kathmandu", "UTC")
    found = [slots.distance(when, ZoneInfo(name)) for name in zones]
    assert found == ["UTC+02:00", "UTC-03:30", "UTC+05:45", "UTC+00:00"]


@pytest.mark.parametrize("changes", [SPRING, AUTUMN])
@pytest.mark.parametrize("name", ZONES)
def test_nine_in_the_morning_stays_nine_before_and_after_the_change(name, changes):
    zone, (day, _hour) = ZoneInfo(name), changes[name]
    now = slots.moment(day - timedelta(days=5), 0, zone)
    hours = Hours(zone, ((((9 * 60), 10 * 60),),) * 7, notice=0, ahead=10)
    found = slots.offered([hours], busy=[], minutes=60, now=now)
    local = [when.astimezone(zone) for when in found]
    assert ({f"{when:%H:%M}" for when in local}, len({when.date() for when in local})) == ({"09:00"}, 11)
    assert len({when.utcoffset() for when in local}) == 2


def test_a_day_that_an_island_skipped_has_no_times():
    assert slots.on_day(date(2011, 12, 30), 0, slots.DAY, ZoneInfo("Pacific/Apia")) == []


# -- whatever is asked

minutes_of_day = st.integers(0, slots.DAY)
ranges = st.tuples(minutes_of_day, minutes_of_day).filter(lambda pair: pair[0] < pair[1])
days = st.dates(date(2026, 1, 1), date(2028, 12, 31))
zones = st.sampled_from([ZoneInfo(name) for name in ODD])


def minute(when, zone):
    local = when.astimezone(zone)
    return local.hour * 60 + local.minute


@given(days, ranges, zones)
def test_a_moment_is_free_exactly_when_the_clock_says_so(day, hours, zone):
    begin, end = hours
    spans = slots.on_day(day, begin, end, zone)
    start = datetime.combine(day, time(0), tzinfo=UTC) - timedelta(hours=15)
    for n in range(0, 54 * 60, 10):
        when = start + timedelta(minutes=n)
        inside = when.astimezone(zone).date() == day and begin <= minute(when, zone) < end
        assert inside == any(first <= when < last for first, last in spans), when


@given(
    days,
    st.lists(st.lists(ranges, max_size=2), min_size=7, max_size=7),
    zones,
    st.lists(st.tuples(st.integers(0, 5_000), st.integers(1, 600)), max_size=4),
    st.integers(5, 240),
)
def test_what_is_offered_is_free_long_enough_and_in_time(day, week, zone, taken, minutes):
    now = datetime.combine(day, time(7), tzinfo=UTC)
    busy = [
        (now + timedelta(minutes=begin), now + timedelta(minutes=begin + length)) for begin, length in taken
    ]
    hours = Hours(zone, tuple(tuple(of_day) for of_day in week), before=10, after=20, notice=5, ahead=3)
    found = slots.offered([hours], busy=busy, minutes=minutes, now=now)
    assert found == sorted(set(found))
    for when in found:
        end, local = when + timedelta(minutes=minutes), when.astimezone(zone)
        assert when >= now + timedelta(hours=5)
        assert local.date() <= now.astimezone(zone).date() + timedelta(days=3)
        assert any(begin <= minute(when, zone) < stop for begin, stop in week[local.weekday()])
        assert all(
            end + timedelta(minutes=20) <= begin or when >= stop + timedelta(minutes=10)
            for begin, stop in busy
        )


pairs = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20)), max_size=5)


@given(pairs, pairs)
def test_taking_away_leaves_exactly_the_rest(some, others):
    base = datetime(2026, 1, 1, tzinfo=UTC)

    def spans(pairs):
        return [(base + timedelta(minutes=a), base + timedelta(minutes=a + n)) for a, n in pairs]

    def holds(found, when):
        return any(first <= when < last for first, last in found)

    left, both = slots.minus(spans(some), spans(others)), slots.meet(spans(some), spans(others))
    for n in range(75):
        when = base + timedelta(minutes=n)
        mine, theirs = holds(spans(some), when), holds(spans(others), when)
        assert (holds(left, when), holds(both, when)) == (mine and not theirs, mine and theirs)
