"""What somebody signed in with, told from the words a browser sends about itself."""

from dataclasses import dataclass

# Order matters: Edge and Opera call themselves Chrome too, Chrome calls itself Safari, Android calls itself Linux.
BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
    ("Macintosh", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True)
class Device:
    """Both are names, empty when nobody can tell."""

    browser: str
    system: str


def read(agent: str) -> Device:
    """`agent` is the User-Agent header."""
    return Device(_first(BROWSERS, agent), _first(SYSTEMS, agent))


def _first(names, agent) -> str:
    return next((name for mark, name in names if mark in agent), "")
