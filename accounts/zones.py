"""Time zones by name."""

from functools import lru_cache
from zoneinfo import ZoneInfo


@lru_cache(maxsize=1_000)
def named(name: str) -> ZoneInfo | None:
    """The zone of this IANA name, or None. The list of all names is a walk through files: not for every request."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return None
