from zoneinfo import ZoneInfo

import pytest

from accounts import zones


def test_a_known_zone():
    assert zones.named("Europe/Helsinki") == ZoneInfo("Europe/Helsinki")


@pytest.mark.parametrize(
    "name", ["", "Mars/Olympus", "../../etc/passwd", "/etc/passwd", "Europe", "a\0b", "x" * 500]
)
def test_what_is_no_zone(name):
    assert zones.named(name) is None
