from django import template

from hiring.models import FactKind

register = template.Library()


@register.simple_tag
def claim_kinds():
    """What a claim can be about: value and name."""
    return FactKind.choices
