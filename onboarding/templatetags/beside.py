"""{% beside company situation %}: what helps somebody who writes a reply, beside the editor."""

from django import template

from onboarding import library

register = template.Library()


@register.inclusion_tag("onboarding/_beside.html")
def beside(company, situation="", language="", facts=True):
    return {"beside": library.beside(company, situation, language), "facts": facts}
