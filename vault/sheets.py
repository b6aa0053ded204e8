"""Rows as CSV (RFC 4180) that no spreadsheet runs: a text that would begin a formula gets an apostrophe before it."""

import csv
import json
from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def cell(value):
    """A value as it goes into a sheet. Numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, bool | int | float | Decimal):
        return value
    text = plain(value)
    text = text if isinstance(text, str) else json.dumps(text, ensure_ascii=False)
    text = text.replace("\0", "")
    return f"'{text}" if str(value)[:1] in FORMULA or text.lstrip()[:1] in {"=", "+", "-", "@"} else text


def plain(value):
    """A value as JSON can say it."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return None
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    return str(value)


class Sheet:
    """A CSV file being written: the names first, then row by row."""

    def __init__(self, file, names):
        self.writer = csv.writer(file)
        self.writer.writerow(names)

    def add(self, values) -> None:
        self.writer.writerow([cell(value) for value in values])
