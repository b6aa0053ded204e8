"""Sums as the reader writes them."""

from babel.numbers import format_currency

from accounts import places


def money(amount, currency, *, cents=False) -> str:
    """In the reader's language; whole units unless cents matter."""
    locale = places.reader()
    pattern = locale.currency_formats["standard"].pattern
    if not cents:
        amount, pattern = round(amount), pattern.replace(".00", "")
    return format_currency(amount, currency, format=pattern, locale=locale, currency_digits=False)
