"""The latest results side by side, and the need for help over time."""

from itertools import pairwise

from django.utils.timezone import localdate

from readiness import charts, stored, words
from readiness.models import Assessment

BESIDE, DRAWN = 5, 24


def earlier(row, *, most=DRAWN):
    """[(day, opened result)] of this company up to and with `row`, oldest first, in one query."""
    rows = Assessment.objects.for_company(row.company_id).filter(created_at__lte=row.created_at)
    found = rows.order_by("-created_at", "-pk").values_list("created_at", "result")[:most]
    return [(localdate(when), stored.opened(result)) for when, result in reversed(found)]


def context(rows):
    """`rows`: assessments, newest first, at most DRAWN. The table holds the latest BESIDE, in the same order."""
    shown = [(row, stored.opened(row.result)) for row in rows[:BESIDE]]
    return {
        "rows": [row for row, _ in shown],
        "lines": [*_results(shown), *_signals(shown)],
        "answers": _changed([row.answers for row, _ in shown]),
        "history": _history(rows),
    }


def _history(rows):
    opened = [(localdate(row.created_at), stored.opened(row.result)) for row in reversed(rows)]
    return charts.history([(day, each["need"], each["low"], each["high"]) for day, each in opened])


def _results(shown):
    results = [result for _, result in shown]
    return [
        {"code": "answer", "cells": [words.headline(each) for each in results]},
        {"code": "firm", "cells": [each["firm"] for each in results]},
        {"code": "need", "cells": [round(each["need"]) for each in results]},
        {"code": "range", "cells": [(round(each["low"]), round(each["high"])) for each in results]},
        {"code": "hours", "cells": [_written(words.hours_of(each)) for each in results]},
        {"code": "version", "cells": [each["version"] for each in results]},
    ]


def _signals(shown):
    scores = [{each["code"]: each["score"] for each in result["signals"]} for _, result in shown]
    return [
        {"code": "signal", "label": label, "cells": [_whole(each.get(code)) for each in scores]}
        for code, label in words.SIGNALS.items()
    ]


def _whole(score):
    return None if score is None else round(score)


def _written(value):
    return None if value is None else words.number(value)


def _changed(answers):
    """The questions not answered alike in all of them: {"label", "cells": [(text or None, other than before?)]}."""
    labels, said = {}, []
    for each in answers:
        told = words.answers.told(each)
        labels |= {name: label for name, label, _ in told}
        said.append({name: text for name, _, text in told})
    found = []
    for name in words.answers.fields():
        cells = [each.get(name) for each in said]
        if name in labels and any(cell != cells[0] for cell in cells):
            marks = [*(now != before for now, before in pairwise(cells)), False]
            found.append({"label": labels[name], "cells": list(zip(cells, marks, strict=True))})
    return found
