"""Charts drawn on the server: numbers in, places in an SVG out (600 x 160 where nothing else is said).

The table beside each says the same.
"""

from datetime import date

WIDTH, HEIGHT, BASE, TOP = 600, 160, 140, 12
MOST = 104


def bars(rows):
    """`rows`: [iso date, value or None]; the latest two years of weeks. None when there is nothing to draw."""
    rows = [(date.fromisoformat(day), value) for day, value in rows][-MOST:]
    highest = max((value for _, value in rows if value is not None), default=0)
    if not rows or highest <= 0:
        return None
    step = WIDTH / len(rows)
    return {
        "bars": [_bar(place * step, step, value / highest) for place, (_, value) in enumerate(rows) if value],
        "highest": highest,
        "first": rows[0][0],
        "last": rows[-1][0],
        "rows": rows,
        "middle": (BASE + TOP) / 2,
    }


def _bar(x, step, share):
    height = (BASE - TOP) * share
    return {
        "x": round(x + step * 0.12, 2),
        "y": round(BASE - height, 2),
        "width": round(step * 0.76, 2),
        "height": round(height, 2),
    }


def spark(rows, *, limit=None):
    """A line without axes from `rows` of [iso date, value or None], in 200 x 40; None with fewer than two values.

    `path`: the line, broken where a value is missing; a value alone is a dot. `limit`: a value drawn across.
    """
    rows = [(date.fromisoformat(day), value) for day, value in rows][-MOST:]
    known = [value for _, value in rows if value is not None]
    if len(known) < 2:
        return None
    marks = known if limit is None else [*known, limit]
    place = _placed(min(marks), max(marks))
    points = [None if value is None else place(value) for _, value in rows]
    return {
        "path": _path(points, SPARK_WIDTH / (len(rows) - 1)),
        "limit": None if limit is None else place(limit),
        "rows": [row for row in rows if row[1] is not None],
        "first": rows[0][0],
        "last": rows[-1][0],
        "from": known[0],
        "to": known[-1],
    }


SPARK_WIDTH, SPARK_HEIGHT, SPARK_EDGE = 200, 40, 4


def _placed(low, high):
    """A value -> its height in the picture; what never changes runs through the middle."""
    room = SPARK_HEIGHT - 2 * SPARK_EDGE

    def place(value):
        share = (value - low) / (high - low) if high > low else 0.5
        return round(SPARK_HEIGHT - SPARK_EDGE - room * share, 2)

    return place


def _path(points, step):
    parts, pen = [], "M"
    for number, y in enumerate(points):
        if y is None:
            pen = "M"
            continue
        # A move draws nothing, a line to where it stands is a dot under a round pen.
        at = f"{step * number:.4g} {y:g}"
        parts.append(f"M{at}L{at}" if pen == "M" else f"L{at}")
        pen = "L"
    return "".join(parts)


def span(low, value, high):
    """Places of a range from 0 to 100 on a bar 100 wide; the mark stays inside the bar."""
    return {
        "x": round(low, 2),
        "width": round(max(high - low, 0.5), 2),
        "mark": round(min(99.0, max(1.0, value)), 2),
    }


def history(rows):
    """`rows`: [(date, need, low, high)], oldest first, 0 to 100 -> line and band in 600 x 160; None below two.

    Days stand as far apart as they were.
    """
    if len(rows) < 2:
        return None
    first, last = rows[0][0], rows[-1][0]
    days = (last - first).days or 1
    at = [
        12 + (WIDTH - 24) * ((day - first).days / days if last > first else place / (len(rows) - 1))
        for place, (day, *_) in enumerate(rows)
    ]
    points = [
        {"x": round(x, 2), "y": _level(need), "low": _level(low), "high": _level(high)}
        for x, (_, need, low, high) in zip(at, rows, strict=True)
    ]
    upper = [(point["x"], point["high"]) for point in points]
    lower = [(point["x"], point["low"]) for point in reversed(points)]
    return {
        "points": points,
        "line": _joined((point["x"], point["y"]) for point in points),
        "band": _joined(upper + lower),
        "first": first,
        "last": last,
    }


def _level(need):
    return round(BASE - (BASE - TOP) * need / 100, 2)


def _joined(points):
    return " ".join(f"{x:g},{y:g}" for x, y in points)
