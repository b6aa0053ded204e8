"""When customers write: the map with its caption and its table."""

from readiness import heatmap, words

EVERY = 6  # hours between two labels under the map


def context(heat):
    """What readiness/_heat.html shows; None when nothing was counted or hours are not known."""
    heat = heatmap.usable(heat)
    if heat is None:
        return None
    few = heatmap.total(heat) < heatmap.FEWEST
    return {
        "caption": words.busy.too_few_messages() if few else words.busy.busy(heatmap.busiest(heat)),
        "days": words.busy.weekdays(),
        "cells": _cells(heat),
        "hours": [words.busy.hour(hour) for hour in range(0, heatmap.HOURS, EVERY)],
        "rows": [(words.busy.hour(hour), [row[hour] for row in heat]) for hour in range(heatmap.HOURS)],
        "steps": range(heatmap.STEPS + 1),
    }


def _cells(heat):
    """Places in a picture of 24 x 7, a step each."""
    return [
        {"x": hour, "y": day, "step": step}
        for day, row in enumerate(heatmap.steps(heat))
        for hour, step in enumerate(row)
    ]
