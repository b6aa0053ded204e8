import zoneinfo

import pytest
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from accounts import places


def asked(languages):
    return RequestFactory().get("/", headers={"Accept-Language": languages})


@pytest.mark.parametrize(
    ("languages", "zone", "country", "currency", "timezone"),
    [
        ("en-GB,en;q=0.9", "", "GB", "GBP", "Europe/London"),
        ("en-US", "", "US", "USD", "America/New_York"),
        ("fi", "", "FI", "EUR", "Europe/Helsinki"),
        ("pl,en;q=0.5", "", "PL", "PLN", "Europe/Warsaw"),
        ("sv", "", "SE", "SEK", "Europe/Stockholm"),
        ("ar", "", "EG", "EGP", "Africa/Cairo"),
        ("zh-Hans-CN", "", "CN", "CNY", "Asia/Shanghai"),
        ("en", "Europe/Helsinki", "FI", "EUR", "Europe/Helsinki"),
        ("en-US", "America/Denver", "US", "USD", "America/Denver"),
        ("", "", "FI", "EUR", "Europe/Helsinki"),
        ("xx,*;q=0.1", "Mars/Base", "FI", "EUR", "Europe/Helsinki"),
    ],
)
def test_the_browser_tells_where_a_shop_is(languages, zone, country, currency, timezone):
    guess = places.guess(asked(languages), zone)
    assert (guess["country"], guess["currency"], guess["timezone"]) == (country, currency, timezone)


def test_the_language_is_the_one_the_page_is_read_in():
    with translation.override("pl"):
        assert places.guess(asked("fi"))["language"] == "pl"


@given(st.text(max_size=60), st.text(max_size=40))
def test_every_guess_can_be_chosen(languages, zone):
    guess = places.guess(
        asked(languages.encode("ascii", "ignore").decode().replace("\n", "").replace("\r", "")), zone
    )
    assert guess["country"] in dict(places.countries())
    assert guess["currency"] in dict(places.currencies())
    assert guess["timezone"] in dict(places.zones())


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Finland"), ("fi", "Suomi"), ("ar", "فنلندا"), ("zh-hans", "芬兰")]
)
def test_countries_are_named_in_the_readers_language(language, name):
    with translation.override(language):
        assert dict(places.countries())["FI"] == name
        assert places.country_name("FI") == name


def test_money_is_named_in_the_readers_language():
    with translation.override("fi"):
        assert dict(places.currencies())["USD"] == "Yhdysvaltain dollari (USD)"
        assert places.currency_name("USD") == "Yhdysvaltain dollari"


def test_lists_hold_only_what_exists():
    assert {"FI", "US", "EG", "CN"} <= set(dict(places.countries()))
    assert {"EU", "ZZ", "001"} & set(dict(places.countries())) == set()
    assert {"EUR", "PLN"} <= set(dict(places.currencies()))
    assert "DEM" not in dict(places.currencies())
    assert set(dict(places.zones())) <= zoneinfo.available_timezones()


def test_main_zones_are_real():
    assert set(places.MAIN_ZONES.values()) <= set(dict(places.zones()))


def test_a_zone_is_called_after_its_city():
    assert places.zone_name("Europe/Helsinki") == "Helsinki"
    assert places.zone_name("America/New_York") == "New York"
    assert places.zone_name("UTC") == "UTC"
