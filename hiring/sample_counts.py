"""What of an answer can be counted: words and links. Facts for people to weigh; nothing here judges. No Django."""

import re
from statistics import fmean

_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
# A word of letters and digits with what joins them; where nothing stands between words, each character counts.
_UNSPACED = r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]"
_WORD = re.compile(rf"{_UNSPACED}|(?:(?!{_UNSPACED})[^\W_])+(?:['’-](?:(?!{_UNSPACED})[^\W_])+)*")


def words(text: str) -> int:
    return len(_WORD.findall(_LINK.sub(" ", text)))


def links(text: str) -> int:
    return len(_LINK.findall(text))


def mean(levels: list[str]) -> tuple[float | None, int]:
    """(mean of the levels "1" to "5", how many there are): "none" and "" are no evidence and never a zero."""
    numbers = [int(level) for level in levels if level in set("12345")]
    return (fmean(numbers) if numbers else None), len(numbers)
