"""Could two applications be of one person? Keys to look up by, and how alike two names are.

Imports no Django. Names arrive folded (vault.folding.sort_key): lower case, without accents. The comparison is
Jaro-Winkler on words, thirty lines of our own: a block holds a few names, so the speed of a library would buy nothing
and cost every worker its memory.
"""

import re

NAME_KEY = 4  # letters
ALIKE = 0.93  # of the words on average
EACH = 0.85  # of every word
COMMON = 3  # more people than this share a name key: the name is a common one
PREFIX = 4  # letters at the beginning that count more (Winkler)
WEIGHT = 0.1
_BLANKS = re.compile(r"\s+")
_UNSPACED = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]{2,}"
)  # kana, Han, Hangul


def email_key(address: str) -> str:
    """The same mailbox, the same key; "" for no address.

    Capitals and the two ways to write a domain (müller.example, xn--mller-kva.example) are the same. Dots and what
    follows a plus stay: most providers give a.b@ and ab@ to different people, and whoever writes +shop may mean it.
    """
    local, at, domain = _BLANKS.sub("", address).rpartition("@")
    if not (local and at and domain):
        return ""
    return f"{local.lower()}@{_domain(domain.rstrip('.'))}"


def _domain(name: str) -> str:
    try:
        return name.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return name.lower()


def phone_key(number: str, country: str) -> str:
    """The number with its country, as 358401234567; "" for one nobody can call. `country` is the shop's."""
    import phonenumbers  # a worker needs it, a web process does not

    try:
        found = phonenumbers.parse(number, country or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(found):
        return ""
    return f"{found.country_code}{'0' * bool(found.italian_leading_zero)}{found.national_number}"


def name_key(name: str) -> str:
    """What names that are compared have in common: the beginning of the longest word, in any order of words."""
    words = name.split()
    return max(words, key=lambda word: (len(word), word))[:NAME_KEY] if words else ""


def names_alike(one: str, other: str) -> bool:
    """Every word of the shorter name has its own very similar word in the longer one; one word alone must be equal."""
    few, many = sorted((one.split(), other.split()), key=lambda words: (len(words), words))
    if len(few) < 2:
        return bool(few) and few == many
    found, left = [], list(many)
    for word in few:
        best = max(left, key=lambda candidate: jaro_winkler(word, candidate))
        found.append(jaro_winkler(word, best))
        left.remove(best)
    return min(found) >= EACH and sum(found) / len(found) >= ALIKE


def name_tells(names: tuple[str, str], given: list[tuple[str, str]], *, people: int) -> bool:
    """Is a similar name alone worth a question? `given` are the keys of both for each way to reach them, "" for none.

    The rule: both names are whole (two words or more) and alike, and nothing contradicts. That another address or
    another number was given contradicts only where the name is common: `people` of the company, these two included,
    share its key, and that is more than three. A rare name comes back with a new address because the same person
    does; a common one mostly because it is common.
    """
    if not (all(map(is_whole, names)) and names_alike(*names)):
        return False
    return people <= COMMON or not any(one and other and one != other for one, other in given)


def is_whole(name: str) -> bool:
    """First name and surname; in scripts that put no blank between the two, one word of two signs."""
    return len(name.split()) > 1 or bool(_UNSPACED.fullmatch(name))


def jaro_winkler(one: str, other: str) -> float:
    """0 (nothing in common) to 1 (equal); a common beginning counts more. Winkler 1990."""
    similar = jaro(one, other)
    same = 0
    for left, right in zip(one[:PREFIX], other[:PREFIX], strict=False):
        if left != right:
            break
        same += 1
    return similar + same * WEIGHT * (1 - similar)


def jaro(one: str, other: str) -> float:
    """Letters in common, near the same place, less those in another order. Jaro 1989."""
    if one == other:
        return 1.0
    matched, taken = _matched(one, other)
    if not matched:
        return 0.0
    theirs = [letter for letter, is_taken in zip(other, taken, strict=True) if is_taken]
    swapped = sum(left != right for left, right in zip(matched, theirs, strict=True)) / 2
    n = len(matched)
    return (n / len(one) + n / len(other) + (n - swapped) / n) / 3


def _matched(one, other) -> tuple[list[str], list[bool]]:
    reach = max(len(one), len(other)) // 2 - 1
    matched, taken = [], [False] * len(other)
    for at, letter in enumerate(one):
        for place in range(max(0, at - reach), min(len(other), at + reach + 1)):
            if not taken[place] and other[place] == letter:
                taken[place] = True
                matched.append(letter)
                break
    return matched, taken
