"""What replies tell (mailroom.told): one waits, somebody has looked at one, and once a week "more freedom?"."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mailroom import outbox, told
from mailroom.models import How
from onboarding.models import Draft, FreedomQuestion
from onboarding.reply_kinds import Level, Situation, Stand
from onboarding.telling import BOSSES, NEW

DRAFT, LOOKED, FREEDOM = "draft", "draft_looked", "freedom"


def register() -> None:
    rows = [
        (DRAFT, gettext_lazy("A reply of a new colleague waits for your yes"), BOSSES, drafts, "draft"),
        (LOOKED, gettext_lazy("Somebody has looked at your reply"), NEW, looked_at, "draft"),
        (
            FREEDOM,
            gettext_lazy("Once a week: may a new colleague do more alone?"),
            BOSSES,
            questions,
            "freedom",
        ),
    ]
    for key, label, roles, look, noun in rows:
        told.register(key, label=label, default=How.ONCE, roles=roles, look=look, noun=noun)


# -- telling


def given(draft, *, by) -> None:
    _tell(DRAFT, draft, draft.onboarding.manager, by)


def looked(draft, *, by) -> None:
    _tell(LOOKED, draft, draft.onboarding.hire, by)


def _tell(kind, draft, member, by) -> None:
    """The mail waits while the act can be taken back."""
    told.tell(kind=kind, members=[member], about=draft.pk, by=by, not_before=outbox.soon())


def not_given(draft) -> None:
    _withdraw(DRAFT, draft)


def not_looked(draft) -> None:
    _withdraw(LOOKED, draft)


def _withdraw(kind, draft) -> None:
    outbox.cancel(about=("draft", draft.pk), message=told.ONE)
    told.withdraw(kind=kind, company_id=draft.company_id, about=draft.pk)


def moved(draft, before) -> None:
    """Whoever was waited for has done it: no mail about it need leave any more."""
    if before == Stand.SUBMITTED:
        outbox.cancel(about=("draft", draft.pk), message=told.ONE)
        told.handled(DRAFT, company_id=draft.company_id, about=draft.pk)
    elif before in (Stand.RETURNED, Stand.APPROVED):
        told.handled(LOOKED, company_id=draft.company_id, about=draft.pk)


def ask(question) -> None:
    told.tell(kind=FREEDOM, members=[question.onboarding.manager], about=question.pk)


def answered(question) -> None:
    outbox.cancel(about=("freedom", question.pk), message=told.ONE)
    told.handled(FREEDOM, company_id=question.company_id, about=question.pk)


# -- what it is now, and who may see it


def _bosses(members) -> set[int]:
    return {member.pk for member in members if member.is_boss}


def _drafts(members, pks):
    rows = Draft.objects.for_company(members[0].company_id).running().filter(pk__in=pks)
    return rows.select_related("onboarding__hire", "onboarding__company").order_by("pk")


def _path(draft) -> str:
    return reverse("onboarding:reply", args=[draft.pk])


def drafts(members, pks) -> dict[int, told.Thing]:
    return {
        row.pk: told.Thing(
            _bosses(members) - {row.onboarding.hire_id},
            row.state != Stand.SUBMITTED,
            _path(row),
            partial(_say_given, row),
        )
        for row in _drafts(members, pks)
    }


def looked_at(members, pks) -> dict[int, told.Thing]:
    done = {Stand.RETURNED, Stand.APPROVED, Stand.LOOKED}
    return {
        row.pk: told.Thing(
            {row.onboarding.hire_id}, row.state not in done, _path(row), partial(_say_looked, row)
        )
        for row in _drafts(members, pks)
    }


def questions(members, pks) -> dict[int, told.Thing]:
    rows = FreedomQuestion.objects.for_company(members[0].company_id).filter(
        pk__in=pks, onboarding__cancelled_at=None
    )
    return {
        row.pk: told.Thing(
            _bosses(members) - {row.onboarding.hire_id},
            row.answered_at is not None or _is_own(row.onboarding),
            reverse("onboarding:freedom", args=[row.onboarding_id]),
            partial(_say_freedom, row),
        )
        for row in rows.select_related("onboarding__hire", "onboarding__freedom").order_by("pk")
    }


def _is_own(onboarding) -> bool:
    freedom = getattr(onboarding, "freedom", None)
    return freedom is not None and freedom.level == Level.OWN


def _values(draft) -> dict:
    return {"name": draft.onboarding.hire, "about": Situation(draft.situation).label}


def _say_given(draft, reader) -> str:
    return _("%(name)s waits for your yes to a reply: %(about)s.") % _values(draft)


def _say_looked(draft, reader) -> str:
    if draft.state == Stand.RETURNED:
        return _("Your reply came back with a note: %(about)s.") % _values(draft)
    if draft.state == Stand.LOOKED:
        return _("Somebody has looked at your sample: %(about)s.") % _values(draft)
    return _("Your reply is good to go: %(about)s.") % _values(draft)


def _say_freedom(question, reader) -> str:
    return _("May %(name)s answer more customers alone? Once a week we ask.") % {
        "name": question.onboarding.hire
    }
