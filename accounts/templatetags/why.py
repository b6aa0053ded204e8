"""One fold that says why a few fields are asked, where a sentence at each would be in the way."""

from django import template

register = template.Library()


@register.inclusion_tag("accounts/_whys.html")
def whys(form, names):
    """`names`: fields of the form, separated by spaces; each has its WHY."""
    return {"whys": [(form[name].label, form.WHY[name]) for name in names.split()]}
