"""Where a shop stands, read from the panels of its home page: no query of its own."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hiring.views.board import count_text

CHECK, DESCRIBE, HIRING = "readiness/_panel.html", "hiring/_panel_describe.html", "hiring/_panel_home.html"
BRIDGE = "readiness/_panel_bridge.html"
FAILED, NEW_HIRE = "mailroom/_failed.html", "onboarding/_panel_waiting.html"
ACCOUNTS = "onboarding/_panel_accounts.html"
DECIDE, CHOOSE, FIRST_DAY = 1, 4, 6  # numbers of the steps in hiring/_path.html


def ordered(panels) -> list:
    """The most urgent first. Whether to hire, and a bridge until then, wait where somebody already hires."""
    shown = {panel.template for panel in panels}
    later = {CHECK} if shown & {HIRING, DESCRIBE, NEW_HIRE} else set()
    later |= {BRIDGE} if HIRING in shown else set()
    return sorted(panels, key=lambda panel: (panel.template in later, panel.order))


def sentence(panels) -> str:
    """What the first panel that asks for something is about, as one whole sentence."""
    said = (SENTENCES[panel.template](panel.context) for panel in panels if panel.template in SENTENCES)
    return next(filter(None, said), _("Nobody waits for you."))


def waits(panels) -> bool:
    """Whether anything on the page can be done; an answer that was given, by itself, asks for nothing."""
    return any(panel.template != CHECK or panel.context["row"] is None for panel in panels)


def step(panels) -> int | None:
    """The step of the path this shop stands on; None where a panel draws the path itself, or nothing tells."""
    shown = {panel.template: panel.context for panel in panels}
    if DESCRIBE in shown:
        return None
    if shown.get(HIRING, {}).get("jobs"):
        return CHOOSE
    if NEW_HIRE in shown:
        return FIRST_DAY
    return DECIDE if CHECK in shown and HIRING not in shown else None


def _failed(context) -> str:
    return _("Some of your mail did not arrive.")


def _check(context) -> str:
    return "" if context["row"] else _("You have not asked yet whether it is time to hire.")


def _bridge(context) -> str:
    return _("It is time to look whether your bridge holds.")


def _describe(context) -> str:
    return _("Next is the advert: nobody can apply before it is there.")


def _hiring(context) -> str:
    if n := context["unread"]:
        since = date_format(localtime(context["since"]), "MONTH_DAY_FORMAT")
        return ngettext(
            "%(n)s application waits to be read, since %(since)s.",
            "%(n)s applications wait to be read, the oldest since %(since)s.",
            n,
        ) % {"n": count_text(n), "since": since}
    if n := len(context["rows"]):
        return ngettext(
            "Every application is read; %(n)s person waits for you.",
            "Every application is read; %(n)s people wait for you.",
            n,
        ) % {"n": n}
    return _("No application waits to be read.")


def _new_hire(context) -> str:
    names = [mirror.onboarding.hire.name for mirror in context["mirrors"] if mirror.calls]
    if not names:
        return _("A step in the plan of a new colleague is late.")
    if len(names) == 1:
        return _("The plan of %(name)s asks something of you.") % {"name": names[0]}
    return _("The plans of new colleagues ask something of you.")


def _accounts(context) -> str:
    return _("Somebody has left and still holds accounts.")


SENTENCES = {
    ACCOUNTS: _accounts,
    FAILED: _failed,
    CHECK: _check,
    BRIDGE: _bridge,
    DESCRIBE: _describe,
    HIRING: _hiring,
    NEW_HIRE: _new_hire,
}
