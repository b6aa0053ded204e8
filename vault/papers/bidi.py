"""The order in which mixed left-to-right and right-to-left text is read: Unicode's algorithm (UAX #9), rules W to L.

Of the explicit controls only isolates are known here, and each takes its direction from its own content: embeddings,
overrides and marks are dropped before (`letters.clean`), because nobody else should turn our numbers around.
"""

from unicodedata import bidirectional

OPENERS, CLOSER = "\u2066\u2067\u2068", "\u2069"
CONTROLS = frozenset(OPENERS + CLOSER)
DEEPEST = 60  # isolates inside isolates; further ones are not opened
_BRACKETS = dict(zip("([{（［｛〈《「『【〔〖", ")]}）］｝〉》」』】〕〗", strict=True))
_STRONG_R = {"R", "AN", "EN"}
_NEUTRAL = {"B", "S", "WS", "ON"}


def is_rtl(text: str) -> bool | None:
    """The direction of the first letter that has one, isolates left out; None without any."""
    depth = 0
    for char in text:
        if char in OPENERS:
            depth += 1
        elif char == CLOSER:
            depth = max(0, depth - 1)
        elif not depth and (kind := bidirectional(char)) in {"L", "R", "AL"}:
            return kind != "L"
    return None


def levels(text: str, rtl: bool) -> list[int]:
    """The embedding level of each character of one line's text: even ones run to the right."""
    kinds = [bidirectional(char) for char in text]
    if not rtl and not {"R", "AL", "AN", "FSI", "LRI", "RLI"}.intersection(kinds):
        return [0] * len(text)
    found = [int(rtl)] * len(text)
    for level, places in _sequences(text, int(rtl)):
        _resolve(text, kinds, places, level, found)
    return found


def _sequences(text, base):
    """(level, places) of the text outside all isolates and of each isolate's inside."""
    done, stack = [], [(base, [])]
    for at, char in enumerate(text):
        if char == CLOSER and len(stack) > 1:
            done.append(stack.pop())
        stack[-1][1].append(at)
        if char in OPENERS and len(stack) < DEEPEST:
            outer = stack[-1][0]
            inner = (outer + 1) | 1 if is_rtl(_inside(text, at)) else (outer + 2) & ~1
            stack.append((inner, []))
    return [sequence for sequence in done + stack if sequence[1]]


def _inside(text, at):
    """From behind an opener at most as far as a name or a value goes."""
    depth, start = 1, at + 1
    for here in range(start, min(len(text), start + 500)):
        depth += (text[here] in OPENERS) - (text[here] == CLOSER)
        if depth == 0:
            return text[start:here]
    return text[start : start + 500]


def _resolve(text, kinds, places, level, found):
    side = "R" if level % 2 else "L"
    types = _weak([kinds[at] for at in places], side)
    turned = _brackets(text, places, types, side)
    marks = {n for n, at in enumerate(places) if kinds[at] == "NSM"} if turned else ()
    for bracket in turned:  # what is written above a bracket goes with it
        while (bracket := bracket + 1) in marks:
            types[bracket] = types[bracket - 1]
    _neutral(types, side)
    for at, kind in zip(places, types, strict=True):
        if level % 2:
            found[at] = level + (kind != "R")
        else:
            found[at] = level + {"L": 0, "R": 1}.get(kind, 2)


def _weak(types, side):
    """W1 to W7: marks, European and Arabic numbers, and what stands between and beside them."""
    last, strong = side, side
    for i, kind in enumerate(types):
        if kind in {"NSM", "BN"}:
            kind = types[i] = last
        elif kind in {"FSI", "LRI", "RLI", "PDI", "LRE", "RLE", "LRO", "RLO", "PDF"}:
            kind = types[i] = "ON"
        if kind == "EN" and strong == "AL":
            types[i] = "AN"
        if kind in {"L", "R", "AL"}:
            strong = kind
        last = kind
    types = ["R" if kind == "AL" else kind for kind in types]
    _separators(types)
    _terminators(types)
    return _after_latin(types, side)


def _separators(types):
    for i in range(1, len(types) - 1):
        before, after = types[i - 1], types[i + 1]
        if before != after or types[i] not in {"ES", "CS"}:
            continue
        if before == "EN" or (before == "AN" and types[i] == "CS"):
            types[i] = before


def _terminators(types):
    """W5 and W6: a percent or currency sign beside a number belongs to it; the others are neutral."""
    i = 0
    while i < len(types):
        if types[i] != "ET":
            types[i] = "ON" if types[i] in {"ES", "CS"} else types[i]
            i += 1
            continue
        end = next((j for j in range(i, len(types)) if types[j] != "ET"), len(types))
        beside = (i > 0 and types[i - 1] == "EN") or (end < len(types) and types[end] == "EN")
        types[i:end] = ["EN" if beside else "ON"] * (end - i)
        i = end


def _after_latin(types, side):
    strong = side
    for i, kind in enumerate(types):
        if kind in {"L", "R"}:
            strong = kind
        elif kind == "EN" and strong == "L":
            types[i] = "L"
    return types


def _brackets(text, places, types, side):
    """N0: both brackets of a pair look the same way. Where those stand that were given one."""
    stack, pairs = [], []
    for i, at in enumerate(places):
        if types[i] != "ON":
            continue
        if text[at] in _BRACKETS and len(stack) < 63:
            stack.append((_BRACKETS[text[at]], i))
        elif (
            opened := next((n for n in reversed(range(len(stack))) if stack[n][0] == text[at]), None)
        ) is not None:
            pairs.append((stack[opened][1], i))
            del stack[opened:]
    return [at for start, end in sorted(pairs) if _pair(types, start, end, side) for at in (start, end)]


def _pair(types, start, end, side) -> bool:
    inside = {_side(kind) for kind in types[start + 1 : end]} - {""}
    if not inside:
        return False
    other = "L" if side == "R" else "R"
    turned = side
    if side not in inside:
        before = next((_side(kind) for kind in reversed(types[:start]) if _side(kind)), side)
        turned = other if before == other else side
    types[start] = types[end] = turned
    return True


def _side(kind) -> str:
    return "L" if kind == "L" else "R" if kind in _STRONG_R else ""


def _neutral(types, side):
    """N1 and N2: between two of one direction they take it, else the line's."""
    i = 0
    while i < len(types):
        if types[i] not in _NEUTRAL:
            i += 1
            continue
        end = next((j for j in range(i, len(types)) if types[j] not in _NEUTRAL), len(types))
        before = _side(types[i - 1]) if i else side
        after = _side(types[end]) if end < len(types) else side
        types[i:end] = [before if before == after else side] * (end - i)
        i = end


def visual(levels_of_pieces: list[int]) -> list[int]:
    """L2: the order from left to right of pieces that have one level each."""
    order = list(range(len(levels_of_pieces)))
    odd = [level for level in levels_of_pieces if level % 2]
    for level in range(max(levels_of_pieces, default=0), min(odd, default=1) - 1, -1):
        order = _turn(order, levels_of_pieces, level)
    return order


def _turn(order, of, level):
    turned, run = [], []
    for piece in order:
        if of[piece] >= level:
            run.append(piece)
            continue
        turned += [*reversed(run), piece]
        run = []
    return turned + run[::-1]
