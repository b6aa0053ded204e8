from django import template

from mailroom.links import as_links

register = template.Library()


@register.filter
def own_links(text):
    """Text whose addresses of this site are links; everything else is escaped."""
    return as_links(text)
