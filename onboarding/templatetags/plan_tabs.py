"""{% plan_tabs %} and {% shop_tabs %}: the tabs above the pages of onboarding."""

from django import template
from django.utils.translation import gettext as _

from onboarding import tabs

register = template.Library()


@register.inclusion_tag("onboarding/_tabs.html", takes_context=True)
def plan_tabs(context):
    """The pages of one person's plan: the page's `onboarding`."""
    return {"name": _("Pages of this plan")} | _row(context, tabs.PLAN, context["onboarding"])


@register.inclusion_tag("onboarding/_tabs.html", takes_context=True)
def shop_tabs(context):
    return {"name": _("Pages of onboarding")} | _row(context, tabs.SHOP)


def _row(context, which, onboarding=None) -> dict:
    request = context["request"]
    return tabs.row(which, request.resolver_match.url_name, request.membership, onboarding)
