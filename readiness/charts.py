"""Charts drawn on the server: numbers in, places in an SVG of 600 x 160 out. The table beside it says the same."""

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
