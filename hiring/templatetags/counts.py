"""Numbers that are counted no further than hiring.filtering.CAP."""

from django import template

from hiring import filtering

register = template.Library()


@register.filter
def shown(n: int) -> str:
    """ "1,000+" for what was counted to the cap."""
    return filtering.count_text(n)
