"""Two rows of tabs: the pages of one person's plan, and the shop's own. A few stand in the row, the rest in "More"."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Role
from onboarding import steps

# A row of this many needs no fold: one tab behind "More" would only be one click more.
FITS = 5


def _everybody(member, onboarding) -> bool:
    return True


def _leads(member, onboarding) -> bool:
    return steps.leads(member, onboarding)


def _boss(member, onboarding) -> bool:
    return member.is_boss


def _reviews(member, onboarding) -> bool:
    return member.role == Role.OWNER or onboarding.manager_id == member.pk


def _meets(member, onboarding) -> bool:
    return _reviews(member, onboarding) or onboarding.buddy_id == member.pk


def _frees(member, onboarding) -> bool:
    return _leads(member, onboarding) and not onboarding.cancelled_at


def _writes_together(member, onboarding) -> bool:
    return member.pk != onboarding.hire_id and not onboarding.cancelled_at


@dataclass(frozen=True)
class Tab:
    """`starts` are beginnings of the names of pages that belong to it; `first`: in the row, never in the fold."""

    url_name: str
    label: str
    starts: tuple[str, ...] = ()
    first: bool = False
    may: Callable = _everybody

    def holds(self, page: str) -> bool:
        return page == self.url_name or (bool(self.starts) and page.startswith(self.starts))


PLAN = (
    Tab("plan", pgettext_lazy("tab", "Plan"), first=True),
    Tab("meetings", pgettext_lazy("tab", "Meetings"), ("meeting", "series", "raise_point"), True, _meets),
    Tab("goals", pgettext_lazy("tab", "Goals"), ("goal",), True, _boss),
    Tab("talks", pgettext_lazy("tab", "Reviews"), ("talk",), True, _reviews),
    Tab("freedom", _("Freedom to answer"), ("freedom", "gate"), may=_frees),
    Tab("together_plan", pgettext_lazy("tab", "E-mails together"), ("together",), may=_writes_together),
    Tab("record", pgettext_lazy("tab", "Read and handed over"), may=_boss),
    Tab("accounts_given", pgettext_lazy("tab", "Accounts"), ("account",), may=_leads),
    Tab("papers", pgettext_lazy("tab", "Papers"), ("paper",), may=_leads),
    Tab("settled", pgettext_lazy("tab", "Settled"), may=_boss),
)
SHOP = (
    Tab("home", pgettext_lazy("tab", "On their way"), first=True),
    Tab("replies_waiting", pgettext_lazy("tab", "Replies"), ("repl",), True, _boss),
    Tab("handbook", _("Handbook"), ("handbook",), True),
    Tab("ask_first", _("When to ask first"), ("rule",), True),
    Tab("hours", pgettext_lazy("tab", "When you answer")),
    Tab("examples", pgettext_lazy("tab", "Examples"), ("example",)),
    Tab("tone", pgettext_lazy("tab", "Tone")),
    Tab("friction", pgettext_lazy("tab", "Customers say"), ("friction", "customers_")),
    Tab("templates", pgettext_lazy("tab", "Plans"), ("template",), may=_boss),
    Tab("learned", _("What you have learned"), may=_boss),
)


def row(tabs, page: str, member, onboarding=None) -> dict:
    """What this member sees of them. The open page always stands in the row, so that one sees where one is."""
    allowed = [tab for tab in tabs if tab.may(member, onboarding)]
    every = len(allowed) <= FITS
    inside = [tab for tab in allowed if every or tab.first or tab.holds(page)]
    folded = [tab for tab in allowed if tab not in inside]
    args = [onboarding.pk] if onboarding else []
    return {
        "row": [_link(tab, page, args) for tab in inside],
        "more": [_link(tab, page, args) for tab in folded],
    }


def _link(tab, page, args) -> dict:
    address = reverse(f"onboarding:{tab.url_name}", args=args)
    return {"label": tab.label, "address": address, "current": tab.holds(page)}
