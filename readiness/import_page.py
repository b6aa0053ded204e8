"""What the page of one import shows: its numbers, what they cannot say, and what they change."""

import datetime

from readiness import assessments, charts, import_words, scoring, shopdata
from readiness.models import ImportKind

SHOWN = 100


def context(row, *, on, answers, config):
    """Of a counted import on the date `on`, beside the latest `answers`."""
    series, shop = row.series, row.kind in {ImportKind.ORDERS, ImportKind.REVIEWS}
    parts = (_of_shop if shop else _of_requests)(row, on, config)
    return parts | {
        "weeks": len(series["weeks"]),
        "period": import_words.period(series),
        "beside": import_words.beside(answered(row), _told(answers)),
        "rejected": [(line, import_words.left_out(code), text) for line, code, text in row.rejected[:SHOWN]],
        "kept_wrong": len(row.rejected),
        "more_wrong": row.rejected_count > len(row.rejected),
    }


def _of_requests(row, on, config):
    series = row.series
    findings = import_words.findings(series)
    if row.kind == ImportKind.MAILBOX:
        findings += import_words.mailbox_findings(series)
    return {
        "findings": findings,
        "warnings": import_words.warnings(series, on=on, config=config),
        "subjects": series.get("subjects", []),
        "counts": charts.bars([[monday, count] for monday, count, _ in series["weeks"]]),
        "times": charts.bars([[monday, hours] for monday, _, hours in series["weeks"]]),
    }


def _of_shop(row, on, config):
    weeks = row.series["weeks"]
    return {
        "findings": import_words.shop_findings(row.series, row.kind),
        "warnings": import_words.shop_warnings(row.series, row.kind, on=on, config=config),
        "counts": charts.bars([[monday, count] for monday, count, _ in weeks]),
        "times": charts.bars([[monday, value] for monday, _, value in weeks]),
    }


def answered(row) -> dict:
    """scoring.Inputs' fields that this file alone answers."""
    if row.kind in {ImportKind.ORDERS, ImportKind.REVIEWS}:
        return shopdata.inputs(row.series, row.kind)
    found = dict(row.series["measured"])
    return found | ({"repeatable": 100 * row.series["repeated"]} if "repeated" in row.series else {})


def _told(answers) -> dict:
    told = assessments.inputs_of(answers)
    return vars(told) | {
        "measured_week": scoring.messages_week(told),
        "measured_resolution_now": told.resolution_now,
        "measured_resolution_before": told.resolution_before,
    }


def side_by_side(row, others):
    """This file and the others that have weeks of it, with their numbers in those weeks."""
    shared = {monday.isoformat() for _other, mondays in others for monday in mondays}
    rows = [row, *(other for other, _mondays in others)]
    counting = max(rows, key=lambda each: (each.precedence, each.pk))
    return [
        {
            "row": each,
            "counts": each.pk == counting.pk,
            "first": datetime.date.fromisoformat(each.series["first"]),
            "last": datetime.date.fromisoformat(each.series["last"]),
            "weeks": len(each.series["weeks"]),
            "shared": sum(week[0] in shared for week in each.series["weeks"]),
            "shared_entries": sum(week[1] for week in each.series["weeks"] if week[0] in shared),
        }
        for each in rows
    ]
