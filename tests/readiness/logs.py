"""Ticket logs with known answers, of the shape and with the traps of real ones."""

import csv
import datetime
import io

from django.core.files.uploadedfile import SimpleUploadedFile

START = datetime.datetime(2024, 1, 1, 9)
HOUR = datetime.timedelta(hours=1)
WEEK = datetime.timedelta(weeks=1)


def mondays_ago(weeks):
    """Nine o'clock on the Monday so many weeks before this week's."""
    today = datetime.date.today()
    monday = today - datetime.timedelta(days=today.weekday(), weeks=weeks)
    return datetime.datetime.combine(monday, datetime.time(9))


def cases_by_week(counts, *, hours=lambda week: 30, start=START):
    """[(created, ended)]: `counts[w]` cases in week w, each solved after `hours(w)` hours."""
    found = []
    for week, count in enumerate(counts):
        for n in range(count):
            created = start + week * WEEK + n * (6 * 24 * HOUR) / count
            found.append((created, created + hours(week) * HOUR))
    return found


def as_csv(header, rows, *, delimiter=",", encoding="utf-8"):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def event_log(cases):
    """Two rows a case and one between, as a help desk's own log: number, activity, time."""
    rows = []
    for number, (created, ended) in enumerate(cases, 1):
        rows += [(number, 1, created), (number, 8, created + (ended - created) / 2), (number, 6, ended)]
    return as_csv(["CaseID", "ActivityID", "CompleteTimestamp"], rows)


def ticket_log(cases, **options):
    """One row a ticket: number, created, solved (empty while open)."""
    rows = [(f"T-{n}", created, ended or "") for n, (created, ended) in enumerate(cases, 1)]
    return as_csv(["Ticket", "Created at", "Solved at"], rows, **options)


def growing_and_cut(weeks=40, *, ago=6):
    """A log that grows by one case a week and is cut: its last three weeks thin out while cases go on ending.

    Known: weeks 1 to `weeks` - 1 hold 21, 22, .. cases and are what may be counted; then 5, 2 and none. The last
    of them began `ago` + 1 weeks before this one.
    """
    counts, start = [20 + week for week in range(weeks)], mondays_ago(weeks + ago)
    cases = cases_by_week([*counts, 5, 2], start=start)
    late = (start + (weeks + 5) * WEEK,)
    return [*cases[:-1], (cases[-1][0], late[0])]


def upload(body, name="log.csv"):
    return SimpleUploadedFile(name, body, content_type="text/csv")
