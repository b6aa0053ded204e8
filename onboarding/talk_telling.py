"""What reviews and the probation tell (mailroom.told); never what was written."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role
from mailroom import outbox, told
from mailroom.models import How
from onboarding import parts
from onboarding.kinds import Part
from onboarding.models import Decision, Onboarding, Talk
from onboarding.templatetags.plan_days import long_day

TALK, ENDS, DECIDED = "review_waits", "probation_ends", "probation_told"
BOSSES = (Role.OWNER, Role.MANAGER)


def register() -> None:
    rows = [
        (TALK, gettext_lazy("A 30, 60 or 90-day review waits for you"), Role.values, talks, "talk"),
        (ENDS, gettext_lazy("A probation ends in ten working days"), BOSSES, endings, "onboarding"),
        (DECIDED, gettext_lazy("You were told about your probation"), Role.values, decisions, "decision"),
    ]
    for key, label, roles, look, noun in rows:
        told.register(key, label=label, default=How.ONCE, roles=roles, look=look, noun=noun)


def written(talk, *, by) -> None:
    _other(talk, by)


def signed(talk, *, by) -> None:
    _other(talk, by)


def finished(talk) -> None:
    told.handled(TALK, company_id=talk.company_id, about=talk.pk)


def _other(talk, by) -> None:
    plan = talk.onboarding
    other = plan.manager if by.pk == plan.hire_id else plan.hire
    told.tell(kind=TALK, members=[other], about=talk.pk, by=by, not_before=outbox.soon())


def ends(onboarding) -> None:
    told.tell(kind=ENDS, members=[onboarding.manager], about=onboarding.pk)


def decided(onboarding) -> None:
    told.handled(ENDS, company_id=onboarding.company_id, about=onboarding.pk)


def said(decision, *, by) -> None:
    told.tell(kind=DECIDED, members=[decision.onboarding.hire], about=decision.pk, by=by)


def talks(members, pks) -> dict[int, told.Thing]:
    rows = Talk.objects.for_company(members[0].company_id).filter(pk__in=pks, onboarding__cancelled_at=None)
    return {
        row.pk: told.Thing(
            {
                member.pk
                for member in members
                if parts.of(member, row.onboarding) in (Part.HIRE, Part.MANAGER)
            },
            False,
            reverse("onboarding:talk", args=[row.onboarding_id, row.day]),
            partial(_say_talk, row),
        )
        for row in rows.select_related("onboarding__hire").order_by("pk")
    }


def _say_talk(talk, reader) -> str:
    values = {"name": talk.onboarding.hire, "n": talk.day}
    return _("The review of %(name)s after %(n)s days waits for you.") % values


def endings(members, pks) -> dict[int, told.Thing]:
    rows = Onboarding.objects.with_people().for_company(members[0].company_id).running().filter(pk__in=pks)
    return {
        row.pk: told.Thing(
            {member.pk for member in members if parts.of(member, row) == Part.MANAGER},
            False,
            reverse("onboarding:decision", args=[row.pk]),
            partial(_say_ending, row),
        )
        for row in rows.order_by("pk")
    }


def _say_ending(onboarding, reader) -> str:
    from onboarding import probation  # it tells by this module

    values = {"name": onboarding.hire, "day": long_day(probation.ends(onboarding))}
    return _("The probation of %(name)s ends on %(day)s. Decide before then, and say it.") % values


def decisions(members, pks) -> dict[int, told.Thing]:
    rows = Decision.objects.for_company(members[0].company_id).filter(pk__in=pks).exclude(told_at=None)
    return {
        row.pk: told.Thing(
            {row.onboarding.hire_id},
            False,
            reverse("onboarding:talks", args=[row.onboarding_id]),
            partial(_say_decided, row),
        )
        for row in rows.select_related("onboarding", "by").order_by("pk")
    }


def _say_decided(decision, reader) -> str:
    return _("%(name)s has written to you about your probation.") % {"name": decision.by or ""}
