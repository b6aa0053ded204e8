"""Hours of a day as people write them: "9-12, 13:30-17". Plain text in, minutes from midnight out, and back."""

import re
import unicodedata

DAY = 24 * 60
MOST = 6  # ranges a day
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−~至"), "-")
_COMMAS = dict.fromkeys(map(ord, "،;؛、，"), ",")
_ONE = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?-(\d{1,2})(?:[:.](\d{2}))?")


class Unreadable(ValueError):
    """Not hours of a day."""


def read(text: str) -> list[list[int]]:
    """[[begin, end], ...] in order; touching ranges are one. Empty text is no hours. Raises Unreadable."""
    plain = text.translate(_DASHES | _COMMAS).replace("：", ":")
    plain = "".join(
        _digit(char) for char in plain if not char.isspace() and unicodedata.category(char) != "Cf"
    )
    ranges = sorted(_range(part) for part in plain.split(",") if part)
    if len(ranges) > MOST:
        raise Unreadable(text[:50])
    return _joined(ranges)


def _digit(char) -> str:
    value = unicodedata.digit(char, None)
    return char if value is None else str(value)


def _range(part) -> tuple[int, int]:
    if not (found := _ONE.fullmatch(part)):
        raise Unreadable(part[:50])
    hour, minute, to_hour, to_minute = (int(group or 0) for group in found.groups())
    begin, end = hour * 60 + minute, to_hour * 60 + to_minute
    if minute > 59 or to_minute > 59 or not 0 <= begin < end <= DAY:
        raise Unreadable(part[:50])
    return begin, end


def _joined(ranges) -> list[list[int]]:
    found: list[list[int]] = []
    for begin, end in ranges:
        if found and begin <= found[-1][1]:
            found[-1][1] = max(end, found[-1][1])
        else:
            found.append([begin, end])
    return found


def show(ranges) -> str:
    """ "9:00-12:00, 13:30-17:00" """
    return ", ".join(f"{_clock(begin)}-{_clock(end)}" for begin, end in ranges)


def _clock(minutes) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"
