"""What is new in a mail, and the earlier one quoted under it. Imports no Django."""

import re

from hiring.mailtext import head_of

# "On Monday Ada wrote:" as mail programs say it; the line may break before its end.
_WROTE = re.compile(
    r"^(?:>?\s*)(?:on\b.{5,200}\bwrote|.{0,120}\bkirjoitti|.{5,160}\bskrev.{0,80}|.{5,200}\bnapisa[łl]\S*|"
    r".{5,160}\bpisze|am\b.{5,200}\bschrieb.{0,80}|.{0,160}\bكتب.{0,120}|.{0,160}写道)\s*[:\uff1a]?\s*$",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"^\s*(?:-{2,}\s*(?:original|alkuperäinen|ursprungligt|oryginaln|原始).{0,40}|_{20,}\s*)$", re.IGNORECASE
)
_LOOKED_AT = 2_000  # lines


def parted(text: str) -> tuple[str, str]:
    """(what they wrote, what their program quoted under it); all of it as new where nothing else is found."""
    lines = text.split("\n")
    at = next((n for n in range(min(len(lines), _LOOKED_AT)) if _begins(lines, n)), None)
    new = "\n".join(lines[:at]).strip() if at is not None else text.strip()
    if at is None or not new:  # an answer between the quoted lines stands as it is
        return text.strip(), ""
    return new, "\n".join(lines[at:]).strip()


def _begins(lines: list[str], n: int) -> bool:
    line = lines[n]
    if _RULE.match(line):
        return True
    joined = " ".join(part.strip() for part in lines[n : n + 2])
    if _WROTE.match(line.strip()[:400]) or (line.strip() and _WROTE.match(joined[:400])):
        return _quotes_after(lines, n)
    if line.lstrip().startswith(">"):
        return all(not rest.strip() or rest.lstrip().startswith(">") for rest in lines[n:])
    return bool(line.strip()) and head_of("\n".join(lines[n : n + 6]), within=1) is not None


def _quotes_after(lines: list[str], n: int) -> bool:
    """Something follows, and nobody wrote under it."""
    rest = [line for line in lines[n + 1 :] if line.strip()]
    marked = [line.lstrip().startswith(">") for line in rest]
    return bool(rest) and (not any(marked) or marked[-1])
