"""What the page of weights shows: the effect of other numbers on the latest answer, and the versions there are."""

from readiness import assessments, settable, weighing, words
from readiness.models import Weighing
from readiness.scoring import DEFAULT
from readiness.words import weights as said

VERSIONS = 50


def moved(before, after) -> list[dict]:
    """[{label, before, after}] of the numbers that differ between two configurations."""
    return [
        {
            "label": said.full_label(path),
            "before": words.number(setting.shown(before), 2),
            "after": words.number(setting.shown(after), 2),
        }
        for path, setting in settable.SETTINGS.items()
        if setting.shown(before) != setting.shown(after)
    ]


def effect(company, before, after) -> dict | None:
    """The latest answers under both; None when there are none. What pressing "compute anew" would give."""
    row = assessments.latest(company)
    if row is None:
        return None
    results = [
        assessments.compute(row.answers, assessments.measured_of(company, config), config)
        for config in (before, after)
    ]
    return {
        "before": _side(results[0]),
        "after": _side(results[1]),
        "reasons": _reasons(*results),
        "same": _said(results[0]) == _said(results[1]),
    }


def _said(result):
    return None if result is None else words.headline(result)


def _side(result) -> dict | None:
    if result is None:
        return None
    return {
        "headline": words.headline(result),
        "firmness": words.firmness(result),
        **{key: round(result[key]) for key in ("need", "low", "high")},
    }


def _reasons(before, after) -> list[dict]:
    """Every reason for or against of either: it stays, is new, or goes."""
    old, new = _named(before), _named(after)
    return [{"text": text, "state": "stays" if code in old else "new"} for code, text in new.items()] + [
        {"text": text, "state": "goes"} for code, text in old.items() if code not in new
    ]


def _named(result) -> dict:
    if result is None:
        return {}
    return {
        (side, each["code"]): words.reason(**each) for side in ("reasons", "against") for each in result[side]
    }


def versions(company) -> list[dict]:
    """The company's versions, the newest first, each with what it has otherwise than ours."""
    rows = Weighing.objects.for_company(company).select_related("created_by").order_by("-revision")[:VERSIONS]
    return [{"row": row, "moved": moved(DEFAULT, weighing.config_from(row))} for row in rows]


def to_compute_anew(company, config):
    """The latest answer when it was computed with other weights than those in force; else None."""
    row = assessments.latest(company)
    return row if row is not None and row.config_version != config.version else None
