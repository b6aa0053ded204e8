"""Numbers and days as the reader writes them."""

from datetime import date

from django.utils.formats import date_format, number_format


def number(value, digits=1):
    """As people write it: no decimals where there are none."""
    value = round(value, digits)
    return number_format(int(value) if value == int(value) else value)


def day(text):
    """An ISO date as the reader writes dates."""
    return date_format(date.fromisoformat(text), "DATE_FORMAT")
