"""When a step of a plan is due and for whom it is, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import places
from onboarding.kinds import Rule, When


def due(step, labels) -> str:
    """ "3 working days before the start". `labels` is {ref: label} of the plan's steps."""
    if step.rule == Rule.AFTER:
        return after(step, labels)
    count = abs(step.number)
    return _WAYS[step.rule](step) % {"n": count}


def after(step, labels) -> str:
    before = labels.get(step.after)
    if before is None:
        return _("after a step that is not in this plan")
    if step.number <= 0:
        return _("the day “%(step)s” is done") % {"step": before}
    text = ngettext("%(n)s working day after “%(step)s”", "%(n)s working days after “%(step)s”", step.number)
    return text % {"n": step.number, "step": before}


def _day(step):
    if step.number > 0:
        return _("day %(n)s")
    return ngettext("%(n)s working day before the start", "%(n)s working days before the start", -step.number)


def _calendar(step):
    return ngettext("%(n)s calendar day after the start", "%(n)s calendar days after the start", step.number)


def _signed(step):
    if step.number <= 0:
        return _("the day of the signature")
    return ngettext(
        "%(n)s working day after the signature", "%(n)s working days after the signature", step.number
    )


def _probation(step):
    if step.number >= 0:
        return _("the last working day of probation")
    return ngettext(
        "%(n)s working day before the end of probation",
        "%(n)s working days before the end of probation",
        -step.number,
    )


_WAYS = {
    Rule.DAY: _day,
    Rule.CALENDAR: _calendar,
    Rule.WEEK: lambda step: _("end of week %(n)s"),
    Rule.SIGNED: _signed,
    Rule.PROBATION: _probation,
}


def conditions(step) -> list[str]:
    """For whom a step is, when it is not for everybody."""
    found = [] if step.when == When.ALWAYS else [step.get_when_display()]
    if step.country:
        found.append(_("Only in: %(country)s") % {"country": places.country_name(step.country)})
    if step.skill:
        found.append(_("When weak: %(skill)s") % {"skill": step.skill})
    return found
